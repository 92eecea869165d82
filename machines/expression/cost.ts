/**
 * How long an expression can take at worst, told from its text.
 *
 * Promises: an expression under `MOST_COST` is done within a second or two on the largest data that expressions may
 * read (`MOST_ITEMS`, `LONGEST_TEXT`), on everyday data within microseconds.
 * Must not: look at values. What is refused is refused before it runs.
 */

import { MOST_ITEMS } from './shapes.ts'
import { loopOf, type Node, operands } from './syntax.ts'

/** One unit is one simple step, some 50 ns. */
export const MOST_COST = 3e7
/** Loops within loops beyond this are refused, whatever they cost. */
export const DEEPEST_LOOPS = 2

/** Functions that go through the whole of a text. */
const LONG: Readonly<Record<string, number>> = {
  contains: 50,
  indexOf: 50,
  lastIndexOf: 50,
  substring: 50,
  trim: 50,
  lowerAscii: 200,
  upperAscii: 200,
  size: 1000,
  split: 5000,
  join: 5000,
}
/** Pieces of a text, at the worst. */
const PIECES = 10_000

/** The most steps that a part takes. The part has been type-checked. */
export function costOf(node: Node): number {
  const loop = loopOf(node)
  if (loop !== undefined) {
    const each = loop.body.reduce((sum, part) => sum + costOf(part), 2)
    return costOf(loop.range) + lengthOf(loop.range) * each
  }
  return operands(node).reduce((sum, part) => sum + costOf(part), ownCost(node))
}

function ownCost(node: Node): number {
  switch (node.op) {
    case 'in':
      return isNested(node.args[1]) ? MOST_ITEMS ** 2 : lengthOf(node.args[1])
    case '==':
    case '!=':
      if (!node.args.every(isLong)) return 5
      return node.args.every(isNested) ? MOST_ITEMS ** 2 : MOST_ITEMS
    case '+':
      return node.args.every(isLong) ? lengthOf(node) : 5
    case 'call':
    case 'rcall':
      return Object.hasOwn(LONG, node.args[0]) ? (LONG[node.args[0]] ?? 10) : 10
    default:
      return 1
  }
}

/** The type that the library's checker found. */
type Checked = { readonly kind: unknown; readonly valueType?: unknown }
const isChecked = (type: unknown): type is Checked =>
  typeof type === 'object' && type !== null && 'kind' in type
const typeOf = (node: Node): unknown => ('checkedType' in node ? node.checkedType : undefined)
/** `list`, `map`, `primitive` and the like; `undefined` before the check. */
export const kindOf = (node: Node): unknown => {
  const type = typeOf(node)
  return isChecked(type) ? type.kind : undefined
}

/** May be a list or map: what has no type counts as one. */
const isLongType = (type: unknown): boolean =>
  !isChecked(type) || type.kind === 'list' || type.kind === 'map' || type.kind === 'dyn'
const isLong = (node: Node): boolean => isLongType(typeOf(node))
/** May be a list of lists. */
function isNested(node: Node): boolean {
  const type = typeOf(node)
  return isLong(node) && (!isChecked(type) || isLongType(type.valueType))
}

/** The most items that a part has, if it is a list. */
function lengthOf(node: Node): number {
  if (node.op === 'list') return node.args.length
  if (node.op === '+') return lengthOf(node.args[0]) + lengthOf(node.args[1])
  if (node.op === '?:') return Math.max(lengthOf(node.args[1]), lengthOf(node.args[2]))
  if (node.op === 'rcall' && node.args[0] === 'split') return PIECES
  const loop = loopOf(node)
  return loop === undefined ? MOST_ITEMS : lengthOf(loop.range)
}

/** How many loops stand within each other; one in a loop's range comes before it, not within. */
export function loopDepth(node: Node): number {
  const loop = loopOf(node)
  if (loop === undefined) return deepest(operands(node))
  return Math.max(loopDepth(loop.range), 1 + deepest(loop.body))
}

const deepest = (nodes: readonly Node[]): number =>
  nodes.reduce((most, node) => Math.max(most, loopDepth(node)), 0)
