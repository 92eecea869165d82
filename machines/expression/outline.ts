/**
 * An expression as a plain tree: what forms and completion read of it without knowing the language's library.
 *
 * Promises: the tree means what the text means; every part has its place in the text, in UTF-16 units. Never throws.
 * Must not: know what is declared, evaluate, or let a node of the library out.
 */
import { Environment, ParseError } from '@marcbachmann/cel-js'
import { LONGEST_EXPRESSION, parseProblem } from './check.ts'
import { tooLongWords, type Words } from './messages.ts'
import { loopOf, type Node, operands, type Range, rangeOf, withoutComments } from './syntax.ts'

const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='] as const
export type Comparison = (typeof COMPARISONS)[number]
type Literal = string | number | boolean | null

/** What stands in an expression. `and` and `or` hold all that they join, however it was bracketed. */
export type Outline = { readonly range: Range } & (
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Outline[] }
  | { readonly kind: 'not'; readonly part: Outline }
  | {
      readonly kind: 'compare'
      readonly operator: Comparison
      readonly left: Outline
      readonly right: Outline
    }
  | { readonly kind: 'in'; readonly item: Outline; readonly list: Outline }
  /** `job.address.city`: its root and the names after it. */
  | { readonly kind: 'path'; readonly root: string; readonly names: readonly string[] }
  /** `decimal`: a number written with a point, which lists tell from a whole one. */
  | { readonly kind: 'literal'; readonly value: Literal; readonly decimal: boolean }
  | { readonly kind: 'list'; readonly items: readonly Outline[] }
  | {
      readonly kind: 'call'
      readonly name: string
      readonly receiver?: Outline
      readonly args: readonly Outline[]
    }
  /** `job.parts.exists(each, …)`. */
  | {
      readonly kind: 'loop'
      readonly name: string
      readonly over: Outline
      readonly variable: string
      readonly body: readonly Outline[]
    }
  /** Arithmetic, a choice (`?:`), an access by number, an object: `sign` says which. */
  | { readonly kind: 'other'; readonly sign: string; readonly parts: readonly Outline[] }
)
export type Outlined =
  | { readonly ok: true; readonly outline: Outline }
  | { readonly ok: false; readonly why: Words; readonly range: Range }

const syntax = new Environment()

/** The tree of a text; of one that cannot be read, why and where. */
export function outlineOf(text: string): Outlined {
  const whole = { start: 0, end: text.length }
  if (text.length > LONGEST_EXPRESSION)
    return { ok: false, why: tooLongWords(LONGEST_EXPRESSION), range: whole }
  const plain = withoutComments(text)
  try {
    return { ok: true, outline: outlined(syntax.parse(plain).ast, plain) }
  } catch (error) {
    if (!(error instanceof ParseError))
      return { ok: false, why: { en: 'This cannot be read', zh: '无法识别此表达式' }, range: whole }
    const { message, range } = parseProblem(error, plain)
    return { ok: false, why: message, range }
  }
}

/** The parts directly within a part, in the order of the text. */
export function partsOf(outline: Outline): readonly Outline[] {
  switch (outline.kind) {
    case 'and':
    case 'or':
    case 'other':
      return outline.parts
    case 'not':
      return [outline.part]
    case 'compare':
      return [outline.left, outline.right]
    case 'in':
      return [outline.item, outline.list]
    case 'list':
      return outline.items
    case 'call':
      return outline.receiver === undefined ? outline.args : [outline.receiver, ...outline.args]
    case 'loop':
      return [outline.over, ...outline.body]
    default:
      return []
  }
}

const isComparison = (sign: string): sign is Comparison => COMPARISONS.some((one) => one === sign)

function outlined(node: Node, text: string): Outline {
  const range = rangeOf(node, text)
  const loop = loopOf(node)
  const inner = (part: Node): Outline => outlined(part, text)
  if (loop !== undefined)
    return {
      kind: 'loop',
      name: node.op === 'rcall' ? node.args[0] : '',
      over: inner(loop.range),
      variable: loop.variable,
      body: loop.body.map(inner),
      range,
    }
  switch (node.op) {
    case '&&':
    case '||': {
      const kind = node.op === '&&' ? 'and' : 'or'
      const parts = node.args.map(inner).flatMap((part) => (part.kind === kind ? part.parts : [part]))
      return { kind, parts, range }
    }
    case '!_':
      return { kind: 'not', part: inner(node.args), range }
    case 'in':
      return { kind: 'in', item: inner(node.args[0]), list: inner(node.args[1]), range }
    case 'id':
      return { kind: 'path', root: node.args, names: [], range }
    case '.':
    case '[]':
      return accessOf(node, text)
    case 'list':
      return { kind: 'list', items: node.args.map(inner), range }
    case 'call':
      return { kind: 'call', name: node.args[0], args: node.args[1].map(inner), range }
    case 'rcall':
      return {
        kind: 'call',
        name: node.args[0],
        receiver: inner(node.args[1]),
        args: node.args[2].map(inner),
        range,
      }
    case 'value':
    case '-_':
      return literalOf(node, text)
  }
  if (isComparison(node.op)) {
    const [left, right] = operands(node)
    if (left !== undefined && right !== undefined)
      return { kind: 'compare', operator: node.op, left: inner(left), right: inner(right), range }
  }
  return other(node, text)
}

const other = (node: Node, text: string): Outline => ({
  kind: 'other',
  sign: node.op.replaceAll('_', ''),
  parts: operands(node).map((part) => outlined(part, text)),
  range: rangeOf(node, text),
})

function accessOf(node: Node, text: string): Outline {
  if (node.op !== '.' && node.op !== '[]') return other(node, text)
  const [receiver, asked] = node.args
  const name = typeof asked === 'string' ? asked : asked.op === 'value' ? asked.args : undefined
  const left = outlined(receiver, text)
  if (left.kind !== 'path' || typeof name !== 'string') return other(node, text)
  return { ...left, names: [...left.names, name], range: rangeOf(node, text) }
}

function literalOf(node: Node, text: string): Outline {
  const range = rangeOf(node, text)
  const negative = node.op === '-_'
  const written = negative ? node.args : node
  const value = written.op === 'value' ? plain(written.args) : undefined
  if (value === undefined || (negative && typeof value !== 'number')) return other(node, text)
  const decimal = written.op === 'value' && typeof written.args === 'number'
  return { kind: 'literal', value: negative ? -Number(value) : value, decimal, range }
}

/** A literal as JSON has it; undefined for bytes and numbers beyond all counting. */
function plain(value: unknown): Literal | undefined {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : undefined
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  return typeof value === 'string' || typeof value === 'boolean' || value === null ? value : undefined
}
