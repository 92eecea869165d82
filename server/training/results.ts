/**
 * What rehearsals came to: by person, by norm, and what of a process was practised.
 *
 * Promises: answered from kept sums, however many attempts there are. What was practised on an earlier version counts as far as
 * the latest has the same state or the same transition.
 * Must not: count an attempt that is not over.
 */
import type { Definition } from '../../machines/definition/schema.ts'
import { buildTree, type TreeTransition } from '../../machines/definition/tree.ts'
import type { TrainingResults } from '../../machines/wire/training.ts'
import { processVersion } from '../jobs/process-versions.ts'
import type { Language } from '../problem-table.ts'
import type { Library } from '../store/library-port.ts'
import type { PlaceSum, SumFilter, TrainingStore } from '../store/training-port.ts'
import { namesOf } from './attempt-views.ts'
import { normSheet, peopleSheet } from './result-sheet.ts'

/** `from`, `to`: days, both within. `region`: of those who are named to it; who works everywhere belongs to no region's figures. */
type ResultQuery = Omit<SumFilter, 'people'> & { person?: string; role?: string; region?: string }
type ResultTable = 'people' | 'norms'
export type ResultsPort = {
  /** Problems: process-not-found. */
  results(query: ResultQuery): Promise<TrainingResults>
  /** As CSV. Problems: process-not-found. */
  sheet(query: ResultQuery, table: ResultTable, language: Language): Promise<string>
}

export function createResults({ store, library }: { store: TrainingStore; library: Library }): ResultsPort {
  async function filterOf({ person, role, region, ...filter }: ResultQuery): Promise<SumFilter> {
    if (role === undefined && region === undefined)
      return { ...filter, ...(person === undefined ? {} : { people: [person] }) }
    const meant = (await library.people()).filter(
      ({ id, roles, regions = [] }) =>
        (person === undefined || id === person) &&
        (role === undefined || roles.some((held) => held === role)) &&
        (region === undefined || regions.includes(region)),
    )
    return { ...filter, people: meant.map(({ id }) => id) }
  }

  async function people(filter: SumFilter): Promise<TrainingResults['people']> {
    const [sums, names] = await Promise.all([store.peopleSums(filter), namesOf(library)])
    return sums
      .map(({ person, attempts, passed, failed, points, lastAt }) => {
        const counted = passed + failed
        const mean = counted === 0 ? {} : { points: Math.round((10 * points) / counted) / 10 }
        return { person, name: names(person), attempts, passed, failed, ...mean, lastAt }
      })
      .sort((a, b) => a.name.localeCompare(b.name, 'zh-CN') || (a.person < b.person ? -1 : 1))
  }

  async function coverage(filter: SumFilter & { process: string }): Promise<TrainingResults['coverage']> {
    const { process } = filter
    const { version, compiled } = await processVersion(library, process)
    const sums = await store.placeSums(filter)
    const present = placesOf(compiled.definition)
    const earlier = new Map<number, Places>([[version, present]])
    for (const { version: of } of sums) {
      if (earlier.has(of)) continue
      const record = await library.version(process, of)
      if (record !== undefined) earlier.set(of, placesOf(record.definition))
    }
    const transitions: Record<string, number> = {}
    const states: Record<string, number> = {}
    for (const { version: of, kind, place, n } of sums) {
      if (!isStill({ kind, place }, earlier.get(of), present)) continue
      const counts = kind === 'state' ? states : transitions
      counts[place] = (counts[place] ?? 0) + n
    }
    return { process, version, transitions, states }
  }

  async function results(query: ResultQuery): Promise<TrainingResults> {
    const filter = await filterOf(query)
    const { process } = filter
    const [byPerson, norms, practised] = await Promise.all([
      people(filter),
      store.normSums(filter),
      process === undefined ? undefined : coverage({ ...filter, process }),
    ])
    return { people: byPerson, norms, ...(practised === undefined ? {} : { coverage: practised }) }
  }

  return {
    results,
    sheet: async (query, table, language) => {
      const filter = await filterOf(query)
      if (query.process !== undefined) await processVersion(library, query.process)
      return table === 'people'
        ? peopleSheet(await people(filter), language)
        : normSheet(await store.normSums(filter), language)
    },
  }
}

type Places = { states: ReadonlySet<string>; transitions: ReadonlyMap<string, string> }
function placesOf(definition: Definition): Places {
  const { nodes } = buildTree(definition)
  return {
    states: new Set(nodes.map(({ path }) => path)),
    transitions: new Map(
      nodes.flatMap((node) => node.transitions.map((one) => [one.pointer, wayOf(one)] as const)),
    ),
  }
}
/** From where, on what, to where. */
const wayOf = ({ source, trigger, targets }: TreeTransition): string =>
  JSON.stringify([source.path, trigger, targets.map(({ path }) => path)])

function isStill(
  { kind, place }: Pick<PlaceSum, 'kind' | 'place'>,
  then: Places | undefined,
  now: Places,
): boolean {
  if (kind === 'state') return now.states.has(place)
  const way = then?.transitions.get(place)
  return way !== undefined && now.transitions.get(place) === way
}
