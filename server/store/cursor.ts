/**
 * Cursors of lists: where a page ended, as sort value and id, so that the next begins right after it,
 * whatever was put in or taken out meanwhile.
 *
 * Promises: opaque to clients; one that was made up, or made for another sort, is a `BadCursor`.
 * Must not: hold a secret or a count: a cursor may lie in a URL for ever.
 */
import { BadCursor, type JobSort } from './port.ts'

export type Position = { value: string; id: string }

export const encodeCursor = (sort: JobSort, { value, id }: Position): string =>
  Buffer.from(JSON.stringify([sort, value, id])).toString('base64url')

/** @throws BadCursor */
export function decodeCursor(sort: JobSort, cursor: string): Position {
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw new BadCursor()
  }
  if (!Array.isArray(parts) || parts.length !== 3) throw new BadCursor()
  const [of, value, id]: unknown[] = parts
  if (of !== sort || typeof value !== 'string' || typeof id !== 'string') throw new BadCursor()
  return { value, id }
}

/** Sorts after every time: jobs without a deadline come last. */
export const NO_DUE = 'never'

/** A sort's field and direction. Ties go by id, in the same direction. */
export const SORTS = {
  createdAt: { field: 'createdAt', descending: false },
  '-createdAt': { field: 'createdAt', descending: true },
  updatedAt: { field: 'updatedAt', descending: false },
  '-updatedAt': { field: 'updatedAt', descending: true },
  dueAt: { field: 'dueAt', descending: false },
} as const satisfies Record<JobSort, { field: 'createdAt' | 'updatedAt' | 'dueAt'; descending: boolean }>
