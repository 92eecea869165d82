/**
 * One scheduler over the timers of all jobs.
 *
 * Promises: what is due fires in order of its due time, late by no more than `TICK_MS` when idle, also what fell due
 * while the server was down (then `at` is when it fired and `dueAt` when it was due); once each (E4, the token);
 * a system clock that jumps either way is noticed at the next look.
 * Must not: trust a wait to have been as long as asked, or let one broken job hold up the rest.
 */

import type { Timer } from '../../machines/advance/job.ts'
import { SYSTEM } from '../../machines/advance/job.ts'
import { storageTrouble } from '../store/health-port.ts'
import type { JobWork } from './job-work.ts'
import type { Log } from './outbox.ts'
import { createRestless } from './restless.ts'

/** A hold counts seconds: late by a quarter of one at most. */
const TICK_MS = 100
const BATCH = 256
/** A timer that cannot fire is tried again after this, so that it does not spin. */
const SHELVE_MS = 60_000
/** Looks left out while nothing can be written: the store itself tries about as often. */
const RESTING_TICKS = 10

export type Timers = {
  start(): Promise<void>
  stop(): Promise<void>
  /** Fires everything due now; resolves when nothing is. Returns how many fired. */
  fireDue(): Promise<number>
  /** For a clock moved by hand: steps to each due time up to `target` (epoch ms), firing at each. Throws `StorageFailing`. */
  runUntil(target: number, setNow: (ms: number) => void): Promise<void>
}
export type TimerMetrics = { fired(lateMs: number): void }

export function createTimers(
  work: JobWork,
  drainOutbox: () => Promise<void>,
  log: Log,
  metrics?: TimerMetrics,
): Timers {
  const { store } = work.deps
  const shelved = new Map<string, number>()
  const restless = createRestless(() => work.deps.now())
  let next: number | undefined
  let resting = 0
  let ticking: NodeJS.Timeout | undefined
  let busy: Promise<unknown> | undefined
  let stopListening = () => {}

  async function look(): Promise<void> {
    const due = await store.nextDue()
    next = due === undefined ? undefined : Date.parse(due)
  }

  async function fire(job: string, timer: Timer): Promise<boolean> {
    const waits = restless.waitsUntil(job, timer)
    if (waits !== undefined) {
      shelved.set(timer.token, waits)
      log.error(
        { job, timer: timer.token },
        'a job keeps coming back to a timer that is due at once; it waits',
      )
      return false
    }
    try {
      await work.turns.take(job, async () => {
        const loaded = await work.load(job)
        const prepared = await work.prepare(
          loaded.job,
          loaded.compiled,
          { kind: 'timer', token: timer.token },
          SYSTEM,
        )
        await work.commit(prepared.changes)
      })
      metrics?.fired(work.deps.now() - Date.parse(timer.dueAt))
      return true
    } catch (error) {
      // Left between reading and firing: nothing to do. Anything else must not be tried at once again.
      const gone = (await store.load(job))?.timers.some(({ token, fired }) => token === timer.token && !fired)
      if (gone !== true) return false
      // Not the timer's fault: none would fire now.
      if (storageTrouble(error) !== undefined) throw error
      shelved.set(timer.token, work.deps.now() + SHELVE_MS)
      log.error({ job, timer: timer.token, error }, 'a timer could not fire')
      return false
    }
  }

  /** The first timer until `target`; one that could not fire is not waited for. */
  async function upcoming(target: number): Promise<Timer | undefined> {
    const due = await store.dueTimers(new Date(target).toISOString(), 1 + shelved.size)
    return due.find(({ timer }) => !shelved.has(timer.token))?.timer
  }

  /** Those of the batch that are not shelved, together: their commits share a sync. Throws `StorageFailing`. */
  async function fireBatch(limit: number): Promise<{ seen: number; fired: number }> {
    const now = work.deps.now()
    const due = await store.dueTimers(new Date(now).toISOString(), limit)
    const ready = due.filter(({ timer }) => (shelved.get(timer.token) ?? 0) <= now)
    for (const { timer } of ready) shelved.delete(timer.token)
    const results = await Promise.allSettled(ready.map(({ job, timer }) => fire(job, timer)))
    for (const result of results) if (result.status === 'rejected') throw result.reason
    const fired = results.filter((result) => result.status === 'fulfilled' && result.value)
    return { seen: ready.length, fired: fired.length }
  }

  async function fireDue(): Promise<number> {
    let total = 0
    for (;;) {
      const { seen, fired } = await fireBatch(BATCH + shelved.size)
      total += fired
      if (seen === 0) break
    }
    await look()
    return total
  }

  function tick(): void {
    if (busy !== undefined || next === undefined || next > work.deps.now()) return
    if (resting > 0) {
      resting -= 1
      return
    }
    busy = fireDue()
      .catch((error: unknown) => {
        resting = RESTING_TICKS
        // Of a disk that fails the store tells, once for all.
        if (storageTrouble(error) === undefined) log.error({ error }, 'timers could not be read')
      })
      .finally(() => {
        busy = undefined
      })
  }

  return {
    fireDue,
    async start() {
      stopListening = work.onCommitted(({ nextDue }) => {
        if (nextDue !== undefined) next = Math.min(next ?? Number.POSITIVE_INFINITY, Date.parse(nextDue))
      })
      await look()
      tick()
      ticking = setInterval(tick, TICK_MS)
    },
    async stop() {
      stopListening()
      clearInterval(ticking)
      await busy
    },
    async runUntil(target, setNow) {
      await busy
      for (;;) {
        await drainOutbox()
        const due = await upcoming(target)
        if (due === undefined) break
        setNow(Math.max(work.deps.now(), Date.parse(due.dueAt)))
        await fireBatch(BATCH + shelved.size)
      }
      setNow(target)
      await fireDue()
      await drainOutbox()
    },
  }
}
