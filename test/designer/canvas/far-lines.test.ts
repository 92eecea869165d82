/** Which line a click from far off means. */
import { describe, expect, it } from 'vitest'
import { lineAt } from '../../../designer/canvas/far-lines.tsx'
import type { PlacedEdge, Point } from '../../../machines/drawing/graph.ts'
import { readChart } from '../../../machines/drawing/model.ts'

const [transition] = readChart({
  id: 'p',
  initial: 'a',
  states: { a: { on: { go: { target: 'b' } } }, b: { type: 'final' } },
}).transitions
if (transition === undefined) throw new Error('no transition')
const line = (id: string, points: Point[], transitions = [transition]): PlacedEdge => ({
  id,
  source: 's:a',
  target: 's:b',
  transitions,
  kind: 'transition',
  points,
  labels: [],
  arrow: true,
})
const across = line('across', [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
])
const corner = line('corner', [
  { x: 0, y: 50 },
  { x: 100, y: 50 },
  { x: 100, y: 200 },
])
const start = line(
  'start',
  [
    { x: 0, y: 20 },
    { x: 100, y: 20 },
  ],
  [],
)

describe('the line nearest to a point', () => {
  it.each([
    [{ x: 50, y: 10 }, 'across'],
    [{ x: 50, y: 40 }, 'corner'],
    [{ x: 90, y: 150 }, 'corner'],
    [{ x: 140, y: 0 }, 'across'],
  ])('at %j is %s', (point, id) => {
    expect(lineAt([across, corner], point)?.id).toBe(id)
  })
  it('is none that leads from a start only, for there is no transition to choose', () => {
    expect(lineAt([start, corner], { x: 50, y: 20 })?.id).toBe('corner')
    expect(lineAt([start], { x: 50, y: 20 })).toBeUndefined()
  })
})
