/**
 * The fault is on the disk after all: no hand on it before the customer has signed.
 */
import type { Scenario } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send } from '../../scenario-author.ts'
import { customer, desk, disclaimer, dispatcher, FIELDS, registered } from './people.ts'

const look = [send('inspection.start', {}, 'PT5M')]

export const unsignedDisk: Scenario = {
  id: 'depot-unsigned-disk',
  process: 'depot-repair',
  title: text('The disk is failing', '硬盘要坏了'),
  briefing: text(
    "You are at the bench with Ms Chen's notebook, promised to be inspected by half past eleven. It was taken in as a memory fault. It clicks. Find out what is wrong and report it.",
    '你在工位上检测陈女士的笔记本，前台答应她十一点半前出结果。接机时按内存故障登记，但机器里有咔嗒声。请查明原因并给出检测结果。',
  ),
  purpose: text(
    'Backup asked after and disclaimer signed before any work on a disk; the promise is kept, or the customer hears of it.',
    '动硬盘之前先问备份、签免责声明；承诺的时间要守住。',
  ),
  difficulty: 'medium',
  tags: ['data', 'consent', 'inspection'],
  seed: 8,
  start: {
    now: '2026-03-09T01:30:00.000Z',
    fields: FIELDS,
    trainee: {
      name: text('You, bench engineer', '你（维修工程师）'),
      roles: ['engineer'],
      certificates: [{ kind: 'product-training' }],
    },
    by: 'desk',
    before: [
      ...registered(false, '2026-03-09T03:30:00.000Z'),
      {
        what: { do: 'event', type: 'engineer.assign', payload: { engineer: 'trainee' }, by: 'dispatcher' },
        after: 'PT20M',
      },
    ],
  },
  cast: { customer, desk, dispatcher },
  hidden: ['quote.explain', 'repair.register'],
  happens: [
    {
      id: 'rush',
      when: { chosen: { event: 'inspection.start' } },
      after: 'PT4M',
      does: [
        says(
          'desk',
          text(
            'She is nervous out here. Can you not just run a disk repair? It takes five minutes.',
            '客户在外面挺着急的，你先跑个硬盘修复不行吗？五分钟的事。',
          ),
        ),
      ],
    },
    {
      id: 'signs',
      when: { chosen: { move: 'ask-signature' } },
      after: { least: 'PT6M', most: 'PT15M' },
      while: 'inspection.protecting',
      does: [
        says(
          'customer',
          text(
            'Not backed up… Please try to save the pictures first. Where do I sign?',
            '没有备份……请尽量先把照片救出来。在哪儿签字？',
          ),
        ),
      ],
    },
  ],
  moves: [
    {
      id: 'need-disk',
      text: text(
        'Stop: the disk must be worked on, and nothing is signed',
        '停下：需要动硬盘，而免责声明还没签',
      ),
      in: ['inspection.queued', 'inspection.examining'],
      as: { do: 'event', type: 'disk.need', payload: {} },
    },
    {
      id: 'run-repair',
      text: text('Run the disk repair now and ask later', '先跑硬盘修复，回头再补签字'),
      in: ['inspection'],
      breaks: ['DR-08'],
      critical: true,
      explain: text(
        'A repair run can destroy what was still readable. Backup asked after, disclaimer signed, then the disk.',
        '修复可能毁掉还能读出的数据。先问备份、签声明，再动硬盘。',
      ),
    },
    {
      id: 'ask-signature',
      text: text(
        'Have the desk explain the risk to Ms Chen and ask for her signature',
        '请前台向陈女士说明风险并请她签字',
      ),
      in: ['inspection.protecting'],
      keeps: ['DR-08'],
      does: [says('desk', text('I will bring her over.', '我去请她过来。'))],
    },
    {
      id: 'sign-for-her',
      text: text('Sign for her, she is busy', '她忙着呢，替她签了'),
      in: ['inspection.protecting'],
      breaks: ['DR-08', 'GN-16'],
      critical: true,
      explain: text('Nobody signs for a customer.', '任何人不得代客户签字。'),
    },
    {
      id: 'report',
      text: text(
        '“Disk failing, data saved to a spare; a new disk is needed.” ',
        '“硬盘将坏，数据已转存，需更换硬盘。”',
      ),
      in: ['inspection.examining'],
      if: { '@expr': 'job.dataProtected', '@lang': 'cel' },
      as: {
        do: 'event',
        type: 'inspection.finish',
        payload: { findings: '硬盘坏道，数据已转存，建议更换硬盘', result: 'repairable' },
      },
      keeps: ['GN-11'],
    },
    {
      id: 'report-memory',
      text: text('Write “memory” as on the slip and pass it on', '照单子写“内存故障”交差'),
      in: ['inspection.examining'],
      if: { '@expr': '!job.dataProtected', '@lang': 'cel' },
      as: {
        do: 'event',
        type: 'inspection.finish',
        payload: { findings: '内存故障', result: 'repairable' },
      },
      breaks: ['GN-21'],
      explain: text('What she hears must be what was found.', '告知客户的必须是真实的检测结果。'),
    },
  ],
  prompts: [
    {
      id: 'click',
      in: 'inspection.examining',
      text: text(
        'A clicking disk loses data with every minute it runs.',
        '硬盘异响，每多转一分钟都可能丢数据。',
      ),
      norms: ['DR-08'],
    },
  ],
  must: [
    {
      id: 'found',
      what: { move: 'report' },
      title: text('The true finding is reported', '如实给出检测结果'),
      norm: 'DR-07',
      weight: 20,
    },
    {
      id: 'asked',
      what: { move: 'ask-signature' },
      title: text('The customer herself signs', '由客户本人签字'),
      norm: 'DR-08',
    },
  ],
  until: ['quoting'],
  timeLimit: 'PT3H',
  rubric: { norms: { 'DR-05': 20, 'DR-08': 30, 'GN-11': 5 }, critical: ['DR-08'], passMark: 80 },
  grants: { certificate: 'product-training', validFor: 'P1Y' },
  runs: {
    signed: {
      title: text('Signed first', '先签字后动手'),
      steps: [
        ...look,
        move('need-disk', 'PT6M'),
        move('ask-signature', 'PT1M'),
        disclaimer('disclaimerSigned', 'PT16M'),
        send('data.protect', {}, 'PT1M'),
        move('report', 'PT25M'),
      ],
      expect: passes(['quoting.explaining']),
    },
    'repair-run': {
      title: text('Just a quick disk repair', '先跑修复'),
      steps: [...look, move('run-repair', 'PT6M')],
      expect: fails(['inspection.examining'], ['DR-08']),
    },
    late: {
      title: text('Signed, but far too late', '签了字，但超过承诺时间'),
      steps: [...look, move('need-disk', 'PT1H30M'), move('sign-for-her', 'PT10M')],
      expect: fails(['inspection.protecting'], ['DR-05', 'DR-08', 'GN-16']),
    },
    hushed: {
      title: text('Passed on as memory', '照单子交差'),
      steps: [...look, move('report-memory', 'PT10M')],
      expect: fails(['quoting.explaining'], ['GN-21']),
    },
  },
}
