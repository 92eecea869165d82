/**
 * The found jobs as rows: chosen columns, order by their headings, selection by mouse and keyboard.
 *
 * Promises: arrows go from job to job, Enter opens, X selects, Shift with an arrow or a click selects on; what is selected
 * is known by its id, so that rows that come in between change nothing.
 * Must not: fetch, or act on jobs.
 */
import { Checkbox, Group, Table, UnstyledButton } from '@mantine/core'
import { type KeyboardEvent, type ReactElement, type RefObject, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobRow } from '../../machines/wire/jobs.ts'
import { Icon } from '../shell/icons.tsx'
import { Cell, isShort, labelOf, type Shown, SORTED_BY } from './job-list-cells.tsx'
import type { Column, Sort } from './job-list-query.ts'
import type { JobWords } from './job-words.ts'

type Props = {
  rows: readonly JobRow[]
  columns: readonly Column[]
  titleOf(column: Column): string
  wordsOf(job: JobRow): JobWords
  shown: Omit<Shown, 'words'>
  sort: Sort
  sortBy(sort: Sort): void
  /** Ids. */
  selected: ReadonlySet<string>
  select(ids: ReadonlySet<string>): void
  body: RefObject<HTMLTableSectionElement | null>
}

const SCREENFUL = 10

/** Puts the keyboard on the job at a place among the rows. */
export function focusRow(body: HTMLTableSectionElement | null, at: number): void {
  const links = body?.querySelectorAll<HTMLElement>('a[data-job]')
  if (links === undefined || links.length === 0) return
  const link = links[Math.max(0, Math.min(at, links.length - 1))]
  link?.focus()
  link?.scrollIntoView({ block: 'nearest' })
}

export function JobListTable(props: Props): ReactElement {
  const { rows, columns, titleOf, wordsOf, shown, sort, sortBy, selected, select, body } = props
  const { t } = useTranslation()
  /** Where the last choice was made: from there Shift selects on. */
  const anchor = useRef<string>(undefined)
  const toggle = (id: string): void => {
    anchor.current = id
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    select(next)
  }
  const selectTo = (id: string): void => {
    const from = rows.findIndex((job) => job.id === anchor.current)
    const to = rows.findIndex((job) => job.id === id)
    if (from < 0 || to < 0) {
      toggle(id)
      return
    }
    const between = rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((job) => job.id)
    select(new Set([...selected, ...between]))
  }
  const key = (event: KeyboardEvent<HTMLTableSectionElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const id = rowIdOf(event.target)
    const at = rows.findIndex((job) => job.id === id)
    if (id === undefined || at < 0) return
    const to = placeAfter(event.key, at, rows.length)
    if (to !== undefined) {
      event.preventDefault()
      const target = rows[to]
      if (event.shiftKey && target !== undefined) {
        anchor.current ??= id
        selectTo(target.id)
      }
      focusRow(body.current, to)
    } else if (event.key.toLowerCase() === 'x') {
      event.preventDefault()
      toggle(id)
    }
  }
  const isAll = rows.length > 0 && rows.every(({ id }) => selected.has(id))
  return (
    <Table.ScrollContainer minWidth={Math.max(640, columns.length * 130)} className="fc-panel">
      <Table verticalSpacing={6} horizontalSpacing="md" highlightOnHover aria-label={t('jobs.table')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={44}>
              <Checkbox
                aria-label={t('desk.selectShown')}
                checked={isAll}
                indeterminate={!isAll && selected.size > 0}
                onChange={() =>
                  select(isAll ? new Set() : new Set([...selected, ...rows.map(({ id }) => id)]))
                }
              />
            </Table.Th>
            {columns.map((column) => (
              <Heading key={column} column={column} title={titleOf(column)} sort={sort} sortBy={sortBy} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody ref={body} onKeyDown={key}>
          {rows.map((job) => {
            const words = wordsOf(job)
            return (
              <Table.Tr key={job.id} data-row={job.id} {...(selected.has(job.id) ? { bg: SELECTED } : {})}>
                <Table.Td>
                  <Checkbox
                    aria-label={t('desk.select', { job: labelOf(job, shown) })}
                    checked={selected.has(job.id)}
                    onChange={() => {}}
                    onClick={(event) => (event.shiftKey ? selectTo(job.id) : toggle(job.id))}
                  />
                </Table.Td>
                {columns.map((column) => (
                  <Table.Td key={column} miw={90} {...(isShort(column) ? { className: 'fc-nowrap' } : {})}>
                    <Cell column={column} job={job} shown={{ ...shown, words }} />
                  </Table.Td>
                ))}
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

const SELECTED = 'color-mix(in srgb, var(--mantine-primary-color-light) 45%, transparent)'

function Heading({
  column,
  title,
  sort,
  sortBy,
}: { column: Column; title: string } & Pick<Props, 'sort' | 'sortBy'>): ReactElement {
  const orders = SORTED_BY[column]
  const at = orders?.indexOf(sort) ?? -1
  const next = orders?.[(at + 1) % orders.length]
  if (next === undefined) return <Table.Th>{title}</Table.Th>
  const descending = sort.startsWith('-')
  return (
    <Table.Th aria-sort={at < 0 ? 'none' : descending ? 'descending' : 'ascending'}>
      <UnstyledButton fz="sm" fw={700} onClick={() => sortBy(next)}>
        <Group gap={4} wrap="nowrap" component="span">
          {title}
          <span style={{ visibility: at < 0 ? 'hidden' : 'visible', display: 'inline-flex' }}>
            <Icon name={descending ? 'down' : 'up'} size={14} />
          </span>
        </Group>
      </UnstyledButton>
    </Table.Th>
  )
}

const rowIdOf = (target: EventTarget): string | undefined =>
  target instanceof Element
    ? (target.closest<HTMLElement>('tr[data-row]')?.dataset.row ?? undefined)
    : undefined

/** Where a key leads from a row; undefined for one that leads nowhere. */
function placeAfter(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, count - 1)
    case 'ArrowUp':
      return Math.max(at - 1, 0)
    case 'PageDown':
      return Math.min(at + SCREENFUL, count - 1)
    case 'PageUp':
      return Math.max(at - SCREENFUL, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
