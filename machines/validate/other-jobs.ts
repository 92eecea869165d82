/**
 * Actions that reach other jobs: the process must be there, take what it is given, and be able to answer.
 *
 * Must not: ask what the other process does with it. Signals to `parent` are not checked: who starts this process is
 * not known here.
 */
import { own } from '../definition/check-value.ts'
import { child } from '../definition/pointer.ts'
import type { Action } from '../definition/schema.ts'
import type { KnownProcess } from './context.ts'
import type { Model } from './model.ts'
import { checkValues, eventAsSchema } from './values.ts'

type Of<Type extends Action['type']> = Action & { type: Type }

const processOf = ({ context, definition }: Model, id: string): KnownProcess | undefined =>
  id === definition.id ? definition : context.processes.get(id)

/** `pointer` is that of the action's `params`. */
export function checkStartJob(model: Model, { params }: Of<'startJob'>, pointer: string): void {
  const { sink } = model
  const process = processOf(model, params.process)
  const at = child(pointer, 'process')
  if (process === undefined)
    sink.add(
      'unknown-process',
      at,
      { name: params.process },
      {
        fix: sink.replacing(at, params.process, [...model.context.processes.keys(), model.definition.id]),
      },
    )
  else
    checkValues(model, process.schemas.context, params.fields ?? {}, child(pointer, 'fields'), {
      process: params.process,
      place: pointer,
    })
  const first = model.links.get(params.link)
  if (first !== undefined && first !== params.process)
    sink.add('link-conflict', child(pointer, 'link'), {
      name: params.link,
      one: first,
      other: params.process,
    })
  if (params.onEnd !== undefined)
    checkSystemEvent(model, model.definition, params.onEnd, child(pointer, 'onEnd'))
}

/** `pointer` is that of the action's `params`. */
export function checkSignal(model: Model, { params }: Of<'signal'>, pointer: string): void {
  if (params.to === 'parent') return
  const { link } = params.to
  const process = model.links.get(link)
  if (process === undefined) {
    const at = child(pointer, 'to', 'link')
    model.sink.add(
      'unknown-link',
      at,
      { name: link },
      {
        fix: model.sink.replacing(at, link, model.links.keys()),
      },
    )
    return
  }
  const target = processOf(model, process)
  if (target === undefined) return
  const event = checkSystemEvent(model, target, params.event, child(pointer, 'event'))
  if (event !== undefined)
    checkValues(model, eventAsSchema(event), params.payload ?? {}, child(pointer, 'payload'), {
      event: params.event,
      place: pointer,
    })
}

/** An event of a process that jobs may send it. */
function checkSystemEvent({ sink }: Model, { schemas }: KnownProcess, type: string, at: string) {
  const event = own(schemas.events, type)
  if (event === undefined)
    sink.add(
      'unknown-event',
      at,
      { name: type },
      { fix: sink.replacing(at, type, Object.keys(schemas.events)) },
    )
  else if (!event.meta.roles.includes('system')) sink.add('event-not-for-system', at, { name: type })
  return event
}
