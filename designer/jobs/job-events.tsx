/**
 * What can happen to a job now: open events to send, barred ones with the reasons in words.
 *
 * Promises: what is typed stays, whatever happens to the job meanwhile; what happened is said before it is sent.
 */
import { Alert, Box, Button, Group, Stack, Text } from '@mantine/core'
import { type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Allowed } from '../../machines/advance/job.ts'
import type { EntryView, JobDetail } from '../../machines/wire/jobs.ts'
import { useSpeech } from '../text/use-language.ts'
import { stepsOf } from '../work/steps.ts'
import { EventForm } from './event-form.tsx'
import { BarredEvent, EventTitle, Meanwhile, Reasons } from './event-parts.tsx'
import { fieldsOf, type JobWords } from './job-words.ts'
import { formOf, knownTo, type TypedFields, typedDefaults } from './payload.ts'

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
  /** The event whose form was just closed: its button takes the keyboard back. */
  const back = useRef<string>(undefined)
  const ordered = inOrder(job, words)
  const told = job.allowed.find(({ type }) => type === opened?.event.type)
  const present = told?.open === true ? told : undefined
  // The one whose form is open says itself why it is barred.
  const listed = ordered.listed.filter((event) => event.open || event !== told)
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
      close={() => {
        back.current = event.type
        setOpened(undefined)
      }}
      accepted={() => {
        setOpened(undefined)
        setTyped(({ [event.type]: _sent, ...others }) => others)
        setSent(say(event.title, event.type))
      }}
      takesFocus={at.seq === job.seq}
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
            <Reasons event={told} />
            {form(opened, opened.event, true)}
          </Stack>
        </Alert>
      ) : null}
      {job.status !== 'active' ? <Text size="sm">{t('job.eventsOver')}</Text> : null}
      {job.status === 'active' && job.allowed.length === 0 ? (
        <Text size="sm">{t('job.noEvents')}</Text>
      ) : null}
      {listed.map((event) =>
        event.open ? (
          <Box key={event.type} className="fc-panel" p="sm" data-event={event.type}>
            <Group justify="space-between" wrap="nowrap" gap="sm">
              <EventTitle event={event} />
              {opened?.event.type === event.type ? null : (
                <Button
                  size="compact-sm"
                  variant={event === ordered.next ? 'filled' : 'light'}
                  aria-label={t('job.sendEvent', { title: say(event.title, event.type) })}
                  ref={(button) => {
                    if (button === null || back.current !== event.type) return
                    back.current = undefined
                    button.focus()
                  }}
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
        ) : (
          <BarredEvent key={event.type} event={event} />
        ),
      )}
    </Stack>
  )
}

/** The way on from here first, though the checklist may bar it; what can happen in any state last, but for what is barred. */
function inOrder(job: JobDetail, { definition }: JobWords): { listed: Allowed[]; next: Allowed | undefined } {
  if (definition === undefined)
    return {
      listed: job.allowed.toSorted((one, other) => Number(other.open) - Number(one.open)),
      next: undefined,
    }
  const { next, others, anywhere, barred } = stepsOf(definition, job.active, job.allowed)
  return { listed: [...(next === undefined ? [] : [next]), ...others, ...anywhere, ...barred], next }
}

function beginning(event: Allowed, job: JobDetail, words: JobWords): TypedFields {
  const form = formOf(event.payload)
  return typedDefaults(form, knownTo(form, job.fields, fieldsOf(words)))
}
