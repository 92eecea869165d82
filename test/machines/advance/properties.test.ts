/**
 * The invariants E2, E4, E5, E8 over random processes and random doings. `FUZZ_RUNS` for more runs.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { advance, start } from '../../../machines/advance/advance.ts'
import { allowed } from '../../../machines/advance/allowed.ts'
import {
  type Command,
  type Entry,
  type Job,
  type Surroundings,
  SYSTEM,
} from '../../../machines/advance/job.ts'
import { replay } from '../../../machines/advance/replay.ts'
import { compile } from '../../../machines/compile/compile.ts'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import type { Definition, StateNode, Transition } from '../../../machines/definition/schema.ts'
import { assign, breach, cel, item, text } from '../../../machines/processes/author.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { as } from '../kit.ts'
import { event, titled } from './fixtures.ts'

const RUNS = Number(process.env.FUZZ_RUNS ?? 300)
const EVENTS = ['e0', 'e1', 'e2', 'e3']
const DELAYS = ['d0', 'd1', 'd2']

type Shape = { kind: 'atomic' | 'compound' | 'parallel'; items: number; below: Shape[]; history: boolean }
const shape: fc.Arbitrary<Shape> = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.record({
    kind: fc.constantFrom('atomic' as const, 'compound' as const, 'parallel' as const),
    items: fc.nat({ max: 2 }),
    history: fc.boolean(),
    below: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant<Shape[]>([]),
      fc.array(tie('shape'), { minLength: 1, maxLength: 3 }),
    ),
  }),
})).shape

type Wiring = {
  from: number
  to: number
  trigger: number
  guard: number
  action: number
  reenter: boolean
  waives: boolean
}
const wiring: fc.Arbitrary<Wiring> = fc.record({
  from: fc.nat(),
  to: fc.nat(),
  trigger: fc.nat({ max: EVENTS.length + DELAYS.length + 1 }),
  guard: fc.nat({ max: 5 }),
  action: fc.nat({ max: 4 }),
  reenter: fc.boolean(),
  waives: fc.boolean(),
})

const GUARDS = [
  undefined,
  'job.n > 2',
  'event.x > job.n',
  'job.n % 2 == 0',
  'has(job.at) && job.at > now',
  'job.m > 1',
]

/** A definition that is valid by construction: unique keys, initial states, targets by full path. */
function build(shapes: Shape[], wirings: Wiring[]): Definition {
  const paths: string[] = []
  const nodes = new Map<string, StateNode>()
  let items = 0
  const make = (of: Shape, path: string): StateNode => {
    const compound = of.below.length > 0 && of.kind !== 'atomic'
    const states: Record<string, StateNode> = {}
    if (compound) {
      of.below.forEach((below, index) => {
        states[`s${index}`] = make(below, `${path}.s${index}`)
      })
      if (of.kind === 'compound' && of.history) states.h = { type: 'history', history: 'deep', target: 's0' }
    }
    const node: StateNode = {
      ...(compound ? { type: of.kind, states } : {}),
      ...(compound && of.kind === 'compound' ? { initial: 's0' } : {}),
      meta: {
        ...titled(path),
        checklist: Array.from({ length: of.items }, () => item(`i${items++}`, text('i', 'i'))),
      },
      on: {},
      after: {},
    }
    paths.push(path)
    if (compound && of.kind === 'compound' && of.history) paths.push(`${path}.h`)
    nodes.set(path, node)
    return node
  }
  const states: Record<string, StateNode> = {}
  shapes.forEach((of, index) => {
    states[`t${index}`] = make(of, `t${index}`)
  })
  states.end = { type: 'final' }
  paths.push('end')
  for (const wire of wirings) {
    const sources = [...nodes.keys()]
    const source = nodes.get(sources[wire.from % sources.length] ?? '')
    const target = paths[wire.to % paths.length]
    if (source === undefined || target === undefined) continue
    const guard = GUARDS[wire.guard]
    const transition: Transition = {
      ...(wire.action === 4 ? {} : { target: `#fuzz.${target}` }),
      ...(guard === undefined ? {} : { guard: cel(guard) }),
      ...(wire.reenter ? { reenter: true } : {}),
      actions: [assign({ n: cel('job.n + 1') }), ...(wire.action === 1 ? [breach('HV-02')] : [])],
      meta: { waivesChecklist: wire.waives },
    }
    const trigger = [...EVENTS, ...DELAYS, '*', 'always'][wire.trigger] ?? 'e0'
    if (trigger === 'always') source.always = [{ ...transition, guard: cel('job.n < 6') }]
    else {
      const group = DELAYS.includes(trigger) ? source.after : source.on
      const listed = group?.[trigger]
      if (group !== undefined) group[trigger] = [...(Array.isArray(listed) ? listed : []), transition]
    }
  }
  return {
    id: 'fuzz',
    initial: 't0',
    states,
    meta: { ...titled('fuzz'), settings: {}, reportable: ['PC-08'] },
    delays: {
      d0: { duration: 'PT1M', meta: { title: text('d', 'd'), norms: ['HV-02'], kind: 'deadline' } },
      d1: { duration: 'PT30M', calendar: 'working' },
      d2: { duration: '-PT1H', from: cel('job.at') },
    },
    schemas: {
      context: {
        properties: {
          n: { type: 'integer', default: 0 },
          m: { type: 'number' },
          at: { type: 'string', format: 'date-time' },
        },
      },
      events: Object.fromEntries(
        EVENTS.map((type) => [type, event(['engineer'], { properties: { x: { type: 'integer' } } })]),
      ),
    },
  }
}

type Doing = { kind: number; which: number; x: number }
const doing: fc.Arbitrary<Doing> = fc.record({
  kind: fc.nat({ max: 9 }),
  which: fc.nat(),
  x: fc.integer({ min: -3, max: 9 }),
})

function commandOf({ kind, which, x }: Doing, job: Job, definition: Definition): Command {
  const armed = job.timers.filter((timer) => !timer.fired).sort((a, b) => a.dueAt.localeCompare(b.dueAt))
  const ids = [...JSON.stringify(definition.states).matchAll(/"id":"(i\d+)"/g)].map((match) => match[1] ?? '')
  if (kind <= 4) return { kind: 'event', type: EVENTS[which % EVENTS.length] ?? 'e0', payload: { x } }
  if (kind === 5 && armed[0] !== undefined) return { kind: 'timer', token: armed[0].token }
  if (kind === 6 && ids.length > 0) return { kind: 'tick', item: ids[which % ids.length] ?? '' }
  if (kind === 7 && ids.length > 0) return { kind: 'untick', item: ids[which % ids.length] ?? '' }
  if (kind === 8)
    return {
      kind: 'correct',
      fields: { m: x, at: x > 5 ? null : new Date(Date.UTC(2026, 2, 2, 3 + x)).toISOString() },
      reason: 'fuzz',
    }
  return { kind: 'note', text: 'n' }
}

it('E2, E4, E5, E8 hold for random processes and random doings', () => {
  const seen = { accepted: 0, refused: 0, fired: 0, moved: 0 }
  fc.assert(
    fc.property(
      fc.array(shape, { minLength: 1, maxLength: 3 }),
      fc.array(wiring, { minLength: 1, maxLength: 12 }),
      fc.array(doing, { maxLength: 25 }),
      (shapes, wirings, doings) => {
        const definition = build(shapes, wirings)
        const process = compile(definition)
        const surroundings = (now: number, system = false): Surroundings => ({
          now,
          actor: system ? SYSTEM : as('engineer'),
          calendars: DEFAULT_CALENDARS,
        })
        let now = Date.UTC(2026, 2, 2, 2)
        const begun = start(process, { id: 'j', version: 1, fields: {} }, surroundings(now))
        if (!begun.ok) {
          expect(begun.refusal.code).toBe('no-rest')
          return
        }
        let { job } = begun
        const history: Entry[] = [begun.entry]
        const fired = new Set<string>()
        for (const each of doings) {
          now += Math.abs(each.x) * 20_000
          const command = commandOf(each, job, definition)
          const at = surroundings(now, command.kind === 'timer')
          const before = canonicalJson(job)
          const told =
            command.kind === 'event'
              ? allowed(process, job, at).find(({ type }) => type === command.type)
              : undefined
          // What is stored is JSON: the job must survive the trip.
          const stored: Job = JSON.parse(JSON.stringify(job))
          const result = advance(process, stored, command, at)
          expect(canonicalJson(job)).toBe(before)
          expect(canonicalJson(stored)).toBe(before)
          if (!result.ok) {
            seen.refused += 1
            if (command.kind === 'event' && told?.open === true)
              expect(['guard-false', 'no-rest', 'checklist-open', 'assign-failed']).toContain(
                result.refusal.code,
              )
            continue
          }
          seen.accepted += 1
          if (command.kind === 'event') expect(told?.open).toBe(true)
          expect(result.job.seq).toBe(job.seq + 1)
          expect(result.entry.seq).toBe(result.job.seq)
          if (command.kind === 'timer') {
            seen.fired += 1
            expect(fired.has(command.token)).toBe(false)
            fired.add(command.token)
          }
          if (canonicalJson(result.job.snapshot.value) !== canonicalJson(job.snapshot.value)) seen.moved += 1
          job = result.job
          history.push(result.entry)
        }
        const tokens = history.flatMap((entry) => entry.armed.map((timer) => timer.token))
        expect(new Set(tokens).size).toBe(tokens.length)
        for (const timer of job.timers) expect(tokens).toContain(timer.token)
        const again = replay(process, 1, history, () => DEFAULT_CALENDARS)
        expect(again.ok ? canonicalJson(again.job) : again).toBe(canonicalJson(job))
      },
    ),
    { numRuns: RUNS },
  )
  // The generator must reach what it is to test.
  expect(Math.min(seen.accepted, seen.refused, seen.fired, seen.moved)).toBeGreaterThan(RUNS / 10)
})
