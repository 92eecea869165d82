/**
 * A change to the running hospital system: plan, backup, consent, window. Urgency takes the place of none of them.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, sends, tells, tick, wait, written } from '../../scenario-author.ts'
import { atThePost, begun, clerk, client, dispatcher, FIELDS, reception, resident } from './people.ts'

const request: Step[] = [move('request', 'PT10M'), move('plan', 'PT1H')]
const backup: Step[] = [
  tick('backupTaken', 'PT30M', written('NAS-2:/his/20260311')),
  tick('backupReadable', 'PT20M'),
  send('backup.done', {}, 'PT1M'),
]
const execute: Step[] = [
  send('operation.done', { operationResult: '索引重建完成，耗时18分钟' }, 'PT20M'),
  tick('operationVerified', 'PT5M', written('与方案一致')),
  tick('serviceRuns', 'PT5M'),
  send('operation.verified', {}, 'PT1M'),
]

export const fridayChange: Scenario = {
  id: 'residency-friday-change',
  process: 'on-site-residency',
  title: text('Just a small index', '“就建个索引”'),
  briefing: text(
    'The outpatient system of the hospital is slow. Mr Qian would like the index of the order table rebuilt today, on the running database. You are at your post; the agreed scope is the application and database servers, not the image store.',
    '医院门诊系统变慢，钱主任希望今天在生产库上重建医嘱表索引。你已在岗；约定范围是应用和数据库服务器，不含影像存储。',
  ),
  purpose: text(
    'No change without a plan, no plan carried out without backup and consent, nothing in a critical period, nothing out of scope.',
    '无方案不操作、无备份不动生产、无同意不实施、关键时期不变更、范围外不碰。',
  ),
  difficulty: 'medium',
  tags: ['change', 'backup', 'consent', 'freeze'],
  seed: 66,
  start: {
    now: '2026-03-10T23:29:00.000Z',
    fields: FIELDS,
    trainee: resident,
    by: 'dispatcher',
    before: [...begun('2026-03-11'), ...atThePost],
  },
  cast: { client, clerk, reception, dispatcher },
  hidden: [
    'fault.raise',
    'absence.report',
    'visitor.announce',
    'inspection.start',
    'leave.request',
    'critical.declare',
    'leave.giveUp',
  ],
  happens: [
    {
      id: 'pushes',
      when: { enters: 'onSite.operations.preparing' },
      after: 'PT5M',
      does: [
        says(
          'clerk',
          text(
            'Just type it in, it is one line! The queue is out of the door.',
            '不就一行命令吗？挂号的队都排到门外了！',
          ),
          'impatient',
        ),
      ],
    },
    {
      id: 'consents',
      when: { enters: 'onSite.operations.preparing.consenting' },
      after: 'PT15M',
      while: 'onSite.operations.preparing.consenting',
      does: [
        says(
          'client',
          text(
            'Plan and way back are clear. I agree, in the window at noon.',
            '方案和回退都清楚，我同意，中午窗口期做。',
          ),
        ),
        sends('client', 'operation.consent'),
      ],
    },
    {
      id: 'frozen',
      when: { enters: 'onSite.operations.preparing.approved' },
      after: 'PT10M',
      times: 1,
      does: [
        tells(text('A coach accident: the emergency ward fills up.', '突发客车事故，急诊涌入大量伤员。')),
        sends('client', 'critical.declare', {
          from: '2026-03-11T03:00:00.000Z',
          to: '2026-03-11T04:45:00.000Z',
          reason: '急诊救治，系统不得变更',
        }),
      ],
    },
    {
      id: 'storage',
      when: { enters: 'onSite.operations.underWay' },
      after: 'PT4M',
      does: [
        says(
          'clerk',
          text(
            'While you are at it: the image store is full, delete some old ones.',
            '顺手把影像存储也清一清吧，快满了。',
          ),
        ),
      ],
    },
  ],
  moves: [
    {
      id: 'request',
      text: text(
        'Write down the operation: index of the order table, production',
        '登记操作：重建医嘱表索引，生产系统',
      ),
      in: ['onSite.operations.idle'],
      if: { '@expr': '!has(job.operationOutcome)', '@lang': 'cel' },
      as: {
        do: 'event',
        type: 'operation.request',
        payload: {
          operation: '重建医嘱表索引',
          operationSystem: 'HIS 数据库',
          operationScope: '仅医嘱表索引，不改数据',
          production: true,
        },
      },
      keeps: ['OR-09'],
    },
    {
      id: 'just-type',
      text: text('Type the one line and be done', '直接敲一行命令搞定'),
      in: ['onSite.operations'],
      breaks: ['OR-10', 'OR-08'],
      critical: true,
      explain: text(
        'No change without a detailed plan and the client’s consent.',
        '没有详细方案和客户同意，不做任何变更。',
      ),
    },
    {
      id: 'plan',
      text: text(
        'Submit the plan: steps, risks, way back, window 12:00 to 14:00',
        '提交方案：步骤、风险、回退、窗口12:00至14:00',
      ),
      in: ['onSite.operations.preparing.planning'],
      as: {
        do: 'event',
        type: 'plan.submit',
        payload: {
          operationPlan: '1. 在线重建索引；2. 更新统计信息；3. 抽查执行计划',
          operationRisks: '重建期间写入变慢',
          rollbackPlan: '删除新索引，恢复原索引定义',
          operationFrom: '2026-03-11T04:00:00.000Z',
          operationTo: '2026-03-11T06:00:00.000Z',
        },
      },
    },
    {
      id: 'skip-backup',
      text: text('An index is no data: tick the backup off', '索引又不是数据，备份直接打勾'),
      in: ['onSite.operations.preparing.backingUp'],
      breaks: ['OR-11'],
      critical: true,
      explain: text(
        'No change to a production system without a backup that was read back.',
        '没有验证过的备份，不得操作生产系统。',
      ),
    },
    {
      id: 'clean-store',
      text: text('Delete the images older than a year', '删掉一年前的影像'),
      in: ['onSite.operations.underWay'],
      breaks: ['OR-13'],
      critical: true,
      explain: text('The image store is outside the agreed scope.', '影像存储不在约定范围内，不得触碰。'),
    },
    {
      id: 'decline-store',
      text: text(
        '“That is outside what we agreed. I will put it to Mr Qian as a request.”',
        '“这不在约定范围，我整理成申请报给钱主任。”',
      ),
      in: ['onSite.operations.underWay'],
      keeps: ['OR-13', 'OR-14', 'OR-21'],
    },
  ],
  prompts: [
    {
      id: 'critical',
      in: 'onSite.operations.preparing.approved',
      text: text('Look at the critical periods before you start.', '开始前先看看是否处于关键时期。'),
      norms: ['OR-12'],
    },
  ],
  must: [
    {
      id: 'scope',
      what: { move: 'decline-store' },
      title: text('The scope is kept to', '守住服务范围'),
      norm: 'OR-13',
      weight: 10,
    },
    {
      id: 'done',
      what: { event: 'operation.verified' },
      title: text('The change is carried out and verified', '完成操作并验证'),
      weight: 15,
    },
  ],
  until: ['onSite.operations.idle'],
  timeLimit: 'PT8H',
  rubric: {
    norms: { 'OR-08': 20, 'OR-10': 20, 'OR-11': 20, 'OR-12': 15, 'OR-09': 5 },
    critical: ['OR-08', 'OR-10', 'OR-11', 'OR-12', 'OR-13'],
    passMark: 85,
  },
  grants: { certificate: 'product-training', validFor: 'P1Y' },
  runs: {
    planned: {
      title: text('Planned, backed up, agreed', '有方案、有备份、有同意'),
      steps: [
        ...request,
        ...backup,
        wait('PT30M'),
        send('operation.start', {}, 'PT1H31M'),
        move('decline-store', 'PT5M'),
        ...execute,
      ],
      expect: passes(['onSite.operations.idle']),
    },
    frozen: {
      title: text('Started in the critical period', '关键时期强行操作'),
      steps: [...request, ...backup, wait('PT30M'), send('operation.start', {}, 'PT50M')],
      expect: fails(['onSite.operations.preparing.approved'], ['OR-08', 'OR-10', 'OR-11', 'OR-12']),
    },
    'one-line': {
      title: text('One line, no plan', '无方案直接操作'),
      steps: [move('request', 'PT10M'), move('just-type', 'PT6M')],
      expect: fails(['onSite.operations.preparing.planning'], ['OR-08', 'OR-10']),
    },
    unbacked: {
      title: text('Without a backup', '不备份'),
      steps: [...request, move('skip-backup', 'PT5M')],
      expect: fails(['onSite.operations.preparing.backingUp'], ['OR-11']),
    },
  },
}
