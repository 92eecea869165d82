/**
 * The names an expression reads, and the same expression with other names: what a renaming in a definition needs.
 *
 * Promises: goes by the syntax tree, so that neither a text in quotes nor the variable of a loop is taken for a name;
 * everything but the names stays as it was written, spaces and comments too. Never throws.
 * Must not: know what is declared. A text that cannot be read has no names, and comes back as it is.
 */
import { Environment } from '@marcbachmann/cel-js'
import { LONGEST_EXPRESSION } from './check.ts'
import { loopOf, type Node, operands, pathOf, type Range, withoutComments } from './syntax.ts'

/** The variables that have names of a definition behind them. */
const NAMED = ['job', 'event', 'checklist', 'settings', 'links'] as const
export type NamedVariable = (typeof NAMED)[number]

const syntax = new Environment()

function parsed(text: string): Node | undefined {
  if (text.length > LONGEST_EXPRESSION) return undefined
  try {
    return syntax.parse(withoutComments(text)).ast
  } catch {
    return undefined
  }
}

type Read = { variable: NamedVariable; name: string; range: Range; quoted: boolean }

/** `job.name` or `job["name"]`, where the part is just that. */
function readAt(node: Node, bound: readonly string[]): Read | undefined {
  if (node.op !== '.' && node.op !== '[]') return undefined
  const path = pathOf(node)
  const [name, ...deeper] = path?.names ?? []
  if (path === undefined || name === undefined || deeper.length > 0 || bound.includes(path.root))
    return undefined
  const variable = NAMED.find((one) => one === path.root)
  if (variable === undefined) return undefined
  if (node.op === '.') return { variable, name, range: { start: node.pos, end: node.end }, quoted: false }
  const [, literal] = node.args
  return { variable, name, range: { start: literal.start, end: literal.end }, quoted: true }
}

function readsOf(ast: Node): Read[] {
  const found: Read[] = []
  const look = (node: Node, bound: readonly string[]): void => {
    const read = readAt(node, bound)
    if (read !== undefined) found.push(read)
    const loop = loopOf(node)
    if (loop === undefined) for (const operand of operands(node)) look(operand, bound)
    else {
      look(loop.range, bound)
      for (const part of loop.body) look(part, [...bound, loop.variable])
    }
  }
  look(ast, [])
  return found
}

/**
 * The expression with each name that follows a variable (`job.name`, `settings["name"]`) put through `map`.
 *
 * @param map gives the new name, or the same; it must give a name that can stand after a dot
 */
export function mapNames(text: string, map: (variable: NamedVariable, name: string) => string): string {
  const ast = parsed(text)
  if (ast === undefined) return text
  const reads = readsOf(ast).toSorted((one, other) => other.range.start - one.range.start)
  let mapped = text
  for (const { variable, name, range, quoted } of reads) {
    const other = map(variable, name)
    if (other === name) continue
    const written = quoted ? JSON.stringify(other) : other
    mapped = `${mapped.slice(0, range.start)}${written}${mapped.slice(range.end)}`
  }
  return mapped
}
