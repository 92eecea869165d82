/**
 * The hotline call: from the first ring to an outcome that somebody owns.
 *
 * Promises: a call ends `ended` only by the caller's hang-up, after closing words, with request and outcome on record.
 * Must not: do the work that follows; booked outcomes start the job that does.
 */
import type { Definition } from '../../definition/schema.ts'
import { assign, cel, reportable, text } from '../author.ts'
import { takeBackLocked } from '../locks.ts'
import { awaitingHangUp, callBack, closing, filing, wrapUp } from './closing.ts'
import { delays } from './delays.ts'
import { events } from './events.ts'
import { fields, settings } from './fields.ts'
import { greeting, ringing, routing } from './ringing.ts'
import { talking } from './talking.ts'

export const phoneCall: Definition = {
  id: 'phone-call',
  initial: 'routing',
  entry: [takeBackLocked(fields.properties, ['source'])],
  on: {
    cancel: {
      target: '.cancelled',
      actions: [assign({ cancelReason: cel('event.reason') })],
      meta: { waivesChecklist: true },
    },
  },
  states: {
    routing,
    ringing,
    greeting,
    talking,
    closing,
    awaitingHangUp,
    wrapUp,
    filing,
    callBack,
    ended: { type: 'final', meta: { title: text('Ended', '通话结束') } },
    endedEarly: {
      type: 'final',
      meta: { title: text('Ended before the closing words', '客户在结束语前挂机') },
    },
    agentHungUpFirst: {
      type: 'final',
      tags: ['breach'],
      meta: { title: text('The agent hung up first', '接线人先行挂机'), norms: ['PC-10'] },
    },
    abandoned: {
      type: 'final',
      tags: ['failed'],
      meta: { title: text('The caller gave up', '客户放弃来电') },
    },
    cancelled: { type: 'final', tags: ['cancelled'], meta: { title: text('Cancelled', '已取消') } },
  },
  schemas: { context: fields, events },
  delays,
  meta: {
    title: text('Phone call (hotline)', '热线电话'),
    description: text(
      'A call to the hotline or the on-duty mobile, from the first ring to an owned outcome.',
      '服务热线或值班手机接到的来电，从响铃到明确的处理结果。',
    ),
    reportable: reportable('phone-call'),
    settings,
    summary: ['customerName', 'problem', 'outcome', 'route'],
    assignee: 'agent',
    region: 'region',
  },
}
