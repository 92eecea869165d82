/**
 * A job is to come into a state: the events that lead there, with their form; or why none of them is possible now.
 *
 * Promises: nothing is sent before it was confirmed here; what another did meanwhile bars it.
 */
import { Anchor, List, Stack, Text } from '@mantine/core'
import { type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Allowed } from '../../machines/advance/job.ts'
import type { JobDetail, JobRow } from '../../machines/wire/jobs.ts'
import { EventForm } from '../jobs/event-form.tsx'
import { jobWords, stateInWords } from '../jobs/job-words.ts'
import { isRole } from '../jobs/statuses.ts'
import { useJob, useVersion } from '../session/queries.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import type { Target } from './board-column.tsx'
import { EventChoice } from './event-choice.tsx'
import { waysFrom, waysTo } from './ways.ts'

export function MoveDialog({
  job,
  to,
  close,
}: {
  job: JobRow
  to: Target
  /** `said`: what was done, in words. */
  close(said?: string): void
}): ReactElement {
  const { t } = useTranslation()
  const detail = useJob(job.id)
  const { customerName } = job.fields
  const label = typeof customerName === 'string' && customerName !== '' ? customerName : job.id
  return (
    <Dialog
      title={t('desk.boards.drop', { job: label, state: to.title })}
      closeLabel={t('desk.boards.close')}
      close={() => close()}
      size="md"
    >
      {detail.isError ? (
        <ProblemNotice error={detail.error} retry={() => void detail.refetch()} />
      ) : detail.data === undefined ? (
        <Waiting label={t('desk.boards.wait')} />
      ) : (
        <Offer job={detail.data} to={to} close={close} />
      )}
      <Anchor component={Link} to={`/jobs/${job.id}`} size="sm">
        {t('desk.boards.openJob')}
      </Anchor>
    </Dialog>
  )
}

function Offer({
  job,
  to,
  close,
}: {
  job: JobDetail
  to: Target
  close(said?: string): void
}): ReactElement | null {
  const { t, i18n } = useTranslation()
  const { list } = useSpeech()
  const version = useVersion(job.process, job.version)
  const definition = version.data?.definition
  const words = useMemo(() => jobWords(definition, t, i18n.language), [definition, t, i18n.language])
  if (version.isError) return <ProblemNotice error={version.error} />
  if (definition === undefined) return <Waiting label={t('desk.boards.wait')} />
  if (job.status !== 'active') return <Text size="sm">{t('desk.boards.over')}</Text>
  const ways = new Map(waysTo(definition, job.active, to.path).map(({ event, surely }) => [event, surely]))
  const leading = job.allowed.filter(({ type }) => ways.has(type))
  const open = leading.filter((event) => event.open)
  const from = list(job.active.map((path) => stateInWords(path, words)))
  const ends = new Map(waysFrom(definition, job.active).map(({ event, ends: paths }) => [event, paths]))
  const leadsTo = (event: Allowed): string[] =>
    (ends.get(event.type) ?? []).map((path) => stateInWords(path, words))
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('desk.boards.from', { states: from })}
      </Text>
      {open.length > 0 ? (
        <Open job={job} events={open} surely={(event) => ways.get(event.type) === true} close={close} />
      ) : leading.length > 0 ? (
        <>
          <Text size="sm">{t('desk.boards.barredLead')}</Text>
          {leading.map((event) => (
            <Barred key={event.type} event={event} />
          ))}
        </>
      ) : (
        <NoWay job={job} to={to} leadsTo={leadsTo} />
      )}
    </Stack>
  )
}

function Open({
  job,
  events,
  surely,
  close,
}: {
  job: JobDetail
  events: readonly Allowed[]
  surely(event: Allowed): boolean
  close(said?: string): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const [chosen, setChosen] = useState(events.length === 1 ? events[0]?.type : undefined)
  const event = events.find(({ type }) => type === chosen)
  return (
    <>
      {events.length === 1 ? (
        <Text size="sm">{t('desk.boards.only', { event: say(events[0]?.title, events[0]?.type) })}</Text>
      ) : (
        <EventChoice
          label={t('desk.boards.choices')}
          events={events}
          chosen={chosen}
          choose={setChosen}
          titleOf={(each) => say(each.title, each.type)}
        />
      )}
      {event === undefined ? null : (
        <>
          {event.description === undefined ? null : (
            <Text size="sm" c="dimmed">
              {say(event.description)}
            </Text>
          )}
          {surely(event) ? null : (
            <Text size="sm" c="dimmed">
              {t('desk.boards.perhaps')}
            </Text>
          )}
          <EventForm
            key={event.type}
            job={job.id}
            seq={job.seq}
            event={event}
            close={(sent) =>
              sent ? close(t('desk.boards.moved', { event: say(event.title, event.type) })) : close()
            }
          />
        </>
      )}
    </>
  )
}

function Barred({ event }: { event: Allowed }): ReactElement {
  const { t } = useTranslation()
  const { say, list } = useSpeech()
  const roles = event.reasons.map(({ role }) => role).filter(isRole)
  const others = event.reasons.filter(({ role }) => !isRole(role))
  return (
    <div>
      <Text size="sm" fw={600}>
        {say(event.title, event.type)}
      </Text>
      <List size="sm" spacing={2}>
        {roles.length === 0 ? null : (
          <List.Item className="fc-wrap">
            {t('job.needsRole', { roles: list(roles.map((role) => t(`roles.${role}`))) })}
          </List.Item>
        )}
        {others.map(({ code, pointer, message, item }) => (
          <List.Item key={`${code} ${pointer ?? ''} ${item ?? ''} ${message.en}`} className="fc-wrap">
            {say(message)}
          </List.Item>
        ))}
      </List>
    </div>
  )
}

function NoWay({
  job,
  to,
  leadsTo,
}: {
  job: JobDetail
  to: Target
  leadsTo(event: Allowed): string[]
}): ReactElement {
  const { t } = useTranslation()
  const { say, list } = useSpeech()
  const possible = job.allowed.filter((event) => event.open && leadsTo(event).length > 0)
  return (
    <>
      <Text size="sm">{t('desk.boards.noWay', { state: to.title })}</Text>
      <Text size="sm">{t(possible.length === 0 ? 'desk.boards.nothing' : 'desk.boards.instead')}</Text>
      <List size="sm" spacing={2}>
        {possible.map((event) => (
          <List.Item key={event.type}>
            {t('desk.boards.leads', { event: say(event.title, event.type), state: list(leadsTo(event)) })}
          </List.Item>
        ))}
      </List>
    </>
  )
}
