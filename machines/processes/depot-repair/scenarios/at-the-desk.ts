/**
 * A machine is brought in: welcome, accessories, damage, log, backup, a promise that can be kept, a quote in plain words.
 */
import type { Scenario } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, sends, tells, tick, written } from '../../scenario-author.ts'
import { bench, customer, dispatcher, FIELDS } from './people.ts'

const takeIn = [
  tick('deskWelcome', 'PT20S'),
  move('confirm-accessories', 'PT30S'),
  tick('conditionChecked', 'PT2M'),
  move('receive', 'PT1M'),
  tick('logRegistered', 'PT2M'),
  tick('backupAsked', 'PT1M', written('教案和照片未备份')),
  tick('waitingAreaShown', 'PT30S'),
]

export const atTheDesk: Scenario = {
  id: 'depot-at-the-desk',
  process: 'depot-repair',
  title: text('A notebook at the front desk', '前台接机'),
  briefing: text(
    'Monday morning at the front desk of the service centre. Ms Chen puts her notebook on the counter: blue screens since Friday. Take the machine in, register it, and, once engineer Liu has looked at it, explain what it will cost and when it will be done.',
    '周一上午，你在服务中心前台值班。陈女士把笔记本放到柜台上：从周五起老是蓝屏。请接机、登记；刘工检测后，向她说明费用和修复时间。',
  ),
  purpose: text(
    'Nothing is taken in unseen, nothing is promised that cannot be kept, nothing is repaired without a yes.',
    '收机查清、承诺可守、未经认可不维修。',
  ),
  difficulty: 'easy',
  tags: ['front desk', 'reception', 'quote'],
  seed: 3,
  start: {
    now: '2026-03-09T01:30:00.000Z',
    fields: FIELDS,
    trainee: { name: text('You, at the front desk', '你（前台）'), roles: ['front-desk'] },
  },
  cast: { customer, bench, dispatcher },
  hidden: ['quote.decline', 'quote.accept', 'data.protect'],
  happens: [
    {
      id: 'opens',
      when: { at: 'PT5S' },
      does: [
        says(
          'customer',
          text(
            'It goes blue all the time. Please be quick, my class starts at one.',
            '老是蓝屏，麻烦快一点，我下午一点还有课。',
          ),
        ),
      ],
    },
    {
      id: 'inspected',
      when: { chosen: { move: 'promise' } },
      after: 'PT50M',
      does: [
        sends('dispatcher', 'engineer.assign', { engineer: 'bench' }),
        sends('bench', 'inspection.start'),
        sends('bench', 'inspection.finish', {
          findings: '内存条接触不良并有坏块，需更换',
          result: 'repairable',
        }),
        says(
          'bench',
          text('A memory module is faulty. Half a day with the part.', '内存条坏了，有配件半天能修好。'),
        ),
      ],
    },
    {
      id: 'agrees',
      when: { chosen: { move: 'explain-plainly' } },
      after: 'PT2M',
      does: [
        says(
          'customer',
          text('320 yuan, tomorrow at five. That is fine.', '320元，明天下午五点，可以。'),
          'calm',
        ),
        sends('customer', 'quote.accept', { by: '陈晓燕', way: 'in-person' }),
      ],
    },
  ],
  moves: [
    {
      id: 'confirm-accessories',
      text: text(
        'Lay out charger and bag: “These two stay with us, is that all?”',
        '摆出电源和电脑包：“随机留下这两样，对吗？”',
      ),
      in: ['reception.receiving'],
      as: { do: 'tick', item: 'accessoriesConfirmed' },
      does: [says('customer', text('Yes, and the bag is new.', '对，包是新的。'))],
    },
    {
      id: 'receive',
      text: text('Write down the dent at the corner and take the machine in', '记下左后角磕碰，办理收机'),
      in: ['reception.receiving'],
      if: { '@expr': 'checklist.conditionChecked', '@lang': 'cel' },
      as: {
        do: 'event',
        type: 'machine.receive',
        payload: {
          machine: '联想 ThinkPad E14',
          accessories: '电源适配器、电脑包',
          configuration: 'i5 / 16GB / 512GB SSD',
          damage: '左后角轻微磕碰',
          diskWork: false,
          serialNumber: 'PF-3K2M9',
        },
      },
    },
    {
      id: 'password',
      text: text('Have a look at the photos while she fills in the log', '趁她登记，先翻翻电脑里的照片'),
      in: ['reception'],
      breaks: ['GN-06'],
      critical: true,
      explain: text("A customer's data is nobody's business here.", '客户的数据与我们无关，不得翻看。'),
    },
    {
      id: 'toss',
      text: text('Push the notebook onto the pile with the others', '把笔记本往那一摞机器上一推'),
      in: ['reception', 'inspection'],
      breaks: ['DR-15'],
      explain: text('Every machine is handled gently.', '机器要轻拿轻放。'),
    },
    {
      id: 'promise',
      text: text(
        '“Inspected by half past eleven. Here is your receipt.”',
        '“十一点半前检测完，这是您的取机单。”',
      ),
      in: ['reception.registering'],
      as: {
        do: 'event',
        type: 'repair.register',
        payload: { inspectionBy: '2026-03-09T03:30:00.000Z', receiptNumber: 'QJ-20260309-07' },
      },
      keeps: ['DR-06'],
      does: [tells(text('Ms Chen takes a seat with a cup of tea.', '陈女士端着茶在休息区坐下。'))],
    },
    {
      id: 'promise-wildly',
      text: text('“Ten minutes, no problem!”', '“十分钟搞定，没问题！”'),
      in: ['reception.registering'],
      as: {
        do: 'event',
        type: 'repair.register',
        payload: { inspectionBy: '2026-03-09T01:50:00.000Z', receiptNumber: 'QJ-20260309-07' },
      },
      explain: text(
        'A promise that cannot be kept is a breach in the making.',
        '做不到的承诺，就是违约的开始。',
      ),
    },
    {
      id: 'explain-plainly',
      text: text(
        '“A memory module is faulty. It is out of warranty; 320 yuan with the part, done by five tomorrow.”',
        '“内存条坏了，已过保修期，含配件320元，明天下午五点前修好。”',
      ),
      in: ['quoting.explaining'],
      as: {
        do: 'event',
        type: 'quote.explain',
        payload: { warranty: false, charge: 320, repairBy: '2026-03-10T09:00:00.000Z' },
      },
      keeps: ['GN-11', 'GN-26'],
    },
    {
      id: 'start-already',
      text: text('Tell Liu to start: she will agree anyway', '让刘工先修着，反正她会同意'),
      in: ['quoting'],
      breaks: ['DR-07'],
      critical: true,
      explain: text(
        'No repair before the customer has said yes to findings, warranty and charge.',
        '未经客户对检测结果、保修和费用的认可，不得开始维修。',
      ),
    },
  ],
  prompts: [
    {
      id: 'backup',
      in: 'reception.registering',
      text: text(
        'Ask after the backup and write down the answer in her words.',
        '询问数据备份情况，并按客户原话记录。',
      ),
      norms: ['DR-08'],
    },
  ],
  must: [
    {
      id: 'lounge',
      what: { item: 'waitingAreaShown' },
      title: text('She is shown to the waiting area', '引导至休息区'),
      norm: 'DR-06',
      weight: 5,
    },
  ],
  until: ['service'],
  timeLimit: 'PT4H',
  rubric: {
    norms: {
      'DR-01': 8,
      'DR-02': 8,
      'DR-03': 8,
      'DR-04': 5,
      'DR-05': 15,
      'DR-07': 20,
      'DR-08': 10,
      'DR-10': 5,
      'GN-11': 5,
    },
    critical: ['DR-07', 'GN-06'],
    passMark: 80,
  },
  runs: {
    welcome: {
      title: text('As it should be', '规范接待'),
      steps: [
        ...takeIn,
        move('promise', 'PT1M'),
        move('explain-plainly', 'PT55M'),
        tick('cardGiven', 'PT3M'),
        send('customer.seeOff', {}, 'PT10S'),
      ],
      expect: passes(['service.waiting.arranging']),
    },
    'ten-minutes': {
      title: text('Ten minutes, no problem', '十分钟搞定'),
      steps: [...takeIn, move('promise-wildly', 'PT1M'), { what: { do: 'wait' }, after: 'PT1H' }],
      expect: fails(['inspection'], ['DR-05']),
    },
    'no-yes': {
      title: text('Repaired without a yes', '未经认可就修'),
      steps: [...takeIn, move('promise', 'PT1M'), move('start-already', 'PT55M')],
      expect: fails(['quoting.explaining'], ['DR-07']),
    },
  },
}
