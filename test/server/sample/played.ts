/** A sample day played at a moment, over the shipped processes. */
import type { Actor } from '../../../machines/advance/job.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { certificatesOf, memberOf, PARTS, type Part } from '../../../server/sample/cast.ts'
import { play } from '../../../server/sample/play.ts'
import { COURSES } from '../../../server/sample/sample-day.ts'
import { createMemoryStore } from '../../../server/store/memory/memory-store.ts'
import { openDesk } from '../jobs/desk.ts'

export async function played(now: string) {
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
