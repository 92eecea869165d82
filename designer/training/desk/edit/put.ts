/**
 * Changes of plain values, each giving a new one.
 *
 * Promises: an undefined takes the member away: what is left out and what is empty are the same in a scenario.
 */

export function put<T extends object, K extends keyof T>(value: T, key: K, next: T[K] | undefined): T {
  const made = { ...value }
  if (next === undefined) delete made[key]
  else made[key] = next
  return made
}

/** Nothing for an empty list: the schema wants none or one that holds something. */
export const orNone = <T>(list: readonly T[]): T[] | undefined => (list.length === 0 ? undefined : [...list])

export const replaced = <T>(list: readonly T[], index: number, next: T): T[] => list.with(index, next)

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const one = list[from]
  if (one === undefined) return [...list]
  return list.toSpliced(from, 1).toSpliced(to, 0, one)
}

/** `customer`, then `customer2`: a key that nobody has yet. */
export function freeKey(wish: string, taken: readonly string[]): string {
  if (!taken.includes(wish)) return wish
  let number = 2
  while (taken.includes(`${wish}${number}`)) number++
  return `${wish}${number}`
}
