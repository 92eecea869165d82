/**
 * The hotline between two calls: what rings, what is still owed, today's calls.
 *
 * Promises: a ringing call is had by one key. Must not: change a call.
 */
import { Anchor, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { JobList } from '../../machines/wire/jobs.ts'
import type { Me } from '../../machines/wire/people.ts'
import { DeadlineText } from '../jobs/deadline-text.tsx'
import { stateInWords, valueInWords } from '../jobs/job-words.ts'
import { StatusBadge } from '../jobs/status-badge.tsx'
import { useNow, useServerNow } from '../session/now.ts'
import { useMe } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { callApi, PHONE_CALL } from './call-api.ts'
import { keepBadge, readBadge } from './kept.ts'
import { KeyCap } from './key-cap.tsx'
import { useCallKeys } from './use-call-keys.ts'
import { useDefinition } from './use-definition.ts'
import { asClock, secondsOf } from './watch.ts'

type CallRow = JobList['jobs'][number]
/** So many ringing calls have a key. */
const KEYS = 9

export function CallDesk({ start, isStarting }: { start(): void; isStarting: boolean }): ReactElement {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <Stack gap="lg">
      <Group gap="lg" align="flex-end">
        <Button
          size="lg"
          leftSection={<Icon name="plus" />}
          rightSection={<KeyCap name="N" />}
          loading={isStarting}
          aria-keyshortcuts="N"
          onClick={start}
        >
          {t('call.new')}
        </Button>
        {me.data === undefined ? null : <Badge me={me.data} />}
      </Group>
      {me.data === undefined ? null : <Lists me={me.data} />}
    </Stack>
  )
}

function Badge({ me }: { me: Me }): ReactElement {
  const { t } = useTranslation()
  const [badge, setBadge] = useState(() => readBadge(me.id))
  return (
    <TextInput
      label={t('call.badge')}
      description={t('call.badgeHint')}
      value={badge}
      maxLength={40}
      onChange={(event) => {
        setBadge(event.currentTarget.value)
        keepBadge(me.id, event.currentTarget.value.trim())
      }}
    />
  )
}

/** The start of the day in the reader's own time, to the store's liking. */
function startOfDay(now: number): string {
  const day = new Date(now)
  day.setHours(0, 0, 0, 0)
  return day.toISOString()
}

function Lists({ me }: { me: Me }): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const today = startOfDay(useNow())
  const ringing = useCalls({ state: 'ringing', status: 'active' })
  const open = useCalls({ assignee: me.id, status: 'active' })
  const done = useCalls({ assignee: me.id, createdFrom: today })
  const rings = (ringing.data?.jobs ?? []).toReversed()
  const keys = new Map(
    rings.slice(0, KEYS).map(({ id }, index) => [String(index + 1), () => void navigate(`/call/${id}`)]),
  )
  useCallKeys(keys)
  const failed = [ringing, open, done].find(({ isError }) => isError)
  return (
    <>
      {failed === undefined ? null : (
        <ProblemNotice error={failed.error} retry={() => void failed.refetch()} />
      )}
      <div className="call-desk">
        <Part title={t('call.ringing')} live>
          {rings.length === 0 ? <Quiet>{t('call.noneRinging')}</Quiet> : null}
          <ul className="call-rows">
            {rings.map((row, index) => (
              <Ringing key={row.id} row={row} name={index < KEYS ? String(index + 1) : undefined} />
            ))}
          </ul>
        </Part>
        <Part title={t('call.open')}>
          {open.data?.jobs.length === 0 ? <Quiet>{t('call.noneOpen')}</Quiet> : null}
          <Rows rows={open.data?.jobs ?? []} />
        </Part>
        <Part title={t('call.today')}>
          {done.data?.jobs.length === 0 ? <Quiet>{t('call.noneToday')}</Quiet> : null}
          <Rows rows={done.data?.jobs ?? []} />
        </Part>
      </div>
    </>
  )
}

const useCalls = (filter: Parameters<typeof callApi.calls>[0]) =>
  useQuery({
    queryKey: ['jobs', 'calls', filter],
    queryFn: ({ signal }) => callApi.calls(filter, signal),
    placeholderData: (before) => before,
  })

function Part({
  title,
  live,
  children,
}: {
  title: string
  live?: boolean
  children: ReactNode
}): ReactElement {
  const id = useId()
  return (
    <section
      className="fc-panel call-part"
      aria-labelledby={id}
      {...(live === true ? { 'aria-live': 'polite' } : {})}
    >
      <Title order={2} size="h5" mb="sm" id={id}>
        {title}
      </Title>
      {children}
    </section>
  )
}
const Quiet = ({ children }: { children: string }): ReactElement => (
  <Text size="sm" c="dimmed">
    {children}
  </Text>
)

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function Ringing({ row, name }: { row: CallRow; name: string | undefined }): ReactElement {
  const { t } = useTranslation()
  const now = useServerNow(1000)
  const from = textOf(row.fields.callerNumber) || t('call.numberUnknown')
  const seconds = secondsOf({ since: new Date(row.createdAt).getTime() }, now)
  const isLate = row.breaches.length > 0
  return (
    <li className="call-row">
      <Group gap="sm" wrap="nowrap">
        {name === undefined ? null : <KeyCap name={name} />}
        <Anchor
          component={Link}
          to={`/call/${row.id}`}
          fw={600}
          {...(name === undefined ? {} : { 'aria-keyshortcuts': name })}
        >
          {t('call.take', { from })}
        </Anchor>
        <Text
          className="call-small"
          aria-hidden="true"
          {...(isLate ? { c: 'var(--mantine-color-error)' } : {})}
        >
          {asClock(seconds)}
        </Text>
        {isLate ? (
          <Text size="sm" c="var(--mantine-color-error)">
            {t('call.late')}
          </Text>
        ) : null}
      </Group>
    </li>
  )
}

function Rows({ rows }: { rows: readonly CallRow[] }): ReactElement {
  return (
    <ul className="call-rows">
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </ul>
  )
}

function Row({ row }: { row: CallRow }): ReactElement {
  const { t } = useTranslation()
  const { time, list } = useSpeech()
  const now = useNow()
  const { words } = useDefinition(PHONE_CALL, row.version)
  const { fields, status, breaches } = row
  const name = textOf(fields.customerName) || textOf(fields.callerNumber) || t('call.find.unnamed')
  const fieldsHere = words.definition?.schemas.context.properties ?? {}
  const outcome = useMemo(
    () => (fields.outcome == null ? '' : valueInWords(fields.outcome, fieldsHere.outcome, words)),
    [fields.outcome, fieldsHere, words],
  )
  const state = list(row.active.map((path) => stateInWords(path, words)))
  return (
    <li className="call-row">
      <Group gap="sm" justify="space-between" wrap="nowrap" align="flex-start">
        <Anchor component={Link} to={`/call/${row.id}`} fw={600} className="fc-wrap">
          {name}
        </Anchor>
        <StatusBadge status={status} />
      </Group>
      <Text size="sm" className="fc-wrap">
        {[outcome, textOf(fields.problem)].filter(Boolean).join(' · ')}
      </Text>
      <Group gap={8}>
        <Text size="xs" c="dimmed">
          {[state, time(row.createdAt)].join(' · ')}
        </Text>
        {row.dueAt === undefined ? null : <DeadlineText dueAt={row.dueAt} overdue={row.overdue} now={now} />}
        {breaches.length === 0 ? null : (
          <Text size="xs" c="var(--mantine-color-error)">
            {list([...new Set(breaches.map(({ norm }) => norm))])}
          </Text>
        )}
      </Group>
    </li>
  )
}
