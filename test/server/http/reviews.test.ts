import { describe, expect, it } from 'vitest'
import { type Definition, ROLES, type Role } from '../../../machines/definition/schema.ts'
import { complaint } from '../../../machines/processes/complaint/process.ts'
import { may } from '../../../server/access/policy.ts'
import { hashSecret } from '../../../server/access/secrets.ts'
import { createWorld, ERRAND, START, type World } from './harness.ts'

const MINUTE = 60_000
const PERIOD = '2026-03'
const sheetOf = (person: string, period = PERIOD): string => `/api/reviews/${period}/${person}`

/** The errand with somebody who runs it, a deadline with a norm, and work that can fail its check. */
const open = ERRAND.states.open
const RUN: Definition = {
  ...ERRAND,
  states: {
    ...ERRAND.states,
    open: { ...open, on: { ...open?.on, 'verification.fail': { meta: { waivesChecklist: true } } } },
  },
  delays: {
    promise: { duration: 'PT1H', meta: { title: { en: 'Promised' }, kind: 'deadline', norms: ['GN-09'] } },
  },
  schemas: {
    context: {
      ...ERRAND.schemas.context,
      properties: {
        ...ERRAND.schemas.context.properties,
        runner: { type: 'string', format: 'person', meta: { title: { en: 'Runner' } } },
        customerName: { type: 'string', meta: { title: { en: 'Customer' } } },
      },
    },
    events: {
      ...ERRAND.schemas.events,
      'verification.fail': { meta: { title: { en: 'Check failed' }, roles: ['engineer', 'dispatcher'] } },
    },
  },
  meta: { ...ERRAND.meta, assignee: 'runner', summary: ['what', 'customerName'] },
}

/** A second engineer, who signs in with a token of his own. */
async function another(world: World, id = 'wu'): Promise<(url: string) => Promise<number>> {
  const at = new Date(START).toISOString()
  await world.library.savePerson(0, {
    id,
    name: '吴刚',
    roles: ['engineer'],
    certificates: [],
    tokens: [{ id: `t-${id}`, name: 'x', hash: hashSecret(`secret-of-${id}`), createdAt: at }],
    createdAt: at,
    updatedAt: at,
  })
  const headers = { authorization: `Bearer secret-of-${id}` }
  return async (url) => (await world.as(undefined, 'GET', url, undefined, headers)).statusCode
}

async function world(): Promise<World & { done(id: string | undefined): Promise<void> }> {
  const made = await createWorld({ processes: [RUN, complaint] })
  const done = async (id: string | undefined): Promise<void> => {
    const evidence = { kind: 'text', text: 'no. 7' }
    await made.as('engineer', 'PUT', `/api/jobs/${id}/checklist/receipt`, { evidence })
    const sent = { type: 'errand.done', payload: { hours: 1 } }
    expect((await made.as('engineer', 'POST', `/api/jobs/${id}/events`, sent)).statusCode).toBe(200)
  }
  return { ...made, done }
}
const FIELDS = { what: 'stamps', runner: 'engineer', customerName: '宏达商贸' }
const decision = (more: Record<string, unknown> = {}) => ({ follow: 'none', note: '按期完成', ...more })
const match = (revision: number) => ({ 'if-match': `"${revision}"` })

/** Breaks a norm gravely on a job of the engineer's. */
const grave = async ({ as, errand }: World): Promise<void> => {
  const id = await errand(FIELDS)
  const body = { norm: 'GN-04', severity: 'critical' }
  expect((await as('dispatcher', 'POST', `/api/jobs/${id}/breaches`, body)).statusCode).toBe(200)
}

describe('/api/reviews', () => {
  it('GN-13: quality, efficiency, teamwork, satisfaction, skills and breaches come from history', async () => {
    const made = await world()
    const { as, errand, clock, done, library } = made
    const ids = [await errand(FIELDS), await errand(FIELDS), await errand({ ...FIELDS, runner: 'wu' })]
    await another(made)
    clock.set(START + 30 * MINUTE)
    await as('dispatcher', 'POST', `/api/jobs/${ids[0]}/events`, { type: 'verification.fail' })
    await done(ids[0])
    await as('front-desk', 'POST', `/api/jobs/${ids[0]}/rating`, { score: 2, comment: '态度不好' })
    await as('front-desk', 'POST', `/api/jobs/${ids[0]}/complaints`, { text: '又坏了', quality: true })
    await as('engineer', 'POST', `/api/jobs/${ids[2]}/notes`, { text: '已帮忙送件' })
    await as('engineer', 'POST', `/api/jobs/${ids[2]}/notes`, { text: '再送一次' })
    const hand = { person: 'engineer', reason: '顺路' }
    expect((await as('dispatcher', 'POST', `/api/jobs/${ids[2]}/reassign`, hand)).statusCode).toBe(200)
    await as('administrator', 'POST', '/api/clock', { advance: 'PT1H' })
    await done(ids[1])
    await library.savePerson(1, {
      ...(await person(library, 'engineer')),
      certificates: [
        { kind: 'height', validFrom: '2025-01-01T00:00:00.000Z', validUntil: '2026-01-01T00:00:00.000Z' },
        { kind: 'power', validFrom: '2025-01-01T00:00:00.000Z', validUntil: '2026-03-20T00:00:00.000Z' },
      ],
    })

    const { measures } = (await as('process-owner', 'GET', sheetOf('engineer'))).json()
    expect(measures).toMatchObject({
      jobs: { done: 2, cancelled: 0 },
      quality: { rework: 1, complaints: 0, qualityComplaints: 1 },
      // Both jobs that wait beyond the hour are his by then: the one that was handed over, too.
      efficiency: { kept: 1, late: 2, share: 0.333, meanMs: 60 * MINUTE, pace: 1 },
      teamwork: { helped: 1, tookOver: 1, handedOver: 0 },
      satisfaction: { ratings: 1, mean: 2, low: 1, surveys: 0 },
      skills: { valid: 1, expiring: 1, expired: 1 },
      breaches: { minor: 2, major: 0, critical: 0 },
    })
    const list = (await as('auditor', 'GET', `/api/reviews?period=${PERIOD}`)).json()
    expect(list.reviews.find((row: { person: string }) => row.person === 'engineer')?.measures).toEqual(
      measures,
    )
    expect(list.reviews.find((row: { person: string }) => row.person === 'wu')?.measures.teamwork).toEqual({
      helped: 0,
      tookOver: 0,
      handedOver: 1,
    })
    const quarter = (await as('auditor', 'GET', sheetOf('engineer', '2026-Q1'))).json()
    expect(quarter.measures).toEqual(measures)
    const before = (await as('auditor', 'GET', sheetOf('engineer', '2026-02'))).json()
    expect(before.measures.jobs.done).toBe(0)
  })

  it('tells what the numbers come from, job by job', async () => {
    const made = await world()
    await grave(made)
    const { facts } = (await made.as('engineer', 'GET', sheetOf('engineer'))).json()
    expect(facts).toMatchObject([
      { kind: 'critical', norm: 'GN-04', process: 'errand', customer: '宏达商贸' },
    ])
  })

  it('is seen by himself and those entitled, and by nobody else', async () => {
    const made = await world()
    const ask = await another(made)
    expect([await ask(sheetOf('wu')), await ask(sheetOf('engineer')), await ask(sheetOf('nobody'))]).toEqual([
      200, 403, 403,
    ])
    for (const role of ROLES) {
      const { statusCode } = await made.as(role, 'GET', sheetOf('wu'))
      expect([role, statusCode === 200]).toEqual([role, may([role], 'reviews:read')])
      const all = await made.as(role, 'GET', `/api/reviews?period=${PERIOD}`)
      expect([role, all.statusCode === 200]).toEqual([role, may([role], 'reviews:read')])
    }
    const entitled: Role[] = ['administrator', 'process-owner', 'auditor']
    expect(ROLES.filter((role) => may([role], 'reviews:read'))).toEqual(
      ROLES.filter((role) => entitled.includes(role)),
    )
    expect((await made.as('administrator', 'GET', sheetOf('engineer', '2026-13'))).statusCode).toBe(400)
  })

  it('GN-25: a grave case cannot be passed over without a reason on record', async () => {
    const made = await world()
    await grave(made)
    const { as } = made
    const sheet = (await as('process-owner', 'GET', sheetOf('engineer'))).json()
    expect(sheet.proposal).toEqual({ follow: 'strict', reasons: ['critical-breach'] })
    const decide = (body: unknown, revision = 0) =>
      as('process-owner', 'POST', `${sheetOf('engineer')}/decisions`, body, match(revision))
    for (const follow of ['reward', 'none', 'coaching']) {
      const refused = await decide(decision({ follow }))
      expect([refused.statusCode, refused.json().code]).toEqual([422, 'review-departs'])
    }
    expect((await decide(decision({ follow: 'strict', note: ' ' }))).statusCode).toBe(400)
    expect((await as('process-owner', 'GET', sheetOf('engineer'))).json().says).toEqual([])
    const decided = await decide(decision({ follow: 'coaching', departs: '系误报，已核实' }))
    expect(decided.statusCode).toBe(201)
    expect(decided.json().says).toMatchObject([
      {
        kind: 'decision',
        by: 'process-owner',
        follow: 'coaching',
        departs: '系误报，已核实',
        proposal: sheet.proposal,
      },
    ])
    expect((await decide(decision({ follow: 'strict' }), 1)).statusCode).toBe(201)
  })

  it('is decided by a named person, not on himself, and not twice unseen', async () => {
    const { as } = await world()
    const url = `${sheetOf('engineer')}/decisions`
    for (const role of ['engineer', 'dispatcher', 'auditor'] as const)
      expect((await as(role, 'POST', url, decision(), match(0))).statusCode).toBe(403)
    expect((await as('process-owner', 'POST', url, decision())).statusCode).toBe(428)
    const own = await as(
      'process-owner',
      'POST',
      `${sheetOf('process-owner')}/decisions`,
      decision(),
      match(0),
    )
    expect([own.statusCode, own.json().code]).toEqual([403, 'review-own'])
    const early = await as(
      'process-owner',
      'POST',
      `${sheetOf('engineer', '2026-04')}/decisions`,
      decision(),
      match(0),
    )
    expect([early.statusCode, early.json().code]).toEqual([409, 'review-not-begun'])
    const both = await Promise.all([
      as('process-owner', 'POST', url, decision(), match(0)),
      as('administrator', 'POST', url, decision({ follow: 'reward' }), match(0)),
    ])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([201, 412])
    expect((await as('auditor', 'GET', sheetOf('engineer'))).json().says).toHaveLength(1)
  })

  it('is answered by whom it is about, once something was decided', async () => {
    const { as } = await world()
    const url = `${sheetOf('engineer')}/answers`
    const answer = { text: '那天缺备件' }
    const early = await as('engineer', 'POST', url, answer, match(0))
    expect([early.statusCode, early.json().code]).toEqual([409, 'review-undecided'])
    await as('process-owner', 'POST', `${sheetOf('engineer')}/decisions`, decision(), match(0))
    expect((await as('process-owner', 'POST', url, answer, match(1))).statusCode).toBe(403)
    const said = await as('engineer', 'POST', url, answer, match(1))
    expect([said.statusCode, said.json().says[1]]).toMatchObject([
      201,
      { kind: 'answer', by: 'engineer', ...answer },
    ])
    const [row] = (await as('auditor', 'GET', `/api/reviews?period=${PERIOD}`))
      .json()
      .reviews.filter(({ person: id }: { person: string }) => id === 'engineer')
    expect(row).toMatchObject({ decided: 'none', answered: true })
  })
})

describe('/api/work-log', () => {
  it('GN-22: a day is what the person did on jobs, and no more', async () => {
    const made = await world()
    const { as, errand, clock } = made
    const id = await errand(FIELDS)
    await as('engineer', 'POST', `/api/jobs/${id}/notes`, { text: '客户不在' })
    clock.set(START + 30 * MINUTE)
    await made.done(id)
    clock.set(START + 24 * 60 * MINUTE)
    await as('engineer', 'POST', `/api/jobs/${id}/notes`, { text: '次日' })
    const log = (await as('engineer', 'GET', '/api/work-log?day=2026-03-02')).json()
    expect(log).toMatchObject({ person: 'engineer', name: 'The engineer', today: '2026-03-03' })
    expect(log.lines).toMatchObject([
      {
        command: 'note',
        text: '客户不在',
        job: id,
        summary: ['stamps', '宏达商贸'],
        states: [{ en: 'Open' }],
      },
      { command: 'tick', what: { en: 'Receipt' } },
      { command: 'event', what: { en: 'Done' }, states: [{ en: 'Done' }], status: 'done' },
    ])
    expect((await as('engineer', 'GET', '/api/work-log')).json().lines).toHaveLength(1)
    const page = (await as('engineer', 'GET', '/api/work-log?day=2026-03-02&limit=2')).json()
    const rest = (await as('engineer', 'GET', `/api/work-log?day=2026-03-02&after=${page.next}`)).json()
    expect([page.lines.length, rest.lines.length, rest.next]).toEqual([2, 1, undefined])
  })
  it('is not another engineer’s to see', async () => {
    const made = await world()
    const ask = await another(made)
    expect([await ask('/api/work-log'), await ask('/api/work-log?person=engineer')]).toEqual([200, 403])
    expect((await made.as('dispatcher', 'GET', '/api/work-log?person=engineer')).statusCode).toBe(403)
    expect((await made.as('auditor', 'GET', '/api/work-log?person=engineer')).statusCode).toBe(200)
    expect((await made.as('auditor', 'GET', '/api/work-log?person=nobody')).statusCode).toBe(404)
  })
})

describe('/api/surveys', () => {
  const SURVEY = {
    period: PERIOD,
    customer: '宏达商贸',
    respondent: '王经理',
    scores: { quality: 5, speed: 4, attitude: 3 },
    comment: '总体满意',
  }

  it('GN-10: count in the review of whoever finished jobs for the customer, until withdrawn', async () => {
    const made = await world()
    const { as, errand, done } = made
    await done(await errand(FIELDS))
    await another(made)
    const satisfaction = async (person: string, period = PERIOD) =>
      (await as('auditor', 'GET', sheetOf(person, period))).json().measures.satisfaction
    const added = await as('front-desk', 'POST', '/api/surveys', SURVEY)
    expect(added.statusCode).toBe(201)
    const about = {
      ...SURVEY,
      customer: '华星',
      engineer: 'wu',
      scores: { quality: 2, speed: 2, attitude: 2 },
    }
    await as('front-desk', 'POST', '/api/surveys', about)
    expect(await satisfaction('engineer')).toMatchObject({ surveys: 1, surveyMean: 4 })
    expect(await satisfaction('wu')).toMatchObject({ surveys: 1, surveyMean: 2 })
    expect(await satisfaction('engineer', '2026-Q1')).toMatchObject({ surveys: 1 })
    expect(await satisfaction('engineer', '2026-04')).toMatchObject({ surveys: 0 })
    const gone = await as('front-desk', 'POST', `/api/surveys/${added.json().id}/withdraw`, {
      reason: '重复录入',
    })
    expect(gone.json().withdrawn).toMatchObject({ by: 'front-desk', reason: '重复录入' })
    expect(await satisfaction('engineer')).toMatchObject({ surveys: 0 })
    const { surveys } = (await as('dispatcher', 'GET', `/api/surveys?period=${PERIOD}`)).json()
    expect(surveys.map(({ customer }: { customer: string }) => customer)).toEqual(['华星', '宏达商贸'])
  })
  it('are not recorded by engineers, nor about oneself', async () => {
    const { as } = await world()
    expect((await as('engineer', 'POST', '/api/surveys', SURVEY)).statusCode).toBe(403)
    expect((await as('engineer', 'GET', '/api/surveys')).statusCode).toBe(403)
    const own = await as('hotline-agent', 'POST', '/api/surveys', { ...SURVEY, engineer: 'hotline-agent' })
    expect([own.statusCode, own.json().code]).toEqual([403, 'survey-own'])
    const nobody = await as('front-desk', 'POST', '/api/surveys', { ...SURVEY, engineer: 'nobody' })
    expect(nobody.json().code).toBe('person-not-found')
    const unknown = await as('front-desk', 'POST', '/api/surveys/x/withdraw', { reason: 'x' })
    expect(unknown.json().code).toBe('survey-not-found')
  })
})

async function person(library: World['library'], id: string) {
  const found = await library.person(id)
  if (found === undefined) throw new Error('a slip in this test')
  const { revision: _revision, ...input } = found
  return input
}
