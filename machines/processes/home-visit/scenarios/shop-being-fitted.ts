/**
 * A shop full of fitters, and a fault that is not ours: no work without a permit, and no customer left without a way.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, PHOTO, passes, says, send, sent, tells, tick, written } from '../../scenario-author.ts'
import { arranged, dispatcher, engineer, OTHERS, packed, tidied } from './people.ts'

const service = 'onSite.visit.service'
const entered: Step[] = [
  tick('knocked', 'PT10S'),
  tick('introduced', 'PT20S'),
  tick('phoneQuiet', 'PT5S'),
  move('hear-rules', 'PT1M'),
  send('visit.begin', { personInCharge: '许店长' }, 'PT1M'),
]
const secured: Step[] = [
  move('wait-for-permit', 'PT25M'),
  tick('warningSigns', 'PT2M', PHOTO),
  send('site.secured', {}, 'PT1M'),
]
const looked: Step[] = [
  ...['casingInspected', 'powerInspected', 'faultAskedAfter', 'faultReproduced'].map((item) =>
    tick(item, 'PT2M'),
  ),
  tick('talkNotes', 'PT1M', written('装修切断了综合布线，非我方设备')),
]

export const shopBeingFitted: Scenario = {
  id: 'visit-shop-being-fitted',
  process: 'home-visit',
  title: text('A shop being fitted', '装修中的门店'),
  briefing: text(
    'Wednesday, half past nine. The till of the Luming book shop has no network. You stand at its door: inside, fitters are drilling, ladders and open cables everywhere.',
    '周三上午九点半，鹿鸣书店收银台断网。你到了门口：里面正在装修，电钻轰鸣，到处是梯子和裸露的线。',
  ),
  purpose: text(
    'Permit and warning signs before any work; what lies outside our scope is said clearly, with the way to get it solved.',
    '先有许可、设警示标志再作业；超出范围要明确告知并指明解决途径。',
  ),
  difficulty: 'medium',
  tags: ['site', 'permit', 'scope'],
  seed: 27,
  start: {
    now: '2026-03-25T01:00:00.000Z',
    fields: {
      timeWanted: '2026-03-25T02:00:00.000Z',
      problem: '收银台无法联网',
      problemKind: 'network',
      severity: 'high',
      customerName: '鹿鸣书店',
      customerPhone: '13300005566',
      customerAddress: '大学路21号一层',
      region: '武林',
      distanceBand: 'near',
    },
    trainee: engineer,
    by: 'dispatcher',
    before: [
      ...arranged('2026-03-25T02:00:00.000Z'),
      send('parts.none-needed'),
      sent('dispatcher', 'order.release'),
      ...packed,
      send('set.out'),
      send('arrive', { constructionSite: true }, 'PT20M'),
    ],
  },
  cast: {
    dispatcher,
    officer: {
      name: text('Sun Wei, safety officer', '孙伟（安全员）'),
      roles: ['safety-officer'],
      temper: 'calm',
    },
    customer: {
      name: text('Ms Xu, shop manager', '许店长'),
      roles: ['customer'],
      temper: 'impatient',
      about: text('Reopens on Friday, and nothing is ready.', '周五重新开业，样样没弄好。'),
    },
    fitter: { name: text('A fitter on a ladder', '梯子上的装修工'), roles: ['customer'], temper: 'calm' },
  },
  happens: [
    {
      id: 'hurries',
      when: { enters: 'onSite.visit.permit.waiting' },
      after: 'PT2M',
      while: 'onSite.visit.permit.waiting',
      does: [
        says(
          'customer',
          text(
            'What paper? Everybody works here without one. Start!',
            '还要什么许可？别人都在干，你赶紧弄！',
          ),
          'impatient',
        ),
      ],
    },
    {
      id: 'permit-comes',
      when: { enters: 'onSite.visit.permit.waiting' },
      after: { least: 'PT12M', most: 'PT20M' },
      while: 'onSite.visit.permit.waiting',
      does: [
        says(
          'officer',
          text(
            'Surveyed, drilling stopped in your corner. The permit is open.',
            '现场勘察过了，你那边的电钻已停，许可开放。',
          ),
        ),
        { act: 'event', type: 'permit.opened' },
      ],
    },
    {
      id: 'cut',
      when: { enters: `${service}.assessing` },
      after: 'PT3M',
      while: `${service}.assessing`,
      does: [
        tells(
          text(
            'Behind the till the cable in the wall has been sawn through. It belongs to the landlord’s wiring.',
            '收银台后面墙里的网线被锯断了，那是物业的综合布线。',
          ),
        ),
      ],
    },
  ],
  moves: [
    {
      id: 'hear-rules',
      text: text(
        '“Who is in charge here, and which rules hold on your site?”',
        '“请问现场谁负责？这里施工有什么规定？”',
      ),
      in: ['onSite.visit.arrival'],
      as: { do: 'tick', item: 'customerRules' },
      keeps: ['GN-15', 'HV-37'],
      does: [
        says(
          'customer',
          text(
            'I am. Helmets in the back room, and mind the cables.',
            '我负责。后间要戴安全帽，小心脚下的线。',
          ),
        ),
      ],
    },
    {
      id: 'wait-for-permit',
      text: text(
        '“As soon as the permit is open. I use the time to ask you about the fault.”',
        '“许可一开放我马上开始，这会儿我先了解一下故障。”',
      ),
      in: ['onSite.visit.permit'],
      keeps: ['HV-28', 'HV-37'],
      again: true,
    },
    {
      id: 'start-now',
      text: text(
        'Everybody works without one: crawl under the counter and start',
        '别人都没许可，先钻进柜台干起来',
      ),
      in: ['onSite.visit.permit'],
      breaks: ['HV-28', 'GN-16'],
      critical: true,
      explain: text(
        'On a site no work without an open permit and warning signs; you lie under other people’s ladders.',
        '施工现场无许可、无警示标志不得作业，头顶上就是别人的梯子。',
      ),
    },
    {
      id: 'twist-cables',
      text: text('Twist the two ends together yourself: it is only a cable', '自己把断线拧上，不就一根线嘛'),
      in: [`${service}.assessing`],
      breaks: ['HV-15', 'HV-48'],
      explain: text(
        'The landlord’s wiring is not ours to repair; should it burn, it was you.',
        '物业布线不在维修范围内，擅自接线出了事就是你的责任。',
      ),
    },
    {
      id: 'not-ours',
      text: text('“Not our business.” Pack up and go', '“这不归我们管。”收拾东西走人'),
      in: [`${service}.assessing`, `${service}.outOfScope`],
      breaks: ['HV-15', 'GN-21'],
      does: [says('customer', text('And what am I to do now?', '那我怎么办啊？'), 'angry')],
      explain: text(
        'Say that it is outside our scope, and who can do it, and how.',
        '要说明超出范围，同时告诉客户找谁、怎么解决。',
      ),
    },
    {
      id: 'find-outside',
      text: text(
        'Establish: till in order, the landlord’s cable is cut',
        '判定：收银机正常，物业布线被切断，超出范围',
      ),
      in: [`${service}.assessing`],
      as: {
        do: 'event',
        type: 'out-of-scope.found',
        payload: {
          reason: '物业综合布线被装修切断',
          damageByPeople: '装修施工锯断网线',
          serialNumber: 'POS-7719',
        },
      },
    },
    {
      id: 'say-scope',
      text: text(
        '“Your till is in order. The cable in the wall is the landlord’s; that I may not repair.”',
        '“收银机没问题，断的是墙里物业的线，这部分不在我们维修范围内。”',
      ),
      in: [`${service}.outOfScope`],
      as: { do: 'tick', item: 'scopeTold' },
      keeps: ['HV-15', 'GN-11'],
    },
    {
      id: 'show-way',
      text: text(
        '“The landlord’s wiring firm is in the house; here is the number. Until then the till runs over your telephone.”',
        '“物业的布线公司今天就在楼里，这是电话。修好之前收银机可以先用手机热点。”',
      ),
      in: [`${service}.outOfScope`],
      as: {
        do: 'event',
        type: 'advice.give',
        payload: { advice: '联系物业布线公司；修复前用手机热点收银' },
      },
      keeps: ['GN-21', 'HV-57'],
      again: true,
      does: [says('customer', text('That works! Thank you.', '这样也行！谢谢。'), 'calm')],
    },
  ],
  hidden: OTHERS,
  prompts: [
    {
      id: 'permit',
      in: 'onSite.visit.permit',
      text: text(
        'What must be open, and what must stand, before you work?',
        '动手之前，什么要开放？什么要摆好？',
      ),
      norms: ['HV-28'],
    },
    {
      id: 'way-out',
      in: 'onSite.visit.service.outOfScope',
      text: text('Not ours: and what will she do now?', '不归我们修，那客户接下来怎么办？'),
      norms: ['HV-15'],
    },
  ],
  timeLimit: 'PT3H',
  rubric: {
    norms: {
      'HV-12': 5,
      'HV-15': 20,
      'HV-28': 25,
      'HV-29': 5,
      'HV-32': 5,
      'HV-35': 5,
      'HV-37': 10,
      'HV-47': 5,
      'HV-55': 10,
      'GN-15': 10,
      'GN-21': 5,
    },
    critical: ['HV-28'],
    passMark: 80,
  },
  runs: {
    model: {
      title: text('Waited for the permit, and showed a way', '等许可、讲清楚、给办法'),
      steps: [
        ...entered,
        ...secured,
        ...looked,
        move('find-outside', 'PT1M'),
        move('say-scope', 'PT1M'),
        move('show-way', 'PT1M'),
        ...tidied,
        tick('machineInPlace', 'PT20S'),
        send('place.tidied', {}, 'PT20S'),
        send(
          'report.fill',
          {
            result: '超出服务范围',
            solution: '已告知并引导联系物业',
            workDone: '检查收银机与网络',
            workMinutes: 25,
            bill: 0,
          },
          'PT2M',
        ),
        ...['cardLeft', 'useAdvice', 'needsAsked'].map((item) => tick(item, 'PT20S')),
        send('farewell.said', {}, 'PT30S'),
        send('result.report-back', { summary: '物业布线被切断，已引导解决' }, 'PT10M'),
      ],
      expect: passes(['outOfScope'], 'done'),
    },
    'without-permit': {
      title: text('Started without a permit', '无许可就动手'),
      steps: [...entered, move('start-now', 'PT3M')],
      expect: fails(['onSite.visit.permit.waiting'], ['GN-16', 'HV-28']),
    },
    'left-alone': {
      title: text('Twisted the cable, then left her alone', '乱接线，又甩手不管'),
      steps: [
        ...entered,
        ...secured,
        move('twist-cables', 'PT5M'),
        ...looked,
        move('find-outside', 'PT1M'),
        move('not-ours', 'PT20S'),
        { what: { do: 'give-up' } },
      ],
      expect: fails([`${service}.outOfScope`], ['GN-21', 'HV-15', 'HV-48']),
    },
  },
}
