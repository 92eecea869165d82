/**
 * A job's deadlines, counting down by the server's clock; what counts on a calendar says so.
 *
 * Promises: what has run out is red and names its norm; of a job that rests nothing counts down.
 * Must not: decide whether a deadline is broken; the server said so.
 */
import { Badge, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { roughLength } from '../../machines/time/duration.ts'
import { isOpen, openIntervals } from '../../machines/time/working.ts'
import type { Deadline, JobDetail } from '../../machines/wire/jobs.ts'
import type { SettingsView } from '../../machines/wire/server.ts'
import { api } from '../session/api.ts'
import { useServerNow } from '../session/now.ts'
import { useMe } from '../session/queries.ts'
import { stretchInWords } from '../text/format.ts'
import { useSpeech } from '../text/use-language.ts'
import { DeadlineText } from './deadline-text.tsx'
import { countdown } from './span.ts'

const SECOND = 1000

export function JobDeadlines({ job }: { job: JobDetail }): ReactElement {
  const { t } = useTranslation()
  const now = useServerNow(SECOND)
  const maySee = useMe().data?.rights.includes('settings:read') === true
  const { data: settings } = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => api.settings(signal),
    enabled: maySee && job.deadlines.some(({ calendar }) => calendar !== undefined),
    staleTime: 60_000,
  })
  if (job.deadlines.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('job.noDeadlines')}
      </Text>
    )
  const sorted = job.deadlines.toSorted((one, other) => one.dueAt.localeCompare(other.dueAt))
  return (
    <Stack gap="sm" component="ul" m={0} p={0}>
      {sorted.map((deadline) => (
        <Line key={`${deadline.delay} ${deadline.dueAt}`} deadline={deadline} now={now} settings={settings} />
      ))}
    </Stack>
  )
}

function Line({
  deadline,
  now,
  settings,
}: {
  deadline: Deadline
  now: number
  settings: SettingsView | undefined
}): ReactElement {
  const { t } = useTranslation()
  const { say, language } = useSpeech()
  const isOverdue = deadline.fired && deadline.kind === 'deadline'
  const { calendar } = deadline
  const title = calendar === undefined ? undefined : say(settings?.calendars[calendar]?.title, calendar)
  return (
    <Group component="li" justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
      <div style={{ minWidth: 0 }}>
        <Text
          size="sm"
          fw={500}
          className="fc-wrap"
          {...(isOverdue ? { c: 'var(--mantine-color-error)' } : {})}
        >
          {say(deadline.title, deadline.delay)}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          {[
            t(`deadlineKind.${deadline.kind}`),
            ...(title === undefined ? [] : [t('jobPage.working', { calendar: title })]),
          ].join(' · ')}
          {deadline.norms.map((norm) => (
            <Badge
              key={norm}
              size="xs"
              ml={6}
              color={isOverdue ? 'red' : 'indigo'}
              variant="light"
              c={isOverdue ? 'var(--mantine-color-error)' : 'var(--mantine-color-text)'}
            >
              {norm}
            </Badge>
          ))}
        </Text>
      </div>
      <div style={{ textAlign: 'end', flex: 'none', maxWidth: '55%' }}>
        {deadline.left !== undefined ? (
          <Text size="sm">
            {t('jobPage.resting', { time: stretchInWords(roughLength(deadline.left) ?? 0, language) })}
          </Text>
        ) : isOverdue || deadline.fired ? (
          <DeadlineText dueAt={deadline.dueAt} overdue={isOverdue} now={now} />
        ) : (
          <Counting deadline={deadline} now={now} settings={settings} />
        )}
      </div>
    </Group>
  )
}

function Counting({
  deadline,
  now,
  settings,
}: {
  deadline: Deadline
  now: number
  settings: SettingsView | undefined
}): ReactElement {
  const { t } = useTranslation()
  const { time, language } = useSpeech()
  const due = Date.parse(deadline.dueAt)
  const calendar = deadline.calendar === undefined ? undefined : settings?.calendars[deadline.calendar]
  const left =
    calendar === undefined || settings === undefined
      ? Math.max(0, due - now)
      : openIntervals(calendar, now, Math.max(now, due), settings.timeZone).reduce(
          (sum, { from, to }) => sum + to - from,
          0,
        )
  const isShut = calendar !== undefined && settings !== undefined && !isOpen(calendar, now, settings.timeZone)
  const words = { time: countdown(left, language) }
  return (
    <>
      <Text size="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {t(calendar === undefined ? 'jobPage.left' : 'jobPage.leftWorking', words)}
      </Text>
      <Text size="xs" c="dimmed">
        {[t('jobPage.due', { when: time(deadline.dueAt) }), ...(isShut ? [t('jobPage.shut')] : [])].join(
          ' · ',
        )}
      </Text>
    </>
  )
}
