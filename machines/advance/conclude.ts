/**
 * The new job and its history entry, from what came in and what the machine did.
 *
 * Promises: the entry tells everything that changed; job and entry together are what must be committed (E3).
 * Must not: refuse (that is decided before), or run the machine.
 */
import type { AnyMachineSnapshot } from 'xstate'
import type { Compiled } from '../compile/compile.ts'
import { delayOf, dueTime, movesWithFields } from '../compile/delays.ts'
import { canonicalJson } from '../definition/hash.ts'
import { type Case, standingAt } from './case.ts'
import { type Collected, collect, iso, rearmed } from './collect.ts'
import type { Advanced, Change, Context, Entry, Job, JobStatus, Suspension, Timer } from './job.ts'
import { stopped } from './pause.ts'
import { leaves, persist, type Run } from './run-machine.ts'

export type Happened = {
  run: Run
  /** What the command itself adds to what the machine did. */
  extra?: Partial<Omit<Collected, 'armed' | 'cancelledIds'>> &
    Partial<Pick<Job, 'evidence' | 'rating' | 'erased'>>
  /** The timer that fired. */
  fired?: Timer
  /** Norms of the event sent. */
  met?: readonly string[]
  /** The timers that the machine's own are sorted into; the job's, where the command left them alone. */
  timers?: Timers
  /** What the job rests by from now on; `null`: it goes on. */
  suspension?: Suspension | null
  /** How the job ends, where the machine does not say. */
  status?: JobStatus
  /** Done to the process, not by it: a deadline that goes with it was not kept. */
  byHand?: boolean
}

/** `armed` and `cancelled`: what became of them by this entry. */
export type Timers = { all: Timer[]; armed: Timer[]; cancelled: Timer[] }

export function conclude(at: Case, happened: Happened): Advanced {
  const { run, extra = {}, fired, met = [] } = happened
  const { frame, compiled } = at
  const { suspended: resting } = at.before
  const before = resting === undefined ? at.before : withoutRest(at.before)
  const seq = before.seq + 1
  const origin = {
    job: before.id,
    seq,
    now: frame.now,
    links: before.links,
    ...(fired === undefined ? {} : { dueAt: fired.dueAt }),
  }
  const found = collect(compiled, frame, origin, run.caught)
  const snapshot = persist(run.snapshot)
  const status = happened.status ?? statusOf(at, run.snapshot)
  const suspended =
    status === 'active' && happened.suspension !== null ? (happened.suspension ?? resting) : undefined
  const breaches = [...found.breaches, ...(extra.breaches ?? [])]
  const settled = settleTimers(at, run.snapshot, status, found, happened)
  const timers = suspended === undefined ? settled : atRest(at, settled)
  const links = [...(extra.links === undefined ? before.links : extra.links), ...found.links]
  const job: Job = {
    ...before,
    seq,
    status,
    snapshot,
    timers: timers.all,
    breaches: [...before.breaches, ...breaches],
    links,
    evidence: extra.evidence ?? before.evidence,
    ...(extra.rating === undefined ? {} : { rating: extra.rating }),
    ...(suspended === undefined ? {} : { suspended }),
    ...(extra.erased === undefined ? {} : { erased: extra.erased }),
    updatedAt: iso(frame.now),
  }
  const broken = [...new Set(breaches.map((breach) => breach.norm))]
  const late = ranOut(at)
  const entry: Entry = {
    job: before.id,
    seq,
    at: iso(frame.now),
    ...(fired === undefined ? {} : { dueAt: fired.dueAt }),
    ...(at.surroundings.deviceAt === undefined ? {} : { deviceAt: at.surroundings.deviceAt }),
    actor: frame.actor,
    ...(at.surroundings.people === undefined ? {} : { people: at.surroundings.people }),
    calendars: frame.calendars.hash,
    command: at.command,
    ...(before.seq === 0 ? {} : { from: before.snapshot.value }),
    to: snapshot.value,
    active: leaves(run.snapshot),
    status,
    taken: run.taken,
    changed: changes(before.snapshot.context.fields, snapshot.context.fields),
    ticks: tickChanges(before.snapshot.context, snapshot.context),
    breaches,
    armed: timers.armed,
    cancelled: timers.cancelled.map((timer) => timer.token),
    effects: [...found.effects, ...(extra.effects ?? []), ...ending(at, job)],
    norms: {
      met: [
        ...new Set([
          ...[...met, ...normsOf(at, run.taken)].filter((norm) => !late.has(norm)),
          ...inTime(at, status, suspended === undefined && happened.byHand !== true ? timers.cancelled : []),
        ]),
      ]
        .filter((norm) => !broken.includes(norm))
        .sort(),
      broken: broken.sort(),
    },
  }
  return { ok: true, job, entry }
}

function withoutRest({ suspended: _suspended, ...job }: Job): Job {
  return job
}

/** A final state at the root ends the job; its tag says how. */
function statusOf({ before, compiled }: Case, snapshot: AnyMachineSnapshot): JobStatus {
  if (before.status !== 'active') return before.status
  if (snapshot.status !== 'done') return 'active'
  const ends = compiled.tree.root.children.filter((child) =>
    snapshot._nodes.some((node) => node.path.join('.') === child.path),
  )
  const tags = ends.flatMap(({ node }) => ('tags' in node ? (node.tags ?? []) : []))
  if (tags.includes('cancelled')) return 'cancelled'
  return tags.includes('failed') ? 'failed' : 'done'
}

function settleTimers(
  at: Case,
  snapshot: AnyMachineSnapshot,
  status: JobStatus,
  found: Collected,
  { fired, timers, suspension }: Happened,
): Timers {
  const base = timers ?? { all: at.before.timers, armed: [], cancelled: [] }
  if (status !== 'active')
    return { all: [], armed: [], cancelled: at.before.timers.filter((timer) => isArmed(timer, fired)) }
  const goes = (timer: Timer): boolean => found.cancelledIds.includes(timer.id)
  const kept = base.all
    .filter((timer) => !goes(timer))
    .flatMap((timer) => {
      if (timer.token !== fired?.token) return [timer]
      return timer.event === undefined ? [{ ...timer, fired: true }] : []
    })
  const settled = {
    all: [...kept, ...found.armed],
    armed: [...base.armed.filter((timer) => !goes(timer)), ...found.armed],
    cancelled: [
      ...base.cancelled,
      ...base.all.filter((timer) => goes(timer) && isArmed(timer, fired) && !base.armed.includes(timer)),
    ],
  }
  const resting = at.before.suspended !== undefined && suspension !== null
  return resting ? settled : followFields(at, snapshot, settled)
}

/** What runs stops, with the time it has left. */
function atRest(at: Case, { all, armed, cancelled }: Timers): Timers {
  const running = all.filter((timer) => !timer.fired && timer.left === undefined)
  return {
    all: all.map((timer) => (running.includes(timer) ? stopped(at.compiled, timer, at.frame) : timer)),
    armed: armed.filter((timer) => !running.includes(timer)),
    cancelled: [...cancelled, ...running.filter((timer) => !armed.includes(timer))],
  }
}

const isArmed = (timer: Timer, fired: Timer | undefined): boolean =>
  !timer.fired && timer.left === undefined && timer.token !== fired?.token

/** Timers counted from a field move with it; one that has fired comes again only if it moved into the future. */
function followFields(at: Case, snapshot: AnyMachineSnapshot, timers: Timers): Timers {
  const { compiled, frame, before } = at
  const result: Timers = { ...timers, armed: [...timers.armed], cancelled: [...timers.cancelled] }
  let count = 0
  for (const { id, name } of movableDelays(at, snapshot)) {
    const delay = delayOf(compiled.definition, name)
    if (delay === undefined) continue
    const present = result.all.find((timer) => timer.id === id)
    const enteredAt = present === undefined ? frame.now : Date.parse(present.armedAt)
    const due = dueTime(delay, compiled.expressions, enteredAt, frame, standingAt(snapshot))
    if (present !== undefined && due === Date.parse(present.reckoned ?? present.dueAt)) continue
    const off = delay.from === undefined ? putOff(present) : 0
    if (present?.fired === true && (due === undefined || due + off <= frame.now)) continue
    if (present !== undefined) {
      result.all = result.all.filter((timer) => timer !== present)
      if (result.armed.includes(present)) result.armed = result.armed.filter((timer) => timer !== present)
      else if (!present.fired) result.cancelled.push(present)
    }
    if (due === undefined) continue
    const origin = { job: before.id, seq: before.seq + 1 }
    const timer = {
      ...rearmed(origin, count++, { id, delay: name, armedAt: enteredAt, due: due + off }),
      ...(off === 0 ? {} : { reckoned: iso(due) }),
    }
    result.all = [...result.all, timer]
    result.armed.push(timer)
  }
  return result
}

/** How much later than its delay says a timer is due. */
const putOff = (timer: Timer | undefined): number =>
  timer?.reckoned === undefined ? 0 : Date.parse(timer.dueAt) - Date.parse(timer.reckoned)

type Movable = readonly { id: string; name: string }[]

/** Asked for at each event; a node is of one process. */
const movable = new WeakMap<object, Movable>()

function movableDelays({ compiled }: Case, snapshot: AnyMachineSnapshot): Movable {
  const found: { id: string; name: string }[] = []
  for (const node of snapshot._nodes) {
    const known = movable.get(node) ?? movableOf(compiled, node)
    movable.set(node, known)
    found.push(...known)
  }
  return found
}

function movableOf({ definition, tree }: Compiled, { id, path }: { id: string; path: string[] }): Movable {
  const transitions = tree.byPath.get(path.join('.'))?.transitions ?? []
  const names = transitions.flatMap(({ trigger }) => (trigger.kind === 'after' ? [trigger.delay] : []))
  return [...new Set(names)]
    .filter((name) => {
      const delay = delayOf(definition, name)
      return delay !== undefined && movesWithFields(delay)
    })
    .map((name) => ({ id: `xstate.after.${name}.${id}`, name }))
}

function changes(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, Change> {
  const changed: Record<string, Change> = {}
  if (before === after) return changed
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const from = before[name]
    const to = after[name]
    if (from === to || (from !== undefined && to !== undefined && canonicalJson(from) === canonicalJson(to)))
      continue
    changed[name] = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  }
  return changed
}

function tickChanges(before: Context, after: Context): Record<string, boolean> {
  const ticks: Record<string, boolean> = {}
  if (before.checklist === after.checklist) return ticks
  for (const [id, tick] of Object.entries(after.checklist))
    if (before.checklist[id]?.at !== tick.at || before.checklist[id]?.by !== tick.by) ticks[id] = true
  for (const id of Object.keys(before.checklist)) if (!Object.hasOwn(after.checklist, id)) ticks[id] = false
  return ticks
}

/** Norms that the transitions taken carry out. */
const normsOf = ({ compiled }: Case, taken: readonly string[]): string[] =>
  taken.flatMap((pointer) => compiled.transitions.get(pointer)?.transition.meta?.norms ?? [])

/** Deadlines that were kept: taken back before they ran out, by a job that goes on or ended well. */
function inTime({ compiled }: Case, status: JobStatus, cancelled: readonly Timer[]): string[] {
  if (status === 'cancelled' || status === 'failed') return []
  return cancelled.flatMap((timer) => deadlineNorms(compiled, timer))
}

/** What is done only after its deadline has run out was not met by being done. */
const ranOut = ({ before, compiled }: Case): ReadonlySet<string> =>
  new Set(before.timers.filter(({ fired }) => fired).flatMap((timer) => deadlineNorms(compiled, timer)))

/** The norms of a deadline; none of a reminder or a step. */
export function deadlineNorms({ definition }: Compiled, timer: Timer): readonly string[] {
  const meta = delayOf(definition, timer.delay)?.meta
  return meta === undefined || (meta.kind ?? 'deadline') !== 'deadline' ? [] : (meta.norms ?? [])
}

/** The end of a job is told to the one that started it, and to those it started that still go on. */
function ending({ before }: Case, job: Job): Entry['effects'] {
  if (before.status !== 'active' || job.status === 'active') return []
  return job.links
    .filter((link) => link.link === 'parent' || link.status === 'active')
    .map((link, index) => ({
      id: `${before.id}.${job.seq}.end${index}`,
      type: 'linkEnded' as const,
      job: link.job,
      ended: before.id,
      status: job.status,
      fields: job.snapshot.context.fields,
    }))
}
