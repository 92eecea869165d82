/**
 * What publishing means for running jobs: per state how many, whether they could move over, which timers change.
 *
 * Must not: judge; the server compares both definitions and counts.
 */
import { Anchor, Badge, Group, ScrollArea, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { child } from '../../machines/definition/pointer.ts'
import type { DraftImpact } from '../../machines/wire/drafts.ts'
import { treeOf } from '../document/document.ts'
import { isObject, type Json } from '../document/json.ts'
import { titleOf } from '../document/questions.ts'
import { ApiError, api } from '../session/api.ts'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useDesign } from './design-api.ts'
import { timerSaid } from './impact-words.ts'
import { placeName } from './places.ts'

type VersionImpact = DraftImpact['versions'][number]
type StateImpact = VersionImpact['states'][number]

export function ImpactPart({ revision }: { revision: number }): ReactElement | null {
  const { t } = useTranslation()
  const { process } = useDesign()
  const impact = useQuery({
    queryKey: ['processes', process, 'impact', revision],
    queryFn: ({ signal }) => api.impact(process, signal),
    retry: false,
    staleTime: 0,
  })
  if (impact.isPending) return <Waiting />
  if (impact.isError) {
    // What is invalid or unchanged has no impact to tell of; publishing itself says so.
    const isSaid = impact.error instanceof ApiError && impact.error.status < 500 && impact.error.status > 0
    return isSaid ? null : <ProblemNotice error={impact.error} retry={() => void impact.refetch()} />
  }
  const versions = impact.data.versions.filter(({ jobs }) => jobs > 0)
  return (
    <section>
      <Title order={3} size="h6" mb="xs">
        {t('design.publish.jobs')}
      </Title>
      {versions.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('design.publish.jobsNone')}
        </Text>
      ) : (
        <Stack gap="xs">
          <Text size="sm" c="dimmed">
            {t('page.impact.lead')}
          </Text>
          <ScrollArea.Autosize mah={320} type="auto">
            {versions.map((version) => (
              <VersionPart key={version.version} impact={version} />
            ))}
          </ScrollArea.Autosize>
        </Stack>
      )}
    </section>
  )
}

function VersionPart({ impact }: { impact: VersionImpact }): ReactElement {
  const { t } = useTranslation()
  const { list, say } = useSpeech()
  const { document } = useDesign()
  const fieldName = ({ name }: { name: string }): string =>
    say(placeName(document.definition, child('', 'schemas', 'context', 'properties', name)), name)
  const states = impact.states.filter(({ jobs }) => jobs > 0)
  const count = (verdict: StateImpact['verdict']): number =>
    states.reduce((sum, state) => (state.verdict === verdict ? sum + state.jobs : sum), 0)
  const [asIs, ifFit, needs] = [count('as-is'), count('if-values-fit'), count('needs-target')]
  return (
    <Stack gap={6} mb="sm">
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {t('design.publish.jobsOf', { version: impact.version, count: impact.jobs })}
        </Text>
        {asIs > 0 ? <Sum colour="teal" text={t('page.impact.asIs', { count: asIs })} /> : null}
        {ifFit > 0 ? <Sum colour="yellow" text={t('page.impact.ifFit', { count: ifFit })} /> : null}
        {needs > 0 ? <Sum colour="red" text={t('page.impact.needs', { count: needs })} /> : null}
      </Group>
      {impact.fields.length === 0 ? null : (
        <Text size="sm">{t('page.impact.fields', { fields: list(impact.fields.map(fieldName)) })}</Text>
      )}
      <Table fz="sm" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('design.publish.state')}</Table.Th>
            <Table.Th>{t('design.publish.count')}</Table.Th>
            <Table.Th>{t('design.publish.verdict')}</Table.Th>
            <Table.Th>{t('page.impact.timers')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {states.map((state) => (
            <StateRow key={state.path} state={state} version={impact.version} />
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  )
}

const Sum = ({ colour, text }: { colour: string; text: string }): ReactElement => (
  <Badge color={colour} variant="light" c="var(--mantine-color-text)" tt="none">
    {text}
  </Badge>
)

function StateRow({ state, version }: { state: StateImpact; version: number }): ReactElement {
  const { t } = useTranslation()
  const { say, number } = useSpeech()
  const { process, document } = useDesign()
  const { path, jobs, verdict, obstacles, suggestion } = state
  const name = say(state.title, path)
  const query = new URLSearchParams({ process, version: String(version), state: path, status: 'active' })
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td className="fc-wrap">{name}</Table.Td>
      <Table.Td>
        <Anchor
          component={Link}
          size="sm"
          to={`/jobs?${query}`}
          target="_blank"
          aria-label={t('page.impact.show', { state: name, jobs: number(jobs) })}
        >
          {number(jobs)}
        </Anchor>
      </Table.Td>
      <Table.Td className="fc-wrap">
        {t(`design.publish.verdicts.${verdict}`)}
        {obstacles.map((obstacle) => (
          <Text key={obstacle} size="xs" c="dimmed">
            {t(`page.impact.obstacles.${obstacle}`)}
          </Text>
        ))}
        {suggestion === undefined ? null : (
          <Text size="xs" c="dimmed">
            {t('page.impact.suggestion', {
              state: say(stateTitle(document.definition, suggestion), suggestion),
            })}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="fc-wrap">
        <Timers timers={state.timers} />
      </Table.Td>
    </Table.Tr>
  )
}

function stateTitle(definition: Json, path: string) {
  if (!isObject(definition)) return undefined
  const node = treeOf(definition).byPath.get(path)
  return node === undefined ? undefined : titleOf(definition, node)
}

function Timers({ timers }: { timers: StateImpact['timers'] }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  if (timers.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('page.impact.noTimers')}
      </Text>
    )
  const words = (timer: StateImpact['timers'][number]): string => {
    const told = timerSaid(timer)
    if (told.kind !== 'changed') {
      const what = t(told.kind === 'new' ? 'page.impact.newTimer' : 'page.impact.goneTimer')
      return told.length === undefined ? what : `${what} · ${say(told.length)}`
    }
    return told.from === undefined || told.to === undefined
      ? t('page.impact.otherwise')
      : `${say(told.from)} → ${say(told.to)}`
  }
  return (
    <>
      {timers.map((timer) => (
        <Text size="sm" key={timer.delay}>
          {say(timer.title, timer.delay)}
          {t('common.colon')}
          {words(timer)}
        </Text>
      ))}
    </>
  )
}
