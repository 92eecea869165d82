/** Where a page of findings ended, the same for every adapter. */
import { BadCursor } from './port.ts'

export const findingCursor = (row: number): string => `f${row}`

/** @throws BadCursor */
export function findingPlace(cursor: string): number {
  const found = /^f(\d{1,15})$/.exec(cursor)?.[1]
  if (found === undefined) throw new BadCursor()
  return Number(found)
}
