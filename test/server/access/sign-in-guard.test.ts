import { describe, expect, it } from 'vitest'
import { createSignInGuard, networkOf } from '../../../server/access/sign-in-guard.ts'
import { ApiProblem } from '../../../server/problem-details.ts'
import { createWorld, START, tokenOf } from '../http/harness.ts'

function guarded() {
  let now = 0
  const guard = createSignInGuard({ now: () => now })
  /** Seconds to wait; 0: he may try. */
  const wait = (address: string): number => {
    try {
      guard.requireTurn(address)
      return 0
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      expect(error.code).toBe('too-many-requests')
      return Number(error.headers['retry-after'])
    }
  }
  const fail = (address: string, times = 1) => {
    for (let n = 0; n < times; n += 1) guard.failed(address)
  }
  return {
    guard,
    wait,
    fail,
    pass: (seconds: number) => {
      now += seconds * 1000
    },
  }
}
const A = '203.0.113.7'

describe('wrong sign-ins', () => {
  it('are free a few times, then each waits twice as long, and never more than a minute', () => {
    const { wait, fail, pass } = guarded()
    fail(A, 5)
    expect(wait(A)).toBe(0)
    const waits = Array.from({ length: 10 }, () => {
      fail(A)
      const seconds = wait(A)
      pass(seconds)
      expect(wait(A)).toBe(0)
      return seconds
    })
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60])
  })
  it('never lock anybody out: haste does not make the wait longer, and the right token ends it', () => {
    const { guard, wait, fail, pass } = guarded()
    fail(A, 40)
    for (let n = 0; n < 1000; n += 1) expect(wait(A)).toBe(60)
    pass(60)
    expect(wait(A)).toBe(0)
    guard.succeeded(A)
    fail(A, 5)
    expect(wait(A)).toBe(0)
  })
  it('are forgotten after a quarter of an hour', () => {
    const { wait, fail, pass } = guarded()
    fail(A, 12)
    pass(15 * 60)
    fail(A, 5)
    expect(wait(A)).toBe(0)
  })
  it('hold nobody up for longer where the clock was set back', () => {
    const { wait, fail, pass } = guarded()
    fail(A, 50)
    pass(-3600)
    expect(wait(A)).toBe(0)
  })
  it('of one address hold up no other', () => {
    const { wait, fail } = guarded()
    fail(A, 50)
    expect([wait(A), wait('203.0.113.8')]).toEqual([60, 0])
  })
  it('from many addresses at once have nothing for free, and a first try still goes through', () => {
    const { wait, fail, pass } = guarded()
    for (let n = 0; n < 100; n += 1) fail(`198.51.100.${n}`)
    expect(wait('198.51.100.5')).toBe(0)
    fail(A)
    expect(wait(A)).toBe(1)
    expect(wait('192.0.2.1')).toBe(0)
    pass(60)
    fail('192.0.2.2')
    expect(wait('192.0.2.2')).toBe(0)
  })
  it('are remembered of ten thousand addresses and no more', () => {
    const { wait, fail } = guarded()
    fail(A, 50)
    for (let n = 1; n < 10_000; n += 1) fail(`2001:db8:0:${n.toString(16)}::1`)
    expect(wait(A)).toBe(60)
    fail('2001:db8:1:1::1')
    expect(wait(A)).toBe(0)
    // All together still have nothing for free.
    fail(A)
    expect(wait(A)).toBe(1)
  })
})

describe('addresses', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})

describe('over HTTP', () => {
  const at = (address: string) => ({ host: 'localhost:3000', 'x-forwarded-for': address })

  it('wrong sign-ins wait, by address, and the right one comes in after it', async () => {
    const { as, wall } = await createWorld()
    const signIn = (token: string, address: string) =>
      as(undefined, 'POST', '/api/sign-in', { token }, at(address))
    const statuses = []
    for (let n = 0; n < 8; n += 1) statuses.push((await signIn('guess', '2001:db8:1:2::1')).statusCode)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429, 429])
    const hasty = await signIn(tokenOf('engineer'), '2001:db8:1:2:ffff::1')
    expect([hasty.statusCode, hasty.headers['retry-after'], hasty.json().code]).toEqual([
      429,
      '1',
      'too-many-requests',
    ])
    expect((await signIn(tokenOf('engineer'), '2001:db8:1:3::1')).statusCode).toBe(200)
    wall.set(START + 1000)
    expect((await signIn(tokenOf('engineer'), '2001:db8:1:2:ffff::1')).statusCode).toBe(200)
    expect((await signIn('guess', '2001:db8:1:2::1')).statusCode).toBe(401)
  })
  it('guesses at the set-up link wait, too', async () => {
    const { as } = await createWorld({ people: false })
    const statuses = []
    for (let n = 0; n < 7; n += 1)
      statuses.push(
        (await as(undefined, 'POST', '/api/setup', { token: 'guess', name: 'x' }, at(A))).statusCode,
      )
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429])
  })
  it('wrong bearer tokens wait; those of others at the address do not', async () => {
    const { app } = await createWorld()
    const me = async (token: string) =>
      (await app.inject({ url: '/api/me', headers: { authorization: `Bearer ${token}`, ...at(A) } }))
        .statusCode
    const statuses = []
    for (let n = 0; n < 8; n += 1) statuses.push(await me(`fc_guess-${n}`))
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429, 429])
    expect(await me(tokenOf('engineer'))).toBe(200)
  })
})
