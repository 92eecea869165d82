/**
 * What holds for every run: it is the same again from its steps, its history replays, and time passes the same way
 * however it is cut. `FUZZ_RUNS` for more runs.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { replay } from '../../../machines/advance/replay.ts'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import { text } from '../../../machines/processes/author.ts'
import { choices } from '../../../machines/simulate/choices.ts'
import { replaySteps } from '../../../machines/simulate/known-runs.ts'
import { passTime, take } from '../../../machines/simulate/run.ts'
import type { Scenario } from '../../../machines/simulate/scenario.ts'
import { scoreOf } from '../../../machines/simulate/score.ts'
import type { Choice, Setup, Sim } from '../../../machines/simulate/sim.ts'
import { durationOf } from '../../../machines/simulate/standing.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { begun, quoted, setupOf, step } from './kit.ts'

const RUNS = Number(process.env.FUZZ_RUNS ?? 150)
/** With chance in it: a phone that may ring, and a customer who comes back after a while. */
const lively: Scenario = {
  ...quoted,
  rubric: { ...quoted.rubric, critical: ['PC-08'] },
  happens: [
    ...quoted.happens,
    {
      id: 'phone',
      when: { at: { least: 'PT1M', most: 'PT50M' } },
      chance: 0.5,
      does: [{ act: 'tell', text: text('The phone rings', '电话响了') }],
    },
    {
      id: 'back',
      when: { chosen: { event: 'pause' } },
      after: { least: 'PT5S', most: 'PT20M' },
      times: 3,
      does: [{ act: 'say', by: 'customer', text: text('And?', '好了吗？'), temper: 'angry' }],
    },
  ],
}

const picks = fc.array(fc.record({ wait: fc.nat({ max: 20 * 60_000 }), which: fc.nat() }), {
  maxLength: 40,
  size: 'max',
})

function doing(choice: Choice): Parameters<typeof step>[0] {
  switch (choice.is) {
    case 'event':
      return { do: 'event', type: choice.type, payload: {} }
    case 'tick':
      return choice.evidence === 'photo'
        ? { do: 'tick', item: choice.item, evidence: { kind: 'photo', file: 'b'.repeat(64) } }
        : { do: 'tick', item: choice.item }
    case 'move':
      return { do: 'move', move: choice.move }
    case 'prohibited':
      return { do: 'prohibited', norm: choice.norm }
  }
}

function wander(setup: Setup, ways: readonly { wait: number; which: number }[]): Sim {
  let sim = begun(setup)
  for (const { wait, which } of ways) {
    const offered = choices(sim)
    const choice = offered[which % Math.max(1, offered.length)]
    if (choice === undefined) break
    const taken = take(sim, step(doing(choice), durationOf(wait)))
    // A choice of before the wait may be gone after it; that is told, not thrown.
    if (taken.ok) sim = taken.sim
    else expect(taken.fault).toBe('not-offered')
  }
  return sim
}

it('a run is the same again from its steps, to the letter, and counts the same', () => {
  const ends = new Set<string>()
  fc.assert(
    fc.property(picks, fc.nat(), fc.constantFrom('practice', 'examination'), (ways, seed, mode) => {
      const setup: Setup = { ...setupOf(mode === 'practice' ? 'practice' : 'examination', lively), seed }
      const sim = wander(setup, ways)
      const again = replaySteps(setup, sim.steps)
      if (!again.ok) throw new Error(again.fault)
      const plain = ({ setup: _setup, compiled: _compiled, ...rest }: Sim) => canonicalJson(rest)
      expect(plain(again.sim)).toBe(plain(sim))
      expect(scoreOf(again.sim)).toEqual(scoreOf(sim))
      const from = replay(
        () => setup.compiled,
        1,
        sim.entries,
        () => DEFAULT_CALENDARS,
      )
      if (!from.ok) throw new Error(`${from.seq} ${from.why}`)
      expect(canonicalJson(from.job)).toBe(canonicalJson(sim.job))
      ends.add(sim.over?.why ?? 'goes on')
    }),
    { numRuns: RUNS },
  )
  expect(ends.size).toBeGreaterThan(1)
})

it('time passes the same however it is cut', () => {
  fc.assert(
    fc.property(picks, fc.array(fc.nat({ max: 90 * 60_000 }), { maxLength: 6 }), (ways, cuts) => {
      const sim = wander(setupOf('practice', lively), ways)
      const end = sim.now + cuts.reduce((total, one) => total + one, 0)
      let cut = sim
      for (const one of cuts) cut = passTime(cut, cut.now + one)
      const whole = passTime(sim, end)
      expect(canonicalJson(cut.lines)).toBe(canonicalJson(whole.lines))
      expect(canonicalJson(cut.job)).toBe(canonicalJson(whole.job))
      const times = whole.lines.map(({ at }) => at)
      expect(times).toEqual([...times].sort((one, other) => one - other))
    }),
    { numRuns: RUNS },
  )
})

it('chance comes from the seed alone', () => {
  const rang = (seed: number): string => {
    const setup = { ...setupOf('practice', lively), seed }
    const sim = passTime(begun(setup), Date.parse(lively.start.now) + 60 * 60_000)
    return String(sim.lines.find(({ is }) => is === 'told')?.at ?? 'never')
  }
  const first = Array.from({ length: 40 }, (_, seed) => rang(seed))
  expect(Array.from({ length: 40 }, (_, seed) => rang(seed))).toEqual(first)
  expect(first.filter((at) => at === 'never').length).toBeGreaterThan(8)
  expect(new Set(first).size).toBeGreaterThan(12)
})
