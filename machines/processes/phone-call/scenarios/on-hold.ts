/**
 * A man with little time, and an answer that has to be looked up: how a wait is asked for, filled, and ended.
 */
import type { Scenario } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, forbidden, move, passes, says, send, tells, wait } from '../../scenario-author.ts'
import { agent, answered, closed, closings, HIDDEN, leaves, line, openings } from './people.ts'

const holdReason = '查询该序列号的购买日期与保修期'
const asked = [move('ask-name', 'PT12S'), move('repeat', 'PT10S')]

export const onHold: Scenario = {
  id: 'call-on-hold',
  process: 'phone-call',
  title: text('“Is it still under warranty?”', '“还在保修期吗？”'),
  briefing: text(
    'Tuesday, twenty to eleven. A customer wants to know whether his notebook is still under warranty. The look-up takes half a minute, and he is in a hurry.',
    '周二上午十点四十分。客户想知道笔记本是否还在保修期内，查询大约要半分钟，而他正赶时间。',
  ),
  purpose: text(
    'Say what the wait is for, give a word every few seconds, and promise nothing that is not certain.',
    '请客户等待先说明原因，每隔几秒致谢或致歉；没有把握的事不承诺。',
  ),
  difficulty: 'medium',
  tags: ['hold', 'warranty', 'depot'],
  seed: 4,
  start: {
    now: '2026-03-03T02:40:00.000Z',
    fields: { source: 'call', callerNumber: '010-55501842' },
    trainee: agent,
  },
  cast: {
    caller: {
      name: text('Mr Zhao Qiang, a salesman', '赵强（销售经理）'),
      roles: ['customer'],
      temper: 'impatient',
      about: text(
        'His train leaves in an hour, the notebook does not charge.',
        '一小时后要赶高铁，笔记本充不进电。',
      ),
    },
    colleague: {
      name: text('Xiao Fang at the next desk', '邻座的小方'),
      roles: ['hotline-agent'],
      temper: 'calm',
    },
    line,
  },
  happens: [
    {
      id: 'asks',
      when: { enters: 'talking' },
      after: 'PT1S',
      while: 'talking',
      does: [
        says(
          'caller',
          text(
            'My notebook does not charge. Is it still under warranty, yes or no? I have a train to catch.',
            '我笔记本充不进电了。还在不在保修期，给个准话，我赶火车呢。',
          ),
          'impatient',
        ),
      ],
    },
    {
      id: 'joke',
      when: { enters: 'talking.onHold' },
      after: 'PT3S',
      while: 'talking.onHold',
      does: [says('colleague', text('Psst, have a look at this video!', '哎，快来看这个视频，笑死我了！'))],
    },
    {
      id: 'still-there',
      when: { enters: 'talking.onHold' },
      after: 'PT11S',
      while: 'talking.onHold',
      does: [says('caller', text('Hello? Is anybody there?', '喂？还有人吗？'), 'impatient')],
    },
    {
      id: 'found',
      when: { enters: 'talking.onHold' },
      after: { least: 'PT18S', most: 'PT24S' },
      while: 'talking.onHold',
      does: [
        tells(
          text(
            'The screen shows: bought on 18 April 2025, one year from purchase.',
            '屏幕显示：2025年4月18日购买，购买日起一年内保修。',
          ),
        ),
      ],
    },
    leaves('caller', 'Good. I will hand it in at the station. Bye.', '行，我顺路送过去，再见。'),
  ],
  moves: [
    ...openings,
    ...closings,
    {
      id: 'ask-name',
      text: text(
        '“I will look it up at once. Your name, telephone and the serial number on the underside, please?”',
        '“我马上为您查。请问您贵姓、电话，还有机身底部的序列号？”',
      ),
      in: ['talking.speaking.customerFile'],
      as: {
        do: 'event',
        type: 'customer.record',
        payload: { customerName: '赵强', customerPhone: '13900000184', serialNumber: 'AX14-25-0418-77' },
      },
      keeps: ['PC-03'],
      does: [
        says(
          'caller',
          text('Zhao Qiang, 139 0000 0184, AX14-25-0418-77.', '赵强，13900000184，AX14-25-0418-77。'),
        ),
      ],
    },
    {
      id: 'repeat',
      text: text(
        '“The notebook does not charge, and you would like to know about the warranty.”',
        '“笔记本充不进电，您想确认是否在保修期内，对吗？”',
      ),
      in: ['talking.speaking.conversation'],
      as: {
        do: 'event',
        type: 'request.record',
        payload: { problem: '笔记本无法充电，查询保修期', problemKind: 'hardware', severity: 'normal' },
      },
    },
    {
      id: 'ask-to-wait',
      text: text(
        '“May I ask you to hold the line while I look up the date of purchase? About half a minute.”',
        '“我需要查一下购买日期，大约半分钟，请您稍候，好吗？”',
      ),
      in: ['talking.speaking'],
      as: { do: 'event', type: 'hold.start', payload: { reason: holdReason } },
      keeps: ['PC-04'],
      again: true,
    },
    {
      id: 'wait-a-moment',
      text: text('“Wait.” And he hears music', '“等会儿。”直接按下等待键'),
      in: ['talking.speaking'],
      as: { do: 'event', type: 'hold.start', payload: { reason: '（未说明）' } },
      breaks: ['PC-04', 'PC-03'],
      explain: text('Ask him to wait, and say what for.', '请客户等待须先征求意见并说明原因。'),
    },
    {
      id: 'thanks',
      text: text('“Thank you for waiting, I am still looking it up.”', '“感谢您的耐心等待，正在为您查询。”'),
      in: ['talking.onHold'],
      as: { do: 'event', type: 'hold.acknowledge' },
      again: true,
    },
    {
      id: 'watch-video',
      text: text('Laugh along with Xiao Fang for a moment', '凑过去跟小方一起笑两声'),
      in: ['talking.onHold'],
      breaks: ['PC-15', 'GN-18'],
      explain: text(
        'The hotline room is quiet; on hold the caller often hears it all.',
        '热线区内保持安静，客户往往听得见。',
      ),
    },
    {
      id: 'promise',
      text: text('“It is free, no question, you will have it back today.”', '“肯定免费，今天就能修好给您。”'),
      in: ['talking.speaking.conversation'],
      breaks: ['PC-13'],
      explain: text(
        'Neither the cause nor the stock is known yet. Tell the rule: free within a year where the fault is ours.',
        '故障原因和备件都还不清楚。应说明政策：购买一年内因设计、生产、装配所致故障免费。',
      ),
    },
    {
      id: 'policy',
      text: text(
        '“Bought on 18 April: within the year. Should the fault be of our making, it is free; our station looks at it and tells you first.”',
        '“您是去年4月18日购买的，还在一年内。若属我方原因则免费，维修站检测后会先告知您。”',
      ),
      in: ['talking.speaking.conversation'],
      keeps: ['PC-06'],
      does: [
        says(
          'caller',
          text(
            'Fine. There is one by the station, I will drop it on my way.',
            '行。火车站旁边就有一家，我顺路送去。',
          ),
          'calm',
        ),
      ],
    },
    {
      id: 'depot',
      text: text('Open the depot repair: he brings the machine', '登记送修：客户自行送到车站店'),
      in: ['talking.speaking.conversation'],
      as: {
        do: 'event',
        type: 'outcome.depot',
        payload: { result: '送车站维修站，带上电源和发票', bringing: true },
      },
      again: true,
    },
  ],
  hidden: HIDDEN,
  prompts: [
    {
      id: 'hold-words',
      in: 'talking.onHold',
      text: text('How long has he heard nothing from you?', '他已经多久没听到你的声音了？'),
      norms: ['PC-05'],
    },
    {
      id: 'ask-first',
      in: 'talking.speaking.conversation',
      text: text('Before he waits: what does he need to know?', '请他等待之前，要先告诉他什么？'),
      norms: ['PC-04'],
    },
  ],
  must: [
    {
      id: 'told-policy',
      what: { move: 'policy' },
      title: text('The warranty is told as it is', '如实说明保修政策'),
      norm: 'PC-13',
    },
  ],
  timeLimit: 'PT6M',
  rubric: {
    norms: {
      'PC-01': 10,
      'PC-02': 5,
      'PC-04': 20,
      'PC-05': 20,
      'PC-06': 5,
      'PC-07': 10,
      'PC-09': 5,
      'PC-10': 10,
      'PC-21': 10,
    },
    critical: [],
    passMark: 80,
  },
  runs: {
    model: {
      title: text('A word every few seconds', '每隔几秒都有回应'),
      steps: [
        ...answered(),
        ...asked,
        move('ask-to-wait', 'PT3S'),
        move('thanks', 'PT7S'),
        move('thanks', 'PT8S'),
        move('thanks', 'PT8S'),
        send('hold.end', {}, 'PT2S'),
        move('policy', 'PT3S'),
        move('depot', 'PT15S'),
        ...closed(),
      ],
      expect: passes(['ended'], 'done'),
    },
    'left-in-silence': {
      title: text('Half a minute of silence, then a promise', '晾了半分钟，又随口承诺'),
      steps: [
        ...answered(),
        ...asked,
        move('wait-a-moment', 'PT2S'),
        move('watch-video', 'PT5S'),
        wait('PT20S'),
        send('hold.end', {}, 'PT2S'),
        move('promise', 'PT3S'),
        move('depot', 'PT10S'),
        ...closed(),
      ],
      expect: fails(['ended'], ['GN-18', 'PC-03', 'PC-04', 'PC-05', 'PC-13', 'PC-15'], 'done'),
    },
    'own-affairs': {
      title: text('A private call on the hotline meanwhile', '等待时用热线打私人电话'),
      steps: [
        ...answered(),
        ...asked,
        move('ask-to-wait', 'PT3S'),
        forbidden('PC-16', 'PT3S'),
        wait('PT25S'),
        send('hold.end'),
        move('depot', 'PT5S'),
        move('put-down', 'PT3S'),
      ],
      expect: fails(['agentHungUpFirst'], ['PC-05', 'PC-10', 'PC-16'], 'done'),
    },
  },
}
