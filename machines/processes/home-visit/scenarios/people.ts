/**
 * The people of the visits, and what is over when a trainee comes in.
 *
 * Must not: be a scenario itself.
 */
import type { Member, Move, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { send, sends, sent, signature, tick, ticks, written } from '../../scenario-author.ts'

export const engineer: Member = {
  name: text('You, field engineer', '你（上门工程师）'),
  roles: ['engineer'],
  certificates: [{ kind: 'product-training' }],
}
export const dispatcher: Member = {
  name: text('Xiao Lin, coordinator', '小林（调度协调员）'),
  roles: ['dispatcher'],
  temper: 'calm',
}
export const head: Member = {
  name: text('Ms Zhou, head of department', '周经理（部门负责人）'),
  roles: ['process-owner'],
  temper: 'calm',
  about: text('Approves postponements, and wants to know why.', '延期由她批准，每次都要问清原因。'),
}
export const store: Member = {
  name: text('Lao Zheng, stock-keeper', '老郑（库管员）'),
  roles: ['stock-keeper'],
  temper: 'calm',
}

/** Others' doing, wherever an engineer is rehearsed. */
export const OTHERS = [
  'assign',
  'reassign',
  'transfer',
  'region.set',
  'customer.update',
  'parts.borrow',
  'order.release',
  'rebook.confirm',
  'rebook.refuse',
  'change.request',
  'quote.accept',
  'quote.decline',
  'solution.sign',
  'solution.decline',
  'acceptance.sign',
  'acceptance.reject',
  'construction.found',
  'permit.renew',
  'nobody.present',
  'trip.break-off',
]

const CALL = [
  'callerNamed',
  'faultConfirmed',
  'addressConfirmed',
  'servicePlanTold',
  'chargesTold',
  'furtherNeedsAsked',
  'customerChoseTime',
]
export const BAG = [
  'partsPacked',
  'toolsPacked',
  'discsPacked',
  'penPacked',
  'papersPacked',
  'cardsPacked',
  'giftPacked',
  'badgeWorn',
  'technicalPlan',
]
export const assigned: Step = sent('dispatcher', 'assign', { engineer: 'trainee' })
export const arranged = (time: string): Step[] => [
  assigned,
  send('call.start', {}, 'PT2M'),
  ...CALL.map((item) => tick(item)),
  tick('callNotes', 'PT3M', written('故障、地址与时间已确认')),
  send('time.agreed', { time }, 'PT1M'),
]
export const packed: Step[] = [...BAG, 'dressNeat'].map((item) => tick(item))
/** Under way and at the door, all in order. */
const atTheDoor = (time: string): Step[] => [
  ...arranged(time),
  send('parts.none-needed'),
  sent('dispatcher', 'order.release'),
  ...packed,
  send('set.out'),
  send('arrive', {}, 'PT20M'),
]
export const inside = (time: string, personInCharge: string): Step[] => [
  ...atTheDoor(time),
  ...['knocked', 'introduced', 'phoneQuiet', 'customerRules'].map((item) => tick(item)),
  send('visit.begin', { personInCharge }, 'PT2M'),
]
export const tidied: Step[] = [
  ...['toolsCollected', 'wasteRemoved', 'cablesTied'].map((item) => tick(item, 'PT30S')),
]

/** The customer signs the acceptance himself, and the order is countersigned. */
export const asksForAcceptance = (by: string, name: string): Move => ({
  id: 'ask-acceptance',
  text: text(
    '“Would you read the report, and sign here if all is in order?”',
    '“请您看一下服务报告，没有问题的话请在这里签字。”',
  ),
  in: ['onSite.visit.service.closing.accepting'],
  keeps: ['HV-33'],
  again: true,
  does: [
    ticks(by, 'acceptanceSignature', signature(name)),
    ticks(by, 'countersigned', signature(name)),
    sends(by, 'acceptance.sign'),
  ],
})
