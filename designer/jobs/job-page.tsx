/**
 * One job: where it is in the drawing and the way it came, what can happen now, what is known of it, and all that
 * happened, at any moment of its past.
 *
 * Promises: looking at the past changes nothing, and loses nothing that is being typed.
 */
import { Alert, Box, Button, Grid, Group, Text } from '@mantine/core'
import { type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import { SYSTEM } from '../audit/audit-words.ts'
import { RaiseFinding } from '../findings/raise-finding.tsx'
import { SampleBadge } from '../first/sample-badge.tsx'
import { useNameOf } from '../session/people.ts'
import { useJob, useMe, useProcesses } from '../session/queries.ts'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { Resting } from './job-hands.tsx'
import { JobMain } from './job-main.tsx'
import { PastNotice } from './job-past.tsx'
import { JobSide } from './job-side.tsx'
import { entryInWords, stateInWords } from './job-words.ts'
import { MakeScenario } from './make-scenario.tsx'
import { momentAt, movedTo, versionsAlong } from './past.ts'
import { StatusBadge } from './status-badge.tsx'
import { useVersionWords, useWholeHistory, versionsOf } from './use-history.ts'

export default function JobPage(): ReactElement {
  const { job: id = '' } = useParams()
  const { t } = useTranslation()
  const job = useJob(id)
  if (job.isError && job.data === undefined)
    return (
      <Page title={t('job.title', { id })}>
        <ProblemNotice error={job.error} retry={() => void job.refetch()} />
      </Page>
    )
  if (job.isPending) return <Waiting />
  // Another job is another page: nothing typed for one is sent to the other.
  return <Shown key={id} job={job.data} />
}

function Shown({ job }: { job: JobDetail }): ReactElement {
  const { t } = useTranslation()
  const { say, time, exactTime, list } = useSpeech()
  const nameOf = useNameOf()
  const processes = useProcesses()
  const history = useWholeHistory(job.id)
  const [at, setAt] = useState<number>()
  const wordsOf = useVersionWords(job.process, versionsOf(job.version, history.data))
  const words = wordsOf(job.version)
  const entries = history.data?.entries ?? NONE
  const versions = useMemo(
    () => versionsAlong(entries, history.data?.startedOn),
    [entries, history.data?.startedOn],
  )
  const steps = useMemo(
    () =>
      entries.map((entry, index) => ({
        what: entryInWords(entry, wordsOf(versions[index]), nameOf),
        when: exactTime(entry.at),
      })),
    [entries, versions, wordsOf, nameOf, exactTime],
  )
  const moment = useMemo(
    () => (at === undefined ? undefined : momentAt(entries, versions, at)),
    [entries, versions, at],
  )
  const titleOf = (name: string): string =>
    say(processes.data?.processes.find((each) => each.id === name)?.title, name)
  /** What ran out was erased by nobody. */
  const whoOf = (id: string): string => (id === SYSTEM ? t('app.name') : nameOf(id))
  const step = at === undefined ? undefined : steps[at]
  const moved = entries.findLast((entry) => movedTo(entry) !== undefined)
  return (
    <Page
      title={`${titleOf(job.process)} · ${list(job.active.map((path) => stateInWords(path, words)))}`}
      beside={
        <Group gap="sm">
          <StatusBadge status={job.status} />
          <SampleBadge id={job.id} />
          <Text size="sm" c="dimmed">
            {moved === undefined
              ? t('processes.version', { version: job.version })
              : t('hand.moved', { version: job.version, when: time(moved.at) })}
          </Text>
          <Text size="sm" c="dimmed" ff="monospace" className="fc-wrap">
            {job.id}
          </Text>
          <TryIt job={job} />
          <MakeScenario job={job.id} />
          <RaiseFinding
            found={{ process: job.process, version: job.version, job: job.id, place: job.active[0] ?? '' }}
          />
        </Group>
      }
    >
      <Resting job={job} />
      {job.erased === undefined ? null : (
        <Alert role="status" color="gray" variant="light" mb="md">
          {t('job.erased', { when: exactTime(job.erased.at), who: whoOf(job.erased.by) })}
        </Alert>
      )}
      {step === undefined ? null : <PastNotice step={step} back={() => setAt(undefined)} />}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }} order={{ base: moment === undefined ? 2 : 1, lg: 1 }}>
          <JobMain
            job={job}
            history={history}
            moment={moment}
            at={at}
            choose={setAt}
            steps={steps}
            versions={versions}
            wordsOf={wordsOf}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }} order={{ base: moment === undefined ? 1 : 2, lg: 2 }}>
          <JobSide
            job={job}
            history={history.data}
            moment={moment}
            words={words}
            momentWords={wordsOf(moment?.version)}
            titleOf={titleOf}
          />
        </Grid.Col>
      </Grid>
      <Box mt="md">
        <Text size="xs" c="dimmed">
          {`${t('jobs.created')} ${time(job.createdAt)} · ${t('jobs.updated')} ${time(job.updatedAt)}`}
        </Text>
      </Box>
    </Page>
  )
}

/** What would come of it, on a copy. */
function TryIt({ job }: { job: JobDetail }): ReactElement | null {
  const { t } = useTranslation()
  const mayCopy = useMe().data?.rights.includes('jobs:carry') === true
  if (!mayCopy || job.status !== 'active') return null
  return (
    <Button
      size="compact-sm"
      variant="default"
      component={Link}
      to={`/jobs/${encodeURIComponent(job.id)}/try`}
    >
      {t('training.try.buttonJob')}
    </Button>
  )
}
const NONE: readonly never[] = []
