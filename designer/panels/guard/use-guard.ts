/**
 * A guard as its panel works on it: its rows, half made ones too, and how a change of them reaches the document.
 *
 * Promises: every change of what counts is one step that can be taken back; letters typed in a row are one step. What
 * is half made outlives the panel, and a change from elsewhere (undo, the text, somebody else) is shown at once.
 * Must not: write a row that is not whole and sound.
 */
import { useMemo, useState } from 'react'
import type { Definition, Guard } from '../../../machines/definition/schema.ts'
import type { ExpressionEnvironment, ExpressionProblem } from '../../../machines/expression/expression.ts'
import { useEdit } from '../../canvas/seen.ts'
import { useDesign } from '../../design/design-api.ts'
import type { CommandStack } from '../../document/command-stack.ts'
import { setGuard } from '../../document/commands/transition.ts'
import { carried, draftOf, type GroupDraft, rowsIn } from '../../document/guard/draft.ts'
import { guardOf, type Row, rowsOf } from '../../document/guard-rows.ts'
import { DocumentError } from '../../document/problem.ts'
import { environmentOf } from '../environment.ts'

/** What was half made, by the transition's pointer. `guard`: what the document held then, as text. */
type Kept = { readonly guard: string; readonly draft: GroupDraft }
const keptBy = new WeakMap<CommandStack, Map<string, Kept>>()
function keptOf(stack: CommandStack): Map<string, Kept> {
  const known = keptBy.get(stack) ?? new Map<string, Kept>()
  keptBy.set(stack, known)
  return known
}
const textOf = (guard: Guard | undefined): string => JSON.stringify(guard) ?? ''
const NONE: GroupDraft = { id: 1, kind: 'group', of: 'all', not: false, rows: [] }

/** A change while letters are typed goes into the step before. */
export type Change = { readonly typing?: boolean }
export type GuardDraft = {
  /** Undefined where no rows can say it. */
  readonly draft: GroupDraft | undefined
  readonly refused: Extract<ReturnType<typeof rowsOf>, { ok: false }> | undefined
  apply(next: GroupDraft, change?: Change): void
  /** The whole guard anew, as text has it. */
  write(guard: Guard | undefined, change?: Change): void
  problemsOf(row: Row): readonly ExpressionProblem[]
}

export function useGuard(
  pointer: string,
  guard: Guard | undefined,
  definition: Definition,
  events: readonly string[],
): GuardDraft {
  const { stack } = useDesign()
  const edit = useEdit()
  const [, redraw] = useState(0)
  const read = useMemo(
    () => (guard === undefined ? undefined : rowsOf(guard, definition, events)),
    [guard, definition, events],
  )
  const environment = environmentOf(definition)
  const present = textOf(guard)
  const kept = keptOf(stack).get(pointer)
  const fresh = read === undefined ? NONE : read.ok ? draftOf(read.rows) : undefined
  const draft =
    kept?.guard === present
      ? kept.draft
      : fresh === undefined || kept === undefined
        ? fresh
        : carried(kept.draft, fresh)
  const write = (made: Guard | undefined, { typing = false }: Change = {}): void => {
    if (!typing) stack.seal()
    edit.execute(setGuard(pointer, made))
    if (!typing) stack.seal()
  }
  return {
    draft,
    // What the check has against the text is told there, and comes first.
    refused:
      read === undefined || read.ok || problemsIn(guard, environment, events).length > 0 ? undefined : read,
    apply(next, change) {
      const [made, before] = [guardOf(rowsIn(next)), draft === undefined ? undefined : guardOf(rowsIn(draft))]
      const counts = textOf(made) !== textOf(before)
      keptOf(stack).set(pointer, { guard: counts ? textOf(made) : present, draft: next })
      if (counts) write(made, change)
      else redraw((times) => times + 1)
    },
    write,
    problemsOf: (row) => problemsOf(row, environment, events),
  }
}

/** What the check has against a whole row. */
function problemsOf(
  row: Row,
  environment: ExpressionEnvironment,
  events: readonly string[],
): readonly ExpressionProblem[] {
  try {
    return problemsIn(guardOf(row), environment, events)
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    return [{ code: 'expression-syntax', message: error.words, range: { start: 0, end: 0 } }]
  }
}

function problemsIn(
  guard: Guard | undefined,
  environment: ExpressionEnvironment,
  events: readonly string[],
): readonly ExpressionProblem[] {
  if (guard === undefined) return []
  if ('@expr' in guard) return environment.check(guard['@expr'], events, 'bool').problems
  if (guard.type === 'within' && guard.params.at !== undefined)
    return environment.check(guard.params.at['@expr'], events, 'timestamp').problems
  if (guard.type === 'not') return problemsIn(guard.params.guard, environment, events)
  if (guard.type === 'and' || guard.type === 'or')
    return guard.params.guards.flatMap((part) => problemsIn(part, environment, events))
  return []
}
