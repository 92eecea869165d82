/**
 * Random numbers from a seed (mulberry32): the same everywhere, and a plain number as their state.
 *
 * Must not: be used for secrets.
 */

/** 0 up to but not 1, and the state to go on from. */
export function draw(state: number): { value: number; state: number } {
  const next = (state + 0x6d2b79f5) >>> 0
  let mixed = Math.imul(next ^ (next >>> 15), next | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return { value: ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000, state: next }
}
