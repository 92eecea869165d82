/**
 * A bill paid twice: examined, decided and answered within the day, and asked whether the answer will do.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, sends, wait } from '../../scenario-author.ts'
import { chief, handler, OTHERS } from './people.ts'

const examined: Step[] = [
  send('complaint.take', {}, 'PT10M'),
  move('look-up', 'PT30M'),
  move('record-finding', 'PT10M'),
]

export const twiceBilled: Scenario = {
  id: 'complaint-twice-billed',
  process: 'complaint',
  title: text('Billed twice', '收了两次钱'),
  briefing: text(
    'Wednesday, nine o’clock. A complaint came in over night: Ms Jiang paid for her repair in cash, and a week later a second bill arrived by post. It lies on your desk.',
    '周三上午九点。昨夜登记了一条投诉：姜女士维修时付了现金，一周后又收到一张账单。投诉现在由你处理。',
  ),
  purpose: text(
    'Within one day: found out, decided clearly, told to the customer, and her satisfaction asked.',
    '一天之内：查清、作出明确决定、答复客户并征询满意度。',
  ),
  difficulty: 'easy',
  tags: ['complaint', 'billing'],
  seed: 5,
  start: {
    now: '2026-04-01T01:00:00.000Z',
    fields: {
      text: '维修费已付现金，又收到第二张账单',
      customerName: '姜文',
      customerPhone: '13800007788',
      aboutProcess: 'home-visit',
      orderNumber: 'FW-26-0317',
    },
    trainee: handler,
  },
  cast: {
    chief,
    customer: {
      name: text('Ms Jiang Wen', '姜文'),
      roles: ['customer'],
      temper: 'impatient',
      about: text('Has kept the receipt.', '当时的收据还留着。'),
    },
    book: { name: text('Accounts', '财务部'), roles: ['front-desk'], temper: 'calm' },
  },
  happens: [
    {
      id: 'asks-after-it',
      when: { at: 'PT6H' },
      while: 'open',
      does: [
        says('customer', text('Has anybody looked at my bill yet?', '我那账单的事有人管吗？'), 'impatient'),
      ],
    },
    {
      id: 'accepts',
      when: { chosen: { item: 'satisfactionAsked' } },
      after: 'PT2M',
      while: 'answered',
      if: { '@expr': "job.decision == 'upheld'", '@lang': 'cel' },
      does: [sends('customer', 'customer.accept')],
    },
    {
      id: 'objects',
      when: { enters: 'answered' },
      after: 'PT1H',
      while: 'answered',
      if: { '@expr': "job.decision == 'rejected'", '@lang': 'cel' },
      does: [
        says(
          'customer',
          text('I hold the receipt in my hand! Look again!', '收据就在我手里！你们再查！'),
          'angry',
        ),
        sends('customer', 'customer.object', { objection: '持有现金收据，不认可该决定' }),
      ],
    },
  ],
  moves: [
    {
      id: 'look-up',
      text: text(
        'Ask Ms Jiang for the receipt, and compare it with the books',
        '请姜女士发来收据，与财务核对',
      ),
      in: ['open.examining'],
      keeps: ['GN-21', 'GN-22'],
      does: [
        says('customer', text('Here is the picture.', '照片发你了。')),
        says(
          'book',
          text('Found: the cash was booked under another number.', '查到了，那笔现金记到别的单号上了。'),
        ),
      ],
    },
    {
      id: 'record-finding',
      text: text(
        'Record: paid on 17 March, booked under the wrong number',
        '登记：3月17日已付，入账单号有误',
      ),
      in: ['open.examining'],
      as: { do: 'event', type: 'finding.record', payload: { finding: '3月17日已付现金，财务入账单号有误' } },
    },
    {
      id: 'to-accounts',
      text: text('“That is for accounts.” Send it over and forget it', '“这是财务的事。”转过去就不管了'),
      in: ['open'],
      breaks: ['GN-05'],
      explain: text(
        'A complaint stays with whoever has it until somebody with the authority hands it over.',
        '未经授权不得转移投诉，在有人正式接手前仍由你负责。',
      ),
    },
    {
      id: 'tell-others-bill',
      text: text(
        '“The money went to Mr Pan’s order, he lives in your street.”',
        '“您那笔钱记到隔壁潘先生的单上了。”',
      ),
      in: ['open', 'answered'],
      breaks: ['GN-06'],
      explain: text('Another customer’s name is no part of the answer.', '不得透露其他客户的信息。'),
    },
    {
      id: 'uphold',
      text: text(
        'Decide: upheld; the second bill is void, with an apology and a voucher',
        '决定：投诉成立，作废第二张账单，致歉并赠保养一次',
      ),
      in: ['open.examining'],
      as: {
        do: 'event',
        type: 'complaint.decide',
        payload: {
          decision: 'upheld',
          decisionText: '重复出账，第二张账单作废',
          remedy: '书面致歉，赠送保养一次',
        },
      },
    },
    {
      id: 'reject',
      text: text('Decide: rejected; the system shows no payment', '决定：投诉不成立，系统里查不到付款'),
      in: ['open.examining'],
      as: {
        do: 'event',
        type: 'complaint.decide',
        payload: { decision: 'rejected', decisionText: '系统无付款记录' },
      },
      breaks: ['GN-21'],
      again: true,
      explain: text(
        'She offered the receipt. Whoever decides without looking ignores her.',
        '客户愿意出示收据，不看就下结论是无视客户。',
      ),
    },
    {
      id: 'answer',
      text: text(
        'Ring her: what we found, what we decided, what she gets',
        '致电客户：查到什么、怎么决定、如何补救',
      ),
      in: ['open.decided'],
      as: { do: 'event', type: 'answer.give', payload: { channel: 'phone' } },
      again: true,
    },
    {
      id: 'ask-content',
      text: text('“Does this settle it for you?”', '“这样处理您满意吗？”'),
      in: ['answered'],
      as: {
        do: 'tick',
        item: 'satisfactionAsked',
        evidence: { kind: 'text', text: '已征询，客户表示认可' },
      },
      keeps: ['GN-10'],
      does: [says('customer', text('I see. Thank you for looking into it.', '好的，谢谢你认真查。'), 'calm')],
    },
  ],
  hidden: OTHERS,
  prompts: [
    {
      id: 'one-day',
      in: 'open',
      text: text('Until when must she have an answer?', '最迟什么时候要给她答复？'),
      norms: ['GN-07'],
    },
  ],
  timeLimit: 'P3D',
  rubric: {
    norms: { 'GN-07': 40, 'GN-10': 15, 'GN-21': 10, 'GN-22': 10 },
    critical: ['GN-06'],
    passMark: 80,
  },
  must: [
    {
      id: 'same-day',
      what: { event: 'answer.give' },
      title: text('Answered the same day', '当天答复'),
      norm: 'GN-07',
      by: 'PT9H',
      weight: 15,
    },
  ],
  runs: {
    model: {
      title: text('Looked up, upheld, answered by noon', '查清、认定、当天答复'),
      steps: [
        ...examined,
        move('uphold', 'PT10M'),
        move('answer', 'PT10M'),
        move('ask-content', 'PT5M'),
        wait('PT5M'),
      ],
      expect: passes(['closed'], 'done'),
    },
    'two-days': {
      title: text('Passed to accounts, answered after two days', '推给财务，两天后才答复'),
      steps: [
        send('complaint.take', {}, 'PT10M'),
        move('to-accounts', 'PT5M'),
        move('look-up', 'P1DT22H'),
        move('record-finding', 'PT10M'),
        move('uphold', 'PT10M'),
        move('answer', 'PT10M'),
        move('ask-content', 'PT5M'),
        wait('PT5M'),
      ],
      expect: fails(['closed'], ['GN-05', 'GN-07'], 'done'),
    },
    'rejected-unseen': {
      title: text('Rejected without a look, and a neighbour’s name told', '不查就驳回，还说出别家客户'),
      steps: [
        send('complaint.take', {}, 'PT10M'),
        move('reject', 'PT5M'),
        move('answer', 'PT5M'),
        wait('PT2H'),
        move('look-up', 'PT10M'),
        move('tell-others-bill', 'PT1M'),
      ],
      expect: fails(['open.examining'], ['GN-06', 'GN-21']),
    },
  },
}
