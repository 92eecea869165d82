/**
 * Leave (OR-05): asked for by the engineer, confirmed by the client, the residency lead or the project manager.
 *
 * Promises: any one of the three is enough, or as many as the setting says; nobody confirms his own leave. What is
 * confirmed is a stretch of time in `job.leaves`, which attendance goes by.
 */
import type { Guard, StateNode, Transition } from '../../definition/schema.ts'
import { all, any, assign, cel, notify, text, toField } from '../author.ts'
import { resident } from './attendance.ts'

const CONFIRMERS: Record<string, Guard> = {
  client: cel("'customer' in actor.roles"),
  lead: cel('has(job.residencyLead) && actor.id == job.residencyLead'),
  manager: cel('has(job.projectManager) && actor.id == job.projectManager'),
}
const someoneElse = cel('actor.id != job.engineer')
const counts = (who: string): Guard =>
  all(
    CONFIRMERS[who] ?? cel('false'),
    someoneElse,
    cel(`'${who}' in settings.leaveConfirmers && !('${who}' in job.leaveConfirmations)`),
  )
const confirmed = (who: string) => cel(`job.leaveConfirmations + ['${who}']`)

const asked = { leaveFrom: null, leaveTo: null, leaveReason: null, leaveConfirmations: [] }

/** The last one needed grants the leave; one before it is put on record. */
const confirmation = (who: string): Transition[] => [
  {
    target: 'none',
    guard: all(counts(who), cel('size(job.leaveConfirmations) + 1 >= settings.leaveConfirmationsNeeded')),
    actions: [
      assign({
        leaves: cel(
          "dyn(job.leaves.filter(leave, leave.to > now)) + [{'from': dyn(job.leaveFrom), 'to': dyn(job.leaveTo)}]",
        ),
        ...asked,
      }),
      notify([toField('engineer')], text('Your leave is confirmed.', '您的请假已获确认。'), 'OR-05'),
    ],
    meta: { norms: ['OR-05'] },
  },
  {
    guard: counts(who),
    actions: [assign({ leaveConfirmations: confirmed(who) })],
    meta: { title: text('Confirm; more must', '确认（尚需他方确认）'), norms: ['OR-05'] },
  },
]

export const leave: StateNode = {
  initial: 'none',
  meta: { title: text('Leave', '请假'), norms: ['OR-05'] },
  on: {
    /** What has been taken stays on record; the rest is given back. */
    'leave.giveUp': {
      guard: all(resident, cel('job.leaves.exists(leave, leave.to > now)')),
      actions: [
        assign({
          leaves: cel('job.leaves.filter(leave, leave.to <= now)'),
          leaveUntil: cel(
            'has(job.leaveUntil) ? dyn(now > job.dayStartsAt ? now : job.dayStartsAt) : dyn(null)',
          ),
        }),
      ],
      meta: { norms: ['OR-05'] },
    },
  },
  states: {
    none: {
      meta: { title: text('No request open', '无待确认申请') },
      on: {
        'leave.request': {
          target: 'requested',
          guard: all(resident, cel('event.leaveFrom < event.leaveTo && event.leaveTo > now')),
          actions: [
            assign({
              leaveFrom: cel('event.leaveFrom'),
              leaveTo: cel('event.leaveTo'),
              leaveReason: cel('event.leaveReason'),
              leaveConfirmations: [],
              leaveRefusal: null,
            }),
            notify(
              [toField('residencyLead'), toField('projectManager'), { role: 'customer' }],
              text('A leave is to be confirmed.', '有请假申请待确认。'),
              'OR-05',
            ),
          ],
          meta: { norms: ['OR-05'] },
        },
      },
    },
    requested: {
      meta: { title: text('To be confirmed', '待确认'), norms: ['OR-05'] },
      on: {
        'leave.confirm.client': confirmation('client'),
        'leave.confirm.lead': confirmation('lead'),
        'leave.confirm.manager': confirmation('manager'),
        'leave.refuse': {
          target: 'none',
          guard: all(any(...Object.values(CONFIRMERS)), someoneElse),
          actions: [
            assign({ ...asked, leaveRefusal: cel('event.reason') }),
            notify([toField('engineer')], text('Your leave is refused.', '您的请假未获同意。'), 'OR-05'),
          ],
          meta: { norms: ['OR-05'] },
        },
        'leave.withdraw': { target: 'none', guard: resident, actions: [assign(asked)] },
      },
    },
  },
}
