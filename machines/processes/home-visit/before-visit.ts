/**
 * From the booking to the door: arrangement, preparation and punctuality side by side.
 *
 * Promises: the customer is reached within the days that the distance allows (HV-11), whatever the regions do.
 */
import type { StateNode } from '../../definition/schema.ts'
import { all, assign, breach, cel, notify, text, toRole } from '../author.ts'
import { assignGiven } from '../customer-file.ts'
import { arrangement } from './arrangement.ts'
import { assigning } from './contact.ts'
import { centreOf } from './guards.ts'
import { preparation, punctuality } from './preparation.ts'

export const beforeVisit: StateNode = {
  id: 'beforeVisit',
  type: 'parallel',
  meta: { title: text('Before the visit', '上门前'), norms: ['HV-11'] },
  after: {
    arriveBy: {
      actions: [
        breach('HV-11'),
        notify(
          [toRole('dispatcher')],
          text('Nobody arrived within the days that the distance allows.', '未在规定天数内到达客户处。'),
          'HV-11',
        ),
      ],
    },
  },
  on: {
    /** Everything made for the former engineer falls; the bag is packed anew. */
    reassign: assigning(['.arrangement.assigned', '.preparation.parts'], { waivesChecklist: true }).map(
      (transition) => ({ ...transition, guard: withEngineer(transition.guard) }),
    ),
    transfer: {
      target: ['.arrangement.booked', '.preparation.waiting'],
      actions: [
        assignGiven('region', 'distanceBand'),
        assign({ serviceCentre: cel(centreOf('event.region')), engineer: null, proposedTime: null }),
      ],
      meta: { norms: ['HV-40'], waivesChecklist: true },
    },
  },
  states: { arrangement, preparation, punctuality },
}

function withEngineer(guard: Parameters<typeof all>[0] | undefined) {
  const has = cel('has(job.engineer)')
  return guard === undefined ? has : all(has, guard)
}
