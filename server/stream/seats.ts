/**
 * How many streams may be open: of all, and of one person.
 *
 * Must not: know what streams through them.
 */
import { problem } from '../problem-details.ts'

export type Seats = {
  /** Gives back how to leave it. Problems: too-many-requests. */
  take(person: string): () => void
  /** Whether `take` would refuse. */
  full(person: string): boolean
  /** How many are taken. */
  open(): number
}

export function createSeats(most: { all: number; each: number }): Seats {
  const taken = new Map<string, number>()
  let all = 0
  const full = (person: string): boolean => all >= most.all || (taken.get(person) ?? 0) >= most.each
  return {
    full,
    open: () => all,
    take: (person) => {
      if (full(person)) throw problem('too-many-requests')
      taken.set(person, (taken.get(person) ?? 0) + 1)
      all++
      let seated = true
      return () => {
        if (!seated) return
        seated = false
        all--
        const left = (taken.get(person) ?? 1) - 1
        if (left === 0) taken.delete(person)
        else taken.set(person, left)
      }
    },
  }
}
