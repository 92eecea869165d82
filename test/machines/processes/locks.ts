/**
 * What the rules of a process rest on, told from its definition: the fields that some guard or some required item
 * reads, those that a delay counts from where a norm is its deadline, and those that these are computed from.
 *
 * Must not: know a field by name; a field that a new guard reads is found without a change here.
 */
import { expect } from 'vitest'
import { type Compiled, compiled } from '../../../machines/compile/compile.ts'
import type {
  Action,
  Definition,
  Expression,
  Field,
  Guard,
  Value,
} from '../../../machines/definition/schema.ts'
import { as, rehearse, type World } from '../kit.ts'

const isExpression = (value: unknown): value is Expression =>
  typeof value === 'object' && value !== null && '@expr' in value

function readByGuard(guard: Guard | undefined, { expressions, definition }: Compiled): string[] {
  if (guard === undefined) return []
  if ('@expr' in guard) return [...expressions.program(guard['@expr']).fields]
  const read = (part: Guard): string[] => readByGuard(part, compiled(definition))
  switch (guard.type) {
    case 'and':
    case 'or':
      return guard.params.guards.flatMap(read)
    case 'not':
      return read(guard.params.guard)
    case 'qualified':
      return guard.params.of === undefined ? [] : [guard.params.of]
    case 'within':
      return [
        ...(guard.params.windows === undefined ? [] : [guard.params.windows]),
        ...(guard.params.at === undefined ? [] : read(guard.params.at)),
      ]
    case 'checklistDone':
    case 'stateIn':
      return []
  }
}

/** Every assignment of the process: what is set, from what. */
function assignments({ tree }: Compiled): [string, Value][] {
  const actions: Action[] = tree.nodes.flatMap(({ node, transitions }) => [
    ...('entry' in node ? (node.entry ?? []) : []),
    ...('exit' in node ? (node.exit ?? []) : []),
    ...transitions.flatMap(({ transition }) => transition.actions ?? []),
  ])
  return actions.flatMap((action) => (action.type === '@xstate.assign' ? Object.entries(action.context) : []))
}

/** The fields that rules rest on, in the order of the definition. */
export function restedOn(definition: Definition): string[] {
  const process = compiled(definition)
  const { tree, expressions, items } = process
  const found = new Set<string>()
  for (const { transitions } of tree.nodes)
    for (const { transition } of transitions)
      for (const name of readByGuard(transition.guard, process)) found.add(name)
  for (const { item } of items.values())
    if (isExpression(item.required))
      for (const name of expressions.program(item.required['@expr']).fields) found.add(name)
  for (const { from, duration, meta } of Object.values(definition.delays ?? {}))
    if (meta?.kind === 'deadline')
      for (const part of [from, duration])
        if (isExpression(part)) for (const name of expressions.program(part['@expr']).fields) found.add(name)
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const [name, value] of assignments(process))
      if (found.has(name) && isExpression(value))
        for (const source of expressions.program(value['@expr']).fields) found.add(source)
  }
  return Object.keys(definition.schemas.context.properties).filter((name) => found.has(name))
}

export const lockedFields = ({ schemas }: Definition): string[] =>
  Object.entries(schemas.context.properties)
    .filter(([, { meta }]) => meta?.locked === true)
    .map(([name]) => name)

/** What rules rest on, though anyone who may correct can change it. */
export const open = (definition: Definition): string[] => {
  const locked = lockedFields(definition)
  return restedOn(definition).filter((name) => !locked.includes(name))
}

/**
 * Holds that every field that a rule rests on is locked, but for the plain data named (each with the reason why a
 * correction gets round nothing), and that the engine refuses to correct those that are.
 */
export function expectLocked(
  definition: Definition,
  fields: Record<string, unknown>,
  plain: Record<string, string>,
): void {
  expect(open(definition).sort()).toEqual(Object.keys(plain).sort())
  const job = rehearse(definition, fields)
  const locked = lockedFields(definition)
  expect(locked).not.toEqual([])
  for (const name of locked)
    for (const value of [null, sample(definition.schemas.context.properties[name])]) {
      const correction = { kind: 'correct' as const, fields: { [name]: value }, reason: 'By hand' }
      expect(job.refusedCommand(correction, as('administrator')).code).toBe('field-locked')
    }
}

/** A value that the field takes, and that is not what it holds at first. */
function sample(field: Field | undefined): unknown {
  switch (field?.type) {
    case 'boolean':
      return field.default !== true
    case 'number':
    case 'integer':
      return 7
    case 'array':
      return [sample(field.items)]
    case 'object':
      return Object.fromEntries(
        Object.entries(field.properties ?? {}).map(([name, part]) => [name, sample(part)]),
      )
    default:
      if (field?.enum !== undefined) return field.enum.at(-1)
      if (field?.format === 'date-time') return '2026-03-02T11:00:00+08:00'
      return field?.format === 'date' ? '2026-03-02' : 'x'
  }
}

/** Holds that a locked field given at the start is taken back, but for those named as known beforehand. */
export function expectTakenBack(
  definition: Definition,
  fields: Record<string, unknown>,
  knownBeforehand: readonly string[],
  world: World = {},
): void {
  const without = rehearse(definition, fields, as('dispatcher'), world).fields
  const kept = lockedFields(definition).filter((name) => {
    const given = { ...fields, [name]: sample(definition.schemas.context.properties[name]) }
    const { [name]: after } = rehearse(definition, given, as('dispatcher'), world).fields
    return JSON.stringify(after) !== JSON.stringify(without[name])
  })
  expect(kept.sort()).toEqual([...knownBeforehand].sort())
}
