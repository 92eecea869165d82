/**
 * The fewest acts that a scenario is known to be passed in: of its known runs, and of what a search finds meanwhile.
 *
 * Promises: the page never waits for the search; what it finds is remembered for as long as the page is open.
 * Must not: search on the page's own thread.
 */
import { useQuery } from '@tanstack/react-query'
import type { Scenario } from '../../../machines/simulate/scenario.ts'
import type { AttemptView } from '../../../machines/wire/training.ts'
import { setupOf } from '../session/open-attempt.ts'
import type { Shortest, Sought } from './best-worker.ts'

/** A telephone may never come to an end of it. */
const TOO_LONG_MS = 60_000

/** Acts of the shortest run that the scenario knows to pass. */
function knownOf({ runs }: Scenario): number[] {
  return Object.values(runs)
    .filter(({ expect }) => expect.passed)
    .map(({ steps }) => steps.filter(({ what }) => what.do !== 'wait' && what.do !== 'happen').length)
}

/** Its acts; `null`: no way was found. Where the search takes too long, what was found until then. */
function search(sought: Sought, signal: AbortSignal): Promise<number | null> {
  const worker = new Worker(new URL('./best-worker.ts', import.meta.url), { type: 'module' })
  return new Promise((resolve) => {
    let found: number | null = null
    const end = (): void => {
      clearTimeout(timer)
      worker.terminate()
      resolve(found)
    }
    const timer = setTimeout(end, TOO_LONG_MS)
    signal.addEventListener('abort', end)
    worker.onmessage = ({ data }: MessageEvent<Shortest>) => {
      found = data.acts
      if (data.isLast) end()
    }
    worker.onerror = end
    worker.postMessage(sought)
  })
}

/** `undefined`: no way is known. */
export function useBest(attempt: AttemptView): number | undefined {
  const isOver = attempt.card !== undefined
  const found = useQuery({
    queryKey: ['training', 'shortest', attempt.hash, attempt.id],
    queryFn: ({ signal }): Promise<number | null> => {
      const setup = setupOf(attempt, 'examination')
      if (setup === undefined) return Promise.resolve(null)
      const { scenario, compiled, version, calendars, seed } = setup
      return search({ scenario, definition: compiled.definition, version, calendars, seed }, signal)
    },
    enabled: isOver,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const acts = [...knownOf(attempt.content), ...(typeof found.data === 'number' ? [found.data] : [])]
  return acts.length === 0 ? undefined : Math.min(...acts)
}
