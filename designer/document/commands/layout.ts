/**
 * Commands on places: states moved on the canvas, made larger, lined up, spread out, folded.
 *
 * Promises: what was not named stays where it was put.
 * Must not: touch the definition. States are lined up with those in the same parent only, for places count from it.
 */
import type { Box, Document, Layout } from '../document.ts'
import { DocumentError } from '../problem.ts'
import { type Command, command } from './command.ts'

const layoutCommand = (name: string, en: string, zh: string, change: (layout: Layout) => Layout): Command =>
  command(name, en, zh, (document: Document) => ({ ...document, layout: change(document.layout) }))

const isWhole = (box: Box): boolean =>
  [box.x, box.y, box.width ?? 1, box.height ?? 1].every(Number.isFinite) &&
  (box.width ?? 1) > 0 &&
  (box.height ?? 1) > 0

/** Places of states, by path: dragging, resizing, or what an automatic layout gave for some of them. */
export const placeStates = (boxes: { readonly [path: string]: Box }): Command =>
  layoutCommand('layout.place', 'Move on the canvas', '移动位置', ({ states }) => {
    if (!Object.values(boxes).every(isWhole))
      throw new DocumentError('a place on the canvas must be a number', '画布位置必须是数字')
    const merged = Object.entries(boxes).map(([path, box]): [string, Box] => {
      // What someone has placed is no longer placed by chance.
      const { auto: _, ...before } = (Object.hasOwn(states, path) ? states[path] : undefined) ?? box
      return [path, { ...before, ...box }]
    })
    return { states: { ...states, ...Object.fromEntries(merged) } }
  })

/** Takes places away: an automatic layout may set these states anew. */
export const unplaceStates = (paths: readonly string[]): Command =>
  layoutCommand('layout.unplace', 'Let the layout place them', '交由自动布局', ({ states }) => ({
    states: Object.fromEntries(Object.entries(states).filter(([path]) => !paths.includes(path))),
  }))

/** States as large again as what is in them. */
export const fitStates = (paths: readonly string[]): Command =>
  layoutCommand('layout.fit', 'Fit to the content', '按内容调整大小', ({ states }) => {
    const fitted = paths.flatMap((path): [string, Box][] => {
      const box = Object.hasOwn(states, path) ? states[path] : undefined
      if (box === undefined) return []
      const { width: _, height: __, ...place } = box
      return [[path, place]]
    })
    return { states: { ...states, ...Object.fromEntries(fitted) } }
  })

/** Folds states, or unfolds them. */
export const collapseStates = (paths: readonly string[], collapsed: boolean): Command =>
  layoutCommand(
    'layout.collapse',
    collapsed ? 'Collapse' : 'Expand',
    collapsed ? '折叠' : '展开',
    ({ states }) => {
      const changed = paths.map((path): [string, Box] => {
        const { collapsed: _, ...box } = (Object.hasOwn(states, path) ? states[path] : undefined) ?? {
          x: 0,
          y: 0,
        }
        return [path, collapsed ? { ...box, collapsed } : box]
      })
      return { states: { ...states, ...Object.fromEntries(changed) } }
    },
  )

export type Edge = 'left' | 'right' | 'top' | 'bottom' | 'center' | 'middle'
type Side = { at: 'x' | 'y'; size: 'width' | 'height'; share: 0 | 0.5 | 1 }
const EDGES: Readonly<Record<Edge, Side>> = {
  left: { at: 'x', size: 'width', share: 0 },
  center: { at: 'x', size: 'width', share: 0.5 },
  right: { at: 'x', size: 'width', share: 1 },
  top: { at: 'y', size: 'height', share: 0 },
  middle: { at: 'y', size: 'height', share: 0.5 },
  bottom: { at: 'y', size: 'height', share: 1 },
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.')))

/** @throws DocumentError where they do not lie in one parent, or one was never placed */
function beside({ states }: Layout, paths: readonly string[], least: number): [string, Box][] {
  const parents = new Set(paths.map(parentOf))
  if (paths.length < least || parents.size !== 1)
    throw new DocumentError(
      `select at least ${least} states that lie side by side`,
      `请至少选择 ${least} 个同一层的状态`,
    )
  return paths.map((path) => {
    const box = Object.hasOwn(states, path) ? states[path] : undefined
    if (box === undefined) throw new DocumentError(`“${path}” has no place yet`, `“${path}”尚无位置`)
    return [path, box]
  })
}

const withBoxes = (layout: Layout, boxes: readonly [string, Box][]): Layout => ({
  states: {
    ...layout.states,
    ...Object.fromEntries(boxes.map(([path, { auto: _, ...box }]) => [path, box])),
  },
})

/** Lines states up: by the outermost edge, or by the middle of all. */
export const alignStates = (paths: readonly string[], edge: Edge): Command =>
  layoutCommand('layout.align', 'Align', '对齐', (layout) => {
    const { at, size, share } = EDGES[edge]
    const boxes = beside(layout, paths, 2)
    const start = Math.min(...boxes.map(([, box]) => box[at]))
    const end = Math.max(...boxes.map(([, box]) => box[at] + (box[size] ?? 0)))
    const line = start + (end - start) * share
    return withBoxes(
      layout,
      boxes.map(([path, box]) => [path, { ...box, [at]: line - (box[size] ?? 0) * share }]),
    )
  })

/** The same space between each two; the outermost stay. */
export const distributeStates = (paths: readonly string[], direction: 'across' | 'down'): Command =>
  layoutCommand('layout.distribute', 'Distribute', '均匀分布', (layout) => {
    const { at, size } = direction === 'across' ? EDGES.left : EDGES.top
    const boxes = beside(layout, paths, 3).toSorted(([, one], [, other]) => one[at] - other[at])
    const start = Math.min(...boxes.map(([, box]) => box[at]))
    const end = Math.max(...boxes.map(([, box]) => box[at] + (box[size] ?? 0)))
    const taken = boxes.reduce((sum, [, box]) => sum + (box[size] ?? 0), 0)
    const space = (end - start - taken) / (boxes.length - 1)
    let next = start
    const placed = boxes.map(([path, box]): [string, Box] => {
      const moved = { ...box, [at]: next }
      next += (box[size] ?? 0) + space
      return [path, moved]
    })
    return withBoxes(layout, placed)
  })
