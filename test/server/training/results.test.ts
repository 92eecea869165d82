import { describe, expect, it } from 'vitest'
import { siteSafety } from '../../../machines/processes/site-safety/process.ts'
import type { Step } from '../../../machines/simulate/scenario.ts'
import { BY_THE_BOOK, createRoom, ENVELOPE, HOUR, type Room } from './world.ts'

const fail = async (room: Room, role: 'engineer' | 'dispatcher'): Promise<void> => {
  const id = await room.begin('examination', role)
  room.wall.set(room.wall.now() + HOUR)
  await room.steps(id, 0, ENVELOPE, { role })
  await room.finish(id, undefined, role)
}
const results = async ({ as }: Room, search = '') =>
  (await as('trainer', 'GET', `/api/training/results?${search}`)).json()

describe('results', () => {
  it('tell of each person and each norm', async () => {
    const room = await createRoom()
    await room.pass()
    await fail(room, 'engineer')
    await fail(room, 'dispatcher')
    await room.begin('practice', 'dispatcher')
    const { people, norms, coverage } = await results(room)
    expect(people).toMatchObject([
      { person: 'dispatcher', name: 'The dispatcher', attempts: 1, passed: 0, failed: 1 },
      { person: 'engineer', name: 'The engineer', attempts: 2, passed: 1, failed: 1 },
    ])
    expect(people[1].points).toBe((100 + people[0].points) / 2)
    expect(norms).toContainEqual({ norm: 'GN-04', met: 1, late: 0, broken: 2, tried: 0 })
    expect(coverage).toBeUndefined()
  })
  it('are told by person, role, mode and time', async () => {
    const room = await createRoom()
    await room.pass()
    room.clock.set(room.clock.now() + 40 * 24 * HOUR)
    await fail(room, 'dispatcher')
    const people = async (search: string) =>
      (await results(room, search)).people.map(({ person }: { person: string }) => person)
    expect(await people('')).toEqual(['dispatcher', 'engineer'])
    expect(await people('role=dispatcher')).toEqual(['dispatcher'])
    expect(await people('role=dispatcher&person=engineer')).toEqual([])
    expect(await people('person=engineer')).toEqual(['engineer'])
    expect(await people('mode=practice')).toEqual([])
    const east = encodeURIComponent('\u6d66\u4e1c')
    expect(await people(`region=${east}`)).toEqual([])
    await room.as('administrator', 'PATCH', '/api/people/engineer', { regions: ['\u6d66\u4e1c'] })
    expect(await people(`region=${east}`)).toEqual(['engineer'])
    expect(await people(`region=${east}&role=engineer&person=engineer`)).toEqual(['engineer'])
    expect(await people(`region=${east}&role=dispatcher`)).toEqual([])
    expect(await people('from=2026-03-01&to=2026-03-31')).toEqual(['engineer'])
    expect(await people('from=2026-03-03')).toEqual(['dispatcher'])
    expect(await people('process=errand').catch(() => 'none')).toBe('none')
    expect((await room.as('engineer', 'GET', '/api/training/results')).statusCode).toBe(403)
  })
  it('show what of a process was practised, as far as its latest version still has it', async () => {
    const room = await createRoom()
    await room.pass()
    const { coverage } = await results(room, 'process=site-safety')
    expect(coverage).toMatchObject({ process: 'site-safety', version: 1 })
    expect(coverage.states).toMatchObject({ briefing: 1, 'open.work.regular.gearing': 1 })
    expect(coverage.states['open.work.regular.equipping.checking']).toBe(2)
    const [way] = Object.keys(coverage.transitions)
    expect(way).toMatch(/^\/states\//)
    const renamed = structuredClone(siteSafety)
    const { briefing, ...rest } = renamed.states
    if (briefing === undefined) throw new Error('no briefing')
    const publishedAt = new Date(room.clock.now()).toISOString()
    await room.library.publish('site-safety', 0, {
      definition: { ...renamed, initial: 'start', states: { start: briefing, ...rest } },
      note: 'renamed',
      author: 'x',
      publishedAt,
    })
    const later = (await results(room, 'process=site-safety')).coverage
    expect(later.version).toBe(2)
    expect(later.states.briefing).toBeUndefined()
    expect(later.states['open.work.regular.gearing']).toBe(1)
    const kept = Object.keys(coverage.transitions).filter(
      (pointer) => !pointer.startsWith('/states/briefing'),
    )
    expect(Object.keys(later.transitions).sort()).toEqual(kept.sort())
  })
  it('count what somebody left, and not what is void', async () => {
    const room = await createRoom()
    const [left, forged] = [await room.begin(), await room.begin()]
    const steps: Step[] = [...BY_THE_BOOK.slice(0, 4)]
    await room.steps(left, 0, steps)
    await room.finish(forged, { points: 100, passed: true })
    expect((await results(room)).people).toEqual([])
    await room.as('administrator', 'POST', '/api/clock', { advance: 'PT25H' })
    expect((await room.as('engineer', 'GET', `/api/training/attempts/${left}`)).json().status).toBe('left')
    expect((await results(room)).people).toMatchObject([{ attempts: 1, passed: 0, failed: 0 }])
    expect((await results(room)).people[0].points).toBeUndefined()
  })
  it('go out as CSV in either language, with nothing taken for a formula', async () => {
    const room = await createRoom()
    const person = await room.library.person('engineer')
    if (person === undefined) throw new Error('no engineer')
    await room.library.savePerson(person.revision, { ...person, name: '=李"伟"' })
    await room.pass()
    const sheet = await room.as('trainer', 'GET', '/api/training/results.csv?language=zh')
    expect(sheet.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(sheet.body.startsWith('\ufeff人员编号,姓名,')).toBe(true)
    expect(sheet.body).toContain(`engineer,"'=李""伟""",1,1,0,100,2026-03-02T01:00:00.000Z`)
    const norms = await room.as('trainer', 'GET', '/api/training/results.csv?by=norms', undefined, {
      'accept-language': 'en',
    })
    expect(norms.body).toMatch(/GN-04,.*,1,0,0,0\r\n/)
    const none = await room.as('trainer', 'GET', '/api/training/results.csv?process=none')
    expect(none.json().code).toBe('process-not-found')
  })
})
