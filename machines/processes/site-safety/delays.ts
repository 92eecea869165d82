/**
 * Working time (SS-08), which counts on the wall clock from the day's own start, and the electrical rounds (SS-18).
 */
import type { Delay } from '../../definition/schema.ts'
import { cel, text } from '../author.ts'

export const delays: Record<string, Delay> = {
  dayNearlyFull: {
    duration: '-PT30M',
    from: cel('job.limitAt'),
    meta: {
      title: text('The day is full in 30 minutes', '距当日工时届满30分钟'),
      norms: ['SS-08'],
      kind: 'reminder',
    },
  },
  dayFull: {
    duration: 'PT0S',
    from: cel('job.limitAt'),
    meta: {
      title: text('The working day is full', '当日工时届满'),
      norms: ['SS-08', 'GN-02'],
      kind: 'deadline',
    },
  },
  overtimeFull: {
    duration: 'PT0S',
    from: cel('job.overtimeUntil'),
    meta: {
      title: text('The agreed overtime is over', '加班时限届满'),
      norms: ['SS-08', 'GN-02'],
      kind: 'deadline',
    },
  },
  electricalRound: {
    duration: 'PT2H',
    meta: { title: text('Electrical inspection due', '电气巡检到期'), norms: ['SS-18'], kind: 'reminder' },
  },
}
