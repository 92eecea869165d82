/**
 * What changed between two texts, line by line and within the lines, so that cursor and folds stay where nothing did.
 *
 * Promises: `applyChanges(before, changesBetween(before, after))` is `after`. Takes its time only up to a bound: texts
 * that have little in common are exchanged in one piece.
 */

/** `from` and `to` in the text before; in order, none overlapping. */
export type TextChange = { readonly from: number; readonly to: number; readonly insert: string }
/** Lines `from` to `to` of the one give way to lines `otherFrom` to `otherTo` of the other. */
export type Hunk = {
  readonly from: number
  readonly to: number
  readonly otherFrom: number
  readonly otherTo: number
}

/** More differing lines than this are not told apart. */
const MOST_STEPS = 500

/** Lines with their ends, so that joined they are the text. */
export const linesOf = (text: string): string[] => text.split(/(?<=\n)/)

/** The changes, small ones: within changed lines the same beginning and end are left alone. */
export function changesBetween(before: string, after: string, offset = 0): TextChange[] {
  if (before === after) return []
  const [old, now] = [linesOf(before), linesOf(after)]
  const starts = startsOf(old)
  return hunksBetween(old, now).map(({ from, to, otherFrom, otherTo }) => {
    const gone = old.slice(from, to).join('')
    const come = now.slice(otherFrom, otherTo).join('')
    const shorter = Math.min(gone.length, come.length)
    let head = 0
    while (head < shorter && gone[head] === come[head]) head++
    let tail = 0
    while (tail < shorter - head && gone[gone.length - 1 - tail] === come[come.length - 1 - tail]) tail++
    const start = offset + (starts[from] ?? before.length)
    return {
      from: start + head,
      to: start + gone.length - tail,
      insert: come.slice(head, come.length - tail),
    }
  })
}

/** The text with changes made. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  const parts: string[] = []
  let at = 0
  for (const { from, to, insert } of changes) {
    parts.push(text.slice(at, from), insert)
    at = to
  }
  return parts.join('') + text.slice(at)
}

function startsOf(lines: readonly string[]): number[] {
  let at = 0
  return lines.map((line) => {
    const start = at
    at += line.length
    return start
  })
}

/** The runs of lines that differ. */
export function hunksBetween(old: readonly string[], now: readonly string[]): Hunk[] {
  let head = 0
  while (head < old.length && head < now.length && old[head] === now[head]) head++
  let oldEnd = old.length
  let nowEnd = now.length
  while (oldEnd > head && nowEnd > head && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd--
    nowEnd--
  }
  if (head === oldEnd && head === nowEnd) return []
  const kept = keptLines(old.slice(head, oldEnd), now.slice(head, nowEnd))
  const hunks: Hunk[] = []
  let [at, other] = [head, head]
  for (const { x, y } of [...kept, { x: oldEnd - head, y: nowEnd - head }]) {
    if (at < head + x || other < head + y)
      hunks.push({ from: at, to: head + x, otherFrom: other, otherTo: head + y })
    at = head + x + 1
    other = head + y + 1
  }
  return hunks
}

type Pair = { readonly x: number; readonly y: number }

/** Pairs of equal lines that stay, by the shortest way from the one text to the other (Myers); none if it is long. */
function keptLines(old: readonly string[], now: readonly string[]): Pair[] {
  const reach: Map<number, number>[] = []
  let ends = new Map<number, number>([[1, 0]])
  for (let steps = 0; steps <= Math.min(old.length + now.length, MOST_STEPS); steps++) {
    const next = new Map<number, number>(ends)
    for (let line = -steps; line <= steps; line += 2) {
      const isDown = line === -steps || (line !== steps && endOf(ends, line - 1) < endOf(ends, line + 1))
      let x = isDown ? endOf(ends, line + 1) : endOf(ends, line - 1) + 1
      while (x < old.length && x - line < now.length && x - line >= 0 && old[x] === now[x - line]) x++
      next.set(line, x)
      if (x >= old.length && x - line >= now.length) return wayBack(reach, ends, old.length, now.length)
    }
    reach.push(ends)
    ends = next
  }
  return []
}
const endOf = (ends: ReadonlyMap<number, number>, line: number): number => ends.get(line) ?? -1

function wayBack(
  reach: readonly ReadonlyMap<number, number>[],
  last: ReadonlyMap<number, number>,
  width: number,
  height: number,
): Pair[] {
  const kept: Pair[] = []
  let [x, y] = [width, height]
  for (let steps = reach.length; steps >= 0; steps--) {
    const ends = steps === reach.length ? last : reach[steps]
    if (ends === undefined) break
    const line = x - y
    const isDown = line === -steps || (line !== steps && endOf(ends, line - 1) < endOf(ends, line + 1))
    const from = isDown ? line + 1 : line - 1
    const [startX, startY] = steps === 0 ? [0, 0] : [endOf(ends, from), endOf(ends, from) - from]
    const bottom = steps === 0 ? 0 : isDown ? startX : startX + 1
    while (x > bottom && y > (steps === 0 ? 0 : isDown ? startY + 1 : startY)) kept.push({ x: --x, y: --y })
    ;[x, y] = [startX, startY]
  }
  return kept.reverse()
}
