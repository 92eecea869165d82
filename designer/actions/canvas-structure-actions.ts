/** Actions on the structure of the drawing: groups folded and shown alone, sizes, layouts of a part. */
import type { Point } from '../../machines/drawing/graph.ts'
import type { Action, Barred, MessageKey } from './action.ts'
import { type CanvasScene, cannotWrite, noStates, notOne } from './canvas-scene.ts'

const SIZES: readonly (readonly [string, MessageKey, Point])[] = [
  ['ArrowRight', 'canvas.wider', { x: 1, y: 0 }],
  ['ArrowLeft', 'canvas.narrower', { x: -1, y: 0 }],
  ['ArrowDown', 'canvas.taller', { x: 0, y: 1 }],
  ['ArrowUp', 'canvas.lower', { x: 0, y: -1 }],
]

const noGroups = (scene: CanvasScene): Barred | undefined =>
  cannotWrite(scene) ?? (scene.structure.groups.length === 0 ? 'canvas.why.noGroups' : undefined)

export const STRUCTURE_ACTIONS: readonly Action<CanvasScene>[] = [
  ...SIZES.map(
    ([key, title, by]): Action<CanvasScene> => ({
      id: `size.${key}`,
      title,
      group: 'arrange',
      keys: [`Alt+Shift+${key}`],
      scope: 'canvas',
      keysOnly: true,
      barred: notOne,
      run: ({ structure }) => structure.resizeBy(by),
    }),
  ),
  {
    id: 'size.fit',
    title: 'canvas.fitSize',
    group: 'arrange',
    keys: ['Alt+Shift+F'],
    scope: 'canvas',
    barred: noStates,
    run: ({ structure, canvas }) => structure.fitSize(canvas.states),
  },
  {
    id: 'arrange.selection',
    title: 'canvas.arrangeSelected',
    group: 'arrange',
    icon: 'arrange',
    keys: ['Alt+L'],
    scope: 'canvas',
    barred: (scene) => noStates(scene) ?? (scene.structure.hasParts() ? undefined : 'canvas.why.noParts'),
    run: ({ structure }) => void structure.arrangeSelected(),
  },
  {
    id: 'arrange.new',
    title: 'canvas.arrangeNew',
    group: 'arrange',
    icon: 'arrangeNew',
    keys: ['Alt+Shift+L'],
    scope: 'canvas',
    barred: (scene) => cannotWrite(scene) ?? (scene.structure.hasNew() ? undefined : 'canvas.why.nothingNew'),
    run: ({ structure }) => void structure.arrangeNew(),
  },
  {
    id: 'fold.in',
    title: 'canvas.fold',
    group: 'look',
    icon: 'minus',
    keys: ['Minus'],
    scope: 'canvas',
    barred: (scene) =>
      noStates(scene) ?? (scene.structure.foldable.length === 0 ? 'canvas.why.notOpen' : undefined),
    run: ({ structure }) => structure.fold(structure.foldable),
  },
  {
    id: 'fold.out',
    title: 'canvas.unfold',
    group: 'look',
    icon: 'plus',
    keys: ['Plus'],
    scope: 'canvas',
    barred: (scene) =>
      noStates(scene) ?? (scene.structure.unfoldable.length === 0 ? 'canvas.why.notFolded' : undefined),
    run: ({ structure }) => structure.unfold(structure.unfoldable),
  },
  {
    id: 'fold.all',
    title: 'canvas.foldAll',
    group: 'look',
    icon: 'foldAll',
    keys: ['Alt+Minus'],
    scope: 'canvas',
    barred: noGroups,
    run: ({ structure }) => structure.fold(structure.groups),
  },
  {
    id: 'fold.none',
    title: 'canvas.unfoldAll',
    group: 'look',
    icon: 'unfoldAll',
    keys: ['Alt+Plus'],
    scope: 'canvas',
    barred: noGroups,
    run: ({ structure }) => structure.unfold(structure.groups),
  },
  {
    id: 'look.alone',
    title: 'canvas.alone',
    group: 'look',
    icon: 'alone',
    keys: ['Mod+Enter'],
    scope: 'canvas',
    barred: ({ structure }) => (structure.aloneNext() === undefined ? 'canvas.why.noGroup' : undefined),
    run({ structure }) {
      const path = structure.aloneNext()
      if (path !== undefined) structure.showAlone(path)
    },
  },
  {
    id: 'look.leave',
    title: 'canvas.leave',
    group: 'look',
    icon: 'up',
    keys: ['Mod+Shift+Enter'],
    scope: 'canvas',
    barred: ({ structure }) => (structure.home === '' ? 'canvas.why.whole' : undefined),
    run: ({ structure }) => structure.leave(),
  },
]
