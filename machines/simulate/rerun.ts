/**
 * A real job done over again by another definition: the commands of its history, each at its time by the same person, through the
 * same `advance`, with the other definition's own timers between them.
 *
 * Promises: pure and deterministic; the definition that the job ran on gives the job's own course; a refusal is told and what came
 * after it is tried all the same, as people would have; nothing is thrown for a history that does not fit.
 * Must not: touch the job, start the jobs that it would start, or judge which outcome is better.
 */
import { advance, start } from '../advance/advance.ts'
import {
  type Advanced,
  type Breach,
  type Certificate,
  type Command,
  type Entry,
  type Job,
  type Refusal,
  type Surroundings,
  SYSTEM,
  type Timer,
} from '../advance/job.ts'
import type { Compiled } from '../compile/compile.ts'
import { plain } from '../compile/reasons.ts'
import type { CalendarSet } from '../time/calendar.ts'
import { fitted, Linked } from './rerun-command.ts'
import {
  type Barred,
  breachChanges,
  deadlineChanges,
  type Outcome,
  type Stand,
  sameEnd,
  type Unknown,
  verdictOf,
} from './rerun-outcome.ts'
import { type Firing, RerunTimers } from './rerun-timers.ts'

/** What is needed of a line of a history. */
export type Past = Pick<
  Entry,
  | 'job'
  | 'seq'
  | 'at'
  | 'actor'
  | 'people'
  | 'calendars'
  | 'command'
  | 'active'
  | 'status'
  | 'breaches'
  | 'armed'
  | 'cancelled'
  | 'effects'
>
export type Rerun = {
  /** What the job is sent through: valid. */
  compiled: Compiled
  version: number
  /** The whole history, from seq 1 without a gap. */
  entries: readonly Past[]
  /** The calendars that were in force, by their hash. */
  calendars(hash: string): CalendarSet
}

/** More are counted. */
const BARRED_SHOWN = 5
/** A definition whose timers fire one after the other without end is stopped here, and where a history is long, later. */
const MOST_TIMERS = 500
const TIMERS_AN_ENTRY = 4
/** How far a job is followed that a timer ended and another definition lets wait longer. */
const MOST_AFTER = 30

export function rerun(given: Rerun): Outcome {
  const course = new Course(given)
  for (const [index, entry] of given.entries.entries()) {
    while (course.fireBefore(index, entry));
    course.send(entry)
  }
  while (course.fireAfter());
  return course.outcome()
}

class Course {
  readonly #given: Rerun
  readonly #timers: RerunTimers
  readonly #linked: Linked
  readonly #people: Record<string, Certificate[]>
  readonly #was: Stand
  #job: Job | undefined
  #active: string[] = []
  #endedAt: string | undefined
  #calendars: CalendarSet
  #fired = 0
  #firedAfter = 0
  readonly #armed: Timer[] = []
  readonly #barred: Barred[] = []
  readonly #unknown = new Map<string, Unknown>()

  constructor(given: Rerun) {
    const { entries, calendars } = given
    this.#given = given
    this.#timers = new RerunTimers(entries)
    this.#linked = new Linked(entries)
    this.#people = everyone(entries)
    this.#was = stoodAt(entries)
    this.#calendars = calendars(entries[0]?.calendars ?? '')
  }

  /** Whether a timer fired that comes before this entry of the history. */
  fireBefore(index: number, { at, calendars }: Past): boolean {
    this.#calendars = this.#given.calendars(calendars)
    return this.#fire(Date.parse(at), index)
  }

  /** The job that a timer ended goes on until one of the other definition ends it, too. */
  fireAfter(): boolean {
    const { entries } = this.#given
    const last = entries.at(-1)
    if (last === undefined || this.#job?.status !== 'active') return false
    if (this.#fire(Date.parse(last.at))) return true
    const ending = entries.find(({ status }) => status !== 'active')
    if (ending?.command.kind !== 'timer' || this.#firedAfter >= MOST_AFTER) return false
    this.#firedAfter += 1
    return this.#fire(Number.POSITIVE_INFINITY)
  }

  #fire(until: number, index?: number): boolean {
    const job = this.#job
    const most = MOST_TIMERS + TIMERS_AN_ENTRY * this.#given.entries.length
    if (job?.status !== 'active' || this.#fired >= most) return false
    const firing = this.#timers.next(job, until, index)
    if (firing === undefined) return false
    this.#fired += 1
    const { token, delay } = firing.timer
    const surroundings = this.#surroundings(firing.moment, SYSTEM, this.#people)
    const advanced = safely(() => advance(this.#given.compiled, job, { kind: 'timer', token }, surroundings))
    if (advanced.ok) this.#timers.done(firing)
    else {
      this.#timers.isBroken(firing)
      this.#bar({ ...this.#placeOf(firing), did: 'timer', name: delay }, advanced.refusal)
    }
    this.#take(advanced)
    return true
  }

  #placeOf({ index, moment }: Firing): Pick<Barred, 'seq' | 'at'> {
    return { seq: this.#given.entries[Math.floor(index)]?.seq ?? 0, at: new Date(moment).toISOString() }
  }

  /** What was done then, done again. */
  send(entry: Past): void {
    const { command, unknown } = fitted(this.#given.compiled, entry.command, this.#linked.jobOf)
    for (const each of unknown) this.#tell(each)
    if (command === undefined) return
    const advanced = this.#do(entry, command)
    if (advanced === undefined) return
    this.#take(advanced)
    if (!advanced.ok) this.#refused(entry, command, advanced.refusal)
  }

  #do(entry: Past, command: Command): Advanced | undefined {
    const { compiled, version } = this.#given
    const people = { ...this.#people, ...entry.people }
    const surroundings = this.#surroundings(Date.parse(entry.at), entry.actor, people)
    const job = this.#job
    if (command.kind === 'start')
      return safely(() => start(compiled, { id: entry.job, version, ...command }, surroundings))
    return job === undefined ? undefined : safely(() => advance(compiled, job, command, surroundings))
  }

  #surroundings(
    now: number,
    actor: Surroundings['actor'],
    people: Record<string, Certificate[]>,
  ): Surroundings {
    return { now, actor, people, calendars: this.#calendars }
  }

  #take(advanced: Advanced): void {
    if (!advanced.ok) return
    const { job, entry } = advanced
    this.#job = job
    this.#active = entry.active
    this.#linked.note(entry)
    this.#armed.push(...entry.armed)
    if (job.status !== 'active') this.#endedAt ??= entry.at
  }

  #refused(entry: Past, command: Command, refusal: Refusal): void {
    // Nobody is held up by an item that is not to be ticked; what it was needed for would be barred itself.
    if (command.kind === 'tick' || command.kind === 'untick') return
    const isOverAlready = refusal.code === 'job-over' && this.#barred.some(({ code }) => code === 'job-over')
    if (isOverAlready) return
    const name = command.kind === 'event' ? { name: command.type } : {}
    this.#bar({ seq: entry.seq, at: entry.at, did: command.kind, ...name }, refusal)
  }

  #bar(what: Omit<Barred, 'code' | 'reasons'>, { code, reasons }: Refusal): void {
    // What the expressions saw are the job's own values; whoever wants them opens the job.
    this.#barred.push({ ...what, code, reasons: reasons.map(({ values: _values, ...reason }) => reason) })
  }

  #tell(unknown: Unknown): void {
    const name = unknown.what === 'link' ? this.#linked.nameOf(unknown.name) : unknown.name
    this.#unknown.set(`${unknown.what}\n${name}`, { ...unknown, name })
  }

  outcome(): Outcome {
    const { entries } = this.#given
    const job = this.#job
    const was = this.#was
    const is: Stand | undefined =
      job === undefined
        ? undefined
        : {
            status: job.status,
            active: this.#active,
            ...(this.#endedAt === undefined ? {} : { endedAt: this.#endedAt }),
          }
    const stopped = sameEnd(was, is) ? undefined : this.#barred[0]?.at
    const broken: Breach[] = entries.flatMap(({ breaches }) => breaches)
    const told: Omit<Outcome, 'verdict'> = {
      job: entries[0]?.job ?? '',
      was,
      ...(is === undefined ? {} : { is }),
      barred: this.#barred.slice(0, BARRED_SHOWN),
      barredMore: Math.max(0, this.#barred.length - BARRED_SHOWN),
      breaches: breachChanges(broken, job?.breaches ?? [], stopped),
      deadlines: deadlineChanges(
        entries.flatMap(({ armed }) => armed),
        this.#armed,
      ),
      unknown: [...this.#unknown.values()],
    }
    return { ...told, verdict: verdictOf(told) }
  }
}

/** A history may hold what no job of the other definition ever would. */
function safely(run: () => Advanced): Advanced {
  try {
    return run()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const reasons = [plain('broke', `The process breaks here: ${why}`, `流程在此处出错：${why}`)]
    return { ok: false, refusal: { code: 'assign-failed', reasons } }
  }
}

/** Certificates of all whom the history knows: another definition may ask for somebody else's. */
function everyone(entries: readonly Past[]): Record<string, Certificate[]> {
  const people: Record<string, Certificate[]> = {}
  for (const { actor, people: named = {} } of entries) {
    if (actor.certificates !== undefined) people[actor.id] ??= actor.certificates
    Object.assign(people, named)
  }
  return people
}

function stoodAt(entries: readonly Past[]): Stand {
  const last = entries.at(-1)
  const ending = entries.find(({ status }) => status !== 'active')
  return {
    status: last?.status ?? 'active',
    active: last?.active ?? [],
    ...(ending === undefined ? {} : { endedAt: ending.at }),
  }
}
