/**
 * The coordinator's desk: where the machine stands decides who goes, and whoever goes is trained.
 */
import type { Scenario } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, sends, tells, wait } from '../../scenario-author.ts'

const booked = 'beforeVisit.arrangement.booked'

export const wrongRegion: Scenario = {
  id: 'visit-wrong-region',
  process: 'home-visit',
  title: text('Whose customer is it?', '这是哪个区的客户？'),
  briefing: text(
    'Tuesday, ten o’clock, at the coordinator’s desk. The hotline has booked a visit for Haitian Logistics without a region. Lao Zhou and Xiao He are free; look at their papers.',
    '周二上午十点，你是调度协调员。热线转来海天物流的上门单，没填区域。老周和小何有空，派工前看看他们的证件。',
  ),
  purpose: text(
    'Ask instead of guessing, transfer with a reason, assign whoever has valid training, and be fast.',
    '不明就问、不猜；转派写明原因；派培训有效的人；动作要快。',
  ),
  difficulty: 'easy',
  tags: ['coordinator', 'region', 'training'],
  seed: 3,
  start: {
    now: '2026-03-24T02:00:00.000Z',
    fields: {
      timeWanted: '2026-03-24T08:00:00.000Z',
      problem: '仓库扫码终端全部掉线',
      problemKind: 'network',
      severity: 'high',
      customerName: '海天物流',
      customerPhone: '13600009050',
    },
    trainee: { name: text('You, coordinator', '你（调度协调员）'), roles: ['dispatcher'] },
    by: 'hotline',
  },
  cast: {
    hotline: { name: text('Xiao Li, hotline', '小李（热线）'), roles: ['hotline-agent'], temper: 'calm' },
    caller: {
      name: text('Mr Ge, warehouse manager', '葛经理（仓库主管）'),
      roles: ['customer'],
      temper: 'impatient',
      about: text('Forty parcels a minute, and none of them scanned.', '一分钟四十个件，一个都扫不了。'),
    },
    zhou: {
      name: text('Lao Zhou, engineer', '老周（工程师）'),
      roles: ['engineer'],
      certificates: [
        {
          kind: 'product-training',
          validFrom: '2024-12-01T00:00:00.000Z',
          validUntil: '2025-12-01T00:00:00.000Z',
        },
      ],
      about: text(
        'Twenty years in the trade; product training lapsed in December.',
        '干了二十年，产品培训去年十二月到期。',
      ),
    },
    he: {
      name: text('Xiao He, engineer', '小何（工程师）'),
      roles: ['engineer'],
      certificates: [{ kind: 'product-training' }],
      about: text('Two years with us; training valid.', '入职两年，培训有效。'),
    },
  },
  happens: [
    {
      id: 'moved',
      when: { chosen: { event: 'region.set' } },
      after: 'PT90S',
      while: 'beforeVisit',
      does: [
        says(
          'caller',
          text(
            'I said so wrongly: the terminals stand in our new hall in Kunshan, not at the office.',
            '我刚才说错了：终端在昆山的新库，不在公司这边。',
          ),
          'impatient',
        ),
      ],
    },
    {
      id: 'engineer-calls',
      when: { enters: 'beforeVisit.arrangement.assigned' },
      after: 'PT12M',
      while: 'beforeVisit.arrangement.assigned',
      does: [
        tells(text('The engineer has accepted, and rings the customer.', '工程师已接单，正在联系客户。')),
        sends('he', 'call.start'),
      ],
    },
  ],
  moves: [
    {
      id: 'ask-where',
      text: text(
        'Ring the customer: “In which district do the terminals stand?”',
        '致电客户：“请问出故障的终端在哪个区？”',
      ),
      in: [`${booked}.unrouted`],
      as: { do: 'event', type: 'region.set', payload: { region: '吴中', distanceBand: 'near' } },
      keeps: ['HV-42'],
      does: [says('caller', text('Wuzhong, Dongfang Avenue. Be quick!', '吴中区东方大道，快点啊！'))],
    },
    {
      id: 'guess',
      text: text('Put “Gusu”: most customers are there', '填“姑苏”，反正多数客户都在那儿'),
      in: [`${booked}.unrouted`],
      as: { do: 'event', type: 'region.set', payload: { region: '姑苏', distanceBand: 'near' } },
      breaks: ['HV-40'],
      explain: text(
        'The request goes to the centre of the customer’s region. A guess costs him half a day.',
        '须按客户所在地区转派，猜错一次客户就多等半天。',
      ),
    },
    {
      id: 'complete-file',
      text: text(
        'Complete the file: address and contact in the Kunshan hall',
        '补全档案：昆山新库地址和联系人',
      ),
      in: ['beforeVisit'],
      as: {
        do: 'event',
        type: 'customer.update',
        payload: {
          customerAddress: '昆山市花桥镇物流大道8号2号库',
          customerContact: '葛经理',
          customerPostcode: '215332',
        },
      },
      keeps: ['HV-01'],
    },
    {
      id: 'transfer',
      text: text(
        'Transfer to the Kunshan centre: the machines stand there',
        '转派昆山服务中心：机器在昆山新库',
      ),
      in: ['beforeVisit'],
      as: {
        do: 'event',
        type: 'transfer',
        payload: { region: '昆山', distanceBand: 'near', reason: '故障终端位于昆山新库' },
      },
    },
    {
      id: 'leave-it',
      text: text('Leave it with Wuzhong: it is only thirty kilometres', '不改了，也就三十公里'),
      in: [`${booked}.routed`, 'beforeVisit.arrangement.assigned'],
      breaks: ['HV-40', 'GN-21'],
      explain: text(
        'The centre of the region is there in twenty minutes, and knows the hall.',
        '当地服务中心二十分钟就到，也熟悉现场。',
      ),
    },
    {
      id: 'assign-he',
      text: text('Assign Xiao He: trained, and near', '派小何：培训有效，离得近'),
      in: [`${booked}.routed`],
      as: { do: 'event', type: 'assign', payload: { engineer: 'he' } },
      keeps: ['GN-17'],
      again: true,
    },
    {
      id: 'assign-zhou',
      text: text('Assign Lao Zhou: twenty years are worth more than a paper', '派老周：二十年经验比一张证强'),
      in: [`${booked}.routed`],
      as: { do: 'event', type: 'assign', payload: { engineer: 'zhou' } },
      breaks: ['GN-17'],
      explain: text(
        'Training has a date. Without it he may not know these terminals; send him to the course first.',
        '培训有有效期，过期就可能不熟悉新终端，应先安排复训。',
      ),
    },
    {
      id: 'change-to-he',
      text: text('Reassign to Xiao He', '改派小何'),
      in: ['beforeVisit.arrangement.assigned'],
      if: { '@expr': "job.engineer == 'zhou'", '@lang': 'cel' },
      as: { do: 'event', type: 'reassign', payload: { engineer: 'he', reason: '老周产品培训已过期' } },
      keeps: ['GN-17'],
    },
  ],
  hidden: [
    'parts.none-needed',
    'call.start',
    'time.agreed',
    'customer.unreachable',
    'change.request',
    'rebook.confirm',
    'rebook.refuse',
    'delay.announce',
    'order.release',
    'permit.renew',
    'purchase.prove',
    'cancel',
  ],
  prompts: [
    {
      id: 'papers',
      in: 'beforeVisit.arrangement.booked.routed',
      text: text('Whose training is valid today?', '今天谁的培训还在有效期内？'),
      norms: ['GN-17'],
    },
  ],
  until: ['beforeVisit.arrangement.contacting'],
  timeLimit: 'PT1H',
  rubric: {
    norms: { 'HV-01': 10, 'HV-02': 10, 'HV-40': 25, 'HV-42': 10, 'GN-09': 10, 'GN-17': 25 },
    critical: [],
    passMark: 80,
  },
  must: [
    {
      id: 'kunshan',
      what: { event: 'transfer' },
      title: text('The order goes to Kunshan', '转派到昆山'),
      norm: 'HV-40',
      weight: 15,
    },
  ],
  runs: {
    model: {
      title: text('Asked, transferred, trained', '先问、再转、派对人'),
      steps: [
        move('ask-where', 'PT1M'),
        move('transfer', 'PT3M'),
        move('complete-file', 'PT1M'),
        move('assign-he', 'PT1M'),
        wait('PT15M'),
      ],
      expect: passes(['beforeVisit.arrangement.contacting']),
    },
    guessed: {
      title: text('Guessed, and sent whoever was there', '凭感觉填、随手派'),
      steps: [move('guess', 'PT30S'), move('assign-zhou', 'PT20S'), move('leave-it', 'PT3M'), wait('PT15M')],
      expect: fails(['beforeVisit.arrangement.contacting'], ['GN-17', 'GN-21', 'HV-40']),
    },
  },
}
