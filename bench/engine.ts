/**
 * The engine alone: events advanced a second, and what `allowed` costs, on the largest shipped process.
 *
 * Prints ratios to XState's own `transition` of the same machine shape without guards and records, measured in the
 * same run. `npm run bench`.
 */
import { createMachine, initialTransition, transition } from 'xstate'
import { advance, start } from '../machines/advance/advance.ts'
import { allowed } from '../machines/advance/allowed.ts'
import type { Actor, Job } from '../machines/advance/job.ts'
import { compiled } from '../machines/compile/compile.ts'
import { homeVisit } from '../machines/processes/home-visit/process.ts'
import { DEFAULT_CALENDARS } from '../machines/time/default-calendars.ts'

const actor: Actor = { id: 'bench', name: 'bench', roles: ['dispatcher', 'engineer'] }
const surroundings = { now: Date.parse('2026-03-02T02:00:00Z'), actor, calendars: DEFAULT_CALENDARS }
const print = (line: string) => process.stdout.write(`${line}\n`)

/** Calls a second, the best of five rounds. */
function rate(work: () => void): number {
  let best = 0
  for (let round = 0; round < 5; round++) {
    const until = performance.now() + 200
    let calls = 0
    for (; performance.now() < until; calls++) work()
    best = Math.max(best, calls * 5)
  }
  return best
}

const process0 = compiled(homeVisit)
const begun = start(
  process0,
  {
    id: 'j',
    version: 1,
    fields: {
      timeWanted: '2026-03-03T10:00:00+08:00',
      problem: 'x',
      problemKind: 'hardware',
      severity: 'high',
      region: 'east',
    },
  },
  surroundings,
)
if (!begun.ok) throw new Error(JSON.stringify(begun.refusal))
const { job } = begun
const note = (of: Job) =>
  advance(
    process0,
    of,
    { kind: 'event', type: 'customer.update', payload: { distanceBand: 'far' } },
    surroundings,
  )
if (!note(job).ok) throw new Error('the measured event was refused')

const peer = createMachine({
  initial: 'a',
  context: { n: 0 },
  states: { a: { on: { go: { target: 'b' } } }, b: { on: { go: { target: 'a' } } } },
})
const [first] = initialTransition(peer)
const stored = JSON.stringify(peer.getPersistedSnapshot(first))
const xstate = rate(() => {
  transition(peer, peer.resolveState(JSON.parse(stored)), { type: 'go' })
})
const events = rate(() => {
  note(job)
})
const looks = rate(() => {
  allowed(process0, job, surroundings)
})
print(`advance, of a two-state XState machine restored and moved   ${(events / xstate).toFixed(2)}`)
print(`allowed (82 declared events), of the same                   ${(looks / xstate).toFixed(2)}`)
print(`advance: ${Math.round(1e6 / events)} µs, allowed: ${Math.round(1e6 / looks)} µs`)
