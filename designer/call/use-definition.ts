/** A published version as the pages say it; it never changes. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Definition } from '../../machines/definition/schema.ts'
import { type JobWords, jobWords } from '../jobs/job-words.ts'
import { api } from '../session/api.ts'

export function useDefinition(
  process: string | undefined,
  version: number | undefined,
): { definition: Definition | undefined; words: JobWords } {
  const { t, i18n } = useTranslation()
  const { data } = useQuery({
    queryKey: ['definition', process, version],
    queryFn: ({ signal }) => api.version(process ?? '', version ?? 0, signal),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: process !== undefined && version !== undefined,
  })
  const definition = data?.definition
  const words = useMemo(() => jobWords(definition, t, i18n.language), [definition, t, i18n.language])
  return { definition, words }
}
