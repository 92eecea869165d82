/**
 * What the form's inputs choose from: states, events, items, people of the scenario, norms, each by its title.
 *
 * Promises: what the process does not know any more stays to be seen, by its bare name.
 * Must not: change the scenario.
 */
import { createContext, useContext, useMemo } from 'react'
import type { Definition, Field } from '../../../../machines/definition/schema.ts'
import { type ChartModel, readChart } from '../../../../machines/drawing/model.ts'
import { NORMS } from '../../../../machines/norms.ts'
import type { Scenario } from '../../../../machines/simulate/scenario.ts'
import { type Speech, useSpeech } from '../../../text/use-language.ts'

export type Option = { value: string; label: string }
export type Names = {
  readonly definition: Definition | undefined
  readonly chart: ChartModel
  readonly states: readonly Option[]
  readonly events: readonly Option[]
  readonly items: readonly Option[]
  /** The trainee first. */
  readonly people: readonly Option[]
  readonly moves: readonly Option[]
  /** Those of the process and those of all, before the others. */
  readonly norms: readonly Option[]
  readonly forbidden: readonly Option[]
  readonly certificates: readonly Option[]
  readonly fields: Readonly<Record<string, Field>>
}

const NamesContext = createContext<Names | undefined>(undefined)
export const NamesProvider = NamesContext.Provider

export function useNames(): Names {
  const names = useContext(NamesContext)
  if (names === undefined) throw new Error('names are asked for outside of the editor')
  return names
}

/** A state with those it lies in, but for the process itself: "Repair › Looking". */
export function stateTitle({ states }: ChartModel, path: string, say: Speech['say']): string {
  const titles: string[] = []
  for (let at = states.get(path); at !== undefined && at.path !== ''; at = states.get(at.parent ?? ''))
    titles.unshift(say(at.title, at.key))
  return titles.length === 0 ? path : titles.join(' › ')
}

export function useNamesOf(scenario: Scenario, definition: Definition | undefined): Names {
  const speech = useSpeech()
  const { say, language } = speech
  const chart = useMemo(() => readChart(definition), [definition])
  const { cast, start, moves, process } = scenario
  const ofProcess = useMemo(() => {
    const states = [...chart.states.values()]
      .filter(({ path, kind }) => path !== '' && kind !== 'history')
      .map(({ path }) => ({ value: path, label: stateTitle(chart, path, say) }))
    const events = Object.entries(definition?.schemas.events ?? {}).map(([value, { meta }]) => ({
      value,
      label: say(meta.title, value),
    }))
    const items = [...chart.items].map(([value, title]) => ({ value, label: say(title, value) }))
    const certificates = [...chart.certificates].map(([value, title]) => ({
      value,
      label: say(title, value),
    }))
    return { states, events, items, certificates, fields: definition?.schemas.context.properties ?? {} }
  }, [chart, definition, say])
  const norms = useMemo(() => {
    const own = (of: string): boolean => of === process || of === 'all'
    const isChinese = language.startsWith('zh')
    return NORMS.toSorted((a, b) => Number(own(b.process)) - Number(own(a.process))).map((norm) => ({
      value: norm.id,
      label: `${norm.id} ${isChinese ? norm.zh : norm.en}`,
    }))
  }, [process, language])
  return useMemo(() => {
    const reportable = new Set(definition?.meta.reportable ?? [])
    return {
      definition,
      chart,
      ...ofProcess,
      norms,
      forbidden: norms.filter(({ value }) => reportable.has(value)),
      people: [
        { value: 'trainee', label: say(start.trainee.name, 'trainee') },
        ...Object.entries(cast).map(([value, { name }]) => ({ value, label: say(name, value) })),
      ],
      moves: moves.map(({ id, text }) => ({ value: id, label: say(text, id) })),
    }
  }, [definition, chart, ofProcess, norms, cast, start.trainee.name, moves, say])
}

/** The choices, and what is chosen but not among them. */
export function withUnknown(options: readonly Option[], chosen: readonly string[]): Option[] {
  const known = new Set(options.map(({ value }) => value))
  return [
    ...options,
    ...chosen.filter((value) => value !== '' && !known.has(value)).map((value) => ({ value, label: value })),
  ]
}
