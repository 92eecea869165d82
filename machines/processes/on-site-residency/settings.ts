/**
 * The figures of a residency that an owner may change without touching the drawing.
 *
 * OR-05 leaves the counting rule open; ours: any one of the three confirms, and who of them counts can be set.
 */
import type { Setting } from '../../definition/schema.ts'
import { text } from '../author.ts'

export const settings: Record<string, Setting> = {
  arrivalOpens: {
    value: '-PT1H',
    title: text('Arrival is taken from, before the day starts', '上班前多久起可签到'),
  },
  arriveFrom: {
    value: '-PT10M',
    title: text('Reminder to be at the post, before the day starts', '上班前到岗提醒时间'),
    norms: ['OR-03'],
  },
  arriveBy: {
    value: '-PT5M',
    title: text('At the post at the latest, before the day starts', '上班前最迟到岗时间'),
    norms: ['OR-03'],
  },
  calendarAskedAt: {
    value: 'PT10H',
    title: text(
      'Time of day, from midnight, at which the working calendar tells whether a day is worked',
      '判断当日是否工作日时查询工作日历的时刻（自零点起）',
    ),
    norms: ['OR-03', 'GN-01'],
  },
  backWithin: {
    value: 'PT10M',
    title: text('Back at the post after a leave within', '假满后返岗时限'),
    norms: ['OR-04'],
  },
  signOutWithin: {
    value: 'PT30M',
    title: text('Gone after the day or the agreed overtime within', '下班或加班结束后离岗时限'),
    norms: ['GN-02'],
  },
  overtimeMinutes: {
    value: 120,
    title: text('Overtime a day at most, in minutes', '每日加班上限（分钟）'),
    norms: ['GN-02'],
  },
  leaveConfirmers: {
    value: ['client', 'lead', 'manager'],
    title: text(
      'Whose confirmation of a leave counts: client, residency lead (lead), project manager (manager)',
      '可确认请假的一方：客户（client）、驻场负责人（lead）、项目经理（manager）',
    ),
    norms: ['OR-05'],
  },
  leaveConfirmationsNeeded: {
    value: 1,
    title: text('How many of them must confirm', '所需确认数'),
    norms: ['OR-05'],
  },
  backupValidFor: {
    value: 'PT24H',
    title: text('A backup covers an operation started within', '备份后多久内实施操作有效'),
    norms: ['OR-11'],
  },
  inspectionEvery: {
    value: 'P5D',
    title: text('Inspection every, in working time', '巡检周期（工作时间）'),
    norms: ['OR-23'],
  },
  inspectionLate: {
    value: 'P1D',
    title: text('A due inspection is reported after, in working time', '巡检到期后多久上报（工作时间）'),
    norms: ['OR-23'],
  },
}
