/**
 * What the page of personal data asks and changes.
 *
 * Must not: keep what was looked for, or what was found, beyond the page.
 */
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  ErasePersonal,
  EraseReport,
  ExportPersonal,
  PersonalData,
  Retention,
} from '../../machines/wire/privacy.ts'
import { ask } from '../session/api.ts'

/** A customer of many years, and a backup that reads meanwhile. */
const LONG_MS = 10 * 60_000
const retentionOf = (process: string): string => `/api/processes/${encodeURIComponent(process)}/retention`

export const useErase = () =>
  useMutation({
    mutationFn: (body: ErasePersonal) =>
      ask<EraseReport>('/api/privacy/erase', { method: 'POST', body, patience: LONG_MS }),
  })

export const useExport = () =>
  useMutation({
    mutationFn: (body: ExportPersonal) =>
      ask<PersonalData>('/api/privacy/export', { method: 'POST', body, patience: LONG_MS }),
  })

export const useRetention = (process: string): UseQueryResult<Retention> =>
  useQuery({
    queryKey: ['retention', process],
    queryFn: ({ signal }) => ask<Retention>(retentionOf(process), { signal }),
  })

export function useSetRetention(process: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (days: number | null) =>
      ask<Retention>(retentionOf(process), { method: 'PUT', body: { days } }),
    onSuccess: (kept) => client.setQueryData(['retention', process], kept),
  })
}
