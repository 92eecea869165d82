/** What came of a call so far: the jobs it started, with what each must meet first, and the norms it broke. */
import { Alert, Anchor, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link as RouteLink } from 'react-router'
import type { Breach, Link } from '../../machines/advance/job.ts'
import { NORM_BY_ID } from '../../machines/norms.ts'
import { DeadlineText } from '../jobs/deadline-text.tsx'
import { fieldName, fieldsOf, stateInWords, valueInWords } from '../jobs/job-words.ts'
import { StatusBadge } from '../jobs/status-badge.tsx'
import { useNow } from '../session/now.ts'
import { useJob, useProcesses } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import type { Call } from './use-call.ts'
import { useDefinition } from './use-definition.ts'
import { asClock } from './watch.ts'

/** The jobs that the call led to; the call is their parent, not the other way about. */
export function Booked({ links }: { links: readonly Link[] }): ReactElement | null {
  const { t } = useTranslation()
  const started = links.filter(({ link }) => link !== 'parent')
  if (started.length === 0) return null
  return (
    <section aria-label={t('call.booked')}>
      <Stack gap="xs">
        {started.map((link) => (
          <BookedJob key={link.job} link={link} />
        ))}
      </Stack>
    </section>
  )
}

function BookedJob({ link }: { link: Link }): ReactElement {
  const { t } = useTranslation()
  const { say, list, time } = useSpeech()
  const now = useNow()
  const processes = useProcesses()
  const { data: job } = useJob(link.job)
  const { words } = useDefinition(job?.process, job?.version)
  const title = say(processes.data?.processes.find(({ id }) => id === link.process)?.title, link.process)
  const first = job?.deadlines.find(({ kind, left }) => kind === 'deadline' && left === undefined)
  const wanted = job?.fields.timeWanted
  return (
    <Alert
      color="teal"
      variant="light"
      icon={<Icon name="check" />}
      title={t('call.started', { title })}
      className="call-alert"
      data-booked={link.process}
    >
      {job === undefined ? (
        <Waiting />
      ) : (
        <Stack gap={4}>
          <Group gap="sm">
            <StatusBadge status={job.status} />
            <Text size="sm">{list(job.active.map((path) => stateInWords(path, words)))}</Text>
          </Group>
          {typeof wanted === 'string' ? (
            <Text size="sm">{t('call.wanted', { when: time(wanted) })}</Text>
          ) : null}
          {first === undefined ? null : (
            <Group gap={6}>
              <Text size="sm">{t('call.firstDeadline', { title: say(first.title, first.delay) })}</Text>
              <DeadlineText dueAt={first.dueAt} overdue={first.fired} now={now} />
            </Group>
          )}
          <Anchor component={RouteLink} to={`/jobs/${link.job}`} target="_blank" size="sm">
            {t('call.toJob', { title })}
          </Anchor>
        </Stack>
      )}
    </Alert>
  )
}

/** Each rule once, however often it was broken. */
export function Broken({ breaches }: { breaches: readonly Breach[] }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const times = new Map<string, number>()
  for (const { norm } of breaches) times.set(norm, (times.get(norm) ?? 0) + 1)
  return (
    <div role="status" data-broken>
      {times.size === 0 ? null : (
        <Alert
          mt="md"
          className="call-alert"
          color="red"
          variant="light"
          icon={<Icon name="alert" />}
          title={t('call.broken', { count: times.size })}
        >
          <Stack gap={2}>
            {[...times].map(([norm, count]) => (
              <Text size="sm" key={norm}>
                {t(count === 1 ? 'call.brokenNorm' : 'call.brokenOften', {
                  norm,
                  rule: say(NORM_BY_ID.get(norm)),
                  count,
                })}
              </Text>
            ))}
          </Stack>
        </Alert>
      )}
    </div>
  )
}

/** What the process keeps of how a call went. */
const TOLD = ['problem', 'outcome', 'result', 'hungUpBy'] as const

/** A call that is over, in a few lines. */
export function Summary({ call: { job, words } }: { call: Call }): ReactElement {
  const { t } = useTranslation()
  const lasted = Math.round((new Date(job.updatedAt).getTime() - new Date(job.createdAt).getTime()) / 1000)
  const told = TOLD.filter((name) => job.fields[name] !== undefined && job.fields[name] !== null)
  const rows = [
    [t('call.lasted'), asClock(lasted)] as const,
    ...told.map(
      (name) =>
        [fieldName(name, words), valueInWords(job.fields[name], fieldsOf(words)[name], words)] as const,
    ),
  ]
  return (
    <dl className="fc-facts">
      {rows.map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
