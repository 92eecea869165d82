/**
 * The window in which something is said to many jobs, and then what came of each.
 */
import { Anchor, Button, Group, List, Progress, Select, Stack, Text, Textarea } from '@mantine/core'
import { type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Text as Words } from '../../machines/definition/schema.ts'
import type { BatchAct, BatchResult } from '../../machines/wire/desk.ts'
import type { JobRow } from '../../machines/wire/jobs.ts'
import { usePeople } from '../session/people.ts'
import { useMe } from '../session/queries.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import type { BulkKind } from './job-list-bulk.tsx'
import { eventsOf } from './job-list-events.ts'
import type { JobWords } from './job-words.ts'
import { PayloadForm } from './parts/payload-form.tsx'
import { formOf, type TypedFields, typedDefaults } from './payload.ts'
import { type Bulk, useBulk } from './use-bulk.ts'

const REASON_LENGTH = 2000
const NOTE_LENGTH = 4000

type Props = {
  kind: BulkKind
  jobs: readonly JobRow[]
  wordsOf(job: JobRow): JobWords
  labelOf(job: JobRow): string
  select(ids: ReadonlySet<string>): void
  close(): void
}

export function BulkDialog({ kind, jobs, wordsOf, labelOf, select, close }: Props): ReactElement {
  const { t } = useTranslation()
  const bulk = useBulk(jobs)
  const title = t(`desk.bulk.titles.${kind}`, { jobs: t('desk.bulk.jobs', { count: jobs.length }) })
  return (
    <Dialog title={title} closeLabel={t('desk.bulk.close')} close={close} size="md">
      {bulk.state !== 'ready' ? (
        <Outcome bulk={bulk} jobs={jobs} labelOf={labelOf} select={select} close={close} />
      ) : kind === 'event' ? (
        <EventAct jobs={jobs} wordsOf={wordsOf} close={close} begin={bulk.begin} />
      ) : (
        <PlainAct kind={kind} close={close} begin={bulk.begin} />
      )}
    </Dialog>
  )
}

function Buttons({
  kind,
  disabled,
  close,
}: {
  kind: BulkKind
  disabled: boolean
  close(): void
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Group gap="sm">
      <Button type="submit" disabled={disabled} {...(kind === 'cancel' ? { color: 'red' } : {})}>
        {t(`desk.bulk.do.${kind}`)}
      </Button>
      <Button variant="default" onClick={close}>
        {t('job.cancelSend')}
      </Button>
    </Group>
  )
}

type Begin = { begin(act: BatchAct): void; close(): void }

function PlainAct({ kind, begin, close }: Begin & { kind: Exclude<BulkKind, 'event'> }): ReactElement {
  const { t } = useTranslation()
  const people = usePeople()
  const [person, setPerson] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const act = actOf(kind, typed.trim(), person)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (act !== undefined) begin(act)
      }}
    >
      <Stack gap="sm">
        {kind === 'reassign' ? (
          <Select
            label={t('desk.bulk.person')}
            required
            searchable
            data-autofocus
            value={person}
            onChange={setPerson}
            data={[...people.values()]
              .filter(({ disabled }) => !disabled)
              .map(({ id, name }) => ({ value: id, label: name }))}
          />
        ) : null}
        <Textarea
          label={t(kind === 'note' ? 'desk.bulk.text' : 'desk.bulk.reason')}
          required={kind !== 'resume'}
          data-autofocus={kind !== 'reassign'}
          value={typed}
          maxLength={kind === 'note' ? NOTE_LENGTH : REASON_LENGTH}
          autosize
          minRows={3}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Buttons kind={kind} disabled={act === undefined} close={close} />
      </Stack>
    </form>
  )
}

/** Undefined while something that is needed is not said. */
function actOf(kind: Exclude<BulkKind, 'event'>, text: string, person: string | null): BatchAct | undefined {
  if (kind === 'resume') return { kind, ...(text === '' ? {} : { reason: text }) }
  if (text === '') return undefined
  if (kind === 'note') return { kind, text }
  if (kind === 'reassign') return person === null ? undefined : { kind, person, reason: text }
  return { kind, reason: text }
}

const NO_ROLES: readonly string[] = []

function EventAct({
  jobs,
  wordsOf,
  begin,
  close,
}: Begin & { jobs: readonly JobRow[]; wordsOf(job: JobRow): JobWords }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const roles = useMe().data?.roles ?? NO_ROLES
  const events = useMemo(
    () =>
      eventsOf(
        jobs.map((job) => ({ job, definition: wordsOf(job).definition })),
        roles,
      ),
    [jobs, wordsOf, roles],
  )
  const [chosen, setChosen] = useState<string | null>(events.length === 1 ? (events[0]?.type ?? null) : null)
  const event = events.find(({ type }) => type === chosen)
  if (events.length === 0) return <Text size="sm">{t('desk.bulk.noEvent')}</Text>
  return (
    <Stack gap="sm">
      <Select
        label={t('desk.bulk.which')}
        description={t('desk.bulk.whichHint')}
        searchable
        data-autofocus
        value={chosen}
        onChange={setChosen}
        data={events.map(({ type, title, count }) => ({
          value: type,
          label: t('desk.bulk.fits', { title: say(title, type), count, all: jobs.length }),
        }))}
      />
      {event === undefined ? null : (
        <EventPayload key={event.type} event={event} begin={begin} close={close} />
      )}
    </Stack>
  )
}

function EventPayload({
  event,
  begin,
  close,
}: Begin & { event: { type: string; payload: unknown } }): ReactElement {
  const form = formOf(event.payload)
  const [typed, setTyped] = useState<TypedFields>(() => typedDefaults(form))
  return (
    <PayloadForm
      form={form}
      typed={typed}
      put={setTyped}
      submit={(payload) =>
        begin({
          kind: 'event',
          type: event.type,
          ...(Object.keys(payload).length === 0 ? {} : { payload }),
        })
      }
    >
      <Buttons kind="event" disabled={false} close={close} />
    </PayloadForm>
  )
}

function Outcome({
  bulk,
  jobs,
  labelOf,
  select,
  close,
}: Pick<Props, 'jobs' | 'labelOf' | 'select' | 'close'> & { bulk: Bulk }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const refused = bulk.results.filter(({ problem }) => problem !== undefined)
  const done = bulk.results.length - refused.length
  const label = (id: string): string => {
    const job = jobs.find((each) => each.id === id)
    return job === undefined ? id : labelOf(job)
  }
  return (
    <Stack gap="sm">
      <Progress
        value={(bulk.results.length / Math.max(1, bulk.all)) * 100}
        aria-label={t('desk.bulk.results')}
      />
      <div role="status">
        <Text size="sm">
          {bulk.state === 'working'
            ? t('desk.bulk.working', { count: bulk.results.length, all: bulk.all })
            : t('desk.bulk.done', { count: done })}
        </Text>
        {bulk.state === 'stopped' ? (
          <Text size="sm">{t('desk.bulk.stopped', { count: bulk.all - bulk.results.length })}</Text>
        ) : null}
      </div>
      {bulk.error === null ? null : <ProblemNotice error={bulk.error} />}
      {refused.length === 0 ? null : (
        <>
          <Text size="sm" fw={600}>
            {t('desk.bulk.refused', { count: refused.length })}
          </Text>
          <List size="sm" spacing={4} mah="40vh" style={{ overflowY: 'auto' }} tabIndex={0}>
            {refused.map((result) => (
              <List.Item key={result.job} className="fc-wrap">
                <Anchor component={Link} to={`/jobs/${result.job}`} size="sm">
                  {label(result.job)}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {reasonOf(result, say)}
                </Text>
              </List.Item>
            ))}
          </List>
        </>
      )}
      <Group gap="sm">
        {bulk.state === 'working' ? (
          <Button variant="default" onClick={bulk.stop}>
            {t('desk.bulk.stop')}
          </Button>
        ) : null}
        {bulk.state === 'stopped' ? (
          <Button onClick={bulk.goOn}>{t(bulk.error === null ? 'desk.bulk.go' : 'desk.bulk.retry')}</Button>
        ) : null}
        {bulk.state === 'done' && refused.length > 0 ? (
          <Button
            variant="light"
            onClick={() => {
              select(new Set(refused.map(({ job }) => job)))
              close()
            }}
          >
            {t('desk.bulk.keepRefused')}
          </Button>
        ) : null}
        {bulk.state === 'working' ? null : (
          <Button
            variant={bulk.state === 'done' ? 'filled' : 'default'}
            onClick={() => {
              if (bulk.state === 'done' && refused.length === 0) select(new Set())
              close()
            }}
          >
            {t('desk.bulk.close')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

const isWords = (value: unknown): value is Words =>
  typeof value === 'object' && value !== null && 'en' in value && typeof value.en === 'string'

/** What was in the way, else what kind of trouble it was. */
function reasonOf({ problem }: BatchResult, say: (text: Words | undefined) => string): string {
  const { titles, details } = problem ?? {}
  if (isWords(details)) return say(details)
  return isWords(titles) ? say(titles) : ''
}
