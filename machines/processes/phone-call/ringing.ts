/**
 * From the first ring to the greeting: routed by the calendar (PC-20), answered within three rings (PC-01).
 */
import type { Action, StateNode, Transition } from '../../definition/schema.ts'
import { all, assign, breach, cel, item, notify, text, toRole } from '../author.ts'

const isAlarm = cel("job.source == 'alarm'")
const isCall = cel("job.source == 'call'")
const atTheDesk = cel("'hotline-agent' in actor.roles")
const withTheMobile = cel("'engineer' in actor.roles")
const answered: Action = assign({
  agent: cel('actor.id'),
  badge: cel('has(event.badge) ? dyn(event.badge) : (has(job.badge) ? dyn(job.badge) : null)'),
})
const routedBy = (title: Transition['meta'], rest: Transition): Transition => ({
  ...rest,
  meta: { ...title, norms: ['PC-20'] },
})

/** PC-20: alarms always to the mobile; calls to the desk while it is staffed, to the mobile otherwise. */
export const routing: StateNode = {
  meta: { title: text('Routing', '分流'), norms: ['PC-20'] },
  always: [
    routedBy(
      { title: text('An alarm: on-duty mobile', '告警：转值班手机') },
      { target: 'ringing.mobile', guard: isAlarm, actions: [assign({ route: 'mobile' })] },
    ),
    routedBy(
      { title: text('Working hours: hotline', '工作时间：转热线') },
      {
        target: 'ringing.hotline',
        guard: { type: 'within', params: { calendar: 'hotline' } },
        actions: [assign({ route: 'hotline' })],
      },
    ),
    routedBy(
      { title: text('Out of hours: on-duty mobile', '非工作时间：转值班手机') },
      { target: 'ringing.mobile', actions: [assign({ route: 'mobile' })] },
    ),
  ],
}

export const ringing: StateNode = {
  initial: 'hotline',
  meta: { title: text('Ringing', '响铃') },
  after: {
    threeRings: {
      actions: [breach('PC-01', 'minor'), assign({ answeredLate: true })],
      meta: { norms: ['PC-01'] },
    },
  },
  on: {
    'caller.hungUp': {
      target: 'abandoned',
      guard: isCall,
      actions: [assign({ hungUpBy: 'caller' })],
    },
  },
  states: {
    hotline: {
      meta: { title: text('Hotline is ringing', '服务热线响铃'), norms: ['PC-20'] },
      on: {
        answer: {
          target: '#phone-call.greeting',
          guard: atTheDesk,
          actions: [answered],
          meta: { norms: ['PC-20'] },
        },
        divert: { target: 'mobile', actions: [assign({ route: 'mobile' })], meta: { norms: ['PC-20'] } },
      },
    },
    mobile: {
      meta: { title: text('On-duty mobile is ringing', '值班手机响铃'), norms: ['PC-20'] },
      after: {
        alarmUnanswered: {
          guard: isAlarm,
          actions: [
            notify(
              [toRole('dispatcher')],
              text('A machine-room alarm is not being answered.', '机房告警无人接听。'),
              'PC-20',
            ),
          ],
        },
      },
      on: {
        answer: [
          {
            target: '#phone-call.wrapUp',
            guard: all(isAlarm, withTheMobile),
            actions: [answered],
            meta: { title: text('Take the alarm', '受理告警'), norms: ['PC-20'] },
          },
          {
            target: '#phone-call.greeting',
            guard: all(isCall, withTheMobile),
            actions: [answered],
            meta: { norms: ['PC-20'] },
          },
        ],
      },
    },
  },
}

export const greeting: StateNode = {
  meta: {
    title: text('Greeting', '问候'),
    description: text(
      'Good day, this is the service hotline of [company], my number is [badge]. How may I help you?',
      '您好，[公司名称]服务热线，工号[工号]，请问有什么可以帮您？',
    ),
    norms: ['PC-02'],
    checklist: [
      item(
        'greetingGiven',
        text('Company and badge number named, help offered', '已报公司名称、工号并询问需求'),
        ['PC-02'],
      ),
      item('lateApology', text('Apologised for the late answer', '已就接听迟缓致歉'), ['PC-01'], {
        required: cel('job.answeredLate'),
      }),
    ],
  },
  on: {
    'greeting.done': { target: 'talking', meta: { norms: ['PC-02'] } },
    'caller.hungUp': {
      target: 'abandoned',
      actions: [assign({ hungUpBy: 'caller' })],
      meta: { waivesChecklist: true },
    },
    'agent.hungUp': {
      target: 'wrapUp',
      actions: [breach('PC-10'), assign({ hungUpBy: 'agent' })],
      meta: { norms: ['PC-10'], waivesChecklist: true },
    },
  },
}
