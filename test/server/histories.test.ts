/**
 * Histories as a whole: random processes driven through the use cases by random people, retries, races, cuts, restarts and clocks, against a
 * plain model. The model is the pure engine with one job each and a list of entries: no store, no queue, no key. After every step
 * what the store has must be what the model has.
 *
 * One run in twenty is on SQLite, closed and opened again at each restart; the others on the memory store, whose restarts forget
 * everything but the store. `FIELDCHART_TEST_HISTORIES` says how many, `FIELDCHART_TEST_SEED` repeats a run.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { DEFAULT_CALENDARS } from '../../machines/time/default-calendars.ts'
import { openMemoryLibrary } from '../../server/store/library/open-library.ts'
import { createMemoryStore } from '../../server/store/memory/memory-store.ts'
import { openSqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { shape, wiring } from '../machines/random-process.ts'
import { LEAF } from './durable/processes.ts'
import { Course, linked, MONDAY, step } from './history-course.ts'

const RUNS = Number(process.env.FIELDCHART_TEST_HISTORIES ?? 1000)
const SEED = Number(process.env.FIELDCHART_TEST_SEED ?? Math.floor(Math.random() * 1e9))
const ON_DISK_EVERY = 20
const folder = await mkdtemp(join(tmpdir(), 'fieldchart-histories-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

it(`keep E1 to E8 over ${RUNS} random courses (FIELDCHART_TEST_SEED=${SEED})`, {
  timeout: 60_000 + RUNS * 200,
}, async () => {
  const seen: Record<string, number> = {}
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(shape, { minLength: 1, maxLength: 2 }),
      fc.array(wiring, { minLength: 1, maxLength: 8 }),
      fc.array(step, { minLength: 4, maxLength: 16 }),
      async (shapes, wirings, steps) => {
        run += 1
        const onDisk = run % ON_DISK_EVERY === 0
        const file = join(folder, `${run}.sqlite`)
        const memory = createMemoryStore()
        const definitions = [linked(shapes, wirings), LEAF]
        const library = await openMemoryLibrary(DEFAULT_CALENDARS)
        for (const definition of definitions)
          await library.publish(definition.id, 0, {
            definition,
            note: '',
            author: '@fieldchart',
            publishedAt: new Date(MONDAY).toISOString(),
          })
        const course = new Course(
          library,
          definitions,
          () => (onDisk ? openSqliteStore(file) : memory),
          onDisk,
          seen,
        )
        try {
          await course.create(0)
          await course.look()
          for (const each of steps) {
            await course.take(each)
            await course.look()
          }
          await course.conclude()
        } finally {
          await course.close()
        }
      },
    ),
    { numRuns: RUNS, seed: SEED },
  )
  // What was to be tested came about.
  for (const what of ['accepted', 'refused', 'replayed', 'raced', 'batched', 'fired', 'cut', 'lost', 'twins'])
    expect([what, (seen[what] ?? 0) > RUNS / 50]).toEqual([what, true])
})
