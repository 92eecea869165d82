/**
 * The scenarios that come with the product: each ends as it says, and together they exercise what is owed.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../machines/compile/compile.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { SHIPPED_SCENARIOS } from '../../../machines/processes/scenarios.ts'
import { checkScenario } from '../../../machines/simulate/check-scenario.ts'
import { checkRuns, replaySteps } from '../../../machines/simulate/known-runs.ts'
import type { Scenario, Step } from '../../../machines/simulate/scenario.ts'
import { scoreOf } from '../../../machines/simulate/score.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { exercises, owedNorms, scenariosPage } from '../../../scripts/scenarios-page.ts'

const COMPILED = new Map(SHIPPED.map((definition) => [definition.id, compile(definition)]))
const compiledOf = (scenario: Scenario) => {
  const compiled = COMPILED.get(scenario.process)
  if (compiled === undefined) throw new Error(`no process ${scenario.process}`)
  return compiled
}
const scenarios = SHIPPED_SCENARIOS.map((scenario) => ({ id: scenario.id, scenario }))

function passes(scenario: Scenario, seed: number, steps: readonly Step[]): boolean | undefined {
  const compiled = compiledOf(scenario)
  const calendars = DEFAULT_CALENDARS
  const { sim } = replaySteps({ scenario, compiled, version: 1, calendars, seed, mode: 'examination' }, steps)
  return sim === undefined ? undefined : scoreOf(sim).passed
}

/** Every text of a scenario, with its place. */
function textsOf(value: unknown, at = ''): { at: string; en: unknown; zh: unknown }[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.entries(value).flatMap(([key, one]) => textsOf(one, `${at}/${key}`))
  return 'en' in value || 'zh' in value
    ? [{ at, en: 'en' in value ? value.en : undefined, zh: 'zh' in value ? value.zh : undefined }]
    : inner
}

describe.each(scenarios)('$id', ({ scenario }) => {
  it('has nothing wrong with it', () => {
    const stage = { compiled: compiledOf(scenario), version: 1, calendars: DEFAULT_CALENDARS }
    expect(checkScenario(scenario, stage, false)).toEqual([])
  })

  it('ends as its known runs say', () => {
    const results = checkRuns(scenario, compiledOf(scenario), 1, DEFAULT_CALENDARS)
    expect(results.filter(({ ok }) => !ok)).toEqual([])
  })

  it('is known to be passed, and failed', () => {
    const passed = Object.values(scenario.runs).map((run) => run.expect.passed)
    expect(passed).toContain(true)
    expect(passed).toContain(false)
  })

  it('is not passed by doing nothing', () => {
    expect(passes(scenario, scenario.seed, [{ after: 'P3D', what: { do: 'wait' } }])).toBe(false)
  })

  it('is passed by the model way whatever chance brings', () => {
    const [model] = Object.values(scenario.runs).filter((run) => run.expect.passed)
    for (const seed of [1, 7, 2026]) expect(passes(scenario, seed, model?.steps ?? []), `${seed}`).toBe(true)
  })

  it('speaks both languages, each in its own punctuation', () => {
    const texts = textsOf(scenario)
    expect(texts.length).toBeGreaterThan(5)
    for (const { at, en, zh } of texts) {
      expect(en, at).toEqual(expect.stringMatching(/[a-z]/i))
      expect(zh, at).toEqual(expect.stringMatching(/\p{Script=Han}/u))
      expect(zh, at).not.toEqual(expect.stringMatching(/\p{Script=Han}[,;:!?]/u))
    }
  })
})

describe('all scenarios together', () => {
  const missing = (all: readonly Scenario[]): string[] => {
    const exercised = new Set(exercises(all).map(({ norm }) => norm))
    return owedNorms()
      .map(({ id }) => id)
      .filter((id) => !exercised.has(id))
  }

  it('have names of their own', () => {
    const ids = SHIPPED_SCENARIOS.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('are enough for every process, from easy to hard', () => {
    const main = ['phone-call', 'home-visit', 'depot-repair', 'on-site-residency', 'site-safety']
    for (const { id } of SHIPPED) {
      const own = SHIPPED_SCENARIOS.filter(({ process }) => process === id)
      expect(own.length, id).toBeGreaterThanOrEqual(main.includes(id) ? 4 : 1)
      if (!main.includes(id)) continue
      expect(new Set(own.map(({ difficulty }) => difficulty)), id).toEqual(
        new Set(['easy', 'medium', 'hard']),
      )
    }
  })

  it('exercise every deadline, order, consent and qualification', () => {
    expect(owedNorms().length).toBeGreaterThan(60)
    expect(missing(SHIPPED_SCENARIOS)).toEqual([])
  })

  it('miss what the only scenario of a norm taught, once it is gone', () => {
    const without = SHIPPED_SCENARIOS.filter(({ id }) => id !== 'visit-three-delays')
    expect(missing(without)).toEqual(['HV-08', 'HV-09'])
  })

  it('name no norm for exercised that no run comes to', () => {
    const idle = SHIPPED_SCENARIOS.map((scenario) => ({ ...scenario, runs: {} }))
    expect(exercises(idle)).toEqual([])
  })

  it('grant the certificates that processes ask for', () => {
    for (const { process, grants } of SHIPPED_SCENARIOS) {
      const asked = SHIPPED.find(({ id }) => id === process)?.meta.certificates ?? {}
      if (grants !== undefined) expect(Object.keys(asked)).toContain(grants.certificate)
    }
    const granting = SHIPPED_SCENARIOS.filter(({ grants }) => grants !== undefined)
    expect(granting.map(({ process }) => process)).toEqual(
      expect.arrayContaining(['home-visit', 'site-safety']),
    )
  })

  it('are told in docs/scenarios.md as they are', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/scenarios.md'), 'utf8')
    expect(page, 'npm run scenarios:table').toBe(scenariosPage())
  })
})
