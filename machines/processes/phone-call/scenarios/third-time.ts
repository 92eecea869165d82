/**
 * The third call about one machine. He shouts, the line may drop: the tone stays, and both his wishes get an owner.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, tells, wait } from '../../scenario-author.ts'
import { agent, answered, closed, closings, HIDDEN, leaves, line, openings } from './people.ts'

const problem = '门店收银机第三次死机，前两次上门后仍复发'
const opened: Step[] = [
  ...answered('PT4S'),
  move('hear-him-out', 'PT15S'),
  move('record-file', 'PT20S'),
  move('record-request', 'PT10S'),
]

export const thirdTime: Scenario = {
  id: 'call-third-time',
  process: 'phone-call',
  title: text('The third time this month', '这个月第三次了'),
  briefing: text(
    'Saturday was busy, Monday is worse. The number on the display belongs to the Jinhui supermarket, where two visits have not cured the till. You answer.',
    '周末刚忙完，周一更忙。来电显示是锦辉超市，收银机上门修了两次都没修好。请接听。',
  ),
  purpose: text(
    'Whatever is said, the agent does not argue. A complaint is recorded, and beside it the till gets its visit.',
    '无论客户说什么都不争执。投诉要登记，收银机也要安排上门，两件事都有着落。',
  ),
  difficulty: 'hard',
  tags: ['angry', 'complaint', 'visit'],
  seed: 18,
  start: {
    now: '2026-03-09T01:20:00.000Z',
    fields: { source: 'call', callerNumber: '0512-55507731' },
    trainee: agent,
  },
  cast: {
    caller: {
      name: text('Mr He Jianguo, owner of the Jinhui supermarket', '何建国（锦辉超市老板）'),
      roles: ['customer'],
      temper: 'angry',
      about: text(
        'Two visits, two promises, and again a queue at a dead till.',
        '修了两次、保证了两次，今天收银台前又排起了长队。',
      ),
    },
    line,
  },
  happens: [
    {
      id: 'bursts-out',
      when: { enters: 'talking' },
      after: 'PT1S',
      while: 'talking',
      does: [
        says(
          'caller',
          text(
            'Again! You are all swindlers! Twice you came, and it is dead again, with twenty people in the queue!',
            '又死机了！你们是不是骗子公司！来了两次还这样，二十个人排着队呢！',
          ),
          'angry',
        ),
      ],
    },
    {
      id: 'line-drops',
      when: { enters: 'talking.speaking.conversation' },
      after: { least: 'PT3M', most: 'PT4M' },
      chance: 0.6,
      while: 'talking',
      does: [
        tells(text('A crackle, and the line is dead.', '一阵杂音，电话断了。')),
        { act: 'event', by: 'line', type: 'caller.hungUp', payload: {} },
      ],
    },
    {
      id: 'wants-visit',
      when: { enters: 'closing' },
      after: 'PT1S',
      if: { '@expr': "size(job.earlierOutcomes) == 0 && job.outcome == 'complaint'", '@lang': 'cel' },
      while: 'closing',
      does: [
        says(
          'caller',
          text('And my till? Is anybody coming at all?', '那我的收银机呢？到底来不来人？'),
          'impatient',
        ),
      ],
    },
    leaves('caller', 'At two, then. I am counting on you.', '那就两点。我可等着。', 'PT8S'),
  ],
  moves: [
    ...openings,
    ...closings,
    {
      id: 'hear-him-out',
      text: text(
        '“Mr He, two visits and again a queue: I would be upset too. Please tell me everything, I am writing it down.”',
        '“何先生，修了两次又耽误生意，换谁都着急。您慢慢说，我都记下来。”',
      ),
      in: ['talking'],
      keeps: ['PC-06', 'PC-03'],
      does: [
        says(
          'caller',
          text('… Well. It freezes whenever it prints the receipt.', '……唉。一打小票它就死机。'),
          'impatient',
        ),
      ],
    },
    {
      id: 'argue',
      text: text('“Mind your language. Who are you calling a swindler?”', '“你嘴巴放干净点，说谁是骗子呢？”'),
      in: ['talking'],
      breaks: ['PC-08', 'GN-20'],
      critical: true,
      does: [
        says(
          'caller',
          text('What? Your name! I will call the newspaper!', '什么？你叫什么名字！我找媒体曝光你们！'),
          'angry',
        ),
      ],
      explain: text(
        'However unreasonable he is: no argument, no insult. His anger is about the till, not about you.',
        '客户再不讲理也不能争执或恶语相向。他气的是机器，不是你这个人。',
      ),
    },
    {
      id: 'pass-on',
      text: text('“That was the field service. Ring them yourself.”', '“那是外勤的事，您自己找他们吧。”'),
      in: ['talking'],
      breaks: ['GN-05', 'PC-11'],
      does: [says('caller', text('Passing me round like a ball!', '又踢皮球！'), 'angry')],
      explain: text(
        'Whoever answers owns the problem until somebody has taken it.',
        '首问负责：在有人接手之前，接电话的人就是负责人。',
      ),
    },
    {
      id: 'blame-inside',
      text: text(
        '“Between us: they keep saving on parts here, the repaired boards are all seconds.”',
        '“跟您说实话，公司这阵子压成本，换上去的都是返修板。”',
      ),
      in: ['talking'],
      breaks: ['PC-14'],
      explain: text(
        'Inner workings are not told to customers, true or not.',
        '公司内部情况不得对客户讲，不论真假。',
      ),
    },
    {
      id: 'guarantee',
      text: text('“I guarantee that it will never happen again.”', '“我保证以后绝对不会再坏。”'),
      in: ['talking', 'closing'],
      breaks: ['PC-13'],
      explain: text(
        'That is the third promise. Promise what you can keep: who comes, and when.',
        '这已经是第三次“保证”了。只承诺做得到的：谁来、几点来。',
      ),
    },
    {
      id: 'record-file',
      text: text(
        '“The supermarket in Renmin Road, and your number is still 137 0000 0731?”',
        '“是人民路的锦辉超市吧，您的电话还是13700000731？”',
      ),
      in: ['talking.speaking.customerFile'],
      as: {
        do: 'event',
        type: 'customer.record',
        payload: {
          customerName: '何建国',
          customerPhone: '13700000731',
          customerAddress: '苏州市姑苏区人民路318号锦辉超市',
          customerContact: '何建国',
          region: '姑苏',
        },
      },
    },
    {
      id: 'record-request',
      text: text(
        '“The till freezes while printing, for the third time. Have I got that right?”',
        '“收银机一打小票就死机，这是第三次，我记的对吗？”',
      ),
      in: ['talking.speaking.conversation'],
      as: {
        do: 'event',
        type: 'request.record',
        payload: { problem, problemKind: 'hardware', severity: 'high' },
      },
    },
    {
      id: 'record-complaint',
      text: text(
        '“I am recording this as a complaint. You will have our decision within one day.”',
        '“我为您登记投诉，一天之内给您明确答复。”',
      ),
      in: ['talking.speaking.conversation', 'wrapUp'],
      as: {
        do: 'event',
        type: 'outcome.complaint',
        payload: { text: '收银机两次上门维修后仍死机，影响营业', quality: true },
      },
      keeps: ['GN-07'],
    },
    {
      id: 'ask-further',
      text: text(
        '“What else can I do for you? Shall we get the till going first?”',
        '“您还有什么需要？咱们先安排人把收银机修好？”',
      ),
      in: ['closing'],
      as: {
        do: 'event',
        type: 'request.further',
        payload: { problem: '收银机打小票死机，要求当日上门', problemKind: 'hardware', severity: 'high' },
      },
      keeps: ['GN-21'],
      does: [
        says('caller', text('Today! Before the evening rush!', '今天！晚高峰之前必须来！'), 'impatient'),
      ],
    },
    {
      id: 'book-visit',
      text: text(
        '“An engineer at two o’clock this afternoon, would that suit you?”',
        '“今天下午两点安排工程师上门，您看方便吗？”',
      ),
      in: ['talking.speaking.conversation', 'wrapUp'],
      as: {
        do: 'event',
        type: 'outcome.visit',
        payload: {
          timeWanted: '2026-03-09T06:00:00.000Z',
          distanceBand: 'near',
          result: '今日14:00上门，带备用主板',
        },
      },
      again: true,
    },
  ],
  hidden: HIDDEN,
  prompts: [
    {
      id: 'his-anger',
      in: 'talking',
      text: text('He is angry about the till, not about you.', '他气的是收银机，不是你。'),
      norms: ['PC-08'],
    },
    {
      id: 'both-wishes',
      in: 'closing',
      text: text('Has everything he asked for an owner?', '他提的事都有着落了吗？'),
      norms: ['PC-07'],
    },
  ],
  must: [
    {
      id: 'complaint',
      what: { event: 'outcome.complaint' },
      title: text('The complaint is on record', '投诉已登记'),
      norm: 'GN-07',
    },
    {
      id: 'visit',
      what: { event: 'outcome.visit' },
      title: text('The till gets its visit', '收银机已安排上门'),
      norm: 'PC-07',
    },
  ],
  timeLimit: 'PT10M',
  rubric: {
    norms: {
      'PC-01': 5,
      'PC-03': 5,
      'PC-06': 15,
      'PC-07': 15,
      'PC-10': 10,
      'PC-21': 10,
      'GN-07': 10,
      'GN-09': 5,
      'GN-21': 5,
    },
    critical: ['PC-08'],
    passMark: 80,
  },
  runs: {
    model: {
      title: text('Calm, and both wishes owned', '不争执，两件事都有着落'),
      steps: [
        ...opened,
        move('record-complaint', 'PT15S'),
        move('ask-further', 'PT5S'),
        move('book-visit', 'PT10S'),
        ...closed('PT12S'),
      ],
      expect: passes(['ended'], 'done'),
    },
    argued: {
      title: text('Answered in his tone', '跟客户吵了起来'),
      steps: [...answered('PT4S'), move('argue', 'PT5S')],
      expect: fails(['talking.speaking.customerFile'], ['GN-20', 'PC-08']),
    },
    'passed-round': {
      title: text('Passed on, with secrets and guarantees', '推给别人，还乱说乱保证'),
      steps: [
        ...answered('PT4S'),
        move('pass-on', 'PT5S'),
        move('record-file', 'PT10S'),
        move('record-request', 'PT10S'),
        move('blame-inside', 'PT10S'),
        move('guarantee', 'PT5S'),
        move('book-visit', 'PT10S'),
        ...closed('PT12S'),
      ],
      expect: fails(['ended'], ['GN-05', 'PC-11', 'PC-13', 'PC-14'], 'done'),
    },
    'line-dropped': {
      title: text('The line drops: what was asked is still owed', '通话中断，仍然给出处理结果'),
      steps: [...opened, wait('PT4M'), move('book-visit', 'PT10S')],
      expect: fails(['endedEarly'], [], 'done'),
    },
  },
}
