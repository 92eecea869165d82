/**
 * A process rehearsed in a test: jobs on a clock that the test moves, timers firing at their due times.
 *
 * Promises: everything goes through `start`, `advance` and `allowed`; linked jobs are started, signalled and ended
 * as the server does it; after `finish` (or at any time by `replayed`) the history replays to the same job (E5).
 */
import { expect } from 'vitest'
import { advance, start } from '../../machines/advance/advance.ts'
import { allowed } from '../../machines/advance/allowed.ts'
import {
  type Actor,
  type Allowed,
  type Breach,
  type Certificate,
  type Command,
  type Entry,
  type Evidence,
  type Job,
  type Refusal,
  SYSTEM,
} from '../../machines/advance/job.ts'
import { replay } from '../../machines/advance/replay.ts'
import { itemsOf, payloadOf, personsNamed, viewOf } from '../../machines/advance/view.ts'
import { type Compiled, compiled } from '../../machines/compile/compile.ts'
import { canonicalJson } from '../../machines/definition/hash.ts'
import type { Definition, EventRole, Role } from '../../machines/definition/schema.ts'
import { planMove } from '../../machines/migrate/move.ts'
import type { CalendarSet } from '../../machines/time/calendar.ts'
import { DEFAULT_CALENDARS } from '../../machines/time/default-calendars.ts'
import { addDuration } from '../../machines/time/duration.ts'

/** Monday 2 March 2026, 10:00 in Shanghai: a working hour of a working day. */
export const MONDAY_10 = '2026-03-02T10:00:00+08:00'

export type World = {
  /** Processes that `startJob` may name, beside the rehearsed one. */
  processes?: readonly Definition[]
  now?: string
  calendars?: CalendarSet
  /** Certificates of persons named in fields. */
  people?: Record<string, Certificate[]>
}

const always = (kind: string): Certificate => ({
  kind,
  validFrom: '2020-01-01T00:00:00.000Z',
  validUntil: '2099-01-01T00:00:00.000Z',
})

/** A person with the given roles: `as('engineer')`, `as('engineer', ['work-at-height'])`. */
export const as = (role: Role | Role[], certificates: (string | Certificate)[] = []): Actor => {
  const roles: EventRole[] = Array.isArray(role) ? role : [role]
  return {
    id: `${roles[0]}-1`,
    name: `${roles[0]}`,
    roles,
    ...(certificates.length === 0
      ? {}
      : { certificates: certificates.map((each) => (typeof each === 'string' ? always(each) : each)) }),
  }
}

export class Rehearsal {
  readonly compiled: Compiled
  readonly id: string
  readonly #world: Stage
  constructor(stage: Stage, id: string, process: Compiled) {
    this.#world = stage
    this.id = id
    this.compiled = process
  }
  get job(): Job {
    return this.#world.jobOf(this.id)
  }
  get history(): Entry[] {
    return this.#world.historyOf(this.id)
  }
  /** Leaf paths. */
  get active(): string[] {
    return viewOf(this.compiled, this.job).active
  }
  get status(): Job['status'] {
    return this.job.status
  }
  get fields(): Record<string, unknown> {
    return this.job.snapshot.context.fields
  }
  get now(): Date {
    return new Date(this.#world.now)
  }
  /** Whether a state is active, by path or by the last part of it. */
  in(path: string): boolean {
    return this.active.some(
      (leaf) => leaf === path || leaf.startsWith(`${path}.`) || `.${leaf}.`.includes(`.${path}.`),
    )
  }
  /** Sends an event that must be accepted. */
  send(type: string, payload: Record<string, unknown>, actor: Actor): Entry {
    return this.do({ kind: 'event', type, payload }, actor)
  }
  /** Carries out a command that must be accepted. */
  do(command: Command, actor: Actor): Entry {
    const refusal = this.#world.apply(this.id, command, actor)
    if (refusal !== undefined)
      throw new Error(
        `${JSON.stringify(command)} refused in [${this.active.join(', ')}]: ${refusal.code}: ${refusal.reasons.map((reason) => reason.message.en).join('; ')}`,
      )
    const last = this.history.at(-1)
    if (last === undefined) throw new Error('no history')
    return last
  }
  /** Sends an event that must be refused, and says why it was. The job must stay as it was. */
  refused(type: string, payload: Record<string, unknown>, actor: Actor): Refusal {
    return this.refusedCommand({ kind: 'event', type, payload }, actor)
  }
  refusedCommand(command: Command, actor: Actor): Refusal {
    const before = canonicalJson(this.job)
    const refusal = this.#world.apply(this.id, command, actor)
    if (refusal === undefined)
      throw new Error(`${JSON.stringify(command)} was accepted; now in [${this.active.join(', ')}]`)
    expect(canonicalJson(this.job)).toBe(before)
    return refusal
  }
  tick(item: string, actor: Actor, evidence?: Evidence): Entry {
    return this.do({ kind: 'tick', item, ...(evidence === undefined ? {} : { evidence }) }, actor)
  }
  /** Ticks every open required item of the active states, save those named, with made-up evidence. */
  tickAll(actor: Actor, except: readonly string[] = []): void {
    for (const item of itemsOf(this.compiled, this.job, this.#world.surroundings(actor)))
      if (item.required && !item.done && !except.includes(item.id))
        this.tick(item.id, actor, madeUp(item.evidence))
  }
  /** Required items that stand open. */
  open(): string[] {
    return itemsOf(this.compiled, this.job, this.#world.surroundings(as('auditor')))
      .filter((item) => item.required && !item.done)
      .map((item) => item.id)
  }
  allowed(actor: Actor): Allowed[] {
    return allowed(this.compiled, this.job, this.#world.surroundings(actor, this.id))
  }
  /** Events that are open to the actor. */
  can(actor: Actor): string[] {
    return this.allowed(actor)
      .filter((each) => each.open)
      .map((each) => each.type)
  }
  /** Lets time pass: an ISO 8601 duration; every timer due on the way fires at its due time. */
  wait(duration: string): this {
    this.#world.runUntil(addDuration(this.#world.now, duration, this.#world.calendars.timeZone))
    return this
  }
  waitUntil(moment: string): this {
    this.#world.runUntil(Date.parse(moment))
    return this
  }
  /** Norms broken so far, in order. */
  get broken(): string[] {
    return this.job.breaches.map((breach: Breach) => breach.norm)
  }
  /** Norms met so far. */
  get met(): string[] {
    return [...new Set(this.history.flatMap((entry) => entry.norms.met))]
  }
  /** Messages sent so far: reminders and notifications. */
  get messages(): { type: string; to: unknown; norm?: string; en: string }[] {
    return this.history.flatMap((entry) =>
      entry.effects.flatMap((effect) =>
        effect.type === 'remind' || effect.type === 'notify'
          ? [
              {
                type: effect.type,
                to: effect.to,
                en: effect.message.en ?? '',
                ...(effect.norm === undefined ? {} : { norm: effect.norm }),
              },
            ]
          : [],
      ),
    )
  }
  /** The job that this one knows under `link` (the latest). */
  linked(link: string): Rehearsal {
    const found = this.job.links.findLast((each) => each.link === link)
    if (found === undefined) throw new Error(`no link ${link}`)
    return this.#world.rehearsal(found.job)
  }
  due(delay: string): string | undefined {
    return this.job.timers.find((timer) => timer.delay === delay && !timer.fired)?.dueAt
  }
  /** E5: the history makes the same job again. */
  replays(): void {
    const { calendars } = this.#world
    const result = replay(
      () => this.compiled,
      this.job.version,
      this.history,
      (hash) => (hash === calendars.hash ? calendars : undefined),
    )
    expect(result.ok ? canonicalJson(result.job) : result).toBe(canonicalJson(this.job))
    this.#moves()
  }
  /** Moved to a version that is the same, it stays as it is. */
  #moves(): void {
    const { compiled: same, job } = this
    if (job.status !== 'active') return
    const command = { kind: 'migrate', version: 2, hash: same.hash, mapping: {} } as const
    const result = planMove(same, same, job, command, this.#world.surroundings(SYSTEM, this.id))
    if (!result.ok) throw new Error(`an identity is refused: ${JSON.stringify(result.refusal)}`)
    const { version, seq, updatedAt } = result.job
    expect(canonicalJson(result.job)).toBe(canonicalJson({ ...job, version, seq, updatedAt }))
    expect([version, seq, result.notes]).toEqual([2, job.seq + 1, []])
  }
}

function madeUp(kind: string): Evidence | undefined {
  switch (kind) {
    case 'text':
      return { kind: 'text', text: 'as seen' }
    case 'number':
      return { kind: 'number', number: 1 }
    case 'photo':
      return { kind: 'photo', file: 'a'.repeat(64) }
    case 'signature':
      return { kind: 'signature', signedBy: 'Wang Fang' }
    case 'serial':
      return { kind: 'serial', text: 'SN-0001' }
    default:
      return undefined
  }
}

/** All jobs of one test, and its clock. */
class Stage {
  now: number
  readonly calendars: CalendarSet
  readonly #people: Record<string, Certificate[]>
  readonly #processes = new Map<string, Compiled>()
  readonly #jobs = new Map<string, { job: Job; history: Entry[] }>()
  constructor(definitions: readonly Definition[], world: World) {
    this.now = Date.parse(world.now ?? MONDAY_10)
    this.calendars = world.calendars ?? DEFAULT_CALENDARS
    this.#people = world.people ?? {}
    for (const definition of definitions) this.#processes.set(definition.id, compiled(definition))
  }
  surroundings(actor: Actor, id?: string, payload: Record<string, unknown> = {}) {
    const at = id === undefined ? undefined : this.#jobs.get(id)
    const named = at === undefined ? [] : personsNamed(this.#process(at.job.process), at.job, payload)
    const people = Object.fromEntries(named.map((person) => [person, this.#people[person] ?? []]))
    return {
      now: this.now,
      actor,
      calendars: this.calendars,
      ...(named.length === 0 ? {} : { people }),
    }
  }
  #process(id: string): Compiled {
    const process = this.#processes.get(id)
    if (process === undefined) throw new Error(`the rehearsal has no process ${id}`)
    return process
  }
  jobOf(id: string): Job {
    const at = this.#jobs.get(id)
    if (at === undefined) throw new Error(`no job ${id}`)
    return at.job
  }
  historyOf(id: string): Entry[] {
    return this.#jobs.get(id)?.history ?? []
  }
  rehearsal(id: string): Rehearsal {
    return new Rehearsal(this, id, this.#process(this.jobOf(id).process))
  }
  begin(
    process: string,
    id: string,
    fields: Record<string, unknown>,
    actor: Actor,
    parent?: { job: string; process: string },
  ): Refusal | undefined {
    const advanced = start(
      this.#process(process),
      { id, version: 1, fields, ...(parent === undefined ? {} : { parent }) },
      this.surroundings(actor),
    )
    if (!advanced.ok) return advanced.refusal
    this.#jobs.set(id, { job: advanced.job, history: [advanced.entry] })
    this.#carryOut(advanced.entry, actor)
    return undefined
  }
  apply(id: string, command: Command, actor: Actor): Refusal | undefined {
    const at = this.#jobs.get(id)
    if (at === undefined) throw new Error(`no job ${id}`)
    const process = this.#process(at.job.process)
    const payload = payloadOf(process, command)
    const advanced = advance(process, at.job, command, this.surroundings(actor, id, payload))
    if (!advanced.ok) return advanced.refusal
    expect(advanced.job.seq).toBe(at.job.seq + 1)
    at.job = advanced.job
    at.history.push(advanced.entry)
    this.#carryOut(advanced.entry, actor)
    return undefined
  }
  #carryOut(entry: Entry, actor: Actor): void {
    for (const effect of entry.effects) {
      if (effect.type === 'startJob') {
        const parent = { job: entry.job, process: this.jobOf(entry.job).process }
        const refusal = this.begin(effect.process, effect.job, effect.fields, actor, parent)
        if (refusal !== undefined)
          throw new Error(`${effect.process} could not be started: ${JSON.stringify(refusal)}`)
      } else if (effect.type === 'signal')
        this.apply(effect.job, { kind: 'event', type: effect.event, payload: effect.payload }, SYSTEM)
      else if (effect.type === 'linkEnded')
        this.apply(
          effect.job,
          { kind: 'linkEnded', job: effect.ended, status: effect.status, fields: effect.fields },
          SYSTEM,
        )
    }
  }
  runUntil(moment: number): void {
    for (let fired = 0; ; fired++) {
      if (fired > 100_000) throw new Error('timers without end')
      const next = [...this.#jobs.values()]
        .flatMap(({ job }) =>
          job.timers
            .filter((timer) => !timer.fired && timer.left === undefined)
            .map((timer) => ({ id: job.id, timer })),
        )
        .sort((a, b) => a.timer.dueAt.localeCompare(b.timer.dueAt))[0]
      if (next === undefined || Date.parse(next.timer.dueAt) > moment) break
      this.now = Math.max(this.now, Date.parse(next.timer.dueAt))
      const refusal = this.apply(next.id, { kind: 'timer', token: next.timer.token }, SYSTEM)
      if (refusal !== undefined) throw new Error(`a timer was refused: ${JSON.stringify(refusal)}`)
    }
    this.now = Math.max(this.now, moment)
  }
}

/** Starts a job of `definition` that must be accepted. */
export function rehearse(
  definition: Definition,
  fields: Record<string, unknown> = {},
  actor: Actor = as('dispatcher'),
  world: World = {},
): Rehearsal {
  const stage = new Stage([definition, ...(world.processes ?? [])], world)
  const refusal = stage.begin(definition.id, 'job-1', fields, actor)
  if (refusal !== undefined) throw new Error(`start refused: ${JSON.stringify(refusal)}`)
  return stage.rehearsal('job-1')
}

/** Why a start is refused; it must be. */
export function startRefused(definition: Definition, fields: Record<string, unknown>, actor: Actor): Refusal {
  const refusal = new Stage([definition], {}).begin(definition.id, 'job-1', fields, actor)
  if (refusal === undefined) throw new Error('the start was accepted')
  return refusal
}
