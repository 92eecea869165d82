/**
 * What is done with the structure of the drawing: groups folded and shown alone, sizes, layouts of the whole or a part.
 *
 * Promises: each is one step that can be taken back, and moves nothing that was not named.
 * Must not: touch the definition, or draw.
 */
import type { Arranged, Places } from '../../machines/drawing/arrange.ts'
import type { Point } from '../../machines/drawing/graph.ts'
import type { ChartModel } from '../../machines/drawing/model.ts'
import { type Command, command } from '../document/commands/command.ts'
import { collapseStates, fitStates, placeStates } from '../document/commands/layout.ts'
import { DocumentError, words as said, type Words as Title } from '../document/problem.ts'
import { placesFor, sizedBy } from './resize.ts'
import { useEdit } from './seen.ts'
import type { Sides } from './snap.ts'
import { newParts, type Part, partsOf, tidied } from './tidy.ts'
import type { Drawn } from './use-arranged.ts'
import type { Canvas } from './use-canvas.ts'
import type { Looking } from './use-view.ts'
import { isWithin, shownFor } from './view.ts'

/** What a key adds to a size; a multiple of the grid. */
const STEP = 8

const notLaidOut = ({ en, zh }: Title): Command =>
  command('layout.fail', en, zh, () => {
    throw new DocumentError(
      'The drawing could not be arranged. Nothing was moved.',
      '未能完成布局整理，图形保持原样。',
    )
  })

export type Structure = ReturnType<typeof useStructure>

export function useStructure(
  model: ChartModel,
  { view, showAlone }: Looking,
  arranged: Arranged | undefined,
  { layOut, layOutPart }: Drawn,
  canvas: Canvas,
) {
  const edit = useEdit()
  const { home } = view
  const isGroup = (path: string): boolean => path !== '' && (model.states.get(path)?.children.length ?? 0) > 0
  const groups = [...model.states.keys()].filter(
    (path) => isGroup(path) && path !== home && isWithin(path, home),
  )
  const chosen = canvas.states.filter((path) => groups.includes(path))
  const place = (title: Title, places: Places): boolean =>
    Object.keys(places).length > 0 && edit.executeAll(title, [placeStates(places)])

  const movable = canvas.states.filter(canvas.isMovable)
  const parts = (): Part[] =>
    arranged === undefined ? [] : partsOf(arranged.chart, canvas.only === home ? [home] : movable)
  const fresh = (): Part[] =>
    arranged === undefined
      ? []
      : newParts(arranged.chart, arranged.places).filter(({ parent }) => isWithin(parent, home))
  /** What cannot be laid out is told, and nothing is moved. */
  const orTold = async <T>(title: Title, work: Promise<T>): Promise<T | undefined> => {
    try {
      return await work
    } catch {
      edit.execute(notLaidOut(title))
      return undefined
    }
  }
  const arrangeParts = async (title: Title, all: readonly Part[], isFresh: boolean): Promise<void> => {
    if (arranged === undefined) return
    const found: Places[] = []
    for (const part of all) {
      const states = await orTold(title, layOutPart(part))
      if (states === undefined) return
      found.push(tidied(arranged.chart, arranged.places, part, states, isFresh))
    }
    place(title, Object.assign({}, ...found))
  }
  /** The group of a selected state, where the selected is none itself. */
  const aloneNext = (): string | undefined => {
    const path = canvas.only
    if (path === undefined || view.stubs.has(path)) return undefined
    const group = isGroup(path) ? path : (model.states.get(path)?.parent ?? '')
    return group === '' || group === home ? undefined : group
  }

  return {
    home,
    stubs: view.stubs,
    groups,
    folded: view.folded,
    /** Of the selected groups, those that are open, or those that are not. */
    foldable: chosen.filter((path) => !view.folded.has(path)),
    unfoldable: chosen.filter((path) => view.folded.has(path)),
    /** What was selected within is no longer to be seen: the groups are selected instead. */
    fold(paths: readonly string[]): void {
      const folded = new Set([...view.folded, ...paths])
      if (!edit.execute(collapseStates(paths, true))) return
      canvas.pick(...new Set(canvas.states.map((path) => shownFor(path, folded))))
    },
    unfold(paths: readonly string[]): void {
      edit.execute(collapseStates(paths, false))
    },
    aloneNext,
    showAlone(path: string): void {
      showAlone(path)
      canvas.pick(path)
    },
    /** One level out. */
    leave(): void {
      if (home === '') return
      showAlone(model.states.get(home)?.parent ?? '')
      canvas.pick(home)
    },
    /** By keys: the right and lower edges. */
    resizeBy(by: Point): void {
      const { only } = canvas
      const placed = only === undefined ? undefined : canvas.placed(only)
      if (arranged === undefined || only === undefined || placed === undefined || !canvas.isMovable(only))
        return
      const sides: Sides = { ...(by.x === 0 ? {} : { right: true }), ...(by.y === 0 ? {} : { bottom: true }) }
      const to = sizedBy(placed, arranged.chart, sides, { x: by.x * STEP, y: by.y * STEP })
      place(said('Resize', '调整大小'), placesFor(placed, to, sides, canvas.originOf(only), arranged.places))
    },
    resized(places: Places): void {
      place(said('Resize', '调整大小'), places)
    },
    fitSize(paths: readonly string[]): void {
      edit.execute(fitStates(paths))
    },
    async arrangeAll(): Promise<void> {
      const title = said('Arrange the drawing', '整理图形布局')
      place(title, (await orTold(title, layOut())) ?? {})
    },
    hasParts: (): boolean => parts().length > 0,
    arrangeSelected: (): Promise<void> =>
      arrangeParts(said('Arrange the selection', '整理所选布局'), parts(), false),
    /** Whether something stands where nobody put it. */
    hasNew: (): boolean => fresh().length > 0,
    arrangeNew: (): Promise<void> => arrangeParts(said('Arrange what is new', '整理新增布局'), fresh(), true),
  }
}
