/**
 * The shortest way: what is found passes, is not longer than what is known, and is none where there is none.
 */
import { describe, expect, it } from 'vitest'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { SHIPPED_SCENARIOS } from '../../../machines/processes/scenarios.ts'
import { bestPath, knownPath } from '../../../machines/simulate/best-path.ts'
import { trimmed } from '../../../machines/simulate/flawless.ts'
import { replaySteps } from '../../../machines/simulate/known-runs.ts'
import type { Scenario } from '../../../machines/simulate/scenario.ts'
import { scoreOf } from '../../../machines/simulate/score.ts'
import type { Setup } from '../../../machines/simulate/sim.ts'
import { quoted, send, setupOf, step } from './kit.ts'

const shipped = (id: string): Setup => {
  const scenario = SHIPPED_SCENARIOS.find((one) => one.id === id)
  const definition = SHIPPED.find((one) => one.id === scenario?.process)
  if (scenario === undefined || definition === undefined) throw new Error(`no scenario ${id}`)
  return setupOf('examination', scenario, definition)
}

const knownActs = ({ runs }: Scenario): number =>
  Math.min(...Object.values(runs).flatMap(({ expect: { passed }, steps }) => (passed ? [steps.length] : [])))

describe('the shortest way', () => {
  it('waits for the customer and asks for every item: five acts on the bench', () => {
    const setup = setupOf('examination')
    const found = bestPath(setup)
    expect(found?.acts).toBe(5)
    const again = replaySteps(setup, found?.steps ?? [])
    expect(again.ok && scoreOf(again.sim)).toMatchObject({ passed: true, points: 100, acts: 5, ended: 'job' })
  })

  it.each(['site-first-day', 'depot-short-part', 'fault-port-gate'])(
    'of %s passes, and is not longer than what is known',
    (id) => {
      const setup = shipped(id)
      const found = bestPath(setup)
      expect(found?.acts).toBeLessThanOrEqual(knownActs(setup.scenario))
      const again = replaySteps(setup, found?.steps ?? [])
      const card = again.ok ? scoreOf(again.sim) : undefined
      expect(card).toMatchObject({ passed: true, acts: found?.acts, refused: { count: 0 } })
      expect(card?.norms.filter(({ result }) => result !== 'met' && result !== 'not-met')).toEqual([])
      expect(card?.must.every(({ kept }) => kept)).toBe(true)
    },
    60_000,
  )

  it('of a long day is the shortest of its known runs, without what they can do without', () => {
    const setup = shipped('visit-shop-being-fitted')
    const found = knownPath(setup)
    expect(found?.acts).toBeLessThan(knownActs(setup.scenario))
    const again = replaySteps(setup, found?.steps ?? [])
    expect(again.ok && scoreOf(again.sim)).toMatchObject({ passed: true, acts: found?.acts })
    expect(trimmed(setup, found?.steps ?? [])?.steps).toEqual(found?.steps)
  })

  it('is none where no run of the scenario is flawless', () => {
    expect(knownPath(setupOf('examination', { ...quoted, runs: {} }))).toBeUndefined()
  })

  it('does what is a must, though the way is longer by it', () => {
    const talk = { id: 'greet', text: quoted.title }
    const polite = { ...quoted, moves: [...quoted.moves, talk] }
    expect(bestPath(setupOf('examination', polite))?.acts).toBe(5)
    const must = [{ id: 'greets', what: { move: 'greet' }, title: quoted.title }]
    expect(bestPath(setupOf('examination', { ...polite, must }))?.acts).toBe(6)
    const mustNot = [{ id: 'no', what: { event: 'take' }, title: quoted.title }]
    expect(bestPath(setupOf('examination', { ...quoted, mustNot }))).toBeUndefined()
  })

  it('ends by waiting where waiting is enough', () => {
    const asking = { ...quoted, until: ['working.repairing'], rubric: { ...quoted.rubric, norms: {} } }
    const found = bestPath(setupOf('examination', asking))
    expect(found?.acts).toBe(2)
    expect(found?.steps.map(({ what }) => what.do)).toEqual(['event', 'move', 'wait'])
  })

  it('takes what known runs give with an event', () => {
    const steps = [step(send('take', { engineer: 'trainee' }))]
    const expected = { passed: false, status: 'active' as const, active: [], broken: [] }
    const found = bestPath(setupOf('examination', { ...quoted, runs: { one: { steps, expect: expected } } }))
    expect(found?.steps[0]?.what).toEqual(send('take', { engineer: 'trainee' }))
  })

  it('is none where the end cannot be reached', () => {
    expect(
      bestPath(setupOf('examination', { ...quoted, happens: [], moves: [], hidden: ['take'] })),
    ).toBeUndefined()
  })
})
