/**
 * From the diagnosis to the customer's signature: explanation, warranty, quote, consent.
 *
 * Promises: explained before anything is decided (HV-16); free or charged by purchase date and cause, a charge only by
 * an accepted quote (HV-17); no work before the signature (HV-18).
 */
import type { StateNode } from '../../definition/schema.ts'
import { assign, cel, item, text } from '../author.ts'
import { declining } from './assessing.ts'

/** The fault was reported within the period, its last day included, and its cause is ours. */
const FREE =
  "has(job.purchaseDate) && job.bookedAt < plus(plus(job.purchaseDate, settings.warrantyPeriod), 'P1D')" +
  " && job.cause in ['design', 'manufacture', 'assembly']"

const prove = {
  target: 'warranty',
  actions: [assign({ purchaseDate: cel('event.purchaseDate') })],
  meta: { norms: ['HV-17'] },
}

export const solution: StateNode = {
  id: 'solution',
  initial: 'explaining',
  meta: { title: text('Solution', '商定方案') },
  states: {
    explaining: {
      meta: {
        title: text('Explaining', '说明方案'),
        norms: ['HV-16'],
        checklist: [
          item('faultExplained', text('Fault explained', '讲清故障'), ['HV-16']),
          item('causeExplained', text('Cause explained', '讲清原因'), ['HV-16']),
          item('planExplained', text('Plan explained', '讲清方案'), ['HV-16']),
          item('warrantyExplained', text('Warranty policy explained', '讲清保修政策'), ['HV-16']),
          item('errorAvoidance', text('How to avoid the error explained', '说明如何避免误操作'), ['HV-16'], {
            required: cel("job.cause == 'misuse'"),
          }),
        ],
      },
      on: {
        'explanation.done': { target: 'warranty', meta: { norms: ['HV-16'] } },
        'spot.unrepairable': { target: '#stuck', meta: { norms: ['HV-24'], waivesChecklist: true } },
      },
    },
    warranty: {
      meta: { title: text('Warranty decided', '保修判定'), norms: ['HV-17'] },
      always: [
        {
          target: 'free',
          guard: cel(FREE),
          actions: [assign({ free: true, quotedAmount: 0 })],
          meta: { norms: ['HV-17'] },
        },
        {
          target: 'quoting',
          actions: [assign({ free: false, quotedAmount: null, quoteAccepted: false })],
          meta: { norms: ['HV-17'] },
        },
      ],
    },
    free: {
      meta: {
        title: text('Free under warranty', '保修免费'),
        norms: ['HV-17'],
        description: text('Repair, exchange or return, as agreed.', '修、换、退，由双方商定。'),
      },
      on: {
        'remedy.choose': {
          target: 'signing',
          actions: [assign({ remedy: cel('event.remedy'), plan: cel('event.plan') })],
          meta: { norms: ['HV-17'] },
        },
        'solution.decline': declining,
      },
    },
    quoting: {
      meta: { title: text('Quoting', '报价'), norms: ['HV-17', 'GN-26'] },
      on: {
        'quote.give': {
          target: 'quoted',
          actions: [assign({ quotedAmount: cel('event.amount'), plan: cel('event.plan'), remedy: 'repair' })],
          meta: { norms: ['HV-17', 'GN-26'] },
        },
        'purchase.prove': prove,
        'solution.decline': declining,
      },
    },
    quoted: {
      meta: { title: text('Quote before the customer', '报价待客户确认'), norms: ['HV-17'] },
      on: {
        'quote.accept': {
          target: 'signing',
          actions: [assign({ quoteAccepted: true })],
          meta: { norms: ['HV-17'] },
        },
        'quote.decline': declining,
        'quote.give': {
          actions: [assign({ quotedAmount: cel('event.amount'), plan: cel('event.plan') })],
          meta: { norms: ['HV-17', 'GN-26'] },
        },
        'purchase.prove': prove,
      },
    },
    signing: {
      meta: {
        title: text("Awaiting the customer's signature", '待客户签字认可方案'),
        norms: ['HV-18'],
        checklist: [
          item('solutionSignature', text('The customer signed the solution', '客户签字认可方案'), ['HV-18'], {
            evidence: 'signature',
            roles: ['customer'],
          }),
        ],
      },
      on: {
        'solution.sign': [
          {
            target: '#returning',
            guard: cel("job.remedy == 'return' && job.free"),
            actions: [assign({ solutionSigned: true })],
            meta: { norms: ['HV-17', 'HV-18'] },
          },
          {
            target: '#repairing',
            guard: cel('job.free || job.quoteAccepted'),
            actions: [assign({ solutionSigned: true })],
            meta: { norms: ['HV-17', 'HV-18'] },
          },
        ],
        'solution.decline': declining,
      },
    },
  },
}
