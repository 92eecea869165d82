/**
 * What every store must do with webhooks: part of the contract of stores of jobs (`store-contract.ts`).
 */
import { describe, expect, it } from 'vitest'
import type { JobStore } from '../../server/store/port.ts'
import type { NewDelivery, WebhookEndpoint } from '../../server/store/webhook-port.ts'
import { at } from './store-fixtures.ts'

const endpoint = (id: string, more: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
  id,
  url: 'https://example.com/in',
  events: ['job.changed'],
  secret: 'whsec_AAAA',
  enabled: true,
  createdAt: at(0),
  ...more,
})
const delivery = (id: string, time: string): NewDelivery => ({
  id,
  type: 'job.changed',
  at: time,
  body: `{"id":"${id}"}`,
})

export function webhookContract(name: string, given: () => JobStore): void {
  const store = () => given().webhooks
  const start = { change: 4, published: { errand: 1 } }
  const begin = async () => {
    await store().saveEndpoint(endpoint('a'), start)
    await store().saveEndpoint(endpoint('b'), start)
    const next = { change: 9, published: { errand: 2 } }
    const both = [delivery('m1', at(1)), delivery('m2', at(2))]
    expect(await store().collect('a', 4, next, both, at(3))).toBe(true)
  }
  const dueIds = async (id: string, now: string) => (await store().due(id, now, 10)).map((one) => one.id)

  describe(`${name}: webhooks`, () => {
    it('keeps endpoints in their order, and an endpoint’s place when it is changed', async () => {
      await begin()
      await store().saveEndpoint(endpoint('a', { enabled: false }))
      expect(await store().endpoints()).toEqual([
        { ...endpoint('a', { enabled: false }), place: { change: 9, published: { errand: 2 } } },
        { ...endpoint('b'), place: start },
      ])
      expect(await store().dropEndpoint('a')).toBe(true)
      expect(await store().dropEndpoint('a')).toBe(false)
      expect(await store().counts('a')).toEqual({ pending: 0, dead: 0 })
    })

    it('collects from where the endpoint stands, once, and a message with a known id but once', async () => {
      await begin()
      const next = { change: 12, published: {} }
      expect(await store().collect('a', 4, next, [delivery('m3', at(3))], at(3))).toBe(false)
      expect(await store().collect('gone', 4, next, [delivery('m3', at(3))], at(3))).toBe(false)
      expect(await store().collect('a', 9, next, [delivery('m2', at(9)), delivery('m3', at(3))], at(4))).toBe(
        true,
      )
      expect(await dueIds('a', at(2))).toEqual([])
      expect(await dueIds('a', at(3))).toEqual(['m1', 'm2'])
      expect(await dueIds('a', at(4))).toEqual(['m1', 'm2', 'm3'])
      expect(await dueIds('b', at(9))).toEqual([])
    })

    it('puts off what failed, keeps what is dead, and revives by id, by time, and what was delivered', async () => {
      await begin()
      await store().failed('a', 'm1', at(5), { reason: 'status', status: 500 }, at(9))
      await store().delivered('a', 'm2', at(6))
      expect(await dueIds('a', at(8))).toEqual([])
      expect(await store().nextDue('a')).toBe(at(9))
      expect((await store().endpoints())[0]).toMatchObject({
        lastSuccess: at(6),
        lastFailure: { at: at(5), failure: { reason: 'status', status: 500 } },
      })
      await store().failed('a', 'm1', at(9), { reason: 'timeout' }, undefined)
      expect(await store().nextDue('a')).toBeUndefined()
      expect(await store().counts('a')).toEqual({ pending: 0, dead: 1 })
      expect(await store().dead('a', 10)).toEqual([
        { ...delivery('m1', at(1)), attempts: 2, notBefore: at(9), failure: { reason: 'timeout' } },
      ])
      expect(await store().revive('a', at(10), { since: at(2) })).toBe(0)
      expect(await store().revive('a', at(10), { id: 'm2' })).toBe(0)
      expect(await store().revive('a', at(10), { since: at(1), delivered: true })).toBe(2)
      expect(await store().due('a', at(10), 10)).toMatchObject([
        { id: 'm1', attempts: 0 },
        { id: 'm2', attempts: 0 },
      ])
    })

    it('gives up what waits, and forgets what was delivered long ago', async () => {
      await begin()
      await store().delivered('a', 'm1', at(3))
      await store().giveUp('a', { reason: 'off' })
      expect(await store().counts('a')).toEqual({ pending: 0, dead: 1 })
      await store().forgetDelivered(at(3))
      expect(await store().revive('a', at(5), { id: 'm1', delivered: true })).toBe(1)
      await store().delivered('a', 'm1', at(6))
      await store().forgetDelivered(at(7))
      expect(await store().revive('a', at(8), { id: 'm1', delivered: true })).toBe(0)
    })
  })
}
