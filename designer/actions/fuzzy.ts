/**
 * How well what was typed fits what it may mean, in any language.
 *
 * Promises: pure; every word must be found; a whole beginning counts more than letters in between.
 */

const WHOLE = 120
const BEGINS = 100
const WORD_BEGINS = 80
const WITHIN = 60
const SCATTERED = 30

/** Higher is better; undefined where it does not fit. Earlier texts count more. */
export function rating(query: string, texts: readonly string[]): number | undefined {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  let sum = 0
  for (const word of words) {
    const best = Math.max(...texts.map((text, index) => rateWord(word, text.toLocaleLowerCase()) - index * 2))
    if (best <= 0) return undefined
    sum += best
  }
  return words.length === 0 ? 0 : sum / words.length
}

function rateWord(word: string, text: string): number {
  if (text === word) return WHOLE
  const at = text.indexOf(word)
  if (at === 0) return BEGINS
  // A Chinese word has no gap before it.
  if (at > 0) return /[\s\p{P}]/u.test(text[at - 1] ?? '') ? WORD_BEGINS : WITHIN
  const gaps = /^[a-z0-9]{2,}$/.test(word) ? gapsBetween(word, text) : undefined
  return gaps === undefined ? Number.NEGATIVE_INFINITY : SCATTERED - gaps
}

/** How many letters lie between those of the word, where all come in order; few, else it is another word. */
function gapsBetween(word: string, text: string): number | undefined {
  let at = text.indexOf(word[0] ?? '')
  let gaps = 0
  for (const letter of word.slice(1)) {
    const next = text.indexOf(letter, at + 1)
    if (at < 0 || next < 0) return undefined
    gaps += next - at - 1
    at = next
  }
  return gaps <= Math.min(word.length * 3, SCATTERED - 5) ? gaps : undefined
}
