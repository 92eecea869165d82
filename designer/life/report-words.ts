/**
 * How rows of the norm report are called, and what they narrow the report to.
 *
 * Must not: fetch or draw.
 */
import type { ReportRow } from '../../machines/wire/life.ts'

export const GROUPS = ['norm', 'process', 'engineer', 'customer', 'month'] as const
export type Group = (typeof GROUPS)[number]
export const OUTCOMES = ['met', 'late', 'broken', 'none'] as const

/** A month narrows by its days, and an unknown person or customer by nothing. */
export function narrowedBy({ norm, process, engineer, customer }: ReportRow): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ norm, process, engineer, customer }).flatMap(([key, value]) =>
      value === undefined || value === '' ? [] : [[key, value] as const],
    ),
  )
}

/** Whether there is more to be said of a row than its numbers. */
export const canNarrow = (row: ReportRow): boolean => Object.keys(narrowedBy(row)).length > 0
