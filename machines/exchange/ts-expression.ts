/**
 * A CEL expression as TypeScript, over the helpers of `ts-runtime.ts`.
 *
 * Promises: what comes out means the same: a field that is not set stops it (`NotSet`), and `&&` and `||` still tell
 * where one side alone decides. Undefined where an expression uses what has no counterpart; then the caller leaves
 * a hook in its place.
 * Must not: evaluate, or emit text of a definition other than as a string literal or a checked name.
 */
import type { Parser } from '../expression/parse.ts'
import type { Fields, Shape } from '../expression/shapes.ts'
import { loopOf, type Node } from '../expression/syntax.ts'
import { HELPERS } from './ts-runtime.ts'

type Kind = Shape | { kind: 'span' } | { kind: 'null' }
/** `raw`: the code is of type unknown, as it stands in JSON, and may be undefined. `fails`: it may throw. */
type Piece = { code: string; kind: Kind; raw?: boolean; fails: boolean }

class NoCounterpart extends Error {}

export type Result = 'condition' | 'value' | 'time' | 'text'
export const literal = (value: unknown): string => JSON.stringify(value) ?? 'null'
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const WORDS = new Set([
  'break',
  'case',
  'catch',
  'class',
  'const',
  'continue',
  'debugger',
  'default',
  'delete',
  'do',
  'else',
  'enum',
  'export',
  'extends',
  'false',
  'finally',
  'for',
  'function',
  'if',
  'import',
  'in',
  'instanceof',
  'new',
  'null',
  'return',
  'super',
  'switch',
  'this',
  'throw',
  'true',
  'try',
  'typeof',
  'var',
  'void',
  'while',
  'with',
  'yield',
  'let',
  'static',
  'await',
  'async',
  'arguments',
  'eval',
  'at',
  'settings',
  'undefined',
  ...HELPERS,
])

/** The code of an expression as it is wanted; undefined where it cannot be said. */
export function typeScriptOf(text: string, parser: Parser, wanted: Result): string | undefined {
  const ast = parser.parse(text)
  if (ast === undefined) return undefined
  try {
    const piece = new Translator(parser).piece(ast, new Map())
    switch (wanted) {
      case 'condition':
        return piece.kind.kind === 'bool' || piece.kind.kind === 'dyn' ? flag(piece) : undefined
      case 'time':
        return timeOf(piece)
      case 'text':
        return piece.kind.kind === 'string' || piece.kind.kind === 'dyn' ? textOf(piece) : undefined
      case 'value':
        return json(piece)
    }
  } catch (error) {
    if (error instanceof NoCounterpart) return undefined
    throw error
  }
}

const READERS: Partial<Record<Kind['kind'], string>> = {
  string: 'text',
  int: 'number',
  double: 'number',
  bool: 'flag',
  timestamp: 'time',
  date: 'time',
  list: 'items',
  object: 'members',
  map: 'members',
  dyn: 'given',
}
/** The code with the type of its kind. */
function use(piece: Piece): string {
  if (piece.raw !== true) return piece.code
  const reader = READERS[piece.kind.kind]
  if (reader === undefined) throw new NoCounterpart()
  return `${reader}(${piece.code})`
}
const as = (piece: Piece, reader: string): string =>
  piece.kind.kind === 'dyn' ? `${reader}(${piece.code})` : use(piece)
const flag = (piece: Piece): string => (piece.kind.kind === 'bool' ? use(piece) : as(dynamic(piece), 'flag'))
const textOf = (piece: Piece): string =>
  piece.kind.kind === 'string' ? use(piece) : as(dynamic(piece), 'text')
const timeOf = (piece: Piece): string => (isTime(piece) ? use(piece) : as(dynamic(piece), 'time'))
const dynamic = (piece: Piece): Piece => {
  if (piece.kind.kind !== 'dyn') throw new NoCounterpart()
  return piece
}
/** The code of the value as JSON holds it. */
function json(piece: Piece): string {
  if (isTime(piece)) return `iso(${use(piece)})`
  if (piece.kind.kind === 'span') return `isoSpan(${use(piece)})`
  return use(piece)
}
const isTime = ({ kind }: Piece): boolean => kind.kind === 'timestamp' || kind.kind === 'date'
const isNumber = ({ kind }: Piece): boolean => kind.kind === 'int' || kind.kind === 'double'
const isText = ({ kind }: Piece): boolean => kind.kind === 'string'
const isList = ({ kind }: Piece): boolean => kind.kind === 'list'
const made = (code: string, kind: Kind, ...from: Piece[]): Piece => ({
  code,
  kind,
  fails: from.some(({ fails }) => fails),
})
const failing = (code: string, kind: Kind): Piece => ({ code, kind, fails: true })
const DYN: Kind = { kind: 'dyn' }
const BOOL: Kind = { kind: 'bool' }
const INT: Kind = { kind: 'int' }
const STRING: Kind = { kind: 'string' }
const TIME: Kind = { kind: 'timestamp' }
const SPAN: Kind = { kind: 'span' }
const listOf = (kind: Kind): Kind => ({
  kind: 'list',
  of: kind.kind === 'span' || kind.kind === 'null' ? { kind: 'dyn' } : kind,
})

type Bound = ReadonlyMap<string, Piece>
/** What the names stand for outside loops. */
const LOOPS: Readonly<Record<string, string>> = {
  all: 'every',
  exists: 'some',
  exists_one: 'one',
  filter: 'filter',
  map: 'map',
}
const ORDER = new Set(['<', '<=', '>', '>='])

class Translator {
  readonly #parser: Parser
  constructor(parser: Parser) {
    this.#parser = parser
  }

  piece(node: Node, bound: Bound): Piece {
    switch (node.op) {
      case 'value':
        return this.#value(node.args)
      case 'id':
        return this.#name(node.args, bound)
      case '.':
        return this.#member(this.piece(node.args[0], bound), node.args[1])
      case '[]':
        return this.#element(this.piece(node.args[0], bound), this.piece(node.args[1], bound), node.args[1])
      case '!_':
        return this.#not(this.piece(node.args, bound))
      case '-_':
        return this.#minus(this.piece(node.args, bound))
      case '&&':
      case '||':
        return this.#connected(node.op, this.piece(node.args[0], bound), this.piece(node.args[1], bound))
      case '?:':
        return this.#choice(
          this.piece(node.args[0], bound),
          this.piece(node.args[1], bound),
          this.piece(node.args[2], bound),
        )
      case '==':
      case '!=':
        return this.#equal(node.op, this.piece(node.args[0], bound), this.piece(node.args[1], bound))
      case '<':
      case '<=':
      case '>':
      case '>=':
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return this.#computed(node.op, this.piece(node.args[0], bound), this.piece(node.args[1], bound))
      case 'in':
        return this.#within(this.piece(node.args[0], bound), this.piece(node.args[1], bound))
      case 'list': {
        const pieces = node.args.map((each) => this.piece(each, bound))
        const [first] = pieces
        const isAlike = first !== undefined && pieces.every(({ kind }) => kind.kind === first.kind.kind)
        return made(`[${pieces.map(json).join(', ')}]`, listOf(isAlike ? first.kind : DYN), ...pieces)
      }
      case 'map':
        return this.#map(node.args, bound)
      case 'call':
        return this.#call(node.args[0], node.args[1], bound)
      case 'rcall':
        return this.#method(node, node.args[0], node.args[1], node.args[2], bound)
      default:
        throw new NoCounterpart()
    }
  }

  #value(value: unknown): Piece {
    switch (typeof value) {
      case 'string':
        return made(literal(value), STRING)
      case 'boolean':
        return made(String(value), BOOL)
      case 'bigint':
        return made(String(value), INT)
      case 'number':
        return made(String(value), { kind: 'double' })
      default:
        if (value === null) return made('null', { kind: 'null' })
        throw new NoCounterpart()
    }
  }

  #name(name: string, bound: Bound): Piece {
    const variable = bound.get(name)
    if (variable !== undefined) return variable
    const { vocabulary, anyEvent } = this.#parser
    const object = (fields: Fields): Piece => made(`at.${name}`, { kind: 'object', fields })
    switch (name) {
      case 'job':
        return object(vocabulary.job)
      case 'event':
        return object(anyEvent)
      case 'links':
        return object(vocabulary.links)
      case 'actor':
        return object(vocabulary.actor)
      case 'checklist':
        return object(vocabulary.checklist)
      case 'settings':
        return made('settings', { kind: 'object', fields: vocabulary.settings })
      case 'now':
        return made('at.now', TIME)
      case 'tz':
        return made('hooks.timeZone', STRING)
      default:
        throw new NoCounterpart()
    }
  }

  #member(of: Piece, name: string): Piece {
    if (!NAME.test(name)) throw new NoCounterpart()
    const { kind } = of
    const found: Kind = kind.kind === 'object' ? (kind.fields.get(name) ?? DYN) : DYN
    if (of.code === 'at.checklist') return made(`(at.checklist.${name} === true)`, BOOL)
    // Settings and the actor are typed as they stand.
    if (of.code === 'settings' || of.code === 'at.actor') return made(`${of.code}.${name}`, found)
    if (kind.kind !== 'object' && kind.kind !== 'map' && kind.kind !== 'dyn') throw new NoCounterpart()
    const object = of.raw === true || kind.kind === 'dyn' ? `members(${of.code})` : of.code
    return { code: `${object}.${name}`, kind: found, raw: true, fails: true }
  }

  #element(of: Piece, index: Piece, node: Node): Piece {
    const { kind } = of
    if (kind.kind === 'list' && isNumber(index))
      return { code: `element(${use(of)}, ${use(index)})`, kind: kind.of, raw: true, fails: true }
    if (node.op === 'value' && typeof node.args === 'string') return this.#member(of, node.args)
    throw new NoCounterpart()
  }

  #not(piece: Piece): Piece {
    return made(`!${flag(piece)}`, BOOL, piece)
  }
  #minus(piece: Piece): Piece {
    if (!isNumber(piece) && piece.kind.kind !== 'span') throw new NoCounterpart()
    return made(`-(${use(piece)})`, piece.kind, piece)
  }

  /** Where the left side cannot fail, the signs of TypeScript mean the same. */
  #connected(op: '&&' | '||', left: Piece, right: Piece): Piece {
    if (!left.fails) return made(`(${flag(left)} ${op} ${flag(right)})`, BOOL, right)
    const name = op === '&&' ? 'both' : 'either'
    return failing(`${name}(() => ${flag(left)}, () => ${flag(right)})`, BOOL)
  }

  #choice(test: Piece, yes: Piece, no: Piece): Piece {
    const isSame = yes.kind.kind === no.kind.kind && yes.kind.kind !== 'list' && yes.kind.kind !== 'object'
    const kind = isSame
      ? yes.kind
      : isNumber(yes) && isNumber(no)
        ? { kind: 'double' as const }
        : isTime(yes) && isTime(no)
          ? TIME
          : undefined
    if (kind !== undefined) return made(`(${flag(test)} ? ${use(yes)} : ${use(no)})`, kind, test, yes, no)
    const isLists = yes.kind.kind === 'list' && no.kind.kind === 'list'
    return made(`(${flag(test)} ? ${json(yes)} : ${json(no)})`, isLists ? yes.kind : DYN, test, yes, no)
  }

  #equal(op: '==' | '!=', left: Piece, right: Piece): Piece {
    const isPlain =
      (isNumber(left) && isNumber(right)) ||
      (isText(left) && isText(right)) ||
      (isTime(left) && isTime(right)) ||
      (left.kind.kind === right.kind.kind && (left.kind.kind === 'bool' || left.kind.kind === 'span'))
    if (isPlain) return made(`(${use(left)} ${op}= ${use(right)})`, BOOL, left, right)
    // A moment in JSON is text: alike only with a moment.
    if (isTime(left) !== isTime(right) && left.kind.kind !== 'null' && right.kind.kind !== 'null')
      throw new NoCounterpart()
    return made(`${op === '!=' ? '!' : ''}same(${json(left)}, ${json(right)})`, BOOL, left, right)
  }

  #computed(op: string, left: Piece, right: Piece): Piece {
    const numbers = isNumber(left) && isNumber(right)
    const times = isTime(left) && isTime(right)
    const isSpan = (piece: Piece): boolean => piece.kind.kind === 'span'
    const spans = isSpan(left) && isSpan(right)
    const plain = (kind: Kind): Piece => made(`(${use(left)} ${op} ${use(right)})`, kind, left, right)
    if (ORDER.has(op)) {
      if (numbers || times || spans || (isText(left) && isText(right))) return plain(BOOL)
      throw new NoCounterpart()
    }
    const whole = left.kind.kind === 'int' && right.kind.kind === 'int'
    const number: Kind = whole ? INT : { kind: 'double' }
    if (numbers && (op === '+' || op === '-' || op === '*')) return plain(number)
    if (numbers && op === '/')
      return whole ? failing(`quotient(${use(left)}, ${use(right)})`, INT) : plain(number)
    if (numbers && op === '%') return failing(`remainder(${use(left)}, ${use(right)})`, number)
    if (op === '+' && isText(left) && isText(right)) return plain(STRING)
    if (op === '+' && (isList(left) || isList(right))) {
      const items = (piece: Piece): string => (isList(piece) ? use(piece) : as(dynamic(piece), 'items'))
      const kind = left.kind.kind === 'list' ? left.kind : listOf(DYN)
      return made(`[...${items(left)}, ...${items(right)}]`, kind, left, right)
    }
    if (op === '-' && times) return plain(SPAN)
    if ((op === '+' || op === '-') && spans) return plain(SPAN)
    if ((op === '+' || op === '-') && isTime(left) && isSpan(right)) return plain(TIME)
    if (op === '+' && isSpan(left) && isTime(right)) return plain(TIME)
    throw new NoCounterpart()
  }

  #within(item: Piece, list: Piece): Piece {
    const { kind } = list
    if (kind.kind === 'list') {
      const one = this.#equal('==', { code: 'one', kind: kind.of, raw: true, fails: true }, item)
      return made(`${use(list)}.some((one) => ${one.code})`, BOOL, list, item)
    }
    if (kind.kind === 'map' && isText(item))
      return made(`isSet(${use(list)}[${use(item)}])`, BOOL, list, item)
    throw new NoCounterpart()
  }

  #map(entries: readonly (readonly Node[])[], bound: Bound): Piece {
    const pieces: Piece[] = []
    const parts = entries.map(([key, value]) => {
      if (key?.op !== 'value' || typeof key.args !== 'string' || value === undefined)
        throw new NoCounterpart()
      const piece = this.piece(value, bound)
      pieces.push(piece)
      return `${literal(key.args)}: ${json(piece)}`
    })
    return made(`{ ${parts.join(', ')} }`, { kind: 'map' }, ...pieces)
  }

  #call(name: string, args: readonly Node[], bound: Bound): Piece {
    const [first, second] = args
    if (first === undefined) throw new NoCounterpart()
    if (name === 'has') {
      const member = this.piece(first, bound)
      if (member.raw !== true) return made('true', BOOL)
      // What it lies in may be missing; it itself may not be.
      const isDeep = member.code.includes('(')
      return { code: `isSet(${member.code})`, kind: BOOL, fails: isDeep }
    }
    const piece = this.piece(first, bound)
    const other = second === undefined ? undefined : this.piece(second, bound)
    switch (name) {
      case 'size':
        return this.#size(piece)
      case 'dyn':
        return made(json(piece), DYN, piece)
      case 'string':
        if (isText(piece)) return made(use(piece), STRING, piece)
        if (isTime(piece)) return made(json(piece), STRING, piece)
        return failing(`asText(${use(piece)})`, STRING)
      case 'bool':
        return failing(`flag(${use(piece)})`, BOOL)
      case 'int':
        return failing(`whole(${use(piece)})`, INT)
      case 'double':
        return isNumber(piece)
          ? made(use(piece), { kind: 'double' }, piece)
          : failing(`decimal(${use(piece)})`, { kind: 'double' })
      case 'timestamp':
        return isText(piece) ? failing(`time(${use(piece)})`, TIME) : made(timeOf(piece), TIME, piece)
      case 'plus':
      case 'minus':
        if (other === undefined) break
        return failing(`${name}(${timeOf(piece)}, ${textOf(other)})`, TIME)
      case 'minutesOfDay':
      case 'dayOfWeek':
        return made(`${name}(${timeOf(piece)})`, INT, piece)
    }
    throw new NoCounterpart()
  }

  #size(piece: Piece): Piece {
    if (isText(piece)) return made(`[...${use(piece)}].length`, INT, piece)
    if (isList(piece)) return made(`${use(piece)}.length`, INT, piece)
    throw new NoCounterpart()
  }

  #method(node: Node, name: string, on: Node, args: readonly Node[], bound: Bound): Piece {
    const loop = loopOf(node)
    if (loop !== undefined) return this.#loop(name, loop, bound)
    const piece = this.piece(on, bound)
    if (name === 'size' && args.length === 0) return this.#size(piece)
    const given = args.map((each) => this.piece(each, bound))
    const all = [piece, ...given]
    const values = given.map(use).join(', ')
    if (name === 'join' && isList(piece))
      return failing(`${use(piece)}.map(text).join(${given.length === 0 ? "''" : values})`, STRING)
    if (!isText(piece)) throw new NoCounterpart()
    const on_ = use(piece)
    switch (name) {
      case 'startsWith':
      case 'endsWith':
        return made(`${on_}.${name}(${values})`, BOOL, ...all)
      case 'contains':
        return made(`${on_}.includes(${values})`, BOOL, ...all)
      case 'indexOf':
      case 'lastIndexOf':
        return made(`${on_}.${name}(${values})`, INT, ...all)
      case 'substring':
        return failing(`part(${on_}, ${values})`, STRING)
      case 'trim':
        return made(`${on_}.trim()`, STRING, ...all)
      case 'lowerAscii':
        return made(`${on_}.toLowerCase()`, STRING, ...all)
      case 'upperAscii':
        return made(`${on_}.toUpperCase()`, STRING, ...all)
      case 'split':
        return made(`${on_}.split(${values})`, listOf(STRING), ...all)
      default:
        throw new NoCounterpart()
    }
  }

  #loop(
    name: string,
    { range, variable, body }: { range: Node; variable: string; body: readonly Node[] },
    bound: Bound,
  ): Piece {
    const list = this.piece(range, bound)
    const [only, ...more] = body
    const how = LOOPS[name]
    if (list.kind.kind !== 'list' || only === undefined || more.length > 0 || how === undefined)
      throw new NoCounterpart()
    const named = WORDS.has(variable) || bound.has(variable) ? `${variable}_` : variable
    const inner = this.piece(
      only,
      new Map([...bound, [variable, { code: named, kind: list.kind.of, raw: true, fails: true }]]),
    )
    const items = use(list)
    switch (how) {
      case 'map':
        return made(`${items}.map((${named}) => ${json(inner)})`, listOf(inner.kind), list, inner)
      case 'filter':
        return made(`${items}.filter((${named}) => ${flag(inner)})`, list.kind, list, inner)
      case 'one':
        return made(`(${items}.filter((${named}) => ${flag(inner)}).length === 1)`, BOOL, list, inner)
      default:
        return failing(`${how}(${items}, (${named}) => ${flag(inner)})`, BOOL)
    }
  }
}
