import { describe, expect, it } from 'vitest'
import type { Definition } from '../../../machines/definition/schema.ts'
import type { JobScenario } from '../../../machines/wire/job-scenario.ts'
import { createWorld, ERRAND, type World } from '../http/harness.ts'

/** Late, with a note, and done. */
async function late(world: World): Promise<string> {
  const id = await world.errand({ what: 'flowers for Ms Li' })
  const moved = await world.as('administrator', 'POST', '/api/clock', { advance: 'PT90M' })
  expect(moved.statusCode).toBe(200)
  await world.as('dispatcher', 'POST', `/api/jobs/${id}/notes`, { text: 'she waits' })
  const event = await world.as('dispatcher', 'POST', `/api/jobs/${id}/events`, { type: 'errand.dropped' })
  expect(event.statusCode).toBe(200)
  return id
}
const asked = async (world: World, id: string): Promise<JobScenario> => {
  const answer = await world.as('trainer', 'POST', `/api/jobs/${id}/scenario`)
  expect(answer.statusCode).toBe(200)
  return answer.json()
}

describe('a scenario from a job', () => {
  it('goes through what the job went through, and names nobody', async () => {
    const world = await createWorld()
    const id = await late(world)
    const { scenario, differs, leftOut } = await asked(world, id)
    expect([differs, leftOut]).toEqual([undefined, { note: 1 }])
    expect(scenario).toMatchObject({
      process: 'errand',
      start: { trainee: { name: { zh: '调度员1' }, roles: ['dispatcher'] } },
      runs: { real: { expect: { status: 'cancelled', active: ['dropped'] } } },
    })
    const json = JSON.stringify(scenario)
    for (const original of ['flowers', 'Ms Li', 'she waits', 'The dispatcher', id])
      expect(json).not.toContain(original)
  })

  it('runs on the version of the job where the latest takes another course', async () => {
    const world = await createWorld()
    const id = await late(world)
    const { dropped, ...others } = ERRAND.states
    const { open } = others
    if (dropped === undefined || open === undefined) throw new Error('the errand is another')
    const given: Definition = {
      ...ERRAND,
      states: {
        ...others,
        open: {
          ...open,
          on: { ...open.on, 'errand.dropped': { target: 'given', meta: { waivesChecklist: true } } },
        },
        given: dropped,
      },
    }
    const put = await world.as(
      'process-owner',
      'PUT',
      '/api/processes/errand/draft',
      { definition: given },
      { 'if-none-match': '*' },
    )
    expect(put.statusCode).toBe(200)
    const url = '/api/processes/errand/draft/publish'
    expect((await world.as('process-owner', 'POST', url, { note: 'next' })).statusCode).toBe(201)
    const { scenario, differs } = await asked(world, id)
    expect([scenario.version, differs]).toEqual([1, undefined])
  })

  it('is for trainers and process owners, and of jobs that are there', async () => {
    const world = await createWorld()
    const id = await world.errand()
    for (const role of ['engineer', 'auditor', 'customer'] as const)
      expect((await world.as(role, 'POST', `/api/jobs/${id}/scenario`)).statusCode).toBe(403)
    expect((await world.as('trainer', 'POST', '/api/jobs/none/scenario')).json().code).toBe('job-not-found')
    const begun = await asked(world, id)
    expect(begun.scenario.runs.real?.expect).toMatchObject({
      status: 'active',
      active: ['open'],
      passed: false,
    })
  })
})
