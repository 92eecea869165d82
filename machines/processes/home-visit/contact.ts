/**
 * From the booking to the customer's word: routing to the right service centre, assigning, the call.
 *
 * Promises: a request goes to the centre of the customer's region (HV-40); nobody is called outside his hours unless he
 * asked for it (HV-41); a time other than the booked one goes to the coordinator (HV-04).
 * Must not: set an appointment.
 */
import type { Guard, StateNode, Transition } from '../../definition/schema.ts'
import { all, assign, breach, cel, item, notify, remind, text, toField, toRole } from '../author.ts'
import { assignGiven } from '../customer-file.ts'
import { centreOf, inCustomersHours, inFuture, inHoursOrAsked } from './guards.ts'

const DISPATCHER = [toRole('dispatcher')]
const ENGINEER = [toField('engineer')]

/** GN-17: a lapsed training does not stop the assignment; both sides hear of it. */
export const assigning = (
  target: string[],
  more: { norms?: string[]; waivesChecklist?: boolean } = {},
): Transition[] => [
  {
    target,
    guard: { type: 'qualified', params: { certificate: 'product-training', of: 'engineer' } },
    actions: [assign({ engineer: cel('event.engineer'), trainingLapsed: false })],
    meta: { ...more, norms: ['GN-17', ...(more.norms ?? [])] },
  },
  {
    target,
    actions: [
      assign({ engineer: cel('event.engineer'), trainingLapsed: true }),
      remind(
        [...DISPATCHER, ...ENGINEER],
        text(
          'The assigned engineer has no valid product training. Arrange training or assign someone else.',
          '所派工程师的产品培训无效或已过期，请安排培训或改派。',
        ),
        'GN-17',
      ),
    ],
    meta: { ...more, norms: ['GN-17', ...(more.norms ?? [])] },
  },
]

export const booked: StateNode = {
  id: 'booked',
  initial: 'unrouted',
  meta: { title: text('Booked', '已预约'), norms: ['HV-01'] },
  states: {
    unrouted: {
      meta: { title: text('Region to be settled', '待确定区域'), norms: ['HV-40'] },
      always: {
        target: 'routed',
        guard: cel('has(job.region)'),
        actions: [assign({ serviceCentre: cel(centreOf('job.region')) })],
        meta: { norms: ['HV-40'] },
      },
      on: {
        'region.set': { actions: [assignGiven('region', 'distanceBand')], meta: { norms: ['HV-40'] } },
      },
    },
    routed: {
      meta: { title: text("With the region's service centre", '已转至所在地区服务中心'), norms: ['HV-40'] },
      /** The region was corrected: the request goes to the right centre. */
      always: {
        target: 'unrouted',
        guard: cel(`!has(job.region) || job.serviceCentre != (${centreOf('job.region')})`),
      },
      on: { assign: assigning(['#assigned'], { norms: ['HV-40'] }) },
    },
  },
}

export const callNow = (guard: Guard): Transition => ({
  target: '#contacting',
  guard,
  meta: { norms: ['HV-02', 'HV-41'] },
})

export const assigned: StateNode = {
  id: 'assigned',
  initial: 'hourOfDay',
  meta: { title: text('Assigned', '已派工') },
  states: {
    hourOfDay: {
      meta: { title: text("Minding the customer's hours", '判断客户时段'), norms: ['HV-41'] },
      always: [{ target: 'toContact', guard: inCustomersHours('now') }, { target: 'outsideHours' }],
    },
    outsideHours: {
      meta: { title: text("Waiting for the customer's hours", '等待客户方便时段'), norms: ['HV-41'] },
      always: { target: 'toContact', guard: inCustomersHours('now') },
      after: {
        hoursBegin: { target: 'toContact', guard: inCustomersHours('now') },
        ownHoursBegin: { target: 'toContact', guard: inCustomersHours('now') },
      },
      on: { 'call.start': callNow(inHoursOrAsked('now')) },
    },
    toContact: {
      meta: { title: text('To be contacted', '待联系客户'), norms: ['HV-02'] },
      after: {
        contactBy: {
          actions: [
            breach('HV-02'),
            notify(
              DISPATCHER,
              text(
                'The customer was not contacted within the time allowed after assignment.',
                '接单后未在规定时限内联系客户。',
              ),
              'HV-02',
            ),
          ],
        },
      },
      on: { 'call.start': callNow(inHoursOrAsked('now')) },
    },
  },
}

const charge = assignGiven('announcedCharge')

export const contacting: StateNode = {
  id: 'contacting',
  meta: {
    title: text('Talking with the customer', '与客户电话沟通'),
    norms: ['HV-03'],
    checklist: [
      item('callerNamed', text('Said who is calling', '自报单位与姓名'), ['HV-03']),
      item('faultConfirmed', text('Fault confirmed', '确认故障现象'), ['HV-03']),
      item('addressConfirmed', text('Address confirmed', '确认地址'), ['HV-03', 'HV-42']),
      item('servicePlanTold', text('Service plan explained', '说明服务安排'), ['HV-03']),
      item('chargesTold', text('Any charge and the invoice explained', '说明收费与发票'), ['HV-03']),
      item('furtherNeedsAsked', text('Asked for further needs', '询问其他需求'), ['HV-03']),
      item('customerChoseTime', text('The customer chose the time', '时间由客户选定'), ['HV-03']),
      item('callNotes', text('Important points written down', '记录沟通要点'), ['HV-58'], {
        evidence: 'text',
      }),
    ],
  },
  on: {
    'time.agreed': [
      {
        target: 'fixed',
        guard: all(inFuture, cel('has(job.appointment) && event.time == job.appointment')),
        actions: [charge],
        meta: { norms: ['HV-04'], title: text('As booked', '与预约一致') },
      },
      {
        target: 'rebooking',
        guard: all(
          inFuture,
          cel('!has(job.appointment) || event.time != job.appointment'),
          inHoursOrAsked('event.time'),
        ),
        actions: [charge, assign({ proposedTime: cel('event.time') })],
        meta: { norms: ['HV-04', 'HV-41'], title: text('Another time', '时间有变') },
      },
    ],
    'customer.unreachable': [
      {
        target: 'unreachable',
        guard: cel('has(job.appointment)'),
        actions: [
          remind(
            [...ENGINEER, ...DISPATCHER],
            text(
              'Customer not reached: visit at the promised time all the same.',
              '客户联系不上，仍须按约定时间上门。',
            ),
            'HV-05',
          ),
        ],
        meta: { norms: ['HV-05'], waivesChecklist: true },
      },
      { target: 'again', meta: { waivesChecklist: true } },
    ],
  },
}
