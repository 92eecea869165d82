/**
 * Plays the courses of a sample day through the use cases that the API uses, on a clock of its own that runs up to now.
 *
 * Promises: every change is the engine's, at the time the course says, timers between them; nothing but the play's own store
 * is written, and what it wrote is given back in order. A step that the process does not take (an organisation may have changed it)
 * ends the course there: the job stays in that stage.
 * Must not: know what the courses are about, or read a clock.
 */
import type { Actor, Evidence } from '../../machines/advance/job.ts'
import { SAMPLE_MARK } from '../../machines/advance/sample.ts'
import type { OpenItem } from '../../machines/wire/jobs.ts'
import { createJobs } from '../jobs/advance-job.ts'
import { JobWork } from '../jobs/job-work.ts'
import type { JobsPort, PersonCommand } from '../jobs/jobs-port.ts'
import { createOutbox, type Log } from '../jobs/outbox.ts'
import { createTimers } from '../jobs/timers.ts'
import { ApiProblem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'
import type { Commit, JobStore } from '../store/port.ts'
import { PARTS, type Part } from './cast.ts'
import { type Course, contentOf, type Step } from './course.ts'

const MINUTE_MS = 60_000

export type Play = {
  library: Library
  /** Empty, and thrown away after the play. */
  store: JobStore
  cast: ReadonlyMap<Part, Actor>
  courses: readonly Course[]
  /** Epoch milliseconds: where the play ends. */
  now: number
  /** The picture that stands for photos. */
  photo: string
  log: Log
}
/** `stopped`: courses that went no further, and why. */
export type Played = { commits: Commit[]; stopped: string[] }

type Due = { at: number; course: number; run(): Promise<void> }

export async function play(given: Play): Promise<Played> {
  const { courses, now, log } = given
  let at = now
  let jobs = 0
  const commits: Commit[] = []
  const store = recording(given.store, commits)
  // The same day makes the same ids; another day others, so that nobody takes the one for the other.
  const stem = `${SAMPLE_MARK}${Math.floor(now / 1000).toString(36)}-`
  const work = new JobWork({
    store,
    library: given.library,
    now: () => at,
    newId: () => `${stem}${String(++jobs).padStart(2, '0')}`,
  })
  const port = createJobs(work)
  const outbox = createOutbox(work, log)
  const timers = createTimers(work, () => outbox.drain(), log)
  const setNow = (ms: number) => {
    at = ms
  }

  const stopped: string[] = []
  const players = courses.map((course) => new Player(course, port, given))
  const due = courses.flatMap((course, index) => dueSteps(course, index, now, players[index]))
  due.sort((a, b) => a.at - b.at || a.course - b.course)
  at = due[0]?.at ?? now
  for (const step of due) {
    if (step.at > now) continue
    await timers.runUntil(step.at, setNow)
    const course = courses[step.course]
    try {
      await step.run()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      stopped.push(`${course?.process}: ${error.code} ${JSON.stringify(error.extensions)}`)
    }
  }
  await timers.runUntil(now, setNow)
  return { commits, stopped }
}

/** The course as moments: its beginning, then each step. */
function dueSteps(course: Course, index: number, now: number, player: Player | undefined): Due[] {
  if (player === undefined) return []
  let at = now - course.ago * MINUTE_MS
  const first: Due = { at, course: index, run: () => player.begin() }
  return [
    first,
    ...course.steps.map((step): Due => {
      at += step.after * MINUTE_MS
      return { at, course: index, run: () => player.take(step) }
    }),
  ]
}

/** One job on its way. */
class Player {
  readonly #course: Course
  readonly #port: JobsPort
  readonly #play: Play
  #job: string | undefined

  constructor(course: Course, port: JobsPort, given: Play) {
    this.#course = course
    this.#port = port
    this.#play = given
  }

  async begin(): Promise<void> {
    const { process, by, fields } = this.#course
    const body = { process, fields: contentOf(fields, this.#moment) }
    const { job } = await this.#port.create(body, this.#actor(by), {})
    this.#job = job.id
  }

  /** A course that broke off is not gone on with. */
  async take(step: Step): Promise<void> {
    const job = this.#job
    if (job === undefined) return
    try {
      await this.#do(job, step)
    } catch (error) {
      this.#job = undefined
      if (error instanceof ApiProblem && 'event' in step)
        throw new ApiProblem(error.code, { ...error.extensions, event: step.event })
      throw error
    }
  }

  async #do(job: string, step: Step): Promise<void> {
    const actor = this.#actor(step.by)
    if (!('event' in step)) {
      await this.#act(job, commandOf(step), actor)
      return
    }
    await this.#tickAll(job, actor)
    const payload = contentOf(step.payload, this.#moment)
    const sender = await this.#whoMay(job, step.event, step.by)
    await this.#act(job, { kind: 'event', type: step.event, payload }, sender)
  }

  /** Everything required that stands open, by whoever may. */
  async #tickAll(job: string, first: Actor): Promise<void> {
    const { items } = await this.#port.get(job, first)
    for (const item of items) {
      if (!item.required || item.done) continue
      const evidence = this.#evidence(item)
      const command: PersonCommand = {
        kind: 'tick',
        item: item.id,
        ...(evidence === undefined ? {} : { evidence }),
      }
      await this.#act(job, command, this.#ticker(item, first))
    }
  }

  #ticker(item: OpenItem, first: Actor): Actor {
    const may = (actor: Actor) =>
      item.roles.length === 0 || actor.roles.some((role) => item.roles.includes(role))
    return [first, ...this.#play.cast.values()].find(may) ?? first
  }

  #evidence({ evidence }: OpenItem): Evidence | undefined {
    switch (evidence) {
      case 'text':
        return { kind: 'text', text: '已确认 Confirmed' }
      case 'number':
        return { kind: 'number', number: 1 }
      case 'photo':
        return { kind: 'photo', file: this.#play.photo }
      case 'signature':
        return { kind: 'signature', signedBy: '客户本人' }
      case 'serial':
        return { kind: 'serial', text: 'SN-PC-20391' }
      default:
        return undefined
    }
  }

  /** The one the course names where the process lets him, else the first it does let: at night the engineer has the telephone. */
  async #whoMay(job: string, event: string, by: Part): Promise<Actor> {
    for (const part of [by, ...PARTS.filter((part) => part !== by)]) {
      const actor = this.#actor(part)
      const { allowed } = await this.#port.get(job, actor)
      if (allowed.some(({ type, open }) => type === event && open)) return actor
    }
    return this.#actor(by)
  }

  #act(job: string, command: PersonCommand, actor: Actor) {
    return this.#port.act(job, command, actor, {})
  }

  #actor(part: Part): Actor {
    const actor = this.#play.cast.get(part)
    if (actor === undefined) throw new TypeError(`the cast has no ${part}`)
    return actor
  }

  #moment = (minutes: number): string => new Date(this.#play.now + minutes * MINUTE_MS).toISOString()
}

function commandOf(step: Exclude<Step, { event: string }>): PersonCommand {
  if ('rate' in step) return { kind: 'rate', score: step.rate, comment: step.comment }
  if ('complain' in step) return { kind: 'complain', text: step.complain }
  if ('suspend' in step) return { kind: 'suspend', reason: step.suspend }
  return { kind: 'reportBreach', norm: step.breach, severity: 'minor', note: step.note }
}

/** The store, with every commit noted. */
const recording = (store: JobStore, commits: Commit[]): JobStore =>
  new Proxy(store, {
    get(target, name) {
      if (name === 'commit')
        return async (commit: Commit) => {
          const done = await target.commit(commit)
          commits.push(structuredClone(commit))
          return done
        }
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
