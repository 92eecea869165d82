/**
 * A CEL expression as TypeScript, over the helpers of `ts-runtime.ts`.
 *
 * Promises: what comes out means the same: a field that is not set stops it (`NotSet`), and `&&` and `||` still tell
 * where one side alone decides. Undefined where an expression uses what has no counterpart; then the caller leaves
 * a hook in its place.
 * Must not: evaluate, or emit text of a definition other than as a string literal or a checked name.
 */
import type { Parser } from '../expression/parse.ts'
import type { Fields } from '../expression/shapes.ts'
import { loopOf, type Node } from '../expression/syntax.ts'
import { called, methodOf } from './ts-functions.ts'
import { choice, computed, connected, equal, negated, opposite, within } from './ts-operators.ts'
import {
  BOOL,
  DYN,
  failing,
  flag,
  INT,
  isNumber,
  json,
  type Kind,
  listOf,
  literal,
  made,
  NoCounterpart,
  type Piece,
  STRING,
  TIME,
  textOf,
  timeOf,
  use,
} from './ts-piece.ts'
import { TAKEN } from './ts-taken.ts'

export type Result = 'condition' | 'value' | 'time' | 'text'
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

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

/** Variables of the loops around, and what stands for them. */
type Bound = ReadonlyMap<string, Piece>
const LOOPS: Readonly<Record<string, string>> = {
  all: 'every',
  exists: 'some',
  exists_one: 'one',
  filter: 'filter',
  map: 'map',
}

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
        return negated(this.piece(node.args, bound))
      case '-_':
        return opposite(this.piece(node.args, bound))
      case '&&':
      case '||':
        return connected(node.op, this.piece(node.args[0], bound), this.piece(node.args[1], bound))
      case '?:':
        return choice(
          this.piece(node.args[0], bound),
          this.piece(node.args[1], bound),
          this.piece(node.args[2], bound),
        )
      case '==':
      case '!=':
        return equal(node.op, this.piece(node.args[0], bound), this.piece(node.args[1], bound))
      case '<':
      case '<=':
      case '>':
      case '>=':
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return computed(node.op, this.piece(node.args[0], bound), this.piece(node.args[1], bound))
      case 'in':
        return within(this.piece(node.args[0], bound), this.piece(node.args[1], bound))
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
    return called(
      name,
      this.piece(first, bound),
      second === undefined ? undefined : this.piece(second, bound),
    )
  }

  #method(node: Node, name: string, on: Node, args: readonly Node[], bound: Bound): Piece {
    const loop = loopOf(node)
    if (loop !== undefined) return this.#loop(name, loop, bound)
    return methodOf(
      this.piece(on, bound),
      name,
      args.map((each) => this.piece(each, bound)),
    )
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
    const named = TAKEN.has(variable) || bound.has(variable) ? `${variable}_` : variable
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
