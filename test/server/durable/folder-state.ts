/**
 * A data folder's jobs as they stand, held against what must be true of them whenever anybody looks.
 *
 * Promises: one consistent view, also of a folder that a server is working on; nothing is written. What was looked at
 * before is compared, not read anew, so that looking often stays cheap.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Effect, Entry, Job } from '../../../machines/advance/job.ts'
import { replay } from '../../../machines/advance/replay.ts'
import { compiled } from '../../../machines/compile/compile.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import type { Try } from './kill-clients.ts'

type Known = { entries: Entry[]; json: string; seq: number }
type Place = { job: string; seq: number }

const parseEntry = (json: string): Entry => JSON.parse(json)
const parseJob = (json: string): Job => JSON.parse(json)
type Message = Extract<Effect, { type: 'signal' | 'linkEnded' }>

export class FolderState {
  readonly #file: string
  readonly #definitions: ReadonlyMap<string, Definition>
  readonly #jobs = new Map<string, Known>()
  /** Where each mark stands in the histories. */
  readonly #marks = new Map<string, Place[]>()
  #change = 0
  #outbox = new Set<string>()
  #notices = new Set<string>()
  #next = new Map<string, string>()
  #faults: string[] = []

  constructor(folder: string, definitions: readonly Definition[]) {
    this.#file = join(folder, 'jobs.sqlite')
    this.#definitions = new Map(definitions.map((each) => [each.id, each]))
  }

  get entries(): number {
    return this.#change
  }

  /** Looks again. Returns what is wrong, in words; nothing where all is well. */
  look(ledger: readonly Try[]): string[] {
    this.#faults = []
    const changed = this.#read()
    for (const id of changed) this.#checkJob(id)
    this.#checkMessages()
    for (const tried of ledger) this.#checkTry(tried)
    return this.#faults
  }

  /** Timers and messages that were due before this moment and are still there. */
  waiting(before: string): number {
    return this.#inside((db) => {
      const timers = db.prepare('SELECT count(*) AS n FROM jobs WHERE timer_at < ?').get(before)
      const items = db.prepare('SELECT count(*) AS n FROM outbox WHERE not_before < ?').get(before)
      return Number(timers?.n) + Number(items?.n)
    })
  }

  #inside<T>(read: (db: DatabaseSync) => T): T {
    const db = new DatabaseSync(this.#file, { readOnly: true, timeout: 5000 })
    try {
      db.exec('BEGIN')
      return read(db)
    } finally {
      db.close()
    }
  }

  /** The ids of jobs that changed. */
  #read(): Set<string> {
    return this.#inside((db) => {
      const changed = new Set<string>()
      const added = db
        .prepare(
          'SELECT change, jobs.id AS id, entry FROM history JOIN jobs ON jobs.row = history.job WHERE change > ? ORDER BY change',
        )
        .all(this.#change)
      for (const row of added) {
        this.#change = Number(row.change)
        this.#take(String(row.id), parseEntry(String(row.entry)))
        changed.add(String(row.id))
      }
      for (const row of db.prepare('SELECT id, seq, job FROM jobs').all()) {
        const known = this.#jobs.get(String(row.id))
        if (known === undefined) this.#faults.push(`${row.id} has no history`)
        else if (changed.has(String(row.id))) Object.assign(known, { json: row.job, seq: Number(row.seq) })
        else if (known.json !== row.job) this.#faults.push(`${row.id} changed without an entry`)
      }
      const ids = (sql: string) =>
        new Set(
          db
            .prepare(sql)
            .all()
            .map(({ id }) => String(id)),
        )
      this.#outbox = ids('SELECT id FROM outbox')
      this.#notices = ids('SELECT id FROM notices')
      const timers = db.prepare('SELECT id, timer_token FROM jobs WHERE timer_at IS NOT NULL').all()
      this.#next = new Map(timers.map(({ id, timer_token: token }) => [String(id), String(token)]))
      return changed
    })
  }

  #take(id: string, entry: Entry): void {
    const known = this.#jobs.get(id) ?? { entries: [], json: '', seq: 0 }
    known.entries.push(entry)
    this.#jobs.set(id, known)
    const { command } = entry
    const data =
      command.kind === 'event' ? command.payload : command.kind === 'start' ? command.fields : undefined
    const mark = data?.mark
    if (typeof mark === 'string')
      this.#marks.set(mark, [...(this.#marks.get(mark) ?? []), { job: id, seq: entry.seq }])
  }

  /** E2, E4 and E5. */
  #checkJob(id: string): void {
    const known = this.#jobs.get(id)
    if (known === undefined) return
    const { entries, json, seq } = known
    if (entries.some((entry, at) => entry.seq !== at + 1) || seq !== entries.length)
      return void this.#faults.push(
        `${id} is at seq ${seq}, its history has ${entries.map((entry) => entry.seq)}`,
      )
    const job = parseJob(json)
    const definition = this.#definitions.get(job.process)
    const again = replay(
      () => definition && compiled(definition),
      1,
      entries,
      () => DEFAULT_CALENDARS,
    )
    if (!again.ok) this.#faults.push(`${id} cannot be replayed: seq ${again.seq}, ${again.why}`)
    else if (JSON.stringify(again.job) !== json) this.#faults.push(`${id} replays to another snapshot`)
    this.#checkTimers(id, job, entries)
  }

  #checkTimers(id: string, job: Job, entries: readonly Entry[]): void {
    const over = new Set<string>()
    const end = (token: string) => {
      if (over.has(token)) this.#faults.push(`timer ${token} of ${id} ended twice`)
      over.add(token)
    }
    for (const { command, cancelled } of entries) {
      // Fired by its own entry; the state that it leaves then cancels the others.
      if (command.kind === 'timer') end(command.token)
      for (const token of cancelled) if (command.kind !== 'timer' || token !== command.token) end(token)
    }
    const armed = entries.flatMap((entry) => entry.armed.map(({ token }) => token))
    const open = job.status === 'active' ? armed.filter((token) => !over.has(token)) : []
    const has = job.timers.filter(({ fired }) => !fired).sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
    const kept = job.status === 'active' ? has.map(({ token }) => token) : []
    if (open.sort().join() !== [...kept].sort().join())
      this.#faults.push(`${id} should have timers ${open}, it has ${kept}`)
    const first = has.filter(({ dueAt }) => dueAt === has[0]?.dueAt).map(({ token }) => token)
    if (this.#next.get(id) !== (kept.length === 0 ? undefined : first.sort()[0]))
      this.#faults.push(`${id} is filed under timer ${this.#next.get(id)}, the next are ${first}`)
  }

  /** E3 and E6: a message has arrived once, or is still on its way; a started job is there. */
  #checkMessages(): void {
    const arrived = new Map<string, number>()
    for (const [id, { entries }] of this.#jobs)
      for (const { command } of entries)
        if (command.kind === 'linkEnded') {
          const name = `${command.job} ${id}`
          arrived.set(name, (arrived.get(name) ?? 0) + 1)
        }
    for (const { entries } of this.#jobs.values())
      for (const { effects } of entries) for (const effect of effects) this.#checkEffect(effect, arrived)
  }

  #checkEffect(effect: Effect, arrived: ReadonlyMap<string, number>): void {
    if (effect.type === 'startJob') {
      if (!this.#jobs.has(effect.job)) this.#faults.push(`${effect.job} was started and is not there`)
      return
    }
    const here = Number(this.#outbox.has(effect.id))
    const there = isMessage(effect)
      ? (arrived.get(`${effect.type === 'linkEnded' ? effect.ended : ''} ${effect.job}`) ?? 0)
      : Number(this.#notices.has(effect.id))
    if (here + there !== 1)
      this.#faults.push(`message ${effect.id} is in the outbox ${here} times and arrived ${there} times`)
  }

  /** E1: what was acknowledged is there once, what was refused is not, what had no answer at most once. */
  #checkTry({ mark, job, ifMatch, answer }: Try): void {
    const places = this.#marks.get(mark) ?? []
    const said = `${mark}, answered ${answer === undefined ? 'not at all' : `${answer.status} at seq ${answer.seq}`},`
    if (places.length > 1) this.#faults.push(`${said} is there ${places.length} times`)
    const [place] = places
    if (place !== undefined && job !== undefined && ifMatch !== undefined && place.seq !== ifMatch + 1)
      this.#faults.push(`${said} stands at seq ${place.seq} in spite of If-Match ${ifMatch}`)
    if (answer === undefined) return
    const accepted = answer.status === 200 || answer.status === 201
    if (!accepted && answer.status !== 412) this.#faults.push(`${said} was not expected`)
    if (!accepted && place !== undefined) this.#faults.push(`${said} is there all the same`)
    if (accepted && (place?.seq !== answer.seq || place?.job !== answer.job))
      this.#faults.push(`${said} is ${place === undefined ? 'lost' : `at seq ${place.seq} of ${place.job}`}`)
  }
}

const isMessage = (effect: Effect): effect is Message =>
  effect.type === 'signal' || effect.type === 'linkEnded'
