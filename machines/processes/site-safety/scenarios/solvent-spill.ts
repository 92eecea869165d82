/**
 * Solvent on the floor, a colleague who feels faint, and a gas alarm: three things at once, each in its order.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { counted, fails, move, passes, says, send, sends, tells, tick, wait } from '../../scenario-author.ts'
import { colleague, engineer, equipped, foreman, officer } from './people.ts'

const permit: Step[] = [
  ...['goodsPlaced', 'goodsInDate', 'goodsTools', 'goodsCool'].map((item) => tick(item, 'PT1M')),
  move('ask-permit', 'PT1M'),
]
const enter: Step[] = [
  tick('chemicalGoggles', 'PT20S'),
  send('work.start', {}, 'PT1M'),
  send('goods.take', {}, 'PT2M'),
]
const leak: Step[] = [move('report-leak', 'PT20S'), move('call-leak', 'PT20S'), move('contain', 'PT1M')]
const accident: Step[] = [
  move('report-faint', 'PT20S'),
  move('call-doctor', 'PT20S'),
  tick('orderKept', 'PT1M'),
]
const alarm: Step[] = [
  send('emergency.declare', { what: '可燃气体报警器鸣响' }, 'PT15S'),
  move('call-help', 'PT15S'),
  send('evacuation.start', {}, 'PT15S'),
  tick('allCounted', 'PT3M', counted(6)),
]

export const solventSpill: Scenario = {
  id: 'site-solvent-spill',
  process: 'site-safety',
  title: text('Solvent on the floor', '溶剂泄漏'),
  briefing: text(
    'At Huaxin Printing you clean the rollers of a press with solvent. Survey, equipment and the rest of your gear are done; the permit for dangerous goods is still to be had. Six people are in the hall, yourself included.',
    '你在华新印务用溶剂清洗印刷机胶辊。勘察、设备检查和其他护具已完成，危险品作业许可尚未签发。包括你在内，车间里共有六个人。',
  ),
  purpose: text(
    'Dangerous goods by the rules; a leak, an accident and a sudden event each have an order, even all at once.',
    '危险品按规定使用；泄漏、事故、突发事件各有处置顺序，同时发生也不能乱。',
  ),
  difficulty: 'hard',
  tags: ['goods', 'accident', 'evacuation', 'emergency'],
  seed: 77,
  start: {
    now: '2026-03-10T01:00:00.000Z',
    fields: {
      site: '华新印务印刷车间',
      title: '清洗胶辊',
      workKinds: ['dangerous-goods'],
      customerName: '华新印务',
    },
    trainee: engineer('dangerous-goods'),
    before: [...equipped('车间两个出口；通风口在北墙；集合点在停车场')],
  },
  cast: { officer, foreman, colleague },
  hidden: [
    'goods.permit',
    'hazard.find',
    'fire.discover',
    'power.fail',
    'violation.report',
    'break.start',
    'overtime.agree',
  ],
  happens: [
    {
      id: 'dress',
      when: { enters: 'open.work.regular.gearing' },
      does: [
        tells(
          text(
            'You put on helmet, shoes, goggles and gloves. The chemical goggles are still in their box.',
            '你已穿戴好安全帽、安全鞋、护目镜和手套。化学护目镜还在盒子里。',
          ),
        ),
        ...['helmet', 'shoes', 'goggles', 'gloves'].map((item) => ({
          act: 'tick' as const,
          by: 'trainee',
          item,
        })),
      ],
    },
    {
      id: 'smoke-break',
      when: { enters: 'open.work.regular.working.dangerousGoods.inUse' },
      after: 'PT30S',
      does: [says('foreman', text('Got a light?', '借个火？'), 'calm')],
    },
    {
      id: 'drips',
      when: { enters: 'open.work.regular.working.dangerousGoods.inUse' },
      after: 'PT3M',
      does: [
        tells(
          text(
            'The drum under the bench is wet. A puddle spreads towards the aisle.',
            '工作台下的溶剂桶湿了，液体正向通道蔓延。',
          ),
        ),
      ],
    },
    {
      id: 'colleague-faint',
      when: { chosen: { move: 'contain' } },
      after: 'PT2M',
      does: [
        says('colleague', text('I feel dizzy…', '我头晕……'), 'worried'),
        tells(text('Xiao Zhou sits down on the floor beside the drum.', '小周在桶边瘫坐到地上。')),
      ],
    },
    {
      id: 'gas-alarm',
      when: { chosen: { item: 'orderKept' } },
      after: 'PT2M',
      does: [
        says(
          'officer',
          text(
            'He is outside and breathing well. I take over here.',
            '他已转移到室外，呼吸平稳，这里交给我。',
          ),
        ),
        sends('officer', 'accident.settle', { measures: '转移至通风处并送医观察' }),
        tells(text('The gas detector on the north wall begins to howl.', '北墙的可燃气体报警器响了起来。')),
      ],
    },
    {
      id: 'all-clear',
      when: { chosen: { item: 'allCounted' } },
      after: 'PT20M',
      while: 'open.incidents.sudden.evacuating',
      does: [
        says(
          'officer',
          text(
            'Aired and measured: all clear. Survey it anew before you go on.',
            '已通风检测，警报解除。复工前请重新勘察。',
          ),
        ),
        sends('officer', 'emergency.end'),
      ],
    },
  ],
  moves: [
    {
      id: 'ask-permit',
      text: text('Ask the safety officer for the permit', '请安全员签发危险品作业许可'),
      in: ['open.work.regular.permitting.dangerousGoods.applying'],
      again: true,
      does: [sends('officer', 'goods.permit', { worker: 'trainee' })],
    },
    {
      id: 'start-anyway',
      text: text('Fetch the solvent already, the paper can follow', '先把溶剂领来，手续回头补'),
      in: ['open.work.regular.permitting'],
      breaks: ['SS-20', 'SS-01'],
      critical: true,
      explain: text('No dangerous goods without the permit.', '没有许可，不得动用危险品。'),
    },
    {
      id: 'lighter',
      text: text('Lend him your lighter', '把打火机借给他'),
      in: ['open.work.regular.working.dangerousGoods.inUse'],
      breaks: ['SS-20'],
      critical: true,
      explain: text('Flame and heat stay away from dangerous goods.', '危险品必须远离火源和热源。'),
    },
    {
      id: 'no-flame',
      text: text(
        '“No flame here, please. The smoking place is outside the gate.”',
        '“这里严禁明火，吸烟请到厂门外。”',
      ),
      in: ['open.work.regular.working.dangerousGoods.inUse'],
      keeps: ['SS-20', 'GN-12'],
      does: [says('foreman', text('Right you are.', '说得对。'))],
    },
    {
      id: 'wipe',
      text: text('Wipe it up quietly with a rag', '悄悄用抹布擦掉'),
      in: ['open.work.regular.working.dangerousGoods'],
      breaks: ['SS-21'],
      critical: true,
      explain: text('A leak is reported at once, then dealt with.', '泄漏须立即上报并应急处理，不得隐瞒。'),
    },
    {
      id: 'report-leak',
      text: text('“Leak! Everybody away from the drum!”', '“泄漏！大家离开溶剂桶！”'),
      in: ['open.work.regular.working.dangerousGoods'],
      as: { do: 'event', type: 'leak.find', payload: { what: '溶剂桶底部渗漏，向通道蔓延' } },
    },
    {
      id: 'call-leak',
      text: text('Call the safety officer and the plant control room', '报告安全员和厂调度室'),
      in: ['open.incidents.leak.reporting'],
      as: { do: 'event', type: 'leak.report', payload: { reportedTo: '安全员孙伟、厂调度室' } },
    },
    {
      id: 'contain',
      text: text(
        'Sand around the puddle, ventilation on, sources of ignition off',
        '用沙土围堵、开启通风、切断火源',
      ),
      in: ['open.incidents.leak.responding'],
      as: { do: 'tick', item: 'emergencySteps' },
      does: [sends('officer', 'leak.contain', { measures: '沙土围堵、通风、更换溶剂桶' })],
    },
    {
      id: 'report-faint',
      text: text('Report the accident: a colleague is faint', '上报事故：同事晕倒'),
      in: ['open.work.suspended'],
      if: { '@expr': 'checklist.emergencySteps', '@lang': 'cel' },
      as: { do: 'event', type: 'accident.happen', payload: { what: '小周吸入溶剂蒸气头晕' } },
    },
    {
      id: 'give-water',
      text: text('Give him some water and say nothing', '给他喝口水，不声张'),
      in: ['open.work.suspended'],
      if: { '@expr': 'checklist.emergencySteps', '@lang': 'cel' },
      breaks: ['SS-11'],
      critical: true,
      explain: text('Every accident is reported promptly.', '事故必须立即报告。'),
    },
    {
      id: 'call-doctor',
      text: text('Call 120 and the safety officer', '拨打120并报告安全员'),
      in: ['open.incidents.accident.reporting'],
      as: { do: 'event', type: 'accident.report', payload: { reportedTo: '120、安全员孙伟' } },
    },
    {
      id: 'call-help',
      text: text('Call the fire brigade and the control room', '拨打119并报告厂调度室'),
      in: ['open.incidents.sudden.calling'],
      as: { do: 'event', type: 'help.call', payload: { reportedTo: '119、厂调度室' } },
    },
    {
      id: 'silence',
      text: text('Switch the detector off, it is only the spill', '把报警器关掉，就是刚才那点溶剂'),
      in: ['open.incidents.sudden'],
      if: { '@expr': 'checklist.orderKept', '@lang': 'cel' },
      breaks: ['SS-25'],
      critical: true,
      explain: text(
        'An alarm means: call for help and leave as drilled.',
        '警报响起，就要呼救并按演练撤离。',
      ),
    },
  ],
  must: [
    {
      id: 'leak',
      what: { move: 'report-leak' },
      title: text('The leak is reported', '上报泄漏'),
      norm: 'SS-21',
    },
    {
      id: 'accident',
      what: { move: 'report-faint' },
      title: text('The accident is reported', '上报事故'),
      norm: 'SS-11',
    },
    {
      id: 'leave',
      what: { event: 'evacuation.start' },
      title: text('Everyone leaves', '组织撤离'),
      norm: 'SS-25',
    },
  ],
  until: ['open.work.regular.surveying'],
  timeLimit: 'PT3H',
  rubric: {
    norms: { 'SS-20': 15, 'SS-21': 20, 'SS-11': 20, 'SS-25': 20, 'SS-04': 5, 'SS-29': 10 },
    critical: ['SS-11', 'SS-21', 'SS-25', 'SS-29'],
    passMark: 80,
  },
  runs: {
    orderly: {
      title: text('Each in its order', '按顺序处置'),
      steps: [
        ...permit,
        ...enter,
        move('no-flame', 'PT1M'),
        wait('PT2M'),
        ...leak,
        wait('PT2M'),
        ...accident,
        wait('PT2M'),
        ...alarm,
        tick('gearCheckedAgain', 'PT21M'),
        send('work.resume', {}, 'PT2M'),
      ],
      expect: passes(['open.work.regular.surveying']),
    },
    hushed: {
      title: text('The spill is wiped up quietly', '悄悄擦掉泄漏'),
      steps: [...permit, ...enter, wait('PT3M'), move('wipe', 'PT20S')],
      expect: fails(['open.work.regular.working'], ['SS-21']),
    },
    unprotected: {
      title: text('In without the chemical goggles', '未戴化学护目镜'),
      steps: [...permit, send('work.start', {}, 'PT1M')],
      expect: fails(['open.work.regular.gearing'], ['SS-04', 'SS-29']),
    },
    silenced: {
      title: text('The alarm is switched off', '关掉报警器'),
      steps: [
        ...permit,
        ...enter,
        wait('PT3M'),
        ...leak,
        wait('PT2M'),
        ...accident,
        wait('PT2M'),
        move('silence', 'PT10S'),
      ],
      expect: fails(['open.work.suspended'], ['SS-25']),
    },
  },
}
