/**
 * Where an owner put the states of a drawing, and how that is read from what was stored.
 *
 * Promises: what is no place is passed over, for a drawing must open whatever became of its places.
 * Must not: place a state that has none (`arrange.ts` does).
 */

/** Where a state lies: `x` and `y` from its parent's corner, so that moving a parent moves what is in it. */
export type Box = {
  readonly x: number
  readonly y: number
  readonly width?: number
  readonly height?: number
  readonly collapsed?: boolean
  /** Put there for want of a place, by no one's wish: a layout of new states may move it. */
  readonly auto?: boolean
}
/** By the state's path. A state that is not in it was never placed. */
export type Layout = { readonly states: { readonly [path: string]: Box } }

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

/** A box as it was stored; undefined for what is none. */
function boxOf(value: unknown): Box | undefined {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((key) => member(value, key))
  if (!isNumber(x) || !isNumber(y)) return undefined
  return {
    x,
    y,
    ...(isNumber(width) && width > 0 ? { width } : {}),
    ...(isNumber(height) && height > 0 ? { height } : {}),
    ...(member(value, 'collapsed') === true ? { collapsed: true } : {}),
    ...(member(value, 'auto') === true ? { auto: true } : {}),
  }
}

/** A stored layout. */
export function readLayout(value: unknown): Layout {
  const stored = member(value, 'states')
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return { states: {} }
  const boxes = Object.entries(stored).flatMap(([path, box]): [string, Box][] => {
    const read = boxOf(box)
    return read === undefined ? [] : [[path, read]]
  })
  return { states: Object.fromEntries(boxes) }
}
