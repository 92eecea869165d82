/**
 * Where states were seen while nobody had placed them, and changes that keep them there.
 *
 * Promises: what a person saw at a place stays there when something else is changed; the first change stores the
 * places of all, in the same step. Must not: place anything.
 */
import { useMemo } from 'react'
import type { Places } from '../../machines/drawing/arrange.ts'
import { type Design, useDesign } from '../design/design-api.ts'
import type { Command, CommandStack } from '../document/command-stack.ts'
import { placeStates } from '../document/commands/layout.ts'
import { type Document, treeOf } from '../document/document.ts'
import type { Words } from '../document/problem.ts'

const seenBy = new WeakMap<CommandStack, Places>()

export const seenPlaces = (stack: CommandStack): Places => seenBy.get(stack) ?? {}
export function rememberPlaces(stack: CommandStack, places: Places): void {
  seenBy.set(stack, places)
}

/** Stores the places of what was only seen so far; undefined where all is stored. */
function keepPlaces({ definition, layout }: Document, seen: Places): Command | undefined {
  const known = treeOf(definition).byPath
  const fresh = Object.entries(seen).filter(
    ([path]) => known.has(path) && path !== '' && !Object.hasOwn(layout.states, path),
  )
  return fresh.length === 0 ? undefined : placeStates(Object.fromEntries(fresh))
}

export type Edit = Pick<Design, 'execute' | 'executeAll'>

/** As the design's own `execute` and `executeAll`, with what was seen kept in its place. */
export function useEdit(): Edit {
  const { document, stack, execute, executeAll } = useDesign()
  return useMemo(() => {
    const all = (title: Words, commands: readonly Command[]): boolean => {
      const keep = keepPlaces(document, seenPlaces(stack))
      return executeAll(title, keep === undefined ? commands : [keep, ...commands])
    }
    return {
      execute: (command) =>
        keepPlaces(document, seenPlaces(stack)) === undefined
          ? execute(command)
          : all(command.title, [command]),
      executeAll: all,
    }
  }, [document, stack, execute, executeAll])
}
