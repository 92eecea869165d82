/** The drawing where its owner put it, the lines between, and what gestures and keys mean on it. */
import { describe, expect, it } from 'vitest'
import { dropped, nameFrom, newWay } from '../../../designer/canvas/gestures.ts'
import { hitsOf, nextWay, stateAt, stateTowards } from '../../../designer/canvas/navigate.ts'
import { CommandStack } from '../../../designer/document/command-stack.ts'
import { openDocument } from '../../../designer/document/document.ts'
import { at } from '../../../designer/document/json.ts'
import { arrange, placesOf } from '../../../machines/drawing/arrange.ts'
import type { PlacedEdge, Point, Rect } from '../../../machines/drawing/graph.ts'
import { chartGraph } from '../../../machines/drawing/graph.ts'
import { estimateWidth } from '../../../machines/drawing/metrics.ts'
import { piecesOf, RectsNear } from '../../../machines/drawing/near.ts'
import { routeBetween, runsThrough } from '../../../machines/drawing/route.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { draw, overlap, process, within, wordsFor } from './charts.ts'

const sample = process({
  one: { on: { go: { target: 'two' }, again: { target: 'two' } } },
  two: { initial: 'inner', states: { inner: { on: { out: { target: '#sample.one' } } }, other: {} } },
  three: {},
})
const arranged = (definition: unknown, places: Parameters<typeof arrange>[2]) => {
  const words = wordsFor(definition)
  return arrange(chartGraph(words.model, words, estimateWidth), words.model, places)
}

/** To what places lose by being stored as whole numbers. */
const isNear = (one: Point, other: Point | undefined): boolean =>
  other !== undefined && Math.abs(one.x - other.x) < 5 && Math.abs(one.y - other.y) < 5
const isAsBefore = (edges: readonly PlacedEdge[], before: PlacedEdge): boolean => {
  const now = edges.find(({ id }) => id === before.id)
  return (
    now !== undefined &&
    now.points.length === before.points.length &&
    now.points.every((point, index) => isNear(point, before.points[index])) &&
    now.labels.every((label, index) => isNear(label, before.labels[index]))
  )
}

describe('a drawing placed by hand', () => {
  it('has each placed state exactly there, and the others in free spots', () => {
    const { chart, places } = arranged(sample, { one: { x: 40, y: 90 }, two: { x: 300, y: 200 } })
    const box = (path: string) => chart.states.find(({ state }) => state.path === path) ?? expect.fail(path)
    expect(box('one')).toMatchObject({ x: 56, y: 106 })
    expect(places.two).toEqual({ x: 300, y: 200 })
    expect(within(box('two.inner'), box('two'))).toBe(true)
    expect(overlap(box('three'), box('one'))).toBe(false)
    expect(overlap(box('three'), box('two'))).toBe(false)
    expect(chart.states.every((each) => within(each, box('')))).toBe(true)
  })

  it('moves nothing else when one state is moved', () => {
    const first = arranged(sample, { one: { x: 40, y: 90 } })
    const second = arranged(sample, { ...first.places, one: { x: 400, y: 700 } })
    const { one: _, ...others } = second.places
    expect(first.places).toMatchObject(others)
  })

  it('taken over from the layout is the same drawing, lines and labels too', async () => {
    for (const definition of SHIPPED) {
      const { chart, words } = await draw(definition)
      const graph = chartGraph(words.model, words, estimateWidth)
      const again = arrange(graph, words.model, placesOf(chart), chart).chart
      const corners = (drawn: typeof chart) =>
        drawn.states.map(({ state, x, y }) => [state.path, Math.round(x), Math.round(y)]).toSorted()
      const leaves = (drawn: typeof chart) => ({ ...drawn, states: drawn.states.filter(({ open }) => !open) })
      const near = corners(leaves(again)).map(([path, x, y]) => {
        const was = chart.states.find(({ state }) => state.path === path)
        return Math.abs(Number(x) - (was?.x ?? 0)) + Math.abs(Number(y) - (was?.y ?? 0))
      })
      expect(Math.max(...near), definition.id).toBeLessThan(6)
      expect(again.edges).toHaveLength(chart.edges.length)
      const led = chart.edges.filter((edge) => !isAsBefore(again.edges, edge)).map(({ id }) => id)
      expect(led, definition.id).toEqual([])
      expect(again.marks.map(({ id }) => id)).toEqual(expect.arrayContaining(chart.marks.map(({ id }) => id)))
    }
  })

  it('of anything at all is a drawing', () => {
    for (const broken of [{}, { states: 3 }, { states: { a: { states: { b: null } } } }])
      expect(arranged(broken, { a: { x: 1, y: 1 } }).chart.states.length).toBeGreaterThan(0)
  })
})

describe('a line', () => {
  const from = { x: 0, y: 0, width: 100, height: 40 }
  const to = { x: 0, y: 300, width: 100, height: 40 }
  const among = (...states: Rect[]) => ({
    states: (area: Rect, counts: (box: Rect) => boolean) => new RectsNear(states).count(area, counts),
    along: () => 0,
  })
  const nothing = among()
  it('is straight where nothing is in the way, and leads around what is', () => {
    expect(routeBetween(from, to, nothing)).toEqual([
      { x: 50, y: 40 },
      { x: 50, y: 300 },
    ])
    const wall = { x: -20, y: 140, width: 140, height: 60 }
    const line = routeBetween(from, to, among(wall))
    expect(piecesOf(line).some(([start, end]) => runsThrough(start, end, wall))).toBe(false)
    expect(line.length).toBeGreaterThan(2)
  })
  it('comes back to its own state, and stands apart from its twin', () => {
    expect(routeBetween(from, from, nothing)).toHaveLength(4)
    expect(routeBetween(from, to, nothing, 1)).not.toEqual(routeBetween(from, to, nothing, 0))
  })
})

describe('gestures', () => {
  it('draw a transition into the empty as one step that is taken back whole', () => {
    const document = openDocument(sample)
    const stack = new CommandStack(document)
    const commands = newWay(
      document,
      'one',
      { create: { parent: '', title: { en: 'Four' }, at: { x: 10, y: 20 } } },
      { kind: 'new-event', title: { en: 'It rings' }, roles: ['engineer'] },
    )
    stack.group({ en: 'Draw', zh: '添加' }, () => commands.map((command) => stack.execute(command)))
    expect(at(stack.document.definition, 'states', 'one', 'on', 'it-rings')).toEqual({ target: 'state' })
    expect(stack.document.layout.states.state).toEqual({ x: 10, y: 20 })
    stack.undo()
    expect(stack.document).toEqual(document)
    expect(stack.canUndo).toBe(false)
  })
  it('put a state into the one it is dropped on, where it was dropped', () => {
    const document = openDocument(sample)
    const origins = new Map([
      ['', { x: 16, y: 16 }],
      ['three', { x: 116, y: 116 }],
      ['two', { x: 300, y: 300 }],
    ])
    const [move] = dropped(document, ['three'], { x: 250, y: 260 }, {}, origins, 'two')
    const after = move?.do(document)
    expect(at(after?.definition, 'states', 'two', 'states', 'three')).toBeDefined()
    expect(after?.layout.states['two.three']).toMatchObject({ x: 66, y: 76 })
  })
  it('make names of titles, and fall back where there are no letters', () => {
    expect(nameFrom('Customer agrees!', 'event', '-')).toBe('customer-agrees')
    expect(nameFrom('Second visit', 'field', '')).toBe('secondVisit')
    expect(nameFrom('客户同意', 'event', '-')).toBe('event')
  })
})

describe('keys', () => {
  const { chart } = arranged(sample, {
    one: { x: 40, y: 90 },
    two: { x: 40, y: 300 },
    three: { x: 500, y: 90 },
  })
  const { model } = wordsFor(sample)
  it('lead to the state beside, and round the ways out', () => {
    expect(stateTowards(chart, model, 'one', 'ArrowDown')).toBe('two')
    expect(stateTowards(chart, model, 'one', 'ArrowRight')).toBe('three')
    expect(stateTowards(chart, model, 'one', 'ArrowUp')).toBeUndefined()
    const first = nextWay(model, 'one', undefined)
    const second = nextWay(model, 'one', first)
    expect([first, second, nextWay(model, 'one', second)]).toEqual([
      '/states/one/on/go',
      '/states/one/on/again',
      first,
    ])
    expect(nextWay(model, 'one', first, { back: true })).toBe(second)
  })
  it('and points find the innermost state, save those being dragged', () => {
    const inner = chart.states.find(({ state }) => state.path === 'two.inner')
    const spot = { x: (inner?.x ?? 0) + 3, y: (inner?.y ?? 0) + 3 }
    expect(stateAt(chart, spot)).toBe('two.inner')
    expect(stateAt(chart, spot, ['two'])).toBe('')
  })
  it('find by every word, in any order', () => {
    const entry = { kind: 'state', id: 'a', text: 'At the door HV-12' } as const
    expect(hitsOf([entry], 'hv-12 DOOR')).toEqual([entry])
    expect(hitsOf([entry], 'door window')).toEqual([])
    expect(hitsOf([entry], ' ')).toEqual([])
  })
})
