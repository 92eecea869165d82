/**
 * The first day at the client's: there before the day starts, dressed for it, and nobody slips in as a guest.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, sends, tells, wait } from '../../scenario-author.ts'
import { begun, clerk, client, dispatcher, FIELDS, reception, resident } from './people.ts'

const visitor: Step[] = [
  send('visitor.announce', { visitorNames: '宋凯', visitorPurpose: '私人来访，想参观机房' }, 'PT3H1M'),
  move('meet', 'PT1M'),
  move('take-to-desk', 'PT2M'),
]
const home: Step[] = [wait('PT6H2M'), send('post.leave', {}, 'PT5M')]

export const firstMonday: Scenario = {
  id: 'residency-first-monday',
  process: 'on-site-residency',
  title: text('The first Monday', '驻场第一天'),
  briefing: text(
    'Half past seven on your first day as resident engineer at the Linjiang hospital. The client starts at nine and ends at six. Be where you should be, when you should be, as you should look, until the day is over.',
    '你作为驻场工程师第一天到临江市人民医院，现在是早上七点半。客户九点上班、六点下班。请按要求着装、按时到岗，直到下班。',
  ),
  purpose: text(
    'Five to ten minutes early, not late, not away early; visitors are met outside, registered and approved.',
    '提前五到十分钟到岗，不迟到不早退；访客在外接待，登记获准方可进入。',
  ),
  difficulty: 'easy',
  tags: ['attendance', 'visitors', 'dress'],
  seed: 41,
  start: {
    now: '2026-03-08T23:29:00.000Z',
    fields: FIELDS,
    trainee: resident,
    by: 'dispatcher',
    before: begun('2026-03-09'),
  },
  cast: {
    client,
    reception,
    dispatcher,
    clerk,
    friend: { name: text('Song Kai, a friend from school', '宋凯（你的老同学）'), roles: [], temper: 'calm' },
  },
  hidden: ['operation.request', 'fault.raise', 'absence.report', 'inspection.start', 'leave.giveUp'],
  happens: [
    {
      id: 'friend-comes',
      when: { enters: 'onSite.attendance.present' },
      after: 'PT3H',
      does: [
        says(
          'friend',
          text(
            'I am at the side door! Show me the machine room, just five minutes.',
            '我在你们侧门呢！带我看看机房呗，就五分钟。',
          ),
        ),
      ],
    },
    {
      id: 'registers',
      when: { chosen: { move: 'take-to-desk' } },
      after: 'PT1M',
      does: [
        sends('reception', 'visitor.register', { visitorRegistration: 'FK-0309-02' }),
        sends('client', 'visitor.refuse'),
        says(
          'client',
          text(
            'The machine room is not for visits. He can wait in the lobby.',
            '机房不接待参观，请他在大厅等。',
          ),
        ),
        sends('reception', 'visitor.leave'),
      ],
    },
    {
      id: 'six',
      when: { enters: 'onSite.attendance.present.afterHours' },
      does: [tells(text('It is six. Desks are being left.', '六点了，大家陆续离开。'))],
    },
  ],
  moves: [
    {
      id: 'dress',
      text: text('Shirt, trousers, leather shoes, badge', '穿衬衫、长裤、皮鞋，佩戴胸卡'),
      in: ['onSite.attendance.off', 'onSite.attendance.expected'],
      keeps: ['OR-01', 'GN-03', 'OR-24'],
    },
    {
      id: 'jeans',
      text: text('Jeans and slippers, it is a machine room', '机房嘛，牛仔裤加拖鞋就行'),
      in: ['onSite.attendance.off', 'onSite.attendance.expected'],
      breaks: ['OR-24'],
      explain: text('Slippers, jeans and the like are not worn at a client’s.', '驻场不得穿拖鞋、牛仔裤等。'),
    },
    {
      id: 'meet',
      text: text('Meet him outside: “I cannot take you in like that.”', '到门外接待：“不能直接带你进去。”'),
      in: ['onSite.visitors.outside'],
      as: { do: 'tick', item: 'visitorsMet' },
    },
    {
      id: 'take-to-desk',
      text: text('Take him to reception to be registered', '带他到前台登记'),
      in: ['onSite.visitors.outside'],
      if: { '@expr': 'checklist.visitorsMet', '@lang': 'cel' },
      keeps: ['OR-07'],
    },
    {
      id: 'side-door',
      text: text('Let him in by the side door', '从侧门带他进来'),
      in: ['onSite.attendance.present'],
      breaks: ['OR-07'],
      critical: true,
      explain: text(
        'Nobody enters without being registered and approved.',
        '访客未经登记和批准，一律不得进入。',
      ),
    },
    {
      id: 'snack',
      text: text('Hotpot noodles at the desk, with a game', '在工位吃自热火锅，顺便打局游戏'),
      in: ['onSite.attendance.present'],
      breaks: ['OR-02'],
      explain: text('No eating and no games in the office.', '办公区不得进食、玩游戏。'),
    },
  ],
  must: [
    {
      id: 'dressed',
      what: { move: 'dress' },
      title: text('Dressed as required', '按要求着装'),
      norm: 'OR-01',
      weight: 10,
    },
    {
      id: 'desk',
      what: { move: 'take-to-desk' },
      title: text('The visitor is taken to reception', '带访客登记'),
      norm: 'OR-07',
      weight: 15,
    },
  ],
  until: ['onSite.attendance.off'],
  timeLimit: 'PT12H',
  rubric: { norms: { 'OR-03': 25, 'OR-04': 20, 'OR-07': 20 }, critical: ['OR-07'], passMark: 80 },
  runs: {
    punctual: {
      title: text('Punctual', '准时得体'),
      steps: [move('dress', 'PT10M'), send('post.arrive', {}, 'PT1H11M'), ...visitor, ...home],
      expect: passes(['onSite.attendance.off']),
    },
    late: {
      title: text('Just after nine', '九点过几分才到'),
      steps: [
        move('jeans', 'PT10M'),
        send('post.arrive', {}, 'PT1H25M'),
        ...visitor,
        wait('PT5H50M'),
        send('post.leave', {}, 'PT5M'),
      ],
      expect: fails(['onSite.attendance.off'], ['OR-03', 'OR-04', 'OR-24']),
    },
    smuggled: {
      title: text('By the side door', '侧门带人'),
      steps: [move('dress', 'PT10M'), send('post.arrive', {}, 'PT1H11M'), move('side-door', 'PT3H2M')],
      expect: fails(['onSite.attendance.present.atPost'], ['OR-07']),
    },
  },
}
