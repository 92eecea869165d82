/**
 * Operations on the client's systems, one at a time: asked for, planned (OR-10), backed up (OR-11), consented to
 * (OR-08), in a window outside every critical period (OR-12), carried out, verified, or rolled back.
 *
 * Promises: `executing` has one way in, from `approved`, and `approved` none without plan, backup and consent; a new
 * plan asks for a new consent.
 */
import type { Action, StateNode, Transition } from '../../definition/schema.ts'
import { all, assign, cel, item, not, notify, remind, text, toField, toRole } from '../author.ts'

const WINDOW = 'event.operationFrom < event.operationTo && event.operationTo > now'
const planned = assign({
  operationPlan: cel('event.operationPlan'),
  operationRisks: cel('event.operationRisks'),
  rollbackPlan: cel('event.rollbackPlan'),
  operationFrom: cel('event.operationFrom'),
  operationTo: cel('event.operationTo'),
  backupAt: null,
  clientConsented: false,
  consentBy: null,
})
const noConsent = assign({ clientConsented: false, consentBy: null })
const someoneElse = cel('actor.id != job.engineer')

/** OR-12: the organisation's freeze, and the client's own critical periods, from now to the end of the plan. */
const outsideCriticalPeriods = all(
  not({ type: 'within', params: { calendar: 'freeze' } }),
  not({ type: 'within', params: { calendar: 'freeze', at: cel('job.operationTo') } }),
  cel('!job.criticalPeriods.exists(period, period.from < job.operationTo && period.to > now)'),
)
const backedUp = cel(
  '!job.production || (has(job.backupAt) && plus(job.backupAt, settings.backupValidFor) > now)',
)

const withdraw: Transition = {
  target: '#operations.idle',
  actions: [
    notify(
      [{ role: 'customer' }, toField('residencyLead')],
      text('An operation has been withdrawn.', '有操作申请已撤回。'),
    ),
  ],
  meta: { waivesChecklist: true },
}
const replan: Transition = { target: '#operations.preparing.planning', meta: { waivesChecklist: true } }

const preparing: StateNode = {
  initial: 'planning',
  meta: { title: text('Being prepared', '操作准备') },
  on: { 'operation.withdraw': withdraw },
  states: {
    planning: {
      meta: { title: text('Planning', '制定方案'), norms: ['OR-10'] },
      on: {
        'plan.submit': [
          {
            target: 'backingUp',
            guard: all(cel(WINDOW), cel('job.production')),
            actions: [planned],
            meta: { norms: ['OR-10', 'OR-11'] },
          },
          {
            target: 'consenting',
            guard: cel(WINDOW),
            actions: [planned],
            meta: {
              title: text('Submit the plan, no production system', '提交方案（非生产系统）'),
              norms: ['OR-10'],
            },
          },
        ],
      },
    },
    backingUp: {
      meta: {
        title: text('Backing up', '备份'),
        norms: ['OR-11'],
        checklist: [
          item('backupTaken', text('Backup taken, where it lies', '已完成备份，注明备份位置'), ['OR-11'], {
            evidence: 'text',
          }),
          item('backupReadable', text('Backup tried to be read back', '已验证备份可恢复'), ['OR-11']),
        ],
      },
      on: {
        'backup.done': [
          {
            target: 'approved',
            guard: cel('job.clientConsented'),
            actions: [assign({ backupAt: cel('now') })],
            meta: { title: text('Backed up again', '重新备份完成'), norms: ['OR-11'] },
          },
          { target: 'consenting', actions: [assign({ backupAt: cel('now') })], meta: { norms: ['OR-11'] } },
        ],
        'plan.revise': replan,
        'consent.withdraw': { guard: someoneElse, actions: [noConsent], meta: { norms: ['OR-08'] } },
      },
    },
    consenting: {
      meta: { title: text("Awaiting the client's consent", '待客户同意'), norms: ['OR-08'] },
      entry: [
        notify(
          [{ role: 'customer' }],
          text('An operation awaits your consent.', '有操作待您同意。'),
          'OR-08',
        ),
      ],
      on: {
        'operation.consent': {
          target: 'approved',
          guard: someoneElse,
          actions: [assign({ clientConsented: true, consentBy: cel('actor.id') })],
          meta: { norms: ['OR-08'] },
        },
        'operation.refuse': {
          target: 'planning',
          guard: someoneElse,
          actions: [assign({ operationRefusal: cel('event.reason') })],
          meta: { norms: ['OR-08'] },
        },
        'plan.revise': replan,
      },
    },
    approved: {
      meta: { title: text('Approved, waiting for its window', '已批准，待操作窗口'), norms: ['OR-12'] },
      on: {
        'operation.start': {
          target: '#operations.underWay.executing',
          guard: all(
            cel('job.clientConsented'),
            cel('has(job.operationPlan)'),
            cel('job.operationFrom <= now && now < job.operationTo'),
            backedUp,
            outsideCriticalPeriods,
          ),
          meta: { norms: ['OR-08', 'OR-10', 'OR-11', 'OR-12'] },
        },
        'backup.renew': { target: 'backingUp', guard: cel('job.production'), meta: { norms: ['OR-11'] } },
        'consent.withdraw': {
          target: 'consenting',
          guard: someoneElse,
          actions: [noConsent],
          meta: { norms: ['OR-08'] },
        },
        'plan.revise': replan,
      },
    },
  },
}

const rollBack: Transition = {
  target: 'rollingBack',
  actions: [
    assign({ rollbackReason: cel('event.reason') }),
    notify(
      [{ role: 'customer' }, toField('residencyLead'), toField('projectManager')],
      text('An operation is being rolled back.', '操作正在回退。'),
      'OR-16',
    ),
  ],
  meta: { waivesChecklist: true },
}
const closed = (count: 'operationsDone' | 'operationsRolledBack'): Action[] => [
  assign({ [count]: cel(`job.${count} + 1`) }),
  notify(
    [{ role: 'customer' }, toField('residencyLead')],
    count === 'operationsDone'
      ? text('An operation has been carried out and verified.', '操作已完成并通过验证。')
      : text('An operation has been rolled back, the former state verified.', '操作已回退，原状态已验证。'),
  ),
]

const underWay: StateNode = {
  initial: 'executing',
  meta: { title: text('Under way', '操作实施') },
  after: {
    windowNearlyOver: {
      actions: [
        remind(
          [toField('engineer'), toRole('dispatcher')],
          text(
            'The planned time ends in 15 minutes: finish or roll back.',
            '操作时段还有15分钟结束，请完成或回退。',
          ),
          'OR-12',
        ),
      ],
    },
  },
  states: {
    executing: {
      meta: { title: text('Carrying out', '实施中') },
      on: {
        'operation.done': {
          target: 'verifying',
          actions: [
            assign({ operationOutcome: 'carriedOut', operationResult: cel('event.operationResult') }),
          ],
        },
        'operation.rollBack': rollBack,
      },
    },
    verifying: {
      meta: {
        title: text('Verifying', '验证中'),
        checklist: [
          item(
            'operationVerified',
            text('Result checked against the plan', '已对照方案核实结果'),
            ['OR-10'],
            {
              evidence: 'text',
            },
          ),
          item('serviceRuns', text('Service runs, seen with the client', '已与客户确认业务运行正常')),
        ],
      },
      on: {
        'operation.verified': [
          {
            target: '#operations.idle',
            guard: cel("job.operationOutcome == 'carriedOut'"),
            actions: closed('operationsDone'),
          },
          {
            target: '#operations.idle',
            actions: closed('operationsRolledBack'),
            meta: { title: text('Former state verified', '确认已恢复原状') },
          },
        ],
        'operation.rollBack': rollBack,
      },
    },
    rollingBack: {
      meta: {
        title: text('Rolling back', '回退中'),
        checklist: [
          item('formerState', text('Former state restored', '已恢复操作前状态'), ['OR-19'], {
            evidence: 'text',
          }),
          item('dataWhole', text('Data whole', '数据完整'), ['OR-19']),
        ],
      },
      on: {
        'rollback.done': { target: 'verifying', actions: [assign({ operationOutcome: 'rolledBack' })] },
      },
    },
  },
}

export const operations: StateNode = {
  id: 'operations',
  initial: 'idle',
  meta: { title: text('Operations', '操作管理') },
  states: {
    idle: {
      meta: { title: text('No operation', '无操作') },
      on: {
        'operation.request': {
          target: 'preparing',
          actions: [
            assign({
              operation: cel('event.operation'),
              operationSystem: cel('event.operationSystem'),
              operationScope: cel('event.operationScope'),
              production: cel('event.production'),
              operationPlan: null,
              operationRisks: null,
              rollbackPlan: null,
              operationFrom: null,
              operationTo: null,
              backupAt: null,
              clientConsented: false,
              consentBy: null,
              operationRefusal: null,
              operationOutcome: null,
              operationResult: null,
              rollbackReason: null,
            }),
          ],
        },
      },
    },
    preparing,
    underWay,
  },
}
