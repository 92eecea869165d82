/**
 * A job as people see it: states by path, deadlines with titles, the checklists of the active states.
 *
 * Must not: leave out a deadline that has run out while its state lasts.
 */
import type { Compiled } from '../compile/compile.ts'
import type { Deadline, JobView, OpenItem } from '../wire/jobs.ts'
import { frameOf, standingAt } from './case.ts'
import { declaredDelay } from './collect.ts'
import type { Command, Job, Surroundings, Suspension } from './job.ts'
import { leaves, restore } from './run-machine.ts'

/** In order of time. */
export const deadlinesOf = (compiled: Compiled, job: Job): Deadline[] =>
  job.timers
    .flatMap((timer): Deadline[] => {
      const delay = declaredDelay(compiled, timer)
      if (delay === undefined) return []
      const { meta, calendar } = delay
      return [
        {
          delay: timer.delay,
          ...(meta === undefined ? {} : { title: meta.title }),
          kind: meta?.kind ?? 'deadline',
          norms: meta?.norms ?? [],
          dueAt: timer.dueAt,
          fired: timer.fired,
          ...(timer.left === undefined ? {} : { left: timer.left }),
          ...(calendar === undefined ? {} : { calendar }),
        },
      ]
    })
    .sort((a, b) => a.dueAt.localeCompare(b.dueAt))

/** `active` spares working out the leaf paths where a list has them already. */
export function viewOf(compiled: Compiled, job: Job, active?: readonly string[]): JobView {
  const { snapshot } = job
  return {
    id: job.id,
    process: job.process,
    version: job.version,
    status: job.status,
    state: snapshot.value,
    active: active === undefined ? leaves(restore(compiled, snapshot)) : [...active],
    fields: snapshot.context.fields,
    checklist: snapshot.context.checklist,
    seq: job.seq,
    deadlines: deadlinesOf(compiled, job),
    breaches: job.breaches,
    links: job.links,
    evidence: job.evidence,
    ...(job.rating === undefined ? {} : { rating: job.rating }),
    ...(job.suspended === undefined ? {} : { suspended: resting(job.suspended) }),
    ...(job.erased === undefined ? {} : { erased: job.erased }),
    createdAt: job.createdAt,
    updatedAt: job.updatedAt,
  }
}

/** What other jobs said meanwhile is theirs until it is heard. */
const resting = ({ held: _held, ...note }: Suspension): NonNullable<JobView['suspended']> => note

/** The checklist items that can be ticked now, in document order. */
export function itemsOf(compiled: Compiled, job: Job, surroundings: Surroundings): OpenItem[] {
  if (job.status !== 'active') return []
  const standing = standingAt(restore(compiled, job.snapshot))
  const frame = frameOf(compiled, job, surroundings)
  return [...compiled.items.values()]
    .filter(({ state }) => standing.active.has(state))
    .map((placed) => ({
      id: placed.item.id,
      state: placed.state,
      title: placed.item.title,
      required: placed.required(frame, standing),
      evidence: placed.item.evidence ?? 'none',
      norms: placed.item.norms ?? [],
      roles: [...placed.roles],
      done: Object.hasOwn(standing.checklist, placed.item.id),
    }))
}

/** What a command says of persons, as a payload does. */
export function payloadOf({ definition }: Compiled, command: Command): Record<string, unknown> {
  if (command.kind === 'event') return command.payload ?? {}
  const { assignee } = definition.meta
  return command.kind === 'reassign' && assignee !== undefined ? { [assignee]: command.person } : {}
}

/** Ids of persons that a job and a payload name: their certificates are what `advance` must be told. */
export function personsNamed(compiled: Compiled, job: Job, payload: Record<string, unknown> = {}): string[] {
  const persons = personNames(compiled)
  const named = { ...job.snapshot.context.fields, ...payload }
  return [
    ...new Set(
      Object.entries(named).flatMap(([name, value]) =>
        typeof value === 'string' && persons.has(name) ? [value] : [],
      ),
    ),
  ]
}

/** Of a definition's many events the names are the same at every command. */
const namesKept = new WeakMap<Compiled, ReadonlySet<string>>()
function personNames(compiled: Compiled): ReadonlySet<string> {
  const known = namesKept.get(compiled)
  if (known !== undefined) return known
  const { context, events } = compiled.definition.schemas
  const names = [context, ...Object.values(events)].flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, { format }]) => (format === 'person' ? [name] : [])),
  )
  const found = new Set(names)
  namesKept.set(compiled, found)
  return found
}
