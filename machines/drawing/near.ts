/**
 * What lies near a place of a drawing, found without looking at all of it: a large one has hundreds of states and
 * lines, and leading one line asks thousands of times.
 *
 * Promises: pure and total, also at coordinates beyond all measure; finds what looking at all would find, each once.
 * Must not: know what a state or a line is.
 */
import type { Point, Rect } from './graph.ts'

const CELL = 256
/** What would fill more cells than this is looked at every time instead. */
const MOST_CELLS = 2048

type Cells = { left: number; top: number; right: number; bottom: number }

/** The cells that an area touches; undefined where they are too many to walk. */
function cellsOf({ x, y, width, height }: Rect): Cells | undefined {
  const left = Math.floor(x / CELL)
  const top = Math.floor(y / CELL)
  const right = Math.floor((x + width) / CELL)
  const bottom = Math.floor((y + height) / CELL)
  const count = (right - left + 1) * (bottom - top + 1)
  const isWalkable =
    count >= 0 && count <= MOST_CELLS && Number.isSafeInteger(left) && Number.isSafeInteger(top)
  return isWalkable ? { left, top, right, bottom } : undefined
}

type Entry<T> = { readonly rect: T; asked: number }

/** Rectangles by where they are. */
export class RectsNear<T extends Rect> {
  readonly #columns = new Map<number, Map<number, Entry<T>[]>>()
  readonly #wide: Entry<T>[] = []
  readonly #all: Entry<T>[] = []
  #asked = 0

  constructor(rects: Iterable<T> = []) {
    for (const rect of rects) this.add(rect)
  }

  add(rect: T): void {
    const entry = { rect, asked: 0 }
    this.#all.push(entry)
    const cells = cellsOf(rect)
    if (cells === undefined) {
      this.#wide.push(entry)
      return
    }
    for (let column = cells.left; column <= cells.right; column += 1) {
      const rows = this.#columns.get(column) ?? new Map<number, Entry<T>[]>()
      this.#columns.set(column, rows)
      for (let row = cells.top; row <= cells.bottom; row += 1) {
        const cell = rows.get(row)
        if (cell === undefined) rows.set(row, [entry])
        else cell.push(entry)
      }
    }
  }

  /** How many that lie in the cells of `area` are counted by `counts`. */
  count(area: Rect, counts: (rect: T) => boolean): number {
    this.#asked += 1
    let found = 0
    const ask = (entry: Entry<T>): void => {
      if (entry.asked === this.#asked) return
      entry.asked = this.#asked
      if (counts(entry.rect)) found += 1
    }
    const cells = cellsOf(area)
    if (cells === undefined) {
      for (const entry of this.#all) ask(entry)
      return found
    }
    for (const entry of this.#wide) ask(entry)
    for (let column = cells.left; column <= cells.right; column += 1) {
      const rows = this.#columns.get(column)
      if (rows === undefined) continue
      for (let row = cells.top; row <= cells.bottom; row += 1)
        for (const entry of rows.get(row) ?? []) ask(entry)
    }
    return found
  }
}

/** Two pieces of lines this near on the same side are one beside the other. */
const BESIDE = 7
const STRIP = 16

type Piece = readonly [from: Point, to: Point, of: unknown]

export const piecesOf = (points: readonly Point[]): [Point, Point][] =>
  points.slice(1).flatMap((to, index): [Point, Point][] => {
    const from = points[index]
    return from === undefined ? [] : [[from, to]]
  })

/** Upright and level pieces of lines by where they are. */
export class LinesNear {
  readonly #upright = new Map<number, Piece[]>()
  readonly #level = new Map<number, Piece[]>()

  /** `of`: whose line it is, to be left out by. */
  add(points: readonly Point[], of?: unknown): void {
    for (const [from, to] of piecesOf(points)) {
      if (from.x === to.x) note(this.#upright, from.x, [from, to, of])
      if (from.y === to.y) note(this.#level, from.y, [from, to, of])
    }
  }

  /** How many pieces run beside the one from `from` to `to`, close enough to be taken for it. */
  countAlong(from: Point, to: Point, without: ReadonlySet<unknown> = NOTHING): number {
    if (from.x === to.x) return along(this.#upright, [from, to, without], 'x', 'y')
    return from.y === to.y ? along(this.#level, [from, to, without], 'y', 'x') : 0
  }
}
const NOTHING: ReadonlySet<unknown> = new Set()

const stripOf = (at: number): number => Math.floor(at / STRIP)

function note(strips: Map<number, Piece[]>, at: number, piece: Piece): void {
  const strip = strips.get(stripOf(at))
  if (strip === undefined) strips.set(stripOf(at), [piece])
  else strip.push(piece)
}

function along(
  strips: ReadonlyMap<number, readonly Piece[]>,
  [from, to, without]: readonly [Point, Point, ReadonlySet<unknown>],
  across: 'x' | 'y',
  length: 'x' | 'y',
): number {
  let found = 0
  const low = Math.min(from[length], to[length])
  const high = Math.max(from[length], to[length])
  const own = stripOf(from[across])
  // Beyond all measure, a strip and the next are the same number.
  for (const strip of Number.isSafeInteger(own) ? [own - 1, own, own + 1] : [own]) {
    for (const [start, stop, of] of strips.get(strip) ?? []) {
      if (Math.abs(from[across] - start[across]) > BESIDE) continue
      const shared =
        Math.min(high, Math.max(start[length], stop[length])) -
        Math.max(low, Math.min(start[length], stop[length]))
      if (shared > BESIDE && !without.has(of)) found += 1
    }
  }
  return found
}
