/**
 * The steps of a home visit that its tests walk: each takes the job from one station to the next, in the order of the work.
 */
import { expect } from 'vitest'
import { advance } from '../../../machines/advance/advance.ts'
import type { Actor, Evidence, Job } from '../../../machines/advance/job.ts'
import { itemsOf, viewOf } from '../../../machines/advance/view.ts'
import { ROLES } from '../../../machines/definition/schema.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { as, type Rehearsal, rehearse, type World } from '../kit.ts'

export const dispatcher = as('dispatcher')
export const engineer = as('engineer')
export const customer = as('customer')
export const stockKeeper = as('stock-keeper')
export const head = as('process-owner')
/** Who holds every role at once: whatever he cannot do, nobody can. */
export const anyone: Actor = { ...as([...ROLES]), id: 'anyone-1' }
export const system: Actor = { id: 'system', name: 'system', roles: ['system'] }

/** Monday 15:00, five hours after the booking. */
export const WANTED = '2026-03-02T15:00:00+08:00'
/** The same moment as fields hold it. */
export const PROMISED = '2026-03-02T07:00:00.000Z'
export const BOOKING = {
  timeWanted: WANTED,
  problem: 'The computer does not start',
  problemKind: 'hardware',
  severity: 'normal',
  region: 'east',
  distanceBand: 'near',
  customerName: 'Wang Fang',
  customerAddress: '12 Garden Road',
  customerPhone: '010-5550101',
  purchaseDate: '2025-06-01',
}
export const ASSESSED = { damageByPeople: 'None', serialNumber: 'SN-1' }
export const FAULT = { diagnosis: 'Power supply failed', cause: 'manufacture', ...ASSESSED }
export const PART = { part: 'Power supply', oldSerial: 'PS-1', newSerial: 'PS-2', count: 1, stockCount: 4 }
export const REPORT = {
  result: 'Works again',
  solution: 'Power supply replaced',
  workDone: 'Replaced and tested',
  workMinutes: 50,
  bill: 0,
}
export const DIAGNOSED_CHARGED = { ...FAULT, cause: 'misuse' }
export const QUOTE = { amount: 300, tariffItems: 'Power supply, labour', plan: 'Replace the power supply' }

/** Everybody ticks what is his: the engineer the work, the customer his signatures. */
export const tickBoth = (job: Rehearsal, except: readonly string[] = []): Rehearsal => {
  const customers = job.open().filter((item) => CUSTOMERS_ITEMS.includes(item))
  job.tickAll(engineer, [...customers, ...except])
  job.tickAll(customer, except)
  return job
}
const CUSTOMERS_ITEMS = [
  'solutionSignature',
  'replacementSignature',
  'disclaimerSignature',
  'operatorSignature',
  'exchangeSignature',
  'nextStepSignature',
  'customerVerified',
  'acceptanceSignature',
  'countersigned',
]

/** A field given as undefined is left out of the booking. */
export const book = (fields: Record<string, unknown> = {}, world: World = {}): Rehearsal => {
  const given = Object.entries({ ...BOOKING, ...fields }).filter(([, value]) => value !== undefined)
  return rehearse(homeVisit, Object.fromEntries(given), dispatcher, world)
}

export const assign = (job: Rehearsal): Rehearsal => {
  job.send('assign', { engineer: engineer.id }, dispatcher)
  return job
}
export const call = (job: Rehearsal): Rehearsal => {
  job.send('call.start', {}, engineer)
  return job
}
export const agree = (job: Rehearsal, more: Record<string, unknown> = {}): Rehearsal => {
  job.tickAll(engineer)
  job.send('time.agreed', { time: WANTED, ...more }, engineer)
  return job
}
export const prepare = (job: Rehearsal): Rehearsal => {
  job.send('parts.none-needed', {}, engineer)
  job.send('order.release', {}, dispatcher)
  job.tickAll(engineer)
  return job
}
export const setOut = (job: Rehearsal): Rehearsal => {
  job.send('set.out', {}, engineer)
  return job
}
export const enter = (job: Rehearsal, arriving: Record<string, unknown> = {}): Rehearsal => {
  job.send('arrive', arriving, engineer)
  job.tickAll(engineer)
  job.send('visit.begin', { personInCharge: 'Wang Fang' }, engineer)
  return job
}
export const diagnose = (job: Rehearsal, fault: Record<string, unknown> = FAULT): Rehearsal => {
  job.tickAll(engineer)
  job.send('fault.diagnosed', fault, engineer)
  return job
}
export const explain = (job: Rehearsal): Rehearsal => {
  job.tickAll(engineer)
  job.send('explanation.done', {}, engineer)
  return job
}
export const sign = (job: Rehearsal): Rehearsal => {
  job.tickAll(customer)
  job.send('solution.sign', {}, customer)
  return job
}
export const mend = (job: Rehearsal): Rehearsal => {
  job.send('repair.done', {}, engineer)
  job.tickAll(engineer)
  job.send('system.tuned', {}, engineer)
  return job
}
export const verify = (job: Rehearsal): Rehearsal => {
  tickBoth(job)
  job.send('verification.pass', {}, engineer)
  job.tickAll(engineer)
  job.send('work.explained', {}, engineer)
  return job
}
export const tidy = (job: Rehearsal): Rehearsal => {
  job.tickAll(engineer)
  job.send('place.tidied', {}, engineer)
  return job
}
export const report = (job: Rehearsal, more: Record<string, unknown> = {}): Rehearsal => {
  job.send('report.fill', { ...REPORT, ...more }, engineer)
  return job
}
export const accept = (job: Rehearsal): Rehearsal => {
  tickBoth(job)
  job.send('acceptance.sign', {}, customer)
  return job
}
export const leave = (job: Rehearsal): Rehearsal => {
  job.tickAll(engineer)
  job.send('farewell.said', {}, engineer)
  return job
}
export const reportBack = (job: Rehearsal): Rehearsal => {
  job.send('result.report-back', { summary: 'As in the report' }, engineer)
  return job
}

export const fixed = (fields: Record<string, unknown> = {}, world: World = {}): Rehearsal =>
  agree(call(assign(book(fields, world))))
export const travelling = (fields: Record<string, unknown> = {}, world: World = {}): Rehearsal =>
  setOut(prepare(fixed(fields, world)))
export const assessing = (fields: Record<string, unknown> = {}, world: World = {}): Rehearsal =>
  enter(travelling(fields, world))
export const chooseRepair = (job: Rehearsal): Rehearsal => {
  job.send('remedy.choose', { remedy: 'repair', plan: 'Replace the power supply' }, engineer)
  return job
}
export const signing = (world: World = {}): Rehearsal => chooseRepair(explain(diagnose(assessing({}, world))))
export const repairing = (): Rehearsal => sign(signing())
export const verifying = (): Rehearsal => mend(repairing())
export const tidying = (): Rehearsal => verify(verifying())
export const reporting = (): Rehearsal => tidy(tidying())
export const accepting = (): Rehearsal => report(reporting())
export const farewell = (): Rehearsal => accept(accepting())
export const reportingBack = (): Rehearsal => leave(farewell())
/** Not repairable on the spot; the customer has agreed to go on elsewhere. */
export const stuckIn = (world: World): Rehearsal => {
  const job = sign(signing(world))
  job.send('spot.unrepairable', { reason: 'Needs the bench' }, engineer)
  job.tickAll(customer)
  return job
}
export const stuck = (): Rehearsal => stuckIn({})

export const replacePart = (job: Rehearsal): Rehearsal => {
  job.send('hardware.begin', {}, engineer)
  job.tickAll(engineer)
  job.send('case.open', { powerButtonPresses: 3 }, engineer)
  job.send('part.replace', PART, engineer)
  tickBoth(job)
  job.send('case.close', {}, engineer)
  return job
}
export const protectData = (job: Rehearsal, operation = 'format'): Rehearsal => {
  job.send('disk.begin', { operation }, engineer)
  tickBoth(job)
  job.send('disk.start', { machineUser: 'Wang Fang' }, engineer)
  return job
}
/** From the tidied place to the end. */
export const close = (job: Rehearsal, more: Record<string, unknown> = {}): Rehearsal =>
  reportBack(leave(accept(report(tidy(job), more))))

/** A plausible payload of every event that takes one, for those who try everything. */
const PAYLOADS: Record<string, Record<string, unknown>> = {
  'region.set': { region: 'west' },
  transfer: { region: 'west', reason: 'x' },
  assign: { engineer: engineer.id },
  reassign: { engineer: engineer.id, reason: 'x' },
  'time.agreed': { time: '2026-03-03T11:00:00+08:00' },
  'change.request': { time: '2026-03-03T11:00:00+08:00' },
  'rebook.refuse': { reason: 'x' },
  'delay.announce': { time: '2026-03-02T17:00:00+08:00', apology: true, reason: 'x' },
  'postponement.refuse': { reason: 'x' },
  'parts.borrow': { parts: [{ part: 'x', count: 1 }] },
  'trip.break-off': { reason: 'x' },
  'visit.begin': { personInCharge: 'x' },
  'nobody.present': { note: 'x' },
  'damage.report': { what: 'x' },
  'damage.handled': { handling: 'x' },
  'phone.ask': { telephone: 'customers', aboutRepair: true },
  'fault.diagnosed': FAULT,
  'no-trouble.found': { findings: 'x', ...ASSESSED },
  'out-of-scope.found': { reason: 'x', ...ASSESSED },
  'advice.give': { advice: 'x' },
  'remedy.choose': { remedy: 'repair', plan: 'x' },
  'purchase.prove': { purchaseDate: '2025-06-01' },
  'quote.give': QUOTE,
  'case.open': { powerButtonPresses: 3 },
  'part.replace': { ...PART, disk: true },
  'disk.begin': { operation: 'format' },
  'disk.start': { machineUser: 'x' },
  'machine.exchange': PART,
  'machine.take-back': { receiptNumber: 'x' },
  'spot.unrepairable': { reason: 'x' },
  'takeaway.agree': { receiptNumber: 'x' },
  'further.agree': { time: '2026-03-04T11:00:00+08:00' },
  'handover.unrepaired': { reason: 'x' },
  'verification.fail': { problem: 'x' },
  'report.fill': REPORT,
  'acceptance.reject': { problem: 'x' },
  'payment.record': { amount: 300, method: 'cash' },
  'result.report-back': { summary: 'x' },
  cancel: { reason: 'x' },
}

const EVIDENCE: Record<string, Evidence> = {
  text: { kind: 'text', text: 'x' },
  photo: { kind: 'photo', file: 'b'.repeat(64) },
  signature: { kind: 'signature', signedBy: 'x' },
}

export type Attempt = {
  /** Events in a row. */
  steps: number
  /** Items that stay unticked; all others are ticked as they come up. */
  without?: readonly string[]
  /** Events that are not tried: the ones that would be the honest way. */
  besides?: readonly string[]
  /** Look no further once a state of this name is found. */
  until?: string
}

/**
 * Every state that somebody of all roles comes to by any events in a row, ticking everything but `without`. Tries
 * on copies: the job stays as it is.
 */
export function reached(rehearsal: Rehearsal, attempt: Attempt): Set<string> {
  const { compiled } = rehearsal
  const surroundings = {
    now: rehearsal.now.getTime(),
    actor: anyone,
    calendars: DEFAULT_CALENDARS,
    people: { [engineer.id]: [] },
  }
  const ticked = (job: Job): Job => {
    let at = job
    for (const item of itemsOf(compiled, at, surroundings)) {
      if (item.done || attempt.without?.includes(item.id) === true) continue
      const evidence = EVIDENCE[item.evidence]
      const next = advance(
        compiled,
        at,
        { kind: 'tick', item: item.id, ...(evidence === undefined ? {} : { evidence }) },
        surroundings,
      )
      if (next.ok) at = next.job
    }
    return at
  }
  const seen = new Set<string>()
  const found = new Set<string>()
  let front = [ticked(rehearsal.job)]
  for (let step = 0; step < attempt.steps; step++) {
    const next: Job[] = []
    for (const job of front)
      for (const type of Object.keys(compiled.definition.schemas.events)) {
        if (attempt.besides?.includes(type) === true) continue
        const payload = PAYLOADS[type] ?? {}
        const advanced = advance(compiled, job, { kind: 'event', type, payload }, surroundings)
        if (!advanced.ok) continue
        for (const leaf of viewOf(compiled, advanced.job).active) found.add(leaf)
        if (attempt.until !== undefined && within(found, attempt.until).length > 0) return found
        if (advanced.job.status !== 'active') continue
        const key = JSON.stringify([advanced.job.snapshot.value, advanced.job.snapshot.context.fields])
        if (seen.has(key)) continue
        seen.add(key)
        next.push(ticked(advanced.job))
      }
    front = next
  }
  return found
}
/** The states that lie in the one named by (a part of) its path. */
export const within = (states: ReadonlySet<string>, part: string): string[] =>
  [...states].filter((leaf) => `.${leaf}.`.includes(`.${part}.`))

/**
 * Holds that a state cannot be come to under the attempt's terms, by any events in a row; and, so that this says
 * something, that it can be without them.
 */
export function expectBarred(job: Rehearsal, state: string, { steps, ...terms }: Attempt): void {
  expect(within(reached(job, { steps, until: state }), state)).not.toEqual([])
  expect(within(reached(job, { steps, ...terms, until: state }), state)).toEqual([])
}
