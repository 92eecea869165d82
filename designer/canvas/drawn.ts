/**
 * What each view of an edited process looked like last, also for when the canvas was away, and the whole of it for when
 * the page was.
 *
 * Must not: draw.
 */
import type { PlacedChart } from '../../machines/drawing/graph.ts'
import type { DrawingView } from '../../machines/wire/drawing.ts'
import type { CommandStack } from '../document/command-stack.ts'
import type { LocalDrawings } from '../session/local-drawings.ts'

/** The view of the whole with nothing folded. */
const WHOLE = ''
/** A drag or a word being typed is over by then. */
const KEEP_AFTER_MS = 1500

/** What the server may have laid out. */
export type Offer = {
  /** Never rejects. Undefined: nothing is offered. */
  readonly drawing: Promise<DrawingView | undefined>
  giveUp(): void
}
type Drawings = {
  readonly views: Map<string, PlacedChart>
  readonly local: LocalDrawings | undefined
  readonly offer: Offer | undefined
  timer: ReturnType<typeof setTimeout> | undefined
}
const drawings = new WeakMap<CommandStack, Drawings>()

function drawingsOf(stack: CommandStack): Drawings {
  const known = drawings.get(stack) ?? {
    views: new Map(),
    local: undefined,
    offer: undefined,
    timer: undefined,
  }
  drawings.set(stack, known)
  return known
}

/** Before the first drawing. `last`: as this browser kept it; `offer`: for where it kept nothing. */
export function openDrawings(
  stack: CommandStack,
  local: LocalDrawings,
  last: PlacedChart | undefined,
  offer: Offer | undefined,
): void {
  const views = new Map(last === undefined ? [] : [[WHOLE, last]])
  drawings.set(stack, { views, local, offer, timer: undefined })
}
export const offeredFor = (stack: CommandStack): Offer | undefined => drawingsOf(stack).offer

export const drawnBefore = (stack: CommandStack, view: string): PlacedChart | undefined =>
  drawingsOf(stack).views.get(view)

export function rememberDrawn(stack: CommandStack, view: string, chart: PlacedChart): void {
  const known = drawingsOf(stack)
  if (known.views.get(view) === chart) return
  known.views.set(view, chart)
  const { local } = known
  if (view !== WHOLE || local === undefined) return
  clearTimeout(known.timer)
  known.timer = setTimeout(() => void local.write(chart), KEEP_AFTER_MS)
}
