/**
 * The dispatcher's day with 200 engineers over 100,000 jobs: the day, a region of it, a search, and whom a job suits,
 * each within 300 ms.
 *
 * Prints each answer's time as a ratio to that limit, for these machines are noisy. `node bench/dispatch.ts [jobs]`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Actor, type Entry, type Job, SYSTEM } from '../machines/advance/job.ts'
import { homeVisit } from '../machines/processes/home-visit/process.ts'
import { DEFAULT_CALENDARS } from '../machines/time/default-calendars.ts'
import { createJobs } from '../server/jobs/advance-job.ts'
import { createDispatch } from '../server/jobs/dispatch.ts'
import { JobWork } from '../server/jobs/job-work.ts'
import { openMemoryLibrary } from '../server/store/library/open-library.ts'
import type { JobChange } from '../server/store/port.ts'
import { openSqliteStore } from '../server/store/sqlite/sqlite-store.ts'

const COUNT = Number(process.argv[2] ?? 100_000)
const LIMIT_MS = 300
const ENGINEERS = 200
const REGIONS = ['浦东', '徐汇', '静安', '杨浦', '闵行', '宝山', '嘉定', '松江']
const HOUR = 3_600_000
/** A Monday, midnight in Shanghai. */
const TODAY = Date.parse('2026-03-02T00:00:00+08:00')
const print = (line: string) => process.stdout.write(`${line}\n`)
const iso = (ms: number): string => new Date(ms).toISOString()
const pick = (n: number): string => REGIONS[n % REGIONS.length] ?? ''

/** Five visits a day for everybody, a hundred days of them; one in forty waits for somebody. */
function changeOf(n: number): JobChange {
  const perDay = ENGINEERS * 5
  const day = Math.floor(n / perDay) - Math.floor(COUNT / perDay / 2)
  const at = iso(TODAY + day * 24 * HOUR + (8 + (n % 5) * 2) * HOUR)
  const waits = n % 40 === 0
  const active = day >= 0 || waits
  const job: Job = {
    id: `job${n}`,
    process: 'home-visit',
    version: 1,
    hash: '0'.repeat(64),
    seq: 1,
    status: active ? 'active' : 'done',
    snapshot: { status: 'active', value: 'x', historyValue: {}, context: { fields: {}, checklist: {} } },
    timers: [],
    breaches: [],
    links: [],
    evidence: [],
    createdAt: at,
    updatedAt: at,
  }
  const entry: Entry = {
    job: job.id,
    seq: 1,
    at,
    actor: SYSTEM,
    calendars: 'c',
    command: { kind: 'note', text: '' },
    to: 'x',
    active: ['x'],
    status: job.status,
    taken: [],
    changed: {},
    ticks: {},
    breaches: [],
    armed: [],
    cancelled: [],
    effects: [],
    norms: { met: [], broken: [] },
  }
  const about = [`客户 ${n % 3000} 有限公司`, n % 2 === 0 ? '打印机卡纸' : '硬盘异响，无法开机']
  return {
    job,
    expectedSeq: 0,
    entry,
    index: {
      active: ['x'],
      overdue: false,
      region: pick(n),
      text: about.join(' '),
      plan: { at, kind: 'appointment', about },
      ...(waits ? {} : { assignee: `engineer${Math.floor(n / 5) % ENGINEERS}` }),
    },
  }
}

const folder = mkdtempSync(join(tmpdir(), 'fieldchart-bench-'))
try {
  const store = openSqliteStore(join(folder, 'jobs.sqlite'))
  for (let made = 0; made < COUNT; made += 500)
    await store.commit({
      changes: Array.from({ length: Math.min(500, COUNT - made) }, (_, n) => changeOf(made + n)),
      outbox: [],
    })
  const { timeZone, calendars } = DEFAULT_CALENDARS
  const library = await openMemoryLibrary({ timeZone, calendars })
  await library.publish('home-visit', 0, {
    definition: homeVisit,
    note: 'bench',
    author: 'bench',
    publishedAt: iso(TODAY),
  })
  for (let n = 0; n < ENGINEERS; n += 1)
    await library.savePerson(0, {
      id: `engineer${n}`,
      name: `工程师 ${n}`,
      roles: ['engineer'],
      regions: [pick(n)],
      certificates: [
        {
          kind: 'product-training',
          validFrom: iso(TODAY - 9000 * HOUR),
          validUntil: iso(TODAY + n * 24 * HOUR),
        },
      ],
      tokens: [],
      createdAt: iso(TODAY),
      updatedAt: iso(TODAY),
    })
  const now = () => TODAY + 9 * HOUR
  const jobs = createJobs(new JobWork({ store, library, now, newId: () => 'one' }))
  const actor: Actor = { id: 'd', name: 'd', roles: ['dispatcher'] }
  const fields = {
    timeWanted: iso(TODAY + 14 * HOUR),
    problem: '卡纸',
    problemKind: 'hardware',
    severity: 'normal',
    region: pick(0),
  }
  await jobs.create({ process: 'home-visit', fields }, actor, {})
  const dispatch = createDispatch({ store, library, jobs, now })
  const questions: [string, () => Promise<unknown>][] = [
    ['the day', () => dispatch.day({ limit: 100 }, actor)],
    ['the day, 500 that wait', () => dispatch.day({ limit: 500 }, actor)],
    ['the day of a region', () => dispatch.day({ limit: 100, region: pick(0) }, actor)],
    ['another day', () => dispatch.day({ limit: 100, date: '2026-03-20' }, actor)],
    ['the day, searched', () => dispatch.day({ limit: 100, text: '打印' }, actor)],
    ['whom a job suits', () => dispatch.candidates({ job: 'one' }, actor)],
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
