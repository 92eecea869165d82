/** Actions that place what is drawn: moved by steps, lined up, spread out, arranged. The process stays what it is. */
import type { Point } from '../../machines/drawing/graph.ts'
import type { IconName } from '../shell/icons.tsx'
import type { Action, Barred, MessageKey } from './action.ts'
import { type CanvasScene, cannotWrite, noStates } from './canvas-scene.ts'

const STEP = 8
const STEPS: readonly (readonly [string, MessageKey, Point])[] = [
  ['ArrowUp', 'actions.nudgeUp', { x: 0, y: -STEP }],
  ['ArrowDown', 'actions.nudgeDown', { x: 0, y: STEP }],
  ['ArrowLeft', 'actions.nudgeLeft', { x: -STEP, y: 0 }],
  ['ArrowRight', 'actions.nudgeRight', { x: STEP, y: 0 }],
]

const lines = [
  ['left', 'edit.alignLeft', 'alignLeft', 2],
  ['center', 'actions.alignCenter', undefined, 2],
  ['right', 'actions.alignRight', undefined, 2],
  ['top', 'edit.alignTop', 'alignTop', 2],
  ['middle', 'actions.alignMiddle', undefined, 2],
  ['bottom', 'actions.alignBottom', undefined, 2],
  ['across', 'edit.spreadAcross', 'spreadAcross', 3],
  ['down', 'edit.spreadDown', 'spreadDown', 3],
] as const satisfies readonly (readonly [string, MessageKey, IconName | undefined, number])[]

const fewer =
  (count: number) =>
  (scene: CanvasScene): Barred | undefined =>
    cannotWrite(scene) ??
    (scene.canvas.states.length >= count
      ? undefined
      : count === 2
        ? 'actions.why.notTwo'
        : 'actions.why.notThree')

export const ARRANGE_ACTIONS: readonly Action<CanvasScene>[] = [
  ...STEPS.map(
    ([key, title, by]): Action<CanvasScene> => ({
      id: `arrange.${key}`,
      title,
      group: 'arrange',
      keys: [`Alt+${key}`],
      scope: 'canvas',
      keysOnly: true,
      barred: noStates,
      run: ({ canvas }) => canvas.nudge(by),
    }),
  ),
  ...lines.map(
    ([line, title, icon, count]): Action<CanvasScene> => ({
      id: `arrange.${line}`,
      title,
      group: 'arrange',
      ...(icon === undefined ? {} : { icon }),
      barred: fewer(count),
      run: ({ canvas }) => canvas.line(line),
    }),
  ),
  {
    id: 'arrange.all',
    title: 'edit.arrange',
    group: 'arrange',
    icon: 'arrange',
    keys: ['Shift+L'],
    scope: 'canvas',
    barred: cannotWrite,
    run: ({ structure }) => void structure.arrangeAll(),
  },
]
