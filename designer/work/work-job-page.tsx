/**
 * One job on a telephone: the next step within reach of the thumb, what it wants before, and what waits to be sent.
 *
 * Promises: works alike with and without a connection, on what is known plus what was done here; what the server has
 * not confirmed is called expected.
 * Must not: judge an act: the engine does, here beforehand and on the server for good.
 */
import { Alert, Box, Text, Title } from '@mantine/core'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Carried } from '../../machines/wire/carry.ts'
import type { VersionView } from '../../machines/wire/processes.ts'
import { Resting } from '../jobs/job-hands.tsx'
import { jobWords, stateInWords } from '../jobs/job-words.ts'
import { useServerNow } from '../session/now.ts'
import { Icon } from '../shell/icons.tsx'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { contactOf } from './contact.ts'
import { ContactCard } from './contact-card.tsx'
import { expect, processOf } from './expected.ts'
import { JobItems } from './job-items.tsx'
import { JobQueue } from './job-queue.tsx'
import { JobSteps } from './job-steps.tsx'
import { NextDeadline } from './next-deadline.tsx'
import { carriedJob, isAway, useKnown, useQueueState, versionOf } from './work.ts'

/** Deadlines are told by the minute. */
const STEP_MS = 15_000

export default function WorkJobPage(): ReactElement {
  const { job: id = '' } = useParams()
  const { t } = useTranslation()
  const { time } = useSpeech()
  const carried = useKnown(carriedJob(id))
  const job = carried.data?.job
  const version = useKnown(versionOf(job?.process ?? '', job?.version ?? 0), job !== undefined)
  const missing = carried.data === undefined ? carried : version
  if (carried.data !== undefined && version.data !== undefined)
    return (
      <>
        {carried.keptAt === undefined ? null : (
          <Text size="sm" c="dimmed" px="md" pt="xs">
            {t('work.asOf', { time: time(carried.keptAt) })}
          </Text>
        )}
        {carried.error === null || isAway(carried.error) ? null : (
          <Box p="md">
            <ProblemNotice error={carried.error} />
          </Box>
        )}
        <OneJob key={id} carried={carried.data} version={version.data} />
      </>
    )
  return (
    <Box p="md">
      <Back />
      {missing.isPending ? (
        <Waiting />
      ) : isAway(missing.error) ? (
        <Empty title={t('work.nothingKept')} lead={t('work.nothingKeptLead')} />
      ) : (
        <ProblemNotice error={missing.error} />
      )}
    </Box>
  )
}

const Back = (): ReactElement => {
  const { t } = useTranslation()
  return (
    <Link to="/work" className="work-back">
      <Icon name="back" size={18} />
      {t('work.title')}
    </Link>
  )
}

function OneJob({ carried, version }: { carried: Carried; version: VersionView }): ReactElement {
  const { t, i18n } = useTranslation()
  const { say, list } = useSpeech()
  const now = useServerNow(STEP_MS)
  const { acts, hindrance } = useQueueState()
  const { definition, hash } = version
  const process = useMemo(() => processOf(definition, hash), [definition, hash])
  const mine = useMemo(() => acts.filter(({ job }) => job === carried.job.id), [acts, carried.job.id])
  const expected = useMemo(
    () => expect(process, carried, mine, now, now - Date.now()),
    [process, carried, mine, now],
  )
  const words = useMemo(() => jobWords(definition, t, i18n.language), [definition, t, i18n.language])
  const { detail } = expected
  // What is on its way is gone in a moment: nothing may jump from under the thumb for it.
  const isHeld = hindrance !== undefined || mine.some(({ state }) => state === 'refused')
  const isWaiting = isHeld && mine.some(({ state }) => state === 'waiting')
  const title = contactOf(detail.fields).name ?? say(definition.meta.title, detail.process)
  const scene = { process, carried, expected, words, definition, now }
  return (
    <Box className="work-job">
      <title>{`${title} · ${t('app.name')}`}</title>
      <Back />
      <Title order={1} size="h3" className="fc-wrap">
        {title}
      </Title>
      <Text fw={600} size="lg" className="fc-wrap" data-states>
        {list(detail.active.map((path) => stateInWords(path, words)))}
      </Text>
      <Text size="sm" c="dimmed" className="fc-wrap">
        {say(definition.meta.title, detail.process)}
      </Text>
      <NextDeadline detail={detail} now={now} />
      <Resting job={detail} />
      {isWaiting && expected.isExpected ? (
        <Alert color="blue" variant="light" py={8} icon={<Icon name="clock" />} data-expected>
          <Text size="sm">{t('work.expected')}</Text>
        </Alert>
      ) : null}
      <JobQueue acts={isHeld ? mine : []} doubts={expected.doubts} words={words} />
      <ContactCard detail={detail} words={words} />
      {detail.status === 'active' ? (
        <>
          <JobItems scene={scene} />
          <JobSteps scene={scene} more={<WholeJob id={detail.id} />} />
        </>
      ) : (
        <>
          <Alert color="teal" variant="light" icon={<Icon name="check" />} data-over>
            {t('work.over', { status: t(`status.${detail.status}`) })}
          </Alert>
          <WholeJob id={detail.id} />
        </>
      )}
    </Box>
  )
}

function WholeJob({ id }: { id: string }): ReactElement {
  const { t } = useTranslation()
  return (
    <Link to={`/jobs/${encodeURIComponent(id)}`} className="work-row">
      {t('work.wholeJob')}
    </Link>
  )
}
