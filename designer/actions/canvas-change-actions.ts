/**
 * Actions that change the process on the canvas: added, renamed, moved, led elsewhere, taken away.
 *
 * Promises: each is one step that can be taken back. Must not: place or arrange (`canvas-arrange-actions.ts`).
 */
import { tokensOf } from '../../machines/definition/pointer.ts'
import { dissolveState } from '../document/commands/dissolve.ts'
import { extractStates, moveStates } from '../document/commands/move.ts'
import { changeKind, setInitial } from '../document/commands/state.ts'
import { moveTransition, reconnect } from '../document/commands/transition.ts'
import { treeOf } from '../document/document.ts'
import { at, isList } from '../document/json.ts'
import {
  addedStates,
  canBecome,
  canConnect,
  canDissolve,
  canExtract,
  canMoveInto,
  type Kind,
  lostByKind,
} from '../document/questions.ts'
import type { IconName } from '../shell/icons.tsx'
import type { Action, Barred, Choice } from './action.ts'
import {
  type CanvasScene,
  cannotWrite,
  kindInBoth,
  noStates,
  notOne,
  noWay,
  placeInBoth,
  titleInBoth,
  whyNot,
} from './canvas-scene.ts'
import { enterRegion } from './regions.ts'

const KINDS: readonly (readonly [Kind, IconName, string])[] = [
  ['atomic', 'plus', 'N'],
  ['compound', 'group', 'G'],
  ['parallel', 'parallel', 'P'],
  ['final', 'final', 'E'],
  ['history', 'history', 'H'],
]
/** Selects what is there since a change and was not before. */
function afterwards({ design, canvas }: CanvasScene, change: () => boolean): void {
  const before = design.stack.document
  if (!change()) return
  const added = addedStates(before, design.stack.document)
  const outer = added.filter((path) => !added.some((other) => path.startsWith(`${other}.`)))
  if (outer.length > 0) canvas.pick(...outer)
}

/** Every state but the whole process, named with where it lies. */
const stateChoices = (
  { model }: CanvasScene,
  choice: (path: string) => Pick<Choice, 'run' | 'barred'> | undefined,
  withProcess = false,
): Choice[] =>
  [...model.states.keys()].flatMap((path) => {
    if (path === '' && !withProcess) return []
    const made = choice(path)
    const detail = placeInBoth(model, path)
    return made === undefined
      ? []
      : [{ id: path, label: titleInBoth(model, path), ...(detail === undefined ? {} : { detail }), ...made }]
  })

/** Leads an end of the selected transition elsewhere, which stays selected. */
function lead({ design, edit, canvas }: CanvasScene, ends: { source?: string; target?: string }): void {
  const pointers = (): string[] =>
    treeOf(design.stack.document.definition).nodes.flatMap((node) =>
      node.transitions.map(({ pointer }) => pointer),
    )
  const before = new Set(pointers())
  if (canvas.way === undefined || !edit.execute(reconnect(canvas.way, ends))) return
  const moved = pointers().find((pointer) => !before.has(pointer))
  if (moved !== undefined) design.select([{ kind: 'transition', pointer: moved }])
}

/** How many stand in the list of the selected transition, and which it is. */
function placeInOrder({ canvas, design }: CanvasScene): { index: number; count: number } {
  const tokens = tokensOf(canvas.way ?? '')
  const list = at(design.document.definition, ...tokens.slice(0, -1))
  return isList(list) ? { index: Number(tokens.at(-1)), count: list.length } : { index: 0, count: 1 }
}

const ordered = (by: 1 | -1): Pick<Action<CanvasScene>, 'barred'> & { run(scene: CanvasScene): void } => ({
  barred(scene): Barred | undefined {
    const { index, count } = placeInOrder(scene)
    const to = index + by
    return noWay(scene) ?? (to < 0 || to >= count ? 'actions.why.endOfOrder' : undefined)
  },
  run(scene) {
    const { canvas, design, edit } = scene
    const { way = '' } = canvas
    const to = placeInOrder(scene).index + by
    if (edit.execute(moveTransition(way, to)))
      design.select([{ kind: 'transition', pointer: way.replace(/\d+$/, String(to)) }])
  },
})

const source = (scene: CanvasScene): Barred | undefined =>
  notOne(scene) ?? whyNot(canConnect(scene.design.document, scene.canvas.only ?? ''))

export const CHANGE_ACTIONS: readonly Action<CanvasScene>[] = [
  ...KINDS.map(
    ([kind, icon, key]): Action<CanvasScene> => ({
      id: `add.${kind}`,
      title: `edit.add.${kind}`,
      group: 'add',
      icon,
      keys: [key],
      scope: 'canvas',
      barred: cannotWrite,
      run: ({ canvas }) => canvas.create(kind),
    }),
  ),
  {
    id: 'add.way',
    title: 'edit.way',
    group: 'add',
    icon: 'always',
    keys: ['T'],
    scope: 'canvas',
    barred: source,
    run: ({ canvas }) => canvas.askWay(),
  },
  {
    id: 'add.wayOfAll',
    title: 'actions.wayOfAll',
    group: 'add',
    icon: 'always',
    keys: ['Shift+T'],
    scope: 'canvas',
    barred: cannotWrite,
    run: ({ canvas }) => canvas.askWay(''),
  },
  {
    id: 'change.rename',
    title: 'edit.rename',
    group: 'change',
    icon: 'rename',
    keys: ['F2'],
    scope: 'canvas',
    barred: notOne,
    run: ({ canvas }) => canvas.setNaming(canvas.only),
  },
  {
    id: 'change.properties',
    title: 'actions.properties',
    group: 'change',
    icon: 'checklist',
    keys: ['Alt+Enter'],
    scope: 'canvas',
    run: () => enterRegion('panel'),
  },
  {
    id: 'change.delete',
    title: 'edit.delete',
    group: 'change',
    icon: 'trash',
    keys: ['Delete', 'Backspace'],
    scope: 'canvas',
    barred: (scene) =>
      cannotWrite(scene) ??
      (scene.canvas.states.length === 0 && scene.canvas.way === undefined
        ? 'actions.why.nothing'
        : undefined),
    run: ({ canvas }) => canvas.remove(),
  },
  {
    id: 'change.duplicate',
    title: 'edit.duplicate',
    group: 'change',
    icon: 'copy',
    keys: ['Mod+D'],
    scope: 'canvas',
    barred: noStates,
    run: ({ canvas }) => canvas.duplicate(),
  },
  {
    id: 'change.copy',
    title: 'actions.copy',
    group: 'change',
    icon: 'copy',
    keys: ['Mod+C'],
    scope: 'canvas',
    barred: ({ canvas }) => (canvas.states.length === 0 ? 'actions.why.noStates' : undefined),
    run: ({ canvas }) => canvas.copy(),
  },
  {
    id: 'change.cut',
    title: 'actions.cut',
    group: 'change',
    keys: ['Mod+X'],
    scope: 'canvas',
    barred: noStates,
    run({ canvas }) {
      canvas.copy()
      canvas.remove()
    },
  },
  {
    id: 'change.paste',
    title: 'actions.paste',
    group: 'change',
    keys: ['Mod+V'],
    scope: 'canvas',
    barred: (scene) => cannotWrite(scene) ?? (scene.canvas.hasClip() ? undefined : 'actions.why.noClip'),
    run: ({ canvas }) => canvas.paste(),
  },
  {
    id: 'change.kind',
    title: 'actions.kind',
    group: 'change',
    keys: ['K'],
    scope: 'canvas',
    barred: notOne,
    choices: ({ canvas: { only = '' }, design: { document }, model, edit }) =>
      KINDS.filter(([kind]) => kind !== model.states.get(only)?.kind).map(([kind]): Choice => {
        const answer = canBecome(document, only, kind)
        const lost = lostByKind(document, only, kind).length
        return {
          id: kind,
          label: kindInBoth(kind),
          ...(lost === 0 ? {} : { detail: { key: 'actions.loses', values: { count: lost } } }),
          ...(answer.ok ? {} : { barred: answer.why }),
          run: () => edit.execute(changeKind(only, kind)),
        }
      }),
  },
  {
    id: 'change.first',
    title: 'actions.first',
    group: 'change',
    keys: ['I'],
    scope: 'canvas',
    barred: notOne,
    run: ({ canvas, edit }) => edit.execute(setInitial(canvas.only ?? '')),
  },
  {
    id: 'change.moveInto',
    title: 'actions.moveInto',
    group: 'order',
    icon: 'entry',
    keys: ['M'],
    scope: 'canvas',
    barred: noStates,
    choices: (scene) =>
      stateChoices(
        scene,
        (parent) => {
          const { canvas, design, edit, model } = scene
          const { states } = canvas
          if (states.every((path) => model.states.get(path)?.parent === parent)) return undefined
          if (!canMoveInto(design.document, states, parent).ok) return undefined
          return { run: () => afterwards(scene, () => edit.execute(moveStates(states, parent))) }
        },
        true,
      ),
  },
  {
    id: 'change.leadTo',
    title: 'actions.leadTo',
    group: 'order',
    keys: ['R'],
    scope: 'canvas',
    barred: noWay,
    choices: (scene) => stateChoices(scene, (target) => ({ run: () => lead(scene, { target }) })),
  },
  {
    id: 'change.leadFrom',
    title: 'actions.leadFrom',
    group: 'order',
    keys: ['Shift+R'],
    scope: 'canvas',
    barred: noWay,
    choices: (scene) =>
      stateChoices(
        scene,
        (from) =>
          canConnect(scene.design.document, from).ok
            ? { run: () => lead(scene, { source: from }) }
            : undefined,
        true,
      ),
  },
  {
    id: 'change.sooner',
    title: 'actions.sooner',
    group: 'order',
    icon: 'up',
    keys: ['Mod+ArrowUp'],
    scope: 'canvas',
    ...ordered(-1),
  },
  {
    id: 'change.later',
    title: 'actions.later',
    group: 'order',
    icon: 'down',
    keys: ['Mod+ArrowDown'],
    scope: 'canvas',
    ...ordered(1),
  },
  {
    id: 'change.extract',
    title: 'actions.extract',
    group: 'order',
    icon: 'group',
    keys: ['Mod+G'],
    scope: 'canvas',
    barred: (scene) => noStates(scene) ?? whyNot(canExtract(scene.design.document, scene.canvas.states)),
    run: (scene) => afterwards(scene, () => scene.edit.execute(extractStates(scene.canvas.states))),
  },
  {
    id: 'change.dissolve',
    title: 'actions.dissolve',
    group: 'order',
    keys: ['Mod+Shift+G'],
    scope: 'canvas',
    barred: (scene) => notOne(scene) ?? whyNot(canDissolve(scene.design.document, scene.canvas.only ?? '')),
    run: (scene) => afterwards(scene, () => scene.edit.execute(dissolveState(scene.canvas.only ?? ''))),
  },
]
