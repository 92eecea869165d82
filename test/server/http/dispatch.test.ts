import { describe, expect, it } from 'vitest'
import type { Definition } from '../../../machines/definition/schema.ts'
import { complaint } from '../../../machines/processes/complaint/process.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { createWorld, ERRAND, type World } from './harness.ts'

const HOUR = 3_600_000
/** The day after the world's start, in Shanghai. */
const tomorrow = (hour: number): string =>
  new Date(Date.parse('2026-03-03T00:00:00+08:00') + hour * HOUR).toISOString()

type Desk = World & {
  visit(hour: number, fields?: Record<string, unknown>): Promise<string>
  candidates(job: string, more?: string): Promise<{ [person: string]: { fit: string; codes: string[] } }>
}
async function desk(): Promise<Desk> {
  const world = await createWorld({ processes: [homeVisit, complaint] })
  const { as } = world
  for (const [id, name, regions] of [
    ['li', '李伟', ['浦东']],
    ['wang', '王芳', ['浦西']],
  ] as const) {
    await as('administrator', 'POST', '/api/people', { id, name, roles: ['engineer'], regions })
    await as('administrator', 'PUT', `/api/people/${id}/certificates/product-training`, {
      validFrom: '2025-01-01T00:00:00Z',
      validUntil: id === 'li' ? '2027-01-01T00:00:00Z' : '2026-03-20T00:00:00Z',
    })
  }
  return {
    ...world,
    visit: async (hour, fields = {}) => {
      const made = await as('dispatcher', 'POST', '/api/jobs', {
        process: 'home-visit',
        fields: {
          timeWanted: tomorrow(hour),
          problem: '打印机卡纸',
          problemKind: 'hardware',
          severity: 'normal',
          customerName: '宏达机械',
          region: '浦东',
          ...fields,
        },
      })
      expect(made.statusCode).toBe(201)
      return made.json().id
    },
    candidates: async (job, more = '') => {
      const answer = await as('dispatcher', 'GET', `/api/dispatch/candidates?job=${job}${more}`)
      expect(answer.statusCode).toBe(200)
      const { candidates } = answer.json()
      return Object.fromEntries(
        candidates.map(({ id, fit, reasons }: { id: string; fit: string; reasons: { code: string }[] }) => [
          id,
          { fit, codes: reasons.map(({ code }) => code) },
        ]),
      )
    },
  }
}
const assign = (world: World, job: string, engineer: string) =>
  world.as('dispatcher', 'POST', `/api/jobs/${job}/events`, { type: 'assign', payload: { engineer } })

describe('/api/dispatch/day', () => {
  it('tells what waits, and who has what when', async () => {
    const world = await desk()
    const { as, visit } = world
    const [late, early] = [await visit(14), await visit(10, { region: '浦西' })]
    await assign(world, await visit(9), 'li')
    const day = (await as('dispatcher', 'GET', '/api/dispatch/day?date=2026-03-03')).json()
    expect(day).toMatchObject({
      date: '2026-03-03',
      today: '2026-03-02',
      timeZone: 'Asia/Shanghai',
      from: tomorrow(0),
      to: tomorrow(24),
      open: [
        { from: tomorrow(9), to: tomorrow(12) },
        { from: tomorrow(13), to: tomorrow(18) },
      ],
      visitMinutes: 120,
      regions: ['浦东', '浦西'],
    })
    expect(day.waiting.total).toBe(2)
    expect(day.waiting.jobs.map(({ id }: { id: string }) => id)).toEqual([early, late])
    expect(day.waiting.jobs[1]).toMatchObject({
      title: homeVisit.meta.title,
      about: ['宏达机械', '打印机卡纸'],
      at: tomorrow(14),
      kind: 'appointment',
      region: '浦东',
      overdue: false,
    })
    const of = (id: string) => day.engineers.find((each: { id: string }) => each.id === id)
    expect(of('li')).toMatchObject({ name: '李伟', regions: ['浦东'], load: 1, expiring: [] })
    expect(of('li').jobs).toMatchObject([{ assignee: 'li', at: tomorrow(9) }])
    expect(of('wang')).toMatchObject({
      jobs: [],
      load: 0,
      expiring: [
        { kind: 'product-training', expired: false, title: { en: 'product and technical training' } },
      ],
    })
    const today = (await as('dispatcher', 'GET', '/api/dispatch/day')).json()
    expect(today.engineers.flatMap(({ jobs }: { jobs: unknown[] }) => jobs)).toEqual([])
  })

  it('keeps a region with those who work there or everywhere, and finds by words', async () => {
    const { as, visit } = await desk()
    await visit(10)
    const west = await visit(11, { region: '浦西', customerName: '长江电子' })
    const region = encodeURIComponent('浦西')
    const day = (await as('dispatcher', 'GET', `/api/dispatch/day?region=${region}`)).json()
    expect(day.engineers.map(({ id }: { id: string }) => id).toSorted()).toEqual(['engineer', 'wang'])
    expect(day.waiting).toMatchObject({ total: 1, jobs: [{ id: west }] })
    const text = encodeURIComponent('长江')
    expect((await as('dispatcher', 'GET', `/api/dispatch/day?text=${text}`)).json().waiting.total).toBe(1)
  })

  it('is the desk’s, and knows its days', async () => {
    const { as } = await desk()
    expect((await as('engineer', 'GET', '/api/dispatch/day')).statusCode).toBe(403)
    expect((await as('dispatcher', 'GET', '/api/dispatch/day?date=2026-02-30')).statusCode).toBe(400)
    expect((await as('dispatcher', 'GET', '/api/dispatch/day?minutes=3')).statusCode).toBe(400)
  })
})

describe('/api/dispatch/candidates', () => {
  it('leaves out whose role does not reach the job, and nobody gives it to him', async () => {
    const world = await desk()
    const limits = [{ role: 'engineer', regions: ['浦西'] }]
    await world.as('administrator', 'PATCH', '/api/people/li', { limits })
    const [east, west] = [await world.visit(10), await world.visit(11, { region: '浦西' })]
    expect(Object.keys(await world.candidates(east))).not.toContain('li')
    expect(Object.keys(await world.candidates(west))).toContain('li')
    const given = await assign(world, east, 'li')
    expect([given.statusCode, given.json()]).toMatchObject([403, { code: 'beyond-limits', person: 'li' }])
    const body = { person: 'li', reason: 'x' }
    expect((await world.as('dispatcher', 'POST', `/api/jobs/${east}/reassign`, body)).statusCode).toBe(403)
    expect((await world.as('dispatcher', 'GET', `/api/jobs/${east}`)).json().seq).toBe(1)
    expect((await assign(world, west, 'li')).statusCode).toBe(200)
  })
  it('judges everybody for the hour of the visit, and names the event that assigns', async () => {
    const world = await desk()
    const { as, visit, candidates } = world
    const job = await visit(10)
    await assign(world, await visit(11), 'li')
    expect(await candidates(job)).toMatchObject({
      li: { fit: 'doubt', codes: ['busy', 'certified', 'within-hours', 'in-region'] },
      wang: { fit: 'doubt', codes: ['other-region', 'certificate-ends-soon', 'within-hours', 'free'] },
      engineer: { fit: 'doubt', codes: ['not-certified', 'within-hours', 'free'] },
    })
    expect((await candidates(job, '&minutes=60')).li?.fit).toBe('yes')
    const whole = (await as('dispatcher', 'GET', `/api/dispatch/candidates?job=${job}`)).json()
    expect(whole).toMatchObject({
      date: '2026-03-03',
      visit: { from: tomorrow(10), to: tomorrow(12) },
      assigning: { by: 'event', person: 'engineer', event: { type: 'assign', open: true } },
    })
  })

  it('bars overtime that was not agreed beforehand, and lets it through once it was', async () => {
    const world = await desk()
    const { as, visit, candidates } = world
    const job = await visit(17)
    expect((await candidates(job)).li).toMatchObject({ fit: 'no' })
    const agreed = await as('dispatcher', 'PUT', '/api/people/li/overtime/2026-03-03', { minutes: 60 })
    expect(agreed.json()).toMatchObject({
      regions: ['浦东'],
      overtime: [{ date: '2026-03-03', minutes: 60, by: 'dispatcher' }],
    })
    expect((await candidates(job)).li).toMatchObject({ fit: 'yes' })
    expect((await as('dispatcher', 'DELETE', '/api/people/li/overtime/2026-03-03')).statusCode).toBe(200)
    expect((await candidates(job)).li?.codes[0]).toBe('overtime-not-agreed')
  })

  it('gives a job that somebody has by the event for that; of other jobs it says so', async () => {
    const world = await desk()
    const { as, visit, candidates } = world
    const job = await visit(10)
    await assign(world, job, 'li')
    expect((await candidates(job)).li?.codes[0]).toBe('has-it')
    const whole = (await as('dispatcher', 'GET', `/api/dispatch/candidates?job=${job}`)).json()
    expect(whole.assigning).toMatchObject({ by: 'event', event: { type: 'reassign' } })
    expect((await as('dispatcher', 'GET', '/api/dispatch/candidates?job=none')).json().code).toBe(
      'job-not-found',
    )
    await as('dispatcher', 'POST', `/api/jobs/${job}/cancel`, { reason: 'off' })
    const over = await as('dispatcher', 'GET', `/api/dispatch/candidates?job=${job}`)
    expect([over.statusCode, over.json().code]).toEqual([409, 'not-dispatched'])
  })

  it('knows no hours where the organisation has no working calendar, and overtime all day on a holiday', async () => {
    const { as, visit, candidates } = await desk()
    const job = await visit(10)
    const { timeZone, calendars } = DEFAULT_CALENDARS
    const { working, ...others } = calendars
    const set = (value: unknown, revision: number) =>
      as('administrator', 'PUT', '/api/settings', value, { 'if-match': `"${revision}"` })
    const before = (await as('administrator', 'GET', '/api/settings')).json().revision
    const holiday = { ...working, holidays: ['2026-03-03'] }
    const changed = await set({ timeZone, calendars: { ...others, working: holiday } }, before)
    expect(changed.statusCode).toBe(200)
    expect((await candidates(job)).li).toMatchObject({ fit: 'no', codes: ['overtime-not-agreed', ...REST] })
    await set({ timeZone, calendars: others }, changed.json().revision)
    expect((await candidates(job)).li).toMatchObject({ fit: 'yes', codes: REST })
  })
})
/** An errand that is given to a runner once, by who may; who runs it must be trained. */
const GIVEN_ONCE: Definition = {
  ...ERRAND,
  states: {
    open: {
      meta: { title: { en: 'Open' } },
      on: {
        'errand.given': {
          target: 'given',
          guard: { type: 'qualified', params: { certificate: 'product-training', of: 'runner' } },
          actions: [
            { type: '@xstate.assign', context: { runner: { '@expr': 'event.runner', '@lang': 'cel' } } },
          ],
        },
      },
    },
    given: { meta: { title: { en: 'Given' } }, on: { 'errand.dropped': { target: 'dropped' } } },
    dropped: { type: 'final', meta: { title: { en: 'Dropped' } } },
  },
  delays: {},
  schemas: {
    context: {
      properties: {
        what: { type: 'string', meta: { title: { en: 'What' } } },
        runner: { type: 'string', format: 'person', meta: { title: { en: 'Runner' } } },
      },
      required: ['what'],
    },
    events: {
      'errand.given': {
        properties: { runner: { type: 'string', format: 'person', meta: { title: { en: 'Runner' } } } },
        required: ['runner'],
        meta: { title: { en: 'Give' }, roles: ['dispatcher'] },
      },
      'errand.dropped': { meta: { title: { en: 'Dropped' }, roles: ['engineer'] } },
    },
  },
  meta: {
    title: { en: 'Errand' },
    summary: ['what'],
    assignee: 'runner',
    certificates: { 'product-training': { en: 'training', zh: '\u57f9\u8bad\u8bc1' } },
  },
}

describe('a process of one\u2019s own', () => {
  it('bars who lacks what every way of giving it asks, and is given on by hand where no event does', async () => {
    const world = await createWorld({ processes: [GIVEN_ONCE, complaint] })
    const { as, errand } = world
    await as('administrator', 'POST', '/api/people', { id: 'li', name: 'Li', roles: ['engineer'] })
    await as('administrator', 'PUT', '/api/people/li/certificates/product-training', {
      validFrom: '2025-01-01T00:00:00Z',
      validUntil: '2027-01-01T00:00:00Z',
    })
    const job = await errand()
    const ask = async (role: 'dispatcher' | 'administrator') =>
      (await as(role, 'GET', `/api/dispatch/candidates?job=${job}`)).json()
    expect(await ask('dispatcher')).toMatchObject({
      date: '2026-03-02',
      assigning: { by: 'event', person: 'runner', event: { type: 'errand.given', open: true } },
      candidates: [
        { id: 'li', fit: 'yes', reasons: [{ code: 'certified' }] },
        { id: 'engineer', fit: 'no', reasons: [{ code: 'not-certified', weight: 'bar' }] },
      ],
    })
    expect((await ask('administrator')).assigning.event).toMatchObject({
      open: false,
      reasons: [{ code: 'role-missing' }],
    })
    const give = { type: 'errand.given', payload: { runner: 'li' } }
    expect((await as('dispatcher', 'POST', `/api/jobs/${job}/events`, give)).statusCode).toBe(200)
    expect(await ask('dispatcher')).toMatchObject({ assigning: { by: 'hand' } })
  })
})
const REST = ['certified', 'free', 'in-region']

describe('overtime', () => {
  const put = (world: World, role: 'engineer' | 'dispatcher', person: string, date: string, minutes = 60) =>
    world.as(role, 'PUT', `/api/people/${person}/overtime/${date}`, { minutes })

  it('is agreed beforehand, two hours at most, by oneself or by who hands out the work', async () => {
    const world = await desk()
    expect((await put(world, 'engineer', 'engineer', '2026-03-02')).statusCode).toBe(200)
    expect((await put(world, 'engineer', 'li', '2026-03-02')).json().code).toBe('forbidden')
    expect((await put(world, 'dispatcher', 'li', '2026-03-01')).json()).toMatchObject({
      code: 'body-invalid',
      errors: [{ pointer: '/date' }],
    })
    expect((await put(world, 'dispatcher', 'li', '2026-03-04', 121)).statusCode).toBe(400)
    expect((await put(world, 'dispatcher', 'nobody', '2026-03-04')).json().code).toBe('person-not-found')
    await put(world, 'dispatcher', 'li', '2026-03-05', 30)
    await put(world, 'dispatcher', 'li', '2026-03-04', 30)
    const again = (await put(world, 'dispatcher', 'li', '2026-03-05', 90)).json()
    expect(
      again.overtime.map(({ date, minutes }: { date: string; minutes: number }) => [date, minutes]),
    ).toEqual([
      ['2026-03-04', 30],
      ['2026-03-05', 90],
    ])
    expect((await world.as('dispatcher', 'DELETE', '/api/people/li/overtime/2026-03-09')).statusCode).toBe(
      404,
    )
  })
})
