import { describe, expect, test } from 'vitest'
import type { Rehearsal } from '../kit.ts'
import * as step from './home-visit-steps.ts'

const { engineer, customer } = step

const signature = { kind: 'signature', signedBy: 'Zhang Wei' } as const
/** Items that stand in the way of an event, by what the refusal names. */
const missing = (job: Rehearsal, type: string, payload: Record<string, unknown> = {}, by = engineer) =>
  job.refused(type, payload, by).reasons.map(({ item }) => item)
const arrived = (): Rehearsal => {
  const job = step.travelling()
  job.send('arrive', {}, engineer)
  return job
}
const quoted = (): Rehearsal => {
  const job = step.explain(step.diagnose(step.assessing(), step.DIAGNOSED_CHARGED))
  job.send('quote.give', step.QUOTE, engineer)
  return job
}

describe('home-visit at the customer', () => {
  test("GN-15: the customer's rules are acknowledged before any work on the premises", () => {
    const job = arrived()
    step.expectBarred(job, 'service', { steps: 3, without: ['customerRules'], besides: ['nobody.present'] })
    job.tickAll(engineer, ['customerRules'])
    expect(missing(job, 'visit.begin', { personInCharge: 'Wang Fang' })).toEqual(['customerRules'])
    job.tick('customerRules', engineer)
    job.send('visit.begin', { personInCharge: 'Wang Fang' }, engineer)
    expect(job.in('service.assessing')).toBe(true)
  })

  test('HV-12, HV-37: at the door everything proper is done, and the person in charge is named', () => {
    const job = arrived()
    expect(job.open()).toEqual(['knocked', 'introduced', 'phoneQuiet', 'customerRules'])
    job.tickAll(engineer)
    expect(job.refused('visit.begin', {}, engineer).code).toBe('payload-invalid')
  })

  test('HV-15: out of scope is said to be so, with the way to get it solved, before anyone leaves', () => {
    const job = step.assessing()
    job.tickAll(engineer)
    job.send('out-of-scope.found', { reason: 'Another maker', ...step.ASSESSED }, engineer)
    // Building work may still put the whole visit off; it does not close this one.
    step.expectBarred(job, 'closing', { steps: 3, besides: ['advice.give', 'construction.found'] })
    expect(missing(job, 'advice.give', { advice: 'Ask the maker' })).toEqual(['scopeTold'])
    job.tickAll(engineer)
    expect(job.refused('advice.give', { advice: '' }, engineer).code).toBe('payload-invalid')
    job.send('advice.give', { advice: 'Ask the maker' }, engineer)
    expect(job.in('closing.tidying')).toBe(true)
  })

  test.each([
    ['bought 275 days ago, our making', '2025-06-01', 'manufacture', 'free'],
    ['bought a year ago to the day', '2025-03-02', 'design', 'free'],
    ['bought a year and a day ago', '2025-03-01', 'assembly', 'quoting'],
    ['our product, misused', '2026-01-01', 'misuse', 'quoting'],
    ['software', '2026-01-01', 'software', 'quoting'],
  ])('HV-17: %s: %s, %s is %s', (_what, purchaseDate, cause, state) => {
    const job = step.explain(step.diagnose(step.assessing({ purchaseDate }), { ...step.FAULT, cause }))
    expect(job.in(`solution.${state}`)).toBe(true)
  })

  test('HV-17: proof of purchase turns a charge into a free repair', () => {
    const job = step.explain(
      step.diagnose(step.assessing({ purchaseDate: undefined }), {
        ...step.FAULT,
        purchaseDate: '2024-01-01',
      }),
    )
    expect(job.in('solution.quoting')).toBe(true)
    job.send('purchase.prove', { purchaseDate: '2025-08-01' }, engineer)
    expect(job.in('solution.free')).toBe(true)
    expect(job.fields.purchaseDate).toBe('2025-08-01')
  })

  test('HV-17: no charged work without the quote accepted by the customer', () => {
    const job = quoted()
    expect(job.refused('quote.accept', {}, engineer).code).toBe('role-missing')
    job.refused('remedy.choose', { remedy: 'exchange', plan: 'x' }, step.anyone)
    step.expectBarred(job, 'repairing', {
      steps: 4,
      besides: ['quote.accept', 'purchase.prove', 'spot.unrepairable'],
    })
    job.send('quote.accept', {}, customer)
    expect(step.sign(job).in('repairing.choosing')).toBe(true)
  })

  test('HV-17: nothing is billed that was not announced first', () => {
    const free = step.reporting()
    free.refused('report.fill', { ...step.REPORT, bill: 1 }, engineer)
    const charged = quoted()
    charged.send('quote.accept', {}, customer)
    step.tidy(step.verify(step.mend(step.sign(charged))))
    charged.refused('report.fill', { ...step.REPORT, bill: 301 }, engineer)
    step.report(charged, { bill: 300 })
  })

  test('HV-18: no work before the customer signed the solution', () => {
    const job = step.signing()
    expect(
      job.refusedCommand({ kind: 'tick', item: 'solutionSignature', evidence: signature }, engineer).code,
    ).toBe('role-missing')
    expect(job.refusedCommand({ kind: 'tick', item: 'solutionSignature' }, customer).code).toBe(
      'evidence-missing',
    )
    step.expectBarred(job, 'repairing', { steps: 4, without: ['solutionSignature'] })
    expect(job.refused('solution.sign', {}, engineer).code).toBe('role-missing')
    expect(step.sign(job).in('repairing.choosing')).toBe(true)
  })

  test('HV-19: no work on a disk before the backup is confirmed and the disclaimer signed', () => {
    const job = step.repairing()
    job.send('disk.begin', { operation: 'recovery' }, engineer)
    for (const item of ['dataAskedAfter', 'dataBackedUp', 'disclaimerSignature']) {
      step.expectBarred(job, 'disk.working', { steps: 3, without: [item] })
    }
    expect(
      job.refusedCommand({ kind: 'tick', item: 'disclaimerSignature', evidence: signature }, engineer).code,
    ).toBe('role-missing')
    step.tickBoth(job).send('disk.start', { machineUser: 'Wang Fang' }, engineer)
    expect(job.in('disk.working')).toBe(true)
  })

  test('HV-19: a disk is no part to be replaced behind that gate', () => {
    const job = step.repairing()
    job.send('hardware.begin', {}, engineer)
    job.tickAll(engineer)
    job.send('case.open', { powerButtonPresses: 3 }, engineer)
    expect(job.refused('part.replace', { ...step.PART, disk: true }, engineer).code).toBe('guard-false')
    job.send('part.replace', step.PART, engineer)
    step.tickBoth(job).send('case.close', {}, engineer)
    step.protectData(job, 'replace').send('disk.done', {}, engineer)
    job.send('hardware.begin', {}, engineer)
    job.tickAll(engineer)
    job.send('case.open', { powerButtonPresses: 3 }, engineer)
    job.send('part.replace', { ...step.PART, disk: true }, engineer)
    expect(job.fields.partsReplaced).toHaveLength(2)
  })

  test('HV-20, HV-21: no case is opened without leave, nor before it is discharged by three presses', () => {
    const job = step.repairing()
    job.send('hardware.begin', {}, engineer)
    expect(missing(job, 'case.open', { powerButtonPresses: 3 })).toEqual([
      'leaveToOpen',
      'cordOut',
      'batteryOut',
    ])
    job.tickAll(engineer)
    expect(job.refused('case.open', { powerButtonPresses: 2 }, engineer).code).toBe('payload-invalid')
    job.send('case.open', { powerButtonPresses: 3 }, engineer)
  })

  test('HV-21: without leave the case stays shut, whatever is tried', () => {
    const job = step.repairing()
    step.expectBarred(job, 'hardware.opened', { steps: 3, without: ['leaveToOpen'] })
    expect(step.replacePart(job).in('repairing.choosing')).toBe(true)
  })

  test('HV-23, HV-53: a replacement is complete only with serials, stock and signature, and the machine cleaned', () => {
    const job = step.repairing()
    job.send('hardware.begin', {}, engineer)
    job.tickAll(engineer)
    job.send('case.open', { powerButtonPresses: 3 }, engineer)
    expect(job.open()).toEqual(['machineCleaned'])
    for (const name of Object.keys(step.PART)) {
      const { [name]: _left, ...rest }: Record<string, unknown> = step.PART
      expect(job.refused('part.replace', rest, engineer).code).toBe('payload-invalid')
    }
    job.send('part.replace', step.PART, engineer)
    expect(missing(job, 'case.close')).toEqual(['machineCleaned', 'replacementSignature'])
  })

  test('HV-24: nothing leaves the house before the customer agreed and the receipt is named', () => {
    const job = step.repairing()
    job.send('spot.unrepairable', { reason: 'Needs the bench' }, engineer)
    step.expectBarred(job, 'closing', {
      steps: 2,
      without: ['nextStepSignature'],
      besides: ['solution.decline', 'work.resume'],
    })
    job.tickAll(customer)
    expect(job.refused('takeaway.agree', {}, engineer).code).toBe('payload-invalid')
    const nameless = step.stuck()
    nameless.do({ kind: 'correct', fields: { customerPhone: null }, reason: 'Wrong number' }, step.dispatcher)
    expect(nameless.refused('takeaway.agree', { receiptNumber: 'R-7' }, engineer).code).toBe('guard-false')
    job.send('further.agree', { time: '2026-03-04T11:00:00+08:00' }, engineer)
    expect(job.in('closing.tidying')).toBe(true)
  })

  test('HV-30: no acceptance before engineer and customer verified it together', () => {
    const job = step.verifying()
    for (const item of job.open()) {
      step.expectBarred(job, 'explainingWork', { steps: 1, without: [item], besides: ['verification.fail'] })
    }
    job.tickAll(engineer, ['customerVerified'])
    expect(job.refusedCommand({ kind: 'tick', item: 'customerVerified' }, engineer).code).toBe('role-missing')
    job.tick('customerVerified', customer)
    job.send('verification.pass', {}, engineer)
    const failed = step.verifying()
    failed.send('verification.fail', { problem: 'Fan is loud' }, customer)
    expect(failed.in('repairing.choosing')).toBe(true)
  })

  test('HV-33: only the customer accepts, by his own signature, and nobody takes leave unpaid', () => {
    const job = step.accepting()
    for (const item of ['acceptanceSignature', 'countersigned'])
      expect(job.refusedCommand({ kind: 'tick', item, evidence: signature }, engineer).code).toBe(
        'role-missing',
      )
    expect(job.refused('acceptance.sign', {}, engineer).code).toBe('role-missing')
    step.expectBarred(job, 'farewell', { steps: 1, without: ['acceptanceSignature'] })
    step.accept(job)
    expect(job.in('closing.farewell')).toBe(true)

    const charged = quoted()
    charged.send('quote.accept', {}, customer)
    step.accept(step.report(step.tidy(step.verify(step.mend(step.sign(charged)))), { bill: 300 }))
    step.expectBarred(charged, 'farewell', { steps: 2, besides: ['payment.record'] })
  })

  test('HV-33: a problem raised at acceptance reopens the work, and all is verified and signed anew', () => {
    const job = step.accepting()
    job.tickAll(customer, ['commentsAsked'])
    job.send('acceptance.reject', { problem: 'Still loud' }, customer)
    expect(job.in('repairing.choosing')).toBe(true)
    step.report(step.tidy(step.verify(step.mend(job))))
    expect(job.open()).toEqual(['commentsAsked', 'acceptanceSignature', 'countersigned'])
  })

  test('HV-36: no trouble found is explained patiently before it is closed', () => {
    const job = step.assessing()
    job.tickAll(engineer)
    job.send('no-trouble.found', { findings: 'Plug was loose', ...step.ASSESSED }, engineer)
    for (const item of ['patientlyExplained', 'recurrenceExplained']) {
      step.expectBarred(job, 'closing', { steps: 1, without: [item] })
    }
    job.tickAll(engineer)
    job.send('explanation.done', {}, engineer)
    expect(job.in('closing.tidying')).toBe(true)
  })

  test.each(['own', 'customers'])(
    'HV-43: no call on the %s telephone while with the customer without leave',
    (telephone) => {
      const job = step.assessing()
      job.send('phone.ask', { telephone, aboutRepair: true }, engineer)
      step.expectBarred(job, 'telephone.calling', { steps: 2, without: ['phoneLeave'] })
      job.tickAll(engineer)
      job.send('phone.begin', {}, engineer)
      job.send('phone.end', {}, engineer)
      job.send('phone.ask', { telephone, aboutRepair: true }, engineer)
      expect(missing(job, 'phone.begin')).toEqual(['phoneLeave'])
      job.send('phone.withdraw', {}, engineer)
      expect(job.in('service.assessing')).toBe(true)
    },
  )

  test("HV-44: the customer's telephone is used about the repair only, and with leave", () => {
    const job = step.assessing()
    expect(job.refused('phone.ask', { telephone: 'customers', aboutRepair: false }, engineer).code).toBe(
      'guard-false',
    )
    expect(job.refused('phone.begin', {}, engineer).code).toBe('not-allowed-here')
    job.send('phone.ask', { telephone: 'customers', aboutRepair: true }, engineer)
    expect(missing(job, 'phone.begin')).toEqual(['phoneLeave'])
    job.tick('phoneLeave', customer, { kind: 'text', text: 'Wang Fang' })
    job.send('phone.begin', {}, engineer)
    expect(job.in('telephone.calling')).toBe(true)
  })

  test('HV-47, HV-48: no repair without a diagnosis, which keeps damage and serial number', () => {
    const job = step.assessing()
    step.expectBarred(job, 'repairing', {
      steps: 4,
      besides: ['fault.diagnosed', 'damage.report', 'phone.ask'],
    })
    job.tickAll(engineer)
    for (const name of Object.keys(step.FAULT)) {
      const { [name]: _left, ...rest }: Record<string, unknown> = step.FAULT
      expect(job.refused('fault.diagnosed', rest, engineer).code).toBe('payload-invalid')
    }
  })

  test.each(['partition', 'format', 'virus-removal'])(
    'HV-49: before %s the consequences are explained and the operator signs',
    (operation) => {
      const job = step.repairing()
      job.send('disk.begin', { operation }, engineer)
      for (const item of ['consequencesExplained', 'operatorSignature', 'dataBackedUp']) {
        step.expectBarred(job, 'disk.working', { steps: 2, without: [item] })
      }
      step.tickBoth(job).send('disk.start', { machineUser: 'Wang Fang' }, engineer)
    },
  )

  test('HV-50: no software work before the backup', () => {
    const job = step.repairing()
    step.expectBarred(job, 'software.working', { steps: 3, without: ['softwareBackup'] })
    job.send('software.begin', {}, engineer)
    expect(missing(job, 'software.start')).toEqual(['softwareBackup'])
    job.tickAll(engineer)
    job.send('software.start', {}, engineer)
    job.send('software.done', {}, engineer)
  })

  test('HV-52: damage is told and handled before anything else, wherever the work stands; then it goes on there', () => {
    const stands: [Rehearsal, string][] = [
      [step.assessing(), 'service.assessing'],
      [step.signing(), 'solution.signing'],
      [step.repairing(), 'repairing.choosing'],
      [step.verifying(), 'finishing.verifying'],
      [step.tidying(), 'closing.tidying'],
      [step.farewell(), 'closing.farewell'],
    ]
    for (const [job, state] of stands) {
      job.send('damage.report', { what: 'Scratched the desk' }, engineer)
      step.expectBarred(job, 'service', { steps: 2, without: ['damageTold'] })
      job.tickAll(engineer)
      job.send('damage.handled', { handling: 'We pay for it' }, engineer)
      expect(job.in(state)).toBe(true)
      expect(job.fields.damages).toEqual(['Scratched the desk'])
      job.replays()
    }
  })

  test('HV-55: no visit ends, and no machine waits at the depot, before the result is reported back', () => {
    const job = step.reportingBack()
    const silent = step.reached(job, { steps: 2, besides: ['result.report-back', 'cancel'] })
    expect([...silent].filter((leaf) => leaf !== 'reportingBack')).toEqual([])
    expect(job.refused('result.report-back', {}, engineer).code).toBe('payload-invalid')
    expect(step.reportBack(job).status).toBe('done')
  })

  /** Each step of the work bars the way on until it is done. */
  test.each<[string, () => Rehearsal, string, Record<string, unknown>, string[]]>([
    [
      'HV-03',
      () => step.call(step.assign(step.book())),
      'time.agreed',
      { time: step.WANTED },
      [
        'callerNamed',
        'faultConfirmed',
        'addressConfirmed',
        'servicePlanTold',
        'chargesTold',
        'furtherNeedsAsked',
        'customerChoseTime',
        'callNotes',
      ],
    ],
    [
      'HV-14, HV-58',
      () => step.assessing(),
      'fault.diagnosed',
      step.FAULT,
      ['casingInspected', 'powerInspected', 'faultAskedAfter', 'faultReproduced', 'talkNotes'],
    ],
    [
      'HV-16',
      () => step.diagnose(step.assessing(), step.DIAGNOSED_CHARGED),
      'explanation.done',
      {},
      ['faultExplained', 'causeExplained', 'planExplained', 'warrantyExplained', 'errorAvoidance'],
    ],
    [
      'HV-31, HV-56',
      () => {
        const job = step.repairing()
        job.send('repair.done', {}, engineer)
        return job
      },
      'system.tuned',
      {},
      ['systemCleaned', 'systemOptimised', 'harmlessChecked', 'electricalChecked'],
    ],
    [
      'HV-54, GN-27, HV-37',
      () => {
        const job = step.tickBoth(step.verifying())
        job.send('verification.pass', {}, engineer)
        return job
      },
      'work.explained',
      {},
      [
        'causeToldAfter',
        'partsToldAfter',
        'workToldAfter',
        'preventionTold',
        'useTaught',
        'inChargeInformed',
      ],
    ],
    [
      'HV-29',
      step.tidying,
      'place.tidied',
      {},
      ['toolsCollected', 'wasteRemoved', 'cablesTied', 'machineInPlace'],
    ],
    ['HV-35, HV-34', step.farewell, 'farewell.said', {}, ['cardLeft', 'useAdvice', 'needsAsked', 'copyLeft']],
  ])('%s: nothing is left out', (_norm, at, type, payload, items) => {
    expect(missing(at(), type, payload)).toEqual(items)
  })

  test('HV-34, GN-10: at sign-off comments are asked for and the order countersigned', () => {
    const job = step.accepting()
    expect(missing(job, 'acceptance.sign', {}, customer)).toEqual([
      'commentsAsked',
      'acceptanceSignature',
      'countersigned',
    ])
  })

  test('HV-32: the report holds result, solution, time, work and bill', () => {
    const job = step.reporting()
    for (const name of Object.keys(step.REPORT)) {
      const { [name]: _left, ...rest }: Record<string, unknown> = step.REPORT
      expect(job.refused('report.fill', rest, engineer).code).toBe('payload-invalid')
    }
  })

  test('prohibited and bad conduct can be reported on the job', () => {
    const job = step.assessing()
    for (const norm of [
      'HV-13',
      'HV-22',
      'HV-25',
      'HV-26',
      'HV-27',
      'HV-38',
      'HV-39',
      'HV-45',
      'HV-46',
      'HV-51',
      'HV-57',
      'HV-59',
      'GN-26',
    ])
      job.do({ kind: 'reportBreach', norm, severity: 'minor' }, step.dispatcher)
    expect(job.broken).toHaveLength(13)
  })
})
