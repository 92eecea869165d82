/**
 * Tea over a keyboard, and a customer who would like it to be free: an honest cause, an accepted quote, a receipt for the machine.
 */
import type { Scenario, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { fails, move, passes, says, send, tells, tick, written } from '../../scenario-author.ts'
import { dispatcher, engineer, inside, OTHERS, tidied } from './people.ts'
import { service, teaMoves } from './spilled-tea-moves.ts'

const assessed: Step[] = [
  move('look-closely', 'PT2M'),
  tick('powerInspected', 'PT1M'),
  tick('faultAskedAfter', 'PT1M'),
  tick('faultReproduced', 'PT2M'),
  tick('talkNotes', 'PT1M', written('键盘面有茶渍，客户称“昨天还好好的”')),
]
const explained: Step[] = [
  ...['faultExplained', 'causeExplained', 'planExplained', 'warrantyExplained'].map((item) =>
    tick(item, 'PT40S'),
  ),
  move('how-to-avoid', 'PT30S'),
  send('explanation.done', {}, 'PT30S'),
]
const farewell: Step[] = [
  ...['cardLeft', 'useAdvice', 'needsAsked'].map((item) => tick(item, 'PT20S')),
  send('farewell.said', {}, 'PT1M'),
]

export const spilledTea: Scenario = {
  id: 'visit-spilled-tea',
  process: 'home-visit',
  title: text('Tea in the keyboard', '键盘进了茶水'),
  briefing: text(
    'Monday, half past nine, at a design studio. The notebook of Mr Luo does not start. He bought it five months ago and expects a free repair. You stand before the machine.',
    '周一上午九点半，某设计工作室，罗先生的笔记本无法启动。机器买了五个月，他认为应该免费修。你已在机器前。',
  ),
  purpose: text(
    'The cause is written as it is; what is charged is announced by the tariff and accepted first; no machine leaves without signature and receipt.',
    '如实记录原因；收费按标准先告知、客户接受后再做；带走机器须签字并留取机单。',
  ),
  difficulty: 'medium',
  tags: ['misuse', 'quote', 'depot'],
  seed: 14,
  start: {
    now: '2026-03-23T01:00:00.000Z',
    fields: {
      timeWanted: '2026-03-23T02:00:00.000Z',
      problem: '笔记本无法开机',
      problemKind: 'hardware',
      severity: 'high',
      customerName: '罗成',
      customerPhone: '13900007120',
      customerAddress: '创意园B座201',
      region: '滨江',
      distanceBand: 'near',
    },
    trainee: engineer,
    by: 'dispatcher',
    before: inside('2026-03-23T02:00:00.000Z', '罗成'),
  },
  cast: {
    dispatcher,
    customer: {
      name: text('Mr Luo Cheng, designer', '罗成（设计师）'),
      roles: ['customer'],
      temper: 'impatient',
      about: text('Delivers a poster tonight. Did not mention any tea.', '今晚要交海报，没提过茶水的事。'),
    },
  },
  happens: [
    {
      id: 'wants-it-free',
      when: { enters: `${service}.solution` },
      after: 'PT1M',
      while: `${service}.solution`,
      does: [
        says(
          'customer',
          text('Five months old! Just write that it broke by itself.', '才买五个月！你就写它自己坏的呗。'),
          'impatient',
        ),
      ],
    },
    {
      id: 'no-keyboard',
      when: { enters: `${service}.repairing` },
      after: 'PT1M',
      while: `${service}.repairing`,
      does: [
        tells(
          text(
            'Under the keyboard the board is wet too: it must be washed and dried in the workshop.',
            '拆看键盘下方，主板也进了水，要带回维修站清洗烘干。',
          ),
        ),
      ],
    },
  ],
  moves: teaMoves,
  hidden: OTHERS,
  prompts: [
    {
      id: 'whose-fault',
      in: 'onSite.visit.service.solution',
      text: text('Who is to pay, and when does he hear it?', '费用由谁承担？什么时候告知？'),
      norms: ['HV-17'],
    },
    {
      id: 'in-his-hand',
      in: 'onSite.visit.service.stuck',
      text: text('What does he hold in his hand when you leave?', '你走之后，客户手里有什么凭据？'),
      norms: ['HV-24'],
    },
  ],
  until: ['atDepot'],
  timeLimit: 'PT3H',
  rubric: {
    norms: {
      'HV-14': 5,
      'HV-16': 10,
      'HV-17': 15,
      'HV-18': 10,
      'HV-24': 15,
      'HV-47': 10,
      'HV-48': 5,
      'HV-55': 5,
      'GN-26': 10,
      'GN-27': 5,
    },
    critical: ['HV-17', 'HV-18'],
    passMark: 80,
  },
  must: [
    {
      id: 'told-the-office',
      what: { event: 'result.report-back' },
      title: text('The result is reported back', '回报上门结果'),
      norm: 'HV-55',
      weight: 5,
    },
  ],
  runs: {
    model: {
      title: text('Honest cause, accepted quote, receipt left', '如实诊断、先报价、留取机单'),
      steps: [
        ...assessed,
        move('diagnose-tea', 'PT2M'),
        ...explained,
        move('quote-tariff', 'PT2M'),
        move('ask-signature', 'PT1M'),
        move('to-the-depot', 'PT5M'),
        move('ask-telephone', 'PT30S'),
        send('phone.begin', {}, 'PT10S'),
        send('phone.end', {}, 'PT2M'),
        move('sign-next-step', 'PT1M'),
        move('leave-receipt', 'PT1M'),
        ...tidied,
        send('place.tidied', {}, 'PT30S'),
        ...farewell,
        send('result.report-back', { summary: '进液，已带回维修站，取机单Q-2391' }, 'PT20M'),
      ],
      expect: passes(['atDepot']),
    },
    'a-favour': {
      title: text('A false cause as a favour', '做人情虚报原因'),
      steps: [...assessed, move('call-it-manufacture', 'PT1M')],
      expect: fails([`${service}.assessing`], ['HV-17', 'HV-47']),
    },
    'no-receipt': {
      title: text('Screwdriver first, reproaches, and off without a paper', '先拆后问、指责客户、没留单就走'),
      steps: [
        move('start-at-once', 'PT1M'),
        ...assessed,
        move('diagnose-tea', 'PT2M'),
        move('other-brand', 'PT10S'),
        move('scold', 'PT30S'),
        ...explained,
        move('quote-tariff', 'PT2M'),
        move('ask-signature', 'PT1M'),
        move('blow-dry', 'PT2M'),
        move('to-the-depot', 'PT5M'),
        move('grab-telephone', 'PT1M'),
        move('just-take-it', 'PT30S'),
        move('leave-receipt', 'PT1M'),
        { what: { do: 'give-up' } },
      ],
      expect: fails([`${service}.stuck`], ['GN-20', 'HV-24', 'HV-25', 'HV-44', 'HV-48', 'HV-51']),
    },
    'cash-in-hand': {
      title: text('A price of his own', '私下要现金'),
      steps: [...assessed, move('diagnose-tea', 'PT2M'), ...explained, move('own-price', 'PT1M')],
      expect: fails([`${service}.solution.quoting`], ['GN-04', 'GN-26']),
    },
  },
}
