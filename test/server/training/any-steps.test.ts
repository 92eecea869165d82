import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { siteSafety } from '../../../machines/processes/site-safety/process.ts'
import { createRoom, firstDay } from './world.ts'

const items = JSON.stringify(siteSafety).match(/"id":"([A-Za-z]+)"/g) ?? []
const json = fc.jsonValue({ maxDepth: 3 })
const payload = fc.dictionary(fc.string(), json, { maxKeys: 4 })
const some = (known: readonly string[], weight = 8) =>
  fc.oneof(
    { weight, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 30 }) },
  )
const what = fc.oneof(
  fc.record({ do: fc.constant('event'), type: some(Object.keys(siteSafety.schemas.events)), payload }),
  fc.record({ do: fc.constant('tick'), item: some(items.map((item) => item.slice(6, -1))) }),
  fc.record({ do: fc.constant('untick'), item: some(items.map((item) => item.slice(6, -1))) }),
  fc.record({ do: fc.constant('move'), move: some(firstDay.moves.map(({ id }) => id)) }),
  fc.record({ do: fc.constant('prohibited'), norm: some(siteSafety.meta.reportable ?? ['SS-29']) }),
  fc.constant({ do: 'wait' }),
)
const after = fc.constantFrom('PT1S', 'PT5M', 'PT3H', 'P2D', 'P1M', 'P99D', 'P1Y', 'P9999999999D')
const steps = fc.array(fc.record({ what, after }, { requiredKeys: ['what'] }), { maxLength: 12 })

describe('whatever steps are sent', () => {
  it('the server takes them or says why not, and what it took replays', async () => {
    const { as, begin, finish } = await createRoom()
    const statuses = new Map<number, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 4 }), async (batches) => {
        const id = await begin()
        for (const batch of batches) {
          const { count } = (
            await as('engineer', 'POST', `/api/training/attempts/${id}/steps`, { from: 2000, steps: [] })
          ).json()
          const answer = await as('engineer', 'POST', `/api/training/attempts/${id}/steps`, {
            from: count,
            steps: batch,
          })
          const { statusCode } = answer
          expect([200, 400, 422]).toContain(statusCode)
          statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
        }
        expect((await finish(id)).statusCode).toBe(200)
      }),
      { numRuns: 60 },
    )
    for (const status of [200, 422]) expect(statuses.get(status)).toBeGreaterThan(10)
  }, 120_000)
})
