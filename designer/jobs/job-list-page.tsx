/**
 * All jobs: filtered, searched, a page at a time, live.
 *
 * Promises: the filters stand in the address, so that a list can be kept and passed on.
 */
import { Anchor, Button, Group, Table, Text } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { JobList } from '../../machines/wire/jobs.ts'
import { api } from '../session/api.ts'
import { useNow } from '../session/now.ts'
import { useJobs, useProcesses } from '../session/queries.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { DeadlineText } from './deadline-text.tsx'
import { filterOf, JobFilters } from './job-filters.tsx'
import { fieldName, fieldsOf, type JobWords, jobWords, stateInWords, valueInWords } from './job-words.ts'
import { StatusBadge } from './status-badge.tsx'

type Row = JobList['jobs'][number]

export default function JobListPage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const filter = filterOf(search)
  const jobs = useJobs(filter)
  const rows = jobs.data?.pages.flatMap((page) => page.jobs) ?? []
  const counts = jobs.data?.pages[0]?.counts
  const filtered = Object.keys(filter).length > 0
  return (
    <Page
      title={t('jobs.title')}
      beside={
        counts === undefined ? null : (
          <Text c="dimmed" size="sm" role="status">
            {t('jobs.count', { count: counts.total })}
            {counts.overdue > 0 ? ` · ${t('jobs.overdueCount', { count: counts.overdue })}` : ''}
          </Text>
        )
      }
    >
      <JobFilters search={search} setSearch={setSearch} />
      {jobs.isPending ? <Waiting /> : null}
      {jobs.isError ? <ProblemNotice error={jobs.error} retry={() => void jobs.refetch()} /> : null}
      {jobs.isSuccess && rows.length === 0 ? (
        filtered ? (
          <Empty title={t('jobs.noMatch')}>
            <Button variant="default" mt="sm" onClick={() => setSearch({})}>
              {t('jobs.clear')}
            </Button>
          </Empty>
        ) : (
          <Empty title={t('jobs.empty')} lead={t('jobs.emptyLead')} />
        )
      ) : null}
      {rows.length === 0 ? null : <JobTable rows={rows} />}
      {jobs.hasNextPage ? (
        <Group justify="center" mt="md">
          <Button
            variant="default"
            loading={jobs.isFetchingNextPage}
            onClick={() => void jobs.fetchNextPage()}
          >
            {t('common.more')}
          </Button>
        </Group>
      ) : null}
    </Page>
  )
}

/** The definitions of the versions on the page, for states and fields in words. */
function useDefinitions(rows: readonly Row[]): ReadonlyMap<string, JobWords> {
  const { t, i18n } = useTranslation()
  const keys = useMemo(
    () => [...new Set(rows.map(({ process, version }) => `${process} ${version}`))].toSorted(),
    [rows],
  )
  return useQueries({
    queries: keys.map((key) => {
      const [process = '', version = ''] = key.split(' ')
      return {
        queryKey: ['definition', process, Number(version)],
        queryFn: ({ signal }: { signal: AbortSignal }) => api.version(process, Number(version), signal),
        staleTime: Number.POSITIVE_INFINITY,
      }
    }),
    combine: (found) =>
      new Map(keys.map((key, index) => [key, jobWords(found[index]?.data?.definition, t, i18n.language)])),
  })
}

function JobTable({ rows }: { rows: Row[] }): ReactElement {
  const { t, i18n } = useTranslation()
  const { say, relative, time } = useSpeech()
  const now = useNow()
  const processes = useProcesses()
  const definitions = useDefinitions(rows)
  const nameless = jobWords(undefined, t, i18n.language)
  const processTitle = (id: string): string =>
    say(processes.data?.processes.find((each) => each.id === id)?.title, id)
  return (
    <Table.ScrollContainer minWidth={900} className="fc-panel">
      <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover aria-label={t('jobs.table')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('jobs.job')}</Table.Th>
            <Table.Th>{t('jobs.state')}</Table.Th>
            <Table.Th>{t('jobs.status')}</Table.Th>
            <Table.Th>{t('jobs.deadline')}</Table.Th>
            <Table.Th>{t('jobs.about')}</Table.Th>
            <Table.Th>{t('jobs.assignee')}</Table.Th>
            <Table.Th>{t('jobs.updated')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((job) => {
            const words = definitions.get(`${job.process} ${job.version}`) ?? nameless
            return (
              <Table.Tr key={job.id}>
                <Table.Td>
                  <Anchor component={Link} to={`/jobs/${job.id}`} size="sm" fw={600}>
                    {processTitle(job.process)}
                  </Anchor>
                  <Text size="xs" c="dimmed" ff="monospace" maw={150} truncate title={job.id}>
                    {job.id}
                  </Text>
                </Table.Td>
                <Table.Td>
                  {job.active.map((path) => (
                    <Text size="sm" key={path}>
                      {stateInWords(path, words)}
                    </Text>
                  ))}
                </Table.Td>
                <Table.Td>
                  <StatusBadge status={job.status} />
                </Table.Td>
                <Table.Td className="fc-nowrap">
                  {job.dueAt === undefined ? null : (
                    <DeadlineText dueAt={job.dueAt} overdue={job.overdue} now={now} />
                  )}
                </Table.Td>
                <Table.Td>
                  <Summary job={job} words={words} />
                </Table.Td>
                <Table.Td>
                  <Text size="sm">{assigneeOf(job, words)}</Text>
                </Table.Td>
                <Table.Td className="fc-nowrap">
                  <Text size="sm" title={time(job.updatedAt)}>
                    {relative(job.updatedAt, now)}
                  </Text>
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function assigneeOf(job: Row, words: JobWords): string {
  const name = words.definition?.meta.assignee
  const value = name === undefined ? undefined : job.fields[name]
  return typeof value === 'string' ? value : ''
}

const SUMMARY = 3

function Summary({ job, words }: { job: Row; words: JobWords }): ReactElement {
  const fields = fieldsOf(words)
  const assignee = words.definition?.meta.assignee
  const shown = (words.definition?.meta.summary ?? [])
    .filter((name) => name !== assignee && job.fields[name] !== undefined && job.fields[name] !== null)
    .slice(0, SUMMARY)
  return (
    <>
      {shown.map((name) => (
        <Text size="sm" key={name} maw={340} truncate title={fieldName(name, words)}>
          {valueInWords(job.fields[name], fields[name], words)}
        </Text>
      ))}
    </>
  )
}
