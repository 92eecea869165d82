/**
 * From the mended fault to the door: tuning, verifying together, explaining, tidying, report, acceptance, payment,
 * farewell.
 *
 * Promises: in this order and no other; a problem that the customer raises reopens the work (HV-33); nobody but the
 * customer signs for the customer.
 */
import type { Guard, StateNode, Transition } from '../../definition/schema.ts'
import { all, assign, cel, item, not, text } from '../author.ts'
import { cameOut, outcome } from './guards.ts'

/** Back to work under the signed plan, or to the beginning where none was signed. */
const reopened = (more: Pick<Transition, 'actions'> & { norms: string[] }): Transition[] => {
  const { norms, actions = [] } = more
  const meta = { norms, waivesChecklist: true }
  return [
    { target: '#repairing', guard: cel('job.solutionSigned'), actions, meta },
    { target: '#assessing', actions, meta },
  ]
}

export const finishing: StateNode = {
  id: 'finishing',
  initial: 'tuning',
  meta: { title: text('Finishing', '收尾') },
  states: {
    tuning: {
      meta: {
        title: text('Cleaning up and tuning', '清理优化系统'),
        norms: ['HV-31', 'HV-56'],
        checklist: [
          item('systemCleaned', text('System cleaned up', '清理系统'), ['HV-31']),
          item('systemOptimised', text('System tuned', '优化系统'), ['HV-31']),
          item('harmlessChecked', text('Harmless treatment checked', '无害化检查'), ['HV-56']),
          item('electricalChecked', text('Electrical safety checked', '用电安全检查'), ['HV-56']),
        ],
      },
      on: { 'system.tuned': { target: 'verifying', meta: { norms: ['HV-31', 'HV-56'] } } },
    },
    verifying: {
      id: 'verifying',
      meta: {
        title: text('Verifying together', '与客户共同验机'),
        norms: ['HV-30'],
        checklist: [
          item('faultGone', text('Fault gone', '故障已排除'), ['HV-30']),
          item('screwsAndCables', text('Screws and cables in place', '螺丝与线缆完好'), ['HV-30']),
          item('driversInOrder', text('Drivers in order', '驱动正常'), ['HV-30']),
          item('dataIntact', text('Data intact', '数据完好'), ['HV-30']),
          item('customerVerified', text('The customer verified it too', '客户共同验机确认'), ['HV-30'], {
            roles: ['customer'],
          }),
        ],
      },
      on: {
        'verification.pass': { target: 'explainingWork', meta: { norms: ['HV-30'] } },
        'verification.fail': reopened({
          norms: ['HV-30'],
          actions: [assign({ rejection: cel('event.problem') })],
        }),
      },
    },
    explainingWork: {
      meta: {
        title: text('Explaining the work', '说明维修情况'),
        norms: ['HV-54', 'GN-27'],
        checklist: [
          item('causeToldAfter', text('Cause explained', '说明故障原因'), ['HV-54']),
          item('partsToldAfter', text('Parts explained', '说明更换备件'), ['HV-54']),
          item('workToldAfter', text('Work explained', '说明所做工作'), ['HV-54']),
          item('preventionTold', text('Prevention explained', '说明预防方法'), ['HV-54']),
          item('useTaught', text('Use and upkeep taught', '教会使用与保养'), ['GN-27']),
          item('inChargeInformed', text('Person in charge informed', '已向现场负责人通报'), ['HV-37']),
        ],
      },
      on: {
        'work.explained': {
          target: '#tidying',
          actions: [outcome('solved')],
          meta: { norms: ['HV-54', 'GN-27'] },
        },
      },
    },
  },
}

/** Visits that go on elsewhere or later have no report of their own yet. */
const goesOn = cameOut('further', 'taken-away')
/** Work that the customer accepts by signing. */
const accepted = cameOut('solved', 'no-trouble', 'returned', 'not-repaired')
/** HV-17: nothing is charged that was not announced: by an accepted quote, or on the telephone. */
const billAnnounced: Guard = cel(
  'event.bill <= (job.free ? 0.0 : (job.quoteAccepted && has(job.quotedAmount) ? job.quotedAmount : 0.0)) + (has(job.announcedCharge) && !job.free ? job.announcedCharge : 0.0)',
)
const reported = assign({
  result: cel('event.result'),
  solution: cel('event.solution'),
  workDone: cel('event.workDone'),
  workMinutes: cel('event.workMinutes'),
  bill: cel('event.bill'),
})
const nothingToPay = cel('job.bill == 0.0')

export const closing: StateNode = {
  id: 'closing',
  initial: 'tidying',
  meta: { title: text('Closing', '结束服务') },
  states: {
    tidying: {
      id: 'tidying',
      meta: {
        title: text('Tidying', '清理现场'),
        norms: ['HV-29'],
        checklist: [
          item('toolsCollected', text('Tools collected', '收好工具'), ['HV-29']),
          item('wasteRemoved', text('Waste removed', '清走废弃物'), ['HV-29']),
          item('cablesTied', text('Cables tied back', '整理线缆'), ['HV-29']),
          item('machineInPlace', text('Machine where it stood', '机器归位'), ['HV-29'], {
            required: cel("!(job.outcome in ['taken-away', 'returned'])"),
          }),
        ],
      },
      on: {
        'place.tidied': [
          { target: 'farewell', guard: goesOn, meta: { norms: ['HV-29'] } },
          { target: 'reporting', meta: { norms: ['HV-29'] } },
        ],
      },
    },
    reporting: {
      meta: { title: text('Service report', '填写服务报告'), norms: ['HV-32', 'HV-31'] },
      on: {
        'report.fill': [
          {
            target: 'accepting',
            guard: all(accepted, billAnnounced),
            actions: [reported],
            meta: { norms: ['HV-32'] },
          },
          {
            target: 'settling',
            guard: all(not(accepted), billAnnounced),
            actions: [reported],
            meta: { norms: ['HV-32'] },
          },
        ],
      },
    },
    accepting: {
      meta: {
        title: text('Acceptance', '客户验收'),
        norms: ['HV-33', 'HV-34'],
        checklist: [
          item('commentsAsked', text('Asked for comments on the service', '征询客户意见'), ['GN-10']),
          item('acceptanceSignature', text('The customer signed the acceptance', '客户签字验收'), ['HV-33'], {
            evidence: 'signature',
            roles: ['customer'],
          }),
          item(
            'countersigned',
            text('The acceptance contact countersigned the order', '验收负责人会签服务单'),
            ['HV-34'],
            {
              evidence: 'signature',
              roles: ['customer'],
            },
          ),
        ],
      },
      on: {
        'acceptance.sign': { target: 'settling', meta: { norms: ['HV-33', 'HV-34', 'GN-10'] } },
        'acceptance.reject': reopened({
          norms: ['HV-33'],
          actions: [assign({ rejection: cel('event.problem'), outcome: null })],
        }),
      },
    },
    settling: {
      meta: { title: text('Settling the bill', '结算'), norms: ['HV-33'] },
      always: { target: 'farewell', guard: nothingToPay },
      on: {
        'payment.record': {
          target: 'farewell',
          guard: cel('event.amount == job.bill'),
          actions: [assign({ paid: cel('event.amount') })],
          meta: { norms: ['HV-33', 'GN-26'] },
        },
      },
    },
    farewell: {
      id: 'farewell',
      meta: {
        title: text('Farewell', '道别'),
        norms: ['HV-35'],
        checklist: [
          item('cardLeft', text('Card left', '留下名片'), ['HV-35']),
          item('useAdvice', text('Advice on use given', '给出使用建议'), ['HV-35']),
          item('needsAsked', text('Asked for any further needs', '询问其他需求'), ['HV-35']),
          item('copyLeft', text('Copy of the order left with the customer', '服务单客户联已留'), ['HV-34'], {
            required: accepted,
          }),
        ],
      },
      on: { 'farewell.said': { target: '#reportingBack', meta: { norms: ['HV-35', 'HV-34', 'HV-55'] } } },
    },
  },
}
