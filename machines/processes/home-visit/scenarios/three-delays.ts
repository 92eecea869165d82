/**
 * One customer, three delays in two days: each is told in time, with an apology and a new time, and approved.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, sends, sent, tells, wait } from '../../scenario-author.ts'
import { arranged, dispatcher, engineer, head, OTHERS, packed, store } from './people.ts'

const fixed = 'beforeVisit.arrangement.fixed'
const tomorrow: Step[] = [move('tell-tomorrow', 'PT20M')]

export const threeDelays: Scenario = {
  id: 'visit-three-delays',
  process: 'home-visit',
  title: text('Late, later, and a jam', '一拖再拖又堵车'),
  briefing: text(
    'Wednesday, a quarter past ten. At three you are expected at the Qingshan tea house, an hour out of town, to replace the board of the till. Everything is packed. Mind the clock, and what you say.',
    '周三上午十点一刻。下午三点你要去一小时车程外的青山茶社更换收银机主板，东西都已备齐。注意时间，也注意怎么说。',
  ),
  purpose: text(
    'A longer delay four hours ahead, a shorter one half an hour, on the way before five minutes to the hour; always with an apology, a new time and the head’s approval.',
    '半天以上提前四小时，半天以内提前半小时，途中最迟提前五分钟；都要致歉、另定时间并经负责人批准。',
  ),
  difficulty: 'hard',
  tags: ['delay', 'punctuality', 'apology'],
  seed: 8,
  start: {
    now: '2026-03-18T02:15:00.000Z',
    fields: {
      timeWanted: '2026-03-18T07:00:00.000Z',
      problem: '收银机主板故障，无法开机',
      problemKind: 'hardware',
      severity: 'high',
      customerName: '青山茶社',
      customerContact: '冯丽',
      customerPhone: '13700004412',
      customerAddress: '青山镇茶园路66号',
      region: '青山',
      distanceBand: 'far',
    },
    trainee: engineer,
    by: 'dispatcher',
    before: [
      ...arranged('2026-03-18T07:00:00.000Z'),
      sent('store', 'parts.borrow', { parts: [{ part: '收银机主板', count: 1 }] }),
      sent('dispatcher', 'order.release'),
      ...packed,
    ],
  },
  cast: {
    dispatcher,
    head,
    store,
    customer: {
      name: text('Ms Feng Li, landlady of the tea house', '冯丽（茶社老板娘）'),
      roles: ['customer'],
      temper: 'impatient',
      about: text('Writes her bills by hand until you come.', '你来之前，她只能手写账单。'),
    },
  },
  happens: [
    {
      id: 'wrong-board',
      when: { at: 'PT5M' },
      does: [
        says(
          'store',
          text(
            'That board does not fit her model! The right one comes tomorrow at noon, not before.',
            '坏了，这块主板跟她那个型号对不上！对的那块最早明天中午才到。',
          ),
          'worried',
        ),
      ],
    },
    {
      id: 'last-job-drags-on',
      when: { at: 'P1DT3H30M' },
      while: 'beforeVisit',
      does: [
        tells(
          text(
            'Thursday, a quarter to two. Your visit before this one takes half an hour longer.',
            '周四下午一点四十五分。你手上这家客户的活儿还要多做半个小时。',
          ),
        ),
      ],
    },
    {
      id: 'jam',
      when: { enters: 'beforeVisit.preparation.travelling' },
      after: { least: 'PT12M', most: 'PT18M' },
      while: 'beforeVisit.preparation.travelling',
      does: [
        tells(
          text(
            'An accident on the bridge. Nothing moves; the map says half an hour more.',
            '大桥上出了事故，车一动不动，导航显示还要多走半小时。',
          ),
        ),
      ],
    },
    {
      id: 'approves',
      when: { enters: 'beforeVisit.arrangement.postponing' },
      after: 'PT4M',
      while: 'beforeVisit.arrangement.postponing',
      times: 5,
      does: [
        says('head', text('Approved. See to it that it is the last one.', '同意延期。争取别再有下一次。')),
        sends('head', 'postponement.approve'),
      ],
    },
  ],
  moves: [
    {
      id: 'tell-tomorrow',
      text: text(
        '“I am very sorry: the board that came is the wrong one. May I come tomorrow at three?”',
        '“非常抱歉，到货的主板型号不对。我明天下午三点过来，您看可以吗？”',
      ),
      in: [fixed],
      if: {
        '@expr':
          "job.appointment == timestamp('2026-03-18T07:00:00Z') && now > timestamp('2026-03-18T02:19:00Z')",
        '@lang': 'cel',
      },
      as: {
        do: 'event',
        type: 'delay.announce',
        payload: { time: '2026-03-19T07:00:00.000Z', apology: true, reason: '主板型号不符，次日到货' },
      },
      does: [
        says(
          'customer',
          text('A whole day! … Well, if it cannot be helped.', '又要等一天！……唉，那也没办法。'),
          'impatient',
        ),
      ],
    },
    {
      id: 'tell-half-hour',
      text: text(
        '“I am sorry, I shall be half an hour late: half past three. I am calling before I set out.”',
        '“对不起，我要晚半小时，三点半到，出发前先跟您说一声。”',
      ),
      in: [fixed],
      if: {
        '@expr':
          "job.appointment == timestamp('2026-03-19T07:00:00Z') && now > timestamp('2026-03-19T05:44:00Z')",
        '@lang': 'cel',
      },
      as: {
        do: 'event',
        type: 'delay.announce',
        payload: { time: '2026-03-19T07:30:00.000Z', apology: true, reason: '上一家客户的维修延长' },
      },
      does: [says('customer', text('Half past three. I hear you.', '三点半，行吧。'), 'impatient')],
    },
    {
      id: 'tell-jam',
      text: text(
        '“I am very sorry, I am stuck on the bridge. I shall be with you at ten past four at the latest.”',
        '“实在抱歉，大桥出事故堵住了，我最晚四点十分到。”',
      ),
      in: ['beforeVisit.preparation.travelling'],
      if: { '@expr': "job.appointment == timestamp('2026-03-19T07:30:00Z')", '@lang': 'cel' },
      as: {
        do: 'event',
        type: 'delay.announce',
        payload: { time: '2026-03-19T08:10:00.000Z', apology: true, reason: '大桥事故堵车' },
      },
      does: [
        says(
          'customer',
          text('I saw it on the news. At least you ring.', '新闻里看到了。你还知道打个电话。'),
          'calm',
        ),
      ],
    },
    {
      id: 'explain-there',
      text: text('Say nothing: she will see when you arrive', '不用打电话，到了再解释'),
      in: [fixed],
      breaks: ['HV-59'],
      explain: text(
        'She waits without knowing for what. A call takes one minute.',
        '客户不知情地干等着。一个电话只要一分钟。',
      ),
    },
    {
      id: 'blame-store',
      text: text(
        '“Our store is a mess, they never get anything right.”',
        '“我们仓库乱得很，从来就没发对过货。”',
      ),
      in: [fixed],
      breaks: ['HV-25', 'GN-06'],
      does: [
        says('customer', text('And I should trust such a company?', '那我还敢用你们家的东西？'), 'angry'),
      ],
      explain: text(
        'Apologise without excuses: whose fault it was inside is not for the customer.',
        '只致歉不推责，公司内部谁的错不必对客户讲。',
      ),
    },
    {
      id: 'not-today',
      text: text(
        'Three delays are enough: do not go, call next week',
        '反正已经迟了，今天不去了，下周再联系',
      ),
      in: ['beforeVisit'],
      breaks: ['HV-39'],
      critical: true,
      explain: text(
        'An appointment that is promised is kept, or moved together with the customer.',
        '约定的时间要么赴约，要么与客户商量另定，不得无故失约。',
      ),
    },
  ],
  hidden: OTHERS,
  prompts: [
    {
      id: 'clock',
      in: 'beforeVisit',
      text: text('Who should hear of a delay, and until when?', '推迟要告诉谁？最晚什么时候？'),
      norms: ['HV-08', 'HV-09', 'HV-10'],
    },
  ],
  until: ['onSite'],
  timeLimit: 'P2D',
  rubric: {
    norms: { 'HV-08': 20, 'HV-09': 20, 'HV-10': 25, 'HV-11': 10, 'HV-41': 5 },
    critical: ['HV-39'],
    passMark: 80,
  },
  must: [
    {
      id: 'longer',
      what: { move: 'tell-tomorrow' },
      title: text('The longer delay is told four hours ahead', '半天以上的推迟提前四小时告知'),
      norm: 'HV-09',
      by: 'PT45M',
    },
    {
      id: 'shorter',
      what: { move: 'tell-half-hour' },
      title: text('The half hour is told before setting out', '推迟半小时在出发前告知'),
      norm: 'HV-08',
    },
    {
      id: 'on-the-way',
      what: { move: 'tell-jam' },
      title: text('She hears of the jam before the hour', '堵车及时告知客户'),
      norm: 'HV-10',
    },
  ],
  runs: {
    model: {
      title: text('Three calls, each in time', '三次都及时告知'),
      steps: [
        ...tomorrow,
        move('tell-half-hour', 'P1DT3H20M'),
        send('set.out', {}, 'PT50M'),
        move('tell-jam', 'PT25M'),
        send('arrive', {}, 'PT45M'),
      ],
      expect: passes(['onSite.visit.arrival']),
    },
    'always-too-late': {
      title: text('Each told, and each too late', '每次都说了，每次都晚了'),
      steps: [
        move('tell-tomorrow', 'PT2H'),
        move('blame-store', 'PT10M'),
        move('tell-half-hour', 'P1DT2H15M'),
        send('set.out', {}, 'PT20M'),
        wait('PT45M'),
        move('tell-jam', 'PT1M'),
        send('arrive', {}, 'PT30M'),
      ],
      expect: fails(['onSite.visit.arrival'], ['GN-06', 'HV-08', 'HV-09', 'HV-10', 'HV-25']),
    },
    'stayed-away': {
      title: text('Did not go at all', '索性没去'),
      steps: [...tomorrow, move('explain-there', 'P1DT3H30M'), move('not-today', 'PT30M')],
      expect: fails(['beforeVisit.arrangement.fixed'], ['HV-39', 'HV-59']),
    },
    silence: {
      title: text('Two days of silence', '两天没有任何消息'),
      steps: [wait('P2DT1H')],
      expect: fails(['beforeVisit.arrangement.fixed'], ['HV-10']),
    },
  },
}
