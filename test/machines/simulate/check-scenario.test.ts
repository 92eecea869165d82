/** What is found wrong with a scenario, by itself and against its process. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../machines/compile/compile.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { SHIPPED_SCENARIOS } from '../../../machines/processes/scenarios.ts'
import { checkScenario, readScenario, type Stage } from '../../../machines/simulate/check-scenario.ts'
import type { Scenario } from '../../../machines/simulate/scenario.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { bench } from '../advance/fixtures.ts'
import { quoted, send, step, WELL } from './kit.ts'

const stage: Stage = { compiled: compile(bench), version: 1, calendars: DEFAULT_CALENDARS }
const sound: Scenario = {
  ...quoted,
  runs: {
    well: { steps: WELL, expect: { passed: true, status: 'done', active: ['closed'], broken: [] } },
  },
}
const text = { en: 'x', zh: 'x' }
/** Codes and places, errors first. */
const found = (change: object, on: Stage | undefined = stage): string[] =>
  checkScenario({ ...sound, ...change }, on).map(({ code, path }) => `${code} ${path}`)

describe('a scenario', () => {
  it('is found right', () => {
    expect(found({})).toEqual([])
  })

  it('is told each part that does not fit its form, in both languages', () => {
    const problems = checkScenario({ ...sound, seed: 'x', title: 7 }, stage)
    expect(problems.map(({ path }) => path)).toEqual(expect.arrayContaining(['/seed', '/title']))
    for (const { code, message } of problems) {
      expect(code).toBe('scenario-shape')
      expect(message.en === '' || message.zh === '').toBe(false)
    }
  })

  it('is told every unknown name, with the nearest one that is known', () => {
    expect(
      found({
        happens: [
          {
            id: 'astray',
            when: { enters: 'working.askin' },
            if: { '@expr': 'price >', '@lang': 'cel' },
            does: [
              { act: 'say', by: 'ghost', text },
              { act: 'event', by: 'customer', type: 'acept' },
              { act: 'end', link: 'nothing', status: 'done' },
              {
                act: 'hand',
                by: 'dispatcher',
                hand: { kind: 'moveTo', to: ['working.looking', 'nowhere'], reason: text },
              },
              { act: 'hand', by: 'dispatcher', hand: { kind: 'reassign', person: 'ghost', reason: text } },
            ],
          },
        ],
        must: [{ id: 'm', what: { item: 'strip' }, title: text, by: 'P1M' }],
        rubric: { ...sound.rubric, critical: ['XX-99'] },
        grants: { certificate: 'flying', validFor: 'P1Y' },
      }),
    ).toEqual([
      'scenario-certificate /grants/certificate',
      'scenario-person /happens/0/does/0/by',
      'scenario-event /happens/0/does/1/type',
      'scenario-link /happens/0/does/2/link',
      'scenario-state /happens/0/does/3/hand/to/1',
      'scenario-person /happens/0/does/4/hand/person',
      'scenario-expression /happens/0/if',
      'scenario-state /happens/0/when/enters',
      'scenario-duration /must/0/by',
      'scenario-item /must/0/what/item',
      'scenario-norm /rubric/critical/0',
    ])
    const [problem] = checkScenario({ ...sound, until: ['closd'] }, stage)
    expect(problem?.fix).toMatchObject({ path: '/until/0', value: 'closed' })
  })

  it('is told values that do not fit, and what somebody may not send', () => {
    expect(
      found({
        start: { ...sound.start, fields: { serial: 7 } },
        moves: [
          { id: 'dear', text, as: { do: 'event', type: 'quote', payload: { price: 'much' } } },
          { id: 'yes', text, as: { do: 'event', type: 'accept' } },
        ],
      }).filter((line) => !line.includes('/runs')),
    ).toEqual([
      'scenario-value /moves/0/as/payload/price',
      'scenario-role /moves/1/as/type',
      'scenario-value /start/fields/serial',
    ])
  })

  it('is told what is there twice, and what counts for nothing', () => {
    const [move] = sound.moves
    expect(found({ moves: [...sound.moves, move] })).toEqual([
      `scenario-twice /moves/${sound.moves.length}/id`,
    ])
    expect(found({ rubric: { ...sound.rubric, norms: { 'HV-02': 0 } } })).toContain(
      'scenario-nothing-counts /rubric/norms',
    )
    expect(found({ runs: {} })).toEqual(['scenario-no-run /runs'])
  })

  it('is told what can never happen or be offered', () => {
    const does = [{ act: 'tell', text }]
    expect(
      found({
        runs: {},
        hidden: ['repaired'],
        happens: [
          { id: 'late', when: { at: 'PT3H' }, after: { least: 'PT2H', most: 'PT9H' }, does },
          { id: 'hidden', when: { chosen: { event: 'repaired' } }, does },
          { id: 'others', when: { chosen: { event: 'accept' } }, does },
          { id: 'unlikely', when: { enters: 'working.asking' }, chance: 0, does },
          { id: 'carried', when: { chosen: { event: 'quote' } }, does },
          { id: 'in-time', when: { at: 'PT3H' }, does },
        ],
        moves: [...sound.moves, { id: 'after', text, in: ['closed'] }],
      }),
    ).toEqual([
      'scenario-never-happens /happens/0/when',
      'scenario-never-happens /happens/1/when',
      'scenario-never-happens /happens/2/when',
      'scenario-never-happens /happens/3/when',
      `scenario-never-offered /moves/${sound.moves.length}/in`,
      'scenario-no-run /runs',
    ])
  })

  it('is told a known run that comes out otherwise, and that it cannot begin', () => {
    const { well } = sound.runs
    expect(found({ runs: { well, short: { ...well, steps: WELL.slice(0, 2) } } })).toEqual([
      'scenario-run-differs /runs/short',
    ])
    expect(found({ start: { ...sound.start, before: [step(send('repaired'))] } })).toContain(
      'scenario-cannot-begin /start',
    )
  })

  it('is told where its process is not there, or is another by now', () => {
    expect(checkScenario(sound, undefined).map(({ code }) => code)).toEqual(['scenario-process'])
    const other: Stage = {
      ...stage,
      compiled: compile(
        JSON.parse(
          JSON.stringify(bench).replaceAll('"asking"', '"inquiring"').replaceAll('.asking', '.inquiring'),
        ),
      ),
    }
    expect(found({}, other)).toContain('scenario-state /happens/0/when/enters')
  })

  it('is too large beyond a size', () => {
    expect(found({ briefing: { en: 'x'.repeat(300_000) } })).toEqual(['scenario-too-large '])
  })

  it('names a field that the process does not have, also one without a name', () => {
    const problems = checkScenario({ ...sound, start: { ...sound.start, fields: { '': {} } } }, stage)
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toContain('scenario-field /start/fields/')
    for (const { message } of problems) expect(message.en === '' || message.zh === '').toBe(false)
  })

  it('can be any rubbish at all', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(readScenario(value)).toBeUndefined()
        expect(checkScenario(value, stage).length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })

  it.each(['runs', 'cast'])('can have rubbish under a name that is none in %s', (part) => {
    for (const key of ['', 'a\nb', '1'])
      expect(checkScenario(replaced(sound, [part], { [key]: {} }), stage).map(({ code }) => code)).toContain(
        'scenario-shape',
      )
  })

  it('can have any of its parts replaced by rubbish', () => {
    const places = leaves(sound)
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.oneof(fc.jsonValue(), fc.constantFrom('trainee', 'PT0S', 'working', 'take', '', -1, null)),
        (place, rubbish) => {
          for (const { path, message } of checkScenario(replaced(sound, place, rubbish), stage)) {
            expect(path === '' || path.startsWith('/')).toBe(true)
            expect(message.en === '' || message.zh === '').toBe(false)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

type Path = readonly string[]
const leaves = (value: unknown, at: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? [at, ...Object.entries(value).flatMap(([key, each]) => leaves(each, [...at, key]))]
    : [at]
function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return by
  if (Array.isArray(value))
    return value.map((each, index) => (String(index) === key ? replaced(each, rest, by) : each))
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, name === key ? replaced(each, rest, by) : each]),
  )
}

describe('the shipped scenarios', () => {
  it('have nothing that can never come to be', () => {
    const stages = new Map(SHIPPED.map((one) => [one.id, { ...stage, compiled: compile(one) }]))
    const dead = SHIPPED_SCENARIOS.flatMap((one) =>
      checkScenario(one, stages.get(one.process), false)
        .filter(({ code }) => code.startsWith('scenario-never'))
        .map(({ path }) => `${one.id} ${path}`),
    )
    expect(dead).toEqual([])
  })
})
