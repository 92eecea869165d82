/**
 * From the gate to the work area: nothing is skipped because somebody is in a hurry. Its examination grants the safety certificate.
 */
import type { Scenario } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, sends, tells, tick, written } from '../../scenario-author.ts'
import { colleague, engineer, foreman, officer } from './people.ts'

const preparation = [
  tick('emergencyMeasures', 'PT1M'),
  tick('emergencyDrill', 'PT1M', written('2026-02-10')),
  send('training.show', {}, 'PT1M'),
  move('listen', 'PT1M'),
  tick('drawingsRead', 'PT4M'),
  tick('siteRulesAcknowledged', 'PT1M'),
  send('drawings.finish', {}, 'PT1M'),
  tick('layoutSurveyed', 'PT3M'),
  tick('machinesSurveyed', 'PT2M'),
  tick('hazardsSurveyed', 'PT2M'),
  tick('alarmsKnown', 'PT1M'),
  tick('powerCutsKnown', 'PT1M'),
  move('write-survey', 'PT2M'),
]
const equipping = [
  tick('toolsChecked', 'PT2M'),
  tick('platformSteady', 'PT1M'),
  tick('gearSupplied', 'PT1M'),
  move('report-gloves', 'PT1M'),
  tick('toolsChecked', 'PT10M'),
  tick('platformSteady'),
  tick('gearSupplied'),
  tick('gearInspected', 'PT1M'),
  send('equipment.pass', {}, 'PT1M'),
]
const gearing = ['helmet', 'shoes', 'goggles', 'gloves'].map((item) => tick(item, 'PT10S'))

export const firstDay: Scenario = {
  id: 'site-first-day',
  process: 'site-safety',
  title: text('First morning on the site', '进场第一天'),
  briefing: text(
    'Eight in the morning at the gate of Hongyuan Electronics. You are to replace a network cabinet in hall 2, no special work. Foreman Ma is waiting and wants you to start at once. Bring yourself, your papers and your gear as far as the work area.',
    '早上八点，你来到宏远电子厂门口，今天要更换2号厂房的一台网络机柜，不涉及特种作业。马工头已经在等，催你马上开工。请按规定完成准备，直到可以进入作业区。',
  ),
  purpose: text(
    'The whole way in: training, papers, survey, equipment, gear. Haste and small favours are resisted.',
    '完整走一遍进场流程：培训、资料、勘察、设备、护具；顶住催促，拒收好处。',
  ),
  difficulty: 'easy',
  tags: ['new', 'gear', 'survey'],
  seed: 11,
  start: {
    now: '2026-03-02T00:00:00.000Z',
    fields: { site: '宏远电子2号厂房', title: '更换网络机柜', customerName: '宏远电子', region: '城东' },
    trainee: engineer(),
  },
  cast: { officer, foreman, colleague },
  happens: [
    {
      id: 'hurry',
      when: { at: 'PT2M' },
      does: [
        says(
          'foreman',
          text(
            'You are the engineer? The line is down. Never mind the papers, come on!',
            '你是工程师吧？产线停着呢，别看什么资料了，快来！',
          ),
          'impatient',
        ),
      ],
    },
    {
      id: 'worn',
      when: { enters: 'open.work.regular.equipping.checking' },
      after: 'PT30S',
      does: [
        tells(
          text(
            'The right glove in your bag has a cut across the palm.',
            '你发现包里右手手套的掌心有一道裂口。',
          ),
        ),
      ],
    },
    {
      id: 'new-gloves',
      when: { enters: 'open.work.regular.equipping.mending' },
      after: 'PT8M',
      while: 'open.work.regular.equipping.mending',
      does: [
        says(
          'officer',
          text('Here is a new pair. Check everything once more.', '给你一副新的。重新检查一遍。'),
        ),
        sends('officer', 'equipment.mend'),
      ],
    },
    {
      id: 'envelope',
      when: { enters: 'open.work.regular.gearing' },
      after: 'PT20S',
      while: 'open.work.regular.gearing',
      does: [
        says(
          'foreman',
          text(
            'Take this, for cigarettes. Just go in without all that stuff.',
            '拿着，买包烟抽。别穿这一身了，直接进去吧。',
          ),
        ),
      ],
    },
  ],
  moves: [
    {
      id: 'listen',
      text: text(
        '“I see it is urgent. Ten minutes for the papers, then we start safely.”',
        '“我知道您急。我用十分钟看完资料，马上安全开工。”',
      ),
      in: ['briefing'],
      keeps: ['GN-21'],
      does: [says('foreman', text('Well… be quick.', '那……快点吧。'), 'calm')],
      explain: text(
        'The need is taken seriously, and the rule is kept.',
        '既回应了客户的着急，又守住了规定。',
      ),
    },
    {
      id: 'snap',
      text: text('“Stop shouting, that is not my problem.”', '“别嚷嚷，这不关我的事。”'),
      in: ['briefing'],
      breaks: ['GN-20'],
      does: [says('foreman', text('What did you say?', '你说什么？'), 'angry')],
      explain: text('Hostile words are never right, in person either.', '当面也不得恶语相向。'),
    },
    {
      id: 'write-survey',
      text: text(
        'Write: aisle 3 blocked by pallets, two presses running, alarms by doors A and C',
        '记录：3号通道有托盘堵塞，两台冲床在运转，火警按钮在A、C门旁',
      ),
      in: ['open.work.regular.surveying'],
      as: {
        do: 'event',
        type: 'survey.finish',
        payload: { survey: '3号通道托盘堵塞；两台冲床运转中；火警按钮位于A门、C门旁' },
      },
    },
    {
      id: 'report-gloves',
      text: text('Report the cut glove and ask for another', '上报手套破损，申请更换'),
      in: ['open.work.regular.equipping.checking'],
      as: { do: 'event', type: 'equipment.fault', payload: { what: '右手手套掌心破损' } },
    },
    {
      id: 'tape-gloves',
      text: text('Put tape over the cut and go on', '用胶带把裂口粘上继续用'),
      in: ['open.work.regular.equipping.checking'],
      breaks: ['SS-30'],
      explain: text('Worn gear is replaced, not patched.', '失效护具必须更换，不得修补凑合。'),
    },
    {
      id: 'refuse',
      text: text('Decline with thanks and put on the gear', '谢绝好意，继续穿戴护具'),
      in: ['open.work.regular.gearing'],
      keeps: ['GN-04'],
      does: [says('foreman', text('All right, all right.', '行吧，行吧。'), 'calm')],
    },
    {
      id: 'take-envelope',
      text: text('Pocket the envelope', '收下红包'),
      in: ['open.work.regular.gearing'],
      breaks: ['GN-04'],
      critical: true,
      explain: text('Nothing of value is ever taken.', '任何有价值的东西都不能收。'),
    },
    {
      id: 'slip-in',
      text: text('Slip in by the side door, just to have a look', '从侧门先溜进去看一眼'),
      in: [
        'briefing',
        'open.work.regular.surveying',
        'open.work.regular.equipping',
        'open.work.regular.gearing',
      ],
      breaks: ['SS-29'],
      critical: true,
      explain: text(
        'Nobody enters the work area without full gear, not even to look.',
        '护具不全不得进入作业区，看一眼也不行。',
      ),
    },
  ],
  hidden: [
    'equipment.mend',
    'hazard.find',
    'fire.discover',
    'power.fail',
    'leak.find',
    'accident.happen',
    'emergency.declare',
    'violation.report',
    'day.end',
  ],
  prompts: [
    {
      id: 'both',
      in: 'briefing.training',
      text: text(
        'Without a valid safety certificate nobody goes further.',
        '没有有效的安全培训证，任何人都不能往下走。',
      ),
      norms: ['SS-01'],
    },
    {
      id: 'gear',
      in: 'open.work.regular.gearing',
      text: text(
        'Helmet, shoes, goggles, gloves: all of them, before the line.',
        '安全帽、安全鞋、护目镜、手套，越线之前全部穿戴好。',
      ),
      norms: ['SS-04', 'SS-29'],
    },
  ],
  must: [
    {
      id: 'gloves',
      what: { move: 'report-gloves' },
      title: text('The cut glove is reported', '上报破损手套'),
      norm: 'SS-30',
      explain: text('Gear is inspected and worn gear replaced.', '护具定期检查，失效即换。'),
    },
  ],
  until: ['open.work.regular.working'],
  timeLimit: 'PT2H',
  rubric: {
    norms: {
      'SS-01': 15,
      'SS-02': 8,
      'SS-03': 8,
      'SS-04': 10,
      'SS-05': 10,
      'SS-09': 4,
      'SS-24': 8,
      'SS-29': 15,
      'SS-30': 8,
      'SS-33': 5,
      'SS-34': 4,
      'SS-35': 3,
      'GN-15': 6,
      'GN-04': 6,
    },
    critical: ['SS-29', 'GN-04'],
    passMark: 85,
  },
  grants: { certificate: 'safety-training', validFor: 'P1Y' },
  runs: {
    'by-the-book': {
      title: text('By the book', '按规定进场'),
      steps: [
        ...preparation,
        ...equipping,
        move('refuse', 'PT30S'),
        ...gearing,
        send('work.start', {}, 'PT1M'),
      ],
      expect: passes(['open.work.regular.working']),
    },
    'no-gear': {
      title: text('Through the gate without gear', '护具未穿就要进场'),
      steps: [...preparation, ...equipping, send('work.start', {}, 'PT1M')],
      expect: fails(['open.work.regular.gearing'], ['SS-04', 'SS-29']),
    },
    'red-envelope': {
      title: text('The envelope is taken', '收了红包'),
      steps: [...preparation, ...equipping, move('take-envelope', 'PT1M')],
      expect: fails(['open.work.regular.gearing'], ['GN-04']),
    },
  },
}
