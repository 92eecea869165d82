/**
 * The wide part of a job's page: the drawing with the slider of its past, the facts, the history.
 *
 * Must not: fetch.
 */
import { Box, Stack, Title } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, Suspense, useId, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import { LazyChart } from '../canvas/lazy-chart.tsx'
import type { WaySigns } from '../canvas/way.ts'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Fields } from './job-facts.tsx'
import { JobHistory } from './job-history.tsx'
import { PastSlider, type Step } from './job-past.tsx'
import type { JobWords } from './job-words.ts'
import { lastEntered, type Moment, type Way, wayTo } from './past.ts'
import { useDefinition, type WholeHistory } from './use-history.ts'

export function JobMain({
  job,
  history,
  moment,
  at,
  choose,
  steps,
  versions,
  wordsOf,
}: {
  job: JobDetail
  history: UseQueryResult<WholeHistory>
  /** How the job stood at `at`; `undefined`: the present is shown. */
  moment: Moment | undefined
  at: number | undefined
  choose(at: number | undefined): void
  steps: readonly Step[]
  versions: readonly (number | undefined)[]
  wordsOf(version: number | undefined): JobWords
}): ReactElement {
  const { t } = useTranslation()
  const top = useRef<HTMLDivElement>(null)
  const entries = history.data?.entries ?? NONE
  const here = at ?? entries.length - 1
  const way = useMemo(() => wayTo(entries, versions, here), [entries, versions, here])
  const focus = useMemo(() => lastEntered(entries, here), [entries, here])
  const version = moment?.version ?? job.version
  return (
    <Stack gap="md">
      <Box className="fc-panel" style={{ overflow: 'hidden' }} ref={top}>
        <Box h={{ base: 380, md: 520 }}>
          <Drawing
            process={job.process}
            version={version}
            active={moment?.entry.active ?? job.active}
            focus={focus}
            way={way}
          />
        </Box>
        <PastSlider steps={steps} at={at} choose={choose} />
      </Box>
      <Panel title={t('job.fields')}>
        <Fields
          values={moment?.fields ?? job.fields}
          words={wordsOf(version)}
          masked={moment?.masked ?? job.masked ?? []}
          changed={moment === undefined ? [] : Object.keys(moment.entry.changed)}
        />
      </Panel>
      {history.data === undefined && !history.isFetching && !history.isError ? null : (
        <Panel title={t('job.history')}>
          {history.isError ? (
            <ProblemNotice error={history.error} retry={() => void history.refetch()} />
          ) : history.data === undefined ? (
            <Waiting />
          ) : (
            <JobHistory
              entries={entries}
              wordsAt={(index) => wordsOf(versions[index])}
              at={at}
              show={(index) => {
                choose(index === entries.length - 1 ? undefined : index)
                top.current?.scrollIntoView({ block: 'nearest' })
              }}
            />
          )}
        </Panel>
      )}
    </Stack>
  )
}
const NONE: readonly never[] = []

export function Panel({ title, children }: { title: string; children: ReactNode }): ReactElement {
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

/** Each version once: its drawing is laid out once, too. */
function Drawing({
  process,
  version,
  active,
  focus,
  way,
}: {
  process: string
  version: number
  active: readonly string[]
  /** Where the eye falls: several regions may be far apart. */
  focus: readonly string[]
  way: Way
}): ReactElement {
  const { t } = useTranslation()
  const query = useDefinition(process, version)
  const signs = useMemo((): WaySigns => {
    const sign = (count: number, told: string) => ({
      told,
      ...(count > 1 ? { often: t('jobPage.often', { count }) } : {}),
    })
    return {
      states: new Map(
        [...way.states].map(([path, count]) => [path, sign(count, t('jobPage.been', { count }))]),
      ),
      transitions: new Map(
        [...way.transitions].map(([pointer, count]) => [pointer, sign(count, t('jobPage.taken', { count }))]),
      ),
    }
  }, [way, t])
  if (query.isError && query.data === undefined) return <ProblemNotice error={query.error} />
  if (query.data === undefined) return <Waiting label={t('chart.drawing')} />
  return (
    <Suspense fallback={<Waiting label={t('chart.drawing')} />}>
      <LazyChart
        definition={query.data.definition}
        layoutKey={query.data.hash}
        label={t('job.drawing')}
        active={active}
        focus={focus}
        way={signs}
      />
    </Suspense>
  )
}
