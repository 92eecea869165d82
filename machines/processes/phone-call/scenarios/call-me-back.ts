/**
 * A promise to call back, made on Friday evening: it is kept within working time, also when nobody answers at first.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, tells, wait } from '../../scenario-author.ts'
import { agent, answered, closed, closings, HIDDEN, leaves, line, openings } from './people.ts'

const opened: Step[] = [...answered('PT6S'), move('record-file', 'PT12S'), move('record-request', 'PT12S')]
const promised: Step[] = [...opened, move('promise-call', 'PT15S'), ...closed()]

export const callMeBack: Scenario = {
  id: 'call-me-back',
  process: 'phone-call',
  title: text('“Call me back today”', '“今天给我回个话”'),
  briefing: text(
    'Friday, half past four. The school wants to know whether a lamp for its projector is in stock. The store answers within the hour; the hotline closes at six.',
    '周五下午四点半。学校想知道投影机灯泡有没有货，仓库一小时内能回话，热线六点下班。',
  ),
  purpose: text(
    'A call-back has an hour and an owner. Not reached is not done: a new time is set, and it is kept on Monday.',
    '回电要有时间、有责任人。没打通不算完成，须另定时间并在周一兑现。',
  ),
  difficulty: 'medium',
  tags: ['call-back', 'working-time', 'parts'],
  seed: 31,
  start: {
    now: '2026-03-06T08:30:00.000Z',
    fields: { source: 'call', callerNumber: '025-55502210' },
    trainee: agent,
  },
  cast: {
    caller: {
      name: text('Mr Shen, head of teaching', '沈主任（教务处）'),
      roles: ['customer'],
      temper: 'calm',
      about: text(
        'Open day on Tuesday, and the projector in the hall is dark.',
        '周二开放日，礼堂投影机不亮。',
      ),
    },
    line,
  },
  happens: [
    {
      id: 'asks',
      when: { enters: 'talking' },
      after: 'PT2S',
      if: { '@expr': 'size(job.earlierOutcomes) == 0', '@lang': 'cel' },
      while: 'talking',
      does: [
        says(
          'caller',
          text(
            'Have you a lamp for the XL-300 projector? Tuesday is our open day.',
            'XL-300投影机的灯泡有货吗？我们周二开放日要用。',
          ),
        ),
      ],
    },
    {
      id: 'store-answers',
      when: { enters: 'callBack' },
      after: 'PT30M',
      while: 'callBack',
      does: [
        tells(
          text(
            'The store: two lamps in stock, reserved until Monday evening.',
            '仓库回复：有两只，保留到周一晚上。',
          ),
        ),
      ],
    },
    {
      id: 'class-over',
      when: { chosen: { event: 'callBack.made' } },
      after: 'PT2S',
      while: 'talking',
      does: [says('caller', text('Ah, you are calling back. And?', '哦，你们回电了。有货吗？'))],
    },
    leaves('caller', 'Very good. Goodbye!', '太好了，再见！'),
  ],
  moves: [
    ...openings,
    ...closings,
    {
      id: 'record-file',
      text: text(
        '“Which school are you calling from, and at which number do I reach you?”',
        '“请问您是哪所学校，回电打哪个号码方便？”',
      ),
      in: ['talking.speaking.customerFile'],
      as: {
        do: 'event',
        type: 'customer.record',
        payload: {
          customerName: '育才中学教务处',
          customerPhone: '13500002210',
          customerContact: '沈主任',
          customerAddress: '南京市鼓楼区育才路9号',
          customerPostcode: '210009',
        },
      },
      does: [says('caller', text('Yucai school, Shen, 135 0000 2210.', '育才中学，我姓沈，13500002210。'))],
    },
    {
      id: 'record-request',
      text: text(
        '“A lamp for the XL-300, by Tuesday. I am writing it down.”',
        '“XL-300灯泡，周二前要用，我记下了。”',
      ),
      in: ['talking.speaking.conversation'],
      if: { '@expr': '!has(job.problem)', '@lang': 'cel' },
      as: {
        do: 'event',
        type: 'request.record',
        payload: {
          problem: '询问XL-300投影机灯泡是否有货，周二前要用',
          problemKind: 'hardware',
          severity: 'normal',
        },
      },
    },
    {
      id: 'surely-there',
      text: text(
        '“There is always one in stock, you will have it on Monday.”',
        '“这个肯定有，周一准给您送到。”',
      ),
      in: ['talking.speaking.conversation'],
      if: { '@expr': 'size(job.earlierOutcomes) == 0', '@lang': 'cel' },
      breaks: ['PC-13'],
      explain: text(
        'The store has not answered yet. “I will ask, and call you at half past five” is a promise you can keep.',
        '仓库还没回话。“我问清楚，五点半给您回电”才是做得到的承诺。',
      ),
    },
    {
      id: 'ring-later',
      text: text('“Ring again later, I do not know.”', '“我不清楚，您晚点再打来吧。”'),
      in: ['talking.speaking.conversation'],
      if: { '@expr': 'size(job.earlierOutcomes) == 0', '@lang': 'cel' },
      breaks: ['PC-11', 'GN-21'],
      does: [
        says(
          'caller',
          text('I should ring again? You are the hotline!', '还要我再打？你们不是服务热线吗！'),
          'impatient',
        ),
      ],
      explain: text(
        'It is for us to find out and to call, not for the customer.',
        '该由我们查清后回电，不能让客户再打来。',
      ),
    },
    {
      id: 'promise-call',
      text: text(
        '“I ask the store, and call you back at half past five today. Is that all right?”',
        '“我跟仓库核实，今天五点半给您回电，可以吗？”',
      ),
      in: ['talking.speaking.conversation'],
      as: {
        do: 'event',
        type: 'outcome.callBack',
        payload: { callBackAt: '2026-03-06T09:30:00.000Z', result: '答复XL-300灯泡库存' },
      },
      does: [says('caller', text('Half past five, good.', '五点半，行。'))],
    },
    {
      id: 'no-answer',
      text: text(
        'Nobody answers. Note it, and set Monday at half past nine',
        '无人接听：登记，改为周一九点半再回电',
      ),
      in: ['callBack'],
      as: {
        do: 'event',
        type: 'callBack.unreached',
        payload: { callBackAt: '2026-03-09T01:30:00.000Z' },
      },
      does: [tells(text('It rings and rings: he is in class.', '一直没人接，沈主任正在上课。'))],
    },
    {
      id: 'private-call',
      text: text('The line is free: ring home about dinner', '趁线路空着，给家里打个电话问晚饭'),
      in: ['callBack'],
      breaks: ['PC-16'],
      explain: text(
        'The hotline is for callers; the next one finds it engaged.',
        '热线是给客户用的，占用时客户就打不进来。',
      ),
    },
    {
      id: 'tell-stock',
      text: text(
        '“Two are here, one is reserved for you. We send it today, you have it on Monday at noon.”',
        '“有两只，已为您留一只，今天发出，周一中午前送到。”',
      ),
      in: ['talking.speaking.conversation'],
      if: { '@expr': 'size(job.earlierOutcomes) > 0', '@lang': 'cel' },
      as: {
        do: 'event',
        type: 'outcome.solved',
        payload: { result: '已留货并发出XL-300灯泡一只' },
      },
      keeps: ['GN-28'],
      does: [says('caller', text('Splendid, thank you.', '好，谢谢你。'), 'calm')],
    },
  ],
  hidden: HIDDEN,
  prompts: [
    {
      id: 'owed',
      in: 'callBack',
      text: text(
        'A promise is no end: the call stays open until he has his answer.',
        '承诺回电不是结束，答复客户后才能结案。',
      ),
      norms: ['PC-07'],
    },
  ],
  must: [
    {
      id: 'called',
      what: { event: 'callBack.made' },
      title: text('He was called back', '已给客户回电'),
      norm: 'PC-07',
      weight: 20,
    },
  ],
  timeLimit: 'P3D',
  rubric: {
    norms: {
      'PC-01': 5,
      'PC-02': 5,
      'PC-07': 25,
      'PC-09': 5,
      'PC-10': 5,
      'PC-21': 10,
      'GN-01': 15,
      'GN-09': 5,
      'GN-28': 5,
    },
    critical: [],
    passMark: 80,
  },
  runs: {
    model: {
      title: text('Called at half past five', '五点半准时回电'),
      steps: [...promised, send('callBack.made', {}, 'PT57M'), move('tell-stock', 'PT8S'), ...closed()],
      expect: passes(['ended'], 'done'),
    },
    'kept-on-monday': {
      title: text('Not reached on Friday, kept on Monday', '周五没打通，周一兑现'),
      steps: [
        ...promised,
        move('no-answer', 'PT57M'),
        send('callBack.made', {}, 'P2DT16H'),
        move('tell-stock', 'PT8S'),
        ...closed(),
      ],
      expect: passes(['ended'], 'done'),
    },
    forgotten: {
      title: text('A certainty on the telephone, a call-back forgotten', '嘴上打包票，回电忘到脑后'),
      steps: [
        ...opened,
        move('surely-there', 'PT10S'),
        move('promise-call', 'PT5S'),
        ...closed(),
        move('private-call', 'PT20M'),
        wait('P2DT18H'),
        send('callBack.made', {}, 'PT1M'),
        move('tell-stock', 'PT8S'),
        ...closed(),
      ],
      expect: fails(['ended'], ['PC-07', 'PC-13', 'PC-16'], 'done'),
    },
    'sent-away': {
      title: text('The customer should ring again', '让客户自己再打来'),
      steps: [...opened, move('ring-later', 'PT5S'), move('put-down', 'PT5S'), wait('PT20M')],
      expect: fails(['wrapUp'], ['GN-21', 'PC-10', 'PC-11']),
    },
  },
}
