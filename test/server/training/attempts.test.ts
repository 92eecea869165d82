import { describe, expect, it } from 'vitest'
import type { Step } from '../../../machines/simulate/scenario.ts'
import { BY_THE_BOOK, createRoom, ENVELOPE, firstDay, HOUR } from './world.ts'

const waits: Step = { what: { do: 'wait' }, after: 'PT1M' }
const listens: Step = { what: { do: 'move', move: 'listen' } }

describe('an attempt', () => {
  it('holds all that a page needs to run it', async () => {
    const { as } = await createRoom()
    const made = await as('engineer', 'POST', '/api/training/attempts', {
      scenario: firstDay.id,
      mode: 'practice',
    })
    expect(made.statusCode).toBe(201)
    const attempt = made.json()
    expect(made.headers.location).toBe(`/api/training/attempts/${attempt.id}`)
    expect(attempt).toMatchObject({
      status: 'open',
      person: 'engineer',
      name: 'The engineer',
      process: 'site-safety',
      version: 1,
      steps: [],
      content: firstDay,
      definition: { id: 'site-safety' },
    })
    expect(attempt.seed).toBeGreaterThanOrEqual(0)
    expect(attempt.otherEngine).toBeUndefined()
  })
  it('is not begun on what is not there', async () => {
    const { as } = await createRoom()
    const made = await as('engineer', 'POST', '/api/training/attempts', { scenario: 'x', mode: 'practice' })
    expect([made.statusCode, made.json().code]).toEqual([404, 'scenario-not-found'])
  })
  it('is not begun, assigned or shown to a class on what has errors', async () => {
    const broken = { ...firstDay, id: 'broken', until: ['nowhere'] }
    const { as } = await createRoom({ scenarios: [broken] })
    const about = { scenario: 'broken', mode: 'practice' }
    const assigned = { ...about, people: ['engineer'], roles: [], dueAt: '2026-04-01T00:00:00.000Z' }
    for (const [role, path, body] of [
      ['engineer', 'attempts', about],
      ['trainer', 'assignments', assigned],
      ['trainer', 'sessions', about],
    ] as const) {
      const answer = await as(role, 'POST', `/api/training/${path}`, body)
      expect([answer.statusCode, answer.json().code]).toEqual([422, 'scenario-cannot-start'])
      expect(answer.json().problems).toMatchObject([{ path: '/until/0' }])
    }
  })
  it('as an examination comes without the answers until it is over', async () => {
    const { as, begin, finish } = await createRoom()
    const id = await begin('examination')
    const open = (await as('engineer', 'GET', `/api/training/attempts/${id}`)).json().content
    expect(open.rubric).toEqual({ norms: {}, critical: [], passMark: 85 })
    expect([open.prompts, open.purpose, open.must, open.runs]).toEqual([undefined, undefined, undefined, {}])
    expect(JSON.stringify(open)).not.toContain('Nothing of value is ever taken')
    const watched = (await as('trainer', 'GET', `/api/training/attempts/${id}`)).json()
    expect(watched.content).toEqual(firstDay)
    await finish(id)
    expect((await as('engineer', 'GET', `/api/training/attempts/${id}`)).json().content).toEqual(firstDay)
  })
  it('is seen by who makes it and by trainers alone', async () => {
    const { as, begin, steps, finish } = await createRoom()
    const id = await begin()
    const status = async (role: 'engineer' | 'dispatcher' | 'trainer' | 'auditor') =>
      (await as(role, 'GET', `/api/training/attempts/${id}`)).statusCode
    expect([await status('engineer'), await status('dispatcher')]).toEqual([200, 404])
    expect([await status('trainer'), await status('auditor')]).toEqual([200, 200])
    expect((await steps(id, 0, [waits], { role: 'trainer' })).json().code).toBe('attempt-not-found')
    expect((await finish(id, undefined, 'dispatcher')).json().code).toBe('attempt-not-found')
    const list = async (role: 'dispatcher' | 'trainer') =>
      (await as(role, 'GET', '/api/training/attempts')).json().attempts.length
    expect([await list('dispatcher'), await list('trainer')]).toEqual([0, 1])
    expect((await as('dispatcher', 'GET', '/api/training/attempts?person=engineer')).statusCode).toBe(403)
  })
  it('is listed newest first, by pages and filters', async () => {
    const { as, begin, finish } = await createRoom()
    const ids = [await begin(), await begin('examination'), await begin()]
    await finish(ids[0] ?? '')
    const page = async (search: string) =>
      (await as('trainer', 'GET', `/api/training/attempts?${search}`)).json()
    const first = await page('limit=2')
    expect(first.attempts.map(({ id }: { id: string }) => id)).toEqual([ids[2], ids[1]])
    expect((await page(`limit=2&cursor=${first.next}`)).attempts).toMatchObject([{ id: ids[0] }])
    expect((await page('mode=examination')).attempts).toMatchObject([{ id: ids[1] }])
    expect((await page('status=failed')).attempts).toMatchObject([{ id: ids[0], points: expect.any(Number) }])
    expect((await page('person=dispatcher')).attempts).toEqual([])
    expect((await as('trainer', 'GET', '/api/training/attempts?cursor=x')).json().code).toBe('bad-cursor')
  })
})

describe('steps', () => {
  it('are kept, and the same again change nothing', async () => {
    const { as, begin, steps } = await createRoom()
    const id = await begin('examination')
    expect((await steps(id, 0, [waits])).json()).toEqual({ count: 1 })
    expect((await steps(id, 0, [waits])).json()).toEqual({ count: 1 })
    expect((await steps(id, 0, [waits, waits])).json()).toEqual({ count: 2 })
    expect((await as('engineer', 'GET', `/api/training/attempts/${id}`)).json().steps).toEqual([waits, waits])
  })
  it('of two windows at once: one is told that it is behind, and of what', async () => {
    const { begin, steps } = await createRoom()
    const id = await begin('examination')
    const answers = await Promise.all([steps(id, 0, [waits]), steps(id, 0, [{ what: { do: 'give-up' } }])])
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 409])
    expect(answers[1]?.json()).toMatchObject({ code: 'attempt-behind', count: 1, steps: [waits] })
    expect((await steps(id, 3, [waits])).json().code).toBe('attempt-behind')
  })
  it('are taken back in practice, and never in an examination', async () => {
    const { as, begin, steps } = await createRoom()
    const practice = await begin()
    await steps(practice, 0, [waits, waits, waits])
    expect((await steps(practice, 1, [])).json()).toEqual({ count: 1 })
    expect((await steps(practice, 0, [{ what: { do: 'wait' } }])).json()).toEqual({ count: 1 })
    expect((await as('engineer', 'GET', `/api/training/attempts/${practice}`)).json().steps).toEqual([
      { what: { do: 'wait' } },
    ])
    const examination = await begin('examination')
    await steps(examination, 0, [waits, waits])
    expect((await steps(examination, 1, [])).json().code).toBe('attempt-behind')
    expect((await steps(examination, 0, [listens])).json().code).toBe('attempt-behind')
  })
  it('that the sender does not know of are not taken back', async () => {
    const { begin, steps } = await createRoom()
    const id = await begin()
    await steps(id, 0, [waits, waits], { count: 0 })
    expect((await steps(id, 0, [listens], { count: 0 })).json().code).toBe('attempt-behind')
    expect((await steps(id, 1, [], { count: 2 })).json()).toEqual({ count: 1 })
  })
  it('that cannot be are told with their place, and nothing is added', async () => {
    const { as, begin, steps } = await createRoom()
    const id = await begin()
    const answer = await steps(id, 0, [waits, { what: { do: 'move', move: 'refuse' } }, waits])
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({ code: 'step-impossible', index: 1, fault: 'not-offered' })
    expect((await as('engineer', 'GET', `/api/training/attempts/${id}`)).json().steps).toEqual([])
  })
  it.each<Step['what']>([
    { do: 'set', fields: { site: 'x' } },
    { do: 'jump', to: ['open'] },
    { do: 'happen', act: { act: 'tell', text: { en: 'x' } } },
    { do: 'event', type: 'survey.finish', by: 'officer' },
    { do: 'event', type: 'toString' },
    { do: 'event', type: 'no.such' },
    { do: 'tick', item: 'no-such' },
    { do: 'untick', item: 'no-such' },
  ])('that are the trainer’s or the owner’s, or nobody’s, are refused: %o', async (what) => {
    const { begin, steps } = await createRoom()
    const answer = await steps(await begin(), 0, [{ what }])
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'step-impossible'])
  })
  it('do not wait for years', async () => {
    const { begin, steps } = await createRoom()
    const answer = await steps(await begin(), 0, [waits, { what: { do: 'wait' }, after: 'P99999999D' }])
    expect(answer.json()).toMatchObject({ code: 'step-impossible', index: 1, fault: 'bad-time' })
  })
  it('are taken where the clock was set back under an examination', async () => {
    const { begin, steps, wall } = await createRoom()
    const id = await begin('examination')
    const hourAgo = wall.now() - 3_600_000
    Object.assign(wall, { now: () => hourAgo })
    expect((await steps(id, 0, [{ after: 'PT1M', what: { do: 'wait' } }])).statusCode).toBe(200)
  })
  it('come no faster in an examination than a page can run', async () => {
    const { begin, steps, wall } = await createRoom()
    const id = await begin('examination')
    const long: Step = { what: { do: 'wait' }, after: 'PT110M' }
    expect((await steps(id, 0, [long])).json().code).toBe('attempt-too-fast')
    wall.set(wall.now() + 2000)
    expect((await steps(id, 0, [long])).statusCode).toBe(200)
    const practice = await begin()
    expect((await steps(practice, 0, [{ what: { do: 'wait' }, after: 'P3D' }])).statusCode).toBe(200)
  })
  it('end where there are too many', async () => {
    const { begin, steps } = await createRoom()
    const id = await begin()
    const many = Array.from({ length: 200 }, (): Step => ({ what: { do: 'wait' } }))
    for (let from = 0; from < 2000; from += 200) expect((await steps(id, from, many)).statusCode).toBe(200)
    expect((await steps(id, 2000, [waits])).json().code).toBe('attempt-too-long')
  })
})

describe('an examination', () => {
  it('is over at once by a critical fault, and what comes after is left out', async () => {
    const { as, begin, steps, finish, wall } = await createRoom()
    const id = await begin('examination')
    wall.set(wall.now() + HOUR)
    const over = await steps(id, 0, [...ENVELOPE, waits, waits])
    expect(over.json()).toEqual({ count: ENVELOPE.length, over: 'critical' })
    expect((await steps(id, ENVELOPE.length, [waits])).json()).toEqual(over.json())
    // A page that went on without a connection.
    expect((await steps(id, ENVELOPE.length + 2, [waits])).json()).toEqual(over.json())
    const ended = (await finish(id)).json()
    expect(ended).toMatchObject({ status: 'failed', card: { passed: false, ended: 'critical' } })
    expect(ended.card.failedBy).toContain('critical')
    expect(ended.card.norms).toContainEqual(expect.objectContaining({ norm: 'GN-04', critical: true }))
    const listed = (await as('engineer', 'GET', '/api/training/attempts')).json().attempts
    expect(listed).toMatchObject([{ status: 'failed', points: ended.points }])
  })
  it('is counted by the server, once', async () => {
    const { as, begin, steps, finish, wall } = await createRoom()
    const id = await begin('examination')
    wall.set(wall.now() + HOUR)
    await steps(id, 0, BY_THE_BOOK)
    const ended = await finish(id)
    expect(ended.json()).toMatchObject({ status: 'passed', card: { passed: true, ended: 'until' } })
    expect((await finish(id)).json()).toEqual(ended.json())
    expect((await steps(id, BY_THE_BOOK.length, [waits])).json().code).toBe('attempt-closed')
    expect((await finish(id, { points: 1, passed: true })).json().code).toBe('attempt-closed')
    expect((await as('engineer', 'GET', `/api/training/attempts/${id}`)).json()).toEqual(ended.json())
  })
  it('whose result was forged is void, and kept as such', async () => {
    const { as, begin, steps, finish, wall } = await createRoom()
    const id = await begin('examination')
    wall.set(wall.now() + HOUR)
    await steps(id, 0, ENVELOPE)
    const forged = await finish(id, { points: 100, passed: true })
    expect([forged.statusCode, forged.json().code]).toEqual([422, 'attempt-forged'])
    const kept = (await as('trainer', 'GET', `/api/training/attempts/${id}`)).json()
    expect([kept.status, kept.points, kept.steps.length]).toEqual(['void', undefined, ENVELOPE.length])
    expect((await finish(id)).json().code).toBe('attempt-closed')
  })
  it('takes a result that is right', async () => {
    const { begin, steps, finish } = await createRoom()
    const id = await begin()
    await steps(id, 0, BY_THE_BOOK)
    expect((await finish(id, { points: 100, passed: true })).json()).toMatchObject({ status: 'passed' })
  })
})
