/**
 * Tells whoever watches that an attempt or a live session changed.
 *
 * Must not: say what changed in it; who is told reads it.
 */
export type Rang = { attempt?: string }
export type TrainingBell = {
  /** Returns how to stop listening. */
  listen(key: string, listener: (rang: Rang) => void): () => void
  ring(key: string, rang: Rang): void
}
export const attemptKey = (id: string): string => `attempt ${id}`
export const sessionKey = (code: string): string => `session ${code}`

export function createTrainingBell(): TrainingBell {
  const listeners = new Map<string, Set<(rang: Rang) => void>>()
  return {
    listen: (key, listener) => {
      const those = listeners.get(key) ?? new Set()
      listeners.set(key, those.add(listener))
      return () => {
        those.delete(listener)
        if (those.size === 0 && listeners.get(key) === those) listeners.delete(key)
      }
    },
    ring: (key, rang) => {
      for (const listener of listeners.get(key) ?? []) listener(rang)
    },
  }
}
