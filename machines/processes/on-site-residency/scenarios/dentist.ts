/**
 * A tooth, a round of inspection, and an evening that gets long: leave is confirmed, overtime agreed, nothing is slipped away from.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, sends, tick, wait, written } from '../../scenario-author.ts'
import { atThePost, begun, clerk, client, dispatcher, FIELDS, reception, resident } from './people.ts'

const round: Step[] = [
  send('inspection.start', {}, 'PT10M'),
  tick('hardwareInspected', 'PT15M', written('指示灯正常')),
  tick('logsInspected', 'PT10M', written('无异常日志')),
  tick('loadInspected', 'PT10M', written('存储使用率71%')),
  tick('backupsInspected', 'PT10M', written('最近一次备份成功')),
  send('inspection.record', { findings: '各项正常，存储使用率71%', abnormal: false }, 'PT5M'),
]

export const dentist: Scenario = {
  id: 'residency-dentist',
  process: 'on-site-residency',
  title: text('A tooth that will not wait', '牙疼的一天'),
  briefing: text(
    'Tuesday, ten to nine, you are at your post. A tooth hurts and the dentist has a slot at two. The round of inspection is to be done today, and in the evening finance closes its books and wants you at hand until seven.',
    '周二八点五十，你已到岗。你牙疼，牙医下午两点有号。今天要做巡检；晚上财务结账，希望你留到七点。',
  ),
  purpose: text(
    'Leave is confirmed before it is taken, overtime agreed before the day is over, rounds are recorded.',
    '请假先确认，加班先同意，巡检有记录。',
  ),
  difficulty: 'medium',
  tags: ['leave', 'overtime', 'inspection'],
  seed: 52,
  start: {
    now: '2026-03-09T23:29:00.000Z',
    fields: FIELDS,
    trainee: resident,
    by: 'dispatcher',
    before: [...begun('2026-03-10'), ...atThePost],
  },
  cast: { client, reception, dispatcher, clerk },
  hidden: [
    'operation.request',
    'fault.raise',
    'absence.report',
    'visitor.announce',
    'leave.giveUp',
    'leave.confirm.lead',
    'leave.confirm.manager',
    'leave.refuse',
  ],
  happens: [
    {
      id: 'confirms',
      when: { chosen: { move: 'ask-leave' } },
      after: 'PT25M',
      while: 'onSite.leave.requested',
      does: [
        says(
          'client',
          text('Of course. Be back by four, finance closes today.', '行，四点前回来，今天财务结账。'),
        ),
        sends('client', 'leave.confirm.client'),
      ],
    },
    {
      id: 'confirms-again',
      when: { chosen: { move: 'ask-longer' } },
      after: 'PT10M',
      while: 'onSite.leave.requested',
      does: [
        says('client', text('Then be back by half past four, not later.', '那四点半前一定回来。')),
        sends('client', 'leave.confirm.client'),
      ],
    },
    {
      id: 'finance',
      when: { at: 'PT8H' },
      does: [
        says(
          'clerk',
          text(
            'You stay until we are done, all right? Nobody needs to write that down.',
            '你等我们结完账再走啊，不用登记什么。',
          ),
        ),
      ],
    },
    {
      id: 'gossip',
      when: { at: 'PT8H20M' },
      does: [
        says(
          'clerk',
          text('Between us: IT here is hopeless, isn’t it?', '说句实话，我们信息中心是不是不行？'),
        ),
      ],
    },
  ],
  moves: [
    {
      id: 'ask-leave',
      text: text(
        'Ask Mr Qian for leave from half past one to half past three',
        '向钱主任请假，一点半到三点半',
      ),
      in: ['onSite.leave.none'],
      as: {
        do: 'event',
        type: 'leave.request',
        payload: {
          leaveFrom: '2026-03-10T05:30:00.000Z',
          leaveTo: '2026-03-10T07:30:00.000Z',
          leaveReason: '牙科就诊',
        },
      },
    },
    {
      id: 'ask-longer',
      text: text(
        'Call Mr Qian from the dentist: it takes until half past four',
        '从诊所打电话给钱主任：要到四点半',
      ),
      in: ['onSite.leave.none'],
      as: {
        do: 'event',
        type: 'leave.request',
        payload: {
          leaveFrom: '2026-03-10T07:30:00.000Z',
          leaveTo: '2026-03-10T08:30:00.000Z',
          leaveReason: '牙科治疗延长',
        },
      },
    },
    {
      id: 'slip-away',
      text: text('Slip away at lunch, two hours will not be noticed', '午休溜出去，两个小时没人注意'),
      in: ['onSite.attendance.present.atPost'],
      breaks: ['OR-06'],
      critical: true,
      explain: text('The post is not left without leave.', '未经请假不得擅自离岗。'),
    },
    {
      id: 'copy-round',
      text: text("Copy last week's inspection record", '照抄上周的巡检记录'),
      in: ['onSite.inspections.resting', 'onSite.inspections.inspecting'],
      breaks: ['OR-23'],
      explain: text(
        'A record of a round nobody made is worse than none.',
        '没做的巡检记录，比没有记录更糟。',
      ),
    },
    {
      id: 'agree-hour',
      text: text('Agree to one hour of overtime, on record', '登记同意加班一小时'),
      in: ['onSite.attendance.present.atPost'],
      as: { do: 'event', type: 'overtime.agree', payload: { minutes: 60 } },
    },
    {
      id: 'join-gossip',
      text: text('“Well, between you and me…”', '“其实吧，我也这么觉得……”'),
      in: ['onSite.attendance.present'],
      breaks: ['OR-28', 'OR-15'],
      explain: text('No words that divide the client’s people.', '不说影响客户员工团结的话，不评价他人。'),
    },
    {
      id: 'stay-out',
      text: text(
        '“We work well together. What do you need for the closing?”',
        '“我们配合得挺好。结账这边需要我做什么？”',
      ),
      in: ['onSite.attendance.present'],
      keeps: ['OR-28', 'OR-14'],
    },
  ],
  must: [
    {
      id: 'round',
      what: { event: 'inspection.record' },
      title: text('The round is made and recorded', '完成巡检并记录'),
      norm: 'OR-23',
      weight: 15,
    },
    {
      id: 'overtime',
      what: { move: 'agree-hour' },
      title: text('Overtime is agreed beforehand', '事先同意加班'),
      norm: 'GN-02',
      weight: 15,
    },
  ],
  until: ['onSite.attendance.off'],
  timeLimit: 'PT14H',
  rubric: {
    norms: { 'OR-04': 20, 'OR-05': 25, 'OR-23': 15, 'GN-02': 10 },
    critical: ['OR-06'],
    passMark: 85,
  },
  runs: {
    confirmed: {
      title: text('Confirmed and back in time', '请假获准、按时返岗'),
      steps: [
        move('ask-leave', 'PT10M'),
        ...round,
        send('leave.begin', {}, 'PT3H31M'),
        send('post.arrive', {}, 'PT1H55M'),
        move('agree-hour', 'PT1H35M'),
        move('stay-out', 'PT10M'),
        wait('PT1H'),
        send('post.leave', {}, 'PT59M'),
      ],
      expect: passes(['onSite.attendance.off']),
    },
    longer: {
      title: text('It takes longer, asked for in time', '治疗延长，及时续假'),
      steps: [
        move('ask-leave', 'PT10M'),
        ...round,
        send('leave.begin', {}, 'PT3H31M'),
        move('ask-longer', 'PT1H30M'),
        send('post.arrive', {}, 'PT1H20M'),
        move('agree-hour', 'PT40M'),
        move('stay-out', 'PT10M'),
        wait('PT1H'),
        send('post.leave', {}, 'PT59M'),
      ],
      expect: passes(['onSite.attendance.off']),
    },
    early: {
      title: text('Gone before the leave began', '未到假期开始就先离岗'),
      steps: [
        move('ask-leave', 'PT10M'),
        ...round,
        send('post.leave', {}, 'PT3H'),
        send('leave.begin', {}, 'PT35M'),
        send('post.arrive', {}, 'PT1H50M'),
        move('agree-hour', 'PT1H35M'),
        wait('PT1H'),
        send('post.leave', {}, 'PT59M'),
      ],
      expect: fails(['onSite.attendance.off'], ['OR-04']),
    },
    slipped: {
      title: text('Slipped away', '擅自离岗'),
      steps: [...round, move('slip-away', 'PT3H')],
      expect: fails(['onSite.attendance.present.atPost'], ['OR-06']),
    },
    overstayed: {
      title: text('Back late, overtime not agreed', '超假且未登记加班'),
      steps: [
        move('ask-leave', 'PT10M'),
        move('copy-round', 'PT20M'),
        send('leave.begin', {}, 'PT4H11M'),
        send('post.arrive', {}, 'PT2H45M'),
        wait('PT2H30M'),
        send('post.leave', {}, 'PT10M'),
      ],
      expect: fails(['onSite.attendance.off'], ['GN-02', 'OR-04', 'OR-23']),
    },
  },
}
