/**
 * The life of processes in memory: the part of the memory store that adds up what traces tell.
 *
 * Must not: be used on its own; traces come by the store's commits.
 */
import { isSample } from '../../../machines/advance/sample.ts'
import type {
  DayRange,
  LifeQuery,
  LifeStore,
  NormCount,
  NormFact,
  NormFilter,
  NormJobPage,
  NormJobQuery,
  NormKey,
  PlaceCount,
  StateTime,
  Trace,
} from '../life-port.ts'
import { decodePlace, encodePlace, percentile, type Step, stepOf, withOuter } from '../life-rules.ts'
import type { JobIndex } from '../port.ts'
import { isWithin } from '../within.ts'

/** What is needed of a job before or after a change. */
export type Standing = {
  id: string
  process: string
  version: number
  status: string
  index: Pick<JobIndex, 'active' | 'overdueIn' | 'region'>
}
type Told = { row: number; job: string; process: string; version: number; day: string }
type Fact = Told & Required<NormFact> & { engineer: string; customer: string }
type End = Told & { engineer: string; customer: string; none: string[] }
type Visit = { job: string; process: string; version: number; path: string; day: string; ms: number }

const inRange = ({ day }: { day: string }, { from, to }: DayRange): boolean =>
  (from === undefined || day >= from) && (to === undefined || day <= to)
const ofVersion = (told: { process: string; version: number }, query: Omit<LifeQuery, keyof DayRange>) =>
  told.process === query.process && (query.version === undefined || told.version === query.version)

export class MemoryLife {
  readonly #standing = new Map<string, Standing>()
  readonly #entered = new Map<string, Map<string, string>>()
  #visits: Visit[] = []
  #facts: Fact[] = []
  #lastFact = 0
  #lastEnd = 0
  readonly #ends = new Map<string, End>()

  put(after: Standing, trace: Trace | undefined, at: string): void {
    const before = this.#standing.get(after.id)
    this.#standing.set(after.id, structuredClone(after))
    if (trace === undefined) return
    this.#visit(before, after, trace, at)
    const { engineer = '', customer = '', day } = trace
    const told = { job: after.id, process: after.process, version: after.version, day, engineer, customer }
    for (const { norm, outcome, place = '' } of trace.facts)
      this.#facts.push({ ...told, row: ++this.#lastFact, norm, outcome, place })
    if (after.status === 'active') return
    const end = this.#ends.get(after.id)
    const came = new Set(this.#facts.flatMap((fact) => (fact.job === after.id ? [fact.norm] : [])))
    if (end !== undefined) end.none = end.none.filter((norm) => !came.has(norm))
    else {
      const none = (trace.meetable ?? []).filter((norm) => !came.has(norm))
      this.#ends.set(after.id, { ...told, row: ++this.#lastEnd, none })
    }
  }

  #visit(before: Standing | undefined, after: Standing, { day }: Trace, at: string): void {
    const entered = this.#entered.get(after.id) ?? new Map<string, string>()
    const is = after.status === 'active' ? withOuter(after.index.active) : new Set<string>()
    for (const [path, since] of [...entered]) {
      if (is.has(path)) continue
      entered.delete(path)
      const ms = Math.max(0, Date.parse(at) - Date.parse(since))
      this.#visits.push({
        job: after.id,
        process: after.process,
        version: before?.version ?? after.version,
        path,
        day,
        ms,
      })
    }
    const was = before?.status === 'active' ? withOuter(before.index.active) : new Set<string>()
    for (const path of is) if (!was.has(path)) entered.set(path, at)
    this.#entered.set(after.id, entered)
  }

  customersOf(job: string): string[] {
    const end = this.#ends.get(job)
    return [...this.#facts.filter((fact) => fact.job === job), ...(end === undefined ? [] : [end])].map(
      ({ customer }) => customer,
    )
  }

  /** What was counted for its customer is counted for another. */
  rename(job: string, customer: string): void {
    this.#facts = this.#facts.map((fact) => (fact.job === job ? { ...fact, customer } : fact))
    const end = this.#ends.get(job)
    if (end !== undefined) this.#ends.set(job, { ...end, customer })
  }

  removeSample(): void {
    const kept = ({ job }: { job: string }): boolean => !isSample(job)
    this.#visits = this.#visits.filter(kept)
    this.#facts = this.#facts.filter(kept)
    for (const byJob of [this.#standing, this.#entered, this.#ends])
      for (const id of byJob.keys()) if (isSample(id)) byJob.delete(id)
  }

  stateTimes: LifeStore['stateTimes'] = async (query) => {
    const byPath = new Map<string, Step[]>()
    for (const visit of this.#visits) {
      if (!ofVersion(visit, query) || !inRange(visit, query)) continue
      const steps = byPath.get(visit.path) ?? []
      const step = steps.find((each) => each.step === stepOf(visit.ms))
      if (step === undefined) steps.push({ step: stepOf(visit.ms), n: 1, ms: visit.ms })
      else {
        step.n += 1
        step.ms += visit.ms
      }
      byPath.set(visit.path, steps)
    }
    return [...byPath].map(
      ([path, steps]): StateTime => ({
        path,
        visits: steps.reduce((sum, { n }) => sum + n, 0),
        medianMs: percentile(steps, 0.5),
        p90Ms: percentile(steps, 0.9),
      }),
    )
  }

  overdueByState: LifeStore['overdueByState'] = async (process, version) => {
    const counts: Record<string, number> = {}
    for (const standing of this.#standing.values()) {
      if (standing.status !== 'active') continue
      if (!ofVersion(standing, { process, ...(version === undefined ? {} : { version }) })) continue
      for (const path of standing.index.overdueIn ?? []) counts[path] = (counts[path] ?? 0) + 1
    }
    return counts
  }

  breachPlaces: LifeStore['breachPlaces'] = async (query) => {
    const counts = new Map<string, PlaceCount>()
    for (const fact of this.#facts) {
      const { place, norm, outcome } = fact
      if (outcome === 'met' || place === '' || !ofVersion(fact, query) || !inRange(fact, query)) continue
      const key = JSON.stringify([place, norm, outcome])
      const count = counts.get(key) ?? { place, norm, outcome, n: 0 }
      count.n += 1
      counts.set(key, count)
    }
    return [...counts.values()]
  }

  normCounts: LifeStore['normCounts'] = async (filter, by) => {
    const counts = new Map<string, NormCount>()
    const at = (fact: Omit<Fact, 'outcome' | 'place'>): NormCount => {
      const keys = Object.fromEntries(by.map((key) => [key, keyOf(fact, key)]))
      const name = JSON.stringify(Object.values(keys))
      const count = counts.get(name) ?? { keys, met: 0, late: 0, broken: 0, none: 0 }
      counts.set(name, count)
      return count
    }
    for (const fact of this.#facts) if (this.#passes(fact, filter)) at(fact)[fact.outcome] += 1
    for (const end of this.#ends.values())
      for (const norm of end.none) if (this.#passes({ ...end, norm }, filter)) at({ ...end, norm }).none += 1
    return [...counts.values()]
  }

  #passes(fact: Keyed & { job: string }, filter: NormFilter): boolean {
    const { process, region } = { ...fact, region: this.#standing.get(fact.job)?.index.region }
    return passes(fact, filter) && isWithin(filter.within, { process, region })
  }

  async normJobs({ outcome, limit, cursor, ...filter }: NormJobQuery): Promise<NormJobPage> {
    const after = cursor === undefined ? undefined : decodePlace(cursor)
    const norm = filter.norm ?? ''
    const ended = [...this.#ends.values()]
      .filter(({ none }) => norm === '' || none.includes(norm))
      .map((end) => ({ ...end, norm, place: '' }))
    const met = this.#facts.filter((fact) => fact.outcome === outcome)
    const found = (outcome === 'none' ? ended : met)
      .filter((fact) => this.#passes(fact, filter))
      .filter(
        ({ day, row }) => after === undefined || day < after.day || (day === after.day && row < after.row),
      )
      .sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : b.row - a.row))
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return {
      jobs: page.map(({ job, process, norm: of, day, engineer, customer, place }) => ({
        job,
        process,
        norm: of,
        day,
        engineer,
        customer,
        place,
      })),
      ...(last !== undefined && found.length > limit ? { next: encodePlace({ ...last, n: 0 }) } : {}),
    }
  }
}

type Keyed = Pick<Fact, 'norm' | 'process' | 'engineer' | 'customer' | 'day'>
const keyOf = (fact: Keyed, key: NormKey): string => (key === 'month' ? fact.day.slice(0, 7) : fact[key])
const passes = (fact: Keyed, filter: NormFilter): boolean =>
  inRange(fact, filter) &&
  (['norm', 'process', 'engineer', 'customer'] as const).every(
    (key) => filter[key] === undefined || filter[key] === fact[key],
  )
