import { describe, expect, it } from 'vitest'
import { replay } from '../../../machines/advance/replay.ts'
import { isSample } from '../../../machines/advance/sample.ts'
import { compiled } from '../../../machines/compile/compile.ts'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import type { JobStore } from '../../../server/store/port.ts'
import { createWorld, ERRAND, type World } from './harness.ts'

/** Busy machines take longer than a second. */
const WAIT = { timeout: 10_000 }

/** With the shipped processes, and one of the organisation's own. */
const world = (): Promise<World> => createWorld({ processes: [...SHIPPED, ERRAND] })

async function everyJob(store: JobStore) {
  const { jobs } = await store.list({ sort: 'createdAt', limit: 500 })
  return jobs.map(({ job, index }) => ({ ...job, index }))
}
/** All that reports and lists are made of. */
const sums = async ({ store, as }: World) => ({
  counts: await store.count({}),
  states: await store.countByState('errand'),
  norms: (await store.normCounts({}, ['process', 'norm', 'day']))
    .map((row) => JSON.stringify(row))
    .toSorted(),
  engineers: (await store.normCounts({ engineer: 'sample-wang-lei' }, ['process'])).length,
  times: await store.stateTimes({ process: 'home-visit' }),
  timers: await store.dueTimers('2030-01-01T00:00:00.000Z', 500),
  outbox: await store.outboxDue('2030-01-01T00:00:00.000Z', 500),
  unread: (await as('dispatcher', 'GET', '/api/inbox/unread')).json(),
})

describe('a sample day', () => {
  it('is offered to an empty server, and made and removed by administrators alone', async () => {
    const { as } = await world()
    const reserved = await as('administrator', 'POST', '/api/people', {
      id: 'sample-x',
      name: 'X',
      roles: [],
    })
    expect([reserved.statusCode, reserved.json().code]).toEqual([409, 'exists'])
    expect((await as('engineer', 'GET', '/api/sample')).json()).toEqual({ jobs: 0, allJobs: 0, people: 0 })
    for (const role of ['dispatcher', 'process-owner', 'engineer'] as const) {
      expect((await as(role, 'POST', '/api/sample')).statusCode).toBe(403)
      expect((await as(role, 'DELETE', '/api/sample')).statusCode).toBe(403)
    }
    expect((await as('customer', 'GET', '/api/sample')).statusCode).toBe(403)
  })

  it('has forty jobs of all shipped processes in all stages, every one of them the engine’s', async () => {
    const given = await world()
    const made = await given.as('administrator', 'POST', '/api/sample')
    expect([made.statusCode, made.json()]).toEqual([200, { jobs: 40, allJobs: 40, people: 9 }])
    const jobs = await everyJob(given.store)
    expect(jobs.every(({ id }) => isSample(id))).toBe(true)
    expect(new Set(jobs.map(({ process }) => process))).toEqual(new Set(SHIPPED.map(({ id }) => id)))
    expect(new Set(jobs.flatMap(({ index }) => index.active)).size).toBeGreaterThan(25)
    const having = (test: (job: (typeof jobs)[number]) => boolean) => jobs.filter(test).length
    expect(having(({ status }) => status === 'done')).toBeGreaterThan(8)
    expect(having(({ index }) => index.overdue)).toBeGreaterThan(4)
    expect(having(({ breaches }) => breaches.length > 0)).toBeGreaterThan(5)
    expect(having(({ rating }) => rating !== undefined)).toBeGreaterThan(3)
    expect(having(({ suspended }) => suspended !== undefined)).toBe(1)
    expect(having(({ links }) => links.length > 0)).toBeGreaterThan(5)
    const complaints = jobs.filter(({ process, links }) => process === 'complaint' && links.length > 0)
    expect(complaints.length).toBeGreaterThan(0)
    // Not a step of a course was refused: each visit came as far as it was meant to.
    expect(having(({ process, status }) => process === 'home-visit' && status === 'done')).toBe(3)

    const { calendarSet } = await given.library.settings()
    for (const { index: _index, ...job } of jobs) {
      const { definition, hash } = (await given.library.version(job.process, job.version)) ?? {}
      if (definition === undefined || hash === undefined) throw new Error('no version')
      const again = replay(
        () => compiled(definition, hash),
        job.version,
        await given.store.history(job.id, 0, 1000),
        () => calendarSet,
      )
      expect(again.ok ? canonicalJson(again.job) : again).toBe(canonicalJson(job))
    }
  })

  it('is made once, whoever asks, also twice at once', async () => {
    const { as, store } = await world()
    const both = await Promise.all([1, 2].map(() => as('administrator', 'POST', '/api/sample')))
    expect(both.map((answer) => answer.json().jobs)).toEqual([40, 40])
    const before = await store.lastChangeId()
    await as('administrator', 'POST', '/api/sample')
    expect(await store.lastChangeId()).toBe(before)
  })

  it('goes without a trace, with all that was done to it since, and nothing else goes', async () => {
    const given = await world()
    const errand = await given.errand()
    const before = await sums(given)
    await given.as('administrator', 'POST', '/api/sample')
    const jobs = await everyJob(given.store)
    const visit = jobs.find(({ process, status }) => process === 'home-visit' && status === 'done')?.id
    const complained = await given.as('dispatcher', 'POST', `/api/jobs/${visit}/complaints`, {
      text: 'Too late',
    })
    expect(complained.statusCode).toBe(200)
    expect(await given.store.countSample()).toBe(41)
    // With a sample day there is something in the inboxes.
    await expect
      .poll(async () => (await given.as('dispatcher', 'GET', '/api/inbox/unread')).json().total, WAIT)
      .toBeGreaterThan(0)
    await expect.poll(() => given.store.outboxDue('2030-01-01T00:00:00.000Z', 9), WAIT).toEqual([])
    await given.as('engineer', 'POST', `/api/jobs/${errand}/notes`, { text: 'mine' })

    const gone = await given.as('administrator', 'DELETE', '/api/sample')
    expect(gone.json()).toEqual({ jobs: 0, allJobs: 1, people: 0 })
    expect((await everyJob(given.store)).map(({ id }) => id)).toEqual([errand])
    expect(await sums(given)).toEqual(before)
    expect((await given.as('dispatcher', 'GET', `/api/jobs/${visit}`)).statusCode).toBe(404)
    expect((await given.as('dispatcher', 'GET', `/api/jobs/${errand}/history`)).json().entries).toHaveLength(
      2,
    )
    const { people } = (await given.as('administrator', 'GET', '/api/people')).json()
    for (const { id, disabled } of people) expect([id, disabled]).toEqual([id, isSample(id)])

    const again = await given.as('administrator', 'POST', '/api/sample')
    expect(again.json()).toEqual({ jobs: 40, allJobs: 41, people: 9 })
  })

  it('that broke off before its jobs were written is gone on with, or removed', async () => {
    const given = await world()
    const { store } = given
    const commit = store.commit.bind(store)
    store.commit = async () => {
      throw new Error('the disk is full')
    }
    expect((await given.as('administrator', 'POST', '/api/sample')).statusCode).toBe(500)
    store.commit = commit
    expect((await given.as('administrator', 'GET', '/api/sample')).json()).toMatchObject({
      jobs: 0,
      people: 9,
    })
    expect((await given.as('administrator', 'DELETE', '/api/sample')).json()).toMatchObject({
      jobs: 0,
      people: 0,
    })
    expect((await given.as('administrator', 'POST', '/api/sample')).json()).toMatchObject({
      jobs: 40,
      people: 9,
    })
  })

  it('comes as far as it can where an organisation archived a process or has none', async () => {
    const given = await createWorld({ processes: SHIPPED.filter(({ id }) => id !== 'site-safety') })
    await given.library.archive('depot-repair', new Date(given.clock.now()).toISOString())
    const made = await given.as('administrator', 'POST', '/api/sample')
    expect(made.statusCode).toBe(200)
    const processes = new Set((await everyJob(given.store)).map(({ process }) => process))
    expect([...processes].toSorted()).toEqual([
      'complaint',
      'fault',
      'home-visit',
      'on-site-residency',
      'phone-call',
    ])
  })
})
