import { describe, expect, test } from 'vitest'
import type { Definition } from '../../../machines/definition/schema.ts'
import { text } from '../../../machines/processes/author.ts'
import { siteSafety } from '../../../machines/processes/site-safety/process.ts'
import { as, type Rehearsal, rehearse, startRefused } from '../kit.ts'
import { trace } from '../trace.ts'
import { besiege, held, type Siege } from './siege.ts'

const CERTIFICATES = ['safety-training', 'work-at-height', 'machinery', 'electrical', 'dangerous-goods']
const engineer = as('engineer', CERTIFICATES)
const trainedOnly = as('engineer', ['safety-training'])
const untrained = as('engineer')
const officer = as('safety-officer')
const dispatcher = as('dispatcher')
const customer = as('customer')

const PEOPLE = {
  'engineer-1': held(...CERTIFICATES),
  'worker-safe': held('safety-training'),
  'worker-height': held('safety-training', 'work-at-height'),
  'worker-machine': held('safety-training', 'machinery'),
  'worker-half': held('work-at-height', 'machinery', 'electrical', 'dangerous-goods'),
}
const ALL_KINDS = ['height', 'machinery', 'electrical', 'dangerous-goods']
const PERMITS = {
  height: 'height.permit',
  machinery: 'machinery.permit',
  electrical: 'electrical.permit',
  'dangerous-goods': 'goods.permit',
}
const isKind = (kind: string): kind is keyof typeof PERMITS => Object.hasOwn(PERMITS, kind)

const permit = (workKinds: string[] = []): Rehearsal =>
  rehearse(siteSafety, { site: 'Harbour 3', title: 'Cabling', workKinds }, dispatcher, { people: PEOPLE })

const onSite = (workKinds: string[] = []): Rehearsal => {
  const job = permit(workKinds)
  job.tickAll(engineer)
  job.send('training.show', {}, engineer)
  job.tickAll(engineer)
  job.send('drawings.finish', {}, engineer)
  return job
}
const surveyed = (workKinds: string[] = []): Rehearsal => {
  const job = onSite(workKinds)
  job.tickAll(engineer)
  job.send('survey.finish', { survey: 'Two cranes' }, engineer)
  return job
}
const pass = (job: Rehearsal): Rehearsal => {
  job.tickAll(engineer)
  job.send('equipment.pass', {}, engineer)
  return job
}
const grant = (job: Rehearsal, workKinds: string[]): Rehearsal => {
  job.tickAll(engineer)
  for (const kind of workKinds) if (isKind(kind)) job.send(PERMITS[kind], { worker: 'engineer-1' }, officer)
  return job
}
const geared = (workKinds: string[] = []): Rehearsal => grant(pass(surveyed(workKinds)), workKinds)
const enter = (job: Rehearsal): Rehearsal => {
  job.tickAll(engineer)
  job.send('work.start', {}, engineer)
  return job
}
const working = (workKinds: string[] = []): Rehearsal => enter(geared(workKinds))
const endDay = (job: Rehearsal): Rehearsal => {
  job.send('day.end', {}, engineer)
  job.tickAll(engineer)
  job.send('site.secure', {}, engineer)
  return job
}

const WHAT = { what: 'Seen at the east wall' }
const REPORTED = { reportedTo: 'Fire brigade' }
const MEASURES = { measures: 'Sealed off' }
const SIEGE: Siege = {
  payloads: {
    'survey.finish': { survey: 'Two cranes' },
    'equipment.fault': WHAT,
    'worker.admit': { worker: 'engineer-1' },
    'height.permit': { worker: 'engineer-1' },
    'machinery.permit': { worker: 'engineer-1' },
    'electrical.permit': { worker: 'engineer-1' },
    'goods.permit': { worker: 'engineer-1' },
    'permit.extend': { workKinds: ['height', 'machinery'] },
    'permit.revoke': { reason: 'Too risky' },
    'machine.odd': WHAT,
    'machine.mend': { worker: 'engineer-1', ...MEASURES },
    'overtime.agree': { minutes: 60 },
    'hazard.find': WHAT,
    'hazard.clear': MEASURES,
    'fire.discover': WHAT,
    'fire.alarm': REPORTED,
    'leak.find': WHAT,
    'leak.report': REPORTED,
    'leak.contain': MEASURES,
    'accident.happen': WHAT,
    'accident.report': REPORTED,
    'accident.settle': MEASURES,
    'emergency.declare': WHAT,
    'help.call': REPORTED,
    'violation.report': WHAT,
    'violation.handle': { decision: 'warned', note: 'Warned in writing' },
    cancel: { reason: 'No longer wanted' },
  },
  certificates: CERTIFICATES,
  people: PEOPLE,
  /** Days are alike, whenever they are. */
  ignore: ['shiftStartedAt', 'limitAt', 'overtimeUntil', 'pausedAt'],
}
/** What multiplies the situations without a say in the rule at hand. */
const INCIDENTS = ['hazard', 'fire', 'power', 'leak', 'accident', 'emergency', 'help', 'evacuation', 'rescue']
const APART = ['violation', 'break', 'overtime', 'worker']
const eventsOf = (words: string[]): string[] =>
  Object.keys(siteSafety.schemas.events).filter((type) => words.includes(type.split('.')[0] ?? ''))
const others = (...words: string[]): string[] =>
  eventsOf([...INCIDENTS, ...APART].filter((word) => !words.includes(word)))
const siege = (job: Rehearsal, without: Siege['without'], more: Partial<Siege> = {}) =>
  besiege(job, { ...SIEGE, ...more, without: without ?? {} })

const WORK_AREA = 'open.work.regular.working'

describe('site-safety', () => {
  test('a day on a site with all four kinds of work, from the briefing to the closed permit', () => {
    const job = working(ALL_KINDS)
    job.send('climb.start', {}, engineer)
    job.send('machine.start', {}, engineer)
    job.send('climb.end', {}, engineer)
    endDay(job)
    job.send('work.complete', {}, officer)
    const calm =
      'open.discipline.clear + open.incidents.hazard.calm + open.incidents.fire.calm + open.incidents.power.calm + open.incidents.leak.calm + open.incidents.accident.calm + open.incidents.sudden.calm'
    const permits = (height: string, machinery: string, electrical: string, goods: string): string =>
      `open.work.regular.permitting.height.${height} + open.work.regular.permitting.machinery.${machinery} + open.work.regular.permitting.electrical.${electrical} + open.work.regular.permitting.dangerousGoods.${goods} + open.time.off + ${calm}`
    const at = (height: string, machinery: string): string =>
      `${WORK_AREA}.height.${height} + ${WORK_AREA}.machinery.${machinery} + ${WORK_AREA}.electrical.inspected + ${WORK_AREA}.dangerousGoods.stored + open.time.onDuty.duty.counting + ${calm}`
    expect(trace(job).filter((line) => !line.startsWith('v '))).toEqual([
      'start (dispatcher) -> briefing.training',
      'training.show (engineer) -> briefing.drawings',
      `drawings.finish (engineer) -> open.work.regular.surveying + open.time.off + ${calm}`,
      `survey.finish (engineer) -> open.work.regular.equipping.checking + open.time.off + ${calm}`,
      `equipment.pass (engineer) -> ${permits('applying', 'applying', 'applying', 'applying')}`,
      `height.permit (safety-officer) -> ${permits('granted', 'applying', 'applying', 'applying')}`,
      `machinery.permit (safety-officer) -> ${permits('granted', 'granted', 'applying', 'applying')}`,
      `electrical.permit (safety-officer) -> ${permits('granted', 'granted', 'granted', 'applying')}`,
      `goods.permit (safety-officer) -> open.work.regular.gearing + open.time.off + ${calm}`,
      `work.start (engineer) -> ${at('grounded', 'standing')}`,
      `climb.start (engineer) -> ${at('aloft', 'standing')}`,
      `machine.start (engineer) -> ${at('aloft', 'running')}`,
      `climb.end (engineer) -> ${at('grounded', 'running')}`,
      `day.end (engineer) -> open.work.regular.shuttingDown + open.time.onDuty.duty.counting + ${calm}`,
      `site.secure (engineer) -> open.work.regular.resting + open.time.off + ${calm}`,
      'work.complete (safety-officer) -> closed',
    ])
    expect(job.status).toBe('done')
    expect(job.broken).toEqual([])
    const steps = [2, 3, 4, 5, 9, 17, 18, 20, 24, 27, 28, 30, 33, 34, 35]
    expect(job.met).toEqual(
      expect.arrayContaining(steps.map((step) => `SS-${String(step).padStart(2, '0')}`)),
    )
    job.replays()
  })

  test('a permit without special work asks for no special permit', () => {
    const job = pass(surveyed())
    expect(job.in('open.work.regular.gearing')).toBe(true)
    expect(job.open()).toEqual(['helmet', 'shoes', 'goggles', 'gloves'])
  })

  test('gear goes by the kind of work', () => {
    const gear = (kind: string): string[] => geared([kind]).open().slice(4)
    expect(gear('height')).toEqual(['harness'])
    expect(gear('machinery')).toEqual(['faceShield'])
    expect(gear('electrical')).toEqual(['faceShield'])
    expect(gear('dangerous-goods')).toEqual(['chemicalGoggles'])
  })

  test('it starts with a site and known kinds of work', () => {
    expect(startRefused(siteSafety, {}, dispatcher).code).toBe('fields-invalid')
    expect(startRefused(siteSafety, { site: 'A', workKinds: ['diving'] }, dispatcher).code).toBe(
      'fields-invalid',
    )
  })

  test('faulty tools and worn gear are repaired or replaced before anything goes on', () => {
    const job = surveyed()
    job.tickAll(engineer)
    job.send('equipment.fault', { what: 'Drill' }, engineer)
    expect(job.fields.faultyEquipment).toBe('Drill')
    expect(job.refused('equipment.pass', {}, engineer).code).toBe('not-allowed-here')
    job.send('equipment.mend', {}, engineer)
    expect(job.open()).toContain('toolsChecked')
    pass(job)
    expect(job.in('gearing')).toBe(true)
  })

  test('the electrical equipment is to be inspected every two hours of work', () => {
    const job = working(['electrical'])
    job.wait('PT119M')
    job.send('electrical.check', {}, engineer)
    job.wait('PT119M')
    expect(job.messages).toEqual([])
    job.wait('PT1M')
    expect(job.messages).toMatchObject([{ type: 'remind', norm: 'SS-18' }])
    expect(job.in('electrical.inspectionDue')).toBe(true)
    job.send('electrical.check', {}, engineer)
    expect(job.in('electrical.inspected')).toBe(true)
  })

  test('other kinds of work need their permit first: the work area is left and entered anew', () => {
    const job = working()
    job.send('permit.extend', { workKinds: ['height'] }, officer)
    expect(job.in('permitting.height.applying')).toBe(true)
    grant(job, ['height'])
    enter(job)
    expect(job.in('working.height.grounded')).toBe(true)
    job.replays()
  })

  test('the next day asks for certificate, equipment and permits again', () => {
    const job = endDay(working(['height']))
    job.wait('PT14H')
    expect(job.refused('day.start', {}, untrained).code).toBe('guard-false')
    job.send('day.start', {}, engineer)
    enter(grant(pass(job), ['height']))
    expect(job.fields.shiftStartedAt).toBe('2026-03-02T16:00:00.000Z')
    job.wait('PT7H')
    expect(job.broken).toEqual([])
    job.replays()
  })

  test('revoked by the safety officer, from any state: the permit fails', () => {
    for (const at of [permit, onSite, geared, working, () => endDay(working())]) {
      const job = at()
      expect(job.refused('permit.revoke', { reason: 'Too risky' }, engineer).code).toBe('role-missing')
      job.send('permit.revoke', { reason: 'Too risky' }, officer)
      expect(job.in('revoked')).toBe(true)
      expect(job.status).toBe('failed')
    }
  })

  test('cancelling is the dispatcher’s, with a reason, from every state', () => {
    const inFire = () => {
      const job = working()
      job.send('fire.discover', WHAT, engineer)
      return job
    }
    for (const at of [permit, onSite, surveyed, geared, working, inFire, () => endDay(working())]) {
      const job = at()
      expect(job.refused('cancel', { reason: 'Withdrawn' }, officer).code).toBe('role-missing')
      expect(job.refused('cancel', {}, dispatcher).code).toBe('payload-invalid')
      job.send('cancel', { reason: 'Withdrawn' }, dispatcher)
      expect(job.status).toBe('cancelled')
    }
  })

  test('whoever asked for the permit hears when it opens, is suspended, opens again and closes', () => {
    const heard = (type: string): [string, Definition['schemas']['events'][string]] => [
      type,
      { meta: { title: text(type, type), roles: ['system'] } },
    ]
    const names = ['permit.opened', 'permit.suspended', 'permit.closed']
    const visit: Definition = {
      id: 'visit',
      initial: 'waiting',
      states: {
        waiting: {
          meta: { title: text('Waiting', '等待') },
          entry: [
            {
              type: 'startJob',
              params: { process: 'site-safety', link: 'permit', fields: { site: 'Harbour 3' } },
            },
          ],
          on: Object.fromEntries(names.map((name) => [name, { actions: [] }])),
        },
        over: { type: 'final', meta: { title: text('Over', '结束') } },
      },
      schemas: { context: { properties: {} }, events: Object.fromEntries(names.map(heard)) },
      meta: { title: text('Visit', '上门') },
    }
    const parent = rehearse(visit, {}, dispatcher, { processes: [siteSafety], people: PEOPLE })
    const job = parent.linked('permit')
    job.tickAll(engineer)
    job.send('training.show', {}, engineer)
    job.tickAll(engineer)
    job.send('drawings.finish', {}, engineer)
    job.tickAll(engineer)
    job.send('survey.finish', { survey: 'Two cranes' }, engineer)
    enter(pass(job))
    job.send('hazard.find', WHAT, customer)
    job.tickAll(engineer)
    job.send('hazard.clear', MEASURES, officer)
    job.send('work.resume', {}, engineer)
    endDay(job)
    job.send('work.complete', {}, officer)
    expect(parent.history.flatMap(({ command }) => (command.kind === 'event' ? [command.type] : []))).toEqual(
      ['permit.opened', 'permit.suspended', 'permit.opened', 'permit.suspended', 'permit.closed'],
    )
  })
})

describe('working time', () => {
  test('SS-08: eight hours pass without an agreement: a reminder, then a breach', () => {
    const job = working()
    job.wait('PT7H29M')
    expect(job.messages).toEqual([])
    job.wait('PT1M')
    expect(job.messages).toMatchObject([{ type: 'remind', norm: 'SS-08' }])
    job.wait('PT29M59S')
    expect(job.broken).toEqual([])
    job.wait('PT1S')
    expect(job.broken).toEqual(['SS-08', 'GN-02'])
    expect(job.in('exceeded')).toBe(true)
    job.wait('PT5H')
    expect(job.broken).toEqual(['SS-08', 'GN-02'])
    job.replays()

    const inTime = working()
    inTime.wait('PT7H59M')
    endDay(inTime)
    inTime.wait('P2D')
    expect(inTime.broken).toEqual([])
    expect(inTime.met).toContain('SS-08')
  })

  test('SS-08: two hours more with prior consent, then a breach', () => {
    const job = working()
    job.send('overtime.agree', { minutes: 120 }, engineer)
    job.wait('PT8H')
    expect(job.in('overtime')).toBe(true)
    job.wait('PT1H59M')
    expect(job.broken).toEqual([])
    job.wait('PT1M')
    expect(job.broken).toEqual(['SS-08', 'GN-02'])
    job.replays()

    const inTime = working()
    inTime.send('overtime.agree', { minutes: 30 }, engineer)
    inTime.wait('PT8H20M')
    endDay(inTime)
    inTime.wait('P1D')
    expect(inTime.broken).toEqual([])
  })

  test('SS-08: breaks do not count, suspensions do; every day counts anew', () => {
    const job = working()
    job.wait('PT3H')
    job.send('break.start', {}, engineer)
    job.wait('PT1H')
    expect(job.due('dayFull')).toBeUndefined()
    job.send('break.end', {}, engineer)
    expect(job.due('dayFull')).toBe('2026-03-02T11:00:00.000Z')
    job.send('hazard.find', WHAT, engineer)
    job.wait('PT1H')
    job.tickAll(engineer)
    job.send('hazard.clear', MEASURES, officer)
    job.send('work.resume', {}, engineer)
    expect(job.due('dayFull')).toBe('2026-03-02T11:00:00.000Z')
    job.waitUntil('2026-03-02T18:59:59+08:00')
    expect(job.broken).toEqual([])
    job.wait('PT1S')
    expect(job.broken).toEqual(['SS-08', 'GN-02'])
    endDay(job)
    job.wait('PT12H')
    job.send('day.start', {}, engineer)
    enter(pass(job))
    job.wait('PT7H59M')
    expect(job.broken).toHaveLength(2)
    job.wait('PT1M')
    expect(job.broken).toHaveLength(4)
    job.replays()
  })

  test('SS-08: a break within overtime leads back to overtime', () => {
    const job = working()
    job.send('overtime.agree', { minutes: 60 }, engineer)
    job.wait('PT8H30M')
    job.send('break.start', {}, engineer)
    job.wait('PT30M')
    job.send('break.end', {}, engineer)
    expect(job.in('overtime')).toBe(true)
    job.wait('PT29M')
    expect(job.broken).toEqual([])
    job.wait('PT1M')
    expect(job.broken).toEqual(['SS-08', 'GN-02'])
  })

  test('SS-08: where the owner counts breaks, a break stops no clock', () => {
    const { settings = {} } = siteSafety.meta
    const { breaksCount } = settings
    expect(breaksCount).toBeDefined()
    if (breaksCount === undefined) return
    const counted: Definition = {
      ...siteSafety,
      meta: { ...siteSafety.meta, settings: { ...settings, breaksCount: { ...breaksCount, value: true } } },
    }
    const job = rehearse(counted, { site: 'Harbour 3' }, dispatcher, { people: PEOPLE })
    job.tickAll(engineer)
    job.send('training.show', {}, engineer)
    job.tickAll(engineer)
    job.send('drawings.finish', {}, engineer)
    job.tickAll(engineer)
    job.send('survey.finish', { survey: 'Two cranes' }, engineer)
    enter(pass(job))
    job.send('break.start', {}, engineer)
    job.wait('PT1H')
    job.send('break.end', {}, engineer)
    expect(job.due('dayFull')).toBe('2026-03-02T10:00:00.000Z')
  })

  test('GN-02: overtime is at most two hours, agreed by the engineer himself, and beforehand', () => {
    const job = working()
    expect(job.refused('overtime.agree', { minutes: 121 }, engineer).code).toBe('payload-invalid')
    expect(job.refused('overtime.agree', { minutes: 60 }, officer).code).toBe('role-missing')
    const other = { ...engineer, id: 'engineer-2' }
    expect(job.refused('overtime.agree', { minutes: 60 }, other).code).toBe('guard-false')
    expect(geared().refused('overtime.agree', { minutes: 60 }, engineer).code).toBe('not-allowed-here')
    job.wait('PT8H')
    expect(job.refused('overtime.agree', { minutes: 60 }, engineer).code).toBe('not-allowed-here')
    expect(job.broken).toContain('GN-02')

    const { jobs, exhausted } = siege(working(), {
      events: [...others('break'), 'permit.extend', 'overtime.agree'],
    })
    expect(exhausted).toBe(true)
    expect(jobs.filter(({ snapshot }) => JSON.stringify(snapshot.value).includes('"overtime"'))).toEqual([])

    const agreed = working()
    agreed.send('overtime.agree', { minutes: 60 }, engineer)
    agreed.wait('PT8H59M')
    expect(agreed.broken).toEqual([])
    expect(agreed.in('overtime')).toBe(true)
  })
})

describe('what cannot be got round', () => {
  test('SS-01: nobody works without a safety certificate valid on the day', () => {
    const bare = siege(permit(), {}, { certificates: CERTIFICATES.slice(1) })
    expect(bare.exhausted).toBe(true)
    expect(
      [...bare.states].filter((state) => state.startsWith('open') || state === 'briefing.drawings'),
    ).toEqual([])

    const job = permit()
    job.tickAll(engineer)
    expect(job.refused('training.show', {}, untrained)).toMatchObject({
      code: 'guard-false',
      reasons: [{ certificate: 'safety-training' }],
    })
    const lapsed = as('engineer', [
      {
        kind: 'safety-training',
        validFrom: '2024-03-01T00:00:00.000Z',
        validUntil: '2026-03-01T23:59:59.000Z',
      },
    ])
    expect(job.refused('training.show', {}, lapsed).code).toBe('guard-false')
    job.send('training.show', {}, engineer)

    const gate = geared()
    gate.tickAll(engineer)
    expect(gate.refused('work.start', {}, lapsed).code).toBe('guard-false')
    gate.send('work.start', {}, engineer)
  })

  test('SS-01: others are admitted with their certificate only, and nobody unnamed enters', () => {
    const job = geared()
    job.tickAll(engineer)
    const second = { ...engineer, id: 'worker-safe' }
    expect(job.refused('work.start', {}, second).code).toBe('guard-false')
    expect(job.refused('worker.admit', { worker: 'worker-half' }, officer).code).toBe('guard-false')
    expect(job.refused('worker.admit', { worker: 'worker-safe' }, engineer).code).toBe('role-missing')
    job.send('worker.admit', { worker: 'worker-safe' }, officer)
    expect(job.refused('worker.admit', { worker: 'worker-safe' }, officer).code).toBe('guard-false')
    job.send('work.start', {}, second)
    expect(job.in(WORK_AREA)).toBe(true)
  })

  test('SS-01: electrical work and dangerous goods need their certificates beside the safety certificate', () => {
    for (const kind of ['electrical', 'dangerous-goods'] as const) {
      const job = pass(surveyed([kind]))
      job.tickAll(engineer)
      for (const worker of ['worker-safe', 'worker-half', 'nobody'])
        expect(job.refused(PERMITS[kind], { worker }, officer).code).toBe('guard-false')
      job.send(PERMITS[kind], { worker: 'engineer-1' }, officer)
      expect(job.in('gearing')).toBe(true)
    }
  })

  test('SS-12: work at height needs its certificate, a clear area and the harness, at the permit and at the ladder', () => {
    const start = pass(surveyed(['height']))
    for (const without of [
      { items: ['areaClear'] },
      { items: ['harnessChecked'] },
      { items: ['anchorFixed'] },
      {},
    ]) {
      const people = { ...PEOPLE, 'engineer-1': held('safety-training') }
      const more = 'items' in without ? {} : { people }
      const events = [...others(), 'permit.extend']
      const { states, exhausted } = siege(start, { ...without, events }, more)
      expect(exhausted).toBe(true)
      expect([...states]).not.toContain(WORK_AREA)
    }
    start.tickAll(engineer)
    expect(start.refused('height.permit', { worker: 'engineer-1' }, engineer).code).toBe('role-missing')
    for (const worker of ['worker-safe', 'worker-half', 'worker-machine'])
      expect(start.refused('height.permit', { worker }, officer).code).toBe('guard-false')
    start.send('height.permit', { worker: 'worker-height' }, officer)
    enter(start)
    expect(start.refused('climb.start', {}, trainedOnly)).toMatchObject({
      reasons: [{ certificate: 'work-at-height' }],
    })
    start.send('climb.start', {}, engineer)
    expect(start.in('height.aloft')).toBe(true)
    expect(working().refused('climb.start', {}, engineer).code).toBe('not-allowed-here')
  })

  test('SS-14: machine work needs its certificate, a full check first and the procedure', () => {
    const start = pass(surveyed(['machinery']))
    for (const without of [{ items: ['machineFullyChecked'] }, { items: ['procedureAtHand'] }, {}]) {
      const people = { ...PEOPLE, 'engineer-1': held('safety-training') }
      const more = 'items' in without ? {} : { people }
      const { states, exhausted } = siege(start, { ...without, events: [...others(), 'permit.extend'] }, more)
      expect(exhausted).toBe(true)
      expect([...states]).not.toContain(WORK_AREA)
    }
    start.tickAll(engineer)
    for (const worker of ['worker-safe', 'worker-half', 'worker-height'])
      expect(start.refused('machinery.permit', { worker }, officer).code).toBe('guard-false')
    start.send('machinery.permit', { worker: 'worker-machine' }, officer)
    enter(start)
    expect(start.refused('machine.start', {}, trainedOnly)).toMatchObject({
      reasons: [{ certificate: 'machinery' }],
    })
    start.send('machine.start', {}, engineer)
    expect(start.in('machinery.running')).toBe(true)
  })

  test('SS-15: a machine that behaves oddly stands still until it is repaired, also tomorrow', () => {
    const job = working(['machinery'])
    job.send('machine.start', {}, engineer)
    job.send('machine.odd', { what: 'Grinding noise' }, engineer)
    expect(job.in('machinery.outOfOrder')).toBe(true)
    const { states, exhausted } = siege(job, { events: [...others(), 'machine.mend', 'permit.extend'] })
    expect(exhausted).toBe(true)
    expect([...states].filter((state) => /machinery\.(running|standing)$/.test(state))).toEqual([])

    expect(job.refused('machine.start', {}, engineer).code).toBe('not-allowed-here')
    expect(job.refused('day.end', {}, engineer).code).toBe('checklist-open')
    job.tickAll(engineer)
    endDay(job)
    job.send('day.start', {}, engineer)
    enter(grant(pass(job), ['machinery']))
    expect(job.in('machinery.outOfOrder')).toBe(true)
    job.tickAll(engineer)
    expect(job.refused('machine.mend', { worker: 'engineer-1', ...MEASURES }, engineer).code).toBe(
      'role-missing',
    )
    expect(job.refused('machine.mend', { worker: 'worker-height', ...MEASURES }, officer).code).toBe(
      'guard-false',
    )
    job.send('machine.mend', { worker: 'worker-machine', ...MEASURES }, officer)
    job.send('machine.start', {}, engineer)
    expect(job.in('machinery.running')).toBe(true)
  })

  test('SS-29: no entry without full gear, nor a way back in', () => {
    const kinds = ['height', 'machinery', 'dangerous-goods']
    const job = geared(kinds)
    for (const item of job.open()) {
      const { states, exhausted } = siege(job, { items: [item], events: [...others(), 'permit.extend'] })
      expect(exhausted).toBe(true)
      expect([...states]).not.toContain(WORK_AREA)
      const check = geared(kinds)
      check.tickAll(engineer, [item])
      expect(check.refused('work.start', {}, engineer).reasons).toMatchObject([{ item }])
    }
    enter(job)
    job.send('hazard.find', WHAT, engineer)
    job.tickAll(engineer, ['gearCheckedAgain'])
    job.send('hazard.clear', MEASURES, officer)
    expect(job.refused('work.resume', {}, engineer).reasons).toMatchObject([{ item: 'gearCheckedAgain' }])
    job.tickAll(engineer)
    job.send('work.resume', {}, engineer)
    expect(job.in(WORK_AREA)).toBe(true)
  })

  test('SS-06: a hazard stops all work; cleared only when reported, isolated and marked; work resumes where it stood', () => {
    const job = working(ALL_KINDS)
    job.send('climb.start', {}, engineer)
    job.send('machine.start', {}, engineer)
    job.send('goods.take', {}, engineer)
    const stood = job.active
    job.send('hazard.find', WHAT, customer)
    expect(job.in('open.work.suspended')).toBe(true)
    for (const without of [
      { events: ['hazard.clear'] },
      { items: ['hazardReported'] },
      { items: ['hazardIsolated'] },
      { items: ['hazardMarked'] },
    ]) {
      const events = [...others('hazard'), ...('events' in without ? without.events : [])]
      const { states, exhausted } = siege(job, { ...without, events })
      expect(exhausted).toBe(true)
      expect([...states].filter((state) => state.startsWith('open.work.regular'))).toEqual([])
    }
    expect(job.refused('work.resume', {}, engineer).code).toBe('guard-false')
    expect(job.refused('hazard.clear', MEASURES, engineer).code).toBe('role-missing')
    expect(job.refused('hazard.clear', MEASURES, officer).code).toBe('checklist-open')
    job.tickAll(engineer)
    job.send('hazard.clear', MEASURES, officer)
    job.send('work.resume', {}, engineer)
    expect(job.active).toEqual(stood)
    job.replays()
  })

  test('SS-06: a hazard found before work resumes there too', () => {
    const job = surveyed(['height'])
    job.send('hazard.find', WHAT, engineer)
    job.tickAll(engineer)
    job.send('hazard.clear', MEASURES, officer)
    job.send('work.resume', {}, engineer)
    expect(job.in('equipping.checking')).toBe(true)
  })

  /** An emergency: what starts it, the steps to its end in their order, and the items those steps ask for. */
  const EMERGENCIES = {
    fire: { start: 'fire.discover', steps: ['fire.alarm', 'fire.out'], items: [] },
    power: { start: 'power.fail', steps: ['power.restore'], items: ['electricalStopped', 'everyoneOut'] },
    leak: { start: 'leak.find', steps: ['leak.report', 'leak.contain'], items: ['emergencySteps'] },
    accident: {
      start: 'accident.happen',
      steps: ['accident.report', 'accident.settle'],
      items: ['orderKept'],
    },
    evacuation: {
      start: 'emergency.declare',
      steps: ['help.call', 'evacuation.start', 'emergency.end'],
      items: ['allCounted'],
    },
    rescue: { start: 'emergency.declare', steps: ['help.call', 'rescue.start', 'emergency.end'], items: [] },
  }
  const payloadOf = (type: string): Record<string, unknown> => {
    const payload = SIEGE.payloads[type] ?? {}
    return Array.isArray(payload) ? (payload[0] ?? {}) : payload
  }
  const emergency = ({ start, steps, items }: { start: string; steps: string[]; items: string[] }): void => {
    const group = [start, ...steps].map((type) => type.split('.')[0] ?? '')
    for (const at of [
      onSite,
      surveyed,
      () => pass(surveyed(['height'])),
      geared,
      working,
      () => endDay(working()),
    ]) {
      const anywhere = at()
      anywhere.send(start, payloadOf(start), customer)
      expect(anywhere.in('open.work.suspended')).toBe(true)
    }
    const job = working()
    job.send(start, payloadOf(start), engineer)
    const both = steps.includes('evacuation.start') || steps.includes('rescue.start')
    const ways = ['evacuation.start', 'rescue.start']
    const without = [
      ...steps.map((step) => ({
        events: both && ways.includes(step) ? ways : [step],
        items: [] as string[],
      })),
      ...items.map((item) => ({ events: item === 'allCounted' ? ['rescue.start'] : [], items: [item] })),
    ]
    for (const each of without) {
      const events = [...others(...group, 'evacuation', 'rescue'), ...each.events]
      const { states, exhausted } = siege(job, { ...each, events })
      expect(exhausted).toBe(true)
      expect([...states].filter((state) => state.startsWith('open.work.regular'))).toEqual([])
    }
    steps.forEach((step, index) => {
      for (const later of steps.slice(index + 1))
        expect(
          job.refused(later, payloadOf(later), { ...officer, roles: ['safety-officer', 'engineer'] }).code,
        ).toBe('not-allowed-here')
      expect(job.refused('work.resume', {}, engineer).code).toMatch(/guard-false|checklist-open/)
      job.tickAll(engineer)
      job.send(step, payloadOf(step), { ...officer, roles: ['safety-officer', 'engineer'] })
    })
    job.tickAll(engineer)
    job.send('work.resume', {}, engineer)
    expect(job.in('open.work.regular.surveying')).toBe(true)
    expect(job.fields.recheck).toBe(false)
    job.replays()
  }

  test('SS-22: fire: the alarm first, then fight it; over when the safety officer says so; the site is surveyed anew', () => {
    emergency(EMERGENCIES.fire)
  })
  test('SS-23: power cut: machines stopped and everyone out before the power counts as back', () => {
    emergency(EMERGENCIES.power)
  })
  test('SS-21: a leak is reported at once, then emergency steps are taken', () => {
    emergency(EMERGENCIES.leak)
  })
  test('SS-11: an accident is reported promptly, dealt with, and order kept', () => {
    emergency(EMERGENCIES.accident)
  })
  test('SS-25: a sudden event: call for help, then evacuate, everyone counted', () => {
    emergency(EMERGENCIES.evacuation)
  })
  test('SS-25: a sudden event: call for help, then rescue; a rescue may follow an evacuation and lead to one', () => {
    emergency(EMERGENCIES.rescue)
    const job = working()
    job.send('emergency.declare', WHAT, engineer)
    job.send('help.call', REPORTED, engineer)
    job.send('evacuation.start', {}, engineer)
    job.send('rescue.start', {}, engineer)
    job.send('evacuation.start', {}, engineer)
    expect(job.in('sudden.evacuating')).toBe(true)
  })

  test('a fire during a power cut is not forgotten when the power is back', () => {
    const job = working()
    job.send('power.fail', {}, engineer)
    job.send('fire.discover', WHAT, engineer)
    job.tickAll(engineer)
    job.send('power.restore', {}, engineer)
    expect(job.refused('work.resume', {}, engineer).code).toBe('guard-false')
    job.send('fire.alarm', REPORTED, engineer)
    job.send('fire.discover', { what: 'Another one' }, engineer)
    expect(job.in('fire.alarming')).toBe(true)
    job.send('fire.alarm', REPORTED, engineer)
    job.send('fire.out', {}, officer)
    job.tickAll(engineer)
    job.send('work.resume', {}, engineer)
    expect(job.in('surveying')).toBe(true)
  })

  test('whoever goes home before the survey is done begins with it the next day', () => {
    const job = onSite()
    endDay(job)
    job.send('day.start', {}, engineer)
    expect(job.in('surveying')).toBe(true)
  })

  test('after an emergency one may go home; the next day begins with a survey', () => {
    const job = working()
    job.send('power.fail', {}, engineer)
    expect(job.refused('day.end', {}, engineer).code).toBe('guard-false')
    job.tickAll(engineer, ['gearCheckedAgain'])
    job.send('power.restore', {}, engineer)
    endDay(job)
    job.send('day.start', {}, engineer)
    expect(job.in('surveying')).toBe(true)
  })

  test('SS-26: a breach of the rules is dealt with by the person in charge before work starts anew or ends', () => {
    const job = endDay(working())
    job.send('violation.report', { what: 'No helmet' }, customer)
    const { states, exhausted } = siege(
      job,
      { events: [...others('violation'), 'violation.handle'] },
      { ignore: ['openViolations'] },
    )
    expect(exhausted).toBe(true)
    expect([...states]).not.toContain('closed')
    expect([...states]).not.toContain(WORK_AREA)

    job.send('violation.report', { what: 'Smoking' }, engineer)
    const DECISION = { decision: 'warned', note: 'Warned in writing' }
    expect(job.refused('violation.handle', DECISION, engineer).code).toBe('role-missing')
    expect(job.refused('violation.handle', { decision: 'warned' }, officer).code).toBe('payload-invalid')
    expect(job.refused('violation.handle', { decision: 'ignored', note: '-' }, officer).code).toBe(
      'payload-invalid',
    )
    job.send('violation.handle', DECISION, officer)
    expect(job.refused('work.complete', {}, officer).code).toBe('guard-false')
    job.send('violation.handle', DECISION, officer)
    job.send('work.complete', {}, officer)
    expect(job.status).toBe('done')
    expect(job.fields).toMatchObject({ openViolations: 0, decision: 'warned' })
  })

  test('from the first minute on, nothing but the whole preparation opens the work area', () => {
    for (const events of [['drawings.finish'], ['survey.finish'], ['equipment.pass'], ['work.start']]) {
      const { states, exhausted } = siege(permit(), { events: [...others(), 'permit.extend', ...events] })
      expect(exhausted).toBe(true)
      expect([...states]).not.toContain(WORK_AREA)
    }
    const { states } = siege(permit(), { events: [...others(), 'permit.extend'] })
    for (const state of [WORK_AREA, 'closed', 'revoked', 'cancelled']) expect([...states]).toContain(state)
  })
})
