/**
 * What the pages keep of the server's answers: one key and one hook a resource.
 *
 * Promises: keys begin with the resource's name, so that a change of the feed can refresh what it touches.
 * Must not: hold words or draw anything.
 */
import {
  type InfiniteData,
  QueryClient,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import type { Me } from '../../machines/wire/people.ts'
import type { DraftView, ProcessList, VersionList, VersionView } from '../../machines/wire/processes.ts'
import type { ClockView, HistoryPage } from '../../machines/wire/server.ts'
import { ApiError, api } from './api.ts'

/** Network trouble is tried again; an answer of the server is not doubted. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: (count, error) =>
          count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
        staleTime: 5_000,
      },
    },
  })

export const useMe = (): UseQueryResult<Me> =>
  useQuery({ queryKey: ['me'], queryFn: ({ signal }) => api.me(signal), staleTime: 60_000 })

export const useClock = (): UseQueryResult<ClockView> =>
  useQuery({
    queryKey: ['clock'],
    queryFn: ({ signal }) => api.clock(signal),
    // A manual clock moves at another's command; a running one needs no asking.
    refetchInterval: (query) => (query.state.data?.manual === false ? false : 10_000),
  })

export const useProcesses = (): UseQueryResult<ProcessList> =>
  useQuery({ queryKey: ['processes'], queryFn: ({ signal }) => api.processes(signal) })

export const useVersions = (process: string): UseQueryResult<VersionList> =>
  useQuery({
    queryKey: ['processes', process, 'versions'],
    queryFn: ({ signal }) => api.versions(process, signal),
  })

/** A published version never changes, save its counts of jobs. */
export const useVersion = (process: string, version: number | undefined): UseQueryResult<VersionView> =>
  useQuery({
    queryKey: ['processes', process, 'version', version],
    queryFn: ({ signal }) => api.version(process, version ?? 0, signal),
    enabled: version !== undefined,
  })

export const useDraft = (process: string, enabled: boolean): UseQueryResult<DraftView> =>
  useQuery({
    queryKey: ['processes', process, 'draft'],
    queryFn: ({ signal }) => api.draft(process, signal),
    enabled,
  })

export const useJob = (id: string): UseQueryResult<JobDetail> =>
  useQuery({ queryKey: ['job', id], queryFn: ({ signal }) => api.job(id, signal) })

export const useHistory = (id: string): UseInfiniteQueryResult<InfiniteData<HistoryPage>> =>
  useInfiniteQuery({
    queryKey: ['job', id, 'history'],
    queryFn: ({ pageParam, signal }) => api.history(id, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  })
