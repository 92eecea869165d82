import { describe, expect, it } from 'vitest'
import type { Role } from '../../../machines/definition/schema.ts'
import { createWorld, ERRAND } from './harness.ts'

describe('first steps', () => {
  it('tick themselves by what people do, each for himself', async () => {
    const { as, errand } = await createWorld()
    const done = async (role: Role) => (await as(role, 'GET', '/api/me/guide')).json().done.toSorted()
    const nothing = await done('engineer')
    const job = await errand()
    await as('engineer', 'PUT', `/api/jobs/${job}/checklist/receipt`, {
      evidence: { kind: 'text', text: 'A-1' },
    })
    await as('engineer', 'POST', `/api/jobs/${job}/events`, { type: 'errand.done', payload: { hours: 1 } })
    await expect
      .poll(() => done('engineer'), { timeout: 10_000 })
      .toEqual([...nothing, 'item-ticked', 'job-worked'].toSorted())
    await expect
      .poll(() => done('dispatcher'), { timeout: 10_000 })
      .toEqual([...nothing, 'job-started'].toSorted())
    expect(await done('trainer')).toEqual(nothing)
  })

  it('see a draft and a version of one’s own', async () => {
    const { as } = await createWorld()
    const done = async () => (await as('process-owner', 'GET', '/api/me/guide')).json().done
    expect(await done()).not.toContain('draft-saved')
    await as('process-owner', 'POST', '/api/processes', { definition: { ...ERRAND, id: 'mine' } })
    expect(await done()).toContain('draft-saved')
    expect((await as('administrator', 'GET', '/api/me/guide')).json().done).not.toContain('draft-saved')
  })

  it('are ticked by hand, unticked, put away and taken out again', async () => {
    const { as } = await createWorld()
    const change = (body: unknown) => as('engineer', 'PATCH', '/api/me/guide', body)
    expect((await change({ done: ['inbox-seen', 'jobs-seen'], closed: true })).json()).toMatchObject({
      closed: true,
    })
    const { done, closed } = (await change({ undone: ['jobs-seen'], closed: false })).json()
    expect([done.includes('inbox-seen'), done.includes('jobs-seen'), closed]).toEqual([true, false, false])
    expect((await as('dispatcher', 'GET', '/api/me/guide')).json().done).not.toContain('inbox-seen')
    expect((await change({ done: ['made-up'] })).statusCode).toBe(400)
    expect((await change({})).statusCode).toBe(400)
  })
})
