/** All that can be done on the canvas. */
import type { Action } from './action.ts'
import { ARRANGE_ACTIONS } from './canvas-arrange-actions.ts'
import { CHANGE_ACTIONS } from './canvas-change-actions.ts'
import { LOOK_ACTIONS } from './canvas-look-actions.ts'
import type { CanvasScene } from './canvas-scene.ts'
import { STRUCTURE_ACTIONS } from './canvas-structure-actions.ts'

export const CANVAS_ACTIONS: readonly Action<CanvasScene>[] = [
  ...CHANGE_ACTIONS,
  ...ARRANGE_ACTIONS,
  ...STRUCTURE_ACTIONS,
  ...LOOK_ACTIONS,
]
