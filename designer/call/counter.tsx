/**
 * The seconds that count: of the ringing, or of the caller's wait, in figures that are read from a distance.
 *
 * Promises: colour never stands alone; each new ring, and each passing of a limit, is told to who listens.
 * Must not: judge; what is broken comes from the server.
 */
import { Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { NORM_BY_ID } from '../../machines/norms.ts'
import { DeadlineText } from '../jobs/deadline-text.tsx'
import { useNow, useServerNow } from '../session/now.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import type { Call } from './use-call.ts'
import { asClock, levelOf, onHoldSince, ringOf, secondsOf, type Watch, watchOf } from './watch.ts'

const STEP_MS = 200

export function Counter({ call }: { call: Call }): ReactElement {
  const { t } = useTranslation()
  const now = useServerNow(STEP_MS)
  const { job, entries, definition } = call
  const watch = watchOf(job, entries, definition)
  const heldSince = onHoldSince(job, entries)
  const whole = secondsOf({ since: new Date(job.createdAt).getTime() }, now)
  return (
    <Group gap="xl" align="flex-end" wrap="wrap">
      {watch === undefined ? null : <Watched watch={watch} now={now} />}
      {heldSince === undefined ? null : (
        <Small label={t('call.heldFor')} value={asClock(secondsOf({ since: heldSince }, now))} />
      )}
      {watch?.rings !== undefined ? null : <Small label={t('call.length')} value={asClock(whole)} />}
    </Group>
  )
}

function Small({ label, value }: { label: string; value: string }): ReactElement {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text className="call-small">{value}</Text>
    </div>
  )
}

function Watched({ watch, now }: { watch: Watch; now: number }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const level = levelOf(watch, now)
  const limit = Math.round((watch.limitAt - watch.since) / 1000)
  const ring = watch.rings === undefined ? undefined : ringOf(watch, watch.rings.period, now)
  const [norm] = watch.norms
  const rule = norm === undefined ? undefined : NORM_BY_ID.get(norm)
  const title = say(rule, say(watch.title))
  const heard = [
    ring === undefined || watch.rings === undefined
      ? undefined
      : t('call.ring', { ring, most: watch.rings.most }),
    level === 'calm' ? undefined : `${t(`call.level.${level}`)}${t('common.colon')}${title}`,
  ]
  return (
    <Group gap="md" align="flex-end" wrap="nowrap" data-level={level} className="call-watch">
      <div aria-hidden="true">
        <Text component="span" className="call-digits">
          {secondsOf(watch, now)}
        </Text>
        <Text component="span" size="lg" c="dimmed">
          {t('call.ofSeconds', { limit })}
        </Text>
      </div>
      <Stack gap={2} className="call-rule">
        {ring === undefined || watch.rings === undefined ? null : (
          <Group gap={6} wrap="nowrap" aria-hidden="true">
            <Rings ring={ring} most={watch.rings.most} />
            <Text fw={600}>{t('call.ring', { ring, most: watch.rings.most })}</Text>
          </Group>
        )}
        <Group gap={6} wrap="nowrap" align="flex-start" aria-hidden="true" className="call-level">
          {level === 'calm' ? null : <Icon name={level === 'over' ? 'alert' : 'clock'} size={16} />}
          <Text size="sm">
            {[level === 'calm' ? undefined : t(`call.level.${level}`), norm, title]
              .filter((each) => each !== undefined && each !== '')
              .join(' · ')}
          </Text>
        </Group>
      </Stack>
      <div role="status" aria-live="polite" className="call-heard" data-heard>
        {heard.filter((each) => each !== undefined).join(t('common.list'))}
      </div>
    </Group>
  )
}

/** One dot a ring that is allowed; those that rang are full. */
function Rings({ ring, most }: { ring: number; most: number }): ReactElement {
  return (
    <span className="call-rings">
      {Array.from({ length: most }, (_, index) => index + 1).map((each) => (
        <span key={each} data-rung={each <= ring} />
      ))}
    </span>
  )
}

/** What falls due later than a conversation lasts: a call back that was promised. */
export function LaterDeadlines({ call }: { call: Call }): ReactElement | null {
  const { say } = useSpeech()
  const now = useNow()
  const { job, entries, definition } = call
  const counted = watchOf(job, entries, definition)?.limitAt
  const later = job.deadlines.filter(
    ({ kind, left, dueAt }) =>
      kind === 'deadline' && left === undefined && new Date(dueAt).getTime() !== counted,
  )
  if (job.status !== 'active' || later.length === 0) return null
  return (
    <Stack gap={4}>
      {later.map(({ delay, title, dueAt, fired }) => (
        <Group key={`${delay} ${dueAt}`} gap="sm">
          <Text fw={600}>{say(title, delay)}</Text>
          <DeadlineText dueAt={dueAt} overdue={fired} now={now} />
        </Group>
      ))}
    </Stack>
  )
}
