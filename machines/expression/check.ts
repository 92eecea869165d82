/**
 * Whether an expression may stand in a definition.
 *
 * Promises: never throws, whatever the text; every problem has its place in the text, in UTF-16 units.
 * Must not: evaluate.
 */
import { TypeError as CelTypeError, type Environment, ParseError } from '@marcbachmann/cel-js'
import { isDuration } from '../time/duration.ts'
import { nearest } from '../validate/nearest.ts'
import { CEL_TIMESTAMP, FUNCTIONS } from './cel.ts'
import { costOf, DEEPEST_LOOPS, kindOf, loopDepth, MOST_COST } from './cost.ts'
import type { Expected, ExpressionProblem } from './expression.ts'
import * as words from './messages.ts'
import { loopOf, type Node, operands, parts, pathOf, type Range, rangeOf, withoutComments } from './syntax.ts'
import { VARIABLES } from './vocabulary.ts'

export const LONGEST_EXPRESSION = 2000

/** What the check needs to know beyond the language itself. */
export type Names = {
  readonly hasEvent: boolean
  /** Names at a path: `['job', 'address']` to the fields of the address. */
  readonly at: (path: readonly string[]) => Iterable<string>
  /** An event of those at hand carries it, though not all do. */
  readonly onSomeEvent: (name: string) => boolean
}
export type Checked = { type?: string; problems: ExpressionProblem[] }

export function checkExpression(cel: Environment, names: Names, text: string, expected: Expected): Checked {
  if (text.length > LONGEST_EXPRESSION)
    return refused('expression-too-complex', words.tooLongWords(LONGEST_EXPRESSION), 0, text.length)
  const plain = withoutComments(text)
  try {
    const parsed = cel.parse(plain)
    const forbidden = [...parts(parsed.ast)].flatMap((part) => [
      ...forbiddenIn(part, plain),
      ...literalProblems(part, plain),
    ])
    if (forbidden.length > 0) return { problems: forbidden }
    const { valid, type = 'dyn', error } = parsed.check()
    if (!valid) return { problems: [typeProblem(error, plain, names)] }
    const more = [
      ...strayNames(parsed.ast, plain, names),
      ...hasProblems(cel, parsed.ast, plain, names),
      ...[...parts(parsed.ast)].flatMap((part) => mixedProblems(part, plain)),
      ...sizeProblems(parsed.ast, plain),
    ]
    if (more.length > 0) return { problems: more }
    return { type: words.plainType(type), problems: expectedProblems(type, expected, text) }
  } catch (error) {
    return { problems: [error instanceof ParseError ? parseProblem(error, plain) : tooComplex(text)] }
  }
}

const refused = (
  code: ExpressionProblem['code'],
  message: words.Words,
  start: number,
  end: number,
): Checked => ({
  problems: [problem(code, message, { start, end })],
})
const problem = (code: ExpressionProblem['code'], message: words.Words, range: Range): ExpressionProblem => ({
  code,
  message,
  range,
})
const tooComplex = (text: string): ExpressionProblem =>
  problem('expression-too-complex', words.tooComplexWords, { start: 0, end: text.length })

/** The problem that a parse failed for. */
export function parseProblem(error: ParseError, text: string): ExpressionProblem {
  const start = Math.min(error.range?.start ?? 0, text.length)
  if (error.code === 'limit_exceeded')
    return problem('expression-too-complex', words.tooComplexWords, { start, end: text.length })
  const end = Math.min(Math.max(error.range?.end ?? start, start), text.length)
  // What ends too early is shown at the last character.
  const range =
    start >= text.length ? { start: Math.max(0, text.length - 1), end: text.length } : { start, end }
  const near = error.code === 'unexpected_character' || error.code === 'expected_token'
  const at = near || error.code === 'unexpected_token' ? text.slice(start) : `${text.slice(start)}.`
  return problem('expression-syntax', words.syntaxWords(error.code, at), range)
}

const functionName = (node: Node): string | undefined =>
  node.op === 'call' || node.op === 'rcall' ? node.args[0] : undefined

/** Where a function's name stands. */
function nameRange(node: Node, name: string, text: string): Range {
  const [receiver] = operands(node)
  const from = node.op === 'rcall' && receiver !== undefined ? rangeOf(receiver, text).end : node.start
  const start = text.indexOf(name, from)
  return start < 0 ? rangeOf(node, text) : { start, end: start + name.length }
}

function forbiddenIn(node: Node, text: string): ExpressionProblem[] {
  const name = functionName(node)
  if (name !== undefined && !FUNCTIONS.has(name)) {
    const range = nameRange(node, name, text)
    const instead = words.forbiddenWords(name)
    if (instead !== undefined) return [problem('expression-forbidden', instead, range)]
    return [problem('expression-unknown-name', words.unknownWords(name, nearest(name, FUNCTIONS)), range)]
  }
  const isJson = node.op !== 'value' || typeof node.args !== 'object' || node.args === null
  return isJson
    ? []
    : [problem('expression-forbidden', words.functionWords('bytes', []), rangeOf(node, text))]
}

/** Arguments that can be judged as they are written. */
function literalProblems(node: Node, text: string): ExpressionProblem[] {
  if (node.op !== 'call') return []
  const [name, [first, second]] = node.args
  if ((name === 'plus' || name === 'minus') && second?.op === 'value' && typeof second.args === 'string')
    return isDuration(second.args)
      ? []
      : [problem('expression-type', words.badDurationWords(second.args), rangeOf(second, text))]
  if (name !== 'timestamp' || first === undefined) return []
  const written = first.op === 'value' && (typeof first.args === 'bigint' || isMoment(first.args))
  return written ? [] : [problem('expression-forbidden', words.timestampWords, rangeOf(first, text))]
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/
const isMoment = (value: unknown): boolean =>
  typeof value === 'string' && MOMENT.test(value) && !Number.isNaN(Date.parse(value))

/** An empty list or object first in a list: to the library's checker anything may follow it. */
function mixedProblems(node: Node, text: string): ExpressionProblem[] {
  if (node.op !== 'list' && node.op !== 'map') return []
  const members: readonly Node[] = node.op === 'list' ? node.args : node.args.map(([, value]) => value)
  const kinds = new Set(members.map(kindOf).filter((kind) => kind !== 'dyn'))
  if (kinds.size <= 1) return []
  return [
    problem(
      'expression-type',
      words.typeCodeWords(`heterogeneous_${node.op}_${node.op === 'list' ? 'element' : 'value'}`),
      rangeOf(node, text),
    ),
  ]
}

function sizeProblems(ast: Node, text: string): ExpressionProblem[] {
  const range = rangeOf(ast, text)
  if (loopDepth(ast) > DEEPEST_LOOPS)
    return [problem('expression-too-complex', words.loopsWords(DEEPEST_LOOPS), range)]
  return costOf(ast) > MOST_COST ? [problem('expression-too-complex', words.costWords, range)] : []
}

/**
 * Names within `has(…)`, which the library takes on trust: read once more with `dyn` in its place, of the same
 * length, so that ranges hold.
 */
function hasProblems(cel: Environment, ast: Node, text: string, names: Names): ExpressionProblem[] {
  const asked = [...parts(ast)].filter((part) => part.op === 'call' && part.args[0] === 'has')
  if (asked.length === 0) return []
  let read = text
  for (const { start } of asked) read = `${read.slice(0, start)}dyn${read.slice(start + 3)}`
  const { error } = cel.check(read)
  if (error === undefined || !['no_such_key', 'unknown_variable', 'cannot_index_type'].includes(error.code))
    return []
  const found = typeProblem(error, text, names)
  const within = asked.some(({ start, end }) => found.range.start >= start && found.range.end <= end)
  return within ? [found] : []
}

const EXPECTED: Readonly<Record<Exclude<Expected, 'any'>, string>> = {
  bool: 'bool',
  string: 'string',
  timestamp: CEL_TIMESTAMP,
}

/** `dyn(…)` gives up the type on purpose ("this or null"): such a value is checked when it is assigned. */
function expectedProblems(type: string, expected: Expected, text: string): ExpressionProblem[] {
  const range = { start: 0, end: text.length }
  if (expected === 'any' || EXPECTED[expected] === type) return []
  if (expected !== 'bool' && type === 'dyn') return []
  return [problem('expression-type', words.expectedWords(expected, type), range)]
}

function typeProblem(error: unknown, text: string, names: Names): ExpressionProblem {
  if (!(error instanceof CelTypeError)) return tooComplex(text)
  const node = [error.node].find(isNode)
  if (node === undefined)
    return problem('expression-type', words.typeCodeWords(error.code), rangeIn(error.range, text))
  switch (error.code) {
    case 'unknown_variable':
      return unknownVariable(node, text, names)
    case 'no_such_key':
      return unknownField(node, text, names)
    case 'no_such_overload': {
      const types = operandTypes(error.summary, node.op)
      const operator = node.op.replace('_', '')
      return problem('expression-type', words.operatorWords(operator, types), rangeOf(node, text))
    }
    case 'no_matching_overload': {
      const name = functionName(node) ?? ''
      const [, types = ''] = /\((.*)\)'$/.exec(error.summary) ?? []
      const each = types === '' ? [] : types.split(/, (?![^<]*>)/)
      return problem('expression-type', words.functionWords(name, each), rangeOf(node, text))
    }
    default:
      return problem('expression-type', words.typeCodeWords(error.code), rangeOf(node, text))
  }
}

/** The library's own errors carry the part they are about. */
const isNode = (node: unknown): node is Node =>
  typeof node === 'object' && node !== null && 'op' in node && 'args' in node && 'start' in node

const rangeIn = (range: Range | undefined, text: string): Range => ({
  start: Math.min(range?.start ?? 0, text.length),
  end: Math.min(range?.end ?? text.length, text.length),
})

function operandTypes(summary: string, operator: string): string[] {
  const said = summary.replace(/^no such overload: /, '')
  const between = said.indexOf(` ${operator} `)
  if (between < 0) return [said.replace(/^[-!]/, '')]
  return [said.slice(0, between), said.slice(between + operator.length + 2)]
}

function unknownVariable(node: Node, text: string, names: Names): ExpressionProblem {
  const range = rangeOf(node, text)
  const name = text.slice(range.start, range.end)
  if (name === 'event' && !names.hasEvent)
    return problem('expression-unknown-name', words.noEventWords, range)
  return problem('expression-unknown-name', words.unknownWords(name, guess(name, names)), range)
}

/** A variable, or a field of the job whose `job.` was left out. */
function guess(name: string, names: Names): string | undefined {
  const near = nearest(name, VARIABLES)
  if (near !== undefined) return near
  const field = [...names.at(['job'])].find((one) => one === name) ?? nearest(name, names.at(['job']))
  return field === undefined ? undefined : `job.${field}`
}

function unknownField(node: Node, text: string, names: Names): ExpressionProblem {
  const path = pathOf(node)
  const range = node.op === '.' ? { start: node.pos, end: node.end } : rangeOf(node, text)
  const name = path?.names.at(-1) ?? text.slice(range.start, range.end)
  if (path === undefined || isLoopVariable(path.root))
    return problem('expression-unknown-name', words.unknownWords(name, undefined), range)
  const place = [path.root, ...path.names.slice(0, -1)]
  const some = path.root === 'event' && place.length === 1 && names.onSomeEvent(name)
  const message = some
    ? words.notOnEveryEventWords(name)
    : words.unknownWords(name, nearest(name, names.at(place)))
  return problem('expression-unknown-name', message, range)
}

const isLoopVariable = (root: string): boolean => !VARIABLES.some((variable) => variable === root)

/** Type constants of CEL (`int`, `google`) are variables to the library, but none here. */
function strayNames(ast: Node, text: string, names: Names): ExpressionProblem[] {
  const stray: ExpressionProblem[] = []
  const look = (node: Node, bound: readonly string[]): void => {
    if (node.op === 'id' && isLoopVariable(node.args) && !bound.includes(node.args))
      stray.push(unknownVariable(node, text, names))
    const loop = loopOf(node)
    if (loop === undefined) for (const operand of operands(node)) look(operand, bound)
    else {
      look(loop.range, bound)
      for (const part of loop.body) look(part, [...bound, loop.variable])
    }
  }
  look(ast, [])
  return stray
}
