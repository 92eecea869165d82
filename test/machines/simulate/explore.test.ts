/**
 * Exploration: what is said to be taken replays so, what is said to be unreachable is told with the right reason, and the same in gives the
 * same out.
 */
import { describe, expect, it } from 'vitest'
import { advance, start } from '../../../machines/advance/advance.ts'
import type { Actor, Certificate } from '../../../machines/advance/job.ts'
import { type Compiled, compile } from '../../../machines/compile/compile.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { cel, text } from '../../../machines/processes/author.ts'
import { fault } from '../../../machines/processes/fault/process.ts'
import { phoneCall } from '../../../machines/processes/phone-call/process.ts'
import { type Exploration, explore, type Path } from '../../../machines/simulate/explore.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { bench } from '../advance/fixtures.ts'

/** A Monday morning in Shanghai. */
const NOW = Date.parse('2026-03-02T02:00:00.000Z')
const exploring = (compiled: Compiled, most = 20_000): Exploration =>
  explore(compiled, { version: 1, calendars: DEFAULT_CALENDARS, now: NOW, most })

const openOf = ({ transitions }: Exploration): string[] =>
  transitions.flatMap((found) => (found.is === 'taken' ? [] : [`${found.is} ${found.why} ${found.pointer}`]))

/** The certificates of all that act, as the search gives them to the engine. */
function peopleIn(paths: readonly Path[]): Record<string, Certificate[]> {
  const actors = paths.flatMap(({ acts }) => acts.map(({ actor }): Actor => actor))
  return Object.fromEntries(actors.map(({ id, certificates = [] }) => [id, certificates]))
}

/** Transitions that the engine takes when the acts of a path are done again. */
function replayed(compiled: Compiled, { acts }: Path, people: Record<string, Certificate[]>): Set<string> {
  const [first, ...rest] = acts
  if (first?.command.kind !== 'start') throw new Error('a path begins with a start')
  const around = { calendars: DEFAULT_CALENDARS, people }
  const begun = start(
    compiled,
    { id: 'sim', version: 1, fields: first.command.fields },
    { ...around, now: first.at, actor: first.actor },
  )
  if (!begun.ok) throw new Error('the start was refused')
  const taken = new Set(begun.entry.taken)
  let { job } = begun
  for (const { at, actor, command } of rest) {
    const next = advance(compiled, job, command, { ...around, now: at, actor })
    if (!next.ok) throw new Error(`refused: ${next.refusal.code}`)
    job = next.job
    for (const pointer of next.entry.taken) taken.add(pointer)
  }
  return taken
}

describe('a process as it is', () => {
  it.each([
    [bench, []],
    [fault, []],
    [phoneCall, ['unreachable shadowed /states/talking/states/onHold/states/waiting/on/hold.acknowledge/1']],
  ])(
    '%# every transition is taken, or proven not to be',
    (definition, unreachable) => {
      expect(openOf(exploring(compile(definition)))).toEqual(unreachable)
    },
    60_000,
  )

  it('paths replay to the transitions they claim', () => {
    const compiled = compile(fault)
    const { paths } = exploring(compiled)
    expect(paths.length).toBeGreaterThan(5)
    const people = peopleIn(paths)
    for (const path of paths)
      expect([...replayed(compiled, path, people)].sort()).toEqual([...new Set(path.taken)].sort())
  })

  it('is the same again', () => {
    expect(exploring(compile(fault))).toEqual(exploring(compile(fault)))
  })

  it('tells how far it is, and stops at its bound', () => {
    const told: number[] = []
    const { steps } = explore(compile(phoneCall), {
      version: 1,
      calendars: DEFAULT_CALENDARS,
      now: NOW,
      most: 1500,
      progress: (taken) => told.push(taken),
    })
    expect(told.length).toBeGreaterThan(0)
    expect(steps).toBeLessThan(1600)
  })
})

/** Asked and answered. */
const small: Definition = {
  id: 'small',
  initial: 'asked',
  schemas: {
    context: { properties: { price: { type: 'number', meta: { title: text('Price', '价格') } } } },
    events: {
      answer: {
        properties: { price: { type: 'number', minimum: 0, meta: { title: text('Price', '价格') } } },
        required: ['price'],
        meta: { title: text('Answer', '答复'), roles: ['engineer'] },
      },
    },
  },
  meta: { title: text('Small', '小流程') },
  states: {
    asked: {
      meta: { title: text('Asked', '已询问') },
      on: {
        answer: [
          {
            target: 'dear',
            guard: cel('event.price > 100.0'),
            actions: [{ type: '@xstate.assign', context: { price: cel('event.price') } }],
          },
          { target: 'cheap' },
        ],
      },
    },
    dear: { type: 'final', meta: { title: text('Dear', '昂贵') } },
    cheap: { type: 'final', meta: { title: text('Cheap', '便宜') } },
  },
}

const withStates = (states: NonNullable<Definition['states']>): Compiled =>
  compile({ ...small, states: { ...small.states, ...states } })

describe('what cannot be taken', () => {
  it('finds the bounds of a guard', () => {
    expect(openOf(exploring(compile(small)))).toEqual([])
  })

  it('a state that nothing leads to', () => {
    const alone = { meta: { title: text('Alone', '孤立') }, on: { answer: { target: 'cheap' } } }
    expect(openOf(exploring(withStates({ alone }), 2000))).toEqual([
      'unreachable no-way /states/alone/on/answer',
    ])
  })

  it('a guard that contradicts itself, and what lies behind it', () => {
    const asked = {
      meta: { title: text('Asked', '已询问') },
      on: {
        answer: [
          { target: 'behind', guard: cel('job.price > 5.0 && job.price < 3.0') },
          { target: 'dear', guard: cel('event.price > 100.0') },
          { target: 'cheap' },
        ],
      },
    }
    const behind = { meta: { title: text('Behind', '后面') }, on: { answer: { target: 'cheap' } } }
    const found = exploring(withStates({ asked, behind }), 2000)
    expect(openOf(found)).toEqual([
      'unreachable contradiction /states/asked/on/answer/0',
      'unreachable no-way /states/behind/on/answer',
    ])
    const [first] = found.transitions.filter(({ is }) => is === 'unreachable')
    expect(first).toMatchObject({
      message: { en: expect.stringContaining('job.price > 5.0'), zh: expect.stringContaining('条件') },
    })
  })

  it('one that another always comes before', () => {
    const asked = {
      meta: { title: text('Asked', '已询问') },
      on: { answer: [{ target: 'dear' }, { target: 'cheap', guard: cel('event.price > 1.0') }] },
    }
    expect(openOf(exploring(withStates({ asked }), 2000))).toEqual([
      'unreachable shadowed /states/asked/on/answer/1',
    ])
  })

  /** Signed or not, which nobody sets right by hand where it is `locked`. */
  const signable = (locked: boolean, states: NonNullable<Definition['states']>): Compiled =>
    compile({
      ...small,
      entry: [{ type: '@xstate.assign', context: { signed: false } }],
      schemas: {
        ...small.schemas,
        context: {
          properties: { signed: { type: 'boolean', meta: { title: text('Signed', '已签字'), locked } } },
        },
      },
      states: { cheap: { type: 'final', meta: { title: text('Cheap', '便宜') } }, ...states },
    })
  const asking = (target: string): NonNullable<Definition['states']>[string] => ({
    meta: { title: text('Asking', '询问中') },
    always: { target: 'cheap', guard: cel('job.signed') },
    on: { answer: { target } },
  })

  it('what is settled where every way in begins, unless somebody may set it right by hand', () => {
    const states = { asked: asking('later'), later: asking('cheap') }
    expect(openOf(exploring(signable(true, states), 2000))).toEqual([
      'unreachable contradiction /states/asked/always',
      'unreachable contradiction /states/later/always',
    ])
    expect(openOf(exploring(signable(false, states), 2000))).toEqual([])
  })

  it('what a field cannot hold where only the process writes it', () => {
    const signing = {
      meta: { title: text('Asked', '已询问') },
      on: {
        answer: {
          target: 'signed',
          actions: [{ type: '@xstate.assign' as const, context: { signed: true } }],
        },
      },
    }
    const signed = {
      meta: { title: text('Signed', '已签字') },
      on: { answer: [{ target: 'cheap', guard: cel('job.signed') }, { target: 'asked' }] },
    }
    expect(openOf(exploring(signable(true, { asked: signing, signed }), 2000))).toEqual([
      'unreachable shadowed /states/signed/on/answer/1',
    ])
    expect(openOf(exploring(signable(false, { asked: signing, signed }), 2000))).toEqual([])
  })
})
