/**
 * Who comes, and when: the states of the arrangement, side by side with preparation and punctuality.
 *
 * Must not: know how parts are borrowed or how the engineer travels (`preparation.ts`).
 */
import type { StateNode } from '../../definition/schema.ts'
import { remind, text, toField } from '../author.ts'
import { fixed, postponing, rebooking, unreachable } from './appointment.ts'
import { assigned, booked, callNow, contacting } from './contact.ts'
import { inHoursOrAsked } from './guards.ts'

export const arrangement: StateNode = {
  id: 'arrangement',
  initial: 'booked',
  meta: { title: text('Arrangement', '预约安排') },
  states: {
    booked,
    assigned,
    again: {
      id: 'again',
      meta: { title: text('To be contacted again', '待再次联系客户') },
      entry: [
        remind([toField('engineer')], text('Agree a time with the customer.', '请与客户商定上门时间。')),
      ],
      on: { 'call.start': callNow(inHoursOrAsked('now')) },
    },
    contacting,
    rebooking,
    unreachable,
    fixed,
    postponing,
  },
}
