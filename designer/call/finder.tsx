/**
 * Earlier jobs of whoever is calling: found by what is typed into the file, or by words of one's own.
 *
 * Promises: it never takes the keyboard by itself; the arrows lead through what was found, Enter takes a customer's data over,
 * Escape leads back.
 */
import { Anchor, Group, Loader, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactElement, type RefObject, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { JobList } from '../../machines/wire/jobs.ts'
import { StatusBadge } from '../jobs/status-badge.tsx'
import { useProcesses } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { callApi } from './call-api.ts'
import { KeyCap } from './key-cap.tsx'

const PAUSE_MS = 250
const LEAST = 2

export type Found = JobList['jobs'][number]

export function Finder({
  job,
  own,
  setOwn,
  typed,
  box,
  takeOver,
  leave,
}: {
  /** This call, which is not an earlier one. */
  job: string
  /** What was asked for by hand. */
  own: string
  setOwn(text: string): void
  /** What the file has that tells one customer from another. */
  typed: string
  box: RefObject<HTMLInputElement | null>
  takeOver: ((found: Found, searched: string) => void) | undefined
  leave(): void
}): ReactElement {
  const { t } = useTranslation()
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const [text] = useDebouncedValue((own.trim() === '' ? typed : own).trim(), PAUSE_MS)
  const wanted = text.length >= LEAST
  const query = useQuery({
    queryKey: ['jobs', 'find', text],
    queryFn: ({ signal }) => callApi.find(text, signal),
    enabled: wanted,
    placeholderData: (before) => before,
  })
  const found = wanted ? (query.data?.jobs ?? []).filter((each) => each.id !== job) : []
  const step = (event: KeyboardEvent, by: 1 | -1): void => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-found]') ?? [])]
    const here = rows.findIndex((row) => row.contains(document.activeElement))
    event.preventDefault()
    if (here + by < 0) box.current?.focus()
    else rows[Math.min(here + by, rows.length - 1)]?.focus()
  }
  const keys = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') step(event, 1)
    else if (event.key === 'ArrowUp') step(event, -1)
    else if (event.key === 'Escape') {
      event.preventDefault()
      if (event.target === box.current && own !== '') setOwn('')
      else leave()
    }
  }
  const state = !wanted
    ? t('call.find.hint')
    : query.isPending
      ? t('common.loading')
      : t('call.find.count', { count: found.length })
  return (
    <section aria-labelledby={id} onKeyDown={keys}>
      <Text component="h2" fw={650} fz="h5" mb="sm" id={id}>
        {t('call.find.title')} <KeyCap name="/" />
      </Text>
      <TextInput
        ref={box}
        type="search"
        aria-label={t('call.find.label')}
        placeholder={typed === '' ? t('call.find.label') : t('call.find.typed', { text: typed })}
        value={own}
        onChange={(event) => setOwn(event.currentTarget.value)}
        leftSection={<Icon name="search" size={16} />}
        rightSection={query.isFetching && wanted ? <Loader size={14} aria-hidden="true" /> : null}
      />
      <Text size="xs" c="dimmed" my={6} role="status">
        {state}
      </Text>
      {query.isError && wanted ? (
        <ProblemNotice error={query.error} retry={() => void query.refetch()} />
      ) : null}
      <ul className="call-found" ref={list} aria-label={t('call.find.found')}>
        {found.map((each) => (
          <Row
            key={each.id}
            found={each}
            take={takeOver === undefined ? undefined : () => takeOver(each, text)}
          />
        ))}
      </ul>
    </section>
  )
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function Row({ found, take }: { found: Found; take: (() => void) | undefined }): ReactElement {
  const { t } = useTranslation()
  const { say, date } = useSpeech()
  const processes = useProcesses()
  const { fields, process, status, id } = found
  const title = say(processes.data?.processes.find((each) => each.id === process)?.title, process)
  const name = textOf(fields.customerName) || t('call.find.unnamed')
  const about = textOf(fields.problem) || textOf(fields.text) || textOf(fields.description)
  const machine = [fields.serialNumber, fields.orderNumber].map(textOf).filter((each) => each !== '')
  return (
    <li className="call-found-row">
      <UnstyledButton
        data-found={id}
        className="call-found-take"
        aria-disabled={take === undefined}
        onClick={() => take?.()}
      >
        <Group gap={8} wrap="nowrap" justify="space-between" align="flex-start">
          <Text fw={600} className="fc-wrap">
            {[name, textOf(fields.customerPhone)].filter(Boolean).join(' · ')}
          </Text>
          <StatusBadge status={status} />
        </Group>
        <Text size="sm" className="fc-wrap">
          {[textOf(fields.customerAddress), ...machine].filter(Boolean).join(' · ')}
        </Text>
        {about === '' ? null : (
          <Text size="sm" c="dimmed" lineClamp={2}>
            {about}
          </Text>
        )}
        {take === undefined ? null : (
          <Text size="xs" c="var(--mantine-color-anchor)" className="call-take">
            {t('call.find.take')}
          </Text>
        )}
      </UnstyledButton>
      <Group gap={8} justify="space-between" mt={2}>
        <Text size="xs" c="dimmed">
          {[title, date(found.createdAt)].join(' · ')}
        </Text>
        <Anchor component={Link} to={`/jobs/${id}`} target="_blank" size="xs">
          {t('call.find.open', { title })}
        </Anchor>
      </Group>
    </li>
  )
}
