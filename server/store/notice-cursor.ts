/**
 * Cursors of inboxes and of dead letters: where a page ended.
 *
 * Promises: opaque to clients; one that was made up, or is of another list, is a `BadCursor`.
 * Must not: hold more than the place.
 */
import type { NoticeOrder } from './notice-port.ts'
import { BadCursor } from './port.ts'

const encode = (parts: readonly unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url')
function decode(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(parts) && parts.length === 3) return parts
  } catch {
    // Told below, like everything that is no cursor.
  }
  throw new BadCursor()
}

/** The last one shown. */
export type NoticePlace = { read: boolean; n: number }

export const noticeCursor = (order: NoticeOrder, { read, n }: NoticePlace): string => encode([order, read, n])
/** @throws BadCursor */
export function noticePlace(order: NoticeOrder, cursor: string): NoticePlace {
  const [of, read, n] = decode(cursor)
  if (of !== order || typeof read !== 'boolean' || typeof n !== 'number' || !Number.isSafeInteger(n))
    throw new BadCursor()
  return { read, n }
}

export type LetterPlace = { at: string; id: string }
export const letterCursor = ({ at, id }: LetterPlace): string => encode(['letters', at, id])
/** @throws BadCursor */
export function letterPlace(cursor: string): LetterPlace {
  const [of, at, id] = decode(cursor)
  if (of !== 'letters' || typeof at !== 'string' || typeof id !== 'string') throw new BadCursor()
  return { at, id }
}
