/**
 * Work and reviews in memory: the part of the memory store that keeps facts, says and surveys.
 *
 * Must not: be used on its own; what was done comes by the store's commits.
 */
import { isSample } from '../../../machines/advance/sample.ts'
import type { WorkSum } from '../../../machines/review/measures.ts'
import { monthsOf } from '../../../machines/review/period.ts'
import type { ReviewSay, Survey } from '../../../machines/wire/reviews.ts'
import type { Trace } from '../life-port.ts'
import type { FeedItem } from '../port.ts'
import { erasedSurvey } from '../privacy-port.ts'
import type { ReviewStore, WorkFactRow } from '../review-port.ts'

type Fact = WorkFactRow & { person: string }
type Logged = { person: string; day: string; change: number; job: string }
type Said = { person: string; period: string; say: string }

const parseSay = (json: string): ReviewSay => JSON.parse(json)
const parseSurvey = (json: string): Survey => JSON.parse(json)

export class MemoryReviews implements ReviewStore {
  readonly #item: (change: number) => FeedItem | undefined
  #told: Fact[] = []
  #logged: Logged[] = []
  readonly #said: Said[] = []
  readonly #asked = new Map<string, string>()

  /** @param item a change of the store's feed, by its id. */
  constructor(item: (change: number) => FeedItem | undefined) {
    this.#item = item
  }

  put({ id: job, process }: { id: string; process: string }, trace: Trace | undefined, change: number): void {
    if (trace?.work === undefined) return
    const { day, customer = '', work } = trace
    if (work.worker !== undefined) this.#logged.push({ person: work.worker, day, change, job })
    for (const { person, kind, value, norm = '' } of work.facts) {
      const same = (fact: Fact): boolean =>
        fact.kind === 'helped' && fact.person === person && fact.job === job && fact.day === day
      if (kind === 'helped' && this.#told.some(same)) continue
      this.#told.push({ job, process, kind, day, customer, norm, value, person })
    }
  }

  customersOf(job: string): string[] {
    return this.#told.flatMap((fact) => (fact.job === job ? [fact.customer] : []))
  }

  rename(job: string, customer: string): void {
    this.#told = this.#told.map((fact) => (fact.job === job ? { ...fact, customer } : fact))
  }

  eraseSurveys(customers: ReadonlySet<string>, standIn: string): void {
    for (const [id, json] of this.#asked) {
      const survey = parseSurvey(json)
      if (customers.has(survey.customer)) this.#asked.set(id, JSON.stringify(erasedSurvey(survey, standIn)))
    }
  }

  removeSample(): void {
    this.#told = this.#told.filter(({ job }) => !isSample(job))
    this.#logged = this.#logged.filter(({ job }) => !isSample(job))
  }

  sums: ReviewStore['sums'] = async ({ from, to, person }) => {
    const sums = new Map<string, WorkSum>()
    for (const fact of this.#told) {
      const month = fact.day.slice(0, 7)
      if (month < from || month > to || (person !== undefined && fact.person !== person)) continue
      const key = JSON.stringify([fact.person, fact.process, fact.kind])
      const { process, kind } = fact
      const sum = sums.get(key) ?? { person: fact.person, process, kind, n: 0, sum: 0 }
      sum.n += 1
      sum.sum += fact.value
      sums.set(key, sum)
    }
    return [...sums.values()]
  }

  facts: ReviewStore['facts'] = async ({ person, from, to, kinds, limit }) =>
    this.#told
      .filter((fact) => fact.person === person && kinds.includes(fact.kind))
      .filter(({ day }) => day.slice(0, 7) >= from && day.slice(0, 7) <= to)
      .reverse()
      .sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0))
      .slice(0, limit)
      .map(({ person: _person, ...row }) => row)

  customers: ReviewStore['customers'] = async (person, { from, to }) => {
    const names = this.#told.flatMap((fact) => {
      const month = fact.day.slice(0, 7)
      const his = fact.person === person && fact.kind === 'done' && month >= from && month <= to
      return his && fact.customer !== '' ? [fact.customer] : []
    })
    return [...new Set(names)].sort()
  }

  log: ReviewStore['log'] = async ({ person, day, after, limit }) =>
    this.#logged
      .filter((line) => line.person === person && line.day === day && line.change > after)
      .slice(0, limit)
      .flatMap(({ change }) => this.#item(change) ?? [])

  says: ReviewStore['says'] = async (person, period) =>
    this.#said.flatMap((said) =>
      said.person === person && said.period === period ? [parseSay(said.say)] : [],
    )

  saysOf: ReviewStore['saysOf'] = async (period) => {
    const people = new Set(this.#said.flatMap((said) => (said.period === period ? [said.person] : [])))
    return Promise.all(
      [...people].sort().map(async (person) => ({ person, says: await this.says(person, period) })),
    )
  }

  periods: ReviewStore['periods'] = async (person) => {
    const first = (period: string): string => monthsOf(period).from
    const his = new Set(this.#said.flatMap((said) => (said.person === person ? [said.period] : [])))
    return [...his].sort((a, b) => (first(a) < first(b) ? 1 : first(a) > first(b) ? -1 : a < b ? -1 : 1))
  }

  say: ReviewStore['say'] = async (person, period, expected, say) => {
    const there = this.#said.filter((said) => said.person === person && said.period === period)
    if (there.length !== expected) return false
    this.#said.push({ person, period, say: JSON.stringify(say) })
    return true
  }

  survey: ReviewStore['survey'] = async (id) => {
    const json = this.#asked.get(id)
    return json === undefined ? undefined : parseSurvey(json)
  }

  surveys: ReviewStore['surveys'] = async ({ from, to, customer, limit }) =>
    [...this.#asked.values()]
      .map(parseSurvey)
      .filter((survey) => {
        const months = monthsOf(survey.period)
        return (
          (from === undefined || months.from >= from) &&
          (to === undefined || months.to <= to) &&
          (customer === undefined || survey.customer === customer)
        )
      })
      .reverse()
      .slice(0, limit)

  saveSurvey: ReviewStore['saveSurvey'] = async (survey) => {
    this.#asked.set(survey.id, JSON.stringify(survey))
  }
}
