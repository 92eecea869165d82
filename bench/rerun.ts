/**
 * Real jobs through a draft: 1,000 closed home visits from a store on disk in under 5 s, then 10,000 of them, and how long other requests
 * would have waited at most. (That is the check of the draft, which every route of drafts makes.)
 *
 * Prints ratios to these limits, for these machines are noisy. `node bench/rerun.ts [jobs]`, 10,000 by default.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Entry, Job } from '../machines/advance/job.ts'
import { SHIPPED } from '../machines/processes/index.ts'
import { DEFAULT_CALENDARS } from '../machines/time/default-calendars.ts'
import type { RerunReport } from '../machines/wire/rerun.ts'
import { createCheck } from '../server/library/check-definition.ts'
import { certificatesOf, memberOf, PARTS } from '../server/sample/cast.ts'
import { play } from '../server/sample/play.ts'
import { VISITS } from '../server/sample/visits.ts'
import { openMemoryLibrary } from '../server/store/library/open-library.ts'
import { createMemoryStore } from '../server/store/memory/memory-store.ts'
import type { JobChange } from '../server/store/port.ts'
import { openSqliteStore } from '../server/store/sqlite/sqlite-store.ts'
import { createRerun } from '../server/training/rerun.ts'

const COUNT = Number(process.argv[2] ?? 10_000)
const THOUSAND = 1000
const LIMIT_MS = 5000
const NOW = Date.parse('2026-03-04T15:00:00+08:00')
const PROCESS = 'home-visit'

const print = (line: string) => process.stdout.write(`${line}\n`)
const { timeZone, calendars } = DEFAULT_CALENDARS
const library = await openMemoryLibrary({ timeZone, calendars })
for (const definition of SHIPPED)
  await library.publish(definition.id, 0, {
    definition,
    note: '',
    author: 'bench',
    publishedAt: new Date(NOW).toISOString(),
  })

/** The courses of finished visits of a sample day, as the engine made them. */
async function finishedVisits(): Promise<JobChange[][]> {
  const cast = new Map(
    PARTS.map((part) => {
      const { id, name, roles } = memberOf(part)
      return [part, { id, name, roles: [...roles], certificates: certificatesOf(memberOf(part), NOW) }]
    }),
  )
  const { commits } = await play({
    library,
    store: createMemoryStore(),
    cast,
    courses: VISITS,
    now: NOW,
    photo: 'a'.repeat(64),
    log: { error: () => {}, info: () => {} },
  })
  const changes = commits.flatMap((commit) => commit.changes).filter(({ job }) => job.process === PROCESS)
  return [...Map.groupBy(changes, ({ job }) => job.id).values()].filter(
    (course) => course.at(-1)?.job.status !== 'active',
  )
}

/** The same course under another id. */
function copied(course: readonly JobChange[], n: number): JobChange[] {
  const old = course[0]?.job.id ?? ''
  const renamed = (json: string): string => json.replaceAll(old, `visit-${n}`)
  const jobOf = (json: string): Job => JSON.parse(renamed(json))
  const entryOf = (json: string): Entry => JSON.parse(renamed(json))
  return course.map(({ trace: _trace, ...change }) => ({
    ...change,
    job: jobOf(JSON.stringify(change.job)),
    entry: entryOf(JSON.stringify(change.entry)),
  }))
}

/** The longest that the loop was held by anything. */
function watch(): () => number {
  let last = performance.now()
  let longest = 0
  const look = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  const timer = setInterval(look, 1)
  return () => {
    clearInterval(timer)
    return longest
  }
}

const folder = mkdtempSync(join(tmpdir(), 'fieldchart-bench-'))
try {
  const store = openSqliteStore(join(folder, 'jobs.sqlite'))
  const courses = await finishedVisits()
  const length = courses.reduce((sum, course) => sum + course.length, 0) / courses.length
  for (let n = 0; n < COUNT; n += 100)
    await store.commit({
      outbox: [],
      changes: Array.from({ length: Math.min(100, COUNT - n) }, (_, k) =>
        copied(courses[(n + k) % courses.length] ?? [], n + k),
      ).flat(),
    })

  const definition = SHIPPED.find(({ id }) => id === PROCESS)
  if (definition === undefined) throw new Error(`there is no ${PROCESS}`)
  const draft = { definition: { ...definition, description: 'the next version' }, layout: {} }
  const at = new Date(NOW).toISOString()
  await library.saveDraft(PROCESS, 0, { ...draft, updatedAt: at, updatedBy: 'bench' })
  const rerun = createRerun({ store, library, check: createCheck(library) })
  const stays = new AbortController().signal

  async function measure(what: string, count: number): Promise<void> {
    const held = watch()
    const began = performance.now()
    let report: RerunReport | undefined
    let done = 0
    do {
      const after = report?.next
      report = await rerun.run(PROCESS, { jobs: THOUSAND, ...(after === undefined ? {} : { after }) }, stays)
      done += report.jobs
      if (report.counts.same !== report.jobs) throw new Error(`they differ: ${JSON.stringify(report.counts)}`)
    } while (done < count && report.next !== undefined)
    const ms = performance.now() - began
    const longest = held()
    print(
      `${what}: ${done} jobs of ${length.toFixed(1)} entries: ${(ms / 1000).toFixed(1)} s, ${(ms / done / (LIMIT_MS / THOUSAND)).toFixed(2)} of the limit; ` +
        `others wait ${longest.toFixed(0)} ms at most`,
    )
  }
  // The processes that do it are started by the first, and warm for the next.
  await measure('replay, the first', Math.min(THOUSAND, COUNT))
  await measure('replay, again', Math.min(THOUSAND, COUNT))
  await measure('replay of them all', COUNT)
  await rerun.end()
  await store.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
