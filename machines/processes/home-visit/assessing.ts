/**
 * Finding out what is wrong: inspection, and the two findings that need no repair.
 *
 * Promises: no repair without a diagnosis (HV-48); damage by people and the serial number are written down whatever
 * is found (HV-47).
 */
import type { StateNode } from '../../definition/schema.ts'
import { assign, cel, item, text } from '../author.ts'
import { optional } from '../customer-file.ts'
import { outcome } from './guards.ts'

const assessed = {
  damageByPeople: cel('event.damageByPeople'),
  serialNumber: cel('event.serialNumber'),
}
/** What a diagnosis sets; the consents given for an earlier one fall. */
export const diagnosed = assign({
  ...assessed,
  diagnosis: cel('event.diagnosis'),
  cause: cel('event.cause'),
  purchaseDate: cel(
    'has(event.purchaseDate) ? dyn(event.purchaseDate) : (has(job.purchaseDate) ? dyn(job.purchaseDate) : null)',
  ),
  remedy: null,
  plan: null,
  quotedAmount: null,
  quoteAccepted: false,
  solutionSigned: false,
})

export const assessing: StateNode = {
  id: 'assessing',
  meta: {
    title: text('Assessing', '检查评估'),
    norms: ['HV-14', 'HV-48'],
    checklist: [
      item('casingInspected', text('Casing inspected', '检查外观'), ['HV-14']),
      item('powerInspected', text('Power inspected', '检查电源'), ['HV-14']),
      item('faultAskedAfter', text('Asked about the fault', '询问故障情况'), ['HV-14']),
      item('faultReproduced', text("Reproduced with the customer's leave", '经客户同意复现故障'), ['HV-14']),
      item('talkNotes', text('Important points of the talk written down', '交谈要点做笔录'), ['HV-58'], {
        evidence: 'text',
      }),
    ],
  },
  on: {
    'fault.diagnosed': { target: 'solution', actions: [diagnosed], meta: { norms: ['HV-48', 'HV-47'] } },
    'no-trouble.found': {
      target: 'noTrouble',
      actions: [assign({ ...assessed, diagnosis: cel('event.findings') })],
      meta: { norms: ['HV-36', 'HV-47'] },
    },
    'out-of-scope.found': {
      target: 'outOfScope',
      actions: [assign({ ...assessed, diagnosis: cel('event.reason') })],
      meta: { norms: ['HV-15', 'HV-47'] },
    },
    /** Not even the fault can be found here. */
    'spot.unrepairable': { target: 'stuck', meta: { norms: ['HV-24'] } },
  },
}

export const noTrouble: StateNode = {
  meta: {
    title: text('No trouble found', '未发现故障'),
    norms: ['HV-36'],
    checklist: [
      item('patientlyExplained', text('Explained patiently what was found', '耐心说明检查结果'), ['HV-36']),
      item('recurrenceExplained', text('Explained how to keep it from recurring', '说明如何避免再次发生'), [
        'HV-36',
      ]),
    ],
  },
  on: {
    'explanation.done': { target: '#tidying', actions: [outcome('no-trouble')], meta: { norms: ['HV-36'] } },
    'fault.recurs': { target: 'assessing', meta: { waivesChecklist: true } },
  },
}

export const outOfScope: StateNode = {
  meta: {
    title: text('Out of scope', '超出服务范围'),
    norms: ['HV-15'],
    checklist: [
      item('scopeTold', text('Said clearly that it is outside the scope', '明确告知超出服务范围'), ['HV-15']),
    ],
  },
  on: {
    'advice.give': {
      target: '#tidying',
      actions: [assign({ advice: cel('event.advice'), outcome: 'out-of-scope' })],
      meta: { norms: ['HV-15'] },
    },
  },
}

/** Why the customer declines, and the way out that follows. */
export const declining = {
  target: '#tidying',
  actions: [assign({ outcome: 'declined', rejection: optional('event.reason') })],
  meta: { waivesChecklist: true },
}
