/**
 * From the outcome to the end: closing words (PC-09), the caller hangs up first (PC-10), a promised call-back kept.
 */
import type { Action, StateNode, Transition } from '../../definition/schema.ts'
import { all, assign, breach, cel, item, remind, text, toField, toRole } from '../author.ts'
import { assignGiven, CUSTOMER_FILE } from '../customer-file.ts'
import { outcomeTransitions } from './outcomes.ts'
import { takeRequest } from './talking.ts'

const callerHungUp: Transition = {
  target: 'filing',
  actions: [assign({ hungUpBy: 'caller' })],
  meta: { norms: ['PC-10'], waivesChecklist: true },
}
const agentHungUp: Transition = {
  target: 'filing',
  actions: [breach('PC-10'), assign({ hungUpBy: 'agent' })],
  meta: { norms: ['PC-10'], waivesChecklist: true },
}
/** The outcome so far stays on record, and the talk goes on. */
const further: Transition = {
  target: '#phone-call.talking.speaking.conversation',
  actions: [
    assign({
      earlierOutcomes: cel('job.earlierOutcomes + [job.outcome]'),
      outcome: null,
      result: null,
      callBackAt: null,
      closingSaid: false,
    }),
    takeRequest,
  ],
  meta: { norms: ['PC-21'], waivesChecklist: true },
}

export const closing: StateNode = {
  meta: {
    title: text('Closing', '结束语'),
    description: text(
      'Again, my number is [badge]. Thank you for calling; please call us again whenever you need help.',
      '我的工号是[工号]，感谢您的来电，如有需要欢迎随时再次致电，祝您生活愉快！',
    ),
    norms: ['PC-09'],
    checklist: [
      item(
        'closingWords',
        text(
          'Badge number repeated, thanks said, a further call invited',
          '已再次报工号、致谢并欢迎再次来电',
        ),
        ['PC-09'],
      ),
    ],
  },
  on: {
    'closing.done': {
      target: 'awaitingHangUp',
      actions: [assign({ closingSaid: true })],
      meta: { norms: ['PC-09'] },
    },
    'request.further': further,
    'caller.hungUp': callerHungUp,
    'agent.hungUp': agentHungUp,
  },
}

export const awaitingHangUp: StateNode = {
  meta: { title: text('Waiting for the caller to hang up', '等待客户挂机'), norms: ['PC-10'] },
  on: {
    'request.further': further,
    'caller.hungUp': callerHungUp,
    'agent.hungUp': agentHungUp,
  },
}

/** Nobody is on the line any more (or an alarm rang): what was asked and what comes of it are still owed. */
export const wrapUp: StateNode = {
  meta: {
    title: text('Recording without the caller', '客户不在线，补登处理结果'),
    norms: ['PC-07', 'PC-21'],
  },
  after: {
    wrapUpReminder: {
      actions: [
        remind(
          [toField('agent'), toRole('dispatcher')],
          text('A call waits for its request and outcome to be recorded.', '有通话尚未登记诉求及处理结果。'),
          'PC-21',
        ),
      ],
    },
  },
  on: {
    'customer.record': {
      actions: [assignGiven(...CUSTOMER_FILE, 'region', 'orderNumber', 'serialNumber')],
      meta: { norms: ['GN-09'] },
    },
    'request.record': { actions: [takeRequest], meta: { norms: ['PC-21'] } },
    ...outcomeTransitions('filing'),
  },
}

const promised = cel("job.outcome == 'call-back'")

/** Which end it is. Reached only with an outcome. */
export const filing: StateNode = {
  meta: { title: text('Filing', '归档'), norms: ['PC-07', 'PC-21'] },
  always: [
    {
      target: 'callBack.inWorkingTime',
      guard: all(promised, cel("job.route == 'hotline'")),
    },
    { target: 'callBack.roundTheClock', guard: promised },
    { target: 'agentHungUpFirst', guard: cel("has(job.hungUpBy) && job.hungUpBy == 'agent'") },
    { target: 'ended', guard: cel("job.closingSaid || job.source == 'alarm'") },
    { target: 'endedEarly' },
  ],
}

const soon: Action = remind(
  [toField('agent')],
  text('The promised call-back is due soon.', '承诺的回电即将到时，请及时回电。'),
  'PC-07',
)
const late: Action[] = [
  breach('PC-07'),
  remind(
    [toField('agent'), toRole('dispatcher')],
    text('A promised call-back has not been made.', '承诺的回电尚未完成。'),
    'PC-07',
  ),
]
const unreached = (target: string): Transition => ({
  target,
  reenter: true,
  guard: cel('event.callBackAt > now'),
  actions: [
    assign({ callBackAt: cel('event.callBackAt'), callBackAttempts: cel('job.callBackAttempts + 1') }),
  ],
})

export const callBack: StateNode = {
  initial: 'inWorkingTime',
  meta: {
    title: text('Call-back owed', '待回电'),
    description: text(
      'A promise is no end: the call stays open until the caller has been called back and has an answer.',
      '承诺回电并非结束：须回电并答复客户后方可结案。',
    ),
    norms: ['PC-07'],
  },
  on: {
    'callBack.made': {
      target: '#phone-call.talking.speaking.conversation',
      actions: [
        assign({
          earlierOutcomes: cel('job.earlierOutcomes + [job.outcome]'),
          outcome: null,
          callBackAt: null,
          hungUpBy: null,
          closingSaid: false,
          agent: cel('actor.id'),
        }),
      ],
      meta: { norms: ['PC-07'] },
    },
  },
  states: {
    inWorkingTime: {
      meta: { title: text('Owed by the hotline, in working time', '热线回电，按工作时间计') },
      after: {
        callBackSoon: { actions: [soon] },
        callBackLate: { actions: late, meta: { norms: ['PC-07'] } },
      },
      on: { 'callBack.unreached': unreached('inWorkingTime') },
    },
    roundTheClock: {
      meta: { title: text('Owed by the on-duty mobile, round the clock', '值班手机回电，全天计时') },
      after: {
        callBackSoonOnDuty: { actions: [soon] },
        callBackLateOnDuty: { actions: late, meta: { norms: ['PC-07'] } },
      },
      on: { 'callBack.unreached': unreached('roundTheClock') },
    },
  },
}
