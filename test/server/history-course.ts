/**
 * One course of things through the use cases of jobs, with a plain model beside it: the pure engine with one job each and a list of
 * entries, without store, queue or key. After every step what the store has must be what the model has.
 */
import fc from 'fast-check'
import { pino } from 'pino'
import { expect } from 'vitest'
import { advance, start } from '../../machines/advance/advance.ts'
import {
  type Actor,
  type Advanced,
  type Command,
  type Entry,
  type Job,
  type Surroundings,
  SYSTEM,
} from '../../machines/advance/job.ts'
import { type Compiled, compile } from '../../machines/compile/compile.ts'
import { canonicalJson } from '../../machines/definition/hash.ts'
import type { Definition } from '../../machines/definition/schema.ts'
import { DEFAULT_CALENDARS } from '../../machines/time/default-calendars.ts'
import { createJobs } from '../../server/jobs/advance-job.ts'
import { createBatch } from '../../server/jobs/batch.ts'
import { JobWork } from '../../server/jobs/job-work.ts'
import type { Conditions, JobOutcome, PersonCommand } from '../../server/jobs/jobs-port.ts'
import { createOutbox } from '../../server/jobs/outbox.ts'
import { createTimers } from '../../server/jobs/timers.ts'
import { ApiProblem } from '../../server/problem-details.ts'
import type { Library } from '../../server/store/library-port.ts'
import type { JobStore } from '../../server/store/port.ts'
import { event } from '../machines/advance/fixtures.ts'
import { as } from '../machines/kit.ts'
import { build, EVENTS, type Shape, type Wiring } from '../machines/random-process.ts'
import { LEAF } from './durable/processes.ts'

const logger = pino({ level: 'silent' })
const engineer = as('engineer')
export const MONDAY = Date.UTC(2026, 2, 2, 2)
const MOST_JOBS = 4

const KINDS = [
  ...['act', 'act', 'act', 'act', 'keyed', 'keyed', 'matched', 'dry'],
  ...[
    'retry',
    'retry',
    'race',
    'twins',
    'batch',
    'create',
    'clock',
    'clock',
    'fire',
    'fire',
    'restart',
    'cut',
    'lost',
  ],
] as const
type Step = { kind: (typeof KINDS)[number]; which: number; x: number; y: number }
export const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  which: fc.nat({ max: 1000 }),
  x: fc.integer({ min: -3, max: 9 }),
  y: fc.nat({ max: 1000 }),
})

/** A random process whose first state can also start a job that ends by itself and reports back. */
export function linked(shapes: Shape[], wirings: Wiring[]): Definition {
  const definition = build(shapes, wirings)
  const first = definition.states.t0
  if (first === undefined) return definition
  first.on = {
    ...first.on,
    send: { actions: [{ type: 'startJob', params: { process: LEAF.id, link: 'leaf', onEnd: 'back' } }] },
    back: {},
  }
  const back = event(['system'], { properties: { status: { type: 'string' }, fields: { type: 'object' } } })
  const { context, events } = definition.schemas
  return { ...definition, schemas: { context, events: { ...events, send: event(['engineer']), back } } }
}

/** What a store does at the next commit: writes and does not say so, or does not write. */
type Cut = { next?: 'before' | 'after' }
const cutting = (store: JobStore, cut: Cut): JobStore =>
  new Proxy(store, {
    get: (target, name) => {
      if (name === 'commit')
        return async (commit: Parameters<JobStore['commit']>[0]) => {
          const { next } = cut
          delete cut.next
          if (next === 'before') throw new Error('cut before the commit')
          const committed = await target.commit(commit)
          if (next === 'after') throw new Error('cut after the commit')
          return committed
        }
      const found: unknown = Reflect.get(target, name)
      return typeof found === 'function' ? found.bind(target) : found
    },
  })

type Request = { job: string; command: PersonCommand; key: string }
/** An answer as whoever asked would compare it. */
type Answer = { ok: boolean; text: string; replayed?: boolean }

const answerOf = (settled: PromiseSettledResult<JobOutcome>): Answer => {
  if (settled.status === 'fulfilled') {
    const { job, entry, replayed } = settled.value
    return { ok: true, text: canonicalJson({ job, entry }), replayed }
  }
  const error: unknown = settled.reason
  if (!(error instanceof ApiProblem)) return { ok: false, text: `fault: ${error}` }
  return {
    ok: false,
    text: canonicalJson(JSON.parse(JSON.stringify({ code: error.code, ...error.extensions }))),
  }
}

class Model {
  readonly jobs = new Map<string, { job: Job; entries: Entry[]; compiled: Compiled }>()
  /** Answers by key. */
  readonly answers = new Map<string, { request: Request; text: string }>()
  /** Acknowledged, by job and seq: each must be in the feed, once and as it was answered. */
  readonly acknowledged = new Map<string, string>()
  lastChange = 0
}

export class Course {
  readonly model = new Model()
  readonly seen: Record<string, number>
  readonly #library: Library
  readonly #open: () => JobStore
  readonly #onDisk: boolean
  readonly #compiled: ReadonlyMap<string, Compiled>
  #store: JobStore
  #cut: Cut = {}
  #now = MONDAY
  #ids = 0
  #keys = 0
  #servers: ReturnType<Course['serverOn']>[] = []

  constructor(
    library: Library,
    definitions: readonly Definition[],
    open: () => JobStore,
    onDisk: boolean,
    seen: Record<string, number>,
  ) {
    this.#library = library
    this.#compiled = new Map(definitions.map((each) => [each.id, compile(each)]))
    this.#open = open
    this.#onDisk = onDisk
    this.#store = open()
    this.seen = seen
    this.#begin()
  }

  serverOn(store: JobStore) {
    const work = new JobWork({
      store,
      library: this.#library,
      now: () => this.#now,
      newId: () => `job-${this.#ids++}`,
    })
    const jobs = createJobs(work)
    const outbox = createOutbox(work, logger)
    return {
      jobs,
      outbox,
      batch: createBatch(jobs, store),
      timers: createTimers(work, () => outbox.drain(), logger),
    }
  }
  /** Two servers' worth of use cases on one store, each with queues and keys in flight of its own. */
  #begin(): void {
    this.#cut = {}
    this.#servers = [0, 1].map(() => this.serverOn(cutting(this.#store, this.#cut)))
  }
  #server(at = 0) {
    const found = this.#servers[at]
    if (found === undefined) throw new Error('no server')
    return found
  }
  async restart(): Promise<void> {
    const before = await this.#everything()
    if (this.#onDisk) {
      await this.#store.close()
      this.#store = this.#open()
    }
    this.#begin()
    expect(await this.#everything()).toBe(before)
  }
  async #everything(): Promise<string> {
    const jobs = await Promise.all([...this.model.jobs.keys()].map((id) => this.#store.load(id)))
    return canonicalJson([jobs, await this.#store.lastChangeId(), (await this.#store.nextDue()) ?? null])
  }
  close(): Promise<void> {
    return this.#store.close()
  }

  async take({ kind, which, x, y }: Step): Promise<void> {
    const id = [...this.model.jobs.keys()][which % Math.max(1, this.model.jobs.size)]
    if (id === undefined || (kind === 'create' && this.model.jobs.size < MOST_JOBS)) return this.create(y)
    const command = this.#command(id, y, x)
    const seq = this.#seq(id)
    switch (kind) {
      case 'act':
        return this.#expectOne(id, command, await this.#ask(0, id, command, {}))
      case 'matched': {
        const wrong = y % 3 === 0
        const answer = await this.#ask(0, id, command, {
          ifMatch: wrong ? seq + (y % 2 === 0 ? 1 : -1) : seq,
        })
        if (wrong) return expect(JSON.parse(answer.text).code).toBe('precondition-failed')
        return this.#expectOne(id, command, answer)
      }
      case 'dry':
        await this.#ask(0, id, command, { dryRun: true }, false)
        return
      case 'keyed':
        await this.#keyed({ job: id, command, key: `k${this.#keys++}` })
        return
      case 'retry':
        return this.#retry(which, y)
      case 'race':
        return this.#race(id, seq, [command, this.#command(id, y + 1, x)])
      case 'twins':
        return this.#twins({ job: id, command, key: `k${this.#keys++}` })
      case 'batch':
        return this.#batch(which, x, y)
      case 'clock':
        this.#now += [1, 400, 61_000, 3_600_000, 86_400_000, 400_000_000][y % 6] ?? 0
        return
      case 'fire':
        return this.#fire(y % 2)
      case 'restart':
        return this.restart()
      case 'cut':
      case 'lost':
        return this.#cutOff(
          { job: id, command, key: `k${this.#keys++}` },
          kind === 'cut' ? 'before' : 'after',
        )
      default:
    }
  }

  async create(y: number): Promise<void> {
    const conditions = y % 2 === 0 ? {} : { idempotency: { key: `k${this.#keys++}`, fingerprint: 'create' } }
    const { jobs } = this.#server(y % 2)
    const [made] = await Promise.allSettled([jobs.create({ process: 'fuzz' }, engineer, conditions)])
    if (made.status === 'fulfilled') return this.#acknowledge(answerOf(made))
    // A process that goes round in circles at once starts no job.
    if (!(made.reason instanceof ApiProblem)) throw made.reason
  }

  #command(id: string, y: number, x: number): PersonCommand {
    const job = this.model.jobs.get(id)
    const items = [...JSON.stringify(job?.compiled.definition.states ?? {}).matchAll(/"id":"(i\d+)"/g)].map(
      ([, item]) => item ?? '',
    )
    const item = items[y % Math.max(1, items.length)]
    const kind = y % 12
    if (kind < 6) return { kind: 'event', type: EVENTS[(y >> 3) % EVENTS.length] ?? 'e0', payload: { x } }
    if (kind < 8) return { kind: 'event', type: 'send', payload: {} }
    if (item !== undefined && kind < 10) return { kind: kind === 8 ? 'tick' : 'untick', item }
    if (kind === 10)
      return {
        kind: 'correct',
        fields: { m: x, at: new Date(MONDAY + x * 3_600_000).toISOString() },
        reason: 'random',
      }
    return { kind: 'note', text: `${y}` }
  }

  async #ask(
    server: number,
    job: string,
    command: PersonCommand,
    conditions: Conditions,
    kept = true,
  ): Promise<Answer> {
    const [settled] = await Promise.allSettled([
      this.#server(server).jobs.act(job, command, engineer, conditions),
    ])
    const answer = answerOf(settled)
    if (kept && answer.replayed === false) this.#acknowledge(answer)
    return answer
  }
  #acknowledge(answer: Answer): void {
    const { entry } = JSON.parse(answer.text)
    this.model.acknowledged.set(`${entry.job} ${entry.seq}`, canonicalJson(entry))
  }

  /** One asks, nobody else does: the plain engine says what must come of it. */
  #expectOne(id: string, command: PersonCommand, answer: Answer): void {
    const told = this.#told(id, command, engineer)
    this.#count(told.ok ? 'accepted' : 'refused')
    if (told.ok) expect(canonicalJson(JSON.parse(answer.text).entry)).toBe(canonicalJson(told.entry))
    else expect(JSON.parse(answer.text)).toMatchObject({ code: told.refusal.code })
  }
  #told(id: string, command: Command, actor: Actor): Advanced {
    const known = this.model.jobs.get(id)
    if (known === undefined) throw new Error(`no job ${id}`)
    return advance(known.compiled, known.job, command, {
      now: this.#now,
      actor,
      calendars: DEFAULT_CALENDARS,
    })
  }

  async #keyed(request: Request): Promise<Answer> {
    const { job, command, key } = request
    const answer = await this.#ask(0, job, command, {
      idempotency: { key, fingerprint: canonicalJson(command) },
    })
    this.model.answers.set(key, { request, text: answer.text })
    return answer
  }
  /** The same again is answered as before, whatever became of the job; another with its key is refused. Both change nothing. */
  async #retry(which: number, y: number): Promise<void> {
    const known = [...this.model.answers.values()][which % Math.max(1, this.model.answers.size)]
    if (known === undefined) return
    const { job, command, key } = known.request
    const before = await this.#store.lastChangeId()
    const other = y % 3 === 0
    const fingerprint = other ? 'another' : canonicalJson(command)
    const answer = await this.#ask(y % 2, job, command, { idempotency: { key, fingerprint } })
    if (other) expect(JSON.parse(answer.text).code).toBe('idempotency-mismatch')
    else expect(answer.text).toBe(known.text)
    if (answer.ok) expect(answer.replayed).toBe(true)
    expect(await this.#store.lastChangeId()).toBe(before)
    this.#count('replayed')
  }

  /** Two at once with one `If-Match`, each on a server of its own. */
  async #race(id: string, seq: number, commands: readonly PersonCommand[]): Promise<void> {
    const answers = await Promise.all(
      commands.map((command, at) => this.#ask(at, id, command, { ifMatch: seq })),
    )
    const won = answers.filter(({ ok }) => ok)
    expect(won.length).toBeLessThanOrEqual(1)
    if (won.length === 1) this.#count('raced')
  }
  /** The same request twice at once: one is told to wait, and finds the other's answer when he asks again. */
  async #twins(request: Request): Promise<void> {
    const { job, command, key } = request
    const idempotency = { key, fingerprint: canonicalJson(command) }
    const [first, second] = await Promise.all([0, 0].map(() => this.#ask(0, job, command, { idempotency })))
    expect(second?.text).toContain('"idempotency-in-progress"')
    const again = await this.#keyed(request)
    expect(again.text).toBe(first?.text)
    this.#count('twins')
  }

  async #batch(which: number, x: number, y: number): Promise<void> {
    const ids = [...this.model.jobs.keys()]
    const acts = Array.from({ length: 2 + (y % 4) }, (_, at) => {
      const job = ids[(which + at * (y % 3)) % ids.length] ?? ''
      return { job, act: { kind: 'note' as const, text: `${x} ${at}` } }
    })
    const asker = { ...engineer, roles: ['administrator' as const, ...engineer.roles] }
    const results = await this.#server().batch.act(acts, asker, {})
    expect(results.length).toBe(acts.length)
    const last = new Map<string, number>()
    for (const [at, result] of results.entries()) {
      if ('error' in result) {
        expect(result.error).toBeInstanceOf(ApiProblem)
        continue
      }
      const { entry } = result.outcome
      expect([entry.job, entry.command]).toEqual([acts[at]?.job, acts[at]?.act])
      expect(entry.seq).toBeGreaterThan(last.get(entry.job) ?? 0)
      last.set(entry.job, entry.seq)
      this.#acknowledge(answerOf({ status: 'fulfilled', value: result.outcome }))
      this.#count('batched')
    }
  }

  /** Fires and carries all that is due; what then still is due is what the engine refuses. */
  async #fire(server: number): Promise<void> {
    const { timers, outbox } = this.#server(server)
    for (let round = 0; round < 3; round++) {
      const fired = await timers.fireDue()
      this.seen.fired = (this.seen.fired ?? 0) + fired
      await outbox.drain()
      if (fired === 0) break
    }
    await this.look()
    const at = new Date(this.#now).toISOString()
    for (const { job, timer } of await this.#store.dueTimers(at, 20)) {
      // Due as it was armed, again and again: it waits.
      if (timer.dueAt <= timer.armedAt) continue
      const told = this.#told(job, { kind: 'timer', token: timer.token }, SYSTEM)
      expect(told.ok).toBe(false)
    }
    expect(await this.#store.outboxDue(at, 10)).toEqual([])
  }

  /** The server dies at the commit; who asked asks again, of the next one. */
  async #cutOff(request: Request, when: 'before' | 'after'): Promise<void> {
    const before = this.#seq(request.job)
    this.#cut.next = when
    const { job, command, key } = request
    const first = await this.#ask(
      0,
      job,
      command,
      { idempotency: { key, fingerprint: canonicalJson(command) } },
      false,
    )
    const reached = this.#cut.next === undefined
    await this.look()
    const between = this.#seq(job) - before
    expect(between).toBe(reached && when === 'after' ? 1 : 0)
    await this.restart()
    const answer = await this.#keyed(request)
    if (!reached) return expect(answer.text).toBe(first.text)
    expect([answer.ok, answer.replayed]).toEqual([true, when === 'after'])
    this.#count(when === 'after' ? 'lost' : 'cut')
  }
  #seq(id: string): number {
    return this.model.jobs.get(id)?.job.seq ?? 0
  }
  #count(what: string): void {
    this.seen[what] = (this.seen[what] ?? 0) + 1
  }

  /** Everything new in the feed through the plain engine: it must come to the same entries and jobs. */
  async look(): Promise<void> {
    const { model } = this
    const changed = new Set<string>()
    for (const { id, entry, process, version } of await this.#store.changes(model.lastChange, 1000)) {
      expect(id).toBeGreaterThan(model.lastChange)
      model.lastChange = id
      const compiled = this.#compiled.get(process)
      if (compiled === undefined || version !== 1) throw new Error(`${process} version ${version}`)
      const known = model.jobs.get(entry.job)
      expect([entry.job, entry.seq]).toEqual([entry.job, (known?.job.seq ?? 0) + 1])
      const surroundings = { now: Date.parse(entry.at), actor: entry.actor, calendars: DEFAULT_CALENDARS }
      expect(surroundings.now).toBeLessThanOrEqual(this.#now)
      const told =
        known === undefined
          ? this.#begun(compiled, entry, surroundings)
          : advance(compiled, known.job, entry.command, surroundings)
      if (!told.ok)
        throw new Error(`${entry.job} ${entry.seq}: the plain engine refuses: ${told.refusal.code}`)
      expect(canonicalJson(told.entry)).toBe(canonicalJson(entry))
      model.jobs.set(entry.job, { job: told.job, entries: [...(known?.entries ?? []), entry], compiled })
      const place = `${entry.job} ${entry.seq}`
      const said = model.acknowledged.get(place)
      if (said !== undefined) expect(canonicalJson(entry)).toBe(said)
      model.acknowledged.delete(place)
      changed.add(entry.job)
    }
    // What was acknowledged is there.
    expect([...model.acknowledged.keys()]).toEqual([])
    for (const id of changed)
      expect(canonicalJson(await this.#store.load(id))).toBe(canonicalJson(model.jobs.get(id)?.job))
    expect(await this.#store.lastChangeId()).toBe(model.lastChange)
  }
  #begun(compiled: Compiled, { job: id, command }: Entry, surroundings: Surroundings) {
    if (command.kind !== 'start') throw new Error(`${id} begins with ${command.kind}`)
    const { fields, parent } = command
    return start(
      compiled,
      { id, version: 1, fields, ...(parent === undefined ? {} : { parent }) },
      surroundings,
    )
  }

  /** At the end: every history whole, and its job as it stands. */
  async conclude(): Promise<void> {
    await this.#fire(0)
    await this.restart()
    for (const [id, { entries, job }] of this.model.jobs) {
      expect(canonicalJson(await this.#store.history(id, 0, 1000))).toBe(canonicalJson(entries))
      expect(canonicalJson(await this.#store.load(id))).toBe(canonicalJson(job))
    }
  }
}
