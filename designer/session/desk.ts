/**
 * What the desk asks the server: lists of jobs, the board, many acts at once, views.
 *
 * Promises: keys of what is kept begin with `jobs`, so that the feed refreshes it.
 * Must not: hold words or draw anything.
 */
import {
  type InfiniteData,
  type QueryClient,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { Batch, BatchResults, Board, SaveView, ViewList } from '../../machines/wire/desk.ts'
import type { JobList, JobRow } from '../../machines/wire/jobs.ts'
import { ask, query } from './api.ts'

type Asked = Readonly<Record<string, string>>
const PAGE = '50'
const MOST_A_PAGE = '200'
const noCursor = (): string | undefined => undefined

const jobsPage = (asked: Asked, limit: string, cursor: string | undefined, signal: AbortSignal) =>
  ask<JobList>(`/api/jobs${query({ ...asked, limit, cursor })}`, { signal })

export const useJobList = (asked: Asked): UseInfiniteQueryResult<InfiniteData<JobList>> =>
  useInfiniteQuery({
    queryKey: ['jobs', 'list', asked],
    queryFn: ({ pageParam, signal }) => jobsPage(asked, PAGE, pageParam, signal),
    initialPageParam: noCursor(),
    getNextPageParam: (page) => page.next,
    placeholderData: (previous) => previous,
  })

/** The first of those that are found, whether shown or not. */
export async function allJobs(client: QueryClient, asked: Asked, most: number): Promise<JobRow[]> {
  const jobs: JobRow[] = []
  let cursor: string | undefined
  do {
    const from = cursor
    const page = await client.fetchQuery({
      queryKey: ['jobs', 'all', asked, from],
      queryFn: ({ signal }) => jobsPage(asked, MOST_A_PAGE, from, signal),
      staleTime: 0,
    })
    jobs.push(...page.jobs)
    cursor = page.next
  } while (cursor !== undefined && jobs.length < most)
  return jobs.slice(0, most)
}

/** How many there are, by status, whatever the status. */
export const useJobCounts = (asked: Asked): UseQueryResult<JobList['counts']> => {
  const { status: _status, sort: _sort, ...any } = asked
  return useQuery({
    queryKey: ['jobs', 'counts', any],
    queryFn: async ({ signal }) => (await jobsPage(any, '1', undefined, signal)).counts,
    placeholderData: (previous) => previous,
  })
}

/** Names of customers whose jobs hold the words. */
export const useCustomers = (text: string): readonly string[] => {
  const { data } = useQuery({
    queryKey: ['jobs', 'customers', text],
    queryFn: async ({ signal }) => {
      const { jobs } = await jobsPage({ text }, PAGE, undefined, signal)
      const names = jobs.flatMap(({ fields: { customerName } }) =>
        typeof customerName === 'string' && customerName !== '' ? [customerName] : [],
      )
      return [...new Set(names)].slice(0, 12)
    },
    enabled: text !== '',
    staleTime: 60_000,
  })
  return data ?? []
}

/** Where the found jobs are had as a file. */
export const jobSheetAddress = (asked: Asked, columns: string, language: 'en' | 'zh'): string =>
  `/api/jobs/sheet${query({ ...asked, columns, language })}`

export const useBoard = (process: string | undefined, asked: Asked): UseQueryResult<Board> =>
  useQuery({
    queryKey: ['jobs', 'board', process, asked],
    queryFn: ({ signal }) => ask<Board>(`/api/jobs/board${query({ ...asked, process })}`, { signal }),
    enabled: process !== undefined,
    placeholderData: (previous) => (previous?.process === process ? previous : undefined),
  })

/** More of a column, from where the board left off. */
export const useMoreJobs = (
  asked: Asked,
  cursor: string | undefined,
  enabled: boolean,
): UseInfiniteQueryResult<InfiniteData<JobList>> =>
  useInfiniteQuery({
    queryKey: ['jobs', 'more', asked, cursor],
    queryFn: ({ pageParam, signal }) => jobsPage(asked, PAGE, pageParam, signal),
    initialPageParam: cursor,
    getNextPageParam: (page) => page.next,
    enabled,
  })

/** `key`: the same on a retry. Long lists take their time. */
export const sendBatch = (acts: Batch['acts'], key: string): Promise<BatchResults> =>
  ask<BatchResults>('/api/jobs:batch', {
    method: 'POST',
    body: { acts },
    headers: { 'idempotency-key': key },
    patience: 60_000,
  })

const VIEWS = ['views'] as const
const under = (id: string): string => `/api/me/views/${encodeURIComponent(id)}`
export const useViews = (): UseQueryResult<ViewList> =>
  useQuery({
    queryKey: VIEWS,
    queryFn: ({ signal }) => ask<ViewList>('/api/me/views', { signal }),
    staleTime: 60_000,
  })

export type ViewChange =
  | { kind: 'add'; view: SaveView }
  | { kind: 'put'; id: string; view: SaveView }
  | { kind: 'drop'; id: string }
/** Keeps a view, keeps it otherwise, or drops it. */
export function useChangeViews() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: ViewChange): Promise<ViewList> =>
      change.kind === 'add'
        ? ask<ViewList>('/api/me/views', { method: 'POST', body: change.view })
        : change.kind === 'put'
          ? ask<ViewList>(under(change.id), { method: 'PUT', body: change.view })
          : ask<ViewList>(under(change.id), { method: 'DELETE' }),
    onSuccess: (views) => client.setQueryData(VIEWS, views),
  })
}
