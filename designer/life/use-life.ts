/**
 * The server's answers about life, kept under keys that the change feed refreshes (`session/live.ts`).
 *
 * Must not: hold words or draw anything.
 */
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query'
import type { NormReport, ReportJobs, ReportOutcome, VersionLife } from '../../machines/wire/life.ts'
import { api, type ReportFilter } from '../session/api.ts'
import type { Days } from './range.ts'

export const useVersionLife = (
  process: string,
  version: number | undefined,
  days: Days | undefined,
): UseQueryResult<VersionLife> =>
  useQuery({
    queryKey: ['processes', process, 'life', version, days],
    queryFn: ({ signal }) => api.life(process, version ?? 0, days ?? {}, signal),
    enabled: version !== undefined && days !== undefined,
    placeholderData: (previous) => (previous?.version === version ? previous : undefined),
  })

/** `filter` undefined: not known yet. */
export const useNormReport = (filter: ReportFilter | undefined, by: string): UseQueryResult<NormReport> =>
  useQuery({
    queryKey: ['jobs', 'report', by, filter],
    queryFn: ({ signal }) => api.normReport(filter ?? {}, by, signal),
    enabled: filter !== undefined,
  })

export const useNormJobs = (
  filter: ReportFilter & { outcome: ReportOutcome },
): UseInfiniteQueryResult<InfiniteData<ReportJobs>> =>
  useInfiniteQuery({
    queryKey: ['jobs', 'behind', filter],
    queryFn: ({ pageParam, signal }) => api.normJobs(filter, pageParam, signal),
    initialPageParam: noCursor(),
    getNextPageParam: (page) => page.next,
  })
const noCursor = (): string | undefined => undefined
