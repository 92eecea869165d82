/** Definitions as no one should write them: they are drawn or told of, and never hang or throw. */
import { describe, expect, it } from 'vitest'
import { openDocument } from '../../../designer/document/document.ts'
import { DocumentError } from '../../../designer/document/problem.ts'
import { arrange } from '../../../machines/drawing/arrange.ts'
import { chartGraph } from '../../../machines/drawing/graph.ts'
import { estimateWidth } from '../../../machines/drawing/metrics.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { defaultContext, validate } from '../../../machines/validate/validate.ts'
import { largeProcess } from '../large-process.ts'
import { random } from '../random.ts'
import { wordsFor } from './charts.ts'

/** Everything a page does with a definition before a person can mend it. */
function seen(definition: unknown, places: Parameters<typeof arrange>[2] = {}) {
  const problems = validate(definition, defaultContext([]))
  const words = wordsFor(definition)
  const graph = chartGraph(words.model, words, estimateWidth)
  const first = arrange(graph, words.model, places).chart
  const { chart } = arrange(graph, words.model, places, first)
  return { problems, chart, model: words.model }
}

const isThing = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Every place of a value that holds something, by its holder and key. */
function placesIn(value: unknown): { holder: Record<string, unknown>; key: string }[] {
  const found: { holder: Record<string, unknown>; key: string }[] = []
  const rest: unknown[] = [value]
  for (let each = rest.pop(); each !== undefined; each = rest.pop()) {
    if (!isThing(each)) continue
    for (const key of Object.keys(each)) {
      found.push({ holder: each, key })
      rest.push(each[key])
    }
  }
  return found
}

const JUNK: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  '#',
  '.',
  '..',
  '#home-visit',
  '__proto__',
  'constructor',
  'x'.repeat(200_000),
  '修'.repeat(5_000),
  [],
  {},
  [[[]]],
  { '@expr': '(((((' },
  { '@expr': 'job.x && '.repeat(400), '@lang': 'cel' },
  { type: 'and', params: { guards: 'none' } },
  { target: ['', 3, null] },
  { states: { a: {} } },
]

describe('a damaged definition', () => {
  it('is drawn and told of, whatever is damaged in it', () => {
    const next = random(20_260_302)
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)]
    let told = 0
    for (let round = 0; round < 200; round += 1) {
      const definition: unknown = structuredClone(pick(SHIPPED))
      for (let times = 1 + Math.floor(next() * 4); times > 0; times -= 1) {
        const place = pick(placesIn(definition))
        if (place === undefined) continue
        const { holder, key } = place
        const other = pick(placesIn(definition))
        const how = next()
        if (how < 0.25) Reflect.deleteProperty(holder, key)
        // A part of it at a place where it does not belong, also within itself.
        else if (how < 0.5) holder[key] = structuredClone(other?.holder[other.key])
        else if (how < 0.6 && !Array.isArray(holder)) holder[`${key} .`] = holder[key]
        else holder[key] = structuredClone(pick(JUNK))
      }
      const { problems, chart, model } = seen(definition)
      expect(chart.states).toHaveLength(model.states.size)
      for (const { x, y, width, height } of chart.states)
        expect([x, y, width, height].every(Number.isFinite)).toBe(true)
      if (problems.some(({ severity }) => severity === 'error')) told += 1
    }
    // Most of them are no process any more; some damage only changes a title.
    expect(told).toBeGreaterThan(100)
  }, 240_000)

  const nested = (depth: number, leaf: unknown = {}): unknown => {
    let node = leaf
    for (let level = 0; level < depth; level += 1) node = { initial: 'a', states: { a: node } }
    return { id: 'deep', ...(isThing(node) ? node : {}) }
  }
  it.each([
    ['nested 5,000 deep', nested(5_000)],
    ['states that lead to each other in every way', everyWay(25)],
    [
      'an initial state that is its own parent',
      { initial: 'a', states: { a: { initial: 'a', states: {} } } },
    ],
    [
      'history that leads to itself',
      {
        initial: 'a',
        states: { a: {}, h: { type: 'history', target: 'h' }, i: { type: 'history', target: '#h' } },
      },
    ],
    [
      'a title as long as a book',
      { initial: 'a', states: { a: { meta: { title: { en: 'x '.repeat(250_000) } } } } },
    ],
    [
      'ten thousand states',
      { initial: 's0', states: Object.fromEntries(many(10_000, (n) => [`s${n}`, {}])) },
    ],
    [
      'ten thousand transitions of one state',
      {
        initial: 'a',
        states: { a: { on: Object.fromEntries(many(10_000, (n) => [`e${n}`, { target: 'a' }])) } },
      },
    ],
    [
      'guards nested 3,000 deep',
      { initial: 'a', states: { a: { on: { go: { target: 'a', guard: guards(3_000) } } } } },
    ],
    ['a list where the states should be', { initial: '0', states: [{}, { on: { go: '0' } }, null] }],
  ])('%s is drawn as far as it can be, and told of', (_, definition) => {
    const { problems, chart } = seen(definition)
    expect(chart.states.length).toBeGreaterThan(0)
    expect(problems.some(({ severity }) => severity === 'error')).toBe(true)
  })

  it('with places beyond all measure has a drawing all the same', () => {
    const far = { x: 1e300, y: -1e300, width: 1e308, height: 1e308 }
    const { chart } = seen(largeProcess({ phases: 1, transitions: 50 }), {
      'p0.s1': far,
      'p0.s2': { x: -5e307, y: 0 },
    })
    expect(chart.states).toHaveLength(26)
  })

  it('is opened or refused with a reason by the document', () => {
    expect(() => openDocument(nested(5_000))).toThrow(DocumentError)
    expect(openDocument({ states: 'none' }).definition).toEqual({ states: 'none' })
  })
})

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
function everyWay(count: number): unknown {
  const ways = many(count, (n) => [`e${n}`, { target: `s${n}` }])
  return {
    initial: 's0',
    states: Object.fromEntries(many(count, (n) => [`s${n}`, { on: Object.fromEntries(ways) }])),
  }
}
function guards(depth: number): unknown {
  let guard: unknown = { type: 'checklistDone' }
  for (let level = 0; level < depth; level += 1) guard = { type: 'not', params: { guard } }
  return guard
}
