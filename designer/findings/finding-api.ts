/**
 * The pages' way to findings from practice: what is asked of the server, and under which keys it is kept.
 *
 * Must not: hold words, or draw.
 */
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query'
import type { FindingList, FindingStatus, FindingView, RaiseFinding } from '../../machines/wire/findings.ts'
import { ask, query } from '../session/api.ts'

export type FindingFilter = { process?: string; status?: FindingStatus; job?: string }

/** Keys begin with this. */
export const FINDINGS = 'findings'

export const useFindings = (filter: FindingFilter): UseInfiniteQueryResult<InfiniteData<FindingList>> =>
  useInfiniteQuery({
    queryKey: [FINDINGS, filter],
    queryFn: ({ pageParam, signal }) =>
      ask<FindingList>(`/api/findings${query({ ...filter, limit: '50', cursor: pageParam })}`, { signal }),
    initialPageParam: noCursor(),
    getNextPageParam: (page) => page.next,
    placeholderData: (previous) => previous,
  })
const noCursor = (): string | undefined => undefined

/** The open ones of a process, the latest 500: more than a drawing can show. */
export const useOpenFindings = (process: string, enabled = true): UseQueryResult<FindingView[]> =>
  useQuery({
    queryKey: [FINDINGS, 'open', process],
    queryFn: async ({ signal }) => {
      const asked = query({ process, status: 'open', limit: '500' })
      return (await ask<FindingList>(`/api/findings${asked}`, { signal })).findings
    },
    enabled: enabled && process !== '',
  })

export const raiseFinding = (body: RaiseFinding): Promise<FindingView> =>
  ask('/api/findings', { method: 'POST', body })
export const turnFinding = (id: string, way: 'dismiss' | 'reopen', reason: string): Promise<FindingView> =>
  ask(`/api/findings/${encodeURIComponent(id)}/${way}`, { method: 'POST', body: { reason } })
