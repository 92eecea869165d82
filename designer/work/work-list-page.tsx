/**
 * My jobs, by when they are due: what is late, what is for today, what comes later.
 *
 * Promises: what is shown can be opened and worked without a connection as soon as its mark says so.
 */
import { Box, Stack, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { JobList } from '../../machines/wire/jobs.ts'
import { DeadlineText } from '../jobs/deadline-text.tsx'
import { useNow } from '../session/now.ts'
import { useProcesses } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { contactOf } from './contact.ts'
import { type Day, dayOf } from './days.ts'
import { isAway, leaveBehind, myJobs, takeAlong, useKnown, useQueueState, useWork } from './work.ts'

type Row = JobList['jobs'][number]
const DAYS: readonly Day[] = ['late', 'today', 'later', 'open']

export default function WorkListPage(): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const { me } = useWork()
  const now = useNow()
  const known = useKnown(myJobs(me))
  const rows = known.data?.jobs ?? []
  const ready = useTakenAlong(known.data)
  const title = t('work.title')
  return (
    <Box px="md" pb="xl">
      <title>{`${title} · ${t('app.name')}`}</title>
      <Title order={1} size="h2" my="sm">
        {title}
      </Title>
      {known.keptAt === undefined ? null : (
        <Text size="sm" c="dimmed" mb="sm">
          {t('work.asOf', { time: time(known.keptAt) })}
        </Text>
      )}
      {known.error !== null && !isAway(known.error) ? <ProblemNotice error={known.error} /> : null}
      {known.isPending ? <Waiting /> : null}
      {known.data === undefined && isAway(known.error) && !known.isPending ? (
        <Empty title={t('work.nothingKept')} lead={t('work.nothingKeptLead')} />
      ) : null}
      {known.data !== undefined && rows.length === 0 ? (
        <Empty title={t('work.none')} lead={t('work.noneLead')} />
      ) : null}
      {DAYS.map((day) => {
        const those = rows.filter((row) => dayOf(row, now) === day)
        if (those.length === 0) return null
        return (
          <section key={day} aria-label={t(`work.day.${day}`)}>
            <Title
              order={2}
              size="h5"
              mt="md"
              mb={6}
              {...(day === 'late' ? { c: 'var(--mantine-color-error)' } : {})}
            >
              {t(`work.dayCount.${day}`, { count: those.length })}
            </Title>
            <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
              {those.map((row) => (
                <JobCard key={row.id} row={row} now={now} isReady={ready.has(row.id)} />
              ))}
            </Stack>
          </section>
        )
      })}
    </Box>
  )
}

/** The jobs that are here with all that they need. */
function useTakenAlong(list: JobList | undefined): ReadonlySet<string> {
  const work = useWork()
  const client = useQueryClient()
  const [ready, setReady] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    if (list === undefined) return
    let isOver = false
    const take = async (): Promise<void> => {
      await leaveBehind(
        work,
        list.jobs.map(({ id }) => id),
      )
      for (const job of list.jobs) {
        if (isOver) return
        await takeAlong(work, client, job)
        setReady((before) => new Set(before).add(job.id))
      }
    }
    // Without a connection what is kept stays as it is.
    void take().catch(() => undefined)
    return () => {
      isOver = true
    }
  }, [list, work, client])
  return ready
}

function JobCard({ row, now, isReady }: { row: Row; now: number; isReady: boolean }): ReactElement {
  const { t } = useTranslation()
  const { say, time } = useSpeech()
  const processes = useProcesses()
  const { acts } = useQueueState()
  const mine = acts.filter(({ job }) => job === row.id)
  const refused = mine.filter(({ state }) => state === 'refused').length
  const waiting = mine.filter(({ state }) => state === 'waiting').length
  const { name, address, region, appointment, problem } = contactOf(row.fields)
  const process = say(processes.data?.processes.find(({ id }) => id === row.process)?.title, row.process)
  return (
    <Box component="li" className="fc-panel work-card" data-job={row.id}>
      <Link to={`/work/${encodeURIComponent(row.id)}`} className="work-card-link fc-wrap">
        {name ?? problem ?? process}
      </Link>
      <Text size="sm" c="dimmed" className="fc-wrap">
        {[process, region].filter((each) => each !== undefined).join(' · ')}
      </Text>
      {address === undefined ? null : (
        <Text size="sm" className="fc-wrap">
          {address}
        </Text>
      )}
      {name === undefined || problem === undefined ? null : (
        <Text size="sm" c="dimmed" lineClamp={2} className="fc-wrap">
          {problem}
        </Text>
      )}
      {appointment === undefined ? null : (
        <Text size="md" fw={600}>
          {t('work.appointment', { time: time(appointment) })}
        </Text>
      )}
      {row.dueAt === undefined ? null : (
        <Text size="sm" component="div">
          {row.overdue ? null : `${t('work.due')} `}
          <DeadlineText dueAt={row.dueAt} overdue={row.overdue} now={now} />
        </Text>
      )}
      {row.suspended === undefined ? null : <Text size="sm">{t('work.resting')}</Text>}
      <Text size="xs" c="dimmed" component="div" className="work-marks">
        {refused === 0 ? null : <span data-refused>{t('work.sign.refused', { count: refused })}</span>}
        {waiting === 0 ? null : <span>{t('work.sign.waiting', { count: waiting })}</span>}
        {isReady ? (
          <span>
            <Icon name="check" size={13} /> {t('work.takenAlong')}
          </span>
        ) : null}
      </Text>
    </Box>
  )
}
