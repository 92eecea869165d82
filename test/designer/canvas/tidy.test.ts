/** A layout of some states only. */
import { createRequire } from 'node:module'
import type { ELK } from 'elkjs/lib/elk-api.js'
import { describe, expect, it } from 'vitest'
import { freeSpot, newParts, type Part, partGraph, partsOf, tidied } from '../../../designer/canvas/tidy.ts'
import { fitStates, placeStates } from '../../../designer/document/commands/layout.ts'
import { arrange, type Places } from '../../../machines/drawing/arrange.ts'
import { chartGraph } from '../../../machines/drawing/graph.ts'
import { estimateWidth } from '../../../machines/drawing/metrics.ts'
import { layOut } from '../../../machines/drawing/place.ts'
import { overlap, process, wordsFor } from '../../machines/drawing/charts.ts'

const Elk: new () => ELK = createRequire(import.meta.url)('elkjs/lib/elk.bundled.js')
const elk = new Elk()

const definition = process({
  a: { on: { go: { target: 'b' } } },
  b: { on: { go: { target: 'c' } } },
  c: { on: { go: { target: 'group.one' } } },
  group: {
    initial: 'one',
    states: { one: { on: { go: { target: 'two' } } }, two: { on: { go: { target: 'three' } } }, three: {} },
  },
})
const words = wordsFor(definition)
const graph = chartGraph(words.model, words, estimateWidth)
const drawn = (places: Places) => arrange(graph, words.model, places)
const mess: Places = {
  a: { x: 40, y: 60 },
  b: { x: 45, y: 62 },
  c: { x: 50, y: 64 },
  group: { x: 600, y: 60 },
  'group.one': { x: 30, y: 60 },
  'group.two': { x: 32, y: 62 },
  'group.three': { x: 34, y: 64 },
}
async function laidOut(places: Places, part: Part, fresh = false): Promise<Places> {
  const { chart, places: all } = drawn(places)
  const { states } = await layOut(partGraph(chart, part), elk)
  return tidied(chart, all, part, states, fresh)
}

describe('a layout of the selection', () => {
  it('moves the selected alone, apart and in the order of their ways, from where the first was', async () => {
    const { chart } = drawn(mess)
    const [part, ...others] = partsOf(chart, ['a', 'b', 'c'])
    expect(others).toEqual([])
    if (part === undefined) return
    const moved = await laidOut(mess, part)
    expect(Object.keys(moved).toSorted()).toEqual(['a', 'b', 'c'])
    const after = drawn({ ...mess, ...moved }).chart.states
    const at = (path: string) => after.find(({ state }) => state.path === path) ?? expect.fail(path)
    expect(at('a').y).toBeLessThan(at('b').y)
    expect(at('b').y).toBeLessThan(at('c').y)
    expect(overlap(at('a'), at('b')) || overlap(at('b'), at('c'))).toBe(false)
    expect(Math.min(at('a').x, at('b').x, at('c').x)).toBeCloseTo(56, 0)
  })
  it('of one group means what lies in it', async () => {
    const { chart } = drawn(mess)
    expect(partsOf(chart, ['group'])).toEqual([
      { parent: 'group', paths: ['group.one', 'group.two', 'group.three'] },
    ])
    expect(partsOf(chart, ['a'])).toEqual([])
    expect(partsOf(chart, ['group', 'group.one', 'a'])).toEqual([{ parent: '', paths: ['a', 'group'] }])
  })
})

describe('a layout of new states', () => {
  const { 'group.two': _, 'group.three': __, b: ___, ...known } = mess
  it('finds what nobody has placed, parent by parent', () => {
    const { chart, places } = drawn(known)
    expect(places.b?.auto).toBe(true)
    expect(newParts(chart, places)).toEqual([
      { parent: '', paths: ['b'] },
      { parent: 'group', paths: ['group.two', 'group.three'] },
    ])
  })
  it('puts them below what leads to them, on nothing that was there', async () => {
    const moved = await laidOut(known, { parent: 'group', paths: ['group.two', 'group.three'] }, true)
    expect(Object.keys(moved)).toEqual(['group.two', 'group.three'])
    const after = drawn({ ...known, ...moved }).chart.states
    const at = (path: string) => after.find(({ state }) => state.path === path) ?? expect.fail(path)
    expect(at('group.two').y).toBeGreaterThan(at('group.one').y + at('group.one').height)
    for (const one of ['group.one', 'group.two']) expect(overlap(at(one), at('group.three')), one).toBe(false)
    expect(at('group.one')).toMatchObject({ x: 646, y: 136 })
  })
  it('takes them off what they came to lie on', async () => {
    const heaped: Places = {
      ...known,
      'group.two': { x: 34, y: 66, auto: true },
      'group.three': { x: 38, y: 68, auto: true },
    }
    const moved = await laidOut(heaped, { parent: 'group', paths: ['group.two', 'group.three'] }, true)
    const after = drawn({ ...heaped, ...moved }).chart.states
    const at = (path: string) => after.find(({ state }) => state.path === path) ?? expect.fail(path)
    for (const path of ['group.two', 'group.three'])
      expect(overlap(at('group.one'), at(path)), path).toBe(false)
  })
  it('takes the free spot that is nearest', () => {
    const size = { width: 100, height: 50 }
    const least = { x: 0, y: 0 }
    expect(freeSpot(size, [], { x: 5, y: 5 }, least)).toEqual({ x: 5, y: 5 })
    const wall = { x: 0, y: 0, width: 200, height: 300 }
    expect(freeSpot(size, [wall], { x: 150, y: 10 }, least)).toEqual({ x: 240, y: 10 })
    expect(freeSpot(size, [wall], { x: 20, y: 280 }, least)).toEqual({ x: 20, y: 340 })
  })
})

describe('places by hand', () => {
  const document = {
    definition: {},
    layout: { states: { a: { x: 1, y: 2, width: 300, auto: true }, b: { x: 5, y: 6, collapsed: true } } },
  }
  it('are no longer by chance, and keep what was not said', () => {
    const { states } = placeStates({ a: { x: 9, y: 9 }, b: { x: 7, y: 7 } }).do(document).layout
    expect(states).toEqual({ a: { x: 9, y: 9, width: 300 }, b: { x: 7, y: 7, collapsed: true } })
  })
  it('keep their corner when the size is given up', () => {
    expect(fitStates(['a', 'gone']).do(document).layout.states.a).toEqual({ x: 1, y: 2, auto: true })
  })
})
