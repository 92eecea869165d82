import { describe, expect, it } from 'vitest'
import { compile } from '../../../machines/compile/compile.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { SHIPPED_SCENARIOS } from '../../../machines/processes/scenarios.ts'
import { examined } from '../../../machines/simulate/examined.ts'
import { take } from '../../../machines/simulate/run.ts'
import type { Scenario } from '../../../machines/simulate/scenario.ts'
import type { Setup, Sim } from '../../../machines/simulate/sim.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { begun, quoted } from './kit.ts'

const TOLD_APART = ['broke', 'explained', 'over']
/** What the page must come to as the server does. */
const seen = ({ job, entries, lines, tempers, coming, now }: Sim) => ({
  job,
  entries,
  lines: lines.filter(({ is }) => !TOLD_APART.includes(is)),
  tempers,
  coming,
  now,
})

describe('what is examined', () => {
  it('holds nothing that gives the answers away', () => {
    const { rubric, moves, runs, prompts, must, mustNot, purpose } = examined({
      ...quoted,
      purpose: { en: 'x' },
      prompts: [{ id: 'p', text: { en: 'x' } }],
      must: [{ id: 'm', what: { event: 'take' }, title: { en: 'x' } }],
      mustNot: [{ id: 'n', what: { event: 'take' }, title: { en: 'x' } }],
      runs: {
        r: { steps: [], expect: { passed: false, status: 'active', active: [], broken: [] } },
      },
    })
    expect([rubric, runs]).toEqual([{ norms: {}, critical: [], passMark: 80 }, {}])
    expect([prompts, must, mustNot, purpose]).toEqual([undefined, undefined, undefined, undefined])
    for (const move of moves)
      expect(Object.keys(move)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/keeps|breaks|critical|explain/)]),
      )
    expect(moves.map(({ id }) => id)).toEqual(quoted.moves.map(({ id }) => id))
  })

  const compiled = new Map(SHIPPED.map((definition) => [definition.id, compile(definition)]))
  const cases = SHIPPED_SCENARIOS.flatMap((scenario) =>
    Object.entries(scenario.runs).map(([name, { steps }]) => ({
      name: `${scenario.id} ${name}`,
      scenario,
      steps,
    })),
  )
  it.each(cases)('runs as the whole does: $name', ({ scenario, steps }) => {
    const process = compiled.get(scenario.process)
    if (process === undefined) throw new Error(`no ${scenario.process}`)
    const setup = (run: Scenario): Setup => ({
      scenario: run,
      compiled: process,
      version: 1,
      calendars: DEFAULT_CALENDARS,
      seed: 4711,
      mode: 'examination',
    })
    let [whole, page] = [begun(setup(scenario)), begun(setup(examined(scenario)))]
    expect(seen(page)).toEqual(seen(whole))
    for (const step of steps) {
      const [counted, shown] = [take(whole, step), take(page, step)]
      // Another seed can lead elsewhere; both must find the same step impossible.
      expect(shown.ok).toBe(counted.ok)
      if (!counted.ok || !shown.ok) return
      // A fault that ends it at once is known to the server alone.
      if (counted.sim.over?.why === 'critical') return
      expect(seen(shown.sim)).toEqual(seen(counted.sim))
      expect(shown.sim.over).toEqual(counted.sim.over)
      if (counted.sim.over !== undefined) return
      ;[whole, page] = [counted.sim, shown.sim]
    }
  })
})
