/**
 * What time it is for the pages: the server's, which a manual clock may hold still.
 *
 * Must not: be used to decide anything; it only words what the server said.
 */
import { useEffect, useState } from 'react'
import { useClock } from './queries.ts'

const STEP_MS = 15_000

/** Epoch milliseconds, renewed every quarter of a minute. */
export function useNow(): number {
  const { data } = useClock()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), STEP_MS)
    return () => clearInterval(timer)
  }, [])
  return data?.manual === true ? new Date(data.now).getTime() : now
}

/** Epoch milliseconds by the server's clock, renewed every `step` milliseconds: for seconds that count. */
export function useServerNow(step: number): number {
  const { data, dataUpdatedAt } = useClock()
  const [here, setHere] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setHere(Date.now()), step)
    return () => clearInterval(timer)
  }, [step])
  if (data === undefined) return here
  const told = new Date(data.now).getTime()
  return data.manual ? told : told + Math.max(0, here - dataUpdatedAt)
}
