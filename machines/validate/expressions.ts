/**
 * Every expression against what it may name and what it must give; and what no expression names.
 *
 * Must not: know the language of expressions (`expression/` does).
 */
import { own } from '../definition/check-value.ts'
import { child } from '../definition/pointer.ts'
import type { ContextSchema, Field, Value } from '../definition/schema.ts'
import type { Expected, ExpressionEnvironment } from '../expression/expression.ts'
import { LIMITS } from './limits.ts'
import { isExpression, type Model } from './model.ts'
import { eventAsSchema } from './values.ts'

type Placed = {
  text: string
  /** Of the object that holds `@expr`. */
  pointer: string
  events: readonly string[]
  expected: Expected
  /** What it is given to. */
  givenTo?: { name: string; field: Field }
}

export function checkExpressions(model: Model, environment: ExpressionEnvironment): void {
  const placed = expressionsOf(model)
  // A type that could not be read is not held against those who use it.
  const knowsTypes = !model.sink.hasMended('/schemas') && !model.sink.hasMended('/meta/settings')
  for (const { text, pointer, events, expected, givenTo } of placed) {
    if (text.length > LIMITS.expression) continue
    const at = child(pointer, '@expr')
    const { type, problems } = environment.check(text, events, expected)
    for (const { code, message, range } of problems)
      if (knowsTypes || code !== 'expression-type') model.sink.add(code, at, message, { range })
    if (givenTo !== undefined && type !== undefined && problems.length === 0 && knowsTypes)
      checkHolds(model, givenTo, type, at)
  }
  checkUse(model, placed)
}

function checkHolds(
  model: Model,
  { name, field }: NonNullable<Placed['givenTo']>,
  type: string,
  at: string,
): void {
  if (mayHold(field, type)) return
  const wanted = field.format ?? field.type
  model.sink.add('expression-type', at, {
    en: `This gives ${type}, which “${name}” (${wanted}) cannot hold.`,
    zh: `表达式结果为 ${type}，不能赋给“${name}”(${wanted})。`,
  })
}

/** Whether a field can hold what CEL gives: `null` clears it, and of `dyn` only the run will tell. */
function mayHold({ type: field, format }: Field, type: string): boolean {
  if (type === 'dyn' || type === 'null') return true
  if (field === 'boolean') return type === 'bool'
  if (field === 'string')
    return type === (format === 'date-time' || format === 'date' ? 'timestamp' : 'string')
  if (field === 'number' || field === 'integer') return ['int', 'uint', 'double'].includes(type)
  if (field === 'array') return type.startsWith('list')
  return !/^(bool|string|int|uint|double|bytes|list|timestamp|google)/.test(type)
}

function expressionsOf(model: Model): Placed[] {
  return [...inGuards(model), ...inActions(model), ...inDelaysAndItems(model)]
}

function inGuards({ guards }: Model): Placed[] {
  return guards.flatMap(({ guard, pointer, events }): Placed[] => {
    if ('@expr' in guard) return [{ text: guard['@expr'], pointer, events, expected: 'bool' }]
    if (guard.type !== 'within' || guard.params.at === undefined) return []
    return [
      {
        text: guard.params.at['@expr'],
        pointer: child(pointer, 'params', 'at'),
        events,
        expected: 'timestamp',
      },
    ]
  })
}

function inActions(model: Model): Placed[] {
  const { definition, context, links, actions } = model
  const schemasOf = (id: string) => (id === definition.id ? definition : context.processes.get(id))?.schemas
  return actions.flatMap(({ action, pointer, events }) => {
    const take = (values: Record<string, Value> | undefined, at: string, schema?: ContextSchema): Placed[] =>
      Object.entries(values ?? {}).flatMap(([name, value]) => {
        if (!isExpression(value)) return []
        const field = own(schema?.properties, name)
        const place: Placed = { text: value['@expr'], pointer: child(at, name), events, expected: 'any' }
        return [field === undefined ? place : { ...place, givenTo: { name, field } }]
      })
    const payloadOf = (event: string, process: string): ContextSchema | undefined => {
      const schema = own(schemasOf(process)?.events, event)
      return schema === undefined ? undefined : eventAsSchema(schema)
    }
    switch (action.type) {
      case '@xstate.assign':
        return take(action.context, child(pointer, 'context'), definition.schemas.context)
      case '@xstate.raise': {
        const { type, payload } = action.event
        return take(payload, child(pointer, 'event', 'payload'), payloadOf(type, definition.id))
      }
      case 'startJob':
        return take(
          action.params.fields,
          child(pointer, 'params', 'fields'),
          schemasOf(action.params.process)?.context,
        )
      case 'signal': {
        const { to, event, payload } = action.params
        const process = to === 'parent' ? '' : (links.get(to.link) ?? '')
        return take(payload, child(pointer, 'params', 'payload'), payloadOf(event, process))
      }
      default:
        return []
    }
  })
}

function inDelaysAndItems({ definition, items }: Model): Placed[] {
  const found: Placed[] = []
  const take = (value: unknown, pointer: string, expected: Expected): void => {
    if (isExpression(value)) found.push({ text: value['@expr'], pointer, events: [], expected })
  }
  for (const [name, delay] of Object.entries(definition.delays ?? {})) {
    take(delay.duration, child('/delays', name, 'duration'), 'string')
    take(delay.from, child('/delays', name, 'from'), 'timestamp')
  }
  for (const { item, pointer } of items) take(item.required, child(pointer, 'required'), 'bool')
  return found
}

/** Fields and settings that nothing names. A field on record for a norm, about a person, or explained has its use. */
function checkUse({ definition, actions, guards, sink }: Model, placed: readonly Placed[]): void {
  const texts = placed.map(({ text }) => text)
  const { meta, schemas } = definition
  const settings = namedAfter('settings', texts)
  for (const name of Object.keys(meta.settings ?? {}))
    if (!settings.has(name)) sink.conclude('unused-setting', child('/meta/settings', name), { name })
  const fields = namedAfter('job', texts)
  for (const name of [
    ...(meta.summary ?? []),
    meta.assignee,
    meta.region,
    ...(schemas.context.required ?? []),
  ])
    if (name !== undefined) fields.add(name)
  for (const { action } of actions) {
    if (action.type === '@xstate.assign') for (const name of Object.keys(action.context)) fields.add(name)
    if (action.type === 'remind' || action.type === 'notify')
      for (const to of action.params.to) if ('field' in to) fields.add(to.field)
  }
  for (const { guard } of guards) {
    if ('@expr' in guard) continue
    if (guard.type === 'qualified' && guard.params.of !== undefined) fields.add(guard.params.of)
    if (guard.type === 'within' && guard.params.windows !== undefined) fields.add(guard.params.windows)
  }
  for (const [name, field] of Object.entries(schemas.context.properties)) {
    const { personal, norms = [], description } = field.meta ?? {}
    const isRecord = personal === true || norms.length > 0 || description !== undefined
    if (!fields.has(name) && !isRecord)
      sink.conclude('unused-field', child('/schemas/context/properties', name), { name })
  }
}

/** The names that follow a variable in expressions: `settings.ring`, `settings["ring"]`. */
function namedAfter(variable: string, texts: readonly string[]): Set<string> {
  const pattern = new RegExp(`\\b${variable}\\s*(?:\\.\\s*(\\w+)|\\[\\s*["'](\\w+)["'])`, 'g')
  const names = new Set<string>()
  for (const text of texts)
    for (const [, dotted, bracketed] of text.matchAll(pattern)) names.add(dotted ?? bracketed ?? '')
  return names
}
