/**
 * The edited scenario: its history, whether it is saved, and what is kept in the browser until it is.
 *
 * Promises: what is not saved survives a reload; taking another's text is a change that can be undone.
 * Must not: talk to the server.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import Type from 'typebox'
import { Scenario } from '../../../../machines/simulate/scenario.ts'
import type { ScenarioView } from '../../../../machines/wire/training.ts'
import { readAs } from '../../../panels/read.ts'
import { begun, changed, type History, redone, undone } from './history.ts'

const Kept = Type.Object({ revision: Type.Integer(), scenario: Type.Unknown() })
const placeOf = (id: string): string => `fieldchart.scenario.${id}`

/** What was left unsaved in this browser. The scenario may have faults of shape: it was being written. */
function keptOf(id: string): { revision: number; scenario: Scenario } | undefined {
  try {
    const json: unknown = JSON.parse(localStorage.getItem(placeOf(id)) ?? 'null')
    const kept = readAs(Kept, json)
    const scenario = readAs(Scenario, kept?.scenario)
    return kept === undefined || scenario === undefined ? undefined : { revision: kept.revision, scenario }
  } catch {
    return undefined
  }
}
function keep(id: string, what: { revision: number; scenario: Scenario } | undefined): void {
  try {
    if (what === undefined) localStorage.removeItem(placeOf(id))
    else localStorage.setItem(placeOf(id), JSON.stringify(what))
  } catch {
    // A private window may refuse; leaving then asks all the same.
  }
}

const same = (one: Scenario, other: Scenario): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other)

export type Editor = {
  readonly scenario: Scenario
  /** The one that the next save is made upon. */
  readonly revision: number
  readonly isDirty: boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** It came from this browser's keeping, not from the server. */
  readonly isRestored: boolean
  change(next: Scenario, place?: string): void
  undo(): void
  redo(): void
  /** What was sent is saved now. */
  saved(view: ScenarioView, sent: Scenario): void
  /** The next save is made upon another's revision. */
  rebase(view: ScenarioView): void
  discard(): void
}

type State = { history: History<Scenario>; base: ScenarioView }

export function useEditor(view: ScenarioView): Editor {
  const [kept] = useState(() => keptOf(view.id))
  const isKeptNews = kept !== undefined && !same(kept.scenario, view.scenario)
  const [isRestored, setRestored] = useState(isKeptNews)
  const [{ history, base }, setState] = useState<State>(() => {
    const fresh = begun(view.scenario)
    return isKeptNews
      ? {
          history: changed(fresh, kept.scenario, undefined, 0),
          // A save upon what it was written on: another's meanwhile is found then.
          base: { ...view, revision: kept.revision },
        }
      : { history: fresh, base: view }
  })
  const scenario = history.present
  const isDirty = !same(scenario, base.scenario)
  const latest = useRef({ scenario, base, isDirty })
  latest.current = { scenario, base, isDirty }
  useEffect(() => {
    const timer = setTimeout(
      () => keep(base.id, isDirty ? { revision: base.revision, scenario } : undefined),
      300,
    )
    return () => clearTimeout(timer)
  }, [base, isDirty, scenario])
  useEffect(
    () => () => {
      const { scenario: last, base: upon, isDirty: open } = latest.current
      keep(upon.id, open ? { revision: upon.revision, scenario: last } : undefined)
    },
    [],
  )
  const edit = useCallback(
    (how: (history: History<Scenario>) => History<Scenario>) =>
      setState((state) => ({ ...state, history: how(state.history) })),
    [],
  )
  return {
    scenario,
    revision: base.revision,
    isDirty,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    isRestored,
    change: useCallback((next, place) => edit((now) => changed(now, next, place, Date.now())), [edit]),
    undo: useCallback(() => edit(undone), [edit]),
    redo: useCallback(() => edit(redone), [edit]),
    saved(saved, sent) {
      setRestored(false)
      setState((state) => ({ ...state, base: { ...saved, scenario: sent } }))
    },
    rebase(theirs) {
      setState((state) => ({ ...state, base: theirs }))
    },
    discard() {
      setRestored(false)
      setState((state) => ({
        base: { ...view, revision: view.revision },
        history: changed(state.history, view.scenario, undefined, 0),
      }))
    },
  }
}
