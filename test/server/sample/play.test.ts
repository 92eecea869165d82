import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../machines/advance/job.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { certificatesOf, memberOf, PARTS, type Part } from '../../../server/sample/cast.ts'
import { play } from '../../../server/sample/play.ts'
import { COURSES } from '../../../server/sample/sample-day.ts'
import { createMemoryStore } from '../../../server/store/memory/memory-store.ts'
import { openDesk } from '../jobs/desk.ts'

async function played(now: string) {
  const desk = await openDesk(SHIPPED, { now })
  const at = new Date(desk.clock.now).toISOString()
  const cast = new Map<Part, Actor>()
  for (const part of PARTS) {
    const { id, name, roles } = memberOf(part)
    const certificates = certificatesOf(memberOf(part), desk.clock.now)
    const person = { id, name, roles: [...roles], certificates }
    cast.set(part, person)
    await desk.library.savePerson(0, { ...person, tokens: [], createdAt: at, updatedAt: at })
  }
  const errors: object[] = []
  const store = createMemoryStore()
  const { stopped, commits } = await play({
    library: desk.library,
    store,
    cast,
    courses: COURSES,
    now: desk.clock.now,
    photo: 'a'.repeat(64),
    log: { error: (details) => errors.push(details), info: () => {} },
  })
  return {
    stopped,
    commits,
    errors,
    total: (await store.count({})).total,
    theirs: await desk.store.count({}),
  }
}

describe('the play of a sample day', () => {
  // Night, a weekend, early on a Monday, the last minutes of a day and of a year; years ahead.
  it.each([
    '2026-03-04T15:00:00+08:00',
    '2026-03-04T03:00:00+08:00',
    '2026-03-07T09:00:00+08:00',
    '2026-11-23T06:55:00+08:00',
    '2026-12-31T23:58:00+08:00',
    '2030-06-02T12:30:00+08:00',
  ])(
    'comes to its end at %s, and writes nothing but its own store',
    async (now) => {
      const { stopped, errors, total, theirs, commits } = await played(now)
      expect(stopped).toEqual([])
      expect(errors).toEqual([])
      expect(total).toBe(40)
      expect(theirs.total).toBe(0)
      const last = new Date(now).toISOString()
      const times = commits.flatMap(({ changes }) => changes.map(({ entry }) => entry.at))
      expect(times.toSorted()).toEqual(times)
      expect(times.every((at) => at <= last)).toBe(true)
    },
    60_000,
  )
})
