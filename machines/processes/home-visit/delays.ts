/**
 * The times of a home visit. The figures stand in `settings`.
 */
import type { Delay } from '../../definition/schema.ts'
import { cel, text } from '../author.ts'

const appointment = cel('job.appointment')

export const delays: Record<string, Delay> = {
  contactBy: {
    duration: cel('settings.contactWithin'),
    meta: { title: text('Contact the customer', '联系客户'), norms: ['HV-02'], kind: 'deadline' },
  },
  /** HV-41: the first moment in which the customer may be called. */
  hoursBegin: {
    duration: 'PT1S',
    calendar: 'customer-hours',
    meta: { title: text("Customers' hours begin", '客户方便时段开始'), norms: ['HV-41'], kind: 'step' },
  },
  ownHoursBegin: {
    duration: 'PT1S',
    from: cel(
      "plus(now, 'PT' + string((int(job.customerHoursFrom * 60.0) - minutesOfDay(now) + 1440) % 1440) + 'M')",
    ),
    meta: {
      title: text("This customer's hours begin", '该客户方便时段开始'),
      norms: ['HV-41'],
      kind: 'step',
    },
  },
  lastLongNotice: {
    duration: cel('settings.longNotice'),
    from: appointment,
    meta: {
      title: text('Last moment to announce a delay of more than half a day', '告知半天以上推迟的最后时刻'),
      norms: ['HV-09'],
      kind: 'reminder',
    },
  },
  lastShortNotice: {
    duration: cel('settings.shortNotice'),
    from: appointment,
    meta: {
      title: text('Last moment to announce a delay within half a day', '告知半天内推迟的最后时刻'),
      norms: ['HV-08'],
      kind: 'reminder',
    },
  },
  lateWarning: {
    duration: cel('settings.lateWarning'),
    from: appointment,
    meta: { title: text('Arrive or call now', '请到达或致电客户'), norms: ['HV-10'], kind: 'reminder' },
  },
  lateBreach: {
    duration: cel('settings.lateBreach'),
    from: appointment,
    meta: { title: text('Neither arrived nor called', '未到达也未致电'), norms: ['HV-10'], kind: 'deadline' },
  },
  /** Until the distance is known it counts as near: nobody gains time by leaving it open. */
  arriveBy: {
    duration: cel(
      "!has(job.distanceBand) || job.distanceBand == 'near' ? settings.arrivalNear : (job.distanceBand == 'middle' ? settings.arrivalMiddle : settings.arrivalFar)",
    ),
    from: cel('job.arrivalCountedFrom'),
    meta: { title: text('Arrive at the customer', '到达客户处'), norms: ['HV-11'], kind: 'deadline' },
  },
}
