/**
 * The times of a phone call. The figures stand in `settings`.
 */
import type { Delay } from '../../definition/schema.ts'
import { cel, text } from '../author.ts'

const seconds = (setting: string) => cel(`'PT' + string(settings.${setting}) + 'S'`)

export const delays: Record<string, Delay> = {
  threeRings: {
    duration: cel("'PT' + string(settings.rings * settings.ringPeriod) + 'S'"),
    meta: { title: text('Answer within three rings', '三声铃响内接听'), norms: ['PC-01'], kind: 'deadline' },
  },
  alarmUnanswered: {
    duration: 'PT2M',
    meta: {
      title: text('Alarm unanswered: tell the dispatcher', '告警无人接听：通知调度'),
      norms: ['PC-20'],
      kind: 'reminder',
    },
  },
  holdReminder: {
    duration: seconds('holdReminder'),
    meta: { title: text('Thank or apologise now', '请向客户致谢或致歉'), norms: ['PC-05'], kind: 'reminder' },
  },
  holdLimit: {
    duration: seconds('holdLimit'),
    meta: {
      title: text('Hold without thanks or apology', '等待期间未致谢或致歉'),
      norms: ['PC-05'],
      kind: 'deadline',
    },
  },
  wrapUpReminder: {
    duration: 'PT10M',
    meta: { title: text('Call not yet recorded', '通话尚未登记'), norms: ['PC-21'], kind: 'reminder' },
  },
  callBackSoon: {
    duration: cel('settings.callBackNotice'),
    from: cel('job.callBackAt'),
    calendar: 'working',
    meta: { title: text('Call-back due soon', '即将到承诺回电时间'), norms: ['GN-01'], kind: 'reminder' },
  },
  callBackLate: {
    duration: cel('settings.callBackGrace'),
    from: cel('job.callBackAt'),
    calendar: 'working',
    meta: { title: text('Promised call-back', '承诺的回电'), norms: ['PC-07', 'GN-01'], kind: 'deadline' },
  },
  callBackSoonOnDuty: {
    duration: cel('settings.callBackNotice'),
    from: cel('job.callBackAt'),
    meta: { title: text('Call-back due soon', '即将到承诺回电时间'), kind: 'reminder' },
  },
  callBackLateOnDuty: {
    duration: cel('settings.callBackGrace'),
    from: cel('job.callBackAt'),
    meta: { title: text('Promised call-back', '承诺的回电'), norms: ['PC-07'], kind: 'deadline' },
  },
}
