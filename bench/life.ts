/**
 * The life of a process and the norm report over 100,000 jobs of three months: each answer within 300 ms.
 *
 * Prints each answer's time as a ratio to that limit, for these machines are noisy. `node bench/life.ts [jobs]`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Entry, type Job, SYSTEM } from '../machines/advance/job.ts'
import { NORMS } from '../machines/norms.ts'
import type { NormFact, Trace } from '../server/store/life-port.ts'
import type { JobChange, JobStore } from '../server/store/port.ts'
import { openSqliteStore } from '../server/store/sqlite/sqlite-store.ts'

const COUNT = Number(process.argv[2] ?? 100_000)
const LIMIT_MS = 300
const DAYS = 90
const STATES = 5
const ENGINEERS = 30
const CUSTOMERS = 3_000
const PROCESSES = ['home-visit', 'phone-call', 'depot-repair', 'complaint']
const FACTS_A_CHANGE = 4
const MEETABLE = NORMS.slice(0, 40).map(({ id }) => id)
const NORM = MEETABLE[7] ?? ''
/** Of a hundred jobs these are still running. */
const RUNNING = 10

const print = (line: string) => process.stdout.write(`${line}\n`)
const START = Date.UTC(2026, 0, 1)
/** The same numbers in every run (xorshift). */
let seed = 42
const random = (below: number): number => {
  seed ^= seed << 13
  seed ^= seed >>> 17
  seed ^= seed << 5
  return (seed >>> 0) % below
}
const pick = <T>(from: readonly T[]): T | undefined => from[random(from.length)]

function changesOf(n: number): JobChange[] {
  const id = `job${n}`
  const begun = START + random(DAYS * 86_400) * 1000
  const runs = random(100) < RUNNING
  const process = pick(PROCESSES) ?? 'home-visit'
  const engineer = `engineer${random(ENGINEERS)}`
  const customer = `customer${random(CUSTOMERS)}`
  const steps = runs ? 1 + random(STATES - 1) : STATES + 1
  let ms = begun
  return Array.from({ length: steps }, (_, step): JobChange => {
    ms += random(8 * 3600) * 1000
    const at = new Date(ms).toISOString()
    const over = step === STATES
    const status = over ? 'done' : 'active'
    const active = [over ? 'end' : `phase${step % 2}.state${step}`]
    const job: Job = {
      id,
      process,
      version: 1,
      hash: '0'.repeat(64),
      seq: step + 1,
      status,
      snapshot: { status: 'active', value: 'x', historyValue: {}, context: { fields: {}, checklist: {} } },
      timers: [],
      breaches: [],
      links: [],
      evidence: [],
      createdAt: new Date(begun).toISOString(),
      updatedAt: at,
    }
    const entry: Entry = {
      job: id,
      seq: step + 1,
      at,
      actor: SYSTEM,
      calendars: 'c',
      command: { kind: 'note', text: '' },
      to: 'x',
      active,
      status,
      taken: [],
      changed: {},
      ticks: {},
      breaches: [],
      armed: [],
      cancelled: [],
      effects: [],
      norms: { met: [], broken: [] },
    }
    const facts = Array.from({ length: FACTS_A_CHANGE }, (): NormFact => {
      const luck = random(100)
      return {
        norm: pick(MEETABLE) ?? 'HV-02',
        outcome: luck < 92 ? 'met' : luck < 97 ? 'late' : 'broken',
        place: `/states/state${step}`,
      }
    })
    const trace: Trace = {
      day: at.slice(0, 10),
      engineer,
      customer,
      facts,
      ...(over ? { meetable: MEETABLE } : {}),
    }
    const overdue = runs && random(5) === 0
    return {
      job,
      expectedSeq: step,
      entry,
      index: { active, overdue, text: id, ...(overdue ? { overdueIn: active } : {}) },
      trace,
    }
  })
}

async function fill(store: JobStore): Promise<void> {
  const begun = performance.now()
  let changes = 0
  for (let made = 0; made < COUNT; made += 200) {
    const batch = Array.from({ length: Math.min(200, COUNT - made) }, (_, n) => changesOf(made + n)).flat()
    changes += batch.length
    await store.commit({ changes: batch, outbox: [] })
  }
  const seconds = (performance.now() - begun) / 1000
  print(`${COUNT} jobs, ${changes} changes, ${Math.round(changes / seconds)} a second`)
}

const folder = mkdtempSync(join(tmpdir(), 'fieldchart-bench-'))
try {
  const store = openSqliteStore(join(folder, 'jobs.sqlite'))
  await fill(store)
  const month = { from: '2026-02-01', to: '2026-02-28' }
  const life = (range: object) => async () => {
    const query = { process: 'home-visit', version: 1, ...range }
    await Promise.all([
      store.count({ process: 'home-visit', version: 1, status: 'active' }),
      store.countByState('home-visit', 1),
      store.overdueByState('home-visit', 1),
      store.stateTimes(query),
      store.breachPlaces(query),
    ])
  }
  const questions: [string, () => Promise<unknown>][] = [
    ['a version in life, all days', life({})],
    ['a version in life, a month', life(month)],
    ['by norm', () => store.normCounts({}, ['norm'])],
    ['by norm and month', () => store.normCounts({}, ['norm', 'month'])],
    ['by day, one norm', () => store.normCounts({ norm: NORM }, ['day'])],
    ['by engineer', () => store.normCounts({}, ['engineer'])],
    ['by customer', () => store.normCounts({}, ['customer'])],
    ['by customer, a month', () => store.normCounts(month, ['customer'])],
    ['by norm, one engineer', () => store.normCounts({ engineer: 'engineer7' }, ['norm'])],
    ['by norm, one customer', () => store.normCounts({ customer: 'customer7' }, ['norm'])],
    ['by engineer, one norm', () => store.normCounts({ norm: NORM }, ['engineer'])],
    ['by customer, one norm', () => store.normCounts({ norm: NORM }, ['customer'])],
    ['jobs behind a number', () => store.normJobs({ norm: NORM, outcome: 'late', limit: 50 })],
    ['jobs without a norm', () => store.normJobs({ norm: NORM, outcome: 'none', limit: 50 })],
    ['late jobs of an engineer', () => store.normJobs({ engineer: 'engineer7', outcome: 'late', limit: 50 })],
    ['late jobs, one process', () => store.normJobs({ process: 'complaint', outcome: 'late', limit: 50 })],
    ['all late jobs', () => store.normJobs({ outcome: 'late', limit: 50 })],
  ]
  let slowest = 0
  for (const [name, ask] of questions) {
    const times: number[] = []
    for (let n = 0; n < 5; n += 1) {
      const begun = performance.now()
      await ask()
      times.push(performance.now() - begun)
    }
    const median = times.sort((a, b) => a - b)[2] ?? 0
    slowest = Math.max(slowest, median)
    print(`  ${name.padEnd(30)} ${(median / LIMIT_MS).toFixed(3)} of the limit`)
  }
  await store.close()
  if (slowest > LIMIT_MS) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
