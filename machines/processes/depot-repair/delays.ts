/**
 * What a depot repair promises in time, and what it reminds of.
 *
 * The promises (DR-05, DR-09) are points in time that the customer was told: they count on the wall clock.
 */
import type { Delay } from '../../definition/schema.ts'
import { cel, text } from '../author.ts'

export const delays: Record<string, Delay> = {
  inspectionPromised: {
    duration: 'PT0S',
    from: cel('job.inspectionBy'),
    meta: { title: text('Inspection promised by', '承诺检测完成时间'), norms: ['DR-05'], kind: 'deadline' },
  },
  repairPromised: {
    duration: 'PT0S',
    from: cel('job.repairBy'),
    meta: { title: text('Repair promised by', '承诺修复时间'), norms: ['DR-09'], kind: 'deadline' },
  },
  repairDueSoon: {
    duration: '-PT2H',
    from: cel('job.repairBy'),
    meta: { title: text('Repair due in 2 hours', '距承诺修复时间2小时'), kind: 'reminder' },
  },
  answerOverdue: {
    duration: 'P2D',
    calendar: 'working',
    meta: { title: text('No answer to the quote', '客户未答复报价'), norms: ['GN-01'], kind: 'reminder' },
  },
  shortageLasts: {
    duration: 'P2D',
    calendar: 'working',
    meta: { title: text('A part is still short', '缺件仍未到货'), norms: ['GN-01'], kind: 'reminder' },
  },
  uncollected: {
    duration: cel('settings.uncollectedAfter'),
    meta: { title: text('The machine has not been collected', '机器未取'), kind: 'reminder' },
  },
  partsStillOut: {
    duration: 'P1D',
    calendar: 'working',
    meta: {
      title: text('Borrowed parts are still out', '借用备件未归还'),
      norms: ['GN-01', 'DR-21'],
      kind: 'reminder',
    },
  },
}
