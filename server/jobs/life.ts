/**
 * The life of processes: a version with its jobs and times on it, and the norm report with its sheet.
 *
 * Promises: numbers as the store keeps them with each commit; nothing here walks jobs or history.
 * Must not: know HTTP, or decide who may read it.
 */
import { dayAt } from '../../machines/time/zone.ts'
import type { NormReport, ReportJobs, ReportRow, VersionLife } from '../../machines/wire/life.ts'
import { personHidden, sightOf } from '../access/masking.ts'
import type { Asker } from '../access/scope.ts'
import { problem, wrongAt } from '../problem-details.ts'
import type { DayRange, NormCount, NormFilter, NormJobQuery, NormKey } from '../store/life-port.ts'
import type { JobDeps } from './job-work.ts'
import { processVersion } from './process-versions.ts'
import { type SheetLanguage, sheetOf } from './report-sheet.ts'

export type LifePort = {
  /** Without `version`, the latest. Problems: process-not-found, version-not-found, body-invalid. */
  version(process: string, version: number | undefined, range: DayRange): Promise<VersionLife>
  /** The first `limit` rows. Problems: body-invalid, forbidden (by customers, whose names he does not see), also below. */
  report(filter: NormFilter, by: readonly NormKey[], limit: number, asker: Asker): Promise<NormReport>
  /** All rows as a file for a spreadsheet. */
  sheet(filter: NormFilter, by: readonly NormKey[], language: SheetLanguage, asker: Asker): Promise<string>
  /** Without the customers whom he does not see. */
  jobs(query: NormJobQuery, asker: Asker): Promise<ReportJobs>
}

/** More than a spreadsheet is read with. */
const SHEET_ROWS = 100_000

export function createLife({ store, library, now }: Omit<JobDeps, 'newId'>): LifePort {
  const settings = async () => (await library.settings()).value
  const today = async () => dayAt(new Date(now()).toISOString(), (await settings()).timeZone)

  async function rowsOf(filter: NormFilter, by: readonly NormKey[]): Promise<ReportRow[]> {
    requireRange(filter)
    const counts = await store.normCounts(filter, by)
    return counts.map(rowOf).sort(worstFirst)
  }

  return {
    version: async (process, asked, range) => {
      requireRange(range)
      const { version, compiled } = await processVersion(library, process, asked)
      const query = { process, version, ...range }
      const [counts, jobs, overdue, times, places] = await Promise.all([
        store.count({ process, version, status: 'active' }),
        store.countByState(process, version),
        store.overdueByState(process, version),
        store.stateTimes(query),
        store.breachPlaces(query),
      ])
      const timeOf = new Map(times.map((time) => [time.path, time]))
      const paths = compiled.tree.nodes.map(({ path }) => path)
      const states = paths.flatMap((path) => {
        const time = timeOf.get(path)
        const state = { path, jobs: jobs[path] ?? 0, overdue: overdue[path] ?? 0, visits: time?.visits ?? 0 }
        if (state.jobs + state.overdue + state.visits === 0) return []
        return [{ ...state, ...(time === undefined ? {} : { medianMs: time.medianMs, p90Ms: time.p90Ms }) }]
      })
      const breaches = new Map<string, VersionLife['breaches'][number]>()
      for (const { place, norm, outcome, n } of places) {
        const key = `${place} ${norm}`
        const found = breaches.get(key) ?? { place, norm, late: 0, broken: 0 }
        if (outcome === 'late') found.late += n
        else found.broken += n
        breaches.set(key, found)
      }
      return {
        process,
        version,
        ...range,
        today: await today(),
        jobs: counts.total,
        overdue: counts.overdue,
        states,
        breaches: [...breaches.values()].sort((a, b) => b.late + b.broken - a.late - a.broken),
      }
    },

    report: async (filter, by, limit, asker) => {
      requireCustomers(filter, by, asker)
      const rows = await rowsOf(filter, by)
      const sum = { met: 0, late: 0, broken: 0, none: 0 }
      for (const row of rows)
        for (const outcome of ['met', 'late', 'broken', 'none'] as const) sum[outcome] += row[outcome]
      return { today: await today(), rows: rows.slice(0, limit), total: rows.length, sum }
    },

    sheet: async (filter, by, language, asker) => {
      requireCustomers(filter, by, asker)
      const rows = (await rowsOf(filter, by)).slice(0, SHEET_ROWS)
      const names = new Map((await library.people()).map(({ id, name }) => [id, name]))
      const processes = [...new Set(rows.flatMap(({ process }) => process ?? []))]
      const titles = new Map(
        await Promise.all(
          processes.map(async (id) => [id, (await library.latest(id))?.definition.meta.title] as const),
        ),
      )
      return sheetOf(rows, by, language, {
        person: (id) => names.get(id) ?? id,
        process: (id) => titles.get(id),
      })
    },

    jobs: async (query, asker) => {
      requireRange(query)
      requireCustomers(query, [], asker)
      const found = await store.normJobs(query)
      if (sightOf(asker) === 'all') return found
      return { ...found, jobs: found.jobs.map(({ customer: _customer, ...row }) => row) }
    },
  }
}

const rowOf = ({ keys, met, late, broken, none }: NormCount): ReportRow => ({
  ...keys,
  met,
  late,
  broken,
  none,
})

/** Most breaches first, then the most that came up, then by name: what a manager looks for. */
const worstFirst = (a: ReportRow, b: ReportRow): number =>
  b.late + b.broken - a.late - a.broken || b.met - a.met || nameOf(a).localeCompare(nameOf(b), 'en')
const nameOf = ({ norm, process, engineer, customer, month, day }: ReportRow): string =>
  [norm, process, engineer, customer, month, day].join(' ')

/** Sums are of all places: for whom the names of some are hidden, all are. */
function requireCustomers({ customer }: NormFilter, by: readonly NormKey[], asker: Asker): void {
  if ((customer !== undefined || by.includes('customer')) && sightOf(asker) !== 'all') throw personHidden()
}

function requireRange({ from, to }: DayRange): void {
  if (from !== undefined && to !== undefined && from > to)
    throw problem('body-invalid', {
      in: 'querystring',
      errors: [wrongAt('/to', 'must not be before `from`', '不得早于 `from`')],
    })
}
