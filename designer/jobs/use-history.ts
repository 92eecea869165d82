/**
 * A job's whole history, and the words of every version that it ran on.
 *
 * Promises: what is known of a history is not asked for again: it only grows.
 * Must not: draw.
 */
import { type UseQueryResult, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntryView } from '../../machines/wire/jobs.ts'
import type { VersionView } from '../../machines/wire/processes.ts'
import { api } from '../session/api.ts'
import { useMe } from '../session/queries.ts'
import { type JobWords, jobWords } from './job-words.ts'
import { movedTo } from './past.ts'

export type WholeHistory = { entries: readonly EntryView[]; startedOn: number | undefined }
/** A job of more entries is no job of people. */
const MOST_PAGES = 50

/** Not asked for by those who may not see it: their `data` stays empty. */
export function useWholeHistory(job: string): UseQueryResult<WholeHistory> {
  const client = useQueryClient()
  const maySee = useMe().data?.rights.includes('jobs:history') === true
  const queryKey = ['job', job, 'entries']
  return useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<WholeHistory> => {
      const known = client.getQueryData<WholeHistory>(queryKey)
      const entries = [...(known?.entries ?? [])]
      let startedOn = known?.startedOn
      for (let pages = 0; pages < MOST_PAGES; pages += 1) {
        const page = await api.history(job, entries.at(-1)?.seq ?? 0, signal)
        entries.push(...page.entries)
        startedOn = page.startedOn ?? startedOn
        if (page.next === undefined) break
      }
      return { entries, startedOn }
    },
    enabled: maySee,
    // Entries never change, so that a known list stays the same object while nothing came.
    structuralSharing: (before, after) => (lengthOf(before) === lengthOf(after) ? before : after),
  })
}
const isHistory = (data: unknown): data is WholeHistory =>
  typeof data === 'object' && data !== null && 'entries' in data
const lengthOf = (data: unknown): number => (isHistory(data) ? data.entries.length : -1)

/** Under a key of its own: a version never changes, whatever the feed says of its process. */
const definitionQuery = (process: string, version: number) => ({
  queryKey: ['definition', process, version],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.version(process, version, signal),
  staleTime: Number.POSITIVE_INFINITY,
})
export const useDefinition = (process: string, version: number): UseQueryResult<VersionView> =>
  useQuery(definitionQuery(process, version))

/** By version: its definition's words, once it is here. A version never changes. */
export function useVersionWords(
  process: string,
  versions: readonly number[],
): (version: number | undefined) => JobWords {
  const { t, i18n } = useTranslation()
  const found = useQueries({
    queries: versions.map((version) => definitionQuery(process, version)),
    combine: (results) => results.map(({ data }) => data),
  })
  return useMemo(() => {
    const words = new Map(
      found.flatMap((view) =>
        view === undefined ? [] : [[view.version, jobWords(view.definition, t, i18n.language)]],
      ),
    )
    const none = jobWords(undefined, t, i18n.language)
    return (version) => (version === undefined ? none : (words.get(version) ?? none))
  }, [found, t, i18n.language])
}

/** All versions that a job ran on, the present one first. */
export function versionsOf(present: number | undefined, history: WholeHistory | undefined): number[] {
  const all = [present, history?.startedOn, ...(history?.entries ?? []).map(movedTo)]
  return [...new Set(all.filter((version) => version !== undefined))]
}
