/**
 * Before a version is published: the scenarios of the process gone through by the draft. Which come out otherwise than they say, what the
 * draft changed of that, and whether they must come out right before it is published.
 *
 * Must not: judge; the server runs them and refuses.
 */
import { Alert, Anchor, Group, Stack, Switch, Text, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ScenarioRuns } from '../../machines/wire/training.ts'
import { ApiError, ask } from '../session/api.ts'
import { useNameOf } from '../session/people.ts'
import { useMe } from '../session/queries.ts'
import { useRightsOn } from '../session/reach.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useDesign } from './design-api.ts'
import { ScenarioList } from './scenario-list.tsx'

const runsAt = (process: string): string => `/api/processes/${encodeURIComponent(process)}/scenarios`

type Props = {
  /** Of the draft on the server. */
  revision: number
  isSaved: boolean
  /** The version before; nothing before the first. */
  before: unknown
  version: number | undefined
}

export function ScenariosPart({ revision, isSaved, before, version }: Props): ReactElement | null {
  const { t } = useTranslation()
  const { process } = useDesign()
  const runs = useQuery({
    queryKey: ['training', 'draft-runs', process, revision],
    queryFn: ({ signal }) => ask<ScenarioRuns>(`${runsAt(process)}/runs?draft=true`, { signal }),
    enabled: isSaved,
    retry: false,
    staleTime: 0,
  })
  // What is invalid cannot be run; publishing itself says so.
  const isSaid = runs.error instanceof ApiError && runs.error.status < 500 && runs.error.status > 0
  if (isSaid) return null
  return (
    <section>
      <Title order={3} size="h6" mb={4}>
        {t('tested.title')}
      </Title>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t('tested.lead')}
        </Text>
        {isSaved ? null : (
          <Text size="xs" c="dimmed">
            {t('tested.unsaved')}
          </Text>
        )}
        {isSaved && runs.isPending ? <Waiting label={t('tested.running')} /> : null}
        {runs.isError ? <ProblemNotice error={runs.error} retry={() => void runs.refetch()} /> : null}
        {isSaved && runs.data !== undefined ? (
          <>
            <Sum runs={runs.data} />
            <ScenarioList runs={runs.data} before={before} version={version} />
            <Rule process={process} runs={runs.data} />
          </>
        ) : null}
      </Stack>
    </section>
  )
}

function Sum({ runs: { results, broken, passed } }: { runs: ScenarioRuns }): ReactElement {
  const { t } = useTranslation()
  const { number } = useSpeech()
  const mayWrite = useMe().data?.rights.includes('training:write') === true
  if (results.length + broken.length === 0)
    return (
      <Group gap="xs">
        <Text size="sm">{t('tested.none')}</Text>
        {mayWrite ? (
          <Anchor component={Link} size="sm" to="/training/scenarios" target="_blank">
            {t('tested.library')}
          </Anchor>
        ) : null}
      </Group>
    )
  if (passed === results.length && broken.length === 0)
    return (
      <Alert color="teal" variant="light" icon={<Icon name="check" />} role="status">
        {t('tested.passed', { count: passed })}
      </Alert>
    )
  return (
    <Text size="sm" fw={600} role="status">
      {results.length === 0 ? null : t('tested.sum', { count: results.length, passed: number(passed) })}{' '}
      {broken.length === 0 ? null : t('tested.cannot', { count: broken.length })}
    </Text>
  )
}

/** Whether they must come out as they say; whose word that is. */
function Rule({ process, runs }: { process: string; runs: ScenarioRuns }): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const nameOf = useNameOf()
  const client = useQueryClient()
  const mayWrite = useRightsOn(process).includes('approval:write')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const { required, ruled, failed } = runs
  const set = async (next: boolean): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await ask(`${runsAt(process)}/required`, { method: 'PUT', body: { required: next } })
      await client.invalidateQueries({ queryKey: ['training', 'draft-runs', process] })
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }
  const said =
    ruled === undefined
      ? t('tested.requireHint')
      : t(required ? 'tested.ruledOn' : 'tested.ruledOff', { who: nameOf(ruled.by), when: time(ruled.at) })
  return (
    <Stack gap="xs">
      <Switch
        label={t('tested.require')}
        description={said}
        checked={required}
        disabled={!mayWrite || isBusy}
        onChange={({ currentTarget }) => void set(currentTarget.checked)}
      />
      {required && failed > 0 ? (
        <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
          {t('tested.bars', { count: failed })}
        </Alert>
      ) : null}
      {error === undefined ? null : <ProblemNotice error={error} />}
    </Stack>
  )
}
