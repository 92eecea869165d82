/**
 * Attendance, day by day: expected before the client's day starts (OR-03), at the post through it (OR-04), home.
 *
 * Promises: the cycle goes on by its own clock for as long as the residency lasts, whatever anyone forgets; a day
 * that is not worked asks nothing of anyone; a day covered by confirmed leave breaks nothing.
 * Must not: look more than a day ahead (each day asks its calendar when it comes).
 */
import type { Action, Guard, StateNode, Transition } from '../../definition/schema.ts'
import { all, any, assign, breach, cel, not, notify, remind, text, toField, toRole } from '../author.ts'
import { WEEKDAY_NAMES } from './fields.ts'

/** Nobody signs in for another. */
export const resident = cel('actor.id == job.engineer')

const isListed = (list: string): Guard =>
  cel(`job.${list}.exists(day, day <= job.dayStartsAt && job.dayStartsAt < plus(day, 'P1D'))`)
const MIDNIGHT = "minus(job.dayStartsAt, 'PT' + string(minutesOfDay(job.dayStartsAt)) + 'M')"
const usual = any(
  all(cel('!has(job.workdays)'), {
    type: 'within',
    params: { calendar: 'working', at: cel(`plus(${MIDNIGHT}, settings.calendarAskedAt)`) },
  }),
  cel(
    `has(job.workdays) && [${WEEKDAY_NAMES.map((name) => `'${name}'`).join(', ')}][dayOfWeek(job.dayStartsAt) - 1] in job.workdays`,
  ),
)
/** OR-03: per working day of the client. */
const worked = any(isListed('extraDays'), all(usual, not(isListed('daysOff'))))

const leaveAt = (at: string): Guard => ({ type: 'within', params: { windows: 'leaves', at: cel(at) } })
/** Within the day it is now that counts, before it the day's start. */
const SINCE = '(now > job.dayStartsAt ? now : job.dayStartsAt)'
const onLeaveNow = leaveAt(SINCE)
const onLeaveAtStart = leaveAt('job.dayStartsAt')
const covering = (at: string) => `job.leaves.filter(leave, leave.from <= ${at} && ${at} < leave.to)`
/** Where a timer comes late, the leave that covered the day's start may be over by now. */
const END_OF_LEAVE = `(size(${covering(SINCE)}) > 0 ? ${covering(SINCE)} : ${covering('job.dayStartsAt')})[0].to`

const nextDay = assign({
  dayStartsAt: cel("plus(job.dayStartsAt, 'P1D')"),
  dayEndsAt: cel("plus(job.dayEndsAt, 'P1D')"),
  arrivedAt: null,
  overtimeUntil: null,
  leaveUntil: null,
})
const home: Transition = { target: '#attendance.off', actions: [nextDay] }

const tellAbove = (en: string, zh: string, norm: string): Action =>
  notify([toRole('dispatcher'), toField('residencyLead'), toField('projectManager')], text(en, zh), norm)

const arrive: Transition = {
  target: '#attendance.present',
  guard: resident,
  actions: [assign({ arrivedAt: cel('now') })],
  meta: { norms: ['OR-03', 'OR-04'] },
}
const beginLeave: Transition = {
  target: '#attendance.onLeave',
  guard: all(resident, onLeaveNow),
  meta: { title: text('Begin a confirmed leave', '开始已确认的请假'), norms: ['OR-05'] },
}
const late: Action[] = [
  breach('OR-04'),
  tellAbove('The resident engineer is not at the post.', '驻场工程师未在岗。', 'OR-04'),
]

const atPost: StateNode = {
  meta: { title: text('At the post', '在岗') },
  after: {
    dayEnds: [
      { target: 'overtime', guard: cel('has(job.overtimeUntil)'), meta: { norms: ['GN-02'] } },
      { target: 'afterHours' },
    ],
  },
  on: {
    'overtime.agree': {
      /** By the engineer himself, and before the day is over. */
      guard: all(resident, cel('event.minutes <= settings.overtimeMinutes')),
      actions: [assign({ overtimeUntil: cel("plus(job.dayEndsAt, 'PT' + string(event.minutes) + 'M')") })],
      meta: { norms: ['GN-02'] },
    },
    'leave.begin': beginLeave,
    'post.leave': [
      beginLeave,
      {
        target: '#attendance.absent',
        guard: resident,
        actions: [
          breach('OR-04'),
          tellAbove('The resident engineer has left before the end of the day.', '驻场工程师早退。', 'OR-04'),
        ],
        meta: { title: text('Leave before the end of the day', '早退'), norms: ['OR-04'] },
      },
    ],
    'absence.report': {
      target: '#attendance.absent',
      guard: all(not(resident), not(onLeaveNow)),
      actions: [
        assign({ absence: cel('event.what') }),
        breach('OR-06'),
        tellAbove('The post was left without leave.', '驻场人员擅自离岗。', 'OR-06'),
      ],
      meta: { norms: ['OR-06'] },
    },
  },
}

const signOut: Transition = { ...home, guard: resident, meta: { title: text('Sign out', '签退') } }

const present: StateNode = {
  initial: 'atPost',
  meta: { title: text('Present', '在场') },
  states: {
    atPost,
    overtime: {
      meta: { title: text('Agreed overtime', '同意加班中'), norms: ['GN-02'] },
      after: { overtimeEnds: { target: 'afterHours' } },
      on: { 'post.leave': signOut },
    },
    afterHours: {
      meta: { title: text('Time to go', '下班时间已到') },
      entry: [remind([toField('engineer')], text('The day is over: sign out.', '已到下班时间，请签退。'))],
      after: {
        signOutDue: {
          actions: [
            breach('GN-02', 'minor'),
            tellAbove(
              'Still at the post after hours without agreed overtime.',
              '未经同意加班，下班后仍在岗。',
              'GN-02',
            ),
          ],
          meta: { norms: ['GN-02'] },
        },
        dayForgotten: {
          ...home,
          meta: { title: text('The next day comes, nobody signed out', '次日将至，当日未签退') },
        },
      },
      on: { 'post.leave': signOut },
    },
  },
}

export const attendance: StateNode = {
  id: 'attendance',
  initial: 'off',
  meta: { title: text('Attendance', '考勤'), norms: ['OR-03', 'OR-04'] },
  states: {
    off: {
      meta: { title: text('Off duty', '未上班') },
      after: {
        arrivalOpens: [
          /** A day that was over before anyone could sign in (the server stood still) is held against nobody. */
          {
            target: 'expected',
            guard: all(worked, cel('now < job.dayEndsAt')),
            meta: { norms: ['OR-03'] },
          },
          {
            ...home,
            reenter: true,
            meta: { title: text('Not a working day: look at the next', '非工作日，顺延至次日') },
          },
        ],
      },
      on: {
        'hours.set': {
          /** Never a day that has begun: no one can be late for the past. */
          guard: cel(
            "plus(event.dayStartsAt, settings.arriveBy) > now && event.dayEndsAt > event.dayStartsAt && event.dayEndsAt <= plus(event.dayStartsAt, 'PT16H')",
          ),
          actions: [assign({ dayStartsAt: cel('event.dayStartsAt'), dayEndsAt: cel('event.dayEndsAt') })],
        },
      },
    },
    expected: {
      meta: { title: text('Expected at the post', '待到岗'), norms: ['OR-03'] },
      always: { target: 'onLeave', guard: onLeaveAtStart, meta: { norms: ['OR-05'] } },
      after: {
        arrivalNears: {
          actions: [
            remind(
              [toField('engineer')],
              text('Be at the post 5 to 10 minutes before the day starts.', '请提前5至10分钟到岗。'),
              'OR-03',
            ),
          ],
          meta: { norms: ['OR-03'] },
        },
        arrivalDue: {
          actions: [
            breach('OR-03', 'minor'),
            remind([toField('engineer')], text('You should be at the post.', '您应已到岗。'), 'OR-03'),
          ],
          meta: { norms: ['OR-03'] },
        },
        dayStarts: { target: 'absent', actions: late, meta: { norms: ['OR-04'] } },
      },
      on: { 'post.arrive': arrive },
    },
    present,
    absent: {
      meta: { title: text('Not at the post', '缺岗'), norms: ['OR-04', 'OR-06'] },
      after: { dayEnds: home },
      on: { 'post.arrive': arrive, 'leave.begin': beginLeave },
    },
    onLeave: {
      meta: { title: text('On leave', '请假中'), norms: ['OR-05'] },
      entry: [assign({ leaveUntil: cel(END_OF_LEAVE) })],
      after: {
        backDue: [
          {
            target: 'onLeave',
            guard: onLeaveNow,
            reenter: true,
            meta: { title: text('Another leave follows', '续假'), norms: ['OR-05'] },
          },
          { target: 'absent', actions: late, meta: { norms: ['OR-04'] } },
        ],
        dayEnds: home,
      },
      on: { 'post.arrive': arrive },
    },
  },
}
