/**
 * Guards, actions and delays of a process as the parts of a `setup`, each under a name that a person can read.
 *
 * Promises: the name of a condition is its own text, so that a drawing of the machine shows it; the same text is the
 * same guard. A negated condition that cannot be told does not hold either.
 * Must not: know where in the machine a part is used.
 */
import { checklistOf } from '../compile/checklists.ts'
import { own } from '../definition/check-value.ts'
import type { Action, Definition, Delay, Guard, Value } from '../definition/schema.ts'
import type { Tree, TreeNode } from '../definition/tree.ts'
import { createParser, type Parser } from '../expression/parse.ts'
import { type Result, typeScriptOf } from './ts-expression.ts'
import { literal } from './ts-piece.ts'

/** What `setup` gets; by name, the code. `imports`: functions of xstate that are used. */
export class Parts {
  readonly guards = new Map<string, string>()
  readonly actions = new Map<string, string>()
  readonly delays = new Map<string, string>()
  readonly imports = new Set<string>(['setup', 'assign'])
  /** Expressions that were left to `hooks.expression`. */
  readonly left = new Set<string>()
  /** Events raised with a payload. */
  readonly raised = new Set<string>()
  readonly #definition: Definition
  readonly #tree: Tree
  readonly #parser: Parser

  constructor(definition: Definition, tree: Tree) {
    this.#definition = definition
    this.#tree = tree
    this.#parser = createParser(definition)
    for (const [name, delay] of Object.entries(definition.delays ?? {}))
      this.delays.set(name, this.#delay(delay))
  }

  /** The guard as it stands in the config. */
  guard(guard: Guard): string {
    return this.#written(this.#resolved(guard, false))
  }
  /** Whether all required items of a state are ticked; undefined where it has none. */
  checklistDone(state: TreeNode): string | undefined {
    const code = this.#doneCode(state)
    return code === undefined ? undefined : this.#named(`checklist of ${state.path} done`, code)
  }
  checklistOpen(state: TreeNode): string | undefined {
    const code = this.#doneCode(state)
    return code === undefined ? undefined : this.#named(`checklist of ${state.path} open`, `!(${code})`)
  }
  /** `stateIn`, or its opposite. */
  inState(state: TreeNode, isNot: boolean): string {
    const inside = `${this.#use('stateIn')}(${literal(`#${this.idOf(state)}`)})`
    return isNot ? `${this.#use('not')}(${inside})` : inside
  }
  all(guards: readonly string[]): string {
    return guards.length === 1 ? (guards[0] ?? '') : `${this.#use('and')}([${guards.join(', ')}])`
  }
  any(guards: readonly string[]): string {
    return guards.length === 1 ? (guards[0] ?? '') : `${this.#use('or')}([${guards.join(', ')}])`
  }
  idOf(state: TreeNode): string {
    if (state.parent === undefined) return this.#definition.id
    return state.node.id ?? `${this.#definition.id}.${state.path}`
  }

  #use(name: string): string {
    this.imports.add(name)
    return name
  }
  #named(name: string, code: string): string {
    this.guards.set(name, `({ context, event }) => holds(context, event, ${reading(code)})`)
    return literal(name)
  }

  /** The expression as code, or a question to the hooks. */
  #code(text: string, wanted: Result): string {
    const code = typeScriptOf(text, this.#parser, wanted)
    if (code !== undefined) return code
    this.left.add(text)
    const asked = `hooks.expression(${literal(text)}, at)`
    switch (wanted) {
      case 'condition':
        return `flag(${asked})`
      case 'time':
        return `time(${asked})`
      case 'text':
        return `text(${asked})`
      case 'value':
        return `given(${asked})`
    }
  }

  /** With every negation at a leaf: what cannot be told holds neither way. */
  #resolved(guard: Guard, isNot: boolean): Resolved {
    if ('@expr' in guard) {
      const text = guard['@expr']
      const code = this.#code(text, 'condition')
      return { kind: 'code', name: isNot ? `!(${text})` : text, code: isNot ? `!${code}` : code }
    }
    switch (guard.type) {
      case 'and':
      case 'or': {
        const parts = guard.params.guards.map((each) => this.#resolved(each, isNot))
        return { kind: (guard.type === 'and') === isNot ? 'or' : 'and', parts }
      }
      case 'not':
        return this.#resolved(guard.params.guard, !isNot)
      case 'stateIn': {
        const state = this.#tree.byPath.get(guard.params.state)
        return state === undefined
          ? { kind: 'code', name: `in ${guard.params.state}`, code: String(isNot) }
          : { kind: 'state', code: this.inState(state, isNot) }
      }
      case 'checklistDone':
        return this.#checklist(guard.params ?? {}, isNot)
      case 'qualified': {
        const { certificate, of } = guard.params
        const person =
          of === undefined
            ? 'undefined'
            : `text(isSet(at.event[${literal(of)}]) ? at.event[${literal(of)}] : at.job[${literal(of)}])`
        const name = `qualified: ${certificate}${of === undefined ? '' : ` of ${of}`}`
        return negatable(name, `hooks.qualified(${literal(certificate)}, ${person}, at)`, isNot)
      }
      case 'within': {
        const { calendar = 'working', windows, at } = guard.params
        const moment = at === undefined ? 'at.now' : this.#code(at['@expr'], 'time')
        const when = at === undefined ? '' : ` at ${at['@expr']}`
        return windows === undefined
          ? negatable(`within ${calendar}${when}`, `hooks.open(${literal(calendar)}, ${moment})`, isNot)
          : negatable(
              `within job.${windows}${when}`,
              `inWindows(at.job[${literal(windows)}], ${moment})`,
              isNot,
            )
      }
    }
  }

  #checklist({ state, items }: { state?: string; items?: string[] }, isNot: boolean): Resolved {
    if (items !== undefined) {
      const code = items.map((item) => `ticked(at, ${literal(item)})`).join(' && ')
      return negatable(`ticked: ${items.join(', ')}`, code === '' ? 'true' : `(${code})`, isNot)
    }
    const states = this.#tree.nodes.filter((each) => (state === undefined ? true : each.path === state))
    const parts = states.flatMap((each): Resolved[] => {
      const done = isNot ? this.checklistOpen(each) : this.checklistDone(each)
      if (done === undefined) return []
      if (state !== undefined) return [{ kind: 'state', code: done }]
      return [
        {
          kind: isNot ? 'and' : 'or',
          parts: [
            { kind: 'state', code: this.inState(each, !isNot) },
            { kind: 'state', code: done },
          ],
        },
      ]
    })
    if (parts.length === 0)
      return { kind: 'code', name: isNot ? 'a checklist open' : 'no checklist open', code: String(!isNot) }
    return { kind: isNot ? 'or' : 'and', parts }
  }

  #doneCode(state: TreeNode): string | undefined {
    const items = checklistOf(state).flatMap(({ id, required = true }) => {
      if (required === false) return []
      const done = `ticked(at, ${literal(id)})`
      return [
        required === true
          ? done
          : `(${done} || !required(() => ${this.#code(required['@expr'], 'condition')}))`,
      ]
    })
    return items.length === 0 ? undefined : items.join(' && ')
  }

  /** Conditions without states become one function; states are asked by xstate itself. */
  #written(guard: Resolved): string {
    const plain = asCode(guard)
    if (plain !== undefined) return this.#named(plain.name, plain.code)
    switch (guard.kind) {
      case 'state':
        return guard.code
      case 'code':
        return this.#named(guard.name, guard.code)
      default: {
        const parts = guard.parts.map((each) => this.#written(each))
        return guard.kind === 'and' ? this.all(parts) : this.any(parts)
      }
    }
  }

  /* -------------------------------------------------------------- actions */

  /** The action as it stands in the config. */
  action(action: Action): string {
    switch (action.type) {
      case '@xstate.assign':
        return this.#assign(action.context)
      case '@xstate.raise':
        return this.#raise(action)
      case '@xstate.cancel': {
        this.actions.set(`cancel ${action.id}`, `${this.#use('cancel')}(${literal(action.id)})`)
        return literal(`cancel ${action.id}`)
      }
      case 'startJob':
      case 'signal':
        return this.#toOthers(action)
      default:
        this.actions.set(
          action.type,
          `(_, params: object) => hooks.act({ type: ${literal(action.type)}, params })`,
        )
        return literal({ type: action.type, params: action.params })
    }
  }

  #unique(map: ReadonlyMap<string, string>, wanted: string, code: string): string {
    let name = wanted
    for (let next = 2; map.has(name) && map.get(name) !== code; next += 1) name = `${wanted} (${next})`
    return name
  }
  #values(values: Readonly<Record<string, Value>>, toField: (name: string, code: string) => string): string {
    const parts = Object.entries(values).map(([name, value]) => {
      const code = isExpression(value) ? toField(name, this.#code(value['@expr'], 'value')) : literal(value)
      return `${literal(name)}: ${reading(`(${code})`)}`
    })
    return `{ ${parts.join(', ')} }`
  }
  #assign(values: Readonly<Record<string, Value>>): string {
    // A field of days takes the day of a moment.
    const asDay = (name: string, code: string): string =>
      own(this.#definition.schemas.context.properties, name)?.format === 'date' && code.startsWith('iso(')
        ? `day(${code})`
        : code
    const code = `assign(({ context, event }) => changed(context, event, ${this.#values(values, asDay)}))`
    const name = this.#unique(this.actions, `set ${Object.keys(values).join(', ')}`, code)
    this.actions.set(name, code)
    return literal(name)
  }

  #raise({ event, id, delay }: Extract<Action, { type: '@xstate.raise' }>): string {
    this.#use('raise')
    if (event.payload !== undefined) this.raised.add(event.type)
    const what =
      event.payload === undefined
        ? `{ type: ${literal(event.type)} }`
        : `({ context, event }) => ({ type: ${literal(event.type)} as const, payload: told(context, event, ${this.#values(event.payload, (_, code) => code)}) })`
    const name0 = `raise ${event.type}${delay === undefined ? '' : ` after ${delay}`}`
    const options =
      delay === undefined ? '' : `, { id: ${literal(id ?? `raise.${event.type}`)}, delay: ${literal(delay)} }`
    // Written where it is used: xstate infers its types there.
    return `raise(${what}${options}) /* ${name0.replaceAll('*/', '')} */`
  }

  #toOthers(action: Extract<Action, { type: 'startJob' | 'signal' }>): string {
    const [key, values] =
      action.type === 'startJob'
        ? (['fields', action.params.fields] as const)
        : (['payload', action.params.payload] as const)
    const about = action.type === 'startJob' ? action.params.process : action.params.event
    const told =
      values === undefined ? '' : `, ${key}: told(context, event, ${this.#values(values, (_, code) => code)})`
    const { [key]: _, ...params }: Record<string, unknown> = action.params
    const args = values === undefined ? '' : '{ context, event }'
    const code = `(${args}) => hooks.act({ type: ${literal(action.type)}, params: { ...${literal(params)}${told} } })`
    const name = this.#unique(this.actions, `${action.type} ${about}`, code)
    this.actions.set(name, code)
    return literal(name)
  }

  #delay({ duration, from, calendar }: Delay): string {
    const span =
      typeof duration === 'string'
        ? `() => ${literal(duration)}`
        : reading(this.#code(duration['@expr'], 'text'))
    const parts = [
      ...(from === undefined ? [] : [`from: ${reading(this.#code(from['@expr'], 'time'))}`]),
      `duration: ${span}`,
      ...(calendar === undefined ? [] : [`calendar: ${literal(calendar)}`]),
    ]
    return `({ context, event }) => until(context, event, { ${parts.join(', ')} })`
  }
}

/** `code`: tells by itself. `state`: written for xstate already. */
type Resolved =
  | { kind: 'code'; name: string; code: string }
  | { kind: 'state'; code: string }
  | { kind: 'and' | 'or'; parts: Resolved[] }

const negatable = (name: string, code: string, isNot: boolean): Resolved =>
  isNot ? { kind: 'code', name: `!(${name})`, code: `!${code}` } : { kind: 'code', name, code }
const isExpression = (value: Value): value is { '@expr': string; '@lang': 'cel' } =>
  typeof value === 'object' && value !== null && '@expr' in value

/** A function of what is known; it takes nothing where it needs nothing. */
const reading = (code: string): string => `(${/\bat\b/.test(code) ? 'at' : ''}) => ${code}`

/** As one condition, where no state is asked for. */
function asCode(guard: Resolved): { name: string; code: string } | undefined {
  if (guard.kind === 'code') return guard
  if (guard.kind === 'state') return undefined
  const parts = guard.parts.map(asCode)
  const known = parts.filter((each) => each !== undefined)
  if (known.length < parts.length) return undefined
  const [first, ...others] = known
  if (first === undefined) return { name: guard.kind, code: String(guard.kind === 'and') }
  if (others.length === 0) return first
  const helper = guard.kind === 'and' ? 'both' : 'either'
  const sign = guard.kind === 'and' ? ' && ' : ' || '
  return {
    name: known.map(({ name }) => `(${name})`).join(sign),
    code: known
      .map(({ code }) => code)
      .reduceRight((rest, code) => `${helper}(() => ${code}, () => ${rest})`),
  }
}
