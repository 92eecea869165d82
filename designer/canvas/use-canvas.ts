/**
 * Everything that can be done on the canvas, as functions: for the mouse, the keys and the bars alike.
 *
 * Must not: draw. Changes go through `useEdit`, so that what was seen stays in its place.
 */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Arranged } from '../../machines/drawing/arrange.ts'
import type { PlacedState, Point } from '../../machines/drawing/graph.ts'
import { stateTitle, titleAt } from '../../machines/drawing/words.ts'
import { type Selected, useDesign } from '../design/design-api.ts'
import { type Clip, copyStates } from '../document/clip.ts'
import type { Command } from '../document/command-stack.ts'
import { alignStates, distributeStates, type Edge, placeStates } from '../document/commands/layout.ts'
import { duplicateStates, pasteStates } from '../document/commands/paste.ts'
import { deleteStates } from '../document/commands/remove.ts'
import { setStateText } from '../document/commands/state.ts'
import { reconnect, removeTransitions } from '../document/commands/transition.ts'
import { treeOf } from '../document/document.ts'
import { DocumentError, words as said } from '../document/problem.ts'
import { canHoldStates, type Kind, whatPointsAt } from '../document/questions.ts'
import { outermost } from '../document/states.ts'
import { asLanguage } from '../text/language.ts'
import type { Words } from './chart-words.ts'
import type { WayChosen, WayDraft } from './connect-dialog.tsx'
import { dropped, newState, newWay, textIn } from './gestures.ts'
import { stateAt } from './navigate.ts'
import { useEdit } from './seen.ts'
import { isWithin, type View } from './view.ts'

export type Asking =
  | { readonly kind: 'way'; readonly draft: WayDraft; readonly at?: Point }
  | {
      readonly kind: 'delete'
      readonly title: string
      readonly lines: readonly string[]
      readonly paths: readonly string[]
    }

/** What was copied last; it outlives the page of one process, so that it can be pasted into another. */
let clip: Clip | undefined

export function useCanvas(words: Words, view: View, arranged: Arranged | undefined) {
  const design = useDesign()
  const edit = useEdit()
  const { t } = useTranslation()
  const { document, selection, select } = design
  const { model, language } = words
  const [asking, setAsking] = useState<Asking>()
  const [naming, setNaming] = useState<string>()
  const chart = arranged?.chart
  const { home } = view
  const drawn = view.model.states
  const states = selection.flatMap((one) =>
    one.kind === 'state' && one.path !== '' && model.states.has(one.path) ? [one.path] : [],
  )
  const way = selection.find((one) => one.kind === 'transition')?.pointer
  const only = states.length === 1 ? states[0] : undefined
  const placed = (path: string): PlacedState | undefined =>
    chart?.states.find(({ state }) => state.path === path)
  const originOf = (path: string): Point => {
    const chain: Point[] = []
    for (let at: string | undefined = path; at !== undefined && at !== ''; at = drawn.get(at)?.parent)
      chain.push(arranged?.places[at] ?? { x: 0, y: 0 })
    return chain.reduce((sum, { x, y }) => ({ x: sum.x + x, y: sum.y + y }), { x: 16, y: 16 })
  }
  /** Whether a state can be placed here: what stands around a group shown alone cannot. */
  const isMovable = (path: string): boolean => path !== '' && path !== home && isWithin(path, home)
  const pick = (...paths: string[]): void => select(paths.map((path): Selected => ({ kind: 'state', path })))
  /** A refusal within what makes the commands is told like one of the commands themselves. */
  const attempt = (title: Parameters<typeof edit.executeAll>[0], make: () => readonly Command[]): boolean => {
    try {
      const commands = make()
      return commands.length > 0 && edit.executeAll(title, commands)
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error
      return edit.execute({
        name: 'refused',
        title,
        do: () => {
          throw error
        },
      })
    }
  }
  const added = (before: ReadonlySet<string>): string[] => {
    const { nodes } = treeOf(design.stack.document.definition)
    const fresh = nodes.filter(({ path }) => !before.has(path)).map(({ path }) => path)
    return fresh.filter((path) => !fresh.some((other) => path.startsWith(`${other}.`)))
  }
  const here = (): Set<string> => new Set(model.states.keys())
  /** Where something new goes: into the selected group, else beside the selected state. */
  const container = (): string => {
    const path = only !== undefined && isWithin(only, home) ? only : home
    const state = model.states.get(path)
    return state === undefined || state.children.length > 0 || state.kind === 'parallel'
      ? path
      : (state.parent ?? '')
  }

  const create = (kind: Kind = 'atomic', parent = container(), at?: Point): void => {
    const origin = originOf(parent)
    const beside = only === undefined || at !== undefined ? undefined : placed(only)
    const spot =
      at !== undefined
        ? { x: at.x - origin.x - 48, y: at.y - origin.y - 18 }
        : beside !== undefined && model.states.get(only ?? '')?.parent === parent
          ? { x: beside.x - origin.x, y: freeBelow(beside, parent) - origin.y }
          : undefined
    const before = here()
    const done = attempt(
      said('Add a state', '添加状态'),
      () =>
        newState(document, { parent, kind, title: textIn(language, t(`edit.fresh.${kind}`)), at: spot })
          .commands,
    )
    const [path] = done ? added(before) : []
    if (path === undefined) return
    pick(path)
    if (kind !== 'history') setNaming(path)
  }
  const freeBelow = (from: PlacedState, parent: string): number => {
    const inColumn = (chart?.states ?? []).filter(
      ({ state, x, width }) => state.parent === parent && x < from.x + from.width && from.x < x + width,
    )
    let y = from.y + from.height + 64
    for (const each of inColumn.toSorted((one, other) => one.y - other.y))
      if (each.y < y + 60 && each.y + each.height + 20 > y) y = each.y + each.height + 64
    return y
  }
  const finishWay = ({ target, title, opening }: WayChosen): void => {
    if (asking?.kind !== 'way') return
    const { draft, at } = asking
    const parent =
      at === undefined || chart === undefined ? (model.states.get(draft.source)?.parent ?? '') : parentAt(at)
    const origin = originOf(parent)
    const from = placed(draft.source)
    const spot =
      at !== undefined
        ? { x: at.x - origin.x - 48, y: at.y - origin.y - 18 }
        : from === undefined
          ? undefined
          : { x: from.x - origin.x, y: freeBelow(from, parent) - origin.y }
    const before = here()
    const known = new Set(model.transitions.map(({ pointer }) => pointer))
    const done = attempt(said('Draw a transition', '添加转移'), () =>
      newWay(
        document,
        draft.source,
        title === ''
          ? target === undefined
            ? undefined
            : { path: target }
          : { create: { parent, title: textIn(language, title), at: spot } },
        opening,
      ),
    )
    if (!done) return
    setAsking(undefined)
    const [fresh] = added(before)
    if (fresh !== undefined) {
      pick(fresh)
      return
    }
    const drawn = treeOf(design.stack.document.definition).nodes.flatMap(({ transitions }) => transitions)
    const made = drawn.findLast(({ pointer, source }) => source.path === draft.source && !known.has(pointer))
    if (made !== undefined) select([{ kind: 'transition', pointer: made.pointer }])
  }
  /** The innermost state at a point that takes states. */
  const parentAt = (at: Point, not: readonly string[] = []): string => {
    const found = chart === undefined ? home : stateAt(chart, at, [...not, ...view.stubs])
    let path = isWithin(found, home) ? found : home
    while (
      path !== '' &&
      (model.states.get(path)?.children.length === 0 || !canHoldStates(document, path).ok)
    )
      path = path === home ? '' : (model.states.get(path)?.parent ?? '')
    return path === '' ? home : path
  }
  const remove = (): void => {
    if (way !== undefined) {
      if (edit.execute(removeTransitions([way]))) select([])
      return
    }
    if (states.length === 0) return
    const lines = whatPointsAt(document, states).map(({ kind, from, to }) =>
      t(`edit.points.${kind}`, { from: titleAt(from ?? '', words), to: titleAt(to, words) }),
    )
    if (lines.length === 0) removeNow(states)
    else {
      const title = states.map((path) => titleAt(path, words)).join(t('common.list'))
      setAsking({ kind: 'delete', title, lines: [...new Set(lines)], paths: states })
    }
  }
  const removeNow = (paths: readonly string[]): void => {
    setAsking(undefined)
    if (edit.execute(deleteStates(paths))) select([])
  }
  const copy = (): void => {
    if (states.length > 0) clip = copyStates(document, states)
  }
  const selectAdded = (done: boolean, before: ReadonlySet<string>): void => {
    if (done) pick(...added(before))
  }

  return {
    asking,
    setAsking,
    naming,
    setNaming,
    states,
    way,
    only,
    placed,
    originOf,
    create,
    finishWay,
    remove,
    removeNow,
    copy,
    /** Whether there is something to paste. */
    hasClip: (): boolean => clip !== undefined,
    parentAt,
    isMovable,
    pick,
    rename(path: string, title: string): void {
      const state = model.states.get(path)
      const fresh = state !== undefined && stateTitle(state, words) === t(`edit.fresh.${state.kind}`)
      const own = asLanguage(language) === 'zh-CN' ? 'zh' : 'en'
      const others = fresh ? {} : state?.title
      edit.execute(setStateText(path, 'title', { ...others, [own]: title }))
      design.stack.seal()
    },
    askWay(source = only): void {
      const kind = source === undefined ? undefined : model.states.get(source)?.kind
      if (source !== undefined && kind !== 'final' && kind !== 'history')
        setAsking({ kind: 'way', draft: { source } })
    },
    duplicate(): void {
      const before = here()
      if (states.length > 0)
        selectAdded(edit.execute(duplicateStates(states, { offset: { x: 40, y: 40 } })), before)
    },
    paste(): void {
      const before = here()
      if (clip !== undefined)
        selectAdded(edit.execute(pasteStates(clip, container(), { offset: { x: 40, y: 40 } })), before)
    },
    drop(paths: readonly string[], by: Point, at: Point): void {
      if (arranged === undefined || (by.x === 0 && by.y === 0)) return
      const held = paths.filter(isMovable)
      const origins = new Map([...drawn.keys()].map((path) => [path, originOf(path)]))
      const before = here()
      const commands = dropped(document, held, by, arranged.places, origins, parentAt(at, held))
      const done = attempt(said('Move on the canvas', '移动位置'), () => commands)
      const moved = done ? added(before) : []
      if (moved.length > 0) pick(...moved)
    },
    nudge(by: Point): void {
      if (arranged === undefined) return
      const moved = outermost(treeOf(document.definition), states.filter(isMovable)).flatMap(({ path }) => {
        const place = arranged.places[path]
        return place === undefined ? [] : [[path, { x: place.x + by.x, y: place.y + by.y }] as const]
      })
      if (moved.length > 0) edit.execute(placeStates(Object.fromEntries(moved)))
    },
    line(edge: Edge | 'across' | 'down'): void {
      if (arranged === undefined) return
      // The sizes are those of the drawing: lining up by the middle needs them.
      const sized = states.flatMap((path) => {
        const box = placed(path)
        const place = arranged.places[path]
        return box === undefined || place === undefined
          ? []
          : [[path, { x: place.x, y: place.y, width: box.width, height: box.height }] as const]
      })
      const command =
        edge === 'across' || edge === 'down' ? distributeStates(states, edge) : alignStates(states, edge)
      edit.executeAll(command.title, [placeStates(Object.fromEntries(sized)), command])
    },
    leadTo(end: 'source' | 'target', at: Point): void {
      if (way === undefined || chart === undefined) return
      const path = stateAt(chart, at)
      if (path === '') return
      const known = new Set(model.transitions.map(({ pointer }) => pointer))
      if (!edit.execute(reconnect(way, { [end]: path }))) return
      const drawn = treeOf(design.stack.document.definition).nodes.flatMap(({ transitions }) => transitions)
      const moved = drawn.find(({ pointer }) => !known.has(pointer))
      if (moved !== undefined) select([{ kind: 'transition', pointer: moved.pointer }])
    },
    connectAt(source: string, target: string): void {
      setAsking({ kind: 'way', draft: { source, target } })
    },
    drawnTo(source: string, at: Point): void {
      const onto = chart === undefined ? '' : stateAt(chart, at)
      const state = model.states.get(onto)
      if (onto !== '' && onto !== source && state?.children.length === 0)
        setAsking({ kind: 'way', draft: { source, target: onto } })
      else setAsking({ kind: 'way', draft: { source, into: true }, at })
    },
  }
}
export type Canvas = ReturnType<typeof useCanvas>
