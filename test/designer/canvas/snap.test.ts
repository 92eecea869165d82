/** Snapping to what lies beside, and sizes by hand. */
import { describe, expect, it } from 'vitest'
import { gripsOf, placesFor, sizedBy } from '../../../designer/canvas/resize.ts'
import { snapMove, snapSides, stretched } from '../../../designer/canvas/snap.ts'
import { arrange, type Places } from '../../../machines/drawing/arrange.ts'
import { chartGraph } from '../../../machines/drawing/graph.ts'
import { estimateWidth } from '../../../machines/drawing/metrics.ts'
import { process, within, wordsFor } from '../../machines/drawing/charts.ts'

const box = (x: number, y: number, width = 100, height = 40) => ({ x, y, width, height })

describe('a dragged state', () => {
  it('snaps to the edges and middles of those beside it, each direction for itself', () => {
    const { by, guides } = snapMove(box(104, 303), [box(100, 0)], 6)
    expect(by.x).toBe(-4)
    expect(guides.map(({ axis, at }) => [axis, at])).toEqual([
      ['x', 100],
      ['x', 150],
      ['x', 200],
    ])
    expect(guides[0]).toMatchObject({ from: 0, to: 344 })
    expect((303 + by.y) % 4).toBe(0)
  })
  it('snaps by the middle where the sizes differ', () => {
    const { by, guides } = snapMove(box(123, 200, 60), [box(100, 0)], 6)
    expect(by.x).toBe(-3)
    expect(guides.map(({ at }) => at)).toEqual([150])
  })
  it('takes the nearest line', () => {
    expect(snapMove(box(103, 200), [box(100, 0), box(105, 60)], 6).by.x).toBe(2)
  })
  it('stands as far from the next as that from the one before, or between two', () => {
    const row = [box(0, 0), box(150, 0)]
    expect(snapMove(box(303, 21), row, 6).by.x).toBe(-3)
    expect(snapMove(box(-148, 21), row, 6).by.x).toBe(-2)
    expect(snapMove(box(303, 27), row, 6).guides).toMatchObject([
      { axis: 'y', from: 100, to: 150 },
      { axis: 'y', from: 250, to: 300 },
    ])
    expect(snapMove(box(203, 21, 20), [box(0, 0), box(320, 0)], 6).by.x).toBe(-3)
  })
  it('lies on the grid where nothing is near', () => {
    expect(snapMove(box(109, 200), [box(100, 0)], 6)).toEqual({ by: { x: -1, y: 0 }, guides: [] })
    expect(snapMove(box(501, 902), [box(0, 0)], 6)).toEqual({ by: { x: -1, y: 2 }, guides: [] })
  })
})

describe('a resized state', () => {
  it('snaps by the edge that is pulled', () => {
    const { by, guides } = snapSides(box(0, 100, 97), { right: true }, [box(0, 0)], 6)
    expect(by).toMatchObject({ x: 3 })
    expect(guides.map(({ axis, at }) => [axis, at])).toContainEqual(['x', 100])
    expect(guides.every(({ axis }) => axis === 'x')).toBe(true)
    expect(stretched(box(0, 0), { left: true, bottom: true }, { x: 10, y: 5 })).toEqual(box(10, 0, 90, 45))
  })

  const definition = process({ group: { initial: 'a', states: { a: {}, b: {} } }, single: {} })
  const words = wordsFor(definition)
  const graph = chartGraph(words.model, words, estimateWidth)
  const drawn = (places: Places) => arrange(graph, words.model, places)
  const first = drawn({
    group: { x: 100, y: 100 },
    'group.a': { x: 40, y: 60 },
    'group.b': { x: 40, y: 160 },
    single: { x: 500, y: 100 },
  })
  const at = (of: typeof first, path: string) =>
    of.chart.states.find(({ state }) => state.path === path) ?? expect.fail(path)
  const corner = { x: 116, y: 116 }

  it('grows by its corner as far as it was pulled', () => {
    const group = at(first, 'group')
    const to = sizedBy(group, first.chart, { right: true, bottom: true }, { x: 60, y: 40 })
    const second = drawn({
      ...first.places,
      ...placesFor(group, to, { right: true, bottom: true }, corner, first.places),
    })
    expect(at(second, 'group')).toMatchObject({ width: group.width + 60, height: group.height + 40 })
    expect(at(second, 'group.a')).toMatchObject({ x: at(first, 'group.a').x, y: at(first, 'group.a').y })
  })
  it('keeps what lies in it where it is when its left and upper edges are pulled', () => {
    const group = at(first, 'group')
    const sides = { left: true, top: true }
    const to = sizedBy(group, first.chart, sides, { x: -50, y: -30 })
    const second = drawn({ ...first.places, ...placesFor(group, to, sides, corner, first.places) })
    expect(at(second, 'group')).toMatchObject({ x: group.x - 50, y: group.y - 30, width: group.width + 50 })
    for (const path of ['group.a', 'group.b'])
      expect(at(second, path)).toMatchObject({ x: at(first, path).x, y: at(first, path).y })
  })
  it('is never smaller than what is in it', () => {
    const group = at(first, 'group')
    for (const sides of gripsOf(group).map((grip) => grip.sides)) {
      const by = {
        x: sides.left === true ? 900 : -900,
        y: sides.top === true ? 900 : -900,
      }
      const to = sizedBy(group, first.chart, sides, by)
      for (const path of ['group.a', 'group.b']) expect(within(at(first, path), to)).toBe(true)
      const second = drawn({ ...first.places, ...placesFor(group, to, sides, corner, first.places) })
      expect(within(at(second, 'group.b'), at(second, 'group'))).toBe(true)
    }
    const single = at(first, 'single')
    expect(sizedBy(single, first.chart, { right: true }, { x: -900, y: 0 }).width).toBe(single.box.width)
  })
  it('has no grips where its size is not its own', () => {
    expect(gripsOf(at(first, ''))).toEqual([])
    expect(gripsOf({ ...at(first, 'single'), open: true })).toEqual([])
  })
})
