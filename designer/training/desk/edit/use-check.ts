/** What is wrong with the scenario as it is typed, and what its known runs come to: the server's word, after a moment's rest. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { CheckedScenario } from '../../../../machines/wire/training.ts'
import { checkScenario, TRAINING } from '../training-api.ts'

const REST_MS = 600
const NOTHING: CheckedScenario = { problems: [], runs: [] }

export function useCheck(scenario: unknown): CheckedScenario {
  const [rested, setRested] = useState(scenario)
  useEffect(() => {
    const timer = setTimeout(() => setRested(scenario), REST_MS)
    return () => clearTimeout(timer)
  }, [scenario])
  const { data } = useQuery({
    queryKey: [TRAINING, 'check', rested],
    queryFn: ({ signal }) => checkScenario(rested, signal),
    placeholderData: (previous) => previous,
    staleTime: 30_000,
    gcTime: 60_000,
    retry: false,
  })
  return data ?? NOTHING
}
