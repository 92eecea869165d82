import { describe, expect, it } from 'vitest'
import type { Role } from '../../../machines/definition/schema.ts'
import { createRoom, firstDay, type Room } from './world.ts'

const DUE = '2026-03-09T10:00:00.000Z'
const assign = ({ as }: Room, more: object = {}) =>
  as('trainer', 'POST', '/api/training/assignments', {
    scenario: firstDay.id,
    mode: 'examination',
    people: ['engineer'],
    roles: [],
    dueAt: DUE,
    ...more,
  })
const advance = ({ as }: Room, by: string) => as('administrator', 'POST', '/api/clock', { advance: by })
const mine = async ({ as }: Room, role: Role) => (await as(role, 'GET', '/api/training/mine')).json()
/** What somebody was told, in English, the latest first. */
const told = async ({ as }: Room, role: Role): Promise<string[]> =>
  (await as(role, 'GET', '/api/inbox?sort=newest'))
    .json()
    .notices.map(({ message }: { message: { en: string } }) => message.en)

describe('an assignment', () => {
  it('stands before whoever it is for until he has passed', async () => {
    const room = await createRoom()
    const made = await assign(room, { note: '先看资料' })
    expect(made.statusCode).toBe(201)
    expect(made.json()).toMatchObject({
      title: firstDay.title,
      process: 'site-safety',
      by: 'trainer',
      assigned: [{ person: 'engineer', name: 'The engineer', status: 'waiting', attempts: 0 }],
    })
    const { id } = made.json()
    const status = async () => (await mine(room, 'engineer')).assignments[0]?.status
    expect((await mine(room, 'engineer')).assignments).toEqual([
      {
        ...{ id, scenario: firstDay.id, title: firstDay.title, process: 'site-safety' },
        ...{ mode: 'examination', dueAt: DUE, status: 'waiting', note: '先看资料' },
      },
    ])
    expect((await mine(room, 'dispatcher')).assignments).toEqual([])
    const first = await room.begin('examination', 'engineer', { assignment: id })
    expect(await status()).toBe('open')
    await room.finish(first)
    expect(await status()).toBe('failed')
    // Practice does not stand for the examination; one that does not name it counts for it all the same.
    await room.finish(await room.begin('practice'))
    expect(await status()).toBe('failed')
    const passed = await room.pass()
    expect((await room.as('engineer', 'GET', `/api/training/attempts/${passed}`)).json().assignment).toBe(id)
    expect((await mine(room, 'engineer')).assignments).toMatchObject([{ status: 'passed', points: 100 }])
    const listed = (await room.as('trainer', 'GET', '/api/training/assignments')).json().assignments
    expect(listed).toMatchObject([{ id, assigned: [{ status: 'passed', attempts: 2, points: 100 }] }])
    expect((await mine(room, 'engineer')).attempts).toHaveLength(3)
    await advance(room, 'P60D')
    expect((await mine(room, 'engineer')).assignments).toEqual([])
  })
  it('is not due before it is made', async () => {
    const refused = await assign(await createRoom(), { dueAt: '2026-01-01T00:00:00.000Z' })
    expect([refused.statusCode, refused.json().details?.zh]).toEqual([400, '期限已过，请选择以后的时间。'])
  })
  it('for a role is for whoever holds it now', async () => {
    const room = await createRoom()
    const { id } = (await assign(room, { people: [], roles: ['engineer', 'dispatcher'] })).json()
    const people = async () =>
      (await room.as('trainer', 'GET', '/api/training/assignments'))
        .json()
        .assignments[0].assigned.map(({ person }: { person: string }) => person)
    expect(await people()).toEqual(['dispatcher', 'engineer'])
    await room.as('administrator', 'PATCH', '/api/people/auditor', { roles: ['auditor', 'engineer'] })
    await room.as('administrator', 'PATCH', '/api/people/dispatcher', { disabled: true })
    expect(await people()).toEqual(['auditor', 'engineer'])
    expect((await mine(room, 'auditor')).assignments).toMatchObject([{ id }])
    const other = await room.as('front-desk', 'POST', '/api/training/attempts', {
      scenario: firstDay.id,
      mode: 'examination',
      assignment: id,
    })
    expect(other.json().code).toBe('assignment-other')
  })
  it('is late after its time, and gone when it was withdrawn', async () => {
    const room = await createRoom()
    const { id } = (await assign(room)).json()
    await advance(room, 'P8D')
    expect((await mine(room, 'engineer')).assignments).toMatchObject([{ status: 'late' }])
    const withdrawn = await room.as('trainer', 'POST', `/api/training/assignments/${id}/withdraw`)
    expect(withdrawn.json().withdrawnAt).toBeDefined()
    const again = await room.as('trainer', 'POST', `/api/training/assignments/${id}/withdraw`)
    expect(again.json()).toEqual(withdrawn.json())
    expect((await mine(room, 'engineer')).assignments).toEqual([])
    const attempt = await room.as('engineer', 'POST', '/api/training/attempts', {
      scenario: firstDay.id,
      mode: 'examination',
      assignment: id,
    })
    expect(attempt.json().code).toBe('assignment-other')
  })
  it('names a scenario and people that are there', async () => {
    const room = await createRoom()
    const code = async (more: object) => (await assign(room, more)).json().code
    expect(await code({ scenario: 'none' })).toBe('scenario-not-found')
    expect(await code({ people: ['nobody'] })).toBe('person-not-found')
    expect(await code({ people: [] })).toBe('body-invalid')
    expect((await room.as('engineer', 'GET', '/api/training/assignments')).statusCode).toBe(403)
    const none = await room.as('trainer', 'POST', '/api/training/assignments/none/withdraw')
    expect(none.json().code).toBe('assignment-not-found')
  })
})

describe('messages', () => {
  it('tell what is assigned and what was missed, once each', async () => {
    const room = await createRoom()
    await assign(room)
    expect(await told(room, 'engineer')).toEqual([
      'Take the examination “First morning on the site” by 2026-03-09 18:00.',
    ])
    await advance(room, 'P1D')
    await advance(room, 'P7D')
    await advance(room, 'P1D')
    expect(await told(room, 'engineer')).toEqual([
      '“First morning on the site” was due on 2026-03-09 18:00 and you have not passed it yet.',
      'Take the examination “First morning on the site” by 2026-03-09 18:00.',
    ])
    expect(await told(room, 'trainer')).toEqual([
      '“First morning on the site” was due on 2026-03-09 18:00. Not passed yet: The engineer.',
    ])
    const [notice] = (await room.as('engineer', 'GET', '/api/inbox')).json().notices
    expect([notice.page, notice.job, notice.kind]).toEqual(['training', undefined, 'remind'])
  })
  it('tell nothing of what was passed or withdrawn', async () => {
    const room = await createRoom()
    await assign(room)
    await room.pass()
    const { id } = (await assign(room, { people: ['dispatcher'] })).json()
    await room.as('trainer', 'POST', `/api/training/assignments/${id}/withdraw`)
    await advance(room, 'P8D')
    expect(await told(room, 'trainer')).toEqual([])
    expect((await told(room, 'dispatcher')).length).toBe(1)
  })
  it('tell the person and the trainers of a certificate that runs out, also one given by hand', async () => {
    const room = await createRoom()
    await room.as('safety-officer', 'PUT', '/api/people/engineer/certificates/safety-training', {
      validFrom: '2026-01-01T00:00:00.000Z',
      validUntil: '2026-05-01T00:00:00.000Z',
    })
    await advance(room, 'P10D')
    expect(await told(room, 'engineer')).toEqual([])
    await advance(room, 'P25D')
    const soon = 'Your certificate “safety training” runs out on 2026-05-01 08:00. Renew it in time.'
    expect(await told(room, 'engineer')).toEqual([soon])
    expect(await told(room, 'trainer')).toEqual([
      'The certificate “safety training” of The engineer runs out on 2026-05-01 08:00.',
    ])
    await advance(room, 'P1D')
    expect(await told(room, 'engineer')).toEqual([soon])
    await advance(room, 'P20D')
    expect(await told(room, 'engineer')).toEqual([soon, soon])
    await advance(room, 'P10D')
    expect((await told(room, 'engineer'))[0]).toContain('ran out on 2026-05-01 08:00')
    expect(await told(room, 'engineer')).toHaveLength(3)
    expect(await told(room, 'trainer')).toHaveLength(3)
    expect(await told(room, 'dispatcher')).toEqual([])
    await advance(room, 'P90D')
    expect(await told(room, 'engineer')).toHaveLength(3)
  })
})
