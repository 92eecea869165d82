/**
 * Actions that lead about on the canvas and look at it: nothing is changed by them.
 *
 * Promises: every state and every transition can be reached by the keys of this list alone (held by a test).
 */
import { nextWay, stateTowards } from '../canvas/navigate.ts'
import { isWithin } from '../canvas/view.ts'
import type { Action } from './action.ts'
import { isBesideCanvas } from './action-keys.ts'
import type { CanvasScene } from './canvas-scene.ts'
import { enterRegion } from './regions.ts'

const ARROWS = [
  ['ArrowUp', 'actions.goUp'],
  ['ArrowDown', 'actions.goDown'],
  ['ArrowLeft', 'actions.goLeft'],
  ['ArrowRight', 'actions.goRight'],
] as const

const selectedWay = ({ model, canvas }: CanvasScene) =>
  model.transitions.find(({ pointer }) => pointer === canvas.way)

function selectWay({ model, canvas, design }: CanvasScene, side: 'out' | 'in', back: boolean): void {
  const at = model.transitions.find(({ pointer }) => pointer === canvas.way)
  // Once among the ways into a state, one goes on among them.
  const around =
    at === undefined ? (canvas.only ?? '') : side === 'out' ? at.source : (at.targets[0] ?? at.source)
  const next = nextWay(model, around, canvas.way, { side, back })
  if (next !== undefined) design.select([{ kind: 'transition', pointer: next }])
}

const nothing = ({ canvas }: CanvasScene): 'actions.why.nothing' | undefined =>
  canvas.states.length === 0 && canvas.way === undefined ? 'actions.why.nothing' : undefined

export const LOOK_ACTIONS: readonly Action<CanvasScene>[] = [
  ...ARROWS.map(
    ([key, title]): Action<CanvasScene> => ({
      id: `go.${key}`,
      title,
      group: 'go',
      keys: [key],
      scope: 'canvas',
      keysOnly: true,
      run(scene) {
        const { canvas, chart, model } = scene
        const way = selectedWay(scene)
        const to =
          way === undefined
            ? stateTowards(chart, model, canvas.only ?? '', key)
            : key === 'ArrowUp' || key === 'ArrowLeft'
              ? way.source
              : (way.targets[0] ?? way.source)
        if (to !== undefined && to !== '') canvas.pick(to)
      },
    }),
  ),
  {
    id: 'go.wayOut',
    title: 'actions.wayOut',
    group: 'go',
    keys: ['.'],
    scope: 'canvas',
    keysOnly: true,
    run: (scene) => selectWay(scene, 'out', false),
  },
  {
    id: 'go.wayOutBack',
    title: 'actions.wayOutBack',
    group: 'go',
    keys: [','],
    scope: 'canvas',
    keysOnly: true,
    run: (scene) => selectWay(scene, 'out', true),
  },
  {
    id: 'go.wayIn',
    title: 'actions.wayIn',
    group: 'go',
    keys: ['>'],
    scope: 'canvas',
    keysOnly: true,
    run: (scene) => selectWay(scene, 'in', false),
  },
  {
    id: 'go.wayInBack',
    title: 'actions.wayInBack',
    group: 'go',
    keys: ['<'],
    scope: 'canvas',
    keysOnly: true,
    run: (scene) => selectWay(scene, 'in', true),
  },
  {
    id: 'go.in',
    title: 'actions.goIn',
    group: 'go',
    keys: ['Enter'],
    scope: 'canvas',
    keysOnly: true,
    run(scene) {
      const { canvas, model } = scene
      const way = selectedWay(scene)
      const state = model.states.get(canvas.only ?? '')
      const to = way === undefined ? (state?.initial ?? state?.children[0]) : (way.targets[0] ?? way.source)
      if (to !== undefined && to !== '') canvas.pick(to)
    },
  },
  {
    id: 'go.out',
    title: 'actions.goOut',
    group: 'go',
    keys: ['Escape'],
    scope: 'canvas',
    keysOnly: true,
    run(scene) {
      const { canvas, model, design, structure } = scene
      const out = selectedWay(scene)?.source ?? model.states.get(canvas.only ?? '')?.parent ?? ''
      if (out === '' || !isWithin(out, structure.home)) design.select([])
      else canvas.pick(out)
    },
  },
  {
    id: 'go.toCanvas',
    title: 'actions.toCanvas',
    group: 'go',
    keys: ['Escape'],
    whileTyping: true,
    keysOnly: true,
    barred: () => (!isBesideCanvas() ? 'actions.why.onCanvas' : undefined),
    // A field that Escape empties does so first.
    run: () => {
      setTimeout(() => enterRegion('canvas'))
    },
  },
  {
    id: 'look.selectAll',
    title: 'actions.selectAll',
    group: 'look',
    keys: ['Mod+A'],
    scope: 'canvas',
    run({ canvas, model, structure: { home } }) {
      const beside = model.states.get(canvas.only ?? '')?.parent ?? ''
      const parent = isWithin(beside, home) ? beside : home
      canvas.pick(...(model.states.get(parent)?.children ?? []))
    },
  },
  {
    id: 'look.search',
    title: 'edit.search',
    group: 'look',
    icon: 'search',
    keys: ['Mod+F'],
    scope: 'canvas',
    run: ({ view }) => view.search(),
  },
  {
    id: 'look.zoomTo',
    title: 'edit.zoomTo',
    group: 'look',
    icon: 'zoom',
    keys: ['Z'],
    scope: 'canvas',
    barred: nothing,
    run: ({ view }) => view.zoomTo(),
  },
  {
    id: 'look.all',
    title: 'chart.fit',
    group: 'look',
    icon: 'fit',
    keys: ['1'],
    scope: 'canvas',
    run: ({ view }) => view.showAll(),
  },
  {
    id: 'look.zoomIn',
    title: 'chart.zoomIn',
    group: 'look',
    icon: 'plus',
    keys: ['Mod+Plus'],
    scope: 'canvas',
    run: ({ view }) => view.zoomBy(1.25),
  },
  {
    id: 'look.zoomOut',
    title: 'chart.zoomOut',
    group: 'look',
    icon: 'minus',
    keys: ['Mod+Minus'],
    scope: 'canvas',
    run: ({ view }) => view.zoomBy(0.8),
  },
]
