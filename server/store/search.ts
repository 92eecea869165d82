/**
 * How the search reads text, the same for every adapter: a word is found wherever it stands within the text.
 *
 * Promises: case and width do not matter (Ａ, a); Chinese needs no spaces between words.
 * Must not: know where the text comes from, or rank.
 */
import type { JobIndex } from './port.ts'

/** Only this much of a job's summary is searched, in UTF-16 units. */
const SEARCHED = 8_000

const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

/** What a job is found by: its summary and its id. */
export const haystack = (id: string, index: JobIndex): string =>
  fold(`${id}\n${index.text.slice(0, SEARCHED)}`)

/** The words of a query, all of which must occur. */
export const words = (query: string): string[] => [
  ...new Set(
    fold(query)
      .split(/\s+/u)
      .filter((word) => word !== ''),
  ),
]
