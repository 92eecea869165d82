/**
 * Guards and actions of an XState config as ours.
 *
 * Promises: one that is not known keeps its name and params, with a note; none is dropped.
 * Must not: know states beyond the function that names them.
 */
import { Check } from 'typebox/value'
import { child } from '../definition/pointer.ts'
import { Action, Guard } from '../definition/schema.ts'
import type { Newcomer } from './newcomer.ts'
import type { Notes } from './note.ts'
import type { Place } from './places.ts'
import { given, isEmpty, isRecord, type Json, list, own, record, string } from './plain.ts'
import { CEL_GUARD } from './xstate-out.ts'

const expression = (text: string): Json => ({ '@expr': text, '@lang': 'cel' })
const isExpression = (value: unknown): boolean => typeof own(value, '@expr') === 'string'

export class CodeReader {
  readonly #newcomer: Newcomer
  readonly #notes: Notes
  readonly #stateNamed: (state: string, from: Place) => string | undefined

  /** `stateNamed`: the path of a state by what a guard calls it. */
  constructor(newcomer: Newcomer, stateNamed: (state: string, from: Place) => string | undefined) {
    this.#newcomer = newcomer
    this.#notes = newcomer.notes
    this.#stateNamed = stateNamed
  }

  /** A guard of ours; one whose meaning is elsewhere under its name. */
  guard(raw: unknown, place: Place, at: string): unknown {
    const type = string(raw) ?? string(own(raw, 'type'))
    const params = record(own(raw, 'params'))
    if (isRecord(raw) && typeof raw['@expr'] === 'string') return expression(raw['@expr'])
    if (type === CEL_GUARD && typeof params.expression === 'string') return expression(params.expression)
    const plain = type?.replace(/^@?xstate\./, '')
    const inner = params.guards ?? own(raw, 'guards')
    if ((plain === 'and' || plain === 'or') && Array.isArray(inner) && inner.length > 0)
      return {
        type: plain,
        params: { guards: inner.map((each, index) => this.guard(each, place, child(at, index))) },
      }
    if (plain === 'not') {
      const only = params.guard ?? own(raw, 'guard') ?? list(inner)[0]
      if (only !== undefined)
        return { type: 'not', params: { guard: this.guard(only, place, child(at, 'guard')) } }
    }
    const state = string(params.state) ?? string(params.stateValue)
    if (plain === 'stateIn' && state !== undefined) return this.#stateIn(state, place, at)
    if (Check(Guard, raw)) return raw
    this.#notes.add('unknown-guard', at, { name: type ?? JSON.stringify(raw) })
    return type === undefined ? raw : given({ type, params: isRecord(raw) ? raw.params : undefined })
  }

  #stateIn(state: string, place: Place, at: string): Json {
    const path = this.#stateNamed(state, place)
    if (path === undefined) this.#notes.add('unknown-target', at, { name: state })
    return { type: 'stateIn', params: { state: path ?? state } }
  }

  /** Undefined where there are none. */
  actions(raw: unknown, at: string): unknown[] | undefined {
    if (raw === undefined || raw === null) return undefined
    return list(raw).map((each, index) => this.#action(each, Array.isArray(raw) ? child(at, index) : at))
  }

  #action(raw: unknown, at: string): unknown {
    const type = string(raw) ?? string(own(raw, 'type'))
    const params = record(own(raw, 'params'))
    const flat = { ...record(raw), ...params }
    switch (type?.replace(/^@?xstate\./, '')) {
      case 'assign': {
        const values = flat.context ?? flat.assignment
        if (!isRecord(values)) break
        return this.#checked({ type: '@xstate.assign', context: this.#assigned(values, at) }, type ?? '', at)
      }
      case 'raise': {
        const event = isRecord(flat.event) ? flat.event : { type: flat.event }
        if (typeof event.type !== 'string') break
        const { type: name, payload, ...rest } = event
        const values = isRecord(payload) ? payload : isEmpty(rest) ? undefined : rest
        const delay = flat.delay
        const raised = given({
          type: '@xstate.raise',
          event: given({ type: this.#newcomer.event(String(name), at, 'inside'), payload: values }),
          id: string(flat.id),
          delay:
            typeof delay === 'number' || typeof delay === 'string'
              ? this.#newcomer.delay(delay, at)
              : undefined,
        })
        return this.#checked(raised, 'raise', at)
      }
      case 'cancel': {
        const id = string(flat.id) ?? string(flat.sendId)
        if (id !== undefined) return { type: '@xstate.cancel', id }
        break
      }
      default:
        if (Check(Action, raw)) return raw
    }
    this.#notes.add('unknown-action', at, { name: type ?? JSON.stringify(raw) })
    return type === undefined ? raw : given({ type, params: isRecord(raw) ? raw.params : undefined })
  }

  #assigned(values: Json, at: string): Json {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        this.#newcomer.assigned(name, isExpression(value) ? undefined : value, child(at, name)),
        value,
      ]),
    )
  }
  #checked(action: Json, name: string, at: string): Json {
    if (!Check(Action, action)) this.#notes.add('unknown-action', at, { name })
    return action
  }
}
