/**
 * Slows down whoever tries to sign in with wrong tokens.
 *
 * Promises: after a few failures each further try of an address has to wait, twice as long each time and at most a minute;
 * where failures come from many addresses at once, none has tries for free. A try that is refused for its haste does not
 * count, so that the right token always comes in after the wait. IPv6 addresses count by their /64, which is what one
 * customer has. What is remembered is bounded, and forgotten after a quarter of an hour.
 * Must not: know tokens, or whether a try was right before it was made.
 */
import { isIPv6 } from 'node:net'
import type { Clock } from '../clock.ts'
import { problem } from '../problem-details.ts'

/** Wrong tries of an address that cost nothing: who copies a token badly tries again. */
const FREE = 5
const LONGEST_MS = 60_000
const REMEMBERED_MS = 15 * 60_000
/** Failures a minute of all addresses, from which on none has free tries. */
const MOST_FREE_OF_ALL = 100
const MINUTE = 60_000
const MOST_ADDRESSES = 10_000

export type SignInGuard = {
  /** Problems: too-many-requests, with when to come again. */
  requireTurn(address: string): void
  failed(address: string): void
  succeeded(address: string): void
}

type Tries = { failures: number; last: number; until: number }

export function createSignInGuard(clock: Pick<Clock, 'now'>): SignInGuard {
  /** Who failed longest ago stands first. */
  const known = new Map<string, Tries>()
  let minute = { from: Number.NEGATIVE_INFINITY, failures: 0 }

  function isStorm(now: number): boolean {
    // A clock that was set back begins anew.
    if (now - minute.from >= MINUTE || now < minute.from) minute = { from: now, failures: 0 }
    return minute.failures >= MOST_FREE_OF_ALL
  }

  function remembered(key: string, now: number): Tries | undefined {
    const tries = known.get(key)
    const age = now - (tries?.last ?? now)
    // A clock that was set back begins anew: nobody waits for it to catch up.
    if (tries === undefined || (age >= 0 && age < REMEMBERED_MS)) return tries
    known.delete(key)
    return undefined
  }

  return {
    requireTurn: (address) => {
      const now = clock.now()
      const wait = (remembered(networkOf(address), now)?.until ?? now) - now
      if (wait <= 0) return
      const seconds = Math.min(Math.ceil(wait / 1000), LONGEST_MS / 1000)
      throw problem('too-many-requests', {
        detail: {
          en: `Too many wrong sign-ins from this address. Try again in ${seconds} s.`,
          zh: `\u6b64\u5730\u5740\u767b\u5f55\u5931\u8d25\u6b21\u6570\u8fc7\u591a\uff0c\u8bf7\u5728 ${seconds} \u79d2\u540e\u91cd\u8bd5\u3002`,
        },
        headers: { 'retry-after': String(seconds) },
      })
    },
    failed: (address) => {
      const now = clock.now()
      const key = networkOf(address)
      const failures = (remembered(key, now)?.failures ?? 0) + 1
      const charged = failures - (isStorm(now) ? 0 : FREE)
      minute.failures += 1
      const wait = charged <= 0 ? 0 : Math.min(LONGEST_MS, 1000 * 2 ** (charged - 1))
      known.delete(key)
      known.set(key, { failures, last: now, until: now + wait })
      const [oldest] = known.size > MOST_ADDRESSES ? known.keys() : []
      if (oldest !== undefined) known.delete(oldest)
    },
    succeeded: (address) => {
      known.delete(networkOf(address))
    },
  }
}

/** An IPv4 address as it is; of IPv6 the first 64 bits. */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*$/, '')
  if (!isIPv6(bare)) return bare
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1]
  if (mapped !== undefined) return mapped
  const [head = '', tail] = bare.split('::')
  const groups = (text: string | undefined): string[] =>
    text === undefined || text === ''
      ? []
      : text.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]))
  const [first, last] = [groups(head), groups(tail)]
  const all = [...first, ...Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0'), ...last]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
