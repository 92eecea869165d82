/**
 * What can be said and done at the door and the desk of a man who hears badly.
 *
 * Must not: know the ways that are known to end well or badly (`nobody-answers.ts`).
 */
import type { Move } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { says, tells } from '../../scenario-author.ts'
import { asksForAcceptance } from './people.ts'

export const service = 'onSite.visit.service'

export const quietMoves: Move[] = [
  {
    id: 'try-again',
    text: text('Ring him once more before setting out', '出发前再打一次电话'),
    in: ['beforeVisit.arrangement.unreachable'],
    keeps: ['HV-05'],
    does: [tells(text('It rings until it stops.', '响到自动挂断，还是没人接。'))],
  },
  {
    id: 'stay-away',
    text: text('He does not answer, so he is out: take another job', '没人接就是不在家，先去别家'),
    in: ['beforeVisit'],
    breaks: ['HV-05', 'HV-39'],
    critical: true,
    explain: text(
      'Who does not answer may still be waiting. The promised time is kept.',
      '没接电话不等于不在家，客户可能正等着。须按约定时间上门。',
    ),
  },
  {
    id: 'knock-again',
    text: text('Knock again, louder, and wait to be let in', '再大声敲几下门，等他来开'),
    in: ['onSite.visit.arrival'],
    as: { do: 'tick', item: 'knocked' },
    keeps: ['HV-12', 'HV-59'],
    does: [
      says(
        'customer',
        text(
          'Coming, coming! My ears are bad. You are the computer man?',
          '来了来了！我耳朵背。你是修电脑的师傅吧？',
        ),
      ),
    ],
  },
  {
    id: 'walk-in',
    text: text('The door is open: go in and call out', '门没锁，直接进去喊一声'),
    in: ['onSite.visit.arrival'],
    breaks: ['HV-12'],
    does: [says('customer', text('Who are you? How did you get in!', '你是谁？怎么进来的！'), 'angry')],
    explain: text(
      'Nobody enters without consent, however open the door.',
      '未经许可不得进门，门开着也不行。',
    ),
  },
  {
    id: 'listen',
    text: text(
      '“Tell me, Mr Qin: since when is it dark?” Slowly, and face to face',
      '面对面慢慢问：“秦大爷，屏幕是什么时候开始黑的？”',
    ),
    in: [`${service}.assessing`],
    as: { do: 'tick', item: 'faultAskedAfter' },
    keeps: ['HV-14', 'HV-59', 'GN-12'],
    does: [
      says(
        'customer',
        text(
          'Since last night. I pulled out the heater and put it in again.',
          '昨晚开始的。我拔了取暖器又插上的。',
        ),
      ),
    ],
  },
  {
    id: 'try-together',
    text: text(
      '“May I switch on the strip, and we look together?”',
      '“我把插线板打开，咱们一起看看，可以吗？”',
    ),
    in: [`${service}.assessing`],
    as: { do: 'tick', item: 'faultReproduced' },
    keeps: ['HV-14'],
    does: [tells(text('The screen lights up.', '屏幕亮了。'))],
  },
  {
    id: 'write-down',
    text: text('Write down what he told you, and read it back to him', '把他说的要点记下来，再念给他听一遍'),
    in: [`${service}.assessing`],
    as: {
      do: 'tick',
      item: 'talkNotes',
      evidence: { kind: 'text', text: '昨晚拔过插座；通电后电脑正常' },
    },
    keeps: ['HV-58'],
  },
  {
    id: 'laugh',
    text: text('“The switch was off. And for this you call us?”', '“您看，插座都没开，这也报修？”'),
    in: [`${service}.assessing`, `${service}.noTrouble`],
    breaks: ['HV-36', 'GN-20'],
    does: [says('customer', text('I am old, I did not see it …', '我老了，没看见……'), 'worried')],
    explain: text(
      'No trouble found is explained patiently: he must dare to call again.',
      '未发现故障也要耐心说明，别让客户以后不敢再报修。',
    ),
  },
  {
    id: 'explain-patiently',
    text: text(
      '“This happens to many people. The lamp here tells you whether it has power.”',
      '“很多人都会碰到。您看这个灯亮着，就是有电。”',
    ),
    in: [`${service}.noTrouble`],
    as: { do: 'tick', item: 'patientlyExplained' },
    keeps: ['HV-36', 'GN-11'],
  },
  {
    id: 'label-switch',
    text: text('Put a label on the switch and let him try it himself', '给开关贴个标签，让他自己开关一遍'),
    in: [`${service}.noTrouble`],
    as: { do: 'tick', item: 'recurrenceExplained' },
    keeps: ['HV-36', 'GN-27'],
    does: [says('customer', text('Ah! I can do that.', '哦！这个我会。'), 'calm')],
  },
  {
    id: 'tidy-desktop',
    text: text('Tidy his desktop and change the browser while you are at it', '顺手帮他整理桌面、换个浏览器'),
    in: [service],
    breaks: ['HV-38'],
    explain: text(
      'He will find nothing any more. No setting is changed without leave.',
      '他会找不到东西。未经许可不得改变客户的设置。',
    ),
  },
  {
    id: 'browse-books',
    text: text('Take a book from the shelf and leaf through it', '从书架上抽本书翻翻'),
    in: [service],
    breaks: ['HV-13'],
    explain: text('Papers and books are not touched without leave.', '未经许可不得动用客户的书籍物品。'),
  },
  {
    id: 'seeds',
    text: text('Have some sunflower seeds', '抓把瓜子嗑'),
    in: [service],
    breaks: ['HV-45'],
    explain: text('Thank him kindly, and do not eat at the customer’s.', '婉言谢绝，不在客户处吃零食。'),
  },
  {
    id: 'take-tea',
    text: text('Take the tea: he means it well', '收下茶叶，老人家一片好意'),
    in: [service],
    breaks: ['GN-04'],
    explain: text('Gifts are declined, kindly, and always.', '礼品一律婉拒。'),
  },
  {
    id: 'sign-for-him',
    text: text('His eyes are bad: sign for him', '老人眼花，替他把字签了'),
    in: [`${service}.closing.accepting`],
    breaks: ['HV-33'],
    critical: true,
    explain: text(
      'Nobody signs for the customer. Read it to him, and show him where.',
      '严禁代签。可以读给他听，指给他签在哪里。',
    ),
  },
  {
    id: 'ask-comments',
    text: text(
      '“Are you content with our service? Anything we could do better?”',
      '“您对我们的服务满意吗？有什么可以改进的？”',
    ),
    in: [`${service}.closing.accepting`],
    as: { do: 'tick', item: 'commentsAsked' },
    keeps: ['GN-10'],
    does: [
      says('customer', text('Very content. You speak so that I can hear it.', '满意！你说话我听得清。')),
    ],
  },
  asksForAcceptance('customer', '秦伯安'),
  {
    id: 'leave-card',
    text: text('“Here is my card, in large print.”', '“这是我的名片，字大，您放电话旁边。”'),
    in: [`${service}.closing.farewell`],
    as: { do: 'tick', item: 'cardLeft' },
    keeps: ['HV-35'],
  },
]
