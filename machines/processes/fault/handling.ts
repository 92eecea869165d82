/**
 * A fault while it lasts: the repair, and beside it the watch over how long it lasts (OR-17).
 */
import type { Action, StateNode, Transition } from '../../definition/schema.ts'
import { assign, breach, cel, item, not, notify, remind, text, toField, toRole } from '../author.ts'

const tell = (en: string, zh: string, norm: string): Action =>
  notify([toRole('dispatcher'), toRole('process-owner')], text(en, zh), norm)

const trained = { type: 'qualified', params: { certificate: 'product-training', of: 'engineer' } } as const
const assigned = assign({ engineer: cel('event.engineer') })
/** GN-17: lapsed training does not bar the assignment, it is pointed out. */
const assignment = (target?: string): Transition[] => {
  const to = target === undefined ? {} : { target }
  return [
    { ...to, guard: trained, actions: [assigned], meta: { norms: ['GN-17'] } },
    {
      ...to,
      guard: not(trained),
      actions: [
        assigned,
        notify(
          [toRole('dispatcher')],
          text("The assigned engineer's product training has lapsed.", '所指派工程师的产品培训已过期。'),
          'GN-17',
        ),
      ],
      meta: { title: text('Assign, though training has lapsed', '指派（培训已过期）'), norms: ['GN-17'] },
    },
  ]
}

const stuck: Transition = {
  target: 'stuck',
  actions: [assign({ obstacle: cel('event.obstacle') })],
  meta: { norms: ['OR-21'], waivesChecklist: true },
}

const repair: StateNode = {
  initial: 'raised',
  meta: { title: text('Repair', '故障处理') },
  states: {
    raised: {
      meta: { title: text('Raised', '已提出') },
      on: {
        'fault.take': { target: 'diagnosing', actions: [assign({ engineer: cel('actor.id') })] },
        'fault.assign': assignment('diagnosing'),
      },
    },
    diagnosing: {
      meta: { title: text('Diagnosing', '诊断中') },
      on: {
        'diagnosis.record': { target: 'repairing', actions: [assign({ diagnosis: cel('event.diagnosis') })] },
        'repair.stuck': stuck,
      },
    },
    repairing: {
      meta: {
        title: text('Repairing', '修复中'),
        checklist: [
          item('dataProtected', text('Data is protected', '数据已采取保护措施'), ['OR-19'], { keep: true }),
        ],
      },
      on: {
        'repair.done': {
          target: 'verifying',
          actions: [
            assign({
              recovery: cel('event.recovery'),
              place: cel('event.place'),
              raisedBy: cel('event.raisedBy'),
            }),
          ],
          meta: { norms: ['OR-22', 'OR-27'] },
        },
        'repair.stuck': stuck,
      },
    },
    stuck: {
      meta: {
        title: text('Not to be solved now', '暂不能解决'),
        norms: ['OR-21'],
        checklist: [
          item('userTold', text('The user has been told', '已告知用户'), ['OR-21'], { evidence: 'text' }),
        ],
      },
      entry: [tell('A fault cannot be solved for now.', '有故障暂不能解决。', 'OR-21')],
      on: {
        'repair.otherWay': {
          target: 'repairing',
          actions: [assign({ otherWay: cel('event.otherWay') })],
          meta: { norms: ['OR-21'] },
        },
      },
    },
    verifying: {
      meta: { title: text('Verifying', '验证中') },
      on: {
        'verify.passed': { target: '#fault.reporting', actions: [assign({ restoredAt: cel('now') })] },
        'verify.failed': { target: 'repairing', actions: [assign({ diagnosis: cel('event.diagnosis') })] },
      },
    },
  },
}

const submitted = assign({ emergencyPlan: cel('event.plan') })

const plan: StateNode = {
  initial: 'watching',
  meta: { title: text('Emergency plan', '应急方案'), norms: ['OR-17'] },
  states: {
    watching: {
      meta: { title: text('Not owed yet', '尚无需提交') },
      always: {
        target: 'owed',
        guard: cel('job.systemDown && now >= plus(job.startedAt, settings.planOwedAfter)'),
      },
      after: { planOwed: { target: 'owed', guard: cel('job.systemDown') } },
      on: { 'plan.submit': { target: 'submitted', actions: [submitted] } },
    },
    owed: {
      meta: { title: text('Owed', '须提交'), norms: ['OR-17'] },
      always: { target: 'watching', guard: cel('!job.systemDown') },
      entry: [
        remind(
          [toField('engineer'), toRole('dispatcher'), toRole('process-owner')],
          text(
            'The system has been down too long: an emergency plan is owed.',
            '系统瘫痪超时未解决，须提出应急方案。',
          ),
          'OR-17',
        ),
      ],
      after: {
        planDue: {
          actions: [
            breach('OR-17', 'critical'),
            tell('The emergency plan is overdue.', '应急方案已逾期。', 'OR-17'),
          ],
          meta: { norms: ['OR-17'] },
        },
      },
      on: { 'plan.submit': { target: 'submitted', actions: [submitted] } },
    },
    submitted: {
      meta: { title: text('Submitted', '已提交'), norms: ['OR-17'] },
      on: { 'plan.submit': { actions: [submitted] } },
    },
  },
}

export const open: StateNode = {
  type: 'parallel',
  meta: { title: text('Open', '处理中'), norms: ['OR-16'] },
  /** OR-16: nobody can raise a fault and keep it to himself. */
  entry: [tell('A fault has been raised.', '有新的故障上报。', 'OR-16')],
  on: {
    'system.state': { actions: [assign({ systemDown: cel('event.down') })] },
    'fault.assign': assignment(),
  },
  states: { repair, plan },
}
