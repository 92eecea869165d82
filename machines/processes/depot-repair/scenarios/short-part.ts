/**
 * In the workshop: a part that is not in stock, a neighbour's drawer that has one, and a machine that fails its verification.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, sends, tells, tick, wait, written } from '../../scenario-author.ts'
import { accepted, bench, customer, desk, dispatcher, FIELDS, registered, stock } from './people.ts'

const PART = 'MEM-16G-DDR4'
const fitted = {
  part: PART,
  replaced: '内存条',
  oldSerial: 'SN-OLD-81',
  newSerial: 'SN-NEW-12',
  stockCount: 3,
}
const askForPart: Step[] = [tick('racked', 'PT2M'), send('part.request', { part: PART }, 'PT2M')]
const openAndFit: Step[] = [
  send('repair.open', {}, 'PT5M'),
  tick('wristStrap', 'PT1M'),
  send('work.start', {}, 'PT1M'),
  send('part.fit', fitted, 'PT15M'),
  send('work.finish', { workDone: '更换内存条并清灰' }, 'PT10M'),
]
const verify: Step[] = ['faultGone', 'functionsTested', 'assemblyChecked'].map((item) => tick(item, 'PT5M'))
const again: Step[] = [
  move('verify-fails', 'PT10M'),
  tick('wristStrap', 'PT2M'),
  send('work.start', {}, 'PT1M'),
  send('work.finish', { workDone: '重新插接屏线' }, 'PT10M'),
  ...verify,
  send('verification.pass', {}, 'PT1M'),
]
const close: Step[] = [
  tick('coordinatorInformed', 'PT2M', written('已报送修协调：更换内存条，验机通过')),
  send('repair.close', {}, 'PT1M'),
]

export const shortPart: Scenario = {
  id: 'depot-short-part',
  process: 'depot-repair',
  title: text('The part is not there', '备件没有货'),
  briefing: text(
    "Ms Chen's notebook needs a memory module; she has agreed to 320 yuan and was promised it by five tomorrow. The machine stands at your bench. Repair it, verify it and close the repair.",
    '陈女士的笔记本要换内存条，她已认可320元，并被告知明天下午五点前修好。机器在你的工位上。请完成维修、验机并关单。',
  ),
  purpose: text(
    'Parts by the book: shortage listed, booked out before use; the repair opened before work, verified after it, closed when done.',
    '备件按规定：缺件登记、先借后用；先开单后维修，修完全面验机，完成后关单。',
  ),
  difficulty: 'medium',
  tags: ['parts', 'stock', 'verification', 'deadline'],
  seed: 14,
  start: {
    now: '2026-03-09T01:30:00.000Z',
    fields: FIELDS,
    trainee: {
      name: text('You, bench engineer', '你（维修工程师）'),
      roles: ['engineer'],
      certificates: [{ kind: 'product-training' }],
    },
    by: 'desk',
    before: [
      ...registered(false, '2026-03-09T04:00:00.000Z'),
      ...accepted('trainee', '2026-03-10T09:00:00.000Z'),
    ],
  },
  cast: { customer, desk, bench, stock, dispatcher },
  hidden: ['part.remove', 'disk.need'],
  happens: [
    {
      id: 'short',
      when: { chosen: { event: 'part.request' } },
      after: 'PT10M',
      does: [
        sends('stock', 'part.shortage', { part: PART, reason: '库存为零，已下采购单' }),
        says(
          'stock',
          text(
            'None left. It is on the shortage list; the lorry comes tomorrow morning.',
            '没货了，已登记缺件，明天上午到货。',
          ),
        ),
      ],
    },
    {
      id: 'tempts',
      when: { enters: 'service.waiting.awaitingParts' },
      after: 'PT5M',
      does: [
        says(
          'bench',
          text(
            'I have one in my drawer. Take it, we sort it out later.',
            '我抽屉里有一条，你先拿去用，回头再说。',
          ),
        ),
      ],
    },
    {
      id: 'comes',
      when: { enters: 'service.waiting.awaitingParts' },
      after: 'PT22H',
      while: 'service.waiting.awaitingParts',
      does: [
        tells(text('Next morning: the parts lorry has been.', '第二天上午，备件到货。')),
        sends('stock', 'part.book', { part: PART, stockCount: 3 }),
        says('stock', text('Booked out in your name, three left.', '已登记借给你，还剩三条。')),
      ],
    },
    {
      id: 'flickers',
      when: { chosen: { event: 'work.finish' } },
      after: 'PT4M',
      does: [
        tells(
          text(
            'No blue screen any more. But the display flickers when the lid moves.',
            '蓝屏没有了，但合盖一动屏幕就闪。',
          ),
        ),
      ],
    },
  ],
  moves: [
    {
      id: 'drawer',
      text: text("Use the module from the colleague's drawer", '就用同事抽屉里那条'),
      in: ['service.waiting', 'service.repairing'],
      breaks: ['DR-13'],
      critical: true,
      explain: text(
        "A part is booked out by the stock keeper before it is used. What is in no book is nobody's.",
        '备件须先由备管做借用登记再使用。',
      ),
    },
    {
      id: 'wait-for-stock',
      text: text(
        '“Thank you, but it has to come through the stock book.” Tell the desk it waits for a part',
        '“谢谢，但必须走登记。”并告知前台在等件',
      ),
      in: ['service.waiting.awaitingParts'],
      keeps: ['DR-13', 'GN-22'],
      does: [
        says(
          'desk',
          text('I will let Ms Chen know that tomorrow still holds.', '我跟陈女士说一声，明天的时间不变。'),
        ),
      ],
    },
    {
      id: 'bare-hands',
      text: text('Leave the strap, it is only memory', '不戴手环了，就换个内存'),
      in: ['service.repairing.preparing'],
      breaks: ['DR-16'],
      explain: text('A charge nobody feels can kill a board.', '人感觉不到的静电也会击穿主板。'),
    },
    {
      id: 'verify-fails',
      text: text('“It flickers: verification failed.” Back to the bench', '“屏幕闪，验机不通过”，退回维修'),
      in: ['service.verifying'],
      as: { do: 'event', type: 'verification.fail', payload: { findings: '屏线松动，活动上盖时屏幕闪烁' } },
    },
    {
      id: 'wave-through',
      text: text('She only complained about blue screens: pass it', '她只说蓝屏，算通过吧'),
      in: ['service.verifying'],
      if: { '@expr': 'checklist.faultGone == false', '@lang': 'cel' },
      breaks: ['DR-17'],
      critical: true,
      explain: text(
        'After a repair everything is verified, not only what was complained of.',
        '维修后须全面验机，不能只看报修的故障。',
      ),
    },
  ],
  must: [
    {
      id: 'list',
      what: { move: 'wait-for-stock' },
      title: text('The stock book is kept to', '坚持备件登记'),
      norm: 'DR-13',
      weight: 10,
    },
    {
      id: 'flicker',
      what: { move: 'verify-fails' },
      title: text('The flicker is not passed over', '不放过屏幕闪烁'),
      norm: 'DR-17',
      weight: 10,
    },
  ],
  until: ['handover'],
  timeLimit: 'P2D',
  rubric: {
    norms: {
      'DR-09': 20,
      'DR-11': 5,
      'DR-12': 5,
      'DR-13': 15,
      'DR-14': 15,
      'DR-16': 8,
      'DR-17': 20,
      'DR-18': 5,
      'DR-19': 10,
    },
    critical: ['DR-13', 'DR-17'],
    passMark: 85,
  },
  runs: {
    'by-the-book': {
      title: text('By the book', '照章维修'),
      steps: [
        ...askForPart,
        move('wait-for-stock', 'PT20M'),
        wait('PT22H'),
        ...openAndFit,
        ...again,
        ...close,
      ],
      expect: passes(['handover.readying']),
    },
    drawer: {
      title: text("From the colleague's drawer", '用了抽屉里的备件'),
      steps: [...askForPart, move('drawer', 'PT20M')],
      expect: fails(['service.waiting.awaitingParts'], ['DR-13']),
    },
    'before-opening': {
      title: text('The promise broken, the strap forgotten', '超期且未戴手环'),
      steps: [
        ...askForPart,
        move('wait-for-stock', 'PT20M'),
        wait('PT31H'),
        send('repair.open', {}, 'PT5M'),
        send('work.start', {}, 'PT1M'),
        move('bare-hands', 'PT1M'),
        tick('wristStrap', 'PT1M'),
        ...openAndFit.slice(2),
        ...again,
        ...close,
      ],
      expect: fails(['handover.readying'], ['DR-09', 'DR-16']),
    },
    'waved-through': {
      title: text('Passed though it flickers', '闪屏也算通过'),
      steps: [...askForPart, wait('PT23H'), ...openAndFit, move('wave-through', 'PT5M')],
      expect: fails(['service.verifying'], ['DR-17']),
    },
  },
}
