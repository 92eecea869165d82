import { describe, expect, it } from 'vitest'
import { closedOf, nextDay, placed, scaleOf } from '../../../designer/dispatch/day-scale.ts'
import type { DispatchDay, PlannedJob } from '../../../machines/wire/dispatch.ts'

const HOUR = 3_600_000
const midnight = Date.parse('2026-03-02T00:00:00+08:00')
const at = (hour: number): string => new Date(midnight + hour * HOUR).toISOString()
const job = (
  id: string,
  hour: number | undefined,
  kind: 'appointment' | 'due' = 'appointment',
): PlannedJob => ({
  id,
  process: 'home-visit',
  title: { en: 'Visit' },
  seq: 1,
  status: 'active',
  about: [],
  overdue: false,
  ...(hour === undefined ? {} : { at: at(hour), kind }),
})
const day = (jobs: PlannedJob[], open = [{ from: at(9), to: at(18) }]): DispatchDay => ({
  date: '2026-03-02',
  today: '2026-03-02',
  timeZone: 'Asia/Shanghai',
  from: at(0),
  to: at(24),
  open,
  visitMinutes: 120,
  waiting: { total: 0, jobs: [] },
  engineers: [{ id: 'li', name: '李伟', regions: [], jobs, load: 0, overtimeMinutes: 0, expiring: [] }],
  regions: [],
})
const hoursOf = (of: DispatchDay, also?: { from: number; to: number }): [number, number] => {
  const { from, to } = scaleOf(of, also)
  return [(from - midnight) / HOUR, (to - midnight) / HOUR]
}

describe('the line of a day', () => {
  it('has the working hours and an hour around them, and whatever lies outside of them', () => {
    expect(hoursOf(day([]))).toEqual([8, 19])
    expect(hoursOf(day([job('early', 6.5), job('late', 20)]))).toEqual([6, 22])
    expect(hoursOf(day([]), { from: midnight + 19.5 * HOUR, to: midnight + 21.5 * HOUR })).toEqual([8, 22])
    expect(hoursOf(day([], []))).toEqual([8, 19])
  })

  it('stays within the day', () => {
    expect(hoursOf(day([job('night', 23), job('dawn', -1)]))).toEqual([0, 24])
    expect(hoursOf(day([]), { from: midnight + 30 * HOUR, to: midnight + 32 * HOUR })).toEqual([8, 19])
    const scale = scaleOf(day([]), undefined)
    expect([scale.at(midnight), scale.at(midnight + 13.5 * HOUR), scale.at(midnight + 24 * HOUR)]).toEqual([
      0, 0.5, 1,
    ])
    expect(scale.hours).toHaveLength(11)
  })

  it('tells breaks and the time before and after as closed', () => {
    const open = [
      { from: at(9), to: at(12) },
      { from: at(13), to: at(18) },
    ]
    const of = day([], open)
    const closed = closedOf(of, scaleOf(of, undefined))
    expect(closed.map(({ from, to }) => [(from - midnight) / HOUR, (to - midnight) / HOUR])).toEqual([
      [8, 9],
      [12, 13],
      [18, 19],
    ])
  })

  it('gives jobs at the same hour lanes of their own, and takes a lane again when it is free', () => {
    const { jobs, lanes } = placed(
      [job('c', 12), job('a', 9), job('b', 10), job('d', 16, 'due'), job('never', undefined)],
      120,
    )
    expect([jobs.map(({ job: { id }, lane }) => `${id}${lane}`), lanes]).toEqual([
      ['a0', 'b1', 'c0', 'd0'],
      2,
    ])
    expect(placed([], 120).lanes).toBe(1)
  })

  it('goes a day on and back, over the end of a month', () => {
    expect([nextDay('2026-02-28', 1), nextDay('2026-03-01', -1)]).toEqual(['2026-03-01', '2026-02-28'])
  })
})
