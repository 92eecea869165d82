/**
 * The known word that a misspelt one was most likely meant to be.
 *
 * Promises: bounded work; no guess rather than a far-fetched one.
 */

const LONGEST = 80
const MOST_KNOWN = 600

/** Within two edits and a third of the word's length (a swap of neighbours counts as one); letter case is free. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word === '' || word.length > LONGEST) return undefined
  const limit = Math.max(1, Math.min(3, Math.floor(word.length / 3)))
  let best: { word: string; distance: number } | undefined
  let seen = 0
  for (const candidate of known) {
    seen++
    if (seen > MOST_KNOWN) break
    if (candidate === word || Math.abs(candidate.length - word.length) > limit) continue
    const distance = edits(word.toLowerCase(), candidate.toLowerCase(), limit)
    if (distance <= limit && (best === undefined || distance < best.distance))
      best = { word: candidate, distance }
  }
  return best?.word
}

/** Edits between two words: insert, delete, replace, swap neighbours; anything over `limit` is `limit + 1`. */
function edits(one: string, other: string, limit: number): number {
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1]
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      row.push(least)
    }
    if (Math.min(...row) > limit) return limit + 1
    before = last
    last = row
  }
  return last[other.length] ?? limit + 1
}
