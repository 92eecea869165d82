/**
 * Where acts wait, and what the server last answered is kept: a port, and its twin in memory.
 *
 * Promises: acts come back in the order in which they were given; what was given is there after a reload.
 * Must not: send, or judge what it keeps.
 */
import type { Act, FreshAct } from './act.ts'

/** There is no room for more, or this browser keeps nothing. */
export class NoRoom extends Error {}

export type Kept = { at: string; body: unknown }
export type Shelf = {
  /** All acts of a person, in order. */
  acts(person: string): Promise<Act[]>
  /** Puts an act behind all others. Throws `NoRoom`. */
  add(act: FreshAct): Promise<Act>
  /** In its place. Throws `NoRoom`. */
  replace(act: Act): Promise<void>
  remove(order: number): Promise<void>
  /** What was kept under a name; of another build's making it may be anything. */
  read(name: string): Promise<Kept | undefined>
  /** False where it could not be kept. */
  keep(name: string, kept: Kept): Promise<boolean>
  /** Forgets what is kept under names that the question says yes to. Acts stay. */
  forget(which: (name: string) => boolean): Promise<void>
}

export function memoryShelf(): Shelf {
  const acts = new Map<number, Act>()
  const answers = new Map<string, Kept>()
  let last = 0
  return {
    acts: async (person) =>
      [...acts.values()]
        .filter((act) => act.person === person)
        .toSorted((one, other) => one.order - other.order),
    async add(act) {
      last += 1
      const kept = { ...act, order: last }
      acts.set(last, kept)
      return kept
    },
    async replace(act) {
      acts.set(act.order, act)
    },
    async remove(order) {
      acts.delete(order)
    },
    read: async (name) => answers.get(name),
    async keep(name, kept) {
      answers.set(name, kept)
      return true
    },
    async forget(which) {
      for (const name of [...answers.keys()]) if (which(name)) answers.delete(name)
    },
  }
}
