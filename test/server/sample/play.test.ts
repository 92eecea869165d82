import { describe, expect, it } from 'vitest'
import { played } from './played.ts'

describe('the play of a sample day', () => {
  // Night, a weekend, early on a Monday, the last minutes of a day and of a year; years ahead.
  it.each([
    '2026-03-04T15:00:00+08:00',
    '2026-03-04T03:00:00+08:00',
    '2026-03-07T09:00:00+08:00',
    '2026-11-23T06:55:00+08:00',
    '2026-12-31T23:58:00+08:00',
    '2030-06-02T12:30:00+08:00',
  ])(
    'comes to its end at %s, and writes nothing but its own store',
    async (now) => {
      const { stopped, errors, total, theirs, commits } = await played(now)
      expect(stopped).toEqual([])
      expect(errors).toEqual([])
      expect(total).toBe(40)
      expect(theirs.total).toBe(0)
      const last = new Date(now).toISOString()
      const times = commits.flatMap(({ changes }) => changes.map(({ entry }) => entry.at))
      expect(times.toSorted()).toEqual(times)
      expect(times.every((at) => at <= last)).toBe(true)
    },
    60_000,
  )
})
