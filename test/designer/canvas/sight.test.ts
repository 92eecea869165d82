/** What is seen of a drawing at first, what surrounds a group shown alone, and where problems are told. */
import { describe, expect, it } from 'vitest'
import { flawsOf } from '../../../designer/canvas/flaws.ts'
import { lookAt } from '../../../designer/canvas/look-at.ts'
import { sharedMark } from '../../../designer/canvas/marks.ts'
import { placesIn } from '../../../designer/canvas/surroundings.ts'
import { viewOf } from '../../../designer/canvas/view.ts'
import { toJson } from '../../../designer/document/json.ts'
import type { Problem } from '../../../machines/definition/problem.ts'
import { arrange } from '../../../machines/drawing/arrange.ts'
import { chartGraph, type PlacedChart } from '../../../machines/drawing/graph.ts'
import { estimateWidth } from '../../../machines/drawing/metrics.ts'
import { overlap, process, wordsFor } from '../../machines/drawing/charts.ts'

type Look = { x: number; y: number; zoom: number }
function look(chart: Partial<PlacedChart>, left = 0) {
  const looks: Look[] = []
  const sight = lookAt(
    {
      setViewport: (to) => Promise.resolve(looks.push(to) > 0),
      setCenter: (x, y, options) => Promise.resolve(looks.push({ x, y, zoom: options?.zoom ?? 1 }) > 0),
    },
    { width: 1000, height: 800 },
    { x: 0, y: 0, width: 100, height: 100, states: [], marks: [], edges: [], dividers: [], ...chart },
    { left },
  )
  return { sight, ...(looks[0] ?? expect.fail('nowhere')) }
}

describe('the first look', () => {
  it('shows the whole in the middle, wherever the drawing begins, and beside what covers the pane', () => {
    const seen = look({ x: -200, y: 40, width: 1200, height: 900 }, 100)
    expect(seen.sight).toBe('whole')
    expect(seen.zoom).toBeCloseTo(0.75)
    const [from, to] = [-200 * seen.zoom + seen.x, 1000 * seen.zoom + seen.x]
    expect(from).toBeGreaterThanOrEqual(100)
    expect(to).toBeLessThanOrEqual(1000)
    expect(from - 100).toBeCloseTo(1000 - to)
  })
  it('shows the beginning of a large one as large as it can be read', () => {
    const start = { id: 'i:', kind: 'initial', x: 3000, y: 60, width: 12, height: 12 } as const
    const { sight, x, zoom } = look({ width: 6000, height: 9000, marks: [start] })
    expect(sight).toBe('part')
    expect(zoom).toBeGreaterThanOrEqual(0.7)
    const seen = 3000 * zoom + x
    expect(seen > 0 && seen < 1000).toBe(true)
  })
})

const sample = process({
  open: { on: { go: { target: 'work.second' } } },
  work: {
    initial: 'first',
    states: {
      first: { on: { leave: { target: '#sample.closed' }, note: {} } },
      second: { on: { leave: { target: '#sample.lost' } } },
    },
  },
  closed: { type: 'final' },
  lost: { type: 'final' },
})
const words = wordsFor(sample)

describe('around a group shown alone', () => {
  it('stubs stand in columns beside it, over nothing, and its states where they are', () => {
    const view = viewOf(words.model, 'work', new Set())
    const graph = chartGraph(view.model, words, estimateWidth)
    const stored = {
      work: { x: 900, y: 900 },
      'work.first': { x: 40, y: 70 },
      'work.second': { x: 40, y: 110 },
      closed: { x: 5, y: 5 },
    }
    const places = placesIn(view, graph, stored)
    expect(places).toMatchObject({ 'work.first': stored['work.first'], 'work.second': stored['work.second'] })
    const { states } = arrange(graph, view.model, places).chart
    const at = (path: string) => states.find(({ state }) => state.path === path) ?? expect.fail(path)
    expect(at('open').x + at('open').width).toBeLessThan(at('work').x)
    for (const path of ['closed', 'lost']) expect(at(path).x).toBeGreaterThan(at('work').x + at('work').width)
    expect(overlap(at('closed'), at('lost'))).toBe(false)
  })
})

describe('problems on the drawing', () => {
  const problem = (path: string, severity: Problem['severity']): Problem => ({
    severity,
    code: 'sample',
    path,
    message: { en: `At ${path}`, zh: `位于 ${path}` },
  })
  const problems = [
    problem('/states/work/states/first/on/leave/guard', 'error'),
    problem('/states/work/states/first/on/note/actions/0', 'warning'),
    problem('/states/work/states/second/meta/title', 'warning'),
    problem('/schemas/events', 'error'),
  ]
  it('stand at the line, or at the state whose box it is written in', () => {
    const flaws = flawsOf(problems, toJson(sample), viewOf(words.model, '', new Set()), 'en')
    expect([...flaws.keys()]).toEqual(['/states/work/states/first/on/leave', 'work.first', 'work.second'])
    expect(flaws.get('work.first')).toMatchObject({ errors: 0, warnings: 1 })
  })
  it('of what is folded stand at the group, in the language of the reader', () => {
    const flaws = flawsOf(problems, toJson(sample), viewOf(words.model, '', new Set(['work'])), 'zh-CN')
    expect(flaws.get('work')).toMatchObject({ errors: 0, warnings: 2 })
    expect(flaws.get('work')?.text).toContain('位于')
  })
})

it('a line of several transitions bears their mark, or is changed', () => {
  const marks = new Map([
    ['/a', 'added'],
    ['/b', 'added'],
    ['/c', 'removed'],
  ] as const)
  expect(sharedMark(['/a', '/b'], marks)).toBe('added')
  expect(sharedMark(['/a', '/c'], marks)).toBe('changed')
  expect(sharedMark(['/a', '/d'], marks)).toBe('changed')
  expect(sharedMark(['/d'], marks)).toBeUndefined()
})
