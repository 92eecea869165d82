/** Drawings by ELK: nothing overlaps, nothing is lost, and anything at all ends in a drawing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Language } from '../../../designer/text/language.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { normsOf } from '../../../machines/drawing/boxes.ts'
import { chartGraph, type PlacedChart, type PlacedState } from '../../../machines/drawing/graph.ts'
import { estimateWidth } from '../../../machines/drawing/metrics.ts'
import { MAX_STATES, readChart } from '../../../machines/drawing/model.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { largeProcess } from '../large-process.ts'
import { draw, overlap, process, within, wordsFor } from './charts.ts'

const to = (target: string) => ({ target })

const stateAt = (chart: PlacedChart, path: string): PlacedState => {
  const found = chart.states.find((each) => each.state.path === path)
  if (found === undefined) throw new Error(`no state ${path}`)
  return found
}
const leaves = (chart: PlacedChart): PlacedState[] =>
  chart.states.filter((each) => each.state.children.length === 0)
const labels = (chart: PlacedChart) => chart.edges.flatMap((edge) => edge.labels)

/** Each real drawing is laid out once. */
const drawn = new Map<string, ReturnType<typeof draw>>()
function drawing(definition: Definition, language: Language = 'en'): ReturnType<typeof draw> {
  const key = `${definition.id} ${language}`
  const known = drawn.get(key) ?? draw(definition, language)
  drawn.set(key, known)
  return known
}

describe.each(SHIPPED.map((definition) => [definition.id, definition] as const))(
  'the drawing of %s',
  (_, definition) => {
    it.each(['en', 'zh-CN'] as const)('is whole and without overlap in %s', async (language) => {
      const { chart, model } = await drawing(definition, language)
      expect(chart.states).toHaveLength(model.states.size)
      for (const placed of chart.states) {
        expect(placed.width).toBeGreaterThan(0)
        const { parent } = placed.state
        if (parent !== undefined)
          expect(within(placed, stateAt(chart, parent), 3), placed.state.path).toBe(true)
        for (const other of chart.states) {
          if (other !== placed && other.state.parent === parent)
            expect(overlap(placed, other), `${placed.state.path} and ${other.state.path}`).toBe(false)
        }
      }
      const all = labels(chart)
      for (const [index, label] of all.entries()) {
        for (const other of all.slice(index + 1))
          expect(overlap(label, other), `${label.transition.pointer} and ${other.transition.pointer}`).toBe(
            false,
          )
        for (const leaf of leaves(chart))
          expect(overlap(label, leaf), `${label.transition.pointer} on ${leaf.state.path}`).toBe(false)
      }
    })

    it('shows every transition, as a line or inside its state', async () => {
      const { chart, model } = await drawing(definition)
      const drawn = new Set(chart.edges.flatMap((edge) => edge.transitions.map((each) => each.pointer)))
      const rows = new Map(chart.states.map((each) => [each.state.path, each.box.rows]))
      for (const transition of model.transitions) {
        expect(transition.unresolved).toEqual([])
        if (transition.targets.length > 0)
          expect(drawn.has(transition.pointer), transition.pointer).toBe(true)
        else expect(rows.get(transition.source)?.length, transition.pointer).toBeGreaterThan(0)
      }
      for (const edge of chart.edges) expect(edge.points.length, edge.id).toBeGreaterThan(1)
    })

    it('leads its lines around states', async () => {
      const { chart } = await drawing(definition)
      for (const edge of chart.edges) {
        for (const [index, from] of edge.points.slice(0, -1).entries()) {
          const to = edge.points[index + 1] ?? from
          const piece = {
            x: Math.min(from.x, to.x),
            y: Math.min(from.y, to.y),
            width: Math.abs(from.x - to.x) + 0.01,
            height: Math.abs(from.y - to.y) + 0.01,
          }
          for (const leaf of leaves(chart))
            expect(overlap(piece, leaf, 1.5), `${edge.id} through ${leaf.state.path}`).toBe(false)
        }
      }
    })

    it('names each norm of a state on it', async () => {
      const { chart } = await drawing(definition)
      for (const { state, box } of chart.states) {
        if (state.kind === 'history') continue
        const shown = box.chipRows.flat().flatMap((chip) => chip.norms)
        expect(shown).toEqual(normsOf(state))
      }
    })
  },
)

describe('the notation', () => {
  it('starts at a dot, ends with the definition’s targets, and puts labels on the lines', async () => {
    const { chart } = await draw(process({ a: { on: { go: to('b') } }, b: { type: 'final' } }))
    expect(chart.marks.map((mark) => mark.kind)).toEqual(['initial'])
    const [way] = chart.edges.filter((edge) => edge.kind === 'transition')
    const [source, target] = [stateAt(chart, 'a'), stateAt(chart, 'b')]
    expect(way?.points[0]?.y).toBeCloseTo(source.y + source.height)
    expect(way?.points.at(-1)?.y).toBeCloseTo(target.y)
    expect(way?.labels[0]?.box.titleLines).toEqual(['go'])
  })

  it('draws several ways between the same two states apart, and many as one line with a label each', async () => {
    const two = await draw(process({ a: { on: { one: to('b'), two: to('b') } }, b: {} }))
    expect(two.chart.edges.filter((edge) => edge.kind === 'transition')).toHaveLength(2)
    const many = await draw(
      process({ a: { on: { one: to('b'), two: to('b'), three: to('b'), four: to('b') } }, b: {} }),
    )
    const [line, ...others] = many.chart.edges.filter((edge) => edge.kind === 'transition')
    expect(others).toEqual([])
    expect(line?.labels.map((label) => label.box.titleLines[0])).toEqual(['one', 'two', 'three', 'four'])
    const [first, second] = line?.labels ?? []
    expect((first?.y ?? 0) + (first?.height ?? 0)).toBeLessThanOrEqual(second?.y ?? 0)
  })

  it('draws a way from a state to itself as a loop outside of it', async () => {
    const { chart } = await draw(process({ a: { on: { again: { target: 'a', reenter: true } } } }))
    const [loop] = chart.edges.filter((edge) => edge.kind === 'transition')
    const state = stateAt(chart, 'a')
    expect(loop?.points.length).toBeGreaterThan(2)
    expect(loop?.labels.every((label) => !overlap(label, state))).toBe(true)
  })

  it('forks towards several regions', async () => {
    const region = { initial: 'x', states: { x: {}, y: {} } }
    const both = { type: 'parallel', states: { one: region, two: region } }
    const { chart } = await draw(
      process({ a: { on: { go: { target: ['both.one.y', 'both.two.y'] } } }, both }),
    )
    expect(chart.marks.filter((mark) => mark.kind === 'fork')).toHaveLength(1)
    expect(chart.edges.filter((edge) => edge.kind === 'fork')).toHaveLength(2)
  })

  it('parts regions by dashed lines', async () => {
    const region = { initial: 'x', states: { x: { on: { go: to('y') } }, y: {} } }
    const { chart } = await draw(
      process({ both: { type: 'parallel', states: { one: region, two: region, three: region } } }),
    )
    expect(chart.dividers).toHaveLength(2)
    const regions = ['one', 'two', 'three'].map((key) => stateAt(chart, `both.${key}`))
    expect(regions.every((each) => each.open)).toBe(true)
  })

  it('goes down in the order of the definition', async () => {
    const { chart } = await draw(
      process({
        a: { on: { go: to('b') } },
        b: { on: { go: to('c'), back: to('a') } },
        c: { on: { restart: to('a') } },
      }),
    )
    const [a, b, c] = ['a', 'b', 'c'].map((path) => stateAt(chart, path).y)
    expect([a, b, c]).toEqual([a, b, c].toSorted((one, other) => (one ?? 0) - (other ?? 0)))
  })

  it('makes room for wide Chinese', async () => {
    const title = { en: 'Accept', zh: '客户在场确认维修结果并签字验收' }
    const definition = process({ a: { meta: { title } } })
    const [english, chinese] = await Promise.all([draw(definition), draw(definition, 'zh-CN')])
    expect(stateAt(chinese.chart, 'a').width).toBeGreaterThan(stateAt(english.chart, 'a').width)
  })
})

describe('any definition', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['an empty object', {}],
    ['no states', { id: 'x', states: {} }],
    ['states that are none', { id: 'x', states: { a: null, b: 7, c: [] } }],
    ['targets that are none', process({ a: { on: { go: to('nowhere') }, after: { never: to('#gone.b') } } })],
    ['an initial that is none', process({ a: {} }, { initial: 'z' })],
    ['a loop of always', process({ a: { always: to('b') }, b: { always: to('a') } })],
    ['itself as target', process({ a: {} }, { on: { go: { target: '#sample' } } })],
    ['odd keys', process({ __proto__x: {}, 'a.b': {}, '': {}, 'a/~b': { on: { '/~': to('') } } })],
  ])('ends in a drawing: %s', async (_, definition) => {
    const { chart } = await draw(definition)
    expect(Number.isFinite(chart.width)).toBe(true)
  })

  it('shows a way that leads nowhere inside its state', async () => {
    const { chart } = await draw(process({ a: { on: { go: to('nowhere') } } }))
    const [row] = stateAt(chart, 'a').box.rows
    expect(row?.icon).toBe('warning')
    expect(row?.detail).toContain('nowhere')
  })

  it('is read without an error whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (states) => {
        const words = wordsFor({ id: 'x', states, on: states, delays: states, schemas: states, meta: states })
        chartGraph(words.model, words, estimateWidth)
      }),
      { numRuns: 300 },
    )
  })

  it('is read without an error however a real one is damaged', async () => {
    const [real] = SHIPPED
    const text = JSON.stringify(real)
    const damage = fc.tuple(fc.nat(text.length - 1), fc.constantFrom('null', '7', '[]', '{}', '"x"', 'true'))
    await fc.assert(
      fc.asyncProperty(damage, async ([at, put]) => {
        const from = text.indexOf('":', at)
        const value = /^"(?:[^"\\]|\\.)*"|^true|^false|^\d+|^\{\}|^\[\]/.exec(text.slice(from + 2))
        if (from < 0 || value === null) return
        const damaged: unknown = JSON.parse(
          text.slice(0, from + 2) + put + text.slice(from + 2 + value[0].length),
        )
        const words = wordsFor(damaged)
        chartGraph(words.model, words, estimateWidth)
      }),
      { numRuns: 200 },
    )
  })

  it('is cut where it is beyond all bounds', () => {
    const states = Object.fromEntries(
      Array.from({ length: MAX_STATES + 500 }, (_, index) => [`s${index}`, {}]),
    )
    const model = readChart(process(states))
    expect(model.cut).toBe(true)
    expect(model.states.size).toBe(MAX_STATES)
    let deep: unknown = {}
    for (let depth = 0; depth < 5000; depth += 1) deep = { states: { a: deep } }
    expect(readChart(deep).cut).toBe(true)
  })

  it('of 300 states and 600 transitions is laid out in the time a page waits', async () => {
    const states = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [
        `s${index}`,
        { on: { next: to(`s${(index + 1) % 300}`), skip: to(`s${(index * 7 + 3) % 300}`) } },
      ]),
    )
    const { chart } = await draw(process(states))
    expect(chart.states).toHaveLength(301)
  }, 90_000)
  it('of nested groups as large has every line led, and no state upon another', async () => {
    const { chart } = await draw(largeProcess())
    expect(chart.states).toHaveLength(301)
    expect(chart.edges.every(({ points }) => points.length > 1)).toBe(true)
    const leaves = chart.states.filter(({ state }) => state.children.length === 0)
    const upon = leaves.filter((one, index) => leaves.slice(index + 1).some((other) => overlap(one, other)))
    expect(upon).toEqual([])
  }, 90_000)
})
