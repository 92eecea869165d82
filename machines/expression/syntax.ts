/**
 * Readings of an expression's syntax tree: its parts, their true places in the text, and what they read.
 *
 * Promises: no value is needed; a variable of a loop is not taken for one of the definition's.
 * Must not: evaluate, or judge.
 */
import type { ASTNode } from '@marcbachmann/cel-js'
import { LOOPS } from './cel.ts'
import { VARIABLES, type Variable } from './vocabulary.ts'

export type Node = ASTNode
export type Range = { start: number; end: number }

/** A part's operands that are expressions, in the order of the text. */
export function operands(node: Node): readonly Node[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return []
    case '.':
    case '.?':
      return [node.args[0]]
    case '!_':
    case '-_':
      return [node.args]
    case 'call':
      return node.args[1]
    case 'rcall':
      return [node.args[1], ...node.args[2]]
    case 'map':
      return node.args.flat()
    default:
      return node.args
  }
}

/** The loop a part is, as `job.items.all(i, …)`: its range, its variable and what is done with each. */
export function loopOf(node: Node): { range: Node; variable: string; body: readonly Node[] } | undefined {
  if (node.op !== 'rcall' || !LOOPS.has(node.args[0])) return undefined
  const [, range, [variable, ...body]] = node.args
  return variable?.op === 'id' && body.length > 0 ? { range, variable: variable.args, body } : undefined
}

/** Every part, outer ones first. */
export function* parts(node: Node): Generator<Node> {
  const left = [node]
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    yield part
    left.push(...operands(part).toReversed())
  }
}

/**
 * A text with its comments blanked, every other character in its place.
 */
export function withoutComments(text: string): string {
  if (!text.includes('//')) return text
  return text.replaceAll(
    /"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|\/\/[^\n]*/g,
    (found) => (found.startsWith('//') ? ' '.repeat(found.length) : found),
  )
}

/** Where a part stands in the text, parentheses that belong to it within; the library leaves out the outer ones. */
export function rangeOf(node: Node, text: string): Range {
  const inner = { start: node.start, end: node.end }
  const [first] = operands(node)
  const last = operands(node).at(-1)
  if (first === undefined || last === undefined || !isOpen(node)) return inner
  const start = node.op === '!_' || node.op === '-_' ? node.start : bracketed(first, text).start
  // Accesses and calls end with a name or a bracket of their own.
  const end =
    node.op === '.' || node.op === '[]' || node.op === 'rcall' ? node.end : bracketed(last, text).end
  return { start: Math.min(start, inner.start), end: Math.max(end, inner.end) }
}

/** Begins or ends with an operand, rather than with a bracket or a name. */
const isOpen = (node: Node): boolean => node.op !== 'call' && node.op !== 'list' && node.op !== 'map'

/** The range of an operand with the parentheses around it. */
function bracketed(node: Node, text: string): Range {
  let { start, end } = rangeOf(node, text)
  for (;;) {
    const before = text.slice(0, start).trimEnd().length - 1
    const after = end + (text.length - end - text.slice(end).trimStart().length)
    if (text[before] !== '(' || text[after] !== ')') return { start, end }
    start = before
    end = after + 1
  }
}

export const sourceOf = (node: Node, text: string): string => {
  const { start, end } = rangeOf(node, text)
  return text.slice(start, end)
}

/** `job.address.city` as its names, for as far as they are written out; nothing for what is no variable. */
export type Path = { readonly variable: Variable; readonly names: readonly string[] }
const isVariable = (name: string): name is Variable => VARIABLES.some((variable) => variable === name)

/** The path that a part is, whole. */
export function pathOf(node: Node): { root: string; names: string[] } | undefined {
  if (node.op === 'id') return { root: node.args, names: [] }
  if (node.op !== '.' && node.op !== '[]') return undefined
  const left = pathOf(node.args[0])
  const [, right] = node.args
  const name = typeof right === 'string' ? right : right.op === 'value' ? right.args : undefined
  if (left === undefined || typeof name !== 'string') return undefined
  return { root: left.root, names: [...left.names, name] }
}

/** The longest paths that a part reads of the definition's variables, each once, as they come. */
export function pathsRead(node: Node): Path[] {
  const found = new Map<string, Path>()
  const read = (part: Node, bound: readonly string[]): void => {
    const path = pathOf(part)
    if (path !== undefined) {
      const { root, names } = path
      if (isVariable(root) && !bound.includes(root))
        found.set([root, ...names].join('.'), { variable: root, names })
      return
    }
    const loop = loopOf(part)
    if (loop === undefined) {
      for (const operand of operands(part)) read(operand, bound)
      return
    }
    read(loop.range, bound)
    for (const each of loop.body) read(each, [...bound, loop.variable])
  }
  read(node, [])
  return [...found.values()]
}
