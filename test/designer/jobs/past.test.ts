/** A job's past, from the history that the engine wrote. */
import { describe, expect, it } from 'vitest'
import { lastEntered, momentAt, versionsAlong, wayTo } from '../../../designer/jobs/past.ts'
import type { Rehearsal } from '../../machines/kit.ts'
import * as step from '../../machines/processes/home-visit-steps.ts'

const standing = ({ job }: Rehearsal) => ({
  fields: job.snapshot.context.fields,
  done: Object.keys(job.snapshot.context.checklist).sort(),
  breaches: job.breaches,
  running: job.timers
    .filter(({ fired }) => !fired)
    .map(({ token }) => token)
    .sort(),
})

describe('a moment of the past', () => {
  it('is how the job stood then, at every station of a visit', () => {
    const job = step.book()
    const stations = [
      step.assign,
      step.call,
      step.agree,
      step.prepare,
      step.setOut,
      step.enter,
      step.diagnose,
      step.explain,
    ]
    const known = [{ at: job.history.length - 1, ...standing(job) }]
    for (const go of stations) {
      go(job)
      known.push({ at: job.history.length - 1, ...standing(job) })
    }
    const versions = versionsAlong(job.history, 1)
    for (const { at, ...then } of known) {
      const moment = momentAt(job.history, versions, at)
      expect({
        fields: moment?.fields,
        done: [...(moment?.done ?? [])].sort(),
        breaches: moment?.breaches,
        running: moment?.running.map(({ token }) => token).sort(),
      }).toEqual(then)
    }
    expect(momentAt(job.history, versions, job.history.length)).toBeUndefined()
  })
})

describe('the way of a job', () => {
  it('holds what it came through, also without resting there, and nothing that came later', () => {
    const job = step.setOut(step.prepare(step.agree(step.call(step.assign(step.book())))))
    const last = job.history.length - 1
    const versions = versionsAlong(job.history, 1)
    const whole = wayTo(job.history, versions, last)
    expect(whole.states.get('beforeVisit.arrangement.booked.routed')).toBe(1)
    for (const path of job.active) expect(whole.states.get(path)).toBeGreaterThan(0)
    for (const pointer of job.history.flatMap(({ taken }) => taken))
      expect(whole.transitions.get(pointer)).toBeGreaterThan(0)
    const first = wayTo(job.history, versions, 0)
    // Routed at once: nobody ever saw it unrouted.
    expect(first.states.get('beforeVisit.arrangement.booked.unrouted')).toBe(1)
    const later = job.active.filter((path) => !job.history[0]?.active.includes(path))
    expect(later.length).toBeGreaterThan(0)
    for (const path of later) expect(first.states.has(path)).toBe(false)
    expect(first.transitions.size).toBeLessThan(whole.transitions.size)
  })

  it('begins anew with the version that the job moved to', () => {
    const job = step.call(step.assign(step.book()))
    const [start, assigned, called] = job.history
    if (start === undefined || assigned === undefined || called === undefined) throw new Error('too short')
    const move = {
      ...assigned,
      seq: 3,
      command: { kind: 'migrate' as const, version: 2, hash: '', mapping: {} },
    }
    const entries = [start, assigned, move, { ...called, seq: 4 }]
    const versions = versionsAlong(entries, 1)
    expect(versions).toEqual([1, 1, 2, 2])
    expect(versionsAlong(entries, undefined)).toEqual([undefined, undefined, 2, 2])
    const way = wayTo(entries, versions, 3)
    expect([...way.transitions.keys()].sort()).toEqual([...new Set(called.taken)].sort())
    for (const path of assigned.active) expect(way.states.has(path)).toBe(true)
  })
})

describe('where the eye falls', () => {
  it('is what the job came to last, not the region that lay still', () => {
    const job = step.explain(
      step.diagnose(step.enter(step.setOut(step.prepare(step.agree(step.call(step.assign(step.book()))))))),
    )
    expect(job.active.some((path) => path.includes('telephone'))).toBe(true)
    const entered = lastEntered(job.history, job.history.length - 1)
    expect(entered.length).toBeGreaterThan(0)
    expect(entered.some((path) => path.includes('telephone'))).toBe(false)
  })
})
