/**
 * Events from the booking to the door: routing, assigning, agreeing a time, parts, the way there.
 */
import type { EventRole, EventSchema, Field } from '../../definition/schema.ts'
import { text } from '../author.ts'
import { customerFile, customerReferences } from '../customer-file.ts'
import { amount, flag, moment, person, words } from './field-words.ts'
import { borrowedParts, distanceBand, fields } from './fields.ts'

type More = {
  norms?: string[]
  properties?: Record<string, Field>
  required?: string[]
  description?: ReturnType<typeof text>
}

/** An event: its titles, who may send it, what it carries. */
export const event = (en: string, zh: string, roles: EventRole[], more: More = {}): EventSchema => {
  const { norms = [], properties, required, description } = more
  return {
    ...(properties === undefined ? {} : { properties }),
    ...(required === undefined ? {} : { required }),
    meta: { title: text(en, zh), roles, norms, ...(description === undefined ? {} : { description }) },
  }
}

export const customerAsked = flag('The customer asked for this hour', '客户主动要求此时段', ['HV-41'])
export const reason = words('Reason', '原因')
const time = moment('New time', '新时间', ['HV-04', 'HV-41'])

const known = (name: string): Record<string, Field> => {
  const field = fields.properties[name]
  return field === undefined ? {} : { [name]: field }
}
/** Entries of the customer file that may be mended at any time; the region has its own events (HV-40). */
export const MENDABLE = [
  ...Object.keys(customerFile),
  'orderNumber',
  'serialNumber',
  'distanceBand',
  'customerHoursFrom',
  'customerHoursTo',
  'addressDoubtful',
]

const booking: Record<string, EventSchema> = {
  'region.set': event('Settle the region', '确定客户区域', ['dispatcher', 'hotline-agent'], {
    norms: ['HV-40'],
    properties: { region: customerReferences.region, distanceBand },
    required: ['region'],
  }),
  transfer: event('Transfer to the right service centre', '转派至客户所在地区服务中心', ['dispatcher'], {
    norms: ['HV-40'],
    properties: { region: customerReferences.region, distanceBand, reason },
    required: ['region', 'reason'],
  }),
  assign: event('Assign an engineer', '派工', ['dispatcher'], {
    norms: ['GN-17'],
    properties: { engineer: person('Engineer', '工程师') },
    required: ['engineer'],
  }),
  reassign: event('Assign another engineer', '改派工程师', ['dispatcher'], {
    norms: ['GN-17'],
    properties: { engineer: person('Engineer', '工程师'), reason },
    required: ['engineer', 'reason'],
  }),
  'customer.update': event(
    'Complete the customer file',
    '补充客户档案',
    ['dispatcher', 'hotline-agent', 'engineer'],
    { norms: ['GN-09'], properties: Object.assign({}, ...MENDABLE.map(known)) },
  ),
}

const contact: Record<string, EventSchema> = {
  'call.start': event('Call the customer', '致电客户', ['engineer', 'dispatcher'], {
    norms: ['HV-02', 'HV-41'],
    properties: { customerAsked },
  }),
  'time.agreed': event('Time agreed with the customer', '与客户商定时间', ['engineer', 'dispatcher'], {
    norms: ['HV-03', 'HV-04', 'HV-41'],
    properties: {
      time: moment('Time the customer chose', '客户选定的时间', ['HV-03']),
      customerAsked,
      announcedCharge: amount('Charge announced', '已告知的费用', ['HV-03', 'GN-26']),
    },
    required: ['time'],
  }),
  'customer.unreachable': event('Customer cannot be reached', '联系不上客户', ['engineer', 'dispatcher'], {
    norms: ['HV-05'],
    properties: { note: words('Attempts made', '联系经过') },
  }),
  'change.request': event(
    'Customer wants another time',
    '客户要求改约',
    ['customer', 'dispatcher', 'hotline-agent', 'engineer'],
    { norms: ['HV-04'], properties: { time, customerAsked, reason }, required: ['time'] },
  ),
  'rebook.confirm': event('Coordinator confirms the new time', '协调员确认改约', ['dispatcher'], {
    norms: ['HV-04'],
  }),
  'rebook.refuse': event('Coordinator cannot offer that time', '协调员无法安排该时间', ['dispatcher'], {
    norms: ['HV-04'],
    properties: { reason },
    required: ['reason'],
  }),
  'delay.announce': event('Announce a delay to the customer', '向客户告知推迟', ['engineer', 'dispatcher'], {
    norms: ['HV-08', 'HV-09', 'HV-10'],
    description: text(
      'Judged by the present time: late notice is put on record, yet the customer is told.',
      '按当前时间判定是否及时；即使告知过晚也须告知，并记录违规。',
    ),
    properties: {
      time,
      apology: flag('Apologised', '已致歉', ['HV-08', 'HV-09', 'HV-10']),
      customerAsked,
      reason,
    },
    required: ['time', 'apology', 'reason'],
  }),
  'postponement.approve': event(
    'Department head approves the postponement',
    '部门负责人批准延期',
    ['process-owner'],
    {
      norms: ['HV-10'],
    },
  ),
  'postponement.refuse': event(
    'Department head refuses the postponement',
    '部门负责人不批准延期',
    ['process-owner'],
    {
      norms: ['HV-10'],
      properties: { reason },
      required: ['reason'],
    },
  ),
}

const preparation: Record<string, EventSchema> = {
  'parts.borrow': event('Hand out borrowed parts', '办理备件借用', ['stock-keeper'], {
    norms: ['HV-07'],
    properties: { parts: borrowedParts },
    required: ['parts'],
  }),
  'parts.none-needed': event('No parts needed', '无需备件', ['engineer', 'dispatcher'], { norms: ['HV-07'] }),
  'order.release': event('Release the visit order', '下发上门单', ['dispatcher'], { norms: ['HV-07'] }),
  'set.out': event('Set out', '出发', ['engineer'], { norms: ['HV-06'] }),
  'trip.break-off': event('Break off the trip', '中止行程', ['engineer'], {
    properties: { reason },
    required: ['reason'],
  }),
  arrive: event('Arrived', '到达', ['engineer'], {
    norms: ['HV-10', 'HV-11'],
    properties: { constructionSite: flag('It is a construction site', '现场为施工现场', ['HV-28']) },
  }),
}

export const eventsBefore: Record<string, EventSchema> = { ...booking, ...contact, ...preparation }
