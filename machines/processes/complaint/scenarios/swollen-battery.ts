/**
 * A battery that swells: first the customer's safety, then the quality department, then a decision; and an angry man meanwhile.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, sends, wait } from '../../scenario-author.ts'
import { chief, handler, OTHERS, quality } from './people.ts'

const taken: Step[] = [
  send('complaint.take', {}, 'PT5M'),
  move('make-safe', 'PT5M'),
  move('finding', 'PT10M'),
]

export const swollenBattery: Scenario = {
  id: 'complaint-swollen-battery',
  process: 'complaint',
  title: text('The battery swells', '电池鼓包了'),
  briefing: text(
    'Thursday, eleven o’clock. Mr Cao complains: the battery that we fitted in January has lifted the keyboard of his notebook. He talks of the newspapers. The complaint is yours.',
    '周四上午十一点。曹先生投诉：一月份我们换的电池鼓包，把键盘都顶起来了，扬言要找媒体。投诉由你处理。',
  ),
  purpose: text(
    'Danger first; a question of quality goes to the quality department before anything is decided; nobody argues.',
    '先排除危险；质量问题先转质量部分析再决定；不与客户争执。',
  ),
  difficulty: 'hard',
  tags: ['complaint', 'quality', 'safety'],
  seed: 19,
  start: {
    now: '2026-04-02T03:00:00.000Z',
    fields: {
      text: '一月更换的电池鼓包，键盘被顶起',
      customerName: '曹军',
      customerPhone: '13900003344',
      serialNumber: 'AX14-24-0502-11',
      aboutProcess: 'depot-repair',
    },
    trainee: handler,
  },
  cast: {
    quality,
    chief,
    customer: {
      name: text('Mr Cao Jun', '曹军'),
      roles: ['customer'],
      temper: 'angry',
      about: text('His small daughter does her lessons on this notebook.', '小女儿每天用这台笔记本上网课。'),
    },
  },
  happens: [
    {
      id: 'shouts',
      when: { enters: 'open.examining' },
      after: 'PT1M',
      while: 'open',
      does: [
        says(
          'customer',
          text(
            'A bomb in my daughter’s room! Is that your quality?',
            '这不就是在我女儿屋里放炸弹吗！你们就这质量？',
          ),
          'angry',
        ),
      ],
    },
    {
      id: 'analysis',
      when: { enters: 'open.qualityAnalysis' },
      after: { least: 'PT3H', most: 'PT5H' },
      while: 'open.qualityAnalysis',
      does: [
        says(
          'quality',
          text('A faulty cell of lot 2511. The lot is recalled.', '2511批次电芯缺陷，该批次全部召回。'),
        ),
        sends('quality', 'quality.analysed', { cause: '2511批次电芯封装缺陷', correction: '全批召回更换' }),
      ],
    },
    {
      id: 'accepts',
      when: { chosen: { item: 'satisfactionAsked' } },
      after: 'PT1M',
      while: 'answered',
      does: [sends('customer', 'customer.accept')],
    },
  ],
  moves: [
    {
      id: 'make-safe',
      text: text(
        '“Please switch it off, do not charge it, put it on the balcony. A courier of ours fetches it today; your daughter gets a loan machine.”',
        '“请马上关机、别再充电，放到阳台上。今天就派专人来取，并给孩子送一台备用机。”',
      ),
      in: ['open'],
      keeps: ['GN-16', 'GN-20'],
      does: [says('customer', text('… Today, you say? Good.', '……今天就来？那行。'), 'impatient')],
    },
    {
      id: 'keep-using',
      text: text(
        '“Swelling is normal. Go on using it until somebody has time.”',
        '“鼓一点正常，先凑合用着，有空再说。”',
      ),
      in: ['open'],
      breaks: ['GN-16', 'GN-21'],
      critical: true,
      explain: text(
        'A swollen cell can burn. Off, no charging, away from people: at once.',
        '鼓包电池可能起火，必须立即关机、停止充电、远离人员。',
      ),
    },
    {
      id: 'argue',
      text: text('“Do not exaggerate. Nothing has happened.”', '“您别夸张，这不是没出事吗。”'),
      in: ['open'],
      breaks: ['GN-20'],
      does: [says('customer', text('You want it to happen first?', '非要等出事才算吗！'), 'angry')],
      explain: text('He fears for his child. No argument.', '他担心的是孩子，不要争执。'),
    },
    {
      id: 'finding',
      text: text(
        'Record: battery of 12 January, lot 2511, photographs at hand',
        '登记：1月12日更换，批次2511，附照片',
      ),
      in: ['open'],
      as: {
        do: 'event',
        type: 'finding.record',
        payload: { finding: '1月12日更换电池，批次2511，鼓包约4毫米，附照片' },
      },
      again: true,
    },
    {
      id: 'refer',
      text: text('It concerns quality: refer it to the quality department', '涉及质量：转质量部分析'),
      in: ['open.examining', 'open.decided'],
      as: { do: 'event', type: 'quality.refer' },
      again: true,
    },
    {
      id: 'quick-swap',
      text: text('Decide at once: a new battery, and the matter is closed', '当场决定：换块新电池了事'),
      in: ['open.examining'],
      if: { '@expr': '!has(job.qualityCause)', '@lang': 'cel' },
      as: {
        do: 'event',
        type: 'complaint.decide',
        payload: { decision: 'upheld', decisionText: '免费更换电池一块' },
      },
      breaks: ['GN-08'],
      explain: text(
        'The same lot lies in other machines. Quality problems are analysed before they are closed.',
        '同批次电池还在别的机器里，质量问题须先转质量部分析。',
      ),
    },
    {
      id: 'uphold',
      text: text(
        'Decide: upheld; battery and keyboard replaced, the whole lot recalled',
        '决定：投诉成立，更换电池和键盘，全批召回',
      ),
      in: ['open.examining'],
      if: { '@expr': 'has(job.qualityCause)', '@lang': 'cel' },
      as: {
        do: 'event',
        type: 'complaint.decide',
        payload: {
          decision: 'upheld',
          decisionText: '电芯批次缺陷，我方全责',
          remedy: '免费更换电池与键盘，延保一年',
        },
      },
    },
    {
      id: 'answer',
      text: text('Go to him with the new machine and the decision in writing', '带上书面决定，上门当面答复'),
      in: ['open.decided'],
      as: { do: 'event', type: 'answer.give', payload: { channel: 'in-person' } },
      again: true,
    },
    {
      id: 'hush',
      text: text('“Five hundred yuan, if you do not talk about it.”', '“给您五百块，这事别往外说。”'),
      in: ['open', 'answered'],
      breaks: ['GN-16'],
      explain: text('A danger to others is not bought into silence.', '涉及他人安全的问题不能花钱捂住。'),
    },
    {
      id: 'ask-content',
      text: text('“Are you content with how we handled it?”', '“我们这样处理，您满意吗？”'),
      in: ['answered'],
      as: { do: 'tick', item: 'satisfactionAsked', evidence: { kind: 'text', text: '当面征询，客户满意' } },
      keeps: ['GN-10'],
      does: [says('customer', text('You came yourself. That I respect.', '你们亲自上门，我服气。'), 'calm')],
    },
  ],
  hidden: OTHERS,
  prompts: [
    {
      id: 'danger',
      in: 'open.examining',
      text: text('What is dangerous at this very moment?', '此刻最危险的是什么？'),
      norms: ['GN-16'],
    },
    {
      id: 'same-lot',
      in: 'open.examining',
      text: text('Who else has a battery of this lot?', '同批次的电池还在谁手里？'),
      norms: ['GN-08'],
    },
  ],
  timeLimit: 'P2D',
  rubric: {
    norms: { 'GN-07': 30, 'GN-08': 30, 'GN-10': 10, 'GN-16': 20, 'GN-20': 5 },
    critical: ['GN-16'],
    passMark: 80,
  },
  must: [
    {
      id: 'safe',
      what: { move: 'make-safe' },
      title: text('He is told at once how to be safe', '立即告知安全处置'),
      by: 'PT30M',
      weight: 15,
      norm: 'GN-16',
    },
  ],
  runs: {
    model: {
      title: text('Safe first, analysed, answered in person', '先保安全、分析原因、当面答复'),
      steps: [
        ...taken,
        move('refer', 'PT5M'),
        move('uphold', 'PT6H'),
        move('answer', 'PT1H'),
        move('ask-content', 'PT10M'),
        wait('PT2M'),
      ],
      expect: passes(['closed'], 'done'),
    },
    'keep-using': {
      title: text('“Go on using it”', '“先凑合用着”'),
      steps: [send('complaint.take', {}, 'PT5M'), move('argue', 'PT2M'), move('keep-using', 'PT1M')],
      expect: fails(['open.examining'], ['GN-16', 'GN-20', 'GN-21']),
    },
    'quick-swap': {
      title: text('Closed with a new battery, a day late', '换块电池了事，还拖过一天'),
      steps: [
        send('complaint.take', {}, 'PT2H'),
        move('quick-swap', 'PT1H'),
        move('answer', 'P1D'),
        move('ask-content', 'PT5M'),
        wait('PT5M'),
      ],
      expect: fails(['closed'], ['GN-07', 'GN-08'], 'done'),
    },
  },
}
