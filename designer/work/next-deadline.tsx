/** What runs out next, and what has run out already. */
import { Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import { DeadlineText } from '../jobs/deadline-text.tsx'
import { useSpeech } from '../text/use-language.ts'

export function NextDeadline({ detail, now }: { detail: JobDetail; now: number }): ReactElement | null {
  const { t } = useTranslation()
  const { say, relative } = useSpeech()
  if (detail.suspended !== undefined || detail.status !== 'active') return null
  const running = detail.deadlines.filter(({ kind }) => kind === 'deadline')
  const late = running.filter(({ fired, dueAt }) => fired || Date.parse(dueAt) <= now)
  const next = running.find(({ fired, dueAt }) => !fired && Date.parse(dueAt) > now)
  const shown = next === undefined ? late : [...late, next]
  if (shown.length === 0) return null
  return (
    <div className="work-deadlines">
      {shown.map((deadline) => {
        const isLate = deadline !== next
        return (
          <Text size="sm" component="div" key={`${deadline.delay} ${deadline.dueAt}`} className="fc-wrap">
            <span>{`${say(deadline.title, t('work.deadline'))}${t('common.colon')}`}</span>
            <DeadlineText dueAt={deadline.dueAt} overdue={isLate} now={now} />
            {isLate ? null : (
              <span>
                {' · '}
                {relative(deadline.dueAt, now)}
                {deadline.calendar === undefined ? null : ` · ${t('work.workingTime')}`}
              </span>
            )}
          </Text>
        )
      })}
    </div>
  )
}
