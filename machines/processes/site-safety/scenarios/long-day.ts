/**
 * The end of a long day: working time, a machine that behaves oddly, and a colleague without a helmet.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import {
  fails,
  forbidden,
  move,
  passes,
  says,
  send,
  sends,
  tells,
  tick,
  wait,
} from '../../scenario-author.ts'
import { colleague, engineer, equipped, foreman, geared, officer, permitted } from './people.ts'

const oddMachine: Step[] = [
  move('report-odd', 'PT1M'),
  tick('oddMachineStopped', 'PT1M'),
  move('call-officer', 'PT1M'),
]
const home: Step[] = [
  send('machine.stop', {}, 'PT1M'),
  send('day.end', {}, 'PT1M'),
  tick('machinesOff', 'PT1M'),
  tick('areaClean', 'PT3M'),
  tick('gearReturned', 'PT1M'),
  send('site.secure', {}, 'PT1M'),
]

export const longDay: Scenario = {
  id: 'site-long-day',
  process: 'site-safety',
  title: text('One more hour', '再干一个小时'),
  briefing: text(
    'Ten to five. You have been at the lifting platform and the switch cabinet at Dongfang Pumps since half past eight; with the break, your working day is full at half past five. There is more than an hour of work left, and Foreman Ma wants it done today.',
    '下午四点五十。你从上午八点半起在东方泵业操作升降平台、改造配电柜，扣除休息，当日工时到五点半届满。剩下的活还要一个多小时，马工头希望今天干完。',
  ),
  purpose: text(
    'Overtime is agreed before the day is full, never after; what behaves oddly is stopped, not coaxed; a breach of the rules goes to the person in charge.',
    '加班须在工时届满前同意；设备异常立即停机，不得凑合；违规交由负责人处理。',
  ),
  difficulty: 'medium',
  tags: ['overtime', 'machine', 'discipline'],
  seed: 31,
  start: {
    now: '2026-03-06T00:00:00.000Z',
    fields: {
      site: '东方泵业装配车间',
      title: '配电柜改造',
      workKinds: ['machinery', 'electrical'],
      customerName: '东方泵业',
    },
    trainee: engineer('machinery', 'electrical'),
    before: [
      ...equipped('装配车间；升降平台一台；配电柜位于B柱'),
      ...permitted('machinery', 'electrical'),
      ...geared('faceShield'),
      send('work.start', {}, 'PT2M'),
      send('electrical.check', {}, 'PT1H50M'),
      send('electrical.check', {}, 'PT1H50M'),
      send('break.start', {}, 'PT10M'),
      send('break.end', {}, 'PT1H'),
      send('electrical.check', {}, 'PT1H40M'),
      send('machine.start', {}, 'PT1H50M'),
    ],
  },
  cast: {
    officer,
    foreman,
    colleague,
    mechanic: {
      name: text('Mechanic Lao Tang', '机修工老唐'),
      roles: ['engineer'],
      certificates: [{ kind: 'safety-training' }, { kind: 'machinery' }],
    },
  },
  hidden: [
    'machine.mend',
    'violation.handle',
    'fire.discover',
    'power.fail',
    'leak.find',
    'accident.happen',
    'emergency.declare',
    'hazard.find',
    'break.start',
    'break.end',
  ],
  happens: [
    {
      id: 'ask',
      when: { at: 'PT3M' },
      does: [
        says(
          'foreman',
          text(
            'You will finish tonight, yes? I have told the plant manager so.',
            '今晚能干完吧？我都跟厂长说好了。',
          ),
        ),
      ],
    },
    {
      id: 'screech',
      when: { at: 'PT25M' },
      does: [
        tells(
          text(
            'The platform jerks on its way down and screeches.',
            '升降平台下降时猛地一顿，发出刺耳的摩擦声。',
          ),
        ),
      ],
    },
    {
      id: 'helmet',
      when: { at: 'PT45M' },
      does: [
        tells(
          text('Xiao Zhou walks in under the platform without a helmet.', '小周没戴安全帽就走到了平台下面。'),
        ),
      ],
    },
  ],
  moves: [
    {
      id: 'agree-overtime',
      text: text('Agree to one hour of overtime now, and note it', '现在就同意加班一小时并登记'),
      in: ['open.time.onDuty.duty.counting'],
      as: { do: 'event', type: 'overtime.agree', payload: { minutes: 60 } },
    },
    {
      id: 'agree-much',
      text: text('Agree to stay until midnight', '答应干到半夜'),
      in: ['open.time.onDuty.duty.counting'],
      breaks: ['GN-02', 'SS-08'],
      explain: text(
        'Two hours a day at the most. Whoever is tired makes mistakes at machines.',
        '每日加班不得超过两小时，疲劳操作设备最容易出事。',
      ),
    },
    {
      id: 'report-odd',
      text: text('Stop at once and report that the platform jerks', '立即停机，上报平台异响卡顿'),
      in: ['open.work.regular.working.machinery.running', 'open.work.regular.working.machinery.standing'],
      as: { do: 'event', type: 'machine.odd', payload: { what: '升降平台下降时卡顿、异响' } },
    },
    {
      id: 'grease',
      text: text('Open the cover and grease the chain yourself', '自己打开护罩给链条上油'),
      in: ['open.work.regular.working.machinery'],
      breaks: ['SS-16'],
      critical: true,
      explain: text(
        'Machines are repaired by people with the authority, never by whoever is at hand.',
        '机械只能由有权限的人检修，不得擅自拆修。',
      ),
    },
    {
      id: 'carry-on',
      text: text('Lower it slowly and carry on, it is the last trip', '慢点降，就最后一趟了'),
      in: ['open.work.regular.working.machinery.running'],
      breaks: ['SS-15'],
      explain: text('What behaves oddly is stopped at once.', '机械异常必须立即停机。'),
    },
    {
      id: 'call-officer',
      text: text('Ask the safety officer for the mechanic', '请安全员安排持证人员检修'),
      in: ['open.work.regular.working.machinery.outOfOrder'],
      keeps: ['SS-16'],
      does: [
        says(
          'officer',
          text('A worn roller. It is replaced, you can go on.', '滚轮磨损，已更换，可以继续。'),
        ),
        sends('officer', 'machine.mend', { worker: 'mechanic', measures: '更换磨损滚轮并试运行' }),
      ],
    },
    {
      id: 'report-helmet',
      text: text('Call him out and report it to the person in charge', '叫他出来，并上报负责人'),
      in: ['open.work.regular.working', 'open.work.regular.shuttingDown'],
      as: { do: 'event', type: 'violation.report', payload: { what: '未戴安全帽进入升降平台下方' } },
      does: [
        says('colleague', text('Sorry. I only wanted the drill.', '对不起，我只是想拿电钻。')),
        sends('officer', 'violation.handle', { decision: 'retrained', note: '当场清出，次日重新培训' }),
      ],
    },
    {
      id: 'fine-him',
      text: text('Send him home yourself and tell nobody', '自己把他撵回家，不声张'),
      in: ['open.work.regular.working', 'open.work.regular.shuttingDown'],
      breaks: ['SS-26'],
      explain: text('A breach is dealt with by the person in charge.', '违规须由负责人处理，不得私了。'),
    },
    {
      id: 'rewire',
      text: text('Run the drill from the press socket with two bare wires', '用两根裸线从冲床插座接电钻'),
      in: ['open.work.regular.working.electrical'],
      breaks: ['SS-19'],
      critical: true,
      explain: text('Wiring and sockets are not changed without authority.', '不得擅自改动电气线路和插座。'),
    },
  ],
  must: [
    {
      id: 'overtime',
      what: { move: 'agree-overtime' },
      by: 'PT30M',
      title: text('Overtime is agreed beforehand', '事先同意加班'),
      norm: 'GN-02',
      weight: 15,
    },
    {
      id: 'helmet',
      what: { move: 'report-helmet' },
      title: text('The breach is reported', '上报违规'),
      norm: 'SS-26',
      weight: 10,
    },
    {
      id: 'odd',
      what: { move: 'report-odd' },
      title: text('The machine is stopped', '异常停机'),
      norm: 'SS-15',
      weight: 10,
    },
  ],
  until: ['open.work.regular.resting'],
  timeLimit: 'PT4H',
  rubric: {
    norms: {
      'SS-08': 15,
      'GN-02': 10,
      'SS-15': 15,
      'SS-16': 5,
      'SS-26': 10,
      'SS-17': 5,
      'SS-27': 3,
      'SS-28': 3,
      'SS-14': 5,
    },
    critical: ['SS-16', 'SS-19'],
    passMark: 80,
  },
  runs: {
    'in-time': {
      title: text('Agreed, stopped, reported', '事先同意、及时停机、如实上报'),
      steps: [
        move('agree-overtime', 'PT5M'),
        send('electrical.check', {}, 'PT7M'),
        wait('PT14M'),
        ...oddMachine,
        send('machine.start', {}, 'PT10M'),
        wait('PT10M'),
        move('report-helmet', 'PT30S'),
        ...home,
      ],
      expect: passes(['open.work.regular.resting']),
    },
    'too-late': {
      title: text('Worked on without having agreed', '未事先同意就超时'),
      steps: [
        send('electrical.check', {}, 'PT12M'),
        wait('PT14M'),
        ...oddMachine,
        send('machine.start', {}, 'PT10M'),
        wait('PT10M'),
        move('report-helmet', 'PT30S'),
        ...home,
      ],
      expect: fails(['open.work.regular.resting'], ['GN-02', 'SS-08']),
    },
    tinkered: {
      title: text('The chain is greased by hand', '自行拆护罩上油'),
      steps: [move('agree-overtime', 'PT5M'), wait('PT21M'), move('grease', 'PT1M')],
      expect: fails(['open.work.regular.working'], ['SS-16']),
    },
    distracted: {
      title: text('Coaxed and distracted', '带病运转、操作分心'),
      steps: [
        move('agree-overtime', 'PT5M'),
        wait('PT21M'),
        move('carry-on', 'PT1M'),
        forbidden('SS-31', 'PT1M'),
        move('fine-him', 'PT20M'),
        ...home,
      ],
      expect: fails(['open.work.regular.resting'], ['SS-15', 'SS-26', 'SS-31']),
    },
  },
}
