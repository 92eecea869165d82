/** That the keys lead everywhere: on each shipped process, as the layout draws it. */
import { describe, expect, it } from 'vitest'
import { nextWay, stateTowards } from '../../../designer/canvas/navigate.ts'
import type { PlacedChart } from '../../../machines/drawing/graph.ts'
import type { ChartModel } from '../../../machines/drawing/model.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { draw } from '../../machines/drawing/charts.ts'

const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const

/** All that the keys select, from nothing selected. */
function reached(chart: PlacedChart, model: ChartModel): { states: Set<string>; ways: Set<string> } {
  const states = new Set<string>()
  const ways = new Set<string>()
  const open = ['']
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (states.has(path)) continue
    states.add(path)
    const state = model.states.get(path)
    const next = ARROWS.map((arrow) => stateTowards(chart, model, path ?? '', arrow))
    for (const to of [...next, state?.initial ?? state?.children[0], state?.parent])
      if (to !== undefined) open.push(to)
    let way = nextWay(model, path, undefined)
    while (way !== undefined && !ways.has(way)) {
      ways.add(way)
      for (const target of model.transitions.find(({ pointer }) => pointer === way)?.targets ?? [])
        open.push(target)
      way = nextWay(model, path, way)
    }
  }
  return { states, ways }
}

describe.each(SHIPPED.map((definition) => [definition.id, definition] as const))('in %s', (_, definition) => {
  it('the keys reach every state and every transition', async () => {
    const { chart, model } = await draw(definition)
    const { states, ways } = reached(chart, model)
    const hidden = [...model.states.keys()].filter((path) => !states.has(path))
    const lost = model.transitions.filter(
      ({ pointer, trigger }) => trigger.kind !== 'default' && !ways.has(pointer),
    )
    expect(hidden).toEqual([])
    expect(lost.map(({ pointer }) => pointer)).toEqual([])
  })
  it('an arrow never leads against its own direction', async () => {
    const { chart, model } = await draw(definition)
    for (const { state, x, y, width, height } of chart.states) {
      if (state.parent === undefined) continue
      const to = chart.states.find(
        (each) => each.state.path === stateTowards(chart, model, state.path, 'ArrowRight'),
      )
      if (to !== undefined) expect(to.x + to.width / 2).toBeGreaterThan(x + width / 2)
      const below = chart.states.find(
        (each) => each.state.path === stateTowards(chart, model, state.path, 'ArrowDown'),
      )
      if (below !== undefined) expect(below.y + below.height / 2).toBeGreaterThan(y + height / 2)
    }
  })
})
