/**
 * The words of the versions that several jobs run on.
 *
 * Promises: a job whose definition is not here yet is named by its keys. A version is fetched once.
 */
import { useQueries } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../session/api.ts'
import { type JobWords, jobWords } from './job-words.ts'

type Versioned = { process: string; version: number }
const keyOf = ({ process, version }: Versioned): string => `${process} ${version}`

export function useWordsOf(jobs: readonly Versioned[]): {
  wordsOf(job: Versioned): JobWords
  /** Of all of them. */
  all: readonly JobWords[]
} {
  const { t, i18n } = useTranslation()
  const keys = useMemo(() => [...new Set(jobs.map(keyOf))].toSorted().join('\n'), [jobs])
  const list = useMemo(() => (keys === '' ? [] : keys.split('\n')), [keys])
  const found = useQueries({
    queries: list.map((key) => {
      const [process = '', version = ''] = key.split(' ')
      return {
        queryKey: ['definition', process, Number(version)],
        queryFn: ({ signal }: { signal: AbortSignal }) => api.version(process, Number(version), signal),
        staleTime: Number.POSITIVE_INFINITY,
      }
    }),
    combine: (answers) => answers.map(({ data }) => data?.definition),
  })
  const words = useMemo(
    () => new Map(list.map((key, at) => [key, jobWords(found[at], t, i18n.language)])),
    [list, found, t, i18n.language],
  )
  const nameless = useMemo(() => jobWords(undefined, t, i18n.language), [t, i18n.language])
  return {
    wordsOf: useCallback((job) => words.get(keyOf(job)) ?? nameless, [words, nameless]),
    all: useMemo(() => [...words.values()], [words]),
  }
}
