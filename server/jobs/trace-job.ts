/**
 * What a change of a job adds to the life of its process: norms kept and broken, by whom and for whom.
 *
 * Promises: made of the job, its entry and the definition alone, so that a replayed history gives the same traces.
 * Must not: know how they are added up (`store/life-rules.ts`), or read a clock.
 */
import { type Breach, type Entry, type Job, SYSTEM } from '../../machines/advance/job.ts'
import type { Compiled } from '../../machines/compile/compile.ts'
import type { Action, Definition } from '../../machines/definition/schema.ts'
import { workOf } from '../../machines/review/facts.ts'
import { dayAt } from '../../machines/time/zone.ts'
import type { NormFact, Trace } from '../store/life-port.ts'

/** The field that names the customer: every process has it by this name. */
const CUSTOMER = 'customerName'

/** @param timeZone of the organisation: what a day is. */
export function traceJob(compiled: Compiled, job: Job, entry: Entry, timeZone: string): Trace {
  const { fields } = job.snapshot.context
  const textOf = (name: string | undefined): string | undefined => {
    const value = name === undefined ? undefined : fields[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const engineer = textOf(compiled.definition.meta.assignee)
  const customer = textOf(CUSTOMER)
  return {
    day: dayAt(entry.at, timeZone),
    ...(engineer === undefined ? {} : { engineer }),
    ...(customer === undefined ? {} : { customer }),
    facts: [
      ...entry.norms.met.map((norm): NormFact => ({ norm, outcome: 'met' })),
      ...entry.breaches.map((breach) => brokenBy(compiled, entry, breach)),
    ],
    ...(entry.status === 'active' ? {} : { meetable: meetable(compiled) }),
    work: {
      ...(entry.actor.id === SYSTEM.id ? {} : { worker: entry.actor.id }),
      facts: workOf({ compiled, job, entry }),
    },
  }
}

function brokenBy(compiled: Compiled, entry: Entry, breach: Breach): NormFact {
  const place = placeOf(compiled, entry, breach)
  return {
    norm: breach.norm,
    outcome: breach.dueAt === undefined ? 'broken' : 'late',
    ...(place === undefined ? {} : { place }),
  }
}

const breaks = (actions: readonly Action[] | undefined, norm: string): boolean =>
  (actions ?? []).some((action) => action.type === 'breach' && action.params.norm === norm)

/** The transition that said so, else the state, else where the job was when a person reported it. */
function placeOf({ transitions, tree }: Compiled, entry: Entry, { norm, reportedBy }: Breach) {
  if (reportedBy !== undefined) return entry.active[0]
  const way = entry.taken.find((pointer) => breaks(transitions.get(pointer)?.transition.actions, norm))
  if (way !== undefined) return way
  const said = tree.nodes.filter(({ node }) => breaks(node.entry, norm) || breaks(node.exit, norm))
  const inside = said.find(({ path }) =>
    entry.active.some((leaf) => leaf === path || leaf.startsWith(`${path}.`)),
  )
  return (inside ?? said[0])?.path ?? entry.active[0]
}

const known = new WeakMap<Definition, string[]>()

/** The norms that a job of the process can meet: by a deadline kept, a way taken, an event sent, an item ticked. */
function meetable({ definition, tree, items }: Compiled): string[] {
  const before = known.get(definition)
  if (before !== undefined) return before
  const norms = [
    ...Object.values(definition.delays ?? {}).flatMap(({ meta }) =>
      (meta?.kind ?? 'deadline') === 'deadline' ? (meta?.norms ?? []) : [],
    ),
    ...tree.nodes.flatMap(({ transitions }) =>
      transitions.flatMap(({ transition }) => transition.meta?.norms ?? []),
    ),
    ...Object.values(definition.schemas.events).flatMap(({ meta }) => meta.norms ?? []),
    ...[...items.values()].flatMap(({ item }) => item.norms ?? []),
  ]
  const found = [...new Set(norms)].sort()
  known.set(definition, found)
  return found
}
