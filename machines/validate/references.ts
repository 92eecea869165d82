/**
 * What guards and actions name: states, items, fields, events and their payload, delays, calendars, processes, links.
 *
 * Must not: check expressions (`expressions.ts`) or norms (`texts-and-norms.ts`).
 */
import { own } from '../definition/check-value.ts'
import { child } from '../definition/pointer.ts'
import type { Field, Guard } from '../definition/schema.ts'
import { LIMITS } from './limits.ts'
import type { Model, PlacedAction, PlacedGuard } from './model.ts'
import { checkSignal, checkStartJob } from './other-jobs.ts'
import { checkValues, eventAsSchema } from './values.ts'

export function checkReferences(model: Model): void {
  for (const placed of model.guards) checkGuard(model, placed)
  for (const placed of model.actions) checkAction(model, placed)
  const { meta, schemas } = model.definition
  const fields = schemas.context.properties
  meta.summary?.forEach((name, index) => {
    checkField(model, name, child('/meta/summary', index), fields)
  })
  for (const key of ['assignee', 'region'] as const) {
    const name = meta[key]
    if (name === undefined) continue
    checkField(model, name, child('/meta', key), fields)
    if (key === 'assignee') checkPerson(model, name, '/meta/assignee', own(fields, name))
  }
  const { complaint } = meta
  if (complaint !== undefined && !model.context.processes.has(complaint) && complaint !== model.definition.id)
    model.sink.add(
      'unknown-process',
      '/meta/complaint',
      { name: complaint },
      {
        fix: model.sink.replacing('/meta/complaint', complaint, model.context.processes.keys()),
      },
    )
}

function checkField({ sink }: Model, name: string, at: string, fields: Record<string, Field>): void {
  if (!Object.hasOwn(fields, name))
    sink.add('unknown-field', at, { name }, { fix: sink.replacing(at, name, Object.keys(fields)) })
}

function checkPerson({ sink }: Model, name: string, at: string, field: Field | undefined): void {
  if (field !== undefined && field.format !== 'person') sink.add('not-a-person', at, { name })
}

function checkGuard(model: Model, { guard, pointer, events, depth }: PlacedGuard): void {
  if (depth === LIMITS.guardDepth + 1) model.sink.add('guard-too-deep', pointer, { limit: LIMITS.guardDepth })
  if ('@expr' in guard) return
  const params = child(pointer, 'params')
  if (guard.type === 'stateIn') checkState(model, guard.params.state, child(params, 'state'))
  if (guard.type === 'checklistDone') checkChecklistGuard(model, guard, params)
  if (guard.type === 'qualified')
    checkCertificate(model, guard.params.certificate, child(params, 'certificate'))
  if (guard.type === 'qualified' && guard.params.of !== undefined)
    checkQualified(model, guard.params.of, child(params, 'of'), events)
  if (guard.type === 'within') checkWithin(model, guard, params)
}

function checkCertificate({ definition, sink }: Model, name: string, at: string): void {
  const known = definition.meta.certificates ?? {}
  if (!Object.hasOwn(known, name))
    sink.add('unknown-certificate', at, { name }, { fix: sink.replacing(at, name, Object.keys(known)) })
}

function checkState({ tree, sink }: Model, path: string, at: string): void {
  const state = tree.byPath.get(path)
  if (state?.parent !== undefined && state.kind !== 'history') return
  const [namesake, ...more] = tree.nodes.filter((node) => node.parent !== undefined && node.key === path)
  const known = namesake !== undefined && more.length === 0 ? namesake.path : undefined
  const fix =
    known === undefined
      ? sink.replacing(at, path, tree.byPath.keys())
      : { title: { en: `Use “${known}”`, zh: `改为“${known}”` }, path: at, value: known }
  sink.add('unknown-state', at, { name: path }, { fix })
}

function checkChecklistGuard(
  model: Model,
  guard: Extract<Guard, { type: 'checklistDone' }>,
  params: string,
): void {
  const { state, items } = guard.params ?? {}
  if (state !== undefined) checkState(model, state, child(params, 'state'))
  const known = model.items.map(({ item }) => item.id)
  items?.forEach((name, index) => {
    const at = child(params, 'items', index)
    if (!known.includes(name))
      model.sink.add('unknown-item', at, { name }, { fix: model.sink.replacing(at, name, known) })
  })
}

/** `of` names a property of the payload of every event at hand, or else a field of the job. */
function checkQualified(model: Model, name: string, at: string, events: readonly string[]): void {
  const { events: declared, context } = model.definition.schemas
  const payloads = events.map((type) => own(own(declared, type)?.properties, name))
  const inJob = own(context.properties, name)
  for (const field of [...payloads, inJob]) checkPerson(model, name, at, field)
  if (inJob !== undefined || (payloads.length > 0 && payloads.every((field) => field !== undefined))) return
  const known = [
    ...Object.keys(context.properties),
    ...events.flatMap((type) => Object.keys(own(declared, type)?.properties ?? {})),
  ]
  model.sink.add('unknown-field', at, { name }, { fix: model.sink.replacing(at, name, known) })
}

function checkWithin(model: Model, guard: Extract<Guard, { type: 'within' }>, params: string): void {
  const { calendar, windows } = guard.params
  if ((calendar === undefined) === (windows === undefined)) model.sink.add('within-what', params)
  if (calendar !== undefined) checkCalendar(model, calendar, child(params, 'calendar'))
  if (windows === undefined) return
  const at = child(params, 'windows')
  const fields = model.definition.schemas.context.properties
  checkField(model, windows, at, fields)
  const field = own(fields, windows)
  const bounds = [own(field?.items?.properties, 'from'), own(field?.items?.properties, 'to')]
  if (
    field !== undefined &&
    !(field.type === 'array' && bounds.every((bound) => bound?.format === 'date-time'))
  )
    model.sink.add('not-windows', at, { name: windows })
}

export function checkCalendar({ context, sink }: Model, name: string, at: string): void {
  if (!context.calendars.has(name))
    sink.add('unknown-calendar', at, { name }, { fix: sink.replacing(at, name, context.calendars) })
}

function checkAction(model: Model, placed: PlacedAction): void {
  const { action, pointer } = placed
  const { definition, sink } = model
  switch (action.type) {
    case '@xstate.assign':
      checkValues(model, definition.schemas.context, action.context, child(pointer, 'context'), 'field')
      return
    case '@xstate.raise': {
      const at = child(pointer, 'event')
      const event = checkEvent(model, action.event.type, child(at, 'type'))
      if (event !== undefined)
        checkValues(model, eventAsSchema(event), action.event.payload ?? {}, child(at, 'payload'), {
          event: action.event.type,
          place: at,
        })
      if (action.delay !== undefined) checkDelay(model, action.delay, child(pointer, 'delay'))
      return
    }
    case '@xstate.cancel': {
      const raised = model.actions.flatMap(({ action: { type, ...rest } }) =>
        type === '@xstate.raise' && 'id' in rest && rest.id !== undefined ? [rest.id] : [],
      )
      const at = child(pointer, 'id')
      if (!raised.includes(action.id))
        sink.add('unknown-raise', at, { name: action.id }, { fix: sink.replacing(at, action.id, raised) })
      return
    }
    case 'remind':
    case 'notify':
      action.params.to.forEach((to, index) => {
        if (!('field' in to)) return
        const at = child(pointer, 'params', 'to', index, 'field')
        const fields = definition.schemas.context.properties
        checkField(model, to.field, at, fields)
        checkPerson(model, to.field, at, own(fields, to.field))
      })
      return
    case 'startJob':
      checkStartJob(model, action, child(pointer, 'params'))
      return
    case 'signal':
      checkSignal(model, action, child(pointer, 'params'))
  }
}

function checkDelay({ definition, sink }: Model, name: string, at: string): void {
  const known = definition.delays ?? {}
  if (!Object.hasOwn(known, name))
    sink.add('unknown-delay', at, { name }, { fix: sink.replacing(at, name, Object.keys(known)) })
}

/** The event of this process under a name; reports it where there is none. */
function checkEvent({ definition, sink }: Model, name: string, at: string) {
  const known = definition.schemas.events
  const event = own(known, name)
  if (event === undefined)
    sink.add('unknown-event', at, { name }, { fix: sink.replacing(at, name, Object.keys(known)) })
  return event
}
