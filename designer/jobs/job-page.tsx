/**
 * One job: where it is in the drawing, what is known of it, what can happen now, and all that happened.
 */
import { Box, Grid, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, Suspense, useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { LazyChart } from '../canvas/lazy-chart.tsx'
import { api } from '../session/api.ts'
import { useHistory, useJob, useProcesses } from '../session/queries.ts'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { JobEvents } from './job-events.tsx'
import { Breaches, Checklist, Deadlines, Fields, Links } from './job-facts.tsx'
import { JobHands, Resting, useHands } from './job-hands.tsx'
import { JobHistory } from './job-history.tsx'
import { jobWords, stateInWords } from './job-words.ts'
import { StatusBadge } from './status-badge.tsx'

export default function JobPage(): ReactElement {
  const { job: id = '' } = useParams()
  const { t, i18n } = useTranslation()
  const { say, time, list } = useSpeech()
  const job = useJob(id)
  const processes = useProcesses()
  const process = job.data?.process
  const version = job.data?.version
  const view = useQuery({
    queryKey: ['definition', process, version],
    queryFn: ({ signal }) => api.version(process ?? '', version ?? 0, signal),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: process !== undefined,
  })
  const hands = useHands(job.data)
  const movedAt = useMovedAt(id)
  const definition = view.data?.definition
  const words = useMemo(() => jobWords(definition, t, i18n.language), [definition, t, i18n.language])
  if (job.isError)
    return (
      <Page title={t('job.title', { id })}>
        <ProblemNotice error={job.error} retry={() => void job.refetch()} />
      </Page>
    )
  if (job.isPending) return <Waiting />
  const { data } = job
  const titleOf = (name: string): string =>
    say(processes.data?.processes.find((each) => each.id === name)?.title, name)
  const states = list(data.active.map((path) => stateInWords(path, words)))
  return (
    <Page
      title={`${titleOf(data.process)} · ${states}`}
      beside={
        <Group gap="sm">
          <StatusBadge status={data.status} />
          <Text size="sm" c="dimmed">
            {movedAt === undefined
              ? t('processes.version', { version: data.version })
              : t('hand.moved', { version: data.version, when: time(movedAt) })}
          </Text>
          <Text size="sm" c="dimmed" ff="monospace">
            {data.id}
          </Text>
        </Group>
      }
    >
      <Resting job={data} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="md">
            <Box className="fc-panel" h={{ base: 380, md: 520 }} style={{ overflow: 'hidden' }}>
              <Drawing query={view} label={t('job.drawing')} active={data.active} />
            </Box>
            <Panel title={t('job.fields')}>
              <Fields job={data} words={words} />
            </Panel>
            <Panel title={t('job.history')}>
              <JobHistory job={id} words={words} />
            </Panel>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack gap="md">
            <Panel title={t('job.events')}>
              <JobEvents job={data} />
            </Panel>
            {hands.length === 0 ? null : (
              <Panel title={t('hand.title')}>
                <JobHands job={data} words={words} kinds={hands} />
              </Panel>
            )}
            <Panel title={t('job.checklist')}>
              <Checklist job={data} words={words} />
            </Panel>
            <Panel title={t('job.deadlines')}>
              <Deadlines job={data} />
            </Panel>
            <Panel title={t('job.breaches')}>
              <Breaches job={data} />
            </Panel>
            {data.rating === undefined ? null : (
              <Panel title={t('job.rating')}>
                <Text size="sm">
                  {[t('job.stars', { score: data.rating.score }), data.rating.comment]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
              </Panel>
            )}
            {data.links.length === 0 ? null : (
              <Panel title={t('job.links')}>
                <Links job={data} titleOf={titleOf} />
              </Panel>
            )}
            <Text size="xs" c="dimmed">
              {`${t('jobs.created')} ${time(data.createdAt)} · ${t('jobs.updated')} ${time(data.updatedAt)}`}
            </Text>
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  )
}

/** When the job came to the version that it runs on, as far as the history shown tells. */
function useMovedAt(job: string): string | undefined {
  const entries = useHistory(job).data?.pages.flatMap((page) => page.entries) ?? []
  return entries.findLast(
    ({ command }) =>
      typeof command === 'object' && command !== null && 'kind' in command && command.kind === 'migrate',
  )?.at
}

function Panel({ title, children }: { title: string; children: ReactNode }): ReactElement {
  const id = useId()
  return (
    <Box component="section" className="fc-panel" p="md" aria-labelledby={id}>
      <Title order={2} size="h5" mb="sm" id={id}>
        {title}
      </Title>
      {children}
    </Box>
  )
}

function Drawing({
  query,
  label,
  active,
}: {
  query: { data: { definition: unknown; hash: string } | undefined; error: unknown; isError: boolean }
  label: string
  active: readonly string[]
}): ReactElement {
  const { t } = useTranslation()
  if (query.isError) return <ProblemNotice error={query.error} />
  if (query.data === undefined) return <Waiting label={t('chart.drawing')} />
  return (
    <Suspense fallback={<Waiting label={t('chart.drawing')} />}>
      <LazyChart
        definition={query.data.definition}
        layoutKey={query.data.hash}
        label={label}
        active={active}
      />
    </Suspense>
  )
}
