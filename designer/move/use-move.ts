/**
 * The server's answers about moves of running jobs.
 *
 * Promises: a run under way is asked about until it ends; then what it changed is asked for anew.
 * Must not: hold words or draw anything.
 */
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query'
import type { MigrationDetail, MigrationView, MovedJobs } from '../../machines/wire/migrations.ts'
import { api } from '../session/api.ts'

const POLL_MS = 700

export const movesKey = (process: string): readonly string[] => ['processes', process, 'moves']
export const runKey = (process: string, run: string): readonly string[] => ['move', process, run]

export const useMoves = (process: string): UseQueryResult<{ migrations: MigrationView[] }> =>
  useQuery({ queryKey: movesKey(process), queryFn: ({ signal }) => api.moves(process, signal) })

export const useMoveRun = (process: string, run: string | undefined): UseQueryResult<MigrationDetail> =>
  useQuery({
    queryKey: runKey(process, run ?? ''),
    queryFn: ({ signal }) => api.moveRun(process, run ?? '', signal),
    enabled: run !== undefined,
    refetchInterval: (query) => (query.state.data?.status === 'running' ? POLL_MS : false),
  })

export type MovedFilter = { outcome: string | undefined; state: string | undefined }

/** `stamp`: how far the run is; another stamp is another answer. */
export const useMovedJobs = (
  process: string,
  run: string,
  filter: MovedFilter,
  stamp: string,
): UseInfiniteQueryResult<InfiniteData<MovedJobs>> =>
  useInfiniteQuery({
    queryKey: [...runKey(process, run), 'jobs', filter, stamp],
    queryFn: ({ pageParam, signal }) => api.movedJobs(process, run, filter, pageParam, signal),
    initialPageParam: noCursor(),
    getNextPageParam: (page) => page.next,
    placeholderData: (previous) => previous,
  })
const noCursor = (): string | undefined => undefined
