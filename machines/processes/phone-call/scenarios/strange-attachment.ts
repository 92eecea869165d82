/**
 * A locked computer and a caller who wants a tool at once: nothing is sent unchecked, nothing deleted, nobody's data told.
 */
import type { Scenario } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, forbidden, move, passes, says } from '../../scenario-author.ts'
import { agent, answered, closed, closings, HIDDEN, leaves, line, openings } from './people.ts'

const opened = [...answered('PT5S'), move('record-file', 'PT12S'), move('record-request', 'PT15S')]

export const strangeAttachment: Scenario = {
  id: 'call-strange-attachment',
  process: 'phone-call',
  title: text('None of the files will open', '文件全打不开了'),
  briefing: text(
    'Wednesday afternoon. An accountant has opened an attachment, and now every file has a strange ending. You can see her screen: she has let you in for remote help.',
    '周三下午，一位会计点开了一个邮件附件，之后所有文件都变成了奇怪的后缀。她已同意远程协助，你能看到她的屏幕。',
  ),
  purpose: text(
    'Data first: nothing deleted, no unchecked tool, no word about other customers. What cannot be solved by phone gets a visit.',
    '数据第一：不删文件、不发未经检查的工具、不谈其他客户。电话解决不了就安排上门。',
  ),
  difficulty: 'hard',
  tags: ['security', 'data', 'remote'],
  seed: 9,
  start: {
    now: '2026-03-11T06:30:00.000Z',
    fields: { source: 'call', callerNumber: '0571-55506644' },
    trainee: agent,
  },
  cast: {
    caller: {
      name: text('Ms Sun Lijuan, accountant', '孙丽娟（会计）'),
      roles: ['customer'],
      temper: 'worried',
      about: text(
        'The tax return is due on Friday, and all of it is on this computer.',
        '周五报税截止，账全在这台电脑上。',
      ),
    },
    line,
  },
  happens: [
    {
      id: 'tells',
      when: { enters: 'talking' },
      after: 'PT2S',
      while: 'talking',
      does: [
        says(
          'caller',
          text(
            'I opened the invoice somebody sent, and now nothing opens! All my accounts! Send me a tool, quick!',
            '我点开一个“发票”附件，现在什么都打不开了！账都在里面！快发个工具给我！',
          ),
          'worried',
        ),
      ],
    },
    {
      id: 'asks-about-others',
      when: { enters: 'talking.speaking.conversation' },
      after: 'PT35S',
      while: 'talking.speaking.conversation',
      does: [
        says(
          'caller',
          text(
            'Did the Xinglong company upstairs catch it too? How did you cure theirs?',
            '楼上兴隆公司是不是也中招了？他们是怎么处理的？',
          ),
        ),
      ],
    },
    leaves('caller', 'I leave it all off until four, then. Thank you.', '那我先断着网，等你们四点来。谢谢。'),
  ],
  moves: [
    ...openings,
    ...closings,
    {
      id: 'record-file',
      text: text(
        '“First pull out the network cable, please. And tell me your name, number and address.”',
        '“请您先把网线拔掉。再告诉我您的姓名、电话和地址。”',
      ),
      in: ['talking.speaking.customerFile'],
      as: {
        do: 'event',
        type: 'customer.record',
        payload: {
          customerName: '孙丽娟',
          customerPhone: '13600000664',
          customerAddress: '杭州市拱墅区新天地商务中心5幢903室',
          customerEmail: 'sunlijuan@example.com',
          region: '拱墅',
        },
      },
      keeps: ['PC-06'],
      does: [
        says(
          'caller',
          text(
            'It is out. Sun Lijuan, 136 0000 0664, Xintiandi, building 5, room 903.',
            '拔了。孙丽娟，13600000664，新天地5幢903。',
          ),
        ),
      ],
    },
    {
      id: 'record-request',
      text: text(
        '“Since you opened the attachment no file opens. Has a backup been made, and when?”',
        '“点开附件以后文件都打不开了。之前做过备份吗，什么时候做的？”',
      ),
      in: ['talking.speaking.conversation'],
      as: {
        do: 'event',
        type: 'request.record',
        payload: {
          problem: '点开邮件附件后文件后缀被改，全部无法打开，疑似勒索病毒',
          problemKind: 'software',
          severity: 'high',
        },
      },
      does: [says('caller', text('On a disk, in February.', '有块移动硬盘，二月份备的。'))],
    },
    {
      id: 'keep-off',
      text: text(
        '“Please start nothing more, and do not plug in the backup disk. What is there can still be saved so.”',
        '“请先不要再操作，备份硬盘也千万别插上，这样还能保住数据。”',
      ),
      in: ['talking.speaking.conversation'],
      keeps: ['PC-06', 'GN-11'],
      does: [
        says(
          'caller',
          text('Good that you say so, I had it in my hand.', '幸亏你说了，我正要插上。'),
          'calm',
        ),
      ],
    },
    {
      id: 'send-tool',
      text: text(
        'Send her the decryption tool from the forum, unchecked',
        '把论坛上下载的解密工具直接发给她',
      ),
      in: ['talking.speaking.conversation'],
      breaks: ['PC-18'],
      critical: true,
      explain: text(
        'Such “tools” are how the next malware comes. Nothing unchecked is sent to a customer.',
        '来路不明的“解密工具”往往就是下一个病毒，不得向客户发送未经检查的文件。',
      ),
    },
    {
      id: 'delete-files',
      text: text(
        'Delete the renamed files remotely: they are lost anyway',
        '远程把这些改了后缀的文件删掉，反正也打不开',
      ),
      in: ['talking.speaking'],
      breaks: ['PC-19'],
      critical: true,
      explain: text(
        'What cannot be opened today may be recovered tomorrow. Nothing of the customer’s is deleted.',
        '今天打不开的文件，明天也许能恢复。不得删除客户的任何文件。',
      ),
    },
    {
      id: 'talk-of-others',
      text: text('“Yes, Xinglong had it last week; they paid.”', '“对，兴隆上周也中了，他们最后交了钱。”'),
      in: ['talking.speaking.conversation'],
      breaks: ['GN-06', 'PC-14'],
      explain: text('No word about one customer to another.', '不得向客户透露其他客户的任何情况。'),
    },
    {
      id: 'not-told',
      text: text(
        '“I may not speak of other customers, as I would not speak of you.”',
        '“其他客户的情况我不便透露，您的情况我们同样会保密。”',
      ),
      in: ['talking.speaking.conversation'],
      keeps: ['PC-03'],
    },
    {
      id: 'all-back',
      text: text('“Rest assured, we will get all of it back by Friday.”', '“您放心，周五前肯定全给您恢复。”'),
      in: ['talking.speaking.conversation'],
      breaks: ['PC-13'],
      explain: text(
        'Nobody knows that yet. Promise the visit, not the result.',
        '能不能恢复谁也不知道。只能承诺上门，不能承诺结果。',
      ),
    },
    {
      id: 'book-visit',
      text: text(
        '“An engineer will be with you at four, with equipment to copy the disk first.”',
        '“今天下午四点工程师上门，会先把硬盘整盘做镜像。”',
      ),
      in: ['talking.speaking.conversation'],
      as: {
        do: 'event',
        type: 'outcome.visit',
        payload: {
          timeWanted: '2026-03-11T08:00:00.000Z',
          distanceBand: 'near',
          result: '16:00上门，先做硬盘镜像',
        },
      },
      again: true,
    },
  ],
  hidden: HIDDEN,
  prompts: [
    {
      id: 'what-is-certain',
      in: 'talking.speaking.conversation',
      text: text('What do you know for certain, and what not yet?', '哪些是确定的，哪些还不确定？'),
      norms: ['PC-13'],
    },
  ],
  must: [
    {
      id: 'nothing-more',
      what: { move: 'keep-off' },
      title: text('She is told to touch nothing more', '告知客户停止操作'),
      norm: 'PC-06',
    },
  ],
  timeLimit: 'PT10M',
  rubric: {
    norms: {
      'PC-01': 5,
      'PC-03': 5,
      'PC-06': 20,
      'PC-07': 15,
      'PC-09': 5,
      'PC-10': 10,
      'PC-21': 10,
      'GN-09': 10,
    },
    critical: ['PC-18', 'PC-19', 'GN-06'],
    passMark: 85,
  },
  runs: {
    model: {
      title: text('Network off, hands off, a visit at four', '断网、停手、四点上门'),
      steps: [
        ...opened,
        move('keep-off', 'PT8S'),
        move('not-told', 'PT20S'),
        move('book-visit', 'PT8S'),
        ...closed(),
      ],
      expect: passes(['ended'], 'done'),
    },
    'tool-sent': {
      title: text('A tool from the forum', '发了论坛上的工具'),
      steps: [...opened, move('send-tool', 'PT8S')],
      expect: fails(['talking.speaking.conversation'], ['PC-18']),
    },
    deleted: {
      title: text('Deleted what seemed lost', '删掉了打不开的文件'),
      steps: [...opened, move('delete-files', 'PT8S')],
      expect: fails(['talking.speaking.conversation'], ['PC-19']),
    },
    gossip: {
      title: text('Neighbours, guarantees, and out with the secrets', '聊邻居、打包票、泄内情'),
      steps: [
        ...opened,
        move('all-back', 'PT10S'),
        forbidden('PC-15', 'PT5S'),
        move('talk-of-others', 'PT25S'),
      ],
      expect: fails(['talking.speaking.conversation'], ['GN-06', 'PC-13', 'PC-14', 'PC-15']),
    },
  },
}
