/**
 * The plain call: a worried lady, a printer without paper, and patience to the last word.
 */
import type { Scenario } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, tells } from '../../scenario-author.ts'
import { agent, answered, closed, closings, HIDDEN, leaves, line, openings } from './people.ts'

const talk = [move('ask-name', 'PT15S'), move('repeat', 'PT20S')]

export const cannotPrint: Scenario = {
  id: 'call-cannot-print',
  process: 'phone-call',
  title: text('The printer will not print', '打印机打不出来'),
  briefing: text(
    'Monday, a quarter past ten, at the hotline desk. The telephone is ringing. You are badge 8021.',
    '周一上午十点一刻，你在热线座席值班，工号8021。电话正在响。',
  ),
  purpose: text(
    'The whole of an ordinary call: answered in time, greeted, recorded, guided in plain words, closed, and the caller hangs up first.',
    '一通普通来电的完整过程：及时接听、问候、登记、用通俗的话引导、结束语，客户先挂机。',
  ),
  difficulty: 'easy',
  tags: ['new', 'greeting', 'guidance'],
  seed: 21,
  start: {
    now: '2026-03-02T02:15:00.000Z',
    fields: { source: 'call', callerNumber: '010-55501370' },
    trainee: agent,
  },
  cast: {
    caller: {
      name: text('Ms Wang Xiulan, a retired teacher', '王秀兰（退休教师）'),
      roles: ['customer'],
      temper: 'worried',
      about: text(
        'Seventy-one, lives alone, is afraid of breaking something.',
        '七十一岁，独居，总怕把东西弄坏。',
      ),
    },
    line,
  },
  happens: [
    {
      id: 'second-ring',
      when: { at: 'PT5S' },
      while: 'ringing',
      does: [tells(text('The second ring.', '电话响第二声。'))],
    },
    {
      id: 'third-ring',
      when: { at: 'PT10S' },
      while: 'ringing',
      does: [tells(text('The third ring.', '电话响第三声。'))],
    },
    {
      id: 'tells-her-trouble',
      when: { enters: 'talking' },
      after: 'PT2S',
      while: 'talking',
      does: [
        says(
          'caller',
          text(
            'Young lady, my printer has stopped, and my grandson needs his homework tomorrow. Did I break it?',
            '姑娘，我家打印机打不出来了，孙子明天要交作业。是不是我给弄坏了？',
          ),
          'worried',
        ),
      ],
    },
    {
      id: 'chats',
      when: { enters: 'awaitingHangUp' },
      after: 'PT2S',
      while: 'awaitingHangUp',
      does: [
        says(
          'caller',
          text(
            'You are so patient! My daughter always scolds me. You know, my grandson is in the third form now …',
            '你真有耐心！我闺女一教我就急。我那孙子呀，今年上三年级了……',
          ),
        ),
      ],
    },
    leaves('caller', 'Well, I must not keep you. Goodbye!', '好了好了，不耽误你了，再见啊！', 'PT25S'),
  ],
  moves: [
    ...openings,
    ...closings,
    {
      id: 'ask-name',
      text: text(
        '“Do not worry, we will find out together. May I ask your name and a number to reach you at?”',
        '“您别着急，咱们一起看看。请问您贵姓，方便留个联系电话吗？”',
      ),
      in: ['talking.speaking.customerFile'],
      as: {
        do: 'event',
        type: 'customer.record',
        payload: { customerName: '王秀兰', customerPhone: '13800000137' },
      },
      keeps: ['PC-03'],
      does: [says('caller', text('Wang Xiulan, 138 0000 0137.', '我叫王秀兰，电话13800000137。'))],
    },
    {
      id: 'repeat',
      text: text(
        '“Let me write that down: it printed yesterday, and today no sheet comes out, is that right?”',
        '“我记录一下：昨天还能打，今天不出纸，对吗？”',
      ),
      in: ['talking.speaking.conversation'],
      as: {
        do: 'event',
        type: 'request.record',
        payload: { problem: '打印机昨天正常，今天不出纸', problemKind: 'hardware', severity: 'low' },
      },
      does: [says('caller', text('Right. And a red lamp is blinking.', '对对，还有个红灯一闪一闪的。'))],
    },
    {
      id: 'guide',
      text: text(
        '“The red lamp means it has no paper. Please pull the lower tray towards you and tell me what you see.”',
        '“红灯闪是缺纸了。麻烦您把最下面的纸盒往外拉，看看里面还有纸吗？”',
      ),
      in: ['talking.speaking.conversation'],
      keeps: ['PC-06', 'GN-11'],
      does: [
        says(
          'caller',
          text('Empty! I put some in … it prints! It prints!', '空的！我放点纸进去……出来了，出来了！'),
          'calm',
        ),
      ],
      explain: text(
        'One step at a time, in words she knows: so she solved it herself.',
        '一步一步、用她听得懂的话引导，问题由她自己解决了。',
      ),
    },
    {
      id: 'jargon',
      text: text(
        '“Restart the spooler service and enumerate the USB port again.”',
        '“您重启一下spooler服务，再把USB重新枚举一遍。”',
      ),
      in: ['talking.speaking.conversation'],
      breaks: ['GN-11'],
      does: [
        says(
          'caller',
          text('Spoo… what? I told you, I know nothing of these things.', '思……什么？我都说了我不懂这些。'),
          'worried',
        ),
      ],
      explain: text(
        'Plain and short words: she does not know these terms.',
        '应使用通俗简短的语言，客户听不懂这些术语。',
      ),
    },
    {
      id: 'manual',
      text: text('“It is all in the manual. Just read it.”', '“说明书上都写着呢，您自己翻翻。”'),
      in: ['talking.speaking.conversation'],
      breaks: ['PC-06', 'PC-11'],
      does: [
        says(
          'caller',
          text('The print is so small, I cannot read it …', '那字太小了，我看不清呀……'),
          'worried',
        ),
      ],
      explain: text(
        'She asked for help within our service. Sending her to the manual is a refusal.',
        '客户的要求在服务范围内，让她自己看说明书等于拒绝服务。',
      ),
    },
    {
      id: 'tea',
      text: text('Have your tea and biscuits while she talks', '她慢慢讲，自己先喝口茶吃块饼干'),
      in: ['talking'],
      breaks: ['PC-12'],
      explain: text(
        'It is heard at the other end. No food or drink on a call.',
        '对方听得见。接听电话时不得饮食。',
      ),
    },
    {
      id: 'solved',
      text: text(
        'Record: tray filled by the caller, printing again',
        '登记：指导客户加纸后恢复打印，电话解决',
      ),
      in: ['talking.speaking.conversation'],
      as: {
        do: 'event',
        type: 'outcome.solved',
        payload: { result: '指导客户检查纸盒并加纸，恢复打印' },
      },
      again: true,
    },
  ],
  hidden: HIDDEN,
  prompts: [
    {
      id: 'greeting-words',
      in: 'greeting',
      text: text('Company, badge, help: in this order.', '先报公司，再报工号，再询问需求。'),
      norms: ['PC-02'],
    },
    {
      id: 'wait-for-her',
      in: 'awaitingHangUp',
      text: text('Who hangs up first?', '谁应该先挂机？'),
      norms: ['PC-10'],
    },
  ],
  must: [
    {
      id: 'guided',
      what: { move: 'guide' },
      title: text('She was guided to the solution', '引导客户解决问题'),
      norm: 'PC-06',
    },
  ],
  timeLimit: 'PT10M',
  rubric: {
    norms: {
      'PC-01': 10,
      'PC-02': 10,
      'PC-03': 5,
      'PC-06': 10,
      'PC-07': 10,
      'PC-09': 10,
      'PC-10': 15,
      'PC-21': 10,
      'GN-09': 5,
      'GN-11': 5,
    },
    critical: [],
    passMark: 80,
  },
  runs: {
    model: {
      title: text('Patient to the end', '自始至终耐心'),
      steps: [...answered(), ...talk, move('guide', 'PT40S'), move('solved', 'PT15S'), ...closed('PT30S')],
      expect: passes(['ended'], 'done'),
    },
    'late-but-sorry': {
      title: text('Answered late, with an apology', '接听迟了，但已致歉'),
      steps: [
        send('answer', { badge: '8021' }, 'PT19S'),
        move('apologise', 'PT2S'),
        move('greet', 'PT2S'),
        send('greeting.done', {}, 'PT4S'),
        ...talk,
        move('guide', 'PT40S'),
        move('solved', 'PT15S'),
        ...closed('PT30S'),
      ],
      expect: { ...passes(['ended'], 'done'), broken: ['PC-01'] },
    },
    'in-a-hurry': {
      title: text('Sent to the manual, and hung up on', '打发客户看说明书，又先挂机'),
      steps: [
        ...answered(),
        ...talk,
        move('tea', 'PT5S'),
        move('manual', 'PT10S'),
        move('solved', 'PT10S'),
        move('thank', 'PT5S'),
        send('closing.done', {}, 'PT5S'),
        move('put-down', 'PT5S'),
      ],
      expect: fails(['agentHungUpFirst'], ['PC-06', 'PC-10', 'PC-11', 'PC-12'], 'done'),
    },
  },
}
