import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { replaySteps } from '../../../machines/simulate/known-runs.ts'
import { scoreOf } from '../../../machines/simulate/score.ts'
import type { JobStore } from '../../../server/store/port.ts'
import { openSqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { AttemptRuns } from '../../../server/training/attempt-runs.ts'
import { BY_THE_BOOK, createRoom, ENVELOPE, firstDay, HOUR, type Room } from './world.ts'

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'fieldchart-training-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return join(made, 'jobs.sqlite')
}
/** The same library and file, with a server that remembers nothing. */
const opened = async (file: string): Promise<{ room: Room; store: JobStore }> => {
  const store = openSqliteStore(file)
  return { room: await createRoom({ deps: { store } }), store }
}

describe('after a restart', () => {
  it('an attempt goes on where it was', async () => {
    const file = await folder()
    const before = await opened(file)
    const id = await before.room.begin('examination')
    before.room.wall.set(before.room.wall.now() + HOUR)
    await before.room.steps(id, 0, BY_THE_BOOK.slice(0, 9))
    await before.store.close()
    const { room, store } = await opened(file)
    room.wall.set(room.wall.now() + HOUR)
    expect((await room.as('engineer', 'GET', `/api/training/attempts/${id}`)).json().steps).toHaveLength(9)
    expect((await room.steps(id, 9, BY_THE_BOOK.slice(9))).json()).toEqual({
      count: BY_THE_BOOK.length,
      over: 'until',
    })
    expect((await room.finish(id)).json()).toMatchObject({ status: 'passed', points: 100 })
    await store.close()
  })
  it('attempts replay to the score they were given, though the scenario was changed since', async () => {
    const file = await folder()
    const before = await opened(file)
    const cards = new Map<string, unknown>()
    for (const [mode, steps] of [
      ['examination', BY_THE_BOOK],
      ['examination', ENVELOPE],
      ['practice', ENVELOPE],
      ['practice', BY_THE_BOOK.slice(0, 5)],
    ] as const) {
      const id = await before.room.begin(mode)
      before.room.wall.set(before.room.wall.now() + HOUR)
      await before.room.steps(id, 0, steps)
      cards.set(id, (await before.room.finish(id)).json().card)
    }
    await before.store.close()
    const { room, store } = await opened(file)
    const changed = { ...firstDay, rubric: { ...firstDay.rubric, passMark: 1, norms: {} } }
    await room.library.saveScenario(1, {
      scenario: changed,
      updatedAt: '2026-03-02T02:00:00.000Z',
      updatedBy: 'x',
    })
    const runs = new AttemptRuns(room.library, store.training)
    for (const [id, card] of cards) {
      const stored = await store.training.attempt(id)
      if (stored === undefined) throw new Error(`attempt ${id} is gone`)
      const setup = await runs.setupOf(stored.record, await runs.scenarioOf(stored.record))
      const again = replaySteps(setup, stored.steps)
      if (!again.ok) throw new Error(`step ${again.step}: ${again.fault}`)
      expect(JSON.parse(JSON.stringify(scoreOf(again.sim)))).toEqual(card)
    }
    await store.close()
  })
  it('tells that another engine counts by now', async () => {
    const file = await folder()
    const { room, store } = await opened(file)
    const id = await room.begin()
    const record = (await store.training.attempt(id))?.record
    if (record === undefined) throw new Error('gone')
    await store.training.createAttempt({ ...record, id: 'old', engine: '0'.repeat(64) }, firstDay)
    const told = async (of: string) =>
      (await room.as('engineer', 'GET', `/api/training/attempts/${of}`)).json().otherEngine
    expect([await told(id), await told('old')]).toEqual([undefined, true])
    // Its page may count otherwise and mean no harm: what counts is counted here.
    expect((await room.finish('old', { points: 77, passed: true })).json()).toMatchObject({
      status: 'failed',
    })
    await store.close()
  })
})
