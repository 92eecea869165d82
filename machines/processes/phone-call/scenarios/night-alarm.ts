/**
 * Twenty to three at night, and the machine room rings: the mobile is answered, wherever one lies, and the fault gets an owner.
 */
import type { Scenario } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, tells, wait } from '../../scenario-author.ts'
import { line } from './people.ts'

export const nightAlarm: Scenario = {
  id: 'call-night-alarm',
  process: 'phone-call',
  title: text('The machine room rings at night', '凌晨的机房告警'),
  briefing: text(
    'Saturday, 2:40 at night. You carry the on-duty mobile and sleep. It rings: the machine room of the Haihe clinic.',
    '周六凌晨两点四十分，你拿着值班手机，正在睡觉。手机响了：海河门诊部机房告警。',
  ),
  purpose: text(
    'Alarms reach the on-duty mobile around the clock; whoever takes one records it and raises the fault at once.',
    '告警全天候直达值班手机；接到告警的人立即登记并上报故障。',
  ),
  difficulty: 'medium',
  tags: ['alarm', 'on-duty', 'night'],
  seed: 2,
  start: {
    now: '2026-03-13T18:40:00.000Z',
    fields: { source: 'alarm', callerNumber: '022-55500119', customerName: '海河门诊部', region: '河西' },
    trainee: {
      name: text('You, engineer on duty', '你（值班工程师）'),
      roles: ['engineer'],
    },
    by: 'line',
  },
  cast: { line: { ...line, name: text('The alarm system', '告警系统') } },
  happens: [
    {
      id: 'rings',
      when: { at: 'PT3S' },
      while: 'ringing',
      does: [tells(text('The telephone buzzes on the bedside table.', '手机在床头柜上嗡嗡作响。'))],
    },
    {
      id: 'rings-on',
      when: { at: 'PT13S' },
      while: 'ringing',
      does: [tells(text('It goes on buzzing.', '手机还在响。'))],
    },
    {
      id: 'recorded-voice',
      when: { enters: 'wrapUp' },
      after: 'PT1S',
      while: 'wrapUp',
      does: [
        tells(
          text(
            'A recorded voice: machine room Haihe clinic, temperature 41 degrees, server two does not answer.',
            '语音播报：海河门诊部机房，温度41度，2号服务器无响应。',
          ),
        ),
      ],
    },
  ],
  moves: [
    {
      id: 'later',
      text: text(
        'Silence it: it will be a false alarm again, the morning will do',
        '按掉：八成又是误报，天亮再说',
      ),
      in: ['ringing', 'wrapUp'],
      breaks: ['PC-20', 'GN-18'],
      critical: true,
      explain: text(
        'The on-duty mobile is there for exactly this hour. A clinic without its server has no patient files at seven.',
        '值班手机就是为这一刻准备的。服务器不恢复，门诊部早上七点调不出病历。',
      ),
    },
    {
      id: 'hotline-room',
      text: text('Drive to the hotline room and take it at a desk there', '开车去热线大厅，用那边的座席接'),
      in: ['ringing'],
      breaks: ['PC-17'],
      explain: text(
        'You are not on hotline duty: no entry without an approved request. The mobile is in your hand.',
        '非热线岗位未经批准不得进入热线区。手机就在手边，直接接听。',
      ),
    },
    {
      id: 'record',
      text: text(
        'Write down: 2:40, 41 degrees, server two does not answer',
        '登记：2:40告警，机房41度，2号服务器无响应',
      ),
      in: ['wrapUp'],
      as: {
        do: 'event',
        type: 'request.record',
        payload: { problem: '机房温度41度，2号服务器无响应', problemKind: 'hardware', severity: 'high' },
      },
    },
    {
      id: 'raise-fault',
      text: text('Raise the fault, and set out', '上报故障，立即处理'),
      in: ['wrapUp'],
      as: {
        do: 'event',
        type: 'outcome.fault',
        payload: {
          startedAt: '2026-03-13T18:38:00.000Z',
          system: '门诊部病历服务器',
          result: '已上报，工程师赶赴现场',
        },
      },
      again: true,
    },
    {
      id: 'call-it-solved',
      text: text('Note “temperature watched” and go back to sleep', '登记“持续观察”，接着睡'),
      in: ['wrapUp'],
      as: { do: 'event', type: 'outcome.solved', payload: { result: '持续观察' } },
      breaks: ['GN-21'],
      again: true,
      explain: text(
        'Watching from the bed solves nothing. A server that is down is a fault, with an owner and a clock.',
        '躺在床上“观察”解决不了问题。服务器停机就是故障，要有人负责、有时限。',
      ),
    },
  ],
  hidden: ['caller.hungUp', 'divert', 'agent.hungUp'],
  prompts: [
    {
      id: 'whose-night',
      in: 'ringing',
      text: text('Who else would answer this telephone?', '这部手机除了你，还有谁会接？'),
      norms: ['PC-20'],
    },
    {
      id: 'who-owns-it',
      in: 'wrapUp',
      text: text('Who owns this after you hang up?', '挂断之后，这件事由谁负责？'),
      norms: ['PC-07'],
    },
  ],
  must: [
    {
      id: 'raised',
      what: { event: 'outcome.fault' },
      title: text('The fault is raised within five minutes', '五分钟内上报故障'),
      norm: 'PC-07',
      by: 'PT5M',
      weight: 20,
    },
  ],
  timeLimit: 'PT30M',
  rubric: {
    norms: { 'PC-01': 15, 'PC-07': 15, 'PC-20': 20, 'PC-21': 15 },
    critical: ['PC-20'],
    passMark: 80,
  },
  runs: {
    model: {
      title: text('Awake at once', '立即接听并上报'),
      steps: [
        { after: 'PT9S', what: { do: 'event', type: 'answer', payload: {} } },
        move('record', 'PT30S'),
        move('raise-fault', 'PT20S'),
      ],
      expect: passes(['ended'], 'done'),
    },
    'let-it-ring': {
      title: text('Silenced until the morning', '按掉等天亮'),
      steps: [wait('PT20S'), move('later', 'PT5S')],
      expect: fails(['ringing.mobile'], ['GN-18', 'PC-01', 'PC-20']),
    },
    'slept-on': {
      title: text('Through the hotline room, and back to bed', '绕道热线大厅，又回去睡'),
      steps: [
        move('hotline-room', 'PT10S'),
        { after: 'PT25M', what: { do: 'event', type: 'answer', payload: {} } },
        move('record', 'PT1M'),
        move('call-it-solved', 'PT30S'),
      ],
      expect: fails(['ended'], ['GN-21', 'PC-01', 'PC-17'], 'done'),
    },
  },
}
