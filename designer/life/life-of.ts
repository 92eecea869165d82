/**
 * What the server tells of a version, put to its states and transitions, in words.
 *
 * Must not: fetch or draw.
 */
import type { TFunction } from 'i18next'
import type { Definition, Text } from '../../machines/definition/schema.ts'
import { buildTree } from '../../machines/definition/tree.ts'
import { asText } from '../../machines/drawing/model.ts'
import type { VersionLife } from '../../machines/wire/life.ts'
import type { LifeSigns, StateSign } from '../canvas/life.ts'
import { stretchInWords } from '../text/format.ts'

type Breaches = VersionLife['breaches']
type LivedState = VersionLife['states'][number] & {
  title: Text | undefined
  /** With those that its transitions without a target told of. */
  breaches: Breaches
}
export type Lived = {
  /** In the order of the definition. */
  states: readonly LivedState[]
  byPath: ReadonlyMap<string, LivedState>
  byPointer: ReadonlyMap<string, Breaches>
}

export function lifeOf(definition: Definition, life: VersionLife): Lived {
  const told = new Map(life.states.map((state) => [state.path, state]))
  const states: LivedState[] = []
  const byPointer = new Map<string, Breaches>()
  for (const { path, node, transitions } of buildTree(definition).nodes) {
    const within = new Set<string>([path])
    for (const { pointer, targets } of transitions) {
      const here = life.breaches.filter(({ place }) => place === pointer)
      if (here.length > 0) byPointer.set(pointer, here)
      if (targets.length === 0) within.add(pointer)
    }
    const breaches = life.breaches.filter(({ place }) => within.has(place))
    const known = told.get(path)
    if (known === undefined && breaches.length === 0) continue
    states.push({
      ...(known ?? { path, jobs: 0, overdue: 0, visits: 0 }),
      title: asText(node.meta?.title),
      breaches,
    })
  }
  return { states, byPath: new Map(states.map((state) => [state.path, state])), byPointer }
}

export const timesOf = (breaches: Breaches): number =>
  breaches.reduce((sum, { late, broken }) => sum + late + broken, 0)

export function signsOf({ states, byPointer }: Lived, t: TFunction, language: string): LifeSigns {
  return {
    states: new Map(states.map((state) => [state.path, signOf(state, t, language)])),
    breaches: new Map(
      [...byPointer].map(([pointer, breaches]) => {
        const count = timesOf(breaches)
        return [pointer, { count, told: t('life.breaches', { count }) }]
      }),
    ),
  }
}

function signOf(state: LivedState, t: TFunction, language: string): StateSign {
  const { jobs, overdue, visits, medianMs, p90Ms } = state
  const breaches = timesOf(state.breaches)
  const stretch = (ms: number) => stretchInWords(ms, language)
  const told = [
    jobs > 0 ? t('life.running', { count: jobs }) : '',
    overdue > 0 ? t('life.overdue', { count: overdue }) : '',
    medianMs === undefined || p90Ms === undefined
      ? ''
      : t('life.stay', { median: stretch(medianMs), p90: stretch(p90Ms), count: visits }),
    breaches > 0 ? t('life.breaches', { count: breaches }) : '',
  ]
  return {
    jobs,
    overdue,
    breaches,
    ...(medianMs === undefined ? {} : { time: stretch(medianMs) }),
    told: told.filter((part) => part !== '').join(t('common.list')),
  }
}
