/**
 * The home visit: from the booking to the result reported back, with every way it can end.
 *
 * Promises: each norm HV-01 to HV-59 stands in `norms` at the very place that carries it out; no field that a rule
 * depends on can be brought along from outside (`KNOWN_ONLY_BY_EVENTS`).
 * Must not: model complaints, notes, ratings or reports of breaches: every job has them.
 */
import type { Definition, StateNode, Text, Transition } from '../../definition/schema.ts'
import { assign, cel, notify, reportable, text, toRole } from '../author.ts'
import { certificates } from '../certificates.ts'
import { assignGiven } from '../customer-file.ts'
import { beforeVisit } from './before-visit.ts'
import { delays } from './delays.ts'
import { eventsBefore, MENDABLE } from './events-before.ts'
import { eventsOnSite } from './events-on-site.ts'
import { fields, KNOWN_ONLY_BY_EVENTS } from './fields.ts'
import { cameOut } from './guards.ts'
import { onSite } from './on-site.ts'
import { settings } from './settings.ts'

const end = (title: Text, ...tags: string[]): StateNode => ({ type: 'final', tags, meta: { title } })

const told = assign({ visitResult: cel('event.summary') })
const ended = (target: string, ...outcomes: string[]): Transition => ({
  target,
  guard: cameOut(...outcomes),
  actions: [told],
  meta: { norms: ['HV-55'] },
})
/** The customer chose the time at the last visit; the coordinator books it. */
const again = assign({ visitResult: cel('event.summary'), purpose: 'further', appointment: null })

const reportingBack: StateNode = {
  id: 'reportingBack',
  meta: { title: text('Result to be reported back', '待回报上门结果'), norms: ['HV-55'] },
  on: {
    'result.report-back': [
      ended('completed', 'solved'),
      ended('noTroubleFound', 'no-trouble'),
      ended('outOfScope', 'out-of-scope'),
      ended('declined', 'declined'),
      ended('returned', 'returned'),
      ended('notRepaired', 'not-repaired'),
      ended('atDepot', 'taken-away'),
      {
        target: '#rebooking',
        guard: cel("job.outcome == 'further' && settings.arrivalCountsAgain"),
        actions: [again, assign({ arrivalCountedFrom: cel('now') })],
        meta: { norms: ['HV-55', 'HV-24', 'HV-11'] },
      },
      {
        target: '#rebooking',
        guard: cameOut('further'),
        actions: [again],
        meta: { norms: ['HV-55', 'HV-24'] },
      },
    ],
  },
}

const atDepot: StateNode = {
  meta: { title: text('Machine at the depot', '机器送修中'), norms: ['HV-24'] },
  always: {
    target: '#again',
    guard: cel('has(job.depotOutcome)'),
    actions: [
      assign({ purpose: 'handover', appointment: null }),
      notify(
        [toRole('dispatcher')],
        text('The machine is back from the depot: hand it over.', '机器已修完，请安排送还。'),
      ),
    ],
  },
}

/** What the depot calls its result, else how its job ended. */
const DEPOT_SAYS =
  "has(event.fields) && has(event.fields.outcome) ? string(event.fields.outcome) : (has(event.status) ? event.status : 'done')"

export const homeVisit: Definition = {
  id: 'home-visit',
  initial: 'beforeVisit',
  schemas: { context: fields, events: { ...eventsBefore, ...eventsOnSite } },
  delays,
  meta: {
    title: text('Home visit', '上门服务'),
    description: text(
      'An engineer goes to the customer, repairs on the spot or brings the machine to the depot, and comes back.',
      '工程师上门维修；无法现场修复的，带回维修站修好后送还。',
    ),
    reportable: reportable('home-visit'),
    certificates: certificates('product-training'),
    settings,
    summary: ['customerName', 'problem', 'appointment', 'engineer', 'serviceCentre', 'outcome'],
    assignee: 'engineer',
    region: 'region',
  },
  entry: [
    assign(KNOWN_ONLY_BY_EVENTS),
    assign({
      bookedAt: cel('now'),
      appointment: cel('job.timeWanted'),
      purpose: 'repair',
      permitStatus: 'none',
      arrivalCountedFrom: cel("settings.arrivalCountsFrom == 'wanted' ? job.timeWanted : now"),
    }),
  ],
  on: {
    cancel: {
      target: '.cancelled',
      actions: [assign({ cancelReason: cel('event.reason') })],
      meta: { waivesChecklist: true },
    },
    'customer.update': { actions: [assignGiven(...MENDABLE)], meta: { norms: ['GN-09'] } },
    'permit.opened': { actions: [assign({ permitStatus: 'open' })] },
    'permit.suspended': { actions: [assign({ permitStatus: 'suspended' })] },
    'permit.closed': { actions: [assign({ permitStatus: 'closed' })] },
    /** An earlier permit's end says nothing about the one asked for since. */
    'permit.ended': [
      { guard: cel("links.permit.status != 'active'"), actions: [assign({ permitStatus: 'closed' })] },
      { guard: cel("links.permit.status == 'active'"), actions: [] },
    ],
    'depot.ended': { actions: [assign({ depotOutcome: cel(DEPOT_SAYS) })] },
  },
  states: {
    beforeVisit,
    onSite,
    reportingBack,
    atDepot,
    completed: end(text('Completed', '已完成'), 'solved'),
    noTroubleFound: end(text('Closed: no trouble found', '已结束：未发现故障'), 'no-trouble'),
    outOfScope: end(text('Closed: out of scope', '已结束：超出服务范围'), 'out-of-scope'),
    declined: end(text('Closed: customer declined', '已结束：客户拒绝'), 'declined'),
    returned: end(text('Closed: machine returned', '已结束：已退机'), 'returned'),
    notRepaired: end(text('Closed: handed back unrepaired', '已结束：未修退还'), 'not-repaired'),
    cancelled: { ...end(text('Cancelled', '已取消'), 'cancelled'), id: 'cancelled' },
  },
}
