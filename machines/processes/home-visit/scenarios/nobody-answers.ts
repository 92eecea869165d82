/**
 * He does not pick up, he opens late, and nothing is broken: kept appointment, open ears, and a whole visit done with respect.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, forbidden, move, passes, says, send, sent, tells, tick } from '../../scenario-author.ts'
import { quietMoves, service } from './nobody-answers-moves.ts'
import { assigned, dispatcher, engineer, OTHERS, packed, tidied } from './people.ts'

const arrived: Step[] = [send('set.out', {}, 'PT5M'), send('arrive', {}, 'PT35M')]
const entered: Step[] = [
  move('knock-again', 'PT1M'),
  tick('introduced', 'PT1M'),
  tick('phoneQuiet', 'PT10S'),
  tick('customerRules', 'PT30S'),
  send('visit.begin', { personInCharge: '秦伯安' }, 'PT1M'),
]
const found: Step[] = [
  tick('casingInspected', 'PT1M'),
  tick('powerInspected', 'PT2M'),
  move('listen', 'PT1M'),
  move('try-together', 'PT3M'),
  move('write-down', 'PT1M'),
  send(
    'no-trouble.found',
    { findings: '插线板开关被关闭，通电后一切正常', damageByPeople: '无', serialNumber: 'AX-D21-3301' },
    'PT2M',
  ),
]
const explained: Step[] = [
  move('explain-patiently', 'PT2M'),
  move('label-switch', 'PT3M'),
  send('explanation.done', {}, 'PT1M'),
  ...tidied,
  tick('machineInPlace', 'PT30S'),
  send('place.tidied', {}, 'PT30S'),
  send(
    'report.fill',
    {
      result: '未发现故障',
      solution: '打开插线板开关',
      workDone: '检查电源、外观与系统',
      workMinutes: 20,
      bill: 0,
    },
    'PT2M',
  ),
]

export const nobodyAnswers: Scenario = {
  id: 'visit-nobody-answers',
  process: 'home-visit',
  title: text('Nobody answers the telephone', '电话没人接'),
  briefing: text(
    'Thursday, five past two. At three you are expected at Mr Qin’s, in the old town. You rang twice, he did not answer. Everything is packed, the order is yours.',
    '周四下午两点零五分，三点要到老城区秦大爷家。打了两次电话都没人接。东西已备齐，单也派下来了。',
  ),
  purpose: text(
    'Not reached is visited all the same. No trouble found is explained with patience, and nobody signs for the customer.',
    '联系不上仍按时上门；未发现故障要耐心说明，严禁代签。',
  ),
  difficulty: 'medium',
  tags: ['unreachable', 'no-trouble', 'respect'],
  seed: 6,
  start: {
    now: '2026-03-19T04:30:00.000Z',
    fields: {
      timeWanted: '2026-03-19T07:00:00.000Z',
      problem: '电脑屏幕一直黑着',
      problemKind: 'hardware',
      severity: 'normal',
      customerName: '秦伯安',
      customerPhone: '025-55508812',
      customerAddress: '老门东剪子巷12号',
      region: '秦淮',
      distanceBand: 'near',
    },
    trainee: engineer,
    by: 'dispatcher',
    before: [
      assigned,
      send('parts.none-needed', {}, 'PT5M'),
      send('call.start', {}, 'PT5M'),
      send('customer.unreachable', { note: '两次均无人接听' }, 'PT3M'),
      sent('dispatcher', 'order.release', {}, 'PT2M'),
      ...packed,
      { after: 'PT1H20M', what: { do: 'wait' } },
    ],
  },
  cast: {
    dispatcher,
    customer: {
      name: text('Mr Qin Boan, retired typesetter', '秦伯安（退休排字工）'),
      roles: ['customer'],
      temper: 'calm',
      about: text(
        'Eighty-two and hard of hearing. Keeps his books in strict order.',
        '八十二岁，耳背，书摆得整整齐齐。',
      ),
    },
  },
  happens: [
    {
      id: 'door-ajar',
      when: { enters: 'onSite.visit.arrival' },
      after: 'PT20S',
      while: 'onSite.visit.arrival',
      does: [
        tells(
          text(
            'Nobody comes. The door is ajar; somewhere a radio plays.',
            '没人应门。门虚掩着，里面传来收音机的声音。',
          ),
        ),
      ],
    },
    {
      id: 'offers',
      when: { enters: `${service}.assessing` },
      after: 'PT2M',
      while: service,
      does: [
        says(
          'customer',
          text(
            'Sit down, have some sunflower seeds! Take these for the road.',
            '坐坐坐，嗑点瓜子！走的时候带上这两包茶叶。',
          ),
        ),
      ],
    },
    {
      id: 'ashamed',
      when: { enters: `${service}.noTrouble` },
      after: 'PT10S',
      while: `${service}.noTrouble`,
      does: [
        says(
          'customer',
          text(
            'Only the switch? I have made you come for nothing …',
            '就一个开关？让你白跑一趟，真不好意思……',
          ),
          'worried',
        ),
      ],
    },
  ],
  moves: quietMoves,
  hidden: OTHERS,
  prompts: [
    {
      id: 'still-expected',
      in: 'beforeVisit',
      text: text('He did not answer. Is he still waiting for you?', '没接电话，他是不是还在等你？'),
      norms: ['HV-05'],
    },
    {
      id: 'at-the-door',
      in: 'onSite.visit.arrival',
      text: text('The door is ajar. May you go in?', '门虚掩着，可以直接进去吗？'),
      norms: ['HV-12'],
    },
  ],
  must: [
    {
      id: 'kept-the-hour',
      what: { state: 'onSite' },
      title: text('Visited at the promised hour all the same', '仍按约定时间上门'),
      norm: 'HV-05',
      by: 'PT55M',
      weight: 15,
    },
  ],
  mustNot: [
    {
      id: 'own-affairs',
      what: { prohibited: 'HV-26' },
      title: text('No affairs of one’s own on his computer', '不在客户电脑上办私事'),
      norm: 'HV-26',
    },
  ],
  timeLimit: 'PT4H',
  rubric: {
    norms: {
      'HV-10': 10,
      'HV-12': 10,
      'HV-14': 5,
      'HV-29': 5,
      'HV-32': 5,
      'HV-33': 10,
      'HV-34': 5,
      'HV-35': 5,
      'HV-36': 15,
      'HV-37': 5,
      'HV-47': 5,
      'HV-55': 5,
      'HV-58': 5,
      'GN-10': 5,
      'GN-15': 5,
    },
    critical: ['HV-33'],
    passMark: 80,
  },
  runs: {
    model: {
      title: text('Kept the hour, and explained with patience', '守时上门，耐心说明'),
      steps: [
        move('try-again', 'PT1M'),
        ...arrived,
        ...entered,
        ...found,
        ...explained,
        move('ask-comments', 'PT1M'),
        move('ask-acceptance', 'PT1M'),
        move('leave-card', 'PT1M'),
        tick('useAdvice', 'PT1M'),
        tick('needsAsked', 'PT30S'),
        tick('copyLeft', 'PT30S'),
        send('farewell.said', {}, 'PT1M'),
        send('result.report-back', { summary: '未发现故障，已说明并贴标签' }, 'PT10M'),
      ],
      expect: passes(['noTroubleFound'], 'done'),
    },
    'stayed-away': {
      title: text('Not reached, not visited', '没打通就没去'),
      steps: [move('stay-away', 'PT5M')],
      expect: fails(['beforeVisit.arrangement.unreachable'], ['HV-05', 'HV-39']),
    },
    'signed-for-him': {
      title: text('Walked in, laughed, and signed for him', '闯门、嘲笑、代签'),
      steps: [
        ...arrived,
        move('walk-in', 'PT30S'),
        ...entered,
        forbidden('HV-26', 'PT1M'),
        move('seeds', 'PT30S'),
        move('browse-books', 'PT30S'),
        move('tidy-desktop', 'PT1M'),
        ...found,
        move('laugh', 'PT10S'),
        ...explained,
        move('take-tea', 'PT10S'),
        move('sign-for-him', 'PT30S'),
      ],
      expect: fails(
        [`${service}.closing.accepting`],
        ['GN-04', 'GN-20', 'HV-12', 'HV-13', 'HV-26', 'HV-33', 'HV-36', 'HV-38', 'HV-45'],
      ),
    },
  },
}
