/**
 * Finding a scenario in the library: by words of either language, process, difficulty, tag, state of health; in an order.
 *
 * Promises: every word typed must be found somewhere in what a scenario is called, teaches or counts.
 * Must not: know React or a page.
 */
import { NORM_BY_ID } from '../../../machines/norms.ts'
import type { ScenarioSummary } from '../../../machines/wire/training.ts'
import { tags as english } from '../../text/en-tags.ts'
import { tags as chinese } from '../../text/zh-tags.ts'

export const LEVELS = ['easy', 'medium', 'hard'] as const satisfies readonly ScenarioSummary['difficulty'][]
export const HEALTHS = ['sound', 'faulty', 'failing', 'untested'] as const
export type Health = (typeof HEALTHS)[number]
export const ORDERS = ['process', 'difficulty', 'title', 'changed'] as const
export type Order = (typeof ORDERS)[number]

export type Search = {
  readonly words: string
  readonly process: string | null
  readonly difficulty: string | null
  readonly tag: string | null
  readonly health: string | null
}

/** What tags are called, in either language. */
const NAMES: readonly ReadonlyMap<string, string>[] = [english, chinese].map(
  (names) => new Map(Object.entries(names)),
)
const searchedOf = (one: ScenarioSummary): string =>
  [
    one.id,
    one.title.en,
    one.title.zh,
    one.purpose?.en,
    one.purpose?.zh,
    ...one.tags.flatMap((tag) => [tag, ...NAMES.map((names) => names.get(tag))]),
    ...one.norms.flatMap((id) => [id, NORM_BY_ID.get(id)?.en, NORM_BY_ID.get(id)?.zh]),
  ]
    .join(' ')
    .toLowerCase()

/** `failing`: scenarios with a known run that comes out otherwise now. */
export function healthOf(one: ScenarioSummary, failing: ReadonlySet<string>): Health {
  if (one.errors > 0) return 'faulty'
  if (failing.has(one.id)) return 'failing'
  return one.runs === 0 ? 'untested' : 'sound'
}

export function found(
  scenarios: readonly ScenarioSummary[],
  search: Search,
  failing: ReadonlySet<string> = new Set(),
): ScenarioSummary[] {
  const words = search.words.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return scenarios.filter((one) => {
    const fits =
      (search.process === null || one.process === search.process) &&
      (search.difficulty === null || one.difficulty === search.difficulty) &&
      (search.tag === null || one.tags.includes(search.tag)) &&
      (search.health === null || healthOf(one, failing) === search.health)
    if (!fits || words.length === 0) return fits
    const text = searchedOf(one)
    return words.every((word) => text.includes(word))
  })
}

/** `said`: the title in the reader's language. Ties go by title. */
export function ordered(
  scenarios: readonly ScenarioSummary[],
  order: Order,
  said: (one: ScenarioSummary) => string,
  language: string,
): ScenarioSummary[] {
  const byTitle = (a: ScenarioSummary, b: ScenarioSummary): number =>
    said(a).localeCompare(said(b), language, { numeric: true })
  const level = (one: ScenarioSummary): number => LEVELS.indexOf(one.difficulty)
  const by: Record<Order, (a: ScenarioSummary, b: ScenarioSummary) => number> = {
    process: (a, b) => a.process.localeCompare(b.process) || level(a) - level(b),
    difficulty: (a, b) => level(a) - level(b),
    title: () => 0,
    changed: (a, b) => b.updatedAt.localeCompare(a.updatedAt),
  }
  return scenarios.toSorted((a, b) => by[order](a, b) || byTitle(a, b))
}

/** All tags in use, the most used first. */
export function tagsOf(scenarios: readonly ScenarioSummary[]): string[] {
  const counts = new Map<string, number>()
  for (const tag of scenarios.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([tag]) => tag)
}
