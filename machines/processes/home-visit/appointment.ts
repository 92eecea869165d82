/**
 * The appointment and every change of it.
 *
 * Promises: an appointment changes only by the coordinator's or the department head's word (HV-04, HV-10); notice of a
 * delay is judged by the appointment and the present time (HV-08 to HV-10); a customer who cannot be reached keeps the
 * promised time (HV-05).
 */
import type { Action, Guard, StateNode, Transition } from '../../definition/schema.ts'
import { all, assign, breach, cel, not, notify, text, toField, toRole } from '../author.ts'
import { callNow } from './contact.ts'
import { inFuture, inHoursOrAsked, inState, notTheEngineer, TRAVELLING } from './guards.ts'

const DISPATCHER = [toRole('dispatcher')]
const ENGINEER = [toField('engineer')]

export const rebooking: StateNode = {
  id: 'rebooking',
  meta: { title: text('With the coordinator for rebooking', '待协调员改约'), norms: ['HV-04'] },
  entry: [
    notify(
      DISPATCHER,
      text('The customer wants another time: please rebook.', '客户要求改约，请协调安排。'),
      'HV-04',
    ),
  ],
  on: {
    'rebook.confirm': {
      target: 'fixed',
      guard: cel('job.proposedTime > now'),
      actions: [
        assign({ appointment: cel('job.proposedTime'), proposedTime: null }),
        notify(ENGINEER, text('The coordinator confirmed the new time.', '协调员已确认新的上门时间。')),
      ],
      meta: { norms: ['HV-04'] },
    },
    'rebook.refuse': {
      target: 'again',
      actions: [
        assign({ proposedTime: null }),
        notify(
          ENGINEER,
          text('That time is not possible: call the customer again.', '该时间无法安排，请再次与客户商定。'),
        ),
      ],
      meta: { norms: ['HV-04'] },
    },
  },
}

/** A customer who was not reached cannot have agreed to anything: no event here moves the time. */
export const unreachable: StateNode = {
  id: 'unreachable',
  meta: { title: text('Not reached, visited as promised', '联系不上，按约上门'), norms: ['HV-05'] },
  on: {
    'call.start': callNow(inHoursOrAsked('now')),
    cancel: [
      {
        target: '#cancelled',
        guard: cel('has(event.customerAsked) && event.customerAsked'),
        actions: [assign({ cancelReason: cel('event.reason') })],
        meta: { waivesChecklist: true },
      },
      {
        target: '#cancelled',
        actions: [assign({ cancelReason: cel('event.reason') }), breach('HV-05')],
        meta: { waivesChecklist: true, norms: ['HV-05'] },
      },
    ],
  },
}

const HALF_DAY = 'event.time <= plus(job.appointment, settings.halfDay)'
const IN_SHORT_TIME = 'now <= plus(job.appointment, settings.shortNotice)'
const IN_LONG_TIME = 'now <= plus(job.appointment, settings.longNotice)'

/** A delay that was told: late or in time, the customer has heard it, and the department head decides. */
const announced = (norm: string, when: Guard, ...late: Action[]): Transition => ({
  target: 'postponing',
  guard: all(
    cel('event.apology'),
    inFuture,
    cel('event.time > job.appointment'),
    inHoursOrAsked('event.time'),
    when,
  ),
  actions: [...late, assign({ proposedTime: cel('event.time'), delayReason: cel('event.reason') })],
  meta: { norms: [norm, 'HV-41'] },
})
const onTheWay = inState(TRAVELLING)

export const fixed: StateNode = {
  id: 'fixed',
  meta: { title: text('Appointment stands', '时间已约定') },
  on: {
    'delay.announce': [
      announced('HV-10', onTheWay),
      announced('HV-08', all(not(onTheWay), cel(`${HALF_DAY} && ${IN_SHORT_TIME}`))),
      announced('HV-08', all(not(onTheWay), cel(HALF_DAY)), breach('HV-08')),
      announced('HV-09', all(not(onTheWay), cel(IN_LONG_TIME))),
      announced('HV-09', not(onTheWay), breach('HV-09')),
    ],
    'change.request': {
      target: 'rebooking',
      guard: all(inFuture, inHoursOrAsked('event.time')),
      actions: [assign({ proposedTime: cel('event.time') })],
      meta: { norms: ['HV-04', 'HV-41'] },
    },
  },
}

export const postponing: StateNode = {
  id: 'postponing',
  meta: { title: text('Postponement awaiting approval', '延期待批准'), norms: ['HV-10'] },
  entry: [
    notify(
      [toRole('process-owner')],
      text('A postponement awaits your approval.', '有延期申请待批准。'),
      'HV-10',
    ),
  ],
  on: {
    'postponement.approve': {
      target: 'fixed',
      guard: notTheEngineer,
      actions: [
        assign({ appointment: cel('job.proposedTime'), proposedTime: null }),
        notify(
          [...ENGINEER, ...DISPATCHER],
          text('The postponement is approved.', '延期已获批准。'),
          'HV-10',
        ),
      ],
      meta: { norms: ['HV-10'] },
    },
    'postponement.refuse': {
      target: 'fixed',
      guard: notTheEngineer,
      actions: [
        assign({ proposedTime: null }),
        notify(
          [...ENGINEER, ...DISPATCHER],
          text(
            'The postponement is refused: keep the appointment, and tell the customer.',
            '延期未获批准，请按原约定时间上门并告知客户。',
          ),
          'HV-10',
        ),
      ],
      meta: { norms: ['HV-10'] },
    },
  },
}
