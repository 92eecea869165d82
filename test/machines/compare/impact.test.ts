import { describe, expect, it } from 'vitest'
import { unfitFields } from '../../../machines/compare/fields.ts'
import { impactOf } from '../../../machines/compare/impact.ts'
import type { Definition, Field, StateNode } from '../../../machines/definition/schema.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'

const text = (en: string) => ({ en, zh: en })
const field = (more: Partial<Field> = {}): Field => ({ type: 'string', ...more })
function process(states: Record<string, StateNode>, more: Partial<Definition> = {}): Definition {
  return {
    id: 'errand',
    initial: 'open',
    states,
    schemas: { context: { properties: { what: field() } }, events: {} },
    meta: { title: text('Errand') },
    ...more,
  }
}
const end: StateNode = { type: 'final' }
/** `open`, and `work` with two regions side by side. */
const STATES: Record<string, StateNode> = {
  open: { after: { promise: { target: 'work' } } },
  work: {
    type: 'parallel',
    states: {
      hands: { initial: 'busy', states: { busy: {}, ready: end } },
      papers: { initial: 'writing', states: { writing: {} } },
    },
  },
  done: end,
}
const DELAYS: Definition['delays'] = {
  promise: { duration: { '@expr': 'settings.within', '@lang': 'cel' }, meta: { title: text('Promised') } },
}
const within = (value: string): Definition['meta'] => ({
  title: text('Errand'),
  settings: { within: { value, title: text('Within') } },
})
const OLD = process(STATES, { delays: DELAYS, meta: within('PT30M') })
const verdicts = (next: Definition, old = OLD) =>
  Object.fromEntries(
    impactOf(old, next).states.map(({ path, verdict, obstacles }) => [path, [verdict, ...obstacles]]),
  )
const state = (next: Definition, path: string) => impactOf(OLD, next).states.find((one) => one.path === path)

describe('the states a job can rest in', () => {
  it('are the leaves, with ends inside the process, without its own end', () => {
    expect(Object.keys(verdicts(OLD))).toEqual([
      'open',
      'work.hands.busy',
      'work.hands.ready',
      'work.papers.writing',
    ])
  })
  it('all move over as they are, with no timer changed, where nothing changed', () => {
    const { states, fields } = impactOf(homeVisit, structuredClone(homeVisit))
    expect(states.length).toBeGreaterThan(20)
    expect(states.filter(({ verdict, timers }) => verdict !== 'as-is' || timers.length > 0)).toEqual([])
    expect(fields).toEqual([])
  })
  it('need a target where the state is gone; its namesake elsewhere is suggested', () => {
    const { open: _open, ...rest } = STATES
    expect(verdicts(process(rest, { initial: 'work' })).open).toEqual(['needs-target', 'state-gone'])
    const moved = process(
      { ...rest, before: { initial: 'open', states: { open: {} } } },
      { initial: 'before' },
    )
    expect(state(moved, 'open')).toMatchObject({ obstacles: ['state-gone'], suggestion: 'before.open' })
    const two = process({
      ...rest,
      before: { initial: 'open', states: { open: {} } },
      after: { initial: 'open', states: { open: {} } },
    })
    expect(state(two, 'open')?.suggestion).toBeUndefined()
  })
  it('follow an explicit id to another name', () => {
    const { open: _open, ...rest } = STATES
    const old = process({ ...STATES, open: { id: 'begin' } })
    const next = process({ ...rest, received: { id: 'begin' } }, { initial: 'received' })
    expect(impactOf(old, next).states[0]).toMatchObject({ path: 'open', suggestion: 'received' })
  })
  it('need a target where the kind changed, there or in a state around', () => {
    const group = process({
      ...STATES,
      open: { initial: 'a', states: { a: { initial: 'b', states: { b: {} } } } },
    })
    expect(state(group, 'open')).toMatchObject({
      verdict: 'needs-target',
      obstacles: ['kind-changed'],
      suggestion: 'open.a.b',
      timers: [],
    })
    const inTurn: StateNode = { ...STATES.work, type: 'compound', initial: 'hands' }
    expect(verdicts(process({ ...STATES, work: inTurn }))).toMatchObject({
      open: ['as-is'],
      'work.hands.busy': ['needs-target', 'kind-changed'],
    })
  })
  it('need a target where a region came in, in which the job would be nowhere', () => {
    const more: StateNode = {
      ...STATES.work,
      states: { ...STATES.work?.states, tools: { initial: 'packed', states: { packed: {} } } },
    }
    expect(verdicts(process({ ...STATES, work: more }))).toMatchObject({
      open: ['as-is'],
      'work.hands.busy': ['needs-target', 'region-added'],
      'work.papers.writing': ['needs-target', 'region-added'],
    })
  })
  it('move where the values fit, if fields became narrower; a gone state needs its target all the same', () => {
    const { open: _open, ...rest } = STATES
    const next = process(rest, {
      initial: 'work',
      schemas: { context: { properties: { what: field({ maxLength: 5 }) } }, events: {} },
    })
    expect(verdicts(next)).toMatchObject({
      open: ['needs-target', 'state-gone'],
      'work.hands.busy': ['if-values-fit'],
    })
    expect(impactOf(OLD, next).fields).toEqual([{ name: 'what', change: 'narrower' }])
  })
})

describe('timers', () => {
  it('that go by a setting change with it', () => {
    const next = process(STATES, { delays: DELAYS, meta: within('PT20M') })
    expect(state(next, 'open')?.timers).toEqual([
      {
        delay: 'promise',
        title: text('Promised'),
        before: { duration: DELAYS?.promise?.duration, settings: { within: 'PT30M' } },
        after: { duration: DELAYS?.promise?.duration, settings: { within: 'PT20M' } },
      },
    ])
    expect(state(next, 'work.hands.busy')?.timers).toEqual([])
  })
  it('of the home visit: contact within 20 minutes instead of 30 concerns the states that wait for it', () => {
    const next = structuredClone(homeVisit)
    const setting = next.meta.settings?.contactWithin
    if (setting === undefined) throw new Error('the setting has another name now')
    const before = setting.value
    setting.value = 'PT20M'
    const touched = impactOf(homeVisit, next).states.filter(({ timers }) => timers.length > 0)
    expect(touched.length).toBeGreaterThan(0)
    for (const { timers } of touched)
      expect(timers[0]).toMatchObject({
        before: { settings: { contactWithin: before } },
        after: { settings: { contactWithin: 'PT20M' } },
      })
  })
  it('come and go, also those of states around and those raised on entry', () => {
    const delays = { ...DELAYS, nudge: { duration: 'PT5M' } }
    const meta = within('PT30M')
    const around: StateNode = { ...STATES.work, after: { promise: { target: 'done' } } }
    const came = process({ ...STATES, work: around }, { delays, meta })
    expect(state(came, 'work.papers.writing')?.timers).toMatchObject([{ delay: 'promise', after: {} }])
    expect(state(came, 'work.papers.writing')?.timers[0]).not.toHaveProperty('before')
    const raised: StateNode = {
      entry: [{ type: '@xstate.raise', event: { type: 'nudged' }, delay: 'nudge' }],
    }
    const swapped = state(process({ ...STATES, open: raised }, { delays, meta }), 'open')?.timers
    expect(
      swapped?.map(({ delay, before, after }) => [delay, before !== undefined, after !== undefined]),
    ).toEqual([
      ['promise', true, false],
      ['nudge', false, true],
    ])
  })
  it('are others on another calendar or from another moment', () => {
    const delay = { duration: 'PT1H' }
    const old = process(STATES, { delays: { promise: delay } })
    for (const more of [{ calendar: 'business' }, { from: { '@expr': 'job.at', '@lang': 'cel' as const } }]) {
      const next = process(STATES, { delays: { promise: { ...delay, ...more } } })
      expect(impactOf(old, next).states[0]?.timers).toHaveLength(1)
    }
  })
})

describe('fields', () => {
  const change = (old: Field | undefined, next: Field | undefined, required: string[] = []) =>
    unfitFields(
      { properties: old === undefined ? {} : { x: old } },
      { properties: next === undefined ? {} : { x: next }, required },
    ).map((found) => found.change)

  it.each<[string, Field, Field, string[]]>([
    ['the same', field(), field(), []],
    ['a longer text', field({ maxLength: 5 }), field({ maxLength: 9 }), []],
    ['a shorter text', field({ maxLength: 9 }), field({ maxLength: 5 }), ['narrower']],
    ['a choice more', field({ enum: ['a'] }), field({ enum: ['a', 'b'] }), []],
    ['a choice less', field({ enum: ['a', 'b'] }), field({ enum: ['a'] }), ['narrower']],
    ['choices where there were none', field(), field({ enum: ['a'] }), ['narrower']],
    ['a number for a whole number', field({ type: 'integer' }), field({ type: 'number' }), []],
    ['a whole number for a number', field({ type: 'number' }), field({ type: 'integer' }), ['type']],
    ['another format', field({ format: 'date' }), field({ format: 'date-time' }), ['type']],
    ['no format any more', field({ format: 'date' }), field(), []],
    [
      'a higher minimum',
      field({ type: 'number', minimum: 1 }),
      field({ type: 'number', minimum: 2 }),
      ['narrower'],
    ],
    [
      'narrower entries',
      field({ type: 'array', items: field() }),
      field({ type: 'array', items: field({ maxLength: 3 }) }),
      ['narrower'],
    ],
    [
      'a field less inside',
      field({ type: 'object', properties: { a: field(), b: field() } }),
      field({ type: 'object', properties: { a: field() } }),
      ['narrower'],
    ],
  ])('%s', (_what, old, next, expected) => {
    expect(change(old, next)).toEqual(expected)
  })
  it('removed, and required from now on unless a default stands in', () => {
    expect(change(field(), undefined)).toEqual(['removed'])
    expect(change(undefined, field())).toEqual([])
    expect(change(undefined, field(), ['x'])).toEqual(['required'])
    expect(change(field(), field(), ['x'])).toEqual(['required'])
    expect(change(undefined, field({ default: 'a' }), ['x'])).toEqual([])
  })
})
