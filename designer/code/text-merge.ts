/**
 * Two people's changes to the same text, brought together: what is being typed, and what was drawn meanwhile.
 *
 * Promises: where they do not touch, both are in; where they do, neither is lost before somebody chose.
 */
import { type Hunk, hunksBetween, linesOf } from './text-diff.ts'

export type Side = 'mine' | 'theirs'
/** Lines that both changed, each in their own way. */
export type Touch = { readonly mine: string; readonly theirs: string; readonly line: number }
export type Merged = { readonly text: string; readonly touches: readonly Touch[] }

/** @param side whose lines stand where both touch */
export function mergeTexts(base: string, mine: string, theirs: string, side: Side): Merged {
  const lines = { base: linesOf(base), mine: linesOf(mine), theirs: linesOf(theirs) }
  const mineHunks = hunksBetween(lines.base, lines.mine)
  const theirHunks = hunksBetween(lines.base, lines.theirs)
  const parts: string[] = []
  const touches: Touch[] = []
  let at = 0
  let line = 0
  const push = (text: string): void => {
    parts.push(text)
    line += text.split('\n').length - 1
  }
  for (const region of regionsOf(mineHunks, theirHunks)) {
    push(lines.base.slice(at, region.from).join(''))
    at = region.to
    const own = sideOf(region, region.mine, lines.base, lines.mine)
    const other = sideOf(region, region.theirs, lines.base, lines.theirs)
    if (region.theirs.length === 0) push(own)
    else if (region.mine.length === 0) push(other)
    else {
      if (own !== other) touches.push({ mine: own, theirs: other, line: line + 1 })
      push(side === 'mine' ? own : other)
    }
  }
  push(lines.base.slice(at).join(''))
  return { text: parts.join(''), touches }
}

type Region = { from: number; to: number; mine: Hunk[]; theirs: Hunk[] }

/** Runs of lines of the base that somebody changed; changes that touch are one. */
function regionsOf(mine: readonly Hunk[], theirs: readonly Hunk[]): Region[] {
  const all = [
    ...mine.map((hunk) => ({ hunk, of: 'mine' as const })),
    ...theirs.map((hunk) => ({ hunk, of: 'theirs' as const })),
  ].toSorted((one, other) => one.hunk.from - other.hunk.from || one.hunk.to - other.hunk.to)
  const regions: Region[] = []
  for (const { hunk, of } of all) {
    const last = regions.at(-1)
    const isTouching =
      last !== undefined && (hunk.from < last.to || (hunk.from === last.to && isAtEdge(last, hunk)))
    const region = isTouching ? last : { from: hunk.from, to: hunk.to, mine: [], theirs: [] }
    region.to = Math.max(region.to, hunk.to)
    region[of].push(hunk)
    if (!isTouching) regions.push(region)
  }
  return regions
}
/** Something put in right beside a change: which comes first is not for us to say. */
const isAtEdge = (region: Region, hunk: Hunk): boolean => region.from === region.to || hunk.from === hunk.to

/** What a side made of a region: its hunks, and the base between them. */
function sideOf(
  region: Region,
  hunks: readonly Hunk[],
  base: readonly string[],
  own: readonly string[],
): string {
  const parts: string[] = []
  let at = region.from
  for (const { from, to, otherFrom, otherTo } of hunks) {
    parts.push(...base.slice(at, from), ...own.slice(otherFrom, otherTo))
    at = to
  }
  parts.push(...base.slice(at, region.to))
  return parts.join('')
}
