/**
 * Words for writing commands: each family of commands is made with these.
 *
 * Must not: hold a command.
 */
import type { Command } from '../command-stack.ts'
import type { Document } from '../document.ts'
import { edit, type Json } from '../json.ts'
import { words } from '../problem.ts'

export type { Command }

/** A command by its name, its title in both languages, and what it does. */
export const command = (
  name: string,
  en: string,
  zh: string,
  change: (document: Document) => Document,
  merge?: string,
): Command => ({
  name,
  title: words(en, zh),
  do: change,
  ...(merge === undefined ? {} : { merge }),
})

/** As `command`, for one that changes the definition alone. */
export const definitionCommand = (
  name: string,
  en: string,
  zh: string,
  change: (definition: Json) => Json,
  merge?: string,
): Command =>
  command(
    name,
    en,
    zh,
    (document) => {
      const definition = change(document.definition)
      return definition === document.definition ? document : { ...document, definition }
    },
    merge,
  )

/** Sets what stands at `steps`; `undefined` takes it away. */
export const setAt = (definition: Json, steps: readonly (string | number)[], value: Json | undefined): Json =>
  edit(definition, steps, () => value)
