/**
 * What can be said and done about tea in a keyboard.
 *
 * Must not: know the ways that are known to end well or badly (`spilled-tea.ts`).
 */
import type { Move } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { says, sends, signature, ticks, written } from '../../scenario-author.ts'

export const service = 'onSite.visit.service'

export const teaMoves: Move[] = [
  {
    id: 'look-closely',
    text: text('Look the casing over: a brown rim between the keys', '仔细看外观：键缝里有一圈褐色茶渍'),
    in: [`${service}.assessing`],
    as: { do: 'tick', item: 'casingInspected' },
    keeps: ['HV-14', 'HV-47'],
  },
  {
    id: 'diagnose-tea',
    text: text(
      'Diagnose: liquid in the keyboard, misuse; note the stains and the serial number',
      '诊断：键盘进液，使用不当；记录茶渍和序列号',
    ),
    in: [`${service}.assessing`],
    as: {
      do: 'event',
      type: 'fault.diagnosed',
      payload: {
        diagnosis: '键盘进液短路',
        cause: 'misuse',
        damageByPeople: '键盘区茶渍',
        serialNumber: 'AX15-25-1020-08',
        purchaseDate: '2025-10-20',
      },
    },
  },
  {
    id: 'call-it-manufacture',
    text: text(
      'Do him the favour: write “fault of making, no damage”',
      '送他个人情：写“生产缺陷，无人为损伤”',
    ),
    in: [`${service}.assessing`],
    as: {
      do: 'event',
      type: 'fault.diagnosed',
      payload: {
        diagnosis: '主板故障',
        cause: 'manufacture',
        damageByPeople: '无',
        serialNumber: 'AX15-25-1020-08',
        purchaseDate: '2025-10-20',
      },
    },
    breaks: ['HV-17', 'HV-47'],
    critical: true,
    explain: text(
      'Free is what we did wrong: design, making, assembly. A false cause is a false bill.',
      '只有设计、生产、装配原因才免费，虚报原因就是弄虚作假。',
    ),
  },
  {
    id: 'start-at-once',
    text: text('Take the screwdriver to it before knowing what is wrong', '先拆开再说，边拆边看'),
    in: [`${service}.assessing`],
    breaks: ['HV-48'],
    explain: text(
      'First understand, then touch. Wet boards die of haste.',
      '先查明故障再动手，进水的板子最怕乱拆乱通电。',
    ),
  },
  {
    id: 'how-to-avoid',
    text: text(
      '“A cup on the other side of the table, and a cover over the keys.” Without reproach',
      '“杯子放另一边，再贴层键盘膜就好。”不带责备',
    ),
    in: [`${service}.solution.explaining`],
    as: { do: 'tick', item: 'errorAvoidance' },
    keeps: ['HV-16', 'GN-27'],
    does: [says('customer', text('… All right. There was some tea.', '……好吧，是洒了点茶。'), 'calm')],
  },
  {
    id: 'scold',
    text: text('“Of course it breaks if you pour tea into it!”', '“您往里倒茶，它不坏才怪！”'),
    in: [`${service}.solution`],
    breaks: ['GN-20'],
    does: [
      says(
        'customer',
        text('Are you here to repair it or to lecture me?', '你是来修机器的还是来教训人的？'),
        'angry',
      ),
    ],
    explain: text('Say how to avoid it, do not reproach.', '说明如何避免即可，不要指责客户。'),
  },
  {
    id: 'other-brand',
    text: text(
      '“The other brand has a sealed keyboard. Yours was always weak there.”',
      '“别家的键盘都防泼溅，这款一直就不行。”',
    ),
    in: [service],
    breaks: ['HV-25'],
    explain: text('No judgement of products before a customer.', '不在客户面前评判产品好坏。'),
  },
  {
    id: 'quote-tariff',
    text: text(
      '“By the tariff: keyboard 280, cleaning 120, together 400 yuan. Do you agree?”',
      '“按收费标准，键盘280元、清洗120元，共400元，您看可以吗？”',
    ),
    in: [`${service}.solution.quoting`],
    as: {
      do: 'event',
      type: 'quote.give',
      payload: { amount: 400, tariffItems: '键盘280，清洗120', plan: '更换键盘，清洗主板' },
    },
    keeps: ['GN-26'],
    does: [
      says('customer', text('Four hundred … all right, the poster is worth more.', '四百……行吧，海报要紧。')),
      sends('customer', 'quote.accept'),
    ],
  },
  {
    id: 'own-price',
    text: text('“Three hundred, cash, without a bill?”', '“三百现金，不开票，怎么样？”'),
    in: [`${service}.solution.quoting`],
    breaks: ['GN-26', 'GN-04'],
    critical: true,
    explain: text(
      'Prices are the company’s tariff, with a bill. The rest is fraud.',
      '按公司标准收费并出账单，私下收钱就是违规。',
    ),
  },
  {
    id: 'ask-signature',
    text: text('“Please read the plan, and sign if you agree.”', '“请您看一下方案，同意的话签个字。”'),
    in: [`${service}.solution.signing`],
    keeps: ['HV-18'],
    does: [ticks('customer', 'solutionSignature', signature('罗成')), sends('customer', 'solution.sign')],
  },
  {
    id: 'ask-telephone',
    text: text(
      '“My battery is flat. May I ask the workshop from your telephone how long it takes?”',
      '“我手机没电了，能借您座机问一下维修站要修多久吗？”',
    ),
    in: [`${service}.repairing`, `${service}.stuck`],
    as: { do: 'event', type: 'phone.ask', payload: { telephone: 'customers', aboutRepair: true } },
    does: [says('customer', text('Go ahead.', '用吧。')), ticks('customer', 'phoneLeave', written('罗成'))],
  },
  {
    id: 'grab-telephone',
    text: text('Reach for the telephone on his desk and dial', '直接拿起桌上的座机就拨'),
    in: [`${service}.repairing`, `${service}.stuck`],
    breaks: ['HV-44'],
    explain: text(
      'His telephone only with leave, and only about the repair.',
      '使用客户电话须先征得许可，且只限维修事宜。',
    ),
  },
  {
    id: 'blow-dry',
    text: text('Blow-dry the board here and switch it on: it may work', '用吹风机吹干再开机试试运气'),
    in: [`${service}.repairing`],
    breaks: ['HV-51'],
    explain: text(
      'Current on a wet board makes a small damage a large one.',
      '进水的主板通电会把小毛病变成大故障。',
    ),
  },
  {
    id: 'to-the-depot',
    text: text(
      '“This board must be washed and dried in our workshop. May I take the machine with me?”',
      '“主板也进水了，要带回维修站清洗烘干，您看可以吗？”',
    ),
    in: [`${service}.repairing.choosing`],
    as: { do: 'event', type: 'spot.unrepairable', payload: { reason: '主板进液，须清洗烘干' } },
    keeps: ['HV-57'],
    does: [
      says('customer', text('If you must. When do I get it back?', '那好吧，多久能拿回来？'), 'worried'),
    ],
  },
  {
    id: 'sign-next-step',
    text: text('“Two days. Please sign here that you agree.”', '“两天。请您在这里签字确认。”'),
    in: [`${service}.stuck`],
    keeps: ['HV-24'],
    does: [ticks('customer', 'nextStepSignature', signature('罗成'))],
  },
  {
    id: 'leave-receipt',
    text: text('Write receipt Q-2391, and leave it with him', '开取机单Q-2391交给客户'),
    in: [`${service}.stuck`],
    as: {
      do: 'event',
      type: 'takeaway.agree',
      payload: { receiptNumber: 'Q-2391', machine: 'AX15笔记本' },
    },
    again: true,
  },
  {
    id: 'just-take-it',
    text: text('Put the notebook under your arm: the paper can follow', '夹上笔记本就走，单子回头再补'),
    in: [`${service}.stuck`],
    breaks: ['HV-24'],
    explain: text(
      'Without a receipt he has nothing in hand should it get lost.',
      '没有取机单，机器丢了谁也说不清。',
    ),
  },
]
