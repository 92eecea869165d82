/**
 * Random processes that are valid by construction, for the tests of properties.
 */
import fc from 'fast-check'
import type { Definition, StateNode, Transition } from '../../machines/definition/schema.ts'
import { assign, breach, cel, item, text } from '../../machines/processes/author.ts'
import { event, titled } from './advance/fixtures.ts'

export const EVENTS = ['e0', 'e1', 'e2', 'e3']
const DELAYS = ['d0', 'd1', 'd2']

export type Shape = {
  kind: 'atomic' | 'compound' | 'parallel'
  items: number
  below: Shape[]
  history: boolean
}
export const shape: fc.Arbitrary<Shape> = fc.letrec<{ shape: Shape }>((tie) => ({
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

export type Wiring = {
  from: number
  to: number
  trigger: number
  guard: number
  action: number
  reenter: boolean
  waives: boolean
}
export const wiring: fc.Arbitrary<Wiring> = fc.record({
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
export function build(shapes: Shape[], wirings: Wiring[]): Definition {
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
