/**
 * A first order of one's own: from the assignment to the customer's door, nothing forgotten and nobody kept waiting.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, sends, tick, wait, written } from '../../scenario-author.ts'
import { assigned, BAG, dispatcher, engineer, OTHERS, store } from './people.ts'

const arrangement = 'beforeVisit.arrangement'
const talk: Step[] = [
  move('introduce', 'PT10S'),
  tick('faultConfirmed', 'PT30S'),
  move('ask-house', 'PT20S'),
  tick('servicePlanTold', 'PT20S'),
  tick('chargesTold', 'PT20S'),
  tick('furtherNeedsAsked', 'PT20S'),
  move('you-choose', 'PT20S'),
  tick('callNotes', 'PT1M', written('台式机无法开机；新门牌18号；另需检查无线网络；改15:30')),
]
const bag: Step[] = BAG.map((item) => tick(item, 'PT30S'))

export const firstOrder: Scenario = {
  id: 'visit-first-order',
  process: 'home-visit',
  title: text('Your first order', '第一张上门单'),
  briefing: text(
    'Tuesday, nine o’clock, at the service centre. You have just been assigned a visit in Fenglin Road for two o’clock; the address on the order is doubtful. Bring yourself to the door.',
    '周二上午九点，你在服务中心刚接到一单：下午两点上门，枫林路，单上的门牌号有疑问。请完成联系和准备，按时到达客户门口。',
  ),
  purpose: text(
    'Called within half an hour; the customer chooses, the coordinator rebooks; parts before the order, the bag complete.',
    '半小时内联系；时间由客户选、协调员改约；先借备件再派单，备齐再出发。',
  ),
  difficulty: 'easy',
  tags: ['new', 'appointment', 'preparation'],
  seed: 12,
  start: {
    now: '2026-03-10T01:00:00.000Z',
    fields: {
      timeWanted: '2026-03-10T06:00:00.000Z',
      problem: '台式机按下电源没有反应',
      problemKind: 'hardware',
      severity: 'normal',
      customerName: '刘敏',
      customerPhone: '13800002618',
      customerAddress: '枫林路7号（新旧门牌待核实）',
      addressDoubtful: true,
      region: '城东',
      distanceBand: 'near',
    },
    trainee: engineer,
    by: 'dispatcher',
    before: [assigned],
  },
  cast: {
    dispatcher,
    store,
    customer: {
      name: text('Ms Liu Min, translator', '刘敏（翻译，在家办公）'),
      roles: ['customer'],
      temper: 'calm',
      about: text(
        'Works at home, fetches her daughter at half past two.',
        '在家办公，下午两点半要去接女儿。',
      ),
    },
  },
  happens: [
    {
      id: 'picks-up',
      when: { enters: `${arrangement}.contacting` },
      after: 'PT3S',
      while: `${arrangement}.contacting`,
      does: [says('customer', text('Hello, who is speaking?', '喂，您好，哪位？'))],
    },
    {
      id: 'confirms',
      when: { enters: `${arrangement}.rebooking` },
      after: { least: 'PT4M', most: 'PT10M' },
      while: `${arrangement}.rebooking`,
      does: [
        says(
          'dispatcher',
          text('Half past three is free. I have rebooked it.', '三点半可以，已经给你改好了。'),
        ),
        sends('dispatcher', 'rebook.confirm'),
      ],
    },
  ],
  moves: [
    {
      id: 'introduce',
      text: text(
        '“Good morning, this is the engineer of Anxin Technology. Is it a good moment to talk about your computer?”',
        '“刘女士您好，我是安信科技的工程师，想跟您确认一下电脑的情况，现在方便吗？”',
      ),
      in: [`${arrangement}.contacting`],
      as: { do: 'tick', item: 'callerNamed' },
      keeps: ['HV-03'],
    },
    {
      id: 'ask-house',
      text: text(
        '“Your order says number 7. Is that the old or the new number?”',
        '“单上写的是枫林路7号，这是新门牌还是老门牌？”',
      ),
      in: [`${arrangement}.contacting`],
      as: { do: 'tick', item: 'addressConfirmed' },
      keeps: ['HV-42'],
      does: [
        says(
          'customer',
          text('The old one. It is 18 now, the green door.', '那是老门牌，现在是18号，绿色的门。'),
        ),
      ],
    },
    {
      id: 'you-choose',
      text: text('“When would suit you best?”', '“您看什么时间最方便？”'),
      in: [`${arrangement}.contacting`],
      as: { do: 'tick', item: 'customerChoseTime' },
      keeps: ['HV-03'],
      does: [
        says(
          'customer',
          text(
            'I fetch my daughter at half past two. Would half past three do?',
            '两点半我要接孩子，三点半行吗？',
          ),
        ),
      ],
    },
    {
      id: 'insist-on-two',
      text: text(
        '“It says two o’clock here. Somebody will be at home, surely?”',
        '“单上定的就是两点，家里留个人总行吧？”',
      ),
      in: [`${arrangement}.contacting`],
      as: { do: 'event', type: 'time.agreed', payload: { time: '2026-03-10T06:00:00.000Z' } },
      breaks: ['HV-03'],
      again: true,
      does: [says('customer', text('Then I must ask my neighbour …', '那……我只好麻烦邻居了。'), 'impatient')],
      explain: text(
        'The customer chooses the time. Another one goes to the coordinator.',
        '时间以客户为准，有变化就反馈协调员改约。',
      ),
    },
    {
      id: 'half-past-three',
      text: text(
        '“Half past three. I ask the coordinator to rebook it.”',
        '“好，三点半，我请协调员为您改约。”',
      ),
      in: [`${arrangement}.contacting`],
      as: { do: 'event', type: 'time.agreed', payload: { time: '2026-03-10T07:30:00.000Z' } },
      again: true,
    },
    {
      id: 'between-us',
      text: text(
        '“I just come at half past three, no need to tell anybody.”',
        '“那我三点半直接过来，不用跟公司说了。”',
      ),
      in: [`${arrangement}.contacting`],
      breaks: ['HV-04'],
      explain: text(
        'The coordinator plans with two o’clock: the next customer would wait for you.',
        '协调员还按两点排班，下一家客户就会被耽误。',
      ),
    },
    {
      id: 'ask-store',
      text: text('Ask Lao Zheng for a power supply on loan', '找老郑借一只电源备件'),
      in: ['beforeVisit.preparation.parts'],
      keeps: ['HV-07', 'GN-28'],
      does: [
        says('store', text('One power supply, 500 W. Sign here.', '500瓦电源一只，这儿签字。')),
        sends('store', 'parts.borrow', { parts: [{ part: '电源500W', serial: 'PS500-0921', count: 1 }] }),
      ],
    },
    {
      id: 'leave-without',
      text: text('Leave now, somebody can bring the part after', '先出门，备件回头让人送来'),
      in: ['beforeVisit.preparation.parts'],
      breaks: ['HV-07'],
      explain: text(
        'Parts first, then the order. Without the part the visit is for nothing.',
        '先借备件再派单，没有备件等于白跑一趟。',
      ),
    },
    {
      id: 'ask-order',
      text: text('Ask the coordinator for the visit order', '请协调员下发上门单'),
      in: ['beforeVisit.preparation.parts', 'beforeVisit.preparation.ready'],
      does: [sends('dispatcher', 'order.release')],
      again: true,
    },
    {
      id: 'dress',
      text: text('Put on the company shirt and long trousers', '换上工装和长裤'),
      in: ['beforeVisit.preparation.preparing'],
      as: { do: 'tick', item: 'dressNeat' },
      keeps: ['GN-03'],
    },
    {
      id: 'sandals',
      text: text('It is warm: shorts and sandals will do', '天热，穿短裤凉鞋就行'),
      in: ['beforeVisit.preparation.preparing'],
      breaks: ['HV-46', 'GN-03'],
      explain: text(
        'You stand for the company at her door, whatever the weather.',
        '上门代表公司形象，再热也不能穿便衫短裤凉鞋。',
      ),
    },
    {
      id: 'check-address',
      text: text(
        'Note on the order: now number 18, the green door, said the customer',
        '在单上注明：客户确认现为18号，绿色门',
      ),
      in: ['beforeVisit.preparation.preparing'],
      as: {
        do: 'tick',
        item: 'addressChecked',
        evidence: { kind: 'text', text: '客户确认：枫林路18号，绿色门' },
      },
      keeps: ['HV-42'],
    },
  ],
  hidden: OTHERS,
  prompts: [
    {
      id: 'half-hour',
      in: `${arrangement}.assigned`,
      text: text('How long may a customer wait for your first call?', '接单后最迟多久要联系客户？'),
      norms: ['HV-02'],
    },
  ],
  until: ['onSite'],
  timeLimit: 'PT7H',
  rubric: {
    norms: {
      'HV-02': 15,
      'HV-03': 10,
      'HV-04': 15,
      'HV-06': 10,
      'HV-07': 10,
      'HV-10': 15,
      'HV-11': 5,
      'HV-41': 5,
      'HV-42': 5,
      'GN-03': 5,
    },
    critical: [],
    passMark: 80,
  },
  runs: {
    model: {
      title: text('Called at once, rebooked, at the door in time', '及时联系，改约，准时到门口'),
      steps: [
        send('call.start', {}, 'PT8M'),
        ...talk,
        move('half-past-three', 'PT30S'),
        move('ask-store', 'PT20M'),
        move('ask-order', 'PT5M'),
        ...bag,
        move('dress', 'PT1M'),
        move('check-address', 'PT1M'),
        send('set.out', {}, 'PT4H'),
        send('arrive', {}, 'PT45M'),
      ],
      expect: passes(['onSite.visit.arrival']),
    },
    'half-the-bag': {
      title: text('Without half of the bag, and in sandals', '没备齐就出发，还穿凉鞋'),
      steps: [
        send('call.start', {}, 'PT8M'),
        ...talk,
        move('between-us', 'PT20S'),
        move('half-past-three', 'PT30S'),
        move('leave-without', 'PT5M'),
        move('ask-store', 'PT20M'),
        move('ask-order', 'PT5M'),
        move('sandals', 'PT1M'),
        send('set.out', {}, 'PT4H'),
        wait('PT2H'),
      ],
      expect: fails(
        ['beforeVisit.preparation.preparing'],
        ['GN-03', 'HV-04', 'HV-06', 'HV-07', 'HV-10', 'HV-42', 'HV-46'],
      ),
    },
    'called-late': {
      title: text('Called after an hour, and insisted on two', '一小时后才联系，还坚持两点'),
      steps: [
        send('call.start', {}, 'PT65M'),
        ...talk,
        move('insist-on-two', 'PT20S'),
        move('ask-order', 'PT5M'),
        move('ask-store', 'PT20M'),
        move('ask-order', 'PT1M'),
        ...bag,
        move('dress', 'PT1M'),
        move('check-address', 'PT1M'),
        send('set.out', {}, 'PT2H40M'),
        send('arrive', {}, 'PT45M'),
      ],
      expect: fails(['onSite.visit.arrival'], ['HV-02', 'HV-03', 'HV-10']),
    },
  },
}
