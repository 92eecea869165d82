/** What a device takes along, and what it says of its own time when it comes back. */
import { describe, expect, it } from 'vitest'
import { advance } from '../../../machines/advance/advance.ts'
import { replay } from '../../../machines/advance/replay.ts'
import { compile } from '../../../machines/compile/compile.ts'
import { createWorld, ERRAND, START } from './harness.ts'

describe('GET /api/jobs/:id/carry', () => {
  it('gives all that the engine needs to come to the same result elsewhere', async () => {
    const { as, errand } = await createWorld()
    const id = await errand()
    const answer = await as('engineer', 'GET', `/api/jobs/${id}/carry`)
    expect([answer.statusCode, answer.headers.etag]).toEqual([200, '"1"'])
    const { job, actor, people, calendars } = answer.json()
    const command = {
      kind: 'tick' as const,
      item: 'receipt',
      evidence: { kind: 'text' as const, text: '12' },
    }
    const here = advance(compile(ERRAND), job, command, { now: START, actor, people, calendars })
    await as('engineer', 'PUT', `/api/jobs/${id}/checklist/receipt`, { evidence: command.evidence })
    const there = (await as('engineer', 'GET', `/api/jobs/${id}/carry`)).json()
    expect(here.ok && here.job).toEqual(there.job)
  })
  it('is for those who work on jobs', async () => {
    const { as, errand } = await createWorld()
    const id = await errand()
    expect((await as('customer', 'GET', `/api/jobs/${id}/carry`)).statusCode).toBe(403)
    expect((await as('engineer', 'GET', '/api/jobs/none/carry')).json().code).toBe('job-not-found')
  })
})

describe('Device-Time', () => {
  it('is kept in the history beside the time of the server', async () => {
    const { as, errand, store, library } = await createWorld()
    const id = await errand()
    const done = await as(
      'engineer',
      'POST',
      `/api/jobs/${id}/notes`,
      { text: 'rang twice' },
      { 'device-time': '2026-03-02T08:15:30+08:00' },
    )
    expect(done.statusCode).toBe(200)
    const { entries } = (await as('engineer', 'GET', `/api/jobs/${id}/history`)).json()
    expect(entries[1]).toMatchObject({
      at: new Date(START).toISOString(),
      deviceAt: '2026-03-02T00:15:30.000Z',
    })
    expect(entries[0]).not.toHaveProperty('deviceAt')
    const stored = await store.history(id, 0, 10)
    const { calendarSet } = await library.settings()
    const { job } = (await as('engineer', 'GET', `/api/jobs/${id}/carry`)).json()
    expect(
      replay(
        () => compile(ERRAND),
        1,
        stored,
        () => calendarSet,
      ),
    ).toEqual({ ok: true, job })
  })
  it.each(['yesterday', '2026-03-02T08:15:30', '2026-13-45T08:15:30Z', '1'])('is not “%s”', async (time) => {
    const { as, errand } = await createWorld()
    const answer = await as(
      'engineer',
      'POST',
      `/api/jobs/${await errand()}/notes`,
      { text: 'x' },
      { 'device-time': time },
    )
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'bad-request'])
  })
  it('makes no other answer of the same request', async () => {
    const { as, errand } = await createWorld()
    const id = await errand()
    const send = (time: string) =>
      as(
        'engineer',
        'POST',
        `/api/jobs/${id}/notes`,
        { text: 'x' },
        { 'idempotency-key': 'k', 'device-time': time },
      )
    await send('2026-03-02T08:15:30Z')
    const again = await send('2026-03-02T08:15:31Z')
    expect([again.statusCode, again.headers['idempotency-replayed']]).toEqual([200, 'true'])
  })
})
