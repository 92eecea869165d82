/**
 * A graph in which what says as much as before is the very same object, so that a letter typed in a panel draws anew
 * what it changes and not hundreds of states beside it.
 *
 * Promises: pure; what comes out is equal to what went in. Must not: decide what a box says.
 */
import type { ChartGraph, EdgePlan } from '../../machines/drawing/graph.ts'

type Boxed = NonNullable<ReturnType<ChartGraph['boxes']['get']>>

export function steadyGraph(next: ChartGraph, before: ChartGraph | undefined): ChartGraph {
  if (before === undefined) return next
  return {
    ...next,
    boxes: new Map(
      [...next.boxes].map(([id, made]): [string, Boxed] => [id, same(made, before.boxes.get(id))]),
    ),
    edges: new Map(
      [...next.edges].map(([id, made]): [string, EdgePlan] => [id, same(made, before.edges.get(id))]),
    ),
  }
}

const same = <T extends object>(made: T, old: T | undefined): T =>
  old !== undefined && text(old) === text(made) ? old : made

/** As text, made once for each object: the next comparison asks for it again. */
const texts = new WeakMap<object, string>()
function text(thing: object): string {
  const known = texts.get(thing) ?? JSON.stringify(thing)
  texts.set(thing, known)
  return known
}
