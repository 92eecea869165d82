/**
 * What an earlier job knows of a customer, as entries of the file of this call.
 *
 * Promises: what the agent typed stays, unless it is a part of what was found: he was typing that.
 * Must not: take which machine it is about, unless it was searched for; a customer has several.
 */
const OF_THE_MACHINE: ReadonlySet<string> = new Set(['serialNumber', 'orderNumber'])

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().trim()
const isPart = (typed: string, found: string): boolean => fold(found).includes(fold(typed))

/** @param searched what was typed to find it */
export function takenOver(
  names: readonly string[],
  typed: Readonly<Record<string, string>>,
  found: Readonly<Record<string, unknown>>,
  searched: string,
): Record<string, string> {
  const taken: Record<string, string> = {}
  for (const name of names) {
    const value = found[name]
    const here = typed[name] ?? ''
    if (typeof value !== 'string' || value === '' || value === here) continue
    if (here.trim() !== '' && !isPart(here, value)) continue
    if (OF_THE_MACHINE.has(name) && here.trim() === '' && !isFound(searched, value)) continue
    taken[name] = value
  }
  return taken
}

const isFound = (searched: string, value: string): boolean =>
  searched.split(/\s+/u).some((word) => word !== '' && isPart(word, value))

/** How much of an entry has to stand there before it tells one customer from another. */
const TELLING: readonly (readonly [string, number])[] = [
  ['customerPhone', 4],
  ['serialNumber', 3],
  ['orderNumber', 3],
  ['customerName', 2],
]

/** What to look for while the file is being filled; empty where nothing tells enough yet. */
export function searchOf(typed: Readonly<Record<string, string>>): string {
  for (const [name, least] of TELLING) {
    const text = (typed[name] ?? '').trim()
    if (text.length >= least) return text
  }
  return ''
}
