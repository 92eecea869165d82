import { describe, expect, test } from 'vitest'
import { depotRepair } from '../../../machines/processes/depot-repair/process.ts'
import { as, MONDAY_10, type Rehearsal, rehearse, startRefused } from '../kit.ts'
import { trace } from '../trace.ts'
import { besiege, held, type Siege } from './siege.ts'

const desk = as('front-desk')
const engineer = as('engineer')
const stock = as('stock-keeper')
const dispatcher = as('dispatcher')
const customer = as('customer')

const PROBLEM = { customerName: 'Wang Fang', customerPhone: '139 0000 0000', problem: 'Does not start' }
const RECEIVED = {
  machine: 'Lenovo T14',
  serialNumber: 'SN-77',
  accessories: 'Charger, bag',
  configuration: '16 GB, 512 GB',
  damage: 'Scratch on the lid',
  diskWork: false,
}
const REGISTERED = { receiptNumber: 'R-100', inspectionBy: '2026-03-02T14:00:00+08:00' }
const FOUND = { findings: 'Mainboard dead', result: 'repairable' }
const QUOTE = { warranty: false, charge: 800, repairBy: '2026-03-05T17:00:00+08:00' }
const YES = { by: 'Wang Fang', way: 'phone' }
const BOARD = { part: 'BOARD-1', stockCount: 4 }
const FITTED = {
  part: 'BOARD-1',
  replaced: 'Mainboard',
  oldSerial: 'MB-OLD',
  newSerial: 'MB-NEW',
  stockCount: 4,
}
const PAID = { receiptNumber: 'R-100', paid: 800 }

const depot = (fields: Record<string, unknown> = {}): Rehearsal =>
  rehearse(depotRepair, { ...PROBLEM, ...fields }, desk, {
    people: { 'engineer-1': held('product-training') },
  })

/** Each leads from the state before it to the next, by the way the process wants. */
const receive = (job: Rehearsal, more: Record<string, unknown> = {}): Rehearsal => {
  job.tickAll(desk)
  job.send('machine.receive', { ...RECEIVED, ...more }, desk)
  return job
}
const register = (job: Rehearsal): Rehearsal => {
  job.tickAll(desk)
  job.send('repair.register', REGISTERED, desk)
  job.send('engineer.assign', { engineer: 'engineer-1' }, dispatcher)
  return job
}
const inspect = (job: Rehearsal, more: Record<string, unknown> = {}): Rehearsal => {
  job.send('inspection.start', {}, engineer)
  job.send('inspection.finish', { ...FOUND, ...more }, engineer)
  return job
}
const agree = (job: Rehearsal, quote: Record<string, unknown> = QUOTE): Rehearsal => {
  job.send('quote.explain', quote, desk)
  job.send('quote.accept', YES, customer)
  return job
}
const work = (job: Rehearsal): Rehearsal => {
  job.tickAll(stock)
  job.send('repair.open', {}, engineer)
  job.tickAll(engineer)
  job.send('work.start', {}, engineer)
  return job
}
const verify = (job: Rehearsal): Rehearsal => {
  job.send('work.finish', { workDone: 'Mainboard replaced' }, engineer)
  job.tickAll(engineer)
  job.send('verification.pass', {}, engineer)
  return job
}
const close = (job: Rehearsal): Rehearsal => {
  job.tickAll(engineer)
  job.send('repair.close', {}, engineer)
  return job
}
const call = (job: Rehearsal): Rehearsal => {
  job.tickAll(engineer)
  job.send('pickup.notify', { by: 'phone' }, desk)
  return job
}
const collect = (job: Rehearsal, paid = 800): Rehearsal => {
  job.send('customer.arrive', {}, desk)
  job.tickAll(desk)
  job.send('machine.collect', { ...PAID, paid }, desk)
  job.tickAll(desk)
  job.send('customer.leave', {}, desk)
  return job
}
const registered = () => register(receive(depot()))
const inspected = () => inspect(registered())
const agreed = () => agree(inspected())
const working = () => work(agreed())
const verified = () => verify(working())
const closed = () => close(verified())
const called = () => call(closed())
const withPart = () => {
  const job = agreed()
  job.send('part.request', { part: 'BOARD-1' }, engineer)
  job.send('part.book', BOARD, stock)
  return work(job)
}

/** What a besieger may send; time goes on by timers, so its promises lie far ahead. */
const LATER = '2027-01-01T10:00:00+08:00'
const SIEGE: Siege = {
  payloads: {
    'machine.receive': RECEIVED,
    'repair.register': { ...REGISTERED, inspectionBy: LATER },
    'engineer.assign': { engineer: 'engineer-1' },
    'inspection.finish': FOUND,
    'quote.explain': { ...QUOTE, repairBy: LATER },
    'quote.accept': YES,
    'quote.decline': { reason: 'Too dear' },
    'quote.revise': { findings: 'The screen too' },
    'part.request': { part: 'BOARD-1' },
    'part.withdraw': { part: 'BOARD-1', reason: 'Not needed' },
    'part.book': BOARD,
    'part.shortage': { part: 'BOARD-1', reason: 'None left' },
    'part.fit': FITTED,
    'part.remove': { part: 'BOARD-1', reason: 'Not the cause' },
    'part.return': [
      { part: 'BOARD-1', what: 'unused', stockCount: 5 },
      { part: 'BOARD-1', what: 'replaced', stockCount: 4 },
    ],
    'part.writeOff': { part: 'BOARD-1', reason: 'Lost', stockCount: 4 },
    'work.finish': { workDone: 'Done' },
    'repair.giveUp': { reason: 'Corroded' },
    'verification.fail': { findings: 'Still dead' },
    'pickup.notify': { by: 'phone' },
    'machine.collect': PAID,
    cancel: { reason: 'Withdrawn' },
  },
  people: { 'engineer-1': held('product-training') },
  ignore: [
    'stockBook',
    'partsReplaced',
    'uncollectedReminders',
    'repairOpenedAt',
    'repairClosedAt',
    'inspectionStartedAt',
  ],
}
/** Parts multiply the situations; left out where they have no say. */
const PARTS = Object.keys(depotRepair.schemas.events).filter((type) => type.startsWith('part.'))
const siege = (job: Rehearsal, without: Siege['without'], more: Partial<Siege> = {}) =>
  besiege(job, { ...SIEGE, ...more, without: without ?? {} })

describe('depot-repair', () => {
  test('a machine repaired with a part, from the front desk to the last part back in stock', () => {
    const job = inspect(register(receive(depot())))
    job.send('quote.explain', QUOTE, desk)
    job.send('quote.accept', { by: 'Wang Fang', way: 'in-person' }, customer)
    job.tickAll(desk)
    job.send('customer.seeOff', {}, desk)
    job.send('part.request', { part: 'BOARD-1' }, engineer)
    job.send('part.shortage', { part: 'BOARD-1', reason: 'None left' }, stock)
    job.wait('PT4H')
    job.send('part.book', BOARD, stock)
    work(job)
    job.send('part.fit', FITTED, engineer)
    collect(call(close(verify(job))))
    expect(job.in('settling')).toBe(true)
    job.send('part.return', { part: 'BOARD-1', what: 'replaced', stockCount: 4 }, stock)
    expect(trace(job)).toEqual([
      'start (front-desk) -> reception.receiving',
      'v deskWelcome (front-desk)',
      'v accessoriesConfirmed (front-desk)',
      'v conditionChecked (front-desk)',
      'machine.receive (front-desk) -> reception.registering',
      'v logRegistered (front-desk)',
      'v backupAsked (front-desk)',
      'repair.register (front-desk) -> inspection.queued',
      'engineer.assign (dispatcher) -> inspection.queued',
      'inspection.start (engineer) -> inspection.examining',
      'inspection.finish (engineer) -> quoting.explaining',
      'quote.explain (front-desk) -> quoting.awaitingAnswer',
      'quote.accept (customer) -> quoting.seeingOff',
      'v cardGiven (front-desk)',
      'customer.seeOff (front-desk) -> service.waiting.arranging',
      'part.request (engineer) -> service.waiting.arranging',
      'part.shortage (stock-keeper) -> service.waiting.awaitingParts',
      'part.book (stock-keeper) -> service.waiting.arranging',
      'v racked (stock-keeper)',
      'repair.open (engineer) -> service.repairing.preparing',
      'v wristStrap (engineer)',
      'work.start (engineer) -> service.repairing.working',
      'part.fit (engineer) -> service.repairing.working',
      'work.finish (engineer) -> service.verifying',
      'v faultGone (engineer)',
      'v functionsTested (engineer)',
      'v assemblyChecked (engineer)',
      'verification.pass (engineer) -> closing',
      'v coordinatorInformed (engineer)',
      'repair.close (engineer) -> handover.readying',
      'v orderPrinted (engineer)',
      'v engineerSigned (engineer)',
      'v orderWithMachine (engineer)',
      'pickup.notify (front-desk) -> handover.awaitingPickup',
      'customer.arrive (front-desk) -> handover.handingOver',
      'v pickupWelcome (front-desk)',
      'v machineChecked (front-desk)',
      'v customerSigned (front-desk)',
      'v commentsAsked (front-desk)',
      'machine.collect (front-desk) -> handover.farewell',
      'v upkeepTaught (front-desk)',
      'v farewellCard (front-desk)',
      'customer.leave (front-desk) -> settling',
      'part.return (stock-keeper) -> completed',
    ])
    expect(job.status).toBe('done')
    expect(job.broken).toEqual([])
    expect(job.fields).toMatchObject({ outcome: 'repaired', partsOut: [], shortageList: [], paid: 800 })
    expect(job.met).toEqual(
      expect.arrayContaining([
        'DR-01',
        'DR-02',
        'DR-04',
        'DR-05',
        'DR-09',
        'DR-16',
        'DR-18',
        'DR-22',
        'DR-24',
      ]),
    )
    job.replays()
  })

  test('it starts with a name, a telephone number and a problem, and with no less', () => {
    for (const name of Object.keys(PROBLEM)) {
      const rest = Object.fromEntries(Object.entries(PROBLEM).filter(([key]) => key !== name))
      expect(startRefused(depotRepair, rest, desk).code).toBe('fields-invalid')
    }
  })

  test('a machine that an engineer brought needs no welcome of a customer, and keeps his receipt number', () => {
    const job = depot({ broughtBy: 'engineer', receiptNumber: 'V-9' })
    expect(job.open()).not.toContain('deskWelcome')
    receive(job)
    job.tickAll(desk)
    job.send('repair.register', { inspectionBy: REGISTERED.inspectionBy }, desk)
    expect(job.fields.receiptNumber).toBe('V-9')

    const walkIn = receive(depot())
    walkIn.tickAll(desk)
    expect(walkIn.refused('repair.register', { inspectionBy: REGISTERED.inspectionBy }, desk).code).toBe(
      'guard-false',
    )
  })

  test('declined: the machine goes back unrepaired and nothing is to be paid', () => {
    const job = inspected()
    job.send('quote.explain', QUOTE, desk)
    job.send('quote.decline', { reason: 'Too dear' }, customer)
    expect(job.in('closing')).toBe(true)
    collect(call(close(job)), 0)
    expect(job.in('returned')).toBe(true)
    expect(job.status).toBe('done')
    expect(job.fields).toMatchObject({ outcome: 'declined', declineReason: 'Too dear', paid: 0 })
    job.replays()
  })

  test('declined while a part is short, before work: likewise', () => {
    const job = agreed()
    job.send('part.request', { part: 'BOARD-1' }, engineer)
    job.send('part.shortage', { part: 'BOARD-1', reason: 'None left' }, stock)
    job.send('quote.decline', { reason: 'Takes too long' }, customer)
    collect(call(close(job)), 0)
    expect(job.in('returned')).toBe(true)
  })

  test('unrepairable, at the inspection or at the bench: it fails, the machine goes back', () => {
    const early = inspect(registered(), { result: 'unrepairable' })
    const late = working()
    late.send('repair.giveUp', { reason: 'Board corroded' }, engineer)
    for (const job of [early, late]) {
      collect(call(close(job)), 0)
      expect(job.in('unrepairable')).toBe(true)
      expect(job.status).toBe('failed')
      expect(job.fields.outcome).toBe('unrepairable')
      job.replays()
    }
  })

  test('no fault found: the machine goes back, explained', () => {
    const job = collect(call(close(inspect(registered(), { result: 'no-fault' }))), 0)
    expect(job.in('noFault')).toBe(true)
    expect(job.status).toBe('done')
  })

  test('more is found at the bench: no further work before the new quote is accepted', () => {
    const job = working()
    job.send('quote.revise', { findings: 'The screen too' }, engineer)
    expect(job.fields.quoteAccepted).toBe(false)
    job.send('quote.explain', { ...QUOTE, charge: 1200 }, desk)
    job.send('quote.accept', YES, customer)
    job.tickAll(stock)
    expect(job.refused('repair.open', {}, engineer).code).toBe('guard-false')
    job.send('work.resume', {}, engineer)
    expect(job.open()).toEqual(['wristStrap'])
    job.tickAll(engineer)
    job.send('work.start', {}, engineer)
    expect(job.fields.amountDue).toBe(1200)
  })

  test('a part asked for during work puts the machine back on its rack', () => {
    const job = working()
    job.send('part.request', { part: 'FAN-2' }, engineer)
    expect(job.in('service.waiting.arranging')).toBe(true)
    job.tickAll(stock)
    expect(job.refused('work.resume', {}, engineer).code).toBe('guard-false')
    job.send('part.book', { part: 'FAN-2', stockCount: 1 }, stock)
    job.send('work.resume', {}, engineer)
    expect(job.in('service.repairing.preparing')).toBe(true)
  })

  test('an uncollected machine is reminded of, week after week', () => {
    const job = called()
    job.wait('P15D')
    expect(job.fields.uncollectedReminders).toBe(2)
    expect(job.messages.filter(({ norm }) => norm === 'DR-20')).toHaveLength(2)
    collect(job)
    expect(job.status).toBe('done')
    job.replays()
  })

  test('parts still out are asked for every working day', () => {
    const job = collect(call(close(verify(withPart()))))
    expect(job.in('settling')).toBe(true)
    job.waitUntil('2026-03-04T12:00:00+08:00')
    expect(job.messages.filter(({ norm, type }) => norm === 'DR-21' && type === 'remind')).toHaveLength(2)
    job.send('part.return', { part: 'BOARD-1', what: 'unused', stockCount: 5 }, stock)
    expect(job.in('completed')).toBe(true)
  })

  test('lapsed training does not bar the assignment: the dispatcher hears of it', () => {
    const trained = registered()
    expect(trained.messages.map(({ norm }) => norm)).not.toContain('GN-17')
    const job = receive(depot())
    job.send('engineer.assign', { engineer: 'engineer-9' }, dispatcher)
    expect(job.fields.engineer).toBe('engineer-9')
    expect(job.messages).toMatchObject([{ norm: 'GN-17', to: [{ role: 'dispatcher' }] }])
  })

  test('cancelling is the dispatcher’s, with a reason, from every state', () => {
    const states = [
      depot,
      () => receive(depot()),
      registered,
      inspected,
      agreed,
      working,
      verified,
      closed,
      called,
    ]
    for (const at of states) {
      const job = at()
      expect(job.refused('cancel', { reason: 'Withdrawn' }, engineer).code).toBe('role-missing')
      expect(job.refused('cancel', {}, dispatcher).code).toBe('payload-invalid')
      job.send('cancel', { reason: 'Withdrawn' }, dispatcher)
      expect(job.status).toBe('cancelled')
      expect(job.fields.cancelReason).toBe('Withdrawn')
    }
  })

  test('each of its ends can be reached, and no other', () => {
    const results = ['repairable', 'unrepairable', 'no-fault'].map((result) => ({ ...FOUND, result }))
    const { states, jobs, exhausted } = siege(
      depot(),
      { events: PARTS },
      { payloads: { ...SIEGE.payloads, 'inspection.finish': results } },
    )
    expect(exhausted).toBe(true)
    for (const end of ['completed', 'returned', 'noFault', 'unrepairable', 'cancelled'])
      expect([...states]).toContain(end)
    for (const { status, snapshot } of jobs.filter((job) => job.status !== 'active'))
      expect([status, snapshot.value]).toEqual([
        { unrepairable: 'failed', cancelled: 'cancelled' }[String(snapshot.value)] ?? 'done',
        snapshot.value,
      ])
  })
})

describe('deadlines', () => {
  test('DR-05: the promised inspection time passes: a breach, once; the desk and the engineer hear of it', () => {
    const job = registered()
    job.waitUntil('2026-03-02T13:59:59+08:00')
    expect(job.broken).toEqual([])
    job.wait('PT1S')
    expect(job.broken).toEqual(['DR-05'])
    expect(job.job.breaches).toMatchObject([{ norm: 'DR-05', dueAt: '2026-03-02T06:00:00.000Z' }])
    expect(job.messages).toMatchObject([{ norm: 'DR-05' }])
    job.wait('P3D')
    inspect(job)
    expect(job.broken).toEqual(['DR-05'])
    job.replays()

    const inTime = inspected()
    inTime.wait('P1D')
    expect(inTime.broken).toEqual([])
    expect(inTime.met).toContain('DR-05')
  })

  test('DR-05: a promise must be given, and lie ahead', () => {
    const job = receive(depot())
    job.tickAll(desk)
    expect(job.refused('repair.register', { receiptNumber: 'R-1' }, desk).code).toBe('payload-invalid')
    expect(job.refused('repair.register', { ...REGISTERED, inspectionBy: MONDAY_10 }, desk).code).toBe(
      'guard-false',
    )
  })

  test('DR-09: the promised repair time passes: a breach, once, wherever the machine stands in the workshop', () => {
    for (const at of [
      agreed,
      working,
      () => {
        const job = working()
        job.send('work.finish', { workDone: 'Done' }, engineer)
        return job
      },
    ]) {
      const job = at()
      job.waitUntil('2026-03-05T16:59:59+08:00')
      expect(job.broken).toEqual([])
      expect(job.messages).toMatchObject([{ type: 'remind', norm: 'DR-09', to: [{ person: 'engineer-1' }] }])
      job.wait('PT1S')
      expect(job.broken).toEqual(['DR-09'])
      job.wait('P2D')
      expect(job.broken).toEqual(['DR-09'])
      job.replays()
    }
    const inTime = verified()
    inTime.wait('P7D')
    expect(inTime.broken).toEqual([])
    expect(inTime.met).toContain('DR-09')
  })

  test('DR-09: a promise must be given, lie ahead, and still lie ahead when the customer says yes', () => {
    const job = inspected()
    expect(job.refused('quote.explain', { warranty: false, charge: 800 }, desk).code).toBe('payload-invalid')
    expect(job.refused('quote.explain', { ...QUOTE, repairBy: MONDAY_10 }, desk).code).toBe('guard-false')
    job.send('quote.explain', QUOTE, desk)
    job.wait('P4D')
    expect(job.refused('quote.accept', YES, customer).code).toBe('guard-false')
    job.send('quote.explain', { ...QUOTE, repairBy: '2026-03-12T17:00:00+08:00' }, desk)
    job.send('quote.accept', YES, customer)
    expect(job.due('repairPromised')).toBe('2026-03-12T09:00:00.000Z')
  })
})

describe('what cannot be got round', () => {
  test('DR-07: without the customer’s yes nothing leads into the workshop', () => {
    const { states, exhausted } = siege(depot(), { events: ['quote.accept'] })
    expect(exhausted).toBe(true)
    expect([...states].filter((state) => state.startsWith('service') || state === 'completed')).toEqual([])
    expect([...states]).toContain('returned')

    const job = inspected()
    expect(job.refused('quote.accept', YES, customer).code).toBe('not-allowed-here')
    job.send('quote.explain', QUOTE, desk)
    expect(job.refused('quote.accept', YES, engineer).code).toBe('role-missing')
    expect(job.refused('quote.accept', {}, desk).code).toBe('payload-invalid')
    job.send('quote.accept', YES, customer)
    expect(job.in('service')).toBe(true)
  })

  test('DR-07: under warranty nothing is charged', () => {
    const job = inspected()
    expect(job.refused('quote.explain', { ...QUOTE, warranty: true }, desk).code).toBe('guard-false')
    agree(job, { ...QUOTE, warranty: true, charge: 0 })
    expect(job.fields.amountDue).toBe(0)
  })

  test('DR-08: no work on a disk before its disclaimer is signed, foreseen or not', () => {
    const items = ['disclaimerSigned', 'repairDisclaimerSigned']
    const foreseen = register(receive(depot(), { diskWork: true }))
    expect(foreseen.in('inspection.protecting')).toBe(true)
    const before = siege(foreseen, { items })
    expect(before.exhausted).toBe(true)
    for (const state of ['inspection.examining', 'service']) expect([...before.states]).not.toContain(state)

    const found = working()
    found.send('disk.need', {}, engineer)
    const after = siege(found, { items })
    expect(after.exhausted).toBe(true)
    expect([...after.states]).not.toContain('service.repairing.working')

    expect(foreseen.refused('data.protect', {}, customer).code).toBe('checklist-open')
    expect(foreseen.refusedCommand({ kind: 'tick', item: 'disclaimerSigned' }, customer).code).toBe(
      'evidence-missing',
    )
    foreseen.tickAll(customer)
    foreseen.send('data.protect', {}, customer)
    foreseen.send('inspection.start', {}, engineer)
    found.tickAll(customer)
    found.send('data.protect', {}, customer)
    found.tickAll(engineer)
    found.send('work.start', {}, engineer)
    expect(found.in('service.repairing.working')).toBe(true)
  })

  test('DR-08: registration asks after the backup', () => {
    const job = receive(depot())
    job.tickAll(desk, ['backupAsked'])
    expect(job.refused('repair.register', REGISTERED, desk).code).toBe('checklist-open')
    job.tickAll(desk)
    job.send('repair.register', REGISTERED, desk)
  })

  test('DR-08: a disk found to need work during the inspection waits for the disclaimer, the promise runs on', () => {
    const job = registered()
    job.send('inspection.start', {}, engineer)
    job.send('disk.need', {}, engineer)
    expect(job.due('inspectionPromised')).toBe('2026-03-02T06:00:00.000Z')
    expect(job.refused('inspection.finish', FOUND, engineer).code).toBe('not-allowed-here')
    job.tickAll(desk)
    job.send('data.protect', {}, desk)
    expect(job.in('inspection.examining')).toBe(true)
    expect(job.refused('disk.need', {}, engineer).code).toBe('guard-false')
  })

  test('DR-08: a disk noted wrongly at the desk is declared by the engineer, and does not slip past the disclaimer', () => {
    const queued = registered()
    const bench = agreed()
    bench.tickAll(stock)
    bench.send('repair.open', {}, engineer)
    for (const [job, step] of [
      [queued, 'inspection.start'],
      [bench, 'work.start'],
    ] as const) {
      job.send('disk.need', {}, engineer)
      for (const fields of [{ diskWork: false }, { dataProtected: true }])
        expect(job.refusedCommand({ kind: 'correct', fields, reason: 'To get on' }, dispatcher).code).toBe(
          'field-locked',
        )
      expect(job.refused(step, {}, engineer).code).toBe('not-allowed-here')
      expect(job.refused('data.protect', {}, customer).code).toBe('checklist-open')
      job.tickAll(customer)
      job.send('data.protect', {}, customer)
      job.tickAll(engineer)
      job.send(step, {}, engineer)
    }
  })

  test('DR-11: a part that cannot be had holds the repair until it stands in the shortage list and has come', () => {
    const job = agreed()
    job.send('part.request', { part: 'BOARD-1' }, engineer)
    const { states, exhausted } = siege(job, { events: ['part.book', 'part.withdraw'] })
    expect(exhausted).toBe(true)
    expect([...states]).not.toContain('service.repairing')
    expect([...states]).toContain('service.waiting.awaitingParts')

    job.tickAll(stock)
    expect(job.refused('repair.open', {}, engineer).code).toBe('guard-false')
    expect(job.refused('part.shortage', { part: 'BOARD-1', reason: 'None' }, engineer).code).toBe(
      'role-missing',
    )
    expect(job.refused('part.shortage', { part: 'FAN-2', reason: 'None' }, stock).code).toBe('guard-false')
    job.send('part.shortage', { part: 'BOARD-1', reason: 'None left' }, stock)
    expect(job.in('service.waiting.awaitingParts')).toBe(true)
    expect(job.fields.shortageList).toEqual([
      { part: 'BOARD-1', reason: 'None left', at: '2026-03-02T02:00:00.000Z' },
    ])
    job.send('part.book', BOARD, stock)
    expect(job.fields.shortageList).toEqual([])
    job.send('repair.open', {}, engineer)
    expect(job.in('service.repairing')).toBe(true)
  })

  test('DR-13: a part is fitted only when the stock keeper has booked it out', () => {
    const { jobs, exhausted } = siege(agreed(), { events: ['part.book'] })
    expect(exhausted).toBe(true)
    expect(
      jobs.filter(({ snapshot }) => JSON.stringify(snapshot.context.fields.partsFitted) !== '[]'),
    ).toEqual([])

    const job = agreed()
    expect(job.refused('part.book', BOARD, stock).code).toBe('guard-false')
    job.send('part.request', { part: 'BOARD-1' }, engineer)
    expect(job.refused('part.book', BOARD, engineer).code).toBe('role-missing')
    job.send('part.book', BOARD, stock)
    work(job)
    expect(job.refused('part.fit', { ...FITTED, part: 'FAN-2' }, engineer).code).toBe('guard-false')
    job.send('part.fit', FITTED, engineer)
    expect(job.refused('part.fit', FITTED, engineer).code).toBe('guard-false')
    expect(job.fields.partsFitted).toEqual(['BOARD-1'])
  })

  test('DR-14: no work before the repair is opened in the system', () => {
    const { states, exhausted } = siege(agreed(), { events: ['repair.open'] })
    expect(exhausted).toBe(true)
    expect([...states].filter((state) => state.startsWith('service.repairing'))).toEqual([])
    const job = agreed()
    job.tickAll(stock)
    expect(job.refused('work.resume', {}, engineer).code).toBe('guard-false')
    job.send('repair.open', {}, engineer)
    expect(job.fields.repairOpenedAt).toBe('2026-03-02T02:00:00.000Z')
  })

  test('DR-16: no work without the wrist strap, on every taking up anew', () => {
    const { states } = siege(agreed(), { items: ['wristStrap'] })
    expect([...states]).not.toContain('service.repairing.working')
    const job = working()
    job.send('work.finish', { workDone: 'Done' }, engineer)
    job.send('verification.fail', { findings: 'Still dead' }, engineer)
    expect(job.refused('work.start', {}, engineer).code).toBe('checklist-open')
  })

  test('DR-17: no machine is handed back as repaired without a full verification; a failed one leads back', () => {
    for (const without of [
      { events: ['verification.pass'] },
      { items: ['faultGone'] },
      { items: ['functionsTested'] },
      { items: ['assemblyChecked'] },
    ]) {
      const events = [...PARTS, ...('events' in without ? without.events : [])]
      const { states, exhausted } = siege(working(), { ...without, events })
      expect(exhausted).toBe(true)
      expect([...states]).not.toContain('completed')
    }
    const job = working()
    job.send('work.finish', { workDone: 'Mainboard replaced' }, engineer)
    expect(job.refused('verification.pass', {}, engineer).code).toBe('checklist-open')
    job.send('verification.fail', { findings: 'Still dead' }, engineer)
    expect(job.in('service.repairing.preparing')).toBe(true)
    expect(job.fields.verificationFindings).toBe('Still dead')
    job.tickAll(engineer)
    job.send('work.start', {}, engineer)
    verify(job)
    expect(job.fields.outcome).toBe('repaired')
  })

  test('DR-19: the repair is closed in the system before the customer is called, however it ended', () => {
    const { states, exhausted } = siege(verified(), { events: ['repair.close'] })
    expect(exhausted).toBe(true)
    expect([...states].filter((state) => state.startsWith('handover'))).toEqual([])
    const job = verified()
    expect(job.refused('pickup.notify', { by: 'phone' }, desk).code).toBe('not-allowed-here')
    expect(job.refused('repair.close', {}, engineer).code).toBe('checklist-open')
    close(job)
    expect(job.in('handover.readying')).toBe(true)
  })

  test('DR-21: the repair may be closed with parts out; the job may not end, not even by cancelling', () => {
    const job = collect(call(close(verify(withPart()))))
    expect(job.in('settling')).toBe(true)
    const { jobs } = siege(job, { events: ['part.return', 'part.writeOff'] })
    expect(jobs.filter(({ status }) => status !== 'active')).toEqual([])

    const cancelled = withPart()
    cancelled.send('cancel', { reason: 'Withdrawn' }, dispatcher)
    expect(cancelled.in('settling')).toBe(true)
    expect(
      cancelled.refused('part.return', { part: 'FAN-2', what: 'unused', stockCount: 1 }, stock).code,
    ).toBe('guard-false')
    cancelled.send('part.writeOff', { part: 'BOARD-1', reason: 'Lost', stockCount: 4 }, stock)
    expect(cancelled.status).toBe('cancelled')
  })

  test('DR-21: for a part in the machine the old one comes back, for one that is not the part itself', () => {
    const job = withPart()
    expect(job.refused('part.return', { part: 'BOARD-1', what: 'replaced', stockCount: 4 }, stock).code).toBe(
      'guard-false',
    )
    job.send('part.fit', FITTED, engineer)
    expect(job.refused('part.return', { part: 'BOARD-1', what: 'unused', stockCount: 5 }, stock).code).toBe(
      'guard-false',
    )
    job.send('part.remove', { part: 'BOARD-1', reason: 'Dead on arrival' }, engineer)
    job.send('part.return', { part: 'BOARD-1', what: 'faulty', stockCount: 4 }, stock)
    expect(job.fields.partsOut).toEqual([])
  })

  test('DR-23: a lost receipt is replaced by the dispatcher on proof of identity, never made to fit by the desk', () => {
    const job = called()
    job.send('customer.arrive', {}, desk)
    job.tickAll(desk)
    expect(job.refused('machine.collect', { ...PAID, receiptNumber: 'R-101' }, desk).code).toBe('guard-false')
    const fitted = { kind: 'correct' as const, fields: { receiptNumber: 'R-101' }, reason: 'Lost' }
    expect(job.refusedCommand(fitted, desk).code).toBe('field-locked')
    const another = { receiptNumber: 'R-101', identity: 'Identity card', reason: 'Lost' }
    expect(job.refused('receipt.replace', another, desk).code).toBe('role-missing')
    expect(job.refused('receipt.replace', { ...another, identity: '' }, dispatcher).code).toBe(
      'payload-invalid',
    )
    job.send('receipt.replace', another, dispatcher)
    expect(job.refused('machine.collect', PAID, desk).code).toBe('guard-false')
    job.send('machine.collect', { ...PAID, receiptNumber: 'R-101' }, desk)
    expect(job.in('handover.farewell')).toBe(true)
    job.replays()
  })

  test('DR-23: no machine leaves without receipt, check, signature and payment', () => {
    for (const without of [
      { events: ['machine.collect'] },
      { items: ['machineChecked'] },
      { items: ['customerSigned'] },
    ]) {
      const { states, exhausted } = siege(called(), without)
      expect(exhausted).toBe(true)
      expect([...states]).not.toContain('handover.farewell')
      expect([...states]).not.toContain('completed')
    }
    const job = called()
    job.send('customer.arrive', {}, desk)
    job.tickAll(desk)
    expect(job.refused('machine.collect', { paid: 800 }, desk).code).toBe('payload-invalid')
    expect(job.refused('machine.collect', { ...PAID, receiptNumber: 'R-101' }, desk).code).toBe('guard-false')
    expect(job.refused('machine.collect', { ...PAID, paid: 799 }, desk).code).toBe('guard-false')
    job.send('machine.collect', PAID, desk)
    expect(job.in('handover.farewell')).toBe(true)
  })

  test('GN-14: a replaced part is on record: what, when, serials, stock count', () => {
    const job = agreed()
    job.send('part.request', { part: 'BOARD-1' }, engineer)
    expect(job.refused('part.book', { part: 'BOARD-1' }, stock).code).toBe('payload-invalid')
    job.send('part.book', BOARD, stock)
    work(job)
    for (const name of ['part', 'replaced', 'oldSerial', 'newSerial', 'stockCount']) {
      const rest = Object.fromEntries(Object.entries(FITTED).filter(([key]) => key !== name))
      expect(job.refused('part.fit', rest, engineer).code).toBe('payload-invalid')
    }
    job.wait('PT1H')
    job.send('part.fit', FITTED, engineer)
    expect(job.fields.partsReplaced).toEqual([{ ...FITTED, at: '2026-03-02T03:00:00.000Z' }])
    job.send('part.return', { part: 'BOARD-1', what: 'replaced', stockCount: 4 }, stock)
    expect(job.fields.stockBook).toEqual([
      {
        part: 'BOARD-1',
        movement: 'out',
        stockCount: 4,
        at: '2026-03-02T02:00:00.000Z',
        by: 'stock-keeper-1',
      },
      {
        part: 'BOARD-1',
        movement: 'back',
        stockCount: 4,
        at: '2026-03-02T03:00:00.000Z',
        by: 'stock-keeper-1',
      },
    ])
    expect(job.met).toContain('GN-14')
  })
})
