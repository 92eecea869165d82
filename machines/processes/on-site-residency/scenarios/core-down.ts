/**
 * The core system is down: reported at once, told plainly, data first; an emergency plan when it lasts, a report when it is over.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, tells, wait } from '../../scenario-author.ts'
import { atThePost, begun, clerk, client, dispatcher, FIELDS, reception, resident } from './people.ts'

const atOnce: Step[] = [move('raise', 'PT7M'), move('escalate', 'PT2M'), move('tell-plainly', 'PT3M')]

export const coreDown: Scenario = {
  id: 'residency-core-down',
  process: 'on-site-residency',
  title: text('The core is down', '核心系统瘫痪'),
  briefing: text(
    'Thursday, ten to nine. In ten minutes the outpatient clinic opens. See the day through, whatever comes.',
    '周四八点五十，再过十分钟门诊开诊。不管发生什么，请把今天处理好。',
  ),
  purpose: text(
    'Problems go upwards at once; the client hears the truth and another way; data first; 12, 16 and 24 hours are known.',
    '问题立即上报；如实告知并另寻办法；数据优先；牢记12、16、24小时时限。',
  ),
  difficulty: 'hard',
  tags: ['fault', 'escalation', 'emergency plan', 'data'],
  seed: 90,
  start: {
    now: '2026-03-11T23:29:00.000Z',
    fields: FIELDS,
    trainee: resident,
    by: 'dispatcher',
    before: [...begun('2026-03-12'), ...atThePost],
  },
  cast: { client, clerk, reception, dispatcher },
  hidden: [
    'absence.report',
    'visitor.announce',
    'inspection.start',
    'leave.request',
    'critical.declare',
    'operation.request',
    'leave.giveUp',
    'fault.raise',
    'escalate',
  ],
  happens: [
    {
      id: 'down',
      when: { at: 'PT5M' },
      does: [
        tells(
          text(
            'All windows of the registration freeze at once. The storage controller blinks red.',
            '所有挂号窗口同时卡死，存储控制器亮起红灯。',
          ),
        ),
        says('clerk', text('Nothing works! Do something!', '全瘫了！你倒是快想办法啊！'), 'angry'),
      ],
    },
    {
      id: 'blame',
      when: { chosen: { move: 'raise' } },
      after: 'PT4M',
      does: [
        says(
          'client',
          text('Is the vendor’s box rubbish, or is it us?', '是厂商设备太差，还是我们自己的问题？'),
          'worried',
        ),
      ],
    },
    {
      id: 'password',
      when: { chosen: { move: 'raise' } },
      after: 'PT30M',
      does: [
        says(
          'clerk',
          text(
            'Give me the database password, I will type the patients in by hand.',
            '把数据库密码给我，我手工录入。',
          ),
        ),
      ],
    },
    {
      id: 'repaired',
      when: { chosen: { move: 'emergency-plan' } },
      after: 'PT2H',
      does: [
        tells(
          text(
            'The spare controller arrives; the system runs again, to the minute before the fault.',
            '备用控制器到货，系统恢复到故障前一分钟。',
          ),
        ),
        { act: 'end', link: 'fault', status: 'done', fields: {} },
      ],
    },
  ],
  moves: [
    {
      id: 'raise',
      text: text('Raise the fault: storage down, since 8:54', '登记故障：存储瘫痪，始于8:54'),
      in: ['onSite.faults.none'],
      if: { '@expr': "now >= timestamp('2026-03-12T00:54:00Z') && !has(job.lastFault)", '@lang': 'cel' },
      as: {
        do: 'event',
        type: 'fault.raise',
        payload: {
          description: '核心存储控制器故障，门诊系统瘫痪',
          startedAt: '2026-03-12T00:54:00.000Z',
          systemDown: true,
          system: 'HIS 核心存储',
        },
      },
    },
    {
      id: 'try-first',
      text: text('Try a few restarts for an hour before telling anybody', '先自己重启试一个小时再说'),
      in: ['onSite.faults.none'],
      if: { '@expr': "now >= timestamp('2026-03-12T00:54:00Z') && !has(job.lastFault)", '@lang': 'cel' },
      breaks: ['OR-16'],
      critical: true,
      explain: text(
        'Problems are reported upwards at once; restarts can cost data besides.',
        '遇到问题立即上报；盲目重启还可能丢数据。',
      ),
    },
    {
      id: 'escalate',
      text: text(
        'Report to the lead, the dispatcher and the vendor’s hotline',
        '上报驻场负责人、调度和厂商热线',
      ),
      in: ['onSite.faults.open'],
      as: { do: 'event', type: 'escalate', payload: { what: '核心存储瘫痪，已联系厂商，需备用控制器' } },
    },
    {
      id: 'tell-plainly',
      text: text(
        '“It cannot be solved within the hour. Meanwhile, register on paper and the standby server.”',
        '“一小时内解决不了，请先启用纸质挂号和备机。”',
      ),
      in: ['onSite.faults.open'],
      keeps: ['OR-21', 'OR-22'],
      does: [
        says(
          'client',
          text('Good that you say so. I open the paper desk.', '你说清楚就好，我去启用纸质流程。'),
          'calm',
        ),
      ],
    },
    {
      id: 'blame-vendor',
      text: text('“That maker’s design is a joke.”', '“这厂家的设计就是个笑话。”'),
      in: ['onSite.faults.open'],
      breaks: ['OR-15'],
      explain: text(
        'Vendors, colleagues and third parties are not judged.',
        '不随意评价厂商、公司或第三方。',
      ),
    },
    {
      id: 'give-password',
      text: text('Send her the password by message', '把密码发给她'),
      in: ['onSite.faults.open'],
      breaks: ['OR-20'],
      critical: true,
      explain: text('Passwords are neither copied nor passed on.', '密码不得复制、传播。'),
    },
    {
      id: 'rebuild',
      text: text('Initialise the array anew, that is the quickest', '重新初始化阵列，最快'),
      in: ['onSite.faults.open'],
      breaks: ['OR-19'],
      critical: true,
      explain: text('Data is protected first.', '最大限度保护数据是第一位的。'),
    },
    {
      id: 'image-first',
      text: text('Take an image of the array before anything is touched', '动任何东西之前先做阵列镜像'),
      in: ['onSite.faults.open'],
      keeps: ['OR-19'],
    },
    {
      id: 'emergency-plan',
      text: text(
        'Submit the emergency plan: standby hall, spare controller, order of services',
        '提交应急方案：备用机房、备用控制器、业务恢复顺序',
      ),
      in: ['onSite.faults.open'],
      if: { '@expr': "now >= timestamp('2026-03-12T06:00:00Z')", '@lang': 'cel' },
      keeps: ['OR-17'],
    },
    {
      id: 'fault-report',
      text: text(
        'Submit the fault report: kind, cause, method, loss; explain how it is prevented',
        '提交故障报告：类型、原因、方法、损失，并讲解预防',
      ),
      if: { '@expr': 'has(job.lastFaultEnd)', '@lang': 'cel' },
      keeps: ['OR-18', 'OR-22', 'OR-27'],
    },
  ],
  must: [
    {
      id: 'raised',
      what: { move: 'raise' },
      by: 'PT15M',
      title: text('Raised within ten minutes', '十分钟内登记故障'),
      norm: 'OR-16',
      weight: 15,
    },
    {
      id: 'escalated',
      what: { move: 'escalate' },
      by: 'PT30M',
      title: text('Reported upwards at once', '立即上报'),
      norm: 'OR-16',
      weight: 15,
    },
    {
      id: 'plan',
      what: { move: 'emergency-plan' },
      by: 'PT16H5M',
      title: text('An emergency plan within 16 hours', '16小时内提出应急方案'),
      norm: 'OR-17',
      weight: 15,
    },
    {
      id: 'report',
      what: { move: 'fault-report' },
      by: 'PT40H',
      title: text('The fault report within 24 hours', '24小时内提交故障报告'),
      norm: 'OR-18',
      weight: 15,
    },
  ],
  until: ['onSite.attendance.off'],
  timeLimit: 'P2D',
  rubric: {
    norms: { 'OR-16': 15, 'OR-17': 10, 'OR-18': 10, 'OR-19': 15, 'OR-21': 15, 'OR-22': 5 },
    critical: ['OR-19', 'OR-20'],
    passMark: 80,
  },
  runs: {
    handled: {
      title: text('Told, saved, planned, reported', '上报、保数据、出方案、交报告'),
      steps: [
        ...atOnce,
        move('image-first', 'PT5M'),
        move('emergency-plan', 'PT5H10M'),
        move('fault-report', 'PT2H10M'),
        wait('PT1H30M'),
        send('post.leave', {}, 'PT20M'),
      ],
      expect: passes(['onSite.attendance.off', 'onSite.faults.none']),
    },
    hushed: {
      title: text('An hour of restarts', '闷头重启一小时'),
      steps: [move('try-first', 'PT7M')],
      expect: fails(['onSite.faults.none'], ['OR-16']),
    },
    leaked: {
      title: text('The password is passed on', '把密码给了别人'),
      steps: [...atOnce, move('give-password', 'PT40M')],
      expect: fails(['onSite.faults.open'], ['OR-20']),
    },
    'gone-home': {
      title: text('Gone home without a plan', '没有方案就下班'),
      steps: [...atOnce, move('blame-vendor', 'PT5M'), wait('PT8H50M'), send('post.leave', {}, 'PT10M')],
      expect: fails(['onSite.attendance.off', 'onSite.faults.open'], ['OR-15']),
    },
  },
}
