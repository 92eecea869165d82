/**
 * The keys of the canvas: each does what a button or the mouse does, too.
 *
 * Must not: take a key from an input, or one that the page uses (undo, redo, save).
 */
import type { KeyboardEvent } from 'react'
import type { PlacedChart } from '../../machines/drawing/graph.ts'
import type { ChartModel } from '../../machines/drawing/model.ts'
import type { Design } from '../design/design-api.ts'
import { type Arrow, nextWay, stateTowards } from './navigate.ts'
import type { Canvas } from './use-canvas.ts'

const ARROWS: Readonly<Record<Arrow, { x: number; y: number }>> = {
  ArrowUp: { x: 0, y: -8 },
  ArrowDown: { x: 0, y: 8 },
  ArrowLeft: { x: -8, y: 0 },
  ArrowRight: { x: 8, y: 0 },
}
const isArrow = (key: string): key is Arrow => Object.hasOwn(ARROWS, key)

export type Around = {
  readonly canvas: Canvas
  readonly chart: PlacedChart
  readonly model: ChartModel
  readonly select: Design['select']
  readonly readOnly: boolean
  search(): void
  zoomTo(): void
  showAll(): void
}

/** True where the key was meant for the canvas. */
export function onKey(event: KeyboardEvent, around: Around): boolean {
  if (event.ctrlKey || event.metaKey) return withControl(event, around)
  return look(event, around) || (!around.readOnly && change(event, around))
}

function withControl({ key, shiftKey }: KeyboardEvent, { canvas, search, readOnly, model }: Around): boolean {
  if (shiftKey) return false
  switch (key.toLowerCase()) {
    case 'f':
      search()
      return true
    case 'a': {
      const parent = canvas.only === undefined ? '' : (model.states.get(canvas.only)?.parent ?? '')
      canvas.pick(...(model.states.get(parent)?.children ?? []))
      return true
    }
    case 'c':
      canvas.copy()
      return canvas.states.length > 0
    case 'v':
      if (!readOnly) canvas.paste()
      return true
    case 'd':
      if (!readOnly) canvas.duplicate()
      return true
    default:
      return false
  }
}

/** Keys that change what is selected or looked at. */
function look(event: KeyboardEvent, { canvas, chart, model, select, zoomTo, showAll }: Around): boolean {
  const { key, altKey } = event
  const { only, way, pick } = canvas
  const at = model.transitions.find(({ pointer }) => pointer === way)
  const state = only === undefined ? undefined : model.states.get(only)
  if (isArrow(key) && !altKey) {
    if (at !== undefined) {
      const path = key === 'ArrowUp' || key === 'ArrowLeft' ? at.source : (at.targets[0] ?? at.source)
      if (path !== '') pick(path)
      return true
    }
    const next =
      stateTowards(chart, only ?? '', key) ??
      (only === undefined ? model.states.get('')?.children[0] : undefined)
    if (next !== undefined) pick(next)
    return true
  }
  if (key === '.' || key === ',') {
    const from = at?.source ?? only
    const next = from === undefined ? undefined : nextWay(model, from, way, key === ',')
    if (next !== undefined) select([{ kind: 'transition', pointer: next }])
    return true
  }
  if (key === 'Enter') {
    if (at !== undefined) pick(at.targets[0] ?? at.source)
    else if (state !== undefined && state.children.length > 0)
      pick(state.initial ?? state.children[0] ?? state.path)
    return true
  }
  if (key === 'Escape') {
    if (at !== undefined && at.source !== '') pick(at.source)
    else if (state?.parent !== undefined && state.parent !== '') pick(state.parent)
    else select([])
    return true
  }
  if (altKey || (key !== 'z' && key !== '1')) return false
  if (key === 'z') zoomTo()
  else showAll()
  return true
}

function change({ key, altKey }: KeyboardEvent, { canvas }: Around): boolean {
  if (isArrow(key) && altKey) {
    canvas.nudge(ARROWS[key])
    return true
  }
  if (altKey) return false
  switch (key) {
    case 'F2':
      canvas.setNaming(canvas.only)
      return true
    case 'Delete':
    case 'Backspace':
      canvas.remove()
      return true
    case 'n':
    case 'N':
      canvas.create()
      return true
    case 't':
    case 'T':
      canvas.askWay()
      return true
    default:
      return false
  }
}
