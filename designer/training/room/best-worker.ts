/**
 * The search of a scenario's shortest way, off the page's own thread: it takes seconds.
 *
 * Must not: hold a rule, or remember anything between two searches.
 */
import { compile } from '../../../machines/compile/compile.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { bestPath, knownPath } from '../../../machines/simulate/best-path.ts'
import type { Setup } from '../../../machines/simulate/sim.ts'

/** What a way is looked for in; a compiled process cannot be sent. */
export type Sought = Omit<Setup, 'mode' | 'compiled'> & { readonly definition: Definition }
/** Acts; `null`: no way is known. What is found last is never longer. */
export type Shortest = { readonly acts: number | null; readonly isLast: boolean }

addEventListener('message', ({ data }: MessageEvent<Sought>) => {
  const { definition, ...rest } = data
  const setup = { ...rest, compiled: compile(definition) }
  const tell = (shortest: Shortest): void => postMessage(shortest)
  tell({ acts: knownPath(setup)?.acts ?? null, isLast: false })
  tell({ acts: bestPath(setup)?.acts ?? null, isLast: true })
})
