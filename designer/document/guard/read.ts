/**
 * From a guard to rows.
 *
 * Promises: the rows mean what the guard means, also where a field is not set or an event is not at hand. What has no
 * place in a row is told with its words, the expression it stands in and the place there; nothing is left out or bent.
 * Must not: decide how rows look; evaluate.
 */
import { child } from '../../../machines/definition/pointer.ts'
import type { Definition, Guard } from '../../../machines/definition/schema.ts'
import { type Outline, outlineOf } from '../../../machines/expression/outline.ts'
import { type Scope, scopeOf } from '../../../machines/expression/scope.ts'
import type { Words } from '../problem.ts'
import { operandOf, rowOf, turned } from './read-expression.ts'
import { NoRow, type Range, TOO_DEEP } from './refusal.ts'
import type { Group, NamedRow, PlainRow, Row } from './row.ts'

export type RowsOf =
  | { readonly ok: true; readonly rows: Group }
  /** `pointer`: from the guard to the expression (`''` where the guard is one); `range`: the place in its text. */
  | { readonly ok: false; readonly why: Words; readonly range: Range; readonly pointer: string }

/**
 * A guard as rows.
 *
 * @param events the types of events at hand where the guard stands; none: there is no event
 */
export function rowsOf(guard: Guard, definition: Definition, events: readonly string[]): RowsOf {
  const scope = scopeOf(definition, events)
  try {
    const row = guardRow(guard, scope, '', 0)
    return { ok: true, rows: row.kind === 'group' ? row : joined('all', [row]) }
  } catch (error) {
    if (!(error instanceof NoRow)) throw error
    return { ok: false, why: error.words, range: error.range, pointer: error.pointer }
  }
}

/** Rows in one group; those of a group within that joins alike become its own. */
function joined(of: 'all' | 'any', rows: readonly Row[]): Group {
  const flat = rows.flatMap((row): readonly Row[] =>
    row.kind === 'group' && row.of === of && !row.not ? row.rows : [row],
  )
  return { kind: 'group', of, not: false, rows: flat }
}
const DEEPEST = 32

function guardRow(guard: Guard, scope: Scope, pointer: string, depth: number): Row {
  if (depth > DEEPEST) throw new NoRow(TOO_DEEP, { start: 0, end: 0 }, pointer)
  if ('@expr' in guard) return expressionRow(guard['@expr'], scope, pointer)
  switch (guard.type) {
    case 'and':
    case 'or': {
      const parts = guard.params.guards.map((part, index) =>
        guardRow(part, scope, child(pointer, 'params', 'guards', index), depth + 1),
      )
      return { ...joined(guard.type === 'and' ? 'all' : 'any', parts), form: 'guards' }
    }
    case 'not': {
      const inner = guardRow(guard.params.guard, scope, child(pointer, 'params', 'guard'), depth + 1)
      // Kept as a named guard: with an event not at hand, `!(…)` in one expression weighs its causes otherwise.
      if (inner.kind === 'group') return { ...inner, not: !inner.not, form: 'guards' }
      return turned(inner) ?? { kind: 'group', of: 'all', not: true, rows: [inner], form: 'guards' }
    }
    case 'checklistDone':
      return { kind: 'checklist-done', not: false, ...guard.params }
    case 'stateIn':
      return { kind: 'state', not: false, state: guard.params.state }
    case 'qualified':
      return { kind: 'qualified', not: false, ...guard.params }
    case 'within':
      return withinRow(guard.params, scope, pointer)
  }
}

function withinRow(
  params: Extract<Guard, { type: 'within' }>['params'],
  scope: Scope,
  pointer: string,
): NamedRow {
  const { at, ...where } = params
  if (at === undefined) return { kind: 'within', not: false, ...where }
  const inAt = child(pointer, 'params', 'at')
  return {
    kind: 'within',
    not: false,
    ...where,
    at: read(at['@expr'], inAt, (outline) => operandOf(outline, { scope })),
  }
}

const expressionRow = (text: string, scope: Scope, pointer: string): PlainRow =>
  read(text, pointer, (outline) => rowOf(outline, { scope }))

function read<Made>(text: string, pointer: string, make: (outline: Outline) => Made): Made {
  const outlined = outlineOf(text)
  if (!outlined.ok) throw new NoRow(outlined.why, outlined.range, pointer)
  try {
    return make(outlined.outline)
  } catch (error) {
    if (error instanceof NoRow) throw new NoRow(error.words, error.range, pointer)
    throw error
  }
}
