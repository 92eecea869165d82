/**
 * Getting there: parts, the visit order, the bag, the way; and the watch over the appointment meanwhile.
 *
 * Promises: parts come before the order, the order before the bag, the bag before the road (HV-06, HV-07).
 */
import type { StateNode, Transition } from '../../definition/schema.ts'
import { all, any, assign, breach, cel, item, not, notify, remind, text, toField, toRole } from '../author.ts'
import { inState, POSTPONING, timeInMotion, timeStands } from './guards.ts'

const ENGINEER = [toField('engineer')]
const WORRIED = [toField('engineer'), toRole('dispatcher')]

const bag: [string, string, string][] = [
  ['partsPacked', 'Spare parts packed', '备件'],
  ['toolsPacked', 'Tools packed', '工具'],
  ['discsPacked', 'System discs packed', '系统光盘'],
  ['penPacked', 'Pen packed', '笔'],
  ['papersPacked', 'Papers packed', '单据'],
  ['cardsPacked', 'Name cards packed', '名片'],
  ['giftPacked', 'Small gift packed', '小礼品'],
  ['dressNeat', 'Dress neat', '着装整洁'],
  ['badgeWorn', 'Badge worn', '佩戴胸卡'],
  ['technicalPlan', 'Technical plan prepared', '技术方案准备'],
]

const arriving = (): Transition => ({
  target: '#onSite',
  guard: any(timeStands, inState(POSTPONING)),
  actions: [
    assign({
      arrivedAt: cel('now'),
      arrivalCountedFrom: null,
      visits: cel('job.visits + 1'),
      constructionSite: cel(
        'has(event.constructionSite) ? job.constructionSite || event.constructionSite : job.constructionSite',
      ),
      dataProtected: false,
      interrupted: false,
      partsUnconfirmed: 0,
      outcome: null,
    }),
  ],
  meta: { norms: ['HV-10', 'HV-11', 'HV-04'] },
})

export const preparation: StateNode = {
  initial: 'waiting',
  meta: { title: text('Preparation', '上门准备') },
  states: {
    waiting: {
      meta: { title: text('No engineer yet', '尚未派工') },
      always: { target: 'parts', guard: cel('has(job.engineer)') },
    },
    parts: {
      id: 'parts',
      meta: { title: text('Parts to be borrowed', '待借备件'), norms: ['HV-07'] },
      on: {
        'parts.borrow': {
          target: 'ready',
          actions: [assign({ partsBorrowed: cel('event.parts') })],
          meta: { norms: ['HV-07'] },
        },
        'parts.none-needed': { target: 'ready', meta: { norms: ['HV-07'] } },
      },
    },
    ready: {
      meta: { title: text('Parts settled, order to be released', '备件已备，待派上门单'), norms: ['HV-07'] },
      on: {
        'parts.borrow': { actions: [assign({ partsBorrowed: cel('event.parts') })] },
        'order.release': { target: 'preparing', guard: timeStands, meta: { norms: ['HV-07'] } },
      },
    },
    preparing: {
      meta: {
        title: text('Preparing', '准备出发'),
        norms: ['HV-06'],
        checklist: [
          ...bag.map(([id, en, zh]) => item(id, text(en, zh), ['HV-06'])),
          item(
            'addressChecked',
            text('Doubtful address checked with coordinator or customer', '地址不明已与协调员或客户核实'),
            ['HV-42'],
            { required: cel('job.addressDoubtful || !has(job.customerAddress)'), evidence: 'text' },
          ),
        ],
      },
      on: { 'set.out': { target: 'travelling', guard: timeStands, meta: { norms: ['HV-06'] } } },
    },
    travelling: {
      meta: { title: text('On the way', '途中') },
      on: {
        arrive: arriving(),
        'trip.break-off': {
          target: 'preparing',
          actions: [
            notify([toRole('dispatcher')], text('The engineer broke off the trip.', '工程师已中止行程。')),
          ],
        },
      },
    },
  },
}

const beforeBreach = cel('has(job.appointment) && now < plus(job.appointment, settings.lateBreach)')
/** Such a reminder is of use only when it comes at its time, not when the appointment was made later than that. */
const onTime = (setting: string) => cel(`now < plus(plus(job.appointment, settings.${setting}), 'PT1M')`)

/** HV-10 is watched wherever the engineer is: not having set out at all is no excuse. */
export const punctuality: StateNode = {
  initial: 'quiet',
  meta: { title: text('Punctuality', '守时监控'), norms: ['HV-10'] },
  states: {
    quiet: {
      meta: { title: text('Nothing to watch', '无需监控') },
      always: { target: 'watching', guard: all(not(timeInMotion), beforeBreach) },
    },
    watching: {
      meta: { title: text('Appointment watched', '监控约定时间'), norms: ['HV-10'] },
      /** The customer hears from us, or the time is about to change. */
      always: { target: 'quiet', guard: timeInMotion },
      after: {
        lastLongNotice: {
          guard: onTime('longNotice'),
          actions: [
            remind(
              ENGINEER,
              text(
                'From now on a delay of more than half a day is announced too late.',
                '此后再告知半天以上的推迟即为超时。',
              ),
              'HV-09',
            ),
          ],
        },
        lastShortNotice: {
          guard: onTime('shortNotice'),
          actions: [
            remind(
              ENGINEER,
              text(
                'From now on any delay before setting out is announced too late.',
                '此后再告知出发前的推迟即为超时。',
              ),
              'HV-08',
            ),
          ],
        },
        lateWarning: {
          actions: [
            remind(
              WORRIED,
              text(
                'Not at the customer yet: call now, apologise and name a new time.',
                '尚未到达，请立即致电客户致歉并另定时间。',
              ),
              'HV-10',
            ),
          ],
        },
        lateBreach: {
          actions: [
            breach('HV-10'),
            notify(
              WORRIED,
              text(
                'The appointment is minutes away: neither arrived nor called.',
                '约定时间将至，工程师未到达也未致电。',
              ),
              'HV-10',
            ),
          ],
        },
      },
    },
  },
}
