/**
 * Pick-up: the machine is ready, the receipt is not there, and it is not even the customer who has come.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, sends, tells, tick } from '../../scenario-author.ts'
import {
  accepted,
  bench,
  customer,
  disclaimer,
  dispatcher,
  FIELDS,
  registered,
  repaired,
  stock,
} from './people.ts'

const ready: Step[] = [
  tick('orderPrinted', 'PT1M'),
  move('engineer-signs', 'PT2M'),
  tick('orderWithMachine', 'PT1M'),
  send('pickup.notify', { by: 'phone' }, 'PT2M'),
]
const arrive: Step[] = [send('customer.arrive', {}, 'PT2H'), tick('pickupWelcome', 'PT20S')]
const check: Step[] = [
  tick('machineChecked', 'PT3M'),
  disclaimer('customerSigned', 'PT1M'),
  tick('commentsAsked', 'PT1M'),
]
const part: Step[] = [
  tick('upkeepTaught', 'PT2M'),
  tick('farewellCard', 'PT20S'),
  send('customer.leave', {}, 'PT10S'),
]

export const lostReceipt: Scenario = {
  id: 'depot-lost-receipt',
  process: 'depot-repair',
  title: text('The lost receipt', '取机单丢了'),
  briefing: text(
    "Ms Chen's notebook is repaired and the repair is closed. You are at the front desk: get it ready, tell her, hand it over. 320 yuan are to be paid. She has a way of losing things.",
    '陈女士的笔记本已修好关单。你在前台：做好取机准备、通知客户、完成交机。应收320元。她是个爱丢东西的人。',
  ),
  purpose: text(
    'Handed over against the receipt, checked, signed and paid; a lost receipt is replaced by somebody else than the desk.',
    '凭单取机、当面核对、签字付款；取机单丢失须由他人核实补办。',
  ),
  difficulty: 'hard',
  tags: ['front desk', 'pick-up', 'consent'],
  seed: 19,
  start: {
    now: '2026-03-09T01:30:00.000Z',
    fields: FIELDS,
    trainee: { name: text('You, at the front desk', '你（前台）'), roles: ['front-desk'] },
    by: 'desk',
    before: [
      ...registered(false, '2026-03-09T04:00:00.000Z'),
      ...accepted('bench', '2026-03-10T09:00:00.000Z'),
      ...repaired,
    ],
  },
  cast: {
    customer,
    desk: { name: text('Zhao Qiang, your colleague', '赵强（前台同事）'), roles: ['front-desk'] },
    bench,
    stock,
    dispatcher,
    husband: {
      name: text('A man who says he is her husband', '自称是她丈夫的男子'),
      roles: ['customer'],
      temper: 'impatient',
    },
  },
  happens: [
    {
      id: 'man',
      when: { enters: 'handover.awaitingPickup' },
      after: 'PT40M',
      while: 'handover.awaitingPickup',
      does: [
        says(
          'husband',
          text(
            'I am here for my wife’s notebook. Receipt? She has it. I am double-parked, hurry up.',
            '我来拿我老婆的笔记本。单子？在她那儿。我车停路边呢，快点。',
          ),
          'impatient',
        ),
      ],
    },
    {
      id: 'she-comes',
      when: { enters: 'handover.awaitingPickup' },
      after: 'PT1H55M',
      while: 'handover.awaitingPickup',
      does: [
        tells(text('Ms Chen comes in, searching her bag.', '陈女士进门，翻着包。')),
        says(
          'customer',
          text('I cannot find the slip. Here is my identity card.', '单子找不着了，身份证可以吗？'),
          'worried',
        ),
      ],
    },
    {
      id: 'part-back',
      when: { enters: 'settling' },
      after: 'PT30M',
      while: 'settling',
      does: [
        says(
          'stock',
          text('The old module has come back. The book is straight.', '旧内存条已归还，账清了。'),
        ),
        sends('stock', 'part.return', { part: 'MEM-16G-DDR4', what: 'replaced', stockCount: 3 }),
      ],
    },
  ],
  moves: [
    {
      id: 'engineer-signs',
      text: text('Ask engineer Liu to sign the order', '请刘工在维修单上签名'),
      in: ['handover.readying'],
      keeps: ['DR-22'],
      does: [
        {
          act: 'tick',
          by: 'bench',
          item: 'engineerSigned',
          evidence: { kind: 'signature', file: 'e'.repeat(64), signedBy: '刘工' },
        },
      ],
    },
    {
      id: 'sign-for-liu',
      text: text('Sign for Liu, he is at lunch', '刘工吃饭去了，替他签'),
      in: ['handover.readying'],
      breaks: ['DR-22'],
      explain: text('The engineer signs his own work.', '维修单由工程师本人签名。'),
    },
    {
      id: 'send-away',
      text: text(
        '“I may hand it over against the receipt only. Please have your wife call us.”',
        '“必须凭取机单交机，请让您爱人联系我们。”',
      ),
      in: ['handover.awaitingPickup'],
      keeps: ['DR-23', 'GN-11'],
      does: [says('husband', text('What a circus.', '真麻烦。'), 'angry')],
    },
    {
      id: 'give-to-him',
      text: text('Let him have it, he knows her name', '他说得出名字，就给他吧'),
      in: ['handover.awaitingPickup'],
      breaks: ['DR-23'],
      critical: true,
      explain: text(
        'Whoever shows no receipt gets no machine, however sure he is.',
        '没有取机单，说得再像也不能交机。',
      ),
    },
    {
      id: 'shout-back',
      text: text('“Do not talk to me like that!”', '“你冲我喊什么！”'),
      in: ['handover.awaitingPickup'],
      breaks: ['GN-20'],
      explain: text('Hostile words are never right.', '不得恶语相向。'),
    },
    {
      id: 'ask-replacement',
      text: text(
        'Ask the dispatcher to check her identity card and replace the receipt',
        '请调度核验身份证并补办取机单',
      ),
      in: ['handover.handingOver'],
      keeps: ['DR-23'],
      does: [
        sends('dispatcher', 'receipt.replace', {
          receiptNumber: 'QJ-20260309-07B',
          identity: '居民身份证核对一致',
          reason: '客户遗失取机单',
        }),
        says('dispatcher', text('Checked. The new number is 07B.', '已核对，新单号是07B。')),
      ],
    },
    {
      id: 'hand-over',
      text: text('Hand over against the replaced receipt 07B, 320 yuan paid', '凭补办的07B单交机，收款320元'),
      in: ['handover.handingOver'],
      if: { '@expr': "job.receiptNumber == 'QJ-20260309-07B'", '@lang': 'cel' },
      as: { do: 'event', type: 'machine.collect', payload: { receiptNumber: 'QJ-20260309-07B', paid: 320 } },
    },
    {
      id: 'make-it-up',
      text: text('Type in the old number from the screen and hand it over', '照着屏幕填上原单号，直接交机'),
      in: ['handover.handingOver'],
      if: { '@expr': "job.receiptNumber != 'QJ-20260309-07B'", '@lang': 'cel' },
      breaks: ['DR-23'],
      critical: true,
      explain: text('A number read off the screen proves nothing.', '从屏幕上抄来的单号，什么也证明不了。'),
    },
    {
      id: 'discount',
      text: text('“Give me 200 in cash and it is fine.”', '“给我200现金就行。”'),
      in: ['handover.handingOver'],
      breaks: ['GN-04', 'GN-26'],
      critical: true,
      explain: text(
        'Charges follow the tariff, and nothing goes into a pocket.',
        '按标准收费，分文不得入私囊。',
      ),
    },
  ],
  hidden: ['machine.collect', 'quote.decline'],
  must: [
    {
      id: 'refused',
      what: { move: 'send-away' },
      title: text('No machine without a receipt', '无单不交机'),
      norm: 'DR-23',
      weight: 15,
    },
    {
      id: 'replaced',
      what: { move: 'ask-replacement' },
      title: text('The receipt is replaced by somebody else', '由他人补办取机单'),
      norm: 'DR-23',
      weight: 15,
    },
  ],
  timeLimit: 'P1D',
  rubric: {
    norms: { 'DR-10': 5, 'DR-20': 8, 'DR-22': 10, 'DR-23': 25, 'DR-24': 5, 'GN-10': 5, 'GN-27': 5 },
    critical: ['DR-23', 'GN-04'],
    passMark: 80,
  },
  runs: {
    firm: {
      title: text('Friendly and firm', '有礼有节'),
      steps: [
        ...ready,
        move('send-away', 'PT41M'),
        ...arrive,
        move('ask-replacement', 'PT1M'),
        ...check,
        move('hand-over', 'PT1M'),
        ...part,
        { what: { do: 'wait' }, after: 'PT1H' },
      ],
      expect: passes(['completed'], 'done'),
    },
    'to-the-husband': {
      title: text('Given to a stranger', '交给了陌生人'),
      steps: [...ready, move('give-to-him', 'PT41M')],
      expect: fails(['handover.awaitingPickup'], ['DR-23']),
    },
    'made-up': {
      title: text('The number off the screen', '照屏幕填单号'),
      steps: [...ready, move('send-away', 'PT41M'), ...arrive, move('make-it-up', 'PT1M')],
      expect: fails(['handover.handingOver'], ['DR-23']),
    },
    pocketed: {
      title: text('A discount into the pocket', '私收现金'),
      steps: [move('sign-for-liu', 'PT1M'), ...ready, ...arrive, move('discount', 'PT1M')],
      expect: fails(['handover.handingOver'], ['DR-22', 'GN-04', 'GN-26']),
    },
  },
}
