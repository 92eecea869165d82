/**
 * A power cut in the middle of the work, and then the smell of fire: the order in which things are done saves lives.
 */
import type { Scenario } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, sends, tells, tick, wait } from '../../scenario-author.ts'
import { colleague, engineer, equipped, foreman, geared, officer, permitted } from './people.ts'

const dark = [
  send('power.fail', {}, 'PT20S'),
  tick('electricalStopped', 'PT30S'),
  tick('everyoneOut', 'PT2M'),
]
const alarm = [send('fire.discover', { what: '配电间冒烟' }, 'PT20S')]

export const fireInTheDark: Scenario = {
  id: 'site-fire-in-the-dark',
  process: 'site-safety',
  title: text('The lights go out', '突然停电'),
  briefing: text(
    'You are running the cable winch in the basement of the Yunhe hospital extension, with all permits in hand. Three people of the customer are in the room with you. Work on, and be ready.',
    '你正在运河医院扩建工程地下室操作电缆牵引机，各项许可齐全。房间里还有客户方三个人。请继续作业，随时应对突发情况。',
  ),
  purpose: text(
    'Power cut: machines off, people out. Fire: alarm first, then fight. Then everything is surveyed anew.',
    '停电：停机、撤人。火情：先报警后灭火。之后一切重新勘察。',
  ),
  difficulty: 'hard',
  tags: ['fire', 'power', 'emergency'],
  seed: 5,
  start: {
    now: '2026-03-05T00:30:00.000Z',
    fields: {
      site: '运河医院扩建工程地下室',
      title: '敷设电缆',
      workKinds: ['machinery', 'electrical'],
      customerName: '运河医院',
    },
    trainee: engineer('machinery', 'electrical'),
    before: [
      ...equipped('地下室两个出口；配电间在东侧；火警按钮在楼梯口'),
      ...permitted('machinery', 'electrical'),
      ...geared('faceShield'),
      send('work.start', {}, 'PT2M'),
      send('machine.start', {}, 'PT5M'),
    ],
  },
  cast: { officer, foreman, colleague },
  happens: [
    {
      id: 'cut',
      when: { at: { least: 'PT2M', most: 'PT4M' } },
      does: [
        tells(
          text(
            'Everything goes dark. The winch hums down; only the exit signs glow.',
            '四周突然一片漆黑，牵引机声音渐弱，只剩出口指示灯亮着。',
          ),
        ),
        says('foreman', text('What now? Shall we wait here?', '怎么回事？我们就在这儿等着？'), 'worried'),
      ],
    },
    {
      id: 'smoke',
      when: { chosen: { item: 'everyoneOut' } },
      after: 'PT1M',
      does: [
        tells(
          text(
            'From the switch room comes the smell of burning, then smoke under the door.',
            '配电间传来焦味，门缝里冒出烟来。',
          ),
        ),
        says('foreman', text('There is an extinguisher right here!', '这儿就有灭火器！'), 'worried'),
      ],
    },
    {
      id: 'out',
      when: { chosen: { event: 'fire.alarm' } },
      after: { least: 'PT6M', most: 'PT10M' },
      while: 'open.incidents.fire.fighting',
      does: [
        says(
          'officer',
          text(
            'The fire is out, the switch room is aired. Nobody is hurt.',
            '火已扑灭，配电间已通风，无人受伤。',
          ),
        ),
        sends('officer', 'fire.out'),
      ],
    },
    {
      id: 'power',
      when: { enters: 'open.incidents.fire.fighting' },
      after: 'PT15M',
      while: 'open.incidents.power.cut',
      does: [tells(text('The lights come back.', '灯重新亮了。')), sends('officer', 'power.restore')],
    },
  ],
  moves: [
    {
      id: 'call-fire',
      text: text(
        'Press the alarm at the stairs, call 119 and the safety officer',
        '按下楼梯口火警按钮，拨打119并通知安全员',
      ),
      in: ['open.incidents.fire.alarming'],
      as: { do: 'event', type: 'fire.alarm', payload: { reportedTo: '119、安全员孙伟' } },
    },
    {
      id: 'fight-first',
      text: text('Grab the extinguisher first, call afterwards', '先拿灭火器灭火，回头再报警'),
      in: ['open.incidents.fire.alarming', 'open.incidents.power.cut'],
      if: { '@expr': 'checklist.everyoneOut', '@lang': 'cel' },
      breaks: ['SS-22'],
      critical: true,
      explain: text(
        'The alarm first. A fire that is fought in secret becomes a big one.',
        '必须先报警再灭火，瞒着扑救小火会酿成大火。',
      ),
    },
    {
      id: 'finish-pull',
      text: text('Hold the torch and finish pulling the cable by hand', '打着手电把剩下的电缆用手拉完'),
      in: ['open.work.regular.working', 'open.work.suspended'],
      breaks: ['SS-23'],
      explain: text(
        'In a power cut everything electrical is stopped and everyone goes out.',
        '停电时须停用全部电动设备，人员安全撤离。',
      ),
    },
    {
      id: 'fix-fuse',
      text: text('Open the distribution box and put the fuse right yourself', '自己打开配电箱处理保险'),
      in: ['open.incidents.power.cut'],
      breaks: ['SS-19'],
      critical: true,
      explain: text("The customer's wiring is not yours to touch.", '不得擅自改动客户的电气线路。'),
    },
    {
      id: 'scroll',
      text: text('Look at your telephone while the winch runs', '牵引机运转时看一眼手机'),
      in: ['open.work.regular.working.machinery.running'],
      breaks: ['SS-31'],
      explain: text('Whoever runs a machine looks at nothing else.', '操作设备时不得分心。'),
    },
  ],
  hidden: [
    'power.restore',
    'fire.out',
    'violation.report',
    'leak.find',
    'accident.happen',
    'emergency.declare',
    'overtime.agree',
    'break.start',
    'break.end',
    'fire.alarm',
  ],
  must: [
    {
      id: 'told',
      what: { event: 'power.fail' },
      title: text('The power cut is reported', '上报停电'),
      norm: 'SS-23',
      weight: 10,
    },
    {
      id: 'alarm',
      what: { move: 'call-fire' },
      title: text('The alarm is raised first', '先报警'),
      norm: 'SS-22',
      weight: 15,
    },
    {
      id: 'again',
      what: { event: 'work.resume' },
      title: text('Work resumes only when all is calm', '险情解除后才复工'),
      norm: 'SS-22',
    },
  ],
  until: ['open.work.regular.surveying'],
  timeLimit: 'PT2H',
  rubric: {
    norms: { 'SS-22': 25, 'SS-23': 25, 'SS-29': 10 },
    critical: ['SS-06', 'SS-19', 'SS-22'],
    passMark: 85,
  },
  runs: {
    drilled: {
      title: text('As drilled', '按演练处置'),
      steps: [
        wait('PT4M'),
        ...dark,
        wait('PT1M'),
        ...alarm,
        move('call-fire', 'PT15S'),
        tick('gearCheckedAgain', 'PT16M'),
        send('work.resume', {}, 'PT1M'),
      ],
      expect: passes(['open.work.regular.surveying']),
    },
    'extinguisher-first': {
      title: text('The extinguisher before the alarm', '先灭火后报警'),
      steps: [wait('PT4M'), ...dark, wait('PT1M'), ...alarm, move('fight-first', 'PT10S')],
      expect: fails(['open.work.suspended'], ['SS-22']),
    },
    'too-early': {
      title: text('Back to work while it burns', '险情未除就要复工'),
      steps: [
        wait('PT4M'),
        ...dark,
        wait('PT1M'),
        ...alarm,
        tick('gearCheckedAgain', 'PT1M'),
        send('work.resume', {}, 'PT10S'),
      ],
      expect: fails(['open.work.suspended', 'open.incidents.fire.alarming'], ['SS-06']),
    },
  },
}
