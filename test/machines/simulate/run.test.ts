/**
 * A scenario run: what is told, what is counted, in each mode.
 */
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import { text } from '../../../machines/processes/author.ts'
import { choices } from '../../../machines/simulate/choices.ts'
import { checkRuns } from '../../../machines/simulate/known-runs.ts'
import { beginWith, passTime, take } from '../../../machines/simulate/run.ts'
import type { Scenario } from '../../../machines/simulate/scenario.ts'
import { scoreOf } from '../../../machines/simulate/score.ts'
import { activeOf } from '../../../machines/simulate/standing.ts'
import { bench, processOf, titled } from '../advance/fixtures.ts'
import { begun, played, quoted, send, setupOf, step, told, WELL } from './kit.ts'

const MINUTE = 60_000

describe('a run', () => {
  it('tells what happens, in its order and at its time', () => {
    expect(told(played(begun(setupOf('examination')), ...WELL))).toEqual([
      '0 in waiting',
      '5 did take',
      '5 in working.looking',
      '20 did dear',
      '20 in working.asking',
      '30 customer: All right, go ahead. (calm)',
      '30 customer did event',
      '30 in working.repairing',
      '32 did strap',
      '33 did photo',
      '53 did repaired',
      '53 in closed',
      '53 over: job',
    ])
  })

  it('counts what was done', () => {
    const card = scoreOf(played(begun(setupOf('examination')), ...WELL))
    expect(card).toMatchObject({ points: 100, passed: true, failedBy: [], acts: 5, ended: 'job' })
    expect(card.norms.map(({ norm, result, points }) => [norm, result, points])).toEqual([
      ['DR-16', 'met', 20],
      ['HV-02', 'met', 20],
      ['HV-16', 'met', 20],
    ])
  })

  it('gives half for what was done after its deadline, and nothing for what never was', () => {
    const [first, ...rest] = WELL
    if (first === undefined) throw new Error('no steps')
    const late = played(begun(setupOf('examination')), { ...first, after: 'PT31M' }, ...rest)
    expect(scoreOf(late).norms.find(({ norm }) => norm === 'HV-02')).toMatchObject({
      result: 'late',
      points: 10,
      at: '2026-03-02T02:30:00.000Z',
    })
    const never = passTime(begun(setupOf('practice')), Date.parse(quoted.start.now) + 40 * MINUTE)
    expect(scoreOf(never).norms.find(({ norm }) => norm === 'HV-02')).toMatchObject({
      result: 'broken',
      points: 0,
    })
    expect(scoreOf(never)).toMatchObject({ passed: false, failedBy: ['points', 'not-finished'] })
  })

  it('tells of a barred event with its reasons, and counts it as tried', () => {
    const barred = played(begun(setupOf('practice')), ...WELL.slice(0, 2), step(send('repaired'), 'PT11M'))
    expect(told(barred).slice(-4)).toEqual([
      '31 did repaired',
      '31 refused: item-open,item-open',
      '31 broke DR-16',
      '31 broke DR-03',
    ])
    const card = scoreOf(barred)
    expect(card.refused).toEqual({ count: 1, points: -2 })
    expect(card.norms.map(({ norm, result }) => [norm, result])).toContainEqual(['DR-16', 'tried'])
    expect(activeOf(barred)).toEqual(['working.repairing'])
  })

  it('lets a forbidden choice cost points, and explains it at once in practice alone', () => {
    const argued = [...WELL.slice(0, 2), step({ do: 'move', move: 'argue' })]
    const practised = played(begun(setupOf('practice')), ...argued)
    expect(told(practised).slice(-4)).toEqual([
      '20 did argue',
      '20 broke PC-08',
      '20 explained: Arguing settles nothing.',
      '20 customer: How dare you! (angry)',
    ])
    expect(practised.tempers).toEqual({ customer: 'angry' })
    const examined = played(begun(setupOf('examination')), ...argued, ...WELL.slice(2))
    expect(told(examined).some((line) => line.includes('explained'))).toBe(false)
    expect(scoreOf(examined)).toMatchObject({ points: 95, passed: true })
  })

  it('ends an examination at a critical fault, and goes on in practice', () => {
    const grave: Scenario = { ...quoted, rubric: { ...quoted.rubric, critical: ['PC-08'] } }
    const argued = [...WELL.slice(0, 2), step({ do: 'move', move: 'argue' })]
    const examined = played(begun(setupOf('examination', grave)), ...argued)
    expect(examined.over).toEqual({ why: 'critical', at: Date.parse(quoted.start.now) + 20 * MINUTE })
    expect(take(examined, step(send('pause')))).toMatchObject({ ok: false, fault: 'over' })
    expect(choices(examined)).toEqual([])
    const practised = played(begun(setupOf('practice', grave)), ...argued, ...WELL.slice(2))
    expect(practised.over?.why).toBe('job')
    expect(scoreOf(practised)).toMatchObject({ passed: false, failedBy: ['critical'] })
  })

  it('ends an examination that must not see something at once', () => {
    const hasty: Scenario = {
      ...quoted,
      mustNot: [{ id: 'pause', what: { event: 'pause' }, title: text('Go away', '走开'), critical: true }],
    }
    const steps = [...WELL.slice(0, 1), step(send('pause'))]
    expect(played(begun(setupOf('examination', hasty)), ...steps).over?.why).toBe('critical')
    expect(scoreOf(played(begun(setupOf('practice', hasty)), ...steps)).mustNot).toMatchObject([
      { id: 'pause', kept: false, critical: true, points: -10 },
    ])
  })

  it('is over at its time limit in an examination', () => {
    const waited = passTime(begun(setupOf('examination')), Date.parse(quoted.start.now) + 300 * MINUTE)
    expect(waited.over).toEqual({ why: 'time', at: Date.parse(quoted.start.now) + 240 * MINUTE })
    expect(scoreOf(waited)).toMatchObject({ passed: false, ended: 'time', time: { points: -10 } })
    expect(passTime(begun(setupOf('practice')), waited.now + MINUTE).over).toBeUndefined()
  })

  it('takes no step that is not offered, not of its mode or back in time', () => {
    const sim = begun(setupOf('practice'))
    const faults = [
      step({ do: 'move', move: 'argue' }),
      step({ do: 'move', move: 'nothing' }),
      step({ do: 'prohibited', norm: 'HV-13' }),
      step({ do: 'jump', to: ['closed'] }),
      step({ do: 'event', type: 'accept', by: 'customer' }),
      step({ do: 'wait' }, '-PT1M'),
    ].map((one) => {
      const taken = take(sim, one)
      return taken.ok ? 'ok' : taken.fault
    })
    expect(faults).toEqual([
      'not-offered',
      'not-offered',
      'not-offered',
      'not-in-this-mode',
      'not-in-this-mode',
      'bad-time',
    ])
    // The price is for the worded move to say, where there is one.
    const looking = played(sim, ...WELL.slice(0, 1))
    expect(take(looking, step(send('quote', { price: 1 })))).toMatchObject({
      ok: false,
      fault: 'not-offered',
    })
  })

  it('knows what did not happen because the process had gone on', () => {
    const paused = played(begun(setupOf('practice')), ...WELL.slice(0, 2), step(send('pause'), 'PT1M'))
    const waited = passTime(paused, paused.now + 60 * MINUTE)
    expect(told(waited).at(-1)).toBe('21 in paused')
    const early: Scenario = {
      ...quoted,
      happens: [{ id: 'no', when: { at: 'PT1M' }, does: [{ act: 'event', by: 'customer', type: 'accept' }] }],
    }
    const lapsed = passTime(begun(setupOf('practice', early)), paused.now)
    expect(told(lapsed)).toContain('1 lapsed: event')
  })

  it('comes to the trainee after what was done before him, which is not counted', () => {
    const handed: Scenario = {
      ...quoted,
      start: {
        ...quoted.start,
        before: [
          step({ do: 'event', type: 'take', payload: { engineer: 'trainee' }, by: 'trainee' }, 'PT45M'),
        ],
      },
      happens: [{ id: 'rain', when: { at: 'PT1M' }, does: [{ act: 'tell', text: text('Rain', '下雨了') }] }],
    }
    const sim = begun(setupOf('examination', handed))
    expect(activeOf(sim)).toEqual(['working.looking'])
    expect(sim.marks).toEqual([])
    expect(told(passTime(sim, sim.now + 2 * MINUTE)).at(-1)).toBe('46 seen: Rain')
    // The trainee's time limit does not run before him.
    const slow: Scenario = { ...handed, timeLimit: 'PT10M' }
    expect(begun(setupOf('examination', slow)).over).toBeUndefined()
    const barred: Scenario = {
      ...handed,
      start: { ...handed.start, before: [step({ do: 'event', type: 'repaired' })] },
    }
    expect(() => begun(setupOf('practice', barred))).toThrow('cannot-start')
  })
})

describe('the clock', () => {
  const chain = processOf(
    {
      a: { meta: titled('a'), after: { tick: { target: 'b' } } },
      b: { meta: titled('b'), after: { tick: { target: 'c' } } },
      c: { meta: titled('c'), after: { tick: { target: 'd' } } },
      d: { type: 'final', meta: titled('d') },
    },
    { delays: { tick: { duration: 'PT1S' } } },
  )
  const blank: Scenario = {
    ...quoted,
    start: { ...quoted.start, fields: {} },
    happens: [],
    moves: [],
    until: ['d'],
  }

  it('steps to each due time, so that a chain of timers goes through in one stretch', () => {
    const sim = begun(setupOf('practice', blank, chain))
    const passed = passTime(sim, sim.now + 3000)
    expect(passed.entries.map(({ at }) => at.slice(17, 23))).toEqual(['00.000', '01.000', '02.000', '03.000'])
    expect(passed.over?.why).toBe('job')
  })

  it('counts on working calendars', () => {
    const office = processOf(
      {
        a: { meta: titled('a'), after: { day: { target: 'd' } } },
        d: { type: 'final', meta: titled('d') },
      },
      { delays: { day: { duration: 'PT1H', calendar: 'working' } } },
    )
    // Friday, ten minutes before the end of the day.
    const friday = { ...blank, start: { ...blank.start, now: '2026-03-06T09:50:00.000Z' } }
    const sim = begun(setupOf('practice', friday, office))
    const monday = passTime(sim, sim.now + 72 * 60 * MINUTE)
    expect(monday.entries.at(-1)?.at.slice(0, 10)).toBe('2026-03-09')
  })
})

describe('the owner', () => {
  const owned = (scenario = quoted) => begun(setupOf('owner', scenario))

  it('sends any event as anybody, and is neither scored nor held', () => {
    const sim = played(
      owned(),
      step(send('take')),
      step({ do: 'event', type: 'quote', payload: { price: 300 } }),
      step({ do: 'event', type: 'accept', by: 'customer' }),
    )
    expect(activeOf(sim)).toEqual(['working.repairing'])
    expect(choices(sim).every(({ is }) => is === 'event' || is === 'tick')).toBe(true)
  })

  it('forces a guard, changes what is locked and jumps, and leaves the process as it was', () => {
    const before = canonicalJson(bench)
    const setup = setupOf('owner')
    const transition = '/states/working/states/looking/on/quote/0'
    const sim = played(
      begun(setup),
      step(send('take')),
      step({ do: 'force', transition, outcome: true }),
      step(send('quote', { price: 900 })),
    )
    expect(activeOf(sim)).toEqual(['working.repairing'])
    expect(sim.forced).toEqual({ [transition]: true })
    const set = played(sim, step({ do: 'set', fields: { tested: true } }))
    expect(set.job.snapshot.context.fields).toMatchObject({ tested: true })
    const jumped = played(set, step({ do: 'jump', to: ['waiting'] }))
    expect(activeOf(jumped)).toEqual(['waiting'])
    const free = played(jumped, step({ do: 'force', transition }))
    expect(free.forced).toEqual({})
    expect(canonicalJson(bench)).toBe(before)
    expect(canonicalJson(setup.compiled.definition)).toBe(before)
    expect(take(sim, step({ do: 'force', transition: '/states/none', outcome: true }))).toMatchObject({
      fault: 'cannot-force',
    })
  })

  it('goes on from a copy of a real job', () => {
    const real = played(begun(setupOf('practice')), ...WELL.slice(0, 1))
    const kept = canonicalJson(real.job)
    const sim = beginWith(setupOf('owner'), real.job, activeOf(real), real.now)
    expect(activeOf(sim)).toEqual(['working.looking'])
    const noted = played(sim, step({ do: 'set', fields: { price: 4 } }))
    expect(noted.lines.filter(({ is }) => is === 'entered')).toHaveLength(1)
    const tried = played(sim, step(send('quote', { price: 5 })))
    expect(activeOf(tried)).toEqual(['working.repairing'])
    expect(canonicalJson(real.job)).toBe(kept)
  })
})

describe('known runs', () => {
  const expected = { passed: true, status: 'done' as const, active: ['closed'], broken: [] }

  it('come out as said, or tell what is different', () => {
    const scenario: Scenario = {
      ...quoted,
      runs: { good: { steps: WELL, expect: expected }, wrong: { steps: [], expect: expected } },
    }
    const setup = setupOf('examination', scenario)
    const [good, wrong] = checkRuns(scenario, setup.compiled, 1, setup.calendars)
    expect(good).toMatchObject({ run: 'good', ok: true, found: { ...expected, points: 100 } })
    expect(wrong).toMatchObject({ run: 'wrong', ok: false, found: { passed: false, active: ['waiting'] } })
  })

  it('tell where a changed process stops them', () => {
    const scenario: Scenario = { ...quoted, runs: { good: { steps: WELL, expect: expected } } }
    const changed = structuredClone(bench)
    const { working } = changed.states
    if (working?.states === undefined) throw new Error('no states')
    delete working.states.looking?.on?.quote
    const setup = setupOf('examination', scenario, changed)
    const [run] = checkRuns(scenario, setup.compiled, 1, setup.calendars)
    expect(run).toMatchObject({ ok: false, found: { active: ['working.looking'], broken: [] } })
  })
})
