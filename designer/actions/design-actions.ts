/** What can be done with a draft as a whole: taken back, saved, published, gone through. */
import type { Problem } from '../../machines/definition/problem.ts'
import { toggleCode } from '../code/code-shown.ts'
import type { Design } from '../design/design-api.ts'
import { selectedAt } from '../design/places.ts'
import { applyFix } from '../document/commands/process.ts'
import { EXPORTS, type ExportName } from '../processes/exports.ts'
import { en } from '../text/en.ts'
import { zhCN } from '../text/zh-CN.ts'
import type { Action, Barred, MessageKey } from './action.ts'
import { cannotWrite } from './canvas-scene.ts'
import { placesOf } from './jumps.ts'
import { enterRegion } from './regions.ts'

export type DesignScene = {
  readonly design: Design
  readonly problems: readonly Problem[]
  /** Which problem was gone to last. */
  readonly gone: { current: number }
  /** Why it cannot be published now. */
  readonly notToPublish: Barred | undefined
  /** The latest version, which is what is exported. */
  readonly version: number | undefined
  save(): void
  publish(): void
  showVersions(): void
  toggleProblems(): void
  leave(): void
  takeOut(format: ExportName): void
  announceProblem(problem: Problem): void
}

function goToProblem(scene: DesignScene, by: 1 | -1): void {
  const { design, problems, gone, announceProblem } = scene
  const from = gone.current < 0 && by < 0 ? 0 : gone.current
  gone.current = (from + by + problems.length) % problems.length
  const problem = problems[gone.current]
  if (problem === undefined) return
  const { path } = problem
  design.select([selectedAt(design.document.definition, path)], { reveal: true, at: path })
  announceProblem(problem)
}
const noProblems = ({ problems }: DesignScene): Barred | undefined =>
  problems.length === 0 ? 'actions.why.noProblems' : undefined

const shows = (id: string, title: MessageKey, pointer: string): Action<DesignScene> => ({
  id: `design.${id}`,
  title,
  group: 'go',
  run({ design }) {
    design.select(pointer === '' ? [] : [{ kind: 'place', pointer }])
    // The panel shows it first.
    setTimeout(() => enterRegion('panel'))
  },
})

export const DESIGN_ACTIONS: readonly Action<DesignScene>[] = [
  {
    id: 'design.undo',
    title: 'design.undo',
    group: 'draft',
    icon: 'undo',
    keys: ['Mod+Z'],
    barred: (scene) =>
      cannotWrite(scene) ?? (scene.design.stack.canUndo ? undefined : 'actions.why.nothingToUndo'),
    run: ({ design }) => design.stack.undo(),
  },
  {
    id: 'design.redo',
    title: 'design.redo',
    group: 'draft',
    icon: 'redo',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    barred: (scene) =>
      cannotWrite(scene) ?? (scene.design.stack.canRedo ? undefined : 'actions.why.nothingToRedo'),
    run: ({ design }) => design.stack.redo(),
  },
  {
    id: 'design.save',
    title: 'actions.save',
    group: 'draft',
    icon: 'check',
    keys: ['Mod+S'],
    whileTyping: true,
    run: ({ save }) => save(),
  },
  {
    id: 'design.publish',
    title: 'design.publish.ready',
    group: 'draft',
    barred: ({ notToPublish }) => notToPublish,
    run: ({ publish }) => publish(),
  },
  {
    id: 'design.versions',
    title: 'design.versions.button',
    group: 'draft',
    icon: 'history',
    run: ({ showVersions }) => showVersions(),
  },
  {
    id: 'design.nextProblem',
    title: 'actions.nextProblem',
    group: 'go',
    icon: 'alert',
    keys: ['F8'],
    whileTyping: true,
    barred: noProblems,
    run: (scene) => goToProblem(scene, 1),
  },
  {
    id: 'design.lastProblem',
    title: 'actions.lastProblem',
    group: 'go',
    keys: ['Shift+F8'],
    whileTyping: true,
    barred: noProblems,
    run: (scene) => goToProblem(scene, -1),
  },
  {
    id: 'design.mend',
    title: 'actions.mend',
    group: 'draft',
    barred: (scene) =>
      cannotWrite(scene) ??
      (scene.problems.some(({ fix }) => fix !== undefined) ? undefined : 'actions.why.noFix'),
    choices: ({ problems, design }) =>
      problems.flatMap(({ fix, path, message }, index) =>
        fix === undefined
          ? []
          : [
              {
                id: `${index} ${path}`,
                label: fix.title,
                detail: message,
                run: () => design.execute(applyFix(fix)),
              },
            ],
      ),
  },
  {
    id: 'design.problems',
    title: 'actions.problems',
    group: 'look',
    icon: 'alert',
    keys: ['Mod+Shift+M'],
    whileTyping: true,
    run: ({ toggleProblems }) => toggleProblems(),
  },
  {
    id: 'design.code',
    title: 'actions.code',
    group: 'look',
    icon: 'code',
    keys: ['Mod+Shift+E'],
    whileTyping: true,
    run: () => toggleCode(),
  },
  {
    id: 'design.export',
    title: 'actions.export',
    group: 'draft',
    barred: ({ version }) => (version === undefined ? 'actions.why.noVersion' : undefined),
    choices: ({ takeOut }) =>
      EXPORTS.map(({ format }) => ({
        id: format,
        label: { en: en.page.exports.formats[format], zh: zhCN.page.exports.formats[format] },
        run: () => takeOut(format),
      })),
  },
  {
    id: 'design.jump',
    title: 'actions.jump',
    group: 'go',
    icon: 'search',
    atRoot: true,
    choices: ({ design }) =>
      placesOf(design.document.definition).map(({ id, label, detail, selected }) => ({
        id,
        label,
        detail,
        run: () => design.select([selected], { reveal: true }),
      })),
  },
  shows('settings', 'actions.processSettings', ''),
  shows('events', 'actions.events', '/schemas/events'),
  shows('fields', 'actions.fields', '/schemas/context/properties'),
  shows('delays', 'actions.delays', '/delays'),
  {
    id: 'design.leave',
    title: 'design.leave',
    group: 'go',
    icon: 'back',
    run: ({ leave }) => leave(),
  },
]
