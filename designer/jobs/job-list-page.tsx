/**
 * All jobs: filtered, searched, sorted, acted on, a page at a time, live.
 *
 * Promises: filters, order and columns stand in the address, so that a list can be kept and passed on.
 */
import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { JobRow } from '../../machines/wire/jobs.ts'
import { MOST_ACTS } from '../../machines/wire/limits.ts'
import type { Action } from '../actions/action.ts'
import { useBring } from '../actions/register.ts'
import { allJobs, jobSheetAddress, useJobCounts, useJobList } from '../session/desk.ts'
import { useNow } from '../session/now.ts'
import { useNameOf } from '../session/people.ts'
import { useMe, useProcesses } from '../session/queries.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { BulkBar } from './job-list-bulk.tsx'
import { labelOf, useColumnTitle } from './job-list-cells.tsx'
import { ColumnChooser } from './job-list-columns.tsx'
import { JobListFilters } from './job-list-filters.tsx'
import {
  askedBy,
  columnsOf,
  type FilterName,
  isFiltered,
  putColumns,
  SORTS,
  sheetColumns,
  sortOf,
  unfiltered,
} from './job-list-query.ts'
import { StatusTabs } from './job-list-status.tsx'
import { focusRow, JobListTable } from './job-list-table.tsx'
import { JobListViews } from './job-list-views.tsx'
import { LookSwitch } from './look-switch.tsx'
import { useWordsOf } from './use-words.ts'

const ACTIONS: readonly Action<{ search(): void }>[] = [
  {
    id: 'jobs.search',
    title: 'desk.search',
    group: 'go',
    icon: 'search',
    keys: ['/'],
    run: ({ search }) => search(),
  },
]
/** Relative days change with the day, not with the clock. */
const HOUR_MS = 3_600_000

export default function JobListPage(): ReactElement {
  const { t } = useTranslation()
  const { say, language } = useSpeech()
  const [search, setSearch] = useSearchParams()
  const { id: me = '', rights } = useMe().data ?? {}
  const mayLookFor = rights?.includes('jobs:personal') !== false
  const now = useNow()
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS
  const sort = sortOf(search)
  const asked = useMemo(() => ({ ...askedBy(search, hour, me), sort }), [search, hour, me, sort])
  const jobs = useJobList(asked)
  const counts = useJobCounts(asked)
  const rows = useMemo(() => jobs.data?.pages.flatMap((page) => page.jobs) ?? [], [jobs.data])
  const found = jobs.data?.pages[0]?.counts
  const columns = columnsOf(search)
  const { wordsOf, all: words } = useWordsOf(rows)
  const titleOf = useColumnTitle(words)
  const processes = useProcesses()
  const nameOf = useNameOf()
  const shown = {
    now,
    nameOf,
    processTitle: (id: string): string =>
      say(processes.data?.processes.find((each) => each.id === id)?.title, id),
  }
  const selection = useSelection(rows)
  const box = useRef<HTMLInputElement>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  useBring(ACTIONS, {
    search: () => {
      box.current?.focus()
      box.current?.select()
    },
  })
  const put = (change: Partial<Record<FilterName | 'sort', string | null>>): void => {
    const next = new URLSearchParams(search)
    for (const [name, value] of Object.entries(change)) {
      if (value === null || value === undefined || value === '') next.delete(name)
      else next.set(name, value)
    }
    setSearch(next, { replace: true })
  }
  return (
    <Page title={t('jobs.title')} beside={<LookSwitch look="table" search={search} />}>
      <Stack gap="sm">
        <JobListFilters search={search} put={put} box={box} toRows={() => focusRow(body.current, 0)} />
        <Group justify="space-between" gap="sm">
          <StatusTabs counts={counts.data} status={search.get('status')} put={(status) => put({ status })} />
          <Group gap="xs">
            <Select
              aria-label={t('desk.sort')}
              w={190}
              allowDeselect={false}
              value={sort}
              onChange={(value) => put({ sort: value })}
              data={SORTS.map((value) => ({ value, label: t(`desk.sorts.${value}`) }))}
            />
            <ColumnChooser
              columns={columns}
              words={words}
              titleOf={titleOf}
              put={(next) => setSearch(putColumns(search, next), { replace: true })}
            />
            <JobListViews />
            <Button
              component="a"
              variant="default"
              href={jobSheetAddress(asked, sheetColumns(columns), language.startsWith('zh') ? 'zh' : 'en')}
              download="jobs.csv"
            >
              {t('desk.sheet')}
            </Button>
          </Group>
        </Group>
        <Text c="dimmed" size="sm" role="status">
          {found === undefined ? '' : t('jobs.count', { count: found.total })}
          {found === undefined || found.overdue === 0
            ? ''
            : ` \u00b7 ${t('jobs.overdueCount', { count: found.overdue })}`}
        </Text>
        {jobs.isPending ? <Waiting /> : null}
        {jobs.isError ? <ProblemNotice error={jobs.error} retry={() => void jobs.refetch()} /> : null}
        {jobs.isSuccess && rows.length === 0 ? (
          <NothingFound filtered={isFiltered(search)} clear={() => setSearch(unfiltered(search))} />
        ) : null}
        {rows.length === 0 ? null : (
          <JobListTable
            rows={rows}
            columns={columns}
            titleOf={titleOf}
            wordsOf={wordsOf}
            shown={shown}
            sort={sort}
            sortBy={(next) => put({ sort: next })}
            selected={selection.ids}
            select={selection.select}
            body={body}
          />
        )}
        {rows.length === 0 ? null : (
          <Text size="xs" c="dimmed" visibleFrom="sm">
            {t(mayLookFor ? 'desk.keys' : 'desk.keysNoSearch')}
          </Text>
        )}
        {jobs.hasNextPage ? (
          <Group justify="center">
            <Button
              variant="default"
              loading={jobs.isFetchingNextPage}
              onClick={() => void jobs.fetchNextPage()}
            >
              {t('common.more')}
            </Button>
          </Group>
        ) : null}
      </Stack>
      {selection.jobs.length === 0 ? null : (
        <BulkBar
          jobs={selection.jobs}
          total={found?.total ?? 0}
          isAll={rows.every(({ id }) => selection.ids.has(id))}
          isSelecting={selection.isLoading}
          selectAll={() => selection.load(asked)}
          select={selection.select}
          wordsOf={wordsOf}
          labelOf={(job) => labelOf(job, shown)}
        />
      )}
    </Page>
  )
}

function NothingFound({ filtered, clear }: { filtered: boolean; clear(): void }): ReactElement {
  const { t } = useTranslation()
  if (!filtered) return <Empty title={t('jobs.empty')} lead={t('jobs.emptyLead')} />
  return (
    <Empty title={t('jobs.noMatch')}>
      <Button variant="default" mt="sm" onClick={clear}>
        {t('jobs.clear')}
      </Button>
    </Empty>
  )
}

type Selection = {
  ids: ReadonlySet<string>
  /** As they were last seen. */
  jobs: readonly JobRow[]
  select(ids: ReadonlySet<string>): void
  /** Selects what the filter finds, shown or not, as far as one go can take. */
  load(asked: Readonly<Record<string, string>>): void
  isLoading: boolean
}

/** What is selected, kept also while the list shows something else. */
function useSelection(rows: readonly JobRow[]): Selection {
  const client = useQueryClient()
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [isLoading, setLoading] = useState(false)
  const seen = useRef(new Map<string, JobRow>())
  for (const row of rows) seen.current.set(row.id, row)
  const select = useCallback((next: ReadonlySet<string>) => setIds(next), [])
  return {
    ids,
    jobs: [...ids].flatMap((id) => seen.current.get(id) ?? []),
    select,
    isLoading,
    load: (asked) => {
      setLoading(true)
      allJobs(client, asked, MOST_ACTS)
        .then((found) => {
          for (const job of found) seen.current.set(job.id, job)
          setIds(new Set(found.map(({ id }) => id)))
        })
        // What is selected stays so; the list itself shows the trouble.
        .catch(() => client.invalidateQueries({ queryKey: ['jobs'] }))
        .finally(() => setLoading(false))
    },
  }
}
