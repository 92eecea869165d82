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

function search(sought: Sought, signal: AbortSignal): Promise<Shortest> {
  const worker = new Worker(new URL('./best-worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Shortest>((resolve) => {
    const end = (found: Shortest): void => {
      clearTimeout(timer)
      worker.terminate()
      resolve(found)
    }
    const timer = setTimeout(() => end(null), TOO_LONG_MS)
    signal.addEventListener('abort', () => end(null))
    worker.onmessage = ({ data }: MessageEvent<Shortest>) => end(data)
    worker.onerror = () => end(null)
    worker.postMessage(sought)
  })
}

/** `undefined`: no way is known. */
export function useBest(attempt: AttemptView): number | undefined {
  const isOver = attempt.card !== undefined
  const found = useQuery({
    queryKey: ['training', 'shortest', attempt.hash, attempt.id],
    queryFn: ({ signal }): Promise<Shortest> => {
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
