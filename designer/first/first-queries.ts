/**
 * What the pages keep of the sample day and of the reader's first steps.
 *
 * Must not: hold words or draw anything.
 */
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ChangeGuide, GuideView } from '../../machines/wire/guide.ts'
import type { SampleState } from '../../machines/wire/sample.ts'
import { ask } from '../session/api.ts'
import { useMe } from '../session/queries.ts'

const SAMPLE = ['sample'] as const
const GUIDE = ['guide'] as const
/** Forty jobs are played from beginning to end. */
const MAKING_MS = 120_000

export function useSample(): UseQueryResult<SampleState> {
  const mayRead = useMe().data?.rights.includes('sample:read') === true
  return useQuery({
    queryKey: SAMPLE,
    queryFn: ({ signal }) => ask<SampleState>('/api/sample', { signal }),
    enabled: mayRead,
    staleTime: 60_000,
  })
}

/** Making and removing; afterwards everything shown is asked for anew. */
export function useSampleDay() {
  const client = useQueryClient()
  const settled = async (state: SampleState): Promise<void> => {
    client.setQueryData(SAMPLE, state)
    await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== SAMPLE[0] })
  }
  const make = useMutation({
    mutationFn: () => ask<SampleState>('/api/sample', { method: 'POST', patience: MAKING_MS }),
    onSuccess: settled,
  })
  const remove = useMutation({
    mutationFn: () => ask<SampleState>('/api/sample', { method: 'DELETE', patience: MAKING_MS }),
    onSuccess: settled,
  })
  return { make, remove }
}

export const useGuide = (): UseQueryResult<GuideView> =>
  useQuery({
    queryKey: GUIDE,
    queryFn: ({ signal }) => ask<GuideView>('/api/me/guide', { signal }),
    // What the server sees of the reader's work shows when he comes back to the list.
    staleTime: 2_000,
  })

export function useGuideChange() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ChangeGuide) => ask<GuideView>('/api/me/guide', { method: 'PATCH', body }),
    onSuccess: (guide) => client.setQueryData(GUIDE, guide),
  })
}
