/**
 * A process in life: the drawing of a version with its jobs on it, live; or the same as a table.
 *
 * Promises: version, days and view stand in the address. Whoever may not see it is told so by the server.
 * Must not: add up anything; the numbers are the server's.
 */
import { Box, Button, Group, SegmentedControl, Select, Text, Title } from '@mantine/core'
import { type ReactElement, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import { readChart } from '../../machines/drawing/model.ts'
import type { VersionLife } from '../../machines/wire/life.ts'
import type { VersionView } from '../../machines/wire/processes.ts'
import { LazyChart } from '../canvas/lazy-chart.tsx'
import { useFoundSigns } from '../findings/found-signs.ts'
import { SampleAlong } from '../first/sample-badge.tsx'
import { useProcesses, useVersion, useVersions } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { ChoiceLife } from './choice-life.tsx'
import { lifeOf, signsOf } from './life-of.ts'
import { RangePicker, useDays } from './range-picker.tsx'
import { StateTable } from './state-table.tsx'
import { useVersionLife } from './use-life.ts'

export default function ProcessLifePage(): ReactElement {
  const { process = '' } = useParams()
  const [search, setSearch] = useSearchParams()
  const { t } = useTranslation()
  const { say } = useSpeech()
  const processes = useProcesses()
  const versions = useVersions(process)
  const title = say(processes.data?.processes.find((each) => each.id === process)?.title, process)
  const numbers = (versions.data?.versions ?? []).map(({ version }) => version).toSorted((a, b) => b - a)
  const asked = Number(search.get('version') ?? numbers[0])
  const version = numbers.includes(asked) ? asked : numbers[0]
  const days = useDays(search)
  const view = useVersion(process, version)
  const life = useVersionLife(process, version, days)
  const asTable = search.get('view') === 'table'
  const put = (name: string, value: string): void => {
    const next = new URLSearchParams(search)
    next.set(name, value)
    setSearch(next, { replace: true })
  }
  const error = versions.error ?? view.error ?? life.error
  return (
    <Box h={asTable ? undefined : 'calc(100dvh - 56px)'} style={{ display: 'flex', flexDirection: 'column' }}>
      <title>{`${t('life.title', { process: title })} · ${t('app.name')}`}</title>
      <Group justify="space-between" px={{ base: 'md', md: 'xl' }} py="sm" gap="sm">
        <Title order={1} size="h3" className="fc-wrap">
          {t('life.title', { process: title })}
        </Title>
        <Group gap="sm">
          <RangePicker search={search} setSearch={setSearch} days={days} />
          <Select
            aria-label={t('processes.versions')}
            w={130}
            allowDeselect={false}
            value={version === undefined ? null : String(version)}
            onChange={(value) => (value === null ? undefined : put('version', value))}
            data={numbers.map((number) => ({
              value: String(number),
              label: t('processes.version', { version: number }),
            }))}
          />
          <SegmentedControl
            aria-label={t('life.view.label')}
            value={asTable ? 'table' : 'drawing'}
            onChange={(value) => put('view', value)}
            data={[
              { value: 'drawing', label: t('life.view.drawing') },
              { value: 'table', label: t('life.view.table') },
            ]}
          />
          <Button component={Link} to={`/processes/${encodeURIComponent(process)}`} variant="default">
            {t('life.toProcess')}
          </Button>
        </Group>
      </Group>
      {error !== null ? (
        <Box px={{ base: 'md', md: 'xl' }} maw={720}>
          <ProblemNotice
            error={error}
            retry={() => void Promise.all([versions.refetch(), view.refetch(), life.refetch()])}
          />
        </Box>
      ) : versions.isSuccess && version === undefined ? (
        <Box px={{ base: 'md', md: 'xl' }}>
          <Empty title={t('processes.unpublished')} />
        </Box>
      ) : view.data === undefined || life.data === undefined ? (
        <Waiting />
      ) : (
        <Living view={view.data} life={life.data} title={title} asTable={asTable} />
      )}
    </Box>
  )
}

function Living({
  view,
  life,
  title,
  asTable,
}: {
  view: VersionView
  life: VersionLife
  title: string
  asTable: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { language } = useSpeech()
  const lived = useMemo(() => lifeOf(view.definition, life), [view.definition, life])
  const signs = useMemo(() => signsOf(lived, t, language), [lived, t, language])
  const model = useMemo(() => readChart(view.definition), [view.definition])
  const found = useFoundSigns(view.process, model)
  return (
    <>
      <Sums life={life} />
      {asTable ? (
        <Box px={{ base: 'md', md: 'xl' }} pb="lg">
          <StateTable lived={lived} life={life} />
        </Box>
      ) : (
        <Box
          style={{
            flex: '1 0 420px',
            display: 'flex',
            flexDirection: 'column',
            borderTop: '1px solid var(--mantine-color-default-border)',
          }}
        >
          <Suspense fallback={<Waiting label={t('chart.drawing')} />}>
            <LazyChart
              definition={view.definition}
              layoutKey={view.hash}
              label={t('processes.drawing', { title })}
              life={signs}
              found={found}
              more={(choice) => <ChoiceLife choice={choice} lived={lived} life={life} />}
            />
          </Suspense>
        </Box>
      )}
    </>
  )
}

/** What an owner wants to know before he looks at any state, and what the signs mean. */
function Sums({ life }: { life: VersionLife }): ReactElement {
  const { t } = useTranslation()
  const breaches = life.breaches.reduce((sum, { late, broken }) => sum + late + broken, 0)
  return (
    <Group px={{ base: 'md', md: 'xl' }} pb="sm" gap="lg" role="status">
      <Sum kind="jobs" text={t('life.running', { count: life.jobs })} />
      <Sum kind="overdue" text={t('life.overdue', { count: life.overdue })} />
      <Sum kind="breaches" text={t('life.breaches', { count: breaches })} />
      <SampleAlong />
      <Text size="sm" c="dimmed">
        {t('life.timeHint')}
      </Text>
    </Group>
  )
}

function Sum({ kind, text }: { kind: 'jobs' | 'overdue' | 'breaches'; text: string }): ReactElement {
  return (
    <Group gap={6} wrap="nowrap">
      <span className="life-sign" data-kind={kind} aria-hidden="true">
        {kind === 'jobs' ? null : <Icon name={kind === 'overdue' ? 'clock' : 'alert'} size={12} />}
      </span>
      <Text size="sm" fw={600}>
        {text}
      </Text>
    </Group>
  )
}
