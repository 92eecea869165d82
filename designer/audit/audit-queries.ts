/**
 * What the page of the audit asks.
 *
 * Must not: change anything; an audit is only read.
 */
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { AuditChanges, AuditHead } from '../../machines/wire/audit.ts'
import { ask } from '../session/api.ts'

/** More on one page nobody reads. */
const LIMIT = 50
/** Whoever comes from what he just changed looks for it. */
const AT_ONCE = 0

export const FILTERS = ['actor', 'kind', 'subject', 'from', 'to'] as const
export type Filter = (typeof FILTERS)[number]

/** @param search the page's address: the filters, `from` and `to` as days, and `before` or `after` which entry */
export function useChanges(search: URLSearchParams): UseQueryResult<AuditChanges> {
  const query = queryOf(search)
  return useQuery({
    queryKey: ['audit', 'changes', query],
    queryFn: ({ signal }) => ask<AuditChanges>(`/api/audit/changes?${query}`, { signal }),
    placeholderData: keepPreviousData,
    staleTime: AT_ONCE,
  })
}

export const useHead = (): UseQueryResult<AuditHead> =>
  useQuery({
    queryKey: ['audit', 'head'],
    queryFn: ({ signal }) => ask<AuditHead>('/api/audit/head', { signal }),
    staleTime: AT_ONCE,
  })

function queryOf(search: URLSearchParams): string {
  const query = new URLSearchParams({ limit: String(LIMIT) })
  for (const name of ['actor', 'kind', 'subject', 'before', 'after'] as const) {
    const value = search.get(name)
    if (value !== null && value !== '') query.set(name, value)
  }
  const [from, until] = [beginOf(search.get('from'), 0), beginOf(search.get('to'), 1)]
  if (from !== undefined) query.set('from', from)
  if (until !== undefined) query.set('to', until)
  return query.toString()
}

/** Of a day as the reader has it, or of the one so many days later. */
function beginOf(day: string | null, later: number): string | undefined {
  const [year, month, date] =
    /^(\d{4})-(\d\d)-(\d\d)$/
      .exec(day ?? '')
      ?.slice(1)
      .map(Number) ?? []
  if (year === undefined || month === undefined || date === undefined) return undefined
  return new Date(year, month - 1, date + later).toISOString()
}
