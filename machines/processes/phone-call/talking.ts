/**
 * The talk: customer file, request, outcome, and waits on hold in between.
 *
 * Promises: no way to the closing but by an outcome (PC-07); a wait is announced (PC-04) and acknowledged (PC-05).
 */
import type { Action, Guard, StateNode } from '../../definition/schema.ts'
import { all, assign, breach, cel, remind, text, toField } from '../author.ts'
import { assignGiven, CUSTOMER_FILE } from '../customer-file.ts'
import { outcomeTransitions } from './outcomes.ts'

const REFERENCES = ['region', 'orderNumber', 'serialNumber']

/** GN-09: each entry that the setting demands comes with the event or is there already. */
const fileComplete: Guard = all(
  ...CUSTOMER_FILE.map((name) =>
    cel(`!('${name}' in settings.mandatoryCustomerFile) || has(job.${name}) || has(event.${name})`),
  ),
)
const takeFile: Action = assignGiven(...CUSTOMER_FILE, ...REFERENCES)
export const takeRequest: Action = assignGiven('problem', 'problemKind', 'severity')

const speaking: StateNode = {
  initial: 'customerFile',
  meta: { title: text('Speaking', '通话') },
  on: {
    'hold.start': {
      target: 'onHold',
      actions: [assign({ holdReason: cel('event.reason'), holds: cel('job.holds + 1') })],
      meta: { norms: ['PC-04'] },
    },
  },
  states: {
    customerFile: {
      meta: { title: text('Customer file', '顾客档案'), norms: ['GN-09'] },
      on: {
        'customer.record': {
          target: 'conversation',
          guard: fileComplete,
          actions: [takeFile],
          meta: { norms: ['GN-09'] },
        },
      },
    },
    conversation: {
      meta: {
        title: text('Request and guidance', '了解诉求与指导'),
        description: text(
          'Listen, record the request, guide the caller towards a solution, agree on the outcome.',
          '耐心倾听，登记诉求，引导客户解决问题，确定处理结果。',
        ),
        norms: ['PC-07', 'PC-21'],
      },
      on: {
        'customer.record': { actions: [takeFile], meta: { norms: ['GN-09'] } },
        'request.record': { actions: [takeRequest], meta: { norms: ['PC-21'] } },
        ...outcomeTransitions('#phone-call.closing'),
      },
    },
    back: {
      type: 'history',
      history: 'shallow',
      target: 'customerFile',
      meta: { title: text('Where the talk was', '恢复通话处') },
    },
  },
}

const remindOfThanks = remind(
  [toField('agent')],
  text('Thank the caller for waiting, or apologise.', '请向等待中的客户致谢或致歉。'),
  'PC-05',
)

const onHold: StateNode = {
  initial: 'waiting',
  meta: {
    title: text('On hold', '客户等待中'),
    description: text(
      'Thank you for waiting. I am sorry, it will take a moment longer.',
      '感谢您的耐心等待，抱歉还需要您再稍等片刻。',
    ),
    norms: ['PC-04', 'PC-05'],
  },
  on: { 'hold.end': { target: 'speaking.back' } },
  states: {
    waiting: {
      meta: { title: text('Waiting, time counting', '等待计时中'), norms: ['PC-05'] },
      after: {
        holdReminder: { actions: [remindOfThanks] },
        holdLimit: {
          target: 'waiting',
          reenter: true,
          actions: [breach('PC-05', 'minor')],
          meta: {
            title: text('No word for too long; counting anew', '超时未致意，重新计时'),
            norms: ['PC-05'],
          },
        },
      },
      on: {
        'hold.acknowledge': [
          {
            target: 'waiting',
            reenter: true,
            guard: cel("settings.holdCounting == 'restart'"),
          },
          { target: 'acknowledged' },
        ],
      },
    },
    acknowledged: {
      meta: { title: text('Waiting, thanks or apology given', '等待中，已致谢或致歉') },
    },
  },
}

export const talking: StateNode = {
  initial: 'speaking',
  meta: { title: text('Talking', '通话中') },
  on: {
    'caller.hungUp': [
      {
        target: 'wrapUp',
        guard: cel('has(job.problem)'),
        actions: [assign({ hungUpBy: 'caller' })],
        meta: {
          title: text('The line dropped: an outcome is still owed', '通话中断：仍须给出处理结果'),
          waivesChecklist: true,
        },
      },
      {
        target: 'abandoned',
        actions: [assign({ hungUpBy: 'caller' })],
        meta: {
          title: text('The caller left without a request', '客户未提出诉求即挂机'),
          waivesChecklist: true,
        },
      },
    ],
    'agent.hungUp': {
      target: 'wrapUp',
      actions: [breach('PC-10'), assign({ hungUpBy: 'agent' })],
      meta: { norms: ['PC-10'], waivesChecklist: true },
    },
  },
  states: { speaking, onHold },
}
