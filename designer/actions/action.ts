/**
 * What a person can do, as one object each: keys, bars, palette and the sheet of shortcuts are all made from these.
 *
 * To add one: put an object into the list of its area (`app-actions.ts`, `design-actions.ts`, `canvas-*-actions.ts`),
 * its title into the texts. What it needs comes with the area's scene. Must not: hold state.
 */
import type { ParseKeys } from 'i18next'
import type { Words } from '../document/problem.ts'
import type { IconName } from '../shell/icons.tsx'

export type MessageKey = ParseKeys
/** Why something cannot be done now: one of the pages' messages, or words that a rule gave. */
export type Barred = MessageKey | Words

/** Words that were given, or a message with its values. */
export type Said = Words | { readonly key: MessageKey; readonly values: Readonly<Record<string, number>> }

/** In the order in which palette and sheet show them. */
export const GROUPS = ['go', 'add', 'change', 'order', 'arrange', 'look', 'draft', 'app'] as const
type ActionGroup = (typeof GROUPS)[number]

/** One of several things an action can be done with, named in both languages. */
export type Choice = {
  readonly id: string
  readonly label: Words
  /** Told beside it, and searched. */
  readonly detail?: Said
  readonly barred?: Barred
  run(): void
}

type Shared<S> = {
  readonly id: string
  readonly title: MessageKey
  readonly group: ActionGroup
  readonly icon?: IconName
  /** See `shortcut.ts`; the first is the one that is shown. */
  readonly keys?: readonly string[]
  /** `canvas`: the keys hold while the keyboard is on the drawing. Default: everywhere on the page. */
  readonly scope?: 'canvas'
  /** The keys hold in a field, too. */
  readonly whileTyping?: true
  /** For keys that lead about: on the sheet, and not in the palette. */
  readonly keysOnly?: true
  /** Why it cannot be done now; undefined: it can. */
  barred?(scene: S): Barred | undefined
}
export type Action<S> = Shared<S> &
  (
    | { run(scene: S): void }
    /** Asks for one more thing. `atRoot`: the palette finds the choices themselves as well. */
    | { readonly atRoot?: true; choices(scene: S): readonly Choice[] }
  )

/** An action with the scene it is done in. */
export type Bound = Omit<Shared<unknown>, 'barred'> & {
  barred(): Barred | undefined
  readonly run?: () => void
  readonly choices?: () => readonly Choice[]
  readonly atRoot?: boolean
}

/** `scene` is asked each time, so that the action meets things as they are. */
export function bound<S>(action: Action<S>, scene: () => S): Bound {
  const { id, title, group, icon, keys, scope, whileTyping, keysOnly } = action
  return {
    id,
    title,
    group,
    ...(icon === undefined ? {} : { icon }),
    ...(keys === undefined ? {} : { keys }),
    ...(scope === undefined ? {} : { scope }),
    ...(whileTyping === undefined ? {} : { whileTyping }),
    ...(keysOnly === undefined ? {} : { keysOnly }),
    barred: () => action.barred?.(scene()),
    ...('run' in action
      ? { run: () => action.run(scene()) }
      : { choices: () => action.choices(scene()), atRoot: action.atRoot === true }),
  }
}
