/**
 * What the calls to be rehearsed have in common: who answers, and the words at the beginning and the end of every call.
 *
 * Must not: be a scenario itself.
 */
import type { Happening, Member, Move, Step } from '../../../simulate/scenario.ts'
import { cel, text } from '../../author.ts'
import { move, says, send, sends } from '../../scenario-author.ts'

export const agent: Member = {
  name: text('You, hotline agent, badge 8021', '你（热线接线员，工号8021）'),
  roles: ['hotline-agent'],
}
/** Whose telephone goes dead is for the line to tell. */
export const line: Member = {
  name: text('The telephone line', '电话线路'),
  roles: ['hotline-agent', 'engineer'],
}
/** Nobody diverts by day, and nobody hangs up for the caller. */
export const HIDDEN = ['caller.hungUp', 'divert']

export const openings: Move[] = [
  {
    id: 'greet',
    text: text(
      '“Good day, Anxin Technology service hotline, badge 8021. How may I help you?”',
      '“您好，安信科技服务热线，工号8021，请问有什么可以帮您？”',
    ),
    in: ['greeting'],
    as: { do: 'tick', item: 'greetingGiven' },
    keeps: ['PC-02', 'PC-03'],
  },
  {
    id: 'apologise',
    text: text('“I am sorry that you had to wait.”', '“非常抱歉，让您久等了。”'),
    in: ['greeting'],
    if: cel('job.answeredLate'),
    as: { do: 'tick', item: 'lateApology' },
  },
  {
    id: 'hello',
    text: text('“Hello? What is it?”', '“喂，啥事？”'),
    in: ['greeting'],
    breaks: ['PC-03'],
    explain: text(
      'The caller does not even know whether he has reached the right place. Polite words, company and badge first.',
      '客户连有没有打对电话都不知道。应使用敬语，先报公司和工号。',
    ),
  },
]
export const closings: Move[] = [
  {
    id: 'thank',
    text: text(
      '“My number is 8021. Thank you for calling; please call again whenever you need us.”',
      '“我的工号是8021，感谢您的来电，有需要请随时再拨打，祝您生活愉快。”',
    ),
    in: ['closing'],
    as: { do: 'tick', item: 'closingWords' },
    keeps: ['PC-09'],
    again: true,
  },
  {
    id: 'put-down',
    text: text('Put the receiver down: the next call is waiting', '先挂断电话，后面还有来电在排队'),
    in: ['talking', 'closing', 'awaitingHangUp'],
    as: { do: 'event', type: 'agent.hungUp' },
    explain: text(
      'The caller hangs up first, however long it takes him. Until then he may still have something to ask.',
      '须等客户先挂机。在此之前，客户随时可能还有问题要问。',
    ),
  },
]

/** The caller takes his leave, and a moment later the line is dead. */
export const leaves = (by: string, en: string, zh: string, after = 'PT6S'): Happening => ({
  id: 'leaves',
  when: { enters: 'awaitingHangUp' },
  after,
  while: 'awaitingHangUp',
  times: 5,
  does: [says(by, text(en, zh), 'calm'), sends('line', 'caller.hungUp')],
})

export const answered = (after = 'PT7S'): Step[] => [
  send('answer', { badge: '8021' }, after),
  move('greet', 'PT2S'),
  send('greeting.done', {}, 'PT4S'),
]
export const closed = (wait = 'PT8S'): Step[] => [
  move('thank', 'PT5S'),
  send('closing.done', {}, 'PT6S'),
  { after: wait, what: { do: 'wait' } },
]
