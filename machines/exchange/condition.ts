/**
 * Guards as the text of an SCXML `cond`, and back.
 *
 * Promises: what `conditionOf` writes, `guardFrom` reads to a guard of the same meaning. `In('id')` is `stateIn`;
 * our named guards are written as functions of their names; the rest is CEL. Of foreign conditions that part is
 * read which means the same in CEL; what is not is said so, never guessed.
 * Must not: evaluate, or know XML.
 */
import type { Guard } from '../definition/schema.ts'

export type StateIds = {
  /** The id that a state of this path has in the file. */
  idOf(path: string): string
  /** The path of the state with this id; undefined where there is none. */
  pathOf(id: string): string | undefined
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

/** The text of a guard. */
export function conditionOf(guard: Guard, ids: StateIds, isInner = false): string {
  if ('@expr' in guard) return isInner ? `(${guard['@expr']})` : guard['@expr']
  switch (guard.type) {
    case 'and':
    case 'or': {
      const parts = guard.params.guards.map((part) => conditionOf(part, ids, true))
      const whole = parts.join(guard.type === 'and' ? ' && ' : ' || ')
      return isInner && parts.length > 1 ? `(${whole})` : whole
    }
    case 'not':
      return `!${conditionOf(guard.params.guard, ids, true)}`
    case 'stateIn':
      return `In(${quoted(ids.idOf(guard.params.state))})`
    case 'checklistDone': {
      const { state, items } = guard.params ?? {}
      if (items !== undefined) return `checklistDone([${items.map(quoted).join(', ')}])`
      return `checklistDone(${state === undefined ? '' : quoted(ids.idOf(state))})`
    }
    case 'qualified': {
      const { certificate, of } = guard.params
      return `qualified(${[certificate, ...(of === undefined ? [] : [of])].map(quoted).join(', ')})`
    }
    case 'within': {
      const { calendar, windows, at } = guard.params
      const named = windows === undefined ? quoted(calendar ?? 'working') : `job.${windows}`
      return `within(${named}${at === undefined ? '' : `, ${at['@expr']}`})`
    }
  }
}

type Token = { kind: 'string' | 'name' | 'number' | 'sign' | 'space'; text: string }
const TOKEN =
  /(?<space>\s+)|(?<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_$][\w$]*)|(?<sign>===|!==|==|!=|<=|>=|&&|\|\||[-+*/%<>!?:()[\]{}.,])/y

function tokensOf(text: string): Token[] | undefined {
  const found: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const groups = TOKEN.exec(text)?.groups
    if (groups === undefined) return undefined
    for (const kind of ['space', 'string', 'number', 'name', 'sign'] as const) {
      const part = groups[kind]
      if (part !== undefined) found.push({ kind, text: part })
    }
  }
  return found
}

/** How the leaves of a foreign condition become CEL; undefined where they cannot. */
export type Leaf = (tokens: readonly Token[]) => string | undefined
export type ReadGuard = { ok: true; guard: Guard } | { ok: false; unknownState?: string }

const expression = (text: string): Guard => ({ '@expr': text.trim(), '@lang': 'cel' })
const MAX_DEPTH = 8

/**
 * The guard that a condition says. Only what holds `In` or a named guard is taken apart; the rest stays one
 * expression as it is written.
 */
export function guardFrom(text: string, ids: StateIds, leaf: Leaf): ReadGuard {
  const tokens = tokensOf(text)
  if (tokens === undefined) return { ok: false }
  try {
    return { ok: true, guard: read(tokens, ids, leaf, 0) }
  } catch (error) {
    if (error instanceof NotRead)
      return { ok: false, ...(error.state === undefined ? {} : { unknownState: error.state }) }
    throw error
  }
}

class NotRead extends Error {
  readonly state: string | undefined
  constructor(state?: string) {
    super('not read')
    this.state = state
  }
}

const NAMED = new Set(['In', 'checklistDone', 'qualified', 'within'])
const isSign = (token: Token | undefined, sign: string): boolean =>
  token?.kind === 'sign' && token.text === sign
const holdsNamed = (tokens: readonly Token[]): boolean =>
  tokens.some(({ kind, text }, index) => kind === 'name' && NAMED.has(text) && isSign(tokens[index + 1], '('))

function trimmed(tokens: readonly Token[]): readonly Token[] {
  const first = tokens.findIndex(({ kind }) => kind !== 'space')
  const last = tokens.findLastIndex(({ kind }) => kind !== 'space')
  return first === -1 ? [] : tokens.slice(first, last + 1)
}

/** The parts between signs that stand outside all brackets. Throws where brackets do not match. */
function split(tokens: readonly Token[], sign: string): Token[][] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (token.kind === 'sign' && '([{'.includes(token.text)) depth += 1
    if (token.kind === 'sign' && ')]}'.includes(token.text)) depth -= 1
    if (depth < 0) throw new NotRead()
    if (depth === 0 && isSign(token, sign)) parts.push([])
    else parts.at(-1)?.push(token)
  }
  if (depth !== 0) throw new NotRead()
  return parts
}

function read(given: readonly Token[], ids: StateIds, leaf: Leaf, depth: number): Guard {
  const tokens = trimmed(given)
  if (tokens.length === 0 || depth > MAX_DEPTH) throw new NotRead()
  if (!holdsNamed(tokens)) return plain(tokens, leaf)
  if (split(tokens, '?').length > 1) throw new NotRead()
  for (const [sign, type] of [
    ['||', 'or'],
    ['&&', 'and'],
  ] as const) {
    const parts = split(tokens, sign)
    if (parts.length > 1)
      return { type, params: { guards: parts.map((part) => read(part, ids, leaf, depth + 1)) } }
  }
  if (isSign(tokens[0], '!'))
    return { type: 'not', params: { guard: read(tokens.slice(1), ids, leaf, depth + 1) } }
  if (isSign(tokens[0], '(') && closesAtEnd(tokens, 0)) return read(tokens.slice(1, -1), ids, leaf, depth + 1)
  const [name, bracket] = tokens
  if (name?.kind === 'name' && NAMED.has(name.text) && isSign(bracket, '(') && closesAtEnd(tokens, 1))
    return named(name.text, tokens.slice(2, -1), ids)
  throw new NotRead()
}

function plain(tokens: readonly Token[], leaf: Leaf): Guard {
  split(tokens, ',')
  // Brackets around the whole are nobody's meaning.
  const inner = isSign(tokens[0], '(') && closesAtEnd(tokens, 0) ? tokens.slice(1, -1) : tokens
  const text = leaf(inner)
  if (text === undefined || text.trim() === '') throw new NotRead()
  return expression(text)
}

/** Whether the bracket that opens here closes with the last token. */
function closesAtEnd(tokens: readonly Token[], from: number): boolean {
  let depth = 0
  for (let index = from; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token?.kind !== 'sign') continue
    if ('([{'.includes(token.text)) depth += 1
    if (')]}'.includes(token.text)) depth -= 1
    if (depth === 0) return index === tokens.length - 1
  }
  return false
}

const unquoted = (token: Token | undefined): string => {
  if (token?.kind !== 'string') throw new NotRead()
  return token.text.slice(1, -1).replaceAll(/\\(.)/g, '$1')
}
function onlyString(tokens: readonly Token[]): string {
  const [only, ...more] = trimmed(tokens)
  if (more.length > 0) throw new NotRead()
  return unquoted(only)
}

function named(name: string, inside: readonly Token[], ids: StateIds): Guard {
  const args = trimmed(inside).length === 0 ? [] : split(inside, ',').map(trimmed)
  const [first, second] = args
  const state = (tokens: readonly Token[]): string => {
    const id = onlyString(tokens)
    const path = ids.pathOf(id)
    if (path === undefined) throw new NotRead(id)
    return path
  }
  if (name === 'In' && first !== undefined && args.length === 1)
    return { type: 'stateIn', params: { state: state(first) } }
  if (name === 'checklistDone' && args.length <= 1) {
    if (first === undefined) return { type: 'checklistDone' }
    if (!isSign(first[0], '[')) return { type: 'checklistDone', params: { state: state(first) } }
    const items =
      trimmed(first.slice(1, -1)).length === 0 ? [] : split(first.slice(1, -1), ',').map(onlyString)
    return { type: 'checklistDone', params: { items } }
  }
  if (name === 'qualified' && first !== undefined && args.length <= 2)
    return {
      type: 'qualified',
      params: { certificate: onlyString(first), ...(second === undefined ? {} : { of: onlyString(second) }) },
    }
  if (name === 'within' && first !== undefined && args.length <= 2) return within(first, second)
  throw new NotRead()
}

function within(first: readonly Token[], second: readonly Token[] | undefined): Guard {
  const at = second === undefined ? undefined : second.map(({ text }) => text).join('')
  const time = at === undefined ? {} : { at: { '@expr': at, '@lang': 'cel' as const } }
  if (first[0]?.kind === 'string') return { type: 'within', params: { calendar: onlyString(first), ...time } }
  const [job, dot, field, ...more] = first
  if (job?.text !== 'job' || dot?.text !== '.' || field?.kind !== 'name' || more.length > 0)
    throw new NotRead()
  return { type: 'within', params: { windows: field.text, ...time } }
}

/** CEL as it stands. */
export const celLeaf: Leaf = (tokens) => tokens.map(({ text }) => text).join('')

const CEL_NAMES = new Set(['true', 'false', 'null', 'job', 'event', 'now', 'has', 'size'])

/**
 * ECMAScript where it means the same in CEL: comparisons and arithmetic over data and `_event.data`.
 *
 * @param fieldOf the field that a datum became
 * @param payload told of each name read of the event's data
 */
export const scriptLeaf =
  (fieldOf: (name: string) => string | undefined, payload: (name: string) => void): Leaf =>
  (given) => {
    const tokens = given.filter(({ kind }) => kind !== 'space')
    const out: string[] = []
    for (let index = 0; index < tokens.length; index += 1) {
      const token = tokens[index]
      if (token === undefined) break
      const isMember = isSign(tokens[index - 1], '.')
      if (token.kind !== 'name' || isMember) {
        if (token.kind === 'sign' && '{}'.includes(token.text)) return undefined
        const text = token.text === '===' ? '==' : token.text === '!==' ? '!=' : token.text
        out.push(spaced(text, token))
        continue
      }
      if (isSign(tokens[index + 1], '(')) return undefined
      if (token.text === '_event') {
        const [dot, data, second, name] = tokens.slice(index + 1, index + 5)
        if (dot?.text !== '.' || data?.text !== 'data' || second?.text !== '.' || name?.kind !== 'name')
          return undefined
        payload(name.text)
        out.push(`event.${name.text}`)
        index += 4
        continue
      }
      const field = fieldOf(token.text)
      if (field !== undefined) out.push(`job.${field}`)
      else if (CEL_NAMES.has(token.text)) out.push(token.text)
      else return undefined
    }
    return out.join('')
  }

const spaced = (text: string, { kind }: Token): string =>
  kind === 'sign' && /^(?:[=!<>]=?=?|&&|\|\||[-+*/%?:<>]|==)$/.test(text) && text !== '!' ? ` ${text} ` : text
