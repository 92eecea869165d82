/**
 * The search of a scenario's shortest way, off the page's own thread: it takes seconds.
 *
 * Must not: hold a rule, or remember anything between two searches.
 */
import { compile } from '../../../machines/compile/compile.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { bestPath } from '../../../machines/simulate/best-path.ts'
import type { Setup } from '../../../machines/simulate/sim.ts'

/** What a way is looked for in; a compiled process cannot be sent. */
export type Sought = Omit<Setup, 'mode' | 'compiled'> & { readonly definition: Definition }
/** Its acts; `null`: none was found. */
export type Shortest = number | null

addEventListener('message', ({ data }: MessageEvent<Sought>) => {
  const { definition, ...rest } = data
  const found: Shortest = bestPath({ ...rest, compiled: compile(definition) })?.acts ?? null
  postMessage(found)
})
