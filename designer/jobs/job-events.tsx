/**
 * What can happen to a job now: open events to send, barred ones with the reasons in words.
 *
 * Promises: what is typed stays, whatever happens to the job meanwhile; what happened is said before it is sent.
 */
import { Alert, Badge, Box, Button, Group, List, Stack, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Allowed, Reason } from '../../machines/advance/job.ts'
import type { EntryView, JobDetail } from '../../machines/wire/jobs.ts'
import { useNameOf } from '../session/people.ts'
import { useMe } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { stepsOf } from '../work/steps.ts'
import { EventForm } from './event-form.tsx'
import { entryInWords, fieldsOf, type JobWords } from './job-words.ts'
import { formOf, knownTo, type TypedFields, typedDefaults } from './payload.ts'
import { isRole } from './statuses.ts'

/** An event whose form is open: as it was told then, at which point of the history. */
type Opened = { event: Allowed; seq: number }

export function JobEvents({
  job,
  words,
  entries,
}: {
  job: JobDetail
  words: JobWords
  /** As far as the reader may see them. */
  entries: readonly EntryView[] | undefined
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const [opened, setOpened] = useState<Opened>()
  const [typed, setTyped] = useState<Readonly<Record<string, TypedFields>>>({})
  const [sent, setSent] = useState<string>()
  const { open, barred, next } = inOrder(job, words)
  // The one whose form is open says itself why it is barred.
  const shut = barred.filter(({ type }) => type !== opened?.event.type)
  const present = opened === undefined ? undefined : open.find(({ type }) => type === opened.event.type)
  const form = (at: Opened, event: Allowed, isBarred: boolean): ReactElement => (
    <EventForm
      key={event.type}
      job={job.id}
      seq={job.seq}
      event={event}
      barred={isBarred}
      kept={{
        typed: typed[event.type] ?? beginning(event, job, words),
        put: (next) => setTyped((before) => ({ ...before, [event.type]: next })),
      }}
      close={(done) => {
        setOpened(undefined)
        if (!done) return
        const { [event.type]: _sent, ...others } = typed
        setTyped(others)
        setSent(say(event.title, event.type))
      }}
    >
      {isBarred ? null : <Meanwhile since={at.seq} job={job} words={words} entries={entries} />}
    </EventForm>
  )
  return (
    <Stack gap="xs">
      <div role="status">
        {sent === undefined ? null : (
          <Text size="sm" c="var(--mantine-color-text)">
            {t('job.sent', { title: sent })}
          </Text>
        )}
      </div>
      {opened !== undefined && present === undefined ? (
        <Alert color="yellow" variant="light" data-event={opened.event.type}>
          <Stack gap="sm">
            <Text size="sm">
              {t('jobPage.notNow', { title: say(opened.event.title, opened.event.type) })}
            </Text>
            <Meanwhile since={opened.seq} job={job} words={words} entries={entries} plain />
            <Reasons event={barred.find(({ type }) => type === opened.event.type)} />
            {form(opened, opened.event, true)}
          </Stack>
        </Alert>
      ) : null}
      {job.status !== 'active' ? <Text size="sm">{t('job.eventsOver')}</Text> : null}
      {job.status === 'active' && job.allowed.length === 0 ? (
        <Text size="sm">{t('job.noEvents')}</Text>
      ) : null}
      {open.map((event) => (
        <Box key={event.type} className="fc-panel" p="sm" data-event={event.type}>
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <EventTitle event={event} />
            {opened?.event.type === event.type ? null : (
              <Button
                size="compact-sm"
                variant={event === next ? 'filled' : 'light'}
                aria-label={t('job.sendEvent', { title: say(event.title, event.type) })}
                onClick={() => {
                  setSent(undefined)
                  setOpened({ event, seq: job.seq })
                }}
                style={{ flex: 'none' }}
              >
                {t('job.send')}
              </Button>
            )}
          </Group>
          {opened?.event.type === event.type ? <Box mt="xs">{form(opened, event, false)}</Box> : null}
        </Box>
      ))}
      {shut.map((event) => (
        <Box key={event.type} className="fc-panel" p="sm" data-event={event.type}>
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <EventTitle event={event} />
            <Badge
              color="gray"
              variant="light"
              c="var(--mantine-color-text)"
              leftSection={<Icon name="lock" size={12} />}
              style={{ flex: 'none' }}
            >
              {t('job.barred')}
            </Badge>
          </Group>
          <Reasons event={event} />
        </Box>
      ))}
    </Stack>
  )
}

/** The way on from here first, what can happen in any state last. */
function inOrder(job: JobDetail, { definition }: JobWords) {
  if (definition === undefined)
    return {
      open: job.allowed.filter((event) => event.open),
      barred: job.allowed.filter((event) => !event.open),
      next: undefined,
    }
  const { next, others, anywhere, barred } = stepsOf(definition, job.active, job.allowed)
  const first = next === undefined ? [] : [next]
  return {
    open: [...first.filter((event) => event.open), ...others, ...anywhere],
    barred: [...first.filter((event) => !event.open), ...barred],
    next,
  }
}

function beginning(event: Allowed, job: JobDetail, words: JobWords): TypedFields {
  const form = formOf(event.payload)
  return typedDefaults(form, knownTo(form, job.fields, fieldsOf(words)))
}

/** What others and the clock did since the form was opened. One's own acts are known. */
function Meanwhile({
  since,
  job,
  words,
  entries,
  plain = false,
}: {
  since: number
  job: JobDetail
  words: JobWords
  entries: readonly EntryView[] | undefined
  /** Stands in a notice already. */
  plain?: boolean
}): ReactElement | null {
  const { t } = useTranslation()
  const { exactTime } = useSpeech()
  const nameOf = useNameOf()
  const me = useMe().data?.id
  if (job.seq <= since) return null
  const happened = (entries ?? []).filter(({ seq, actor }) => seq > since && actor.id !== me)
  if (entries !== undefined && happened.length === 0) return null
  const told = (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {t(happened.length === 0 ? 'jobPage.meanwhilePlain' : 'jobPage.meanwhile')}
      </Text>
      {happened.length === 0 ? null : (
        <List size="sm" spacing={2}>
          {happened.map((entry) => (
            <List.Item key={entry.seq} className="fc-wrap">
              {`${entryInWords(entry, words, nameOf)} · ${
                entry.actor.id === 'system' ? t('roles.system') : entry.actor.name
              }, ${exactTime(entry.at)}`}
            </List.Item>
          ))}
        </List>
      )}
      {plain ? null : <Text size="sm">{t('jobPage.stillOpen')}</Text>}
    </Stack>
  )
  return plain ? (
    told
  ) : (
    <Alert color="yellow" variant="light" role="alert">
      {told}
    </Alert>
  )
}

function Reasons({ event }: { event: Allowed | undefined }): ReactElement | null {
  const { t } = useTranslation()
  const { say, list } = useSpeech()
  if (event === undefined) return null
  // The engine gives a reason for each role of which one is needed.
  const roles = event.reasons.map(({ role }) => role).filter(isRole)
  const others: Reason[] = event.reasons.filter(({ role }) => !isRole(role))
  return (
    <List size="sm" mt={4} spacing={2} aria-label={t('job.why')}>
      {roles.length === 0 ? null : (
        <List.Item className="fc-wrap">
          <Text size="sm" c="dimmed">
            {t('job.needsRole', { roles: list(roles.map((role) => t(`roles.${role}`))) })}
          </Text>
        </List.Item>
      )}
      {others.map((reason) => (
        <List.Item
          key={`${reason.code} ${reason.pointer ?? ''} ${reason.item ?? ''} ${reason.message.en}`}
          className="fc-wrap"
        >
          <Text size="sm" c="dimmed">
            {say(reason.message)}
          </Text>
        </List.Item>
      ))}
    </List>
  )
}

function EventTitle({ event }: { event: Allowed }): ReactElement {
  const { say } = useSpeech()
  const description = say(event.description)
  return (
    <div style={{ minWidth: 0 }}>
      <Group gap={6}>
        <Text size="sm" fw={600} className="fc-wrap">
          {say(event.title, event.type)}
        </Text>
        {event.norms.map((norm) => (
          <Badge key={norm} size="xs" color="indigo" variant="light" c="var(--mantine-color-text)">
            {norm}
          </Badge>
        ))}
      </Group>
      {description === '' ? null : (
        <Text size="xs" c="dimmed" className="fc-wrap">
          {description}
        </Text>
      )}
    </div>
  )
}
