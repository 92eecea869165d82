/**
 * From SQLite's rows to our values, checked: a column of another type than expected is a fault, not a guess.
 *
 * Must not: hold SQL.
 */
import type { SQLOutputValue } from 'node:sqlite'

export type Row = Record<string, SQLOutputValue>

export function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`column ${column}: ${typeof value} instead of text`)
  return value
}

export function integer(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number')
    throw new TypeError(`column ${column}: ${typeof value} instead of an integer`)
  return value
}

/** `undefined` for NULL. */
export const optionalText = (row: Row, column: string): string | undefined =>
  row[column] === null ? undefined : text(row, column)
