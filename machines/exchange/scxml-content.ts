/**
 * Executable content of SCXML as actions: what is done on entering, leaving and on the way.
 *
 * Promises: order is kept; content that is code, or speaks to another program, is noted and nothing is put in its place.
 * Must not: know states or transitions.
 */
import { Check } from 'typebox/value'
import { Action } from '../definition/schema.ts'
import { celLeaf, guardFrom, type Leaf, scriptLeaf } from './condition.ts'
import type { Newcomer } from './newcomer.ts'
import { given, isRecord, type Json } from './plain.ts'
import { ours } from './scxml-names.ts'
import type { Element } from './xml.ts'

export type ContentSetting = {
  newcomer: Newcomer
  /** Values are CEL: the file says so, or is ours. */
  isCel: boolean
}

const WORK = new Set(['if', 'foreach', 'script', 'invoke'])
const DELAY = /^\s*(\d*\.?\d+)\s*(ms|s|m|min|h|d)?\s*$/
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** Milliseconds of a time as SCXML writes it. */
function delayFrom(text: string): number | undefined {
  const found = DELAY.exec(text.replaceAll(/^['"]|['"]$/g, ''))
  const ms = found === null ? Number.NaN : Number(found[1]) * (UNITS[found[2] ?? 's'] ?? Number.NaN)
  return Number.isFinite(ms) ? ms : undefined
}

/** A literal of JSON or of a script. */
export function literalFrom(text: string): { value: unknown } | undefined {
  const trimmed = text.trim()
  if (/^'(?:[^'\\]|\\['\\])*'$/.test(trimmed))
    return { value: trimmed.slice(1, -1).replaceAll(/\\(.)/g, '$1') }
  try {
    return { value: JSON.parse(trimmed) }
  } catch {
    return undefined
  }
}

const expression = (text: string): Json => ({ '@expr': text.trim(), '@lang': 'cel' })

export class ContentReader {
  readonly #setting: ContentSetting

  constructor(setting: ContentSetting) {
    this.#setting = setting
  }

  /** How the leaves of conditions are read; `event` is at hand with its payload. */
  leaf(event: string | undefined): Leaf {
    const { newcomer, isCel } = this.#setting
    if (isCel) return celLeaf
    return scriptLeaf(
      (name) => newcomer.fieldNamed(name),
      (name) => {
        if (event !== undefined) newcomer.payloadOf(event, name)
      },
    )
  }

  /** The actions of an element's children; undefined where there are none. */
  actions(element: Element, event: string | undefined): unknown[] | undefined {
    const found: unknown[] = []
    let group: { at: string; action: Json } | undefined
    for (const each of element.children) {
      if (each.name === 'meta' || each.attributes.get(ours('after')) !== undefined) continue
      if (each.name === 'assign') {
        const at = each.attributes.get(ours('action'))
        const part = this.#assign(each, event)
        if (part === undefined) continue
        if (group !== undefined && at !== undefined && group.at === at && isRecord(group.action.context)) {
          group.action.context = { ...group.action.context, ...part }
          continue
        }
        const action: Json = { type: '@xstate.assign', context: part }
        group = at === undefined ? undefined : { at, action }
        found.push(action)
        continue
      }
      group = undefined
      const action = this.#action(each, event)
      if (action !== undefined) found.push(action)
    }
    return found.length === 0 ? undefined : found
  }

  #action(element: Element, event: string | undefined): unknown {
    const { newcomer } = this.#setting
    const { notes } = newcomer
    const { name, attributes, place } = element
    switch (name) {
      case 'raise': {
        const type = attributes.get('event')
        if (type !== undefined && type !== '')
          return { type: '@xstate.raise', event: { type: newcomer.event(type, place, 'inside') } }
        break
      }
      case 'send':
        return this.#send(element, event)
      case 'cancel': {
        const id = attributes.get('sendid')
        if (id !== undefined) return { type: '@xstate.cancel', id }
        break
      }
      case 'action': {
        const action = literalFrom(element.text)?.value
        if (Check(Action, action)) return action
        notes.add('unknown-action', place, { name: element.text.trim() })
        return isRecord(action) ? action : undefined
      }
      default:
        notes.add(WORK.has(name) ? 'work-not-carried' : 'not-carried', place, { what: `<${name}>` })
        return undefined
    }
    notes.add('not-carried', place, { what: `<${name}>` })
    return undefined
  }

  #assign(element: Element, event: string | undefined): Json | undefined {
    const { newcomer, isCel } = this.#setting
    const { attributes, place } = element
    const location = attributes.get('location')?.trim() ?? ''
    const expr = attributes.get('expr')
    const name = isCel ? /^job\.(\w+)$/.exec(location)?.[1] : /^[\w$]+$/.exec(location)?.[0]
    if (name === undefined || expr === undefined) {
      newcomer.notes.add('work-not-carried', place, { what: `<assign location="${location}">` })
      return undefined
    }
    const value = this.#value(element, expr, event)
    const field = newcomer.assigned(name, isRecord(value) && '@expr' in value ? undefined : value, place)
    return { [field]: value }
  }

  /** A literal, or an expression; what cannot be one is kept, with a note. */
  #value(element: Element, expr: string, event: string | undefined): unknown {
    const { notes } = this.#setting.newcomer
    const isSaid = element.attributes.get(ours('value')) === 'expression'
    const literal = isSaid ? undefined : literalFrom(expr)
    // Ours are literals or JSON lists; an object can only be an expression.
    if (literal !== undefined && !isRecord(literal.value)) return literal.value
    const read = this.#setting.isCel ? undefined : guardFrom(expr, NO_STATES, this.leaf(event))
    if (read === undefined) return expression(expr)
    if (read.ok && '@expr' in read.guard) return read.guard
    notes.add('expression-kept', element.place, { text: expr })
    return expression(expr)
  }

  #send(element: Element, event: string | undefined): unknown {
    const { newcomer } = this.#setting
    const { attributes, place, children } = element
    const type = attributes.get('event')
    const target = attributes.get('target') ?? ''
    const isOwn = target === '' || target === '#_internal'
    if (type === undefined || !isOwn) {
      newcomer.notes.add('work-not-carried', place, {
        what: `<send event="${type ?? ''}" target="${target}">`,
      })
      return undefined
    }
    const params = children.filter(({ name }) => name === 'param')
    for (const other of children)
      if (other.name !== 'param') newcomer.notes.add('not-carried', other.place, { what: `<${other.name}>` })
    if (attributes.has('namelist')) newcomer.notes.add('not-carried', place, { what: 'namelist' })
    const payload = params.flatMap((param) => {
      const name = param.attributes.get('name')
      const expr = param.attributes.get('expr') ?? param.attributes.get('location')
      return name === undefined || expr === undefined
        ? []
        : [[name, this.#value(param, expr, event)] as const]
    })
    const name = newcomer.event(type, place, 'inside')
    for (const [key] of payload) newcomer.payloadOf(name, key)
    const delay = this.#delay(element, event)
    if (delay === undefined && target === '') newcomer.notes.add('send-as-raise', place, { name })
    const isEmpty = attributes.get(ours('payload')) === 'empty'
    return given({
      type: '@xstate.raise',
      event: given({
        type: name,
        payload: payload.length === 0 && !isEmpty ? undefined : Object.fromEntries(payload),
      }),
      id: attributes.get('id'),
      delay,
    })
  }

  #delay(element: Element, event: string | undefined): string | undefined {
    const { newcomer } = this.#setting
    const { attributes, place } = element
    const said = attributes.get(ours('delay'))
    if (said !== undefined && Object.hasOwn(newcomer.known.delays, said)) return said
    const text = attributes.get('delay') ?? attributes.get('delayexpr')
    if (text === undefined) return undefined
    const ms = delayFrom(text)
    if (ms !== undefined) return ms === 0 ? undefined : newcomer.delay(ms, place)
    const read = guardFrom(text, NO_STATES, this.leaf(event))
    const isRead = read.ok && '@expr' in read.guard
    // Another program counts in text like "5s"; ours in ISO 8601: a person must look.
    newcomer.notes.add('expression-kept', place, { text })
    return newcomer.computedDelay(isRead && '@expr' in read.guard ? read.guard['@expr'] : text)
  }
}

const NO_STATES = { idOf: (path: string) => path, pathOf: () => undefined }
