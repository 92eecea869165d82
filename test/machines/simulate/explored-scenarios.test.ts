/**
 * Scenarios of explored paths: sound, they end as they say, and take together what was explored.
 */
import { describe, expect, it } from 'vitest'
import { compile } from '../../../machines/compile/compile.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { fault } from '../../../machines/processes/fault/process.ts'
import { phoneCall } from '../../../machines/processes/phone-call/process.ts'
import { checkScenario } from '../../../machines/simulate/check-scenario.ts'
import { explore } from '../../../machines/simulate/explore.ts'
import { type Explored, scenariosFrom } from '../../../machines/simulate/explored-scenarios.ts'
import { checkRuns } from '../../../machines/simulate/known-runs.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { bench } from '../advance/fixtures.ts'

const NOW = Date.parse('2026-03-02T02:00:00.000Z')
const around = { version: 1, calendars: DEFAULT_CALENDARS }

function made(definition: Definition): { found: Explored[]; open: string[] } {
  const compiled = compile(definition)
  const exploration = explore(compiled, { ...around, now: NOW, most: 20_000 })
  const found = scenariosFrom(exploration, compiled, around)
  const taken = new Set(found.flatMap((one) => one.taken))
  const all = exploration.paths.flatMap((path) => path.taken)
  return { found, open: [...new Set(all)].filter((pointer) => !taken.has(pointer)) }
}

describe.each([
  ['fault', fault],
  ['phone-call', phoneCall],
  ['bench', bench],
])('scenarios explored in %s', (_name, definition) => {
  const { found, open } = made(definition)

  it('take all that was taken', () => {
    expect(found.length).toBeGreaterThan(0)
    expect(open).toEqual([])
  })

  it('have no errors, and end as they say', () => {
    const stage = { compiled: compile(definition), ...around }
    const errors = found.flatMap(({ scenario }) =>
      checkScenario(scenario, stage).filter(({ severity }) => severity === 'error'),
    )
    expect(errors).toEqual([])
    const results = found.flatMap(({ scenario }) => checkRuns(scenario, stage.compiled, 1, DEFAULT_CALENDARS))
    expect(results.length).toBe(found.length)
    expect(results.filter(({ ok }) => !ok)).toEqual([])
    expect(results.some(({ found: end }) => end?.passed === true)).toBe(true)
  })

  it('are called after what is done in them, each by its own id', () => {
    expect(new Set(found.map(({ scenario }) => scenario.id)).size).toBe(found.length)
    const first = found[0]?.scenario
    const steps = first?.runs.explored?.steps ?? []
    const [event] = steps.flatMap(({ what }) => (what.do === 'event' ? [what.type] : []))
    const title = definition.schemas.events[event ?? '']?.meta.title
    expect(first?.title.en).toContain(title?.en)
    expect(first?.title.zh).toContain(title?.zh)
  })
})

describe('others', () => {
  it('do what is not the trainee\u2019s to do, set going by what he did', () => {
    const { found } = made(bench)
    const accepts = found.flatMap(({ scenario }) =>
      scenario.happens.filter(({ does }) => does.some((act) => act.act === 'event' && act.type === 'accept')),
    )
    expect(accepts[0]).toMatchObject({
      when: { chosen: { event: 'quote' } },
      does: [{ act: 'event', by: 'only-customer', type: 'accept' }],
    })
  })
})
