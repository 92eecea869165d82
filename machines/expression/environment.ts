/**
 * The expressions of one definition: `ExpressionEnvironment` as the rest of the house uses it.
 *
 * Promises: what was parsed once is not parsed again. `check` and a program's `evaluate` and `explain` never throw.
 * Must not: hold anything of a job; one environment serves all jobs of a version, in every zone.
 */
import { ParseError } from '@marcbachmann/cel-js'
import { checkingLanguage, runningLanguage } from './cel.ts'
import { checkExpression, LONGEST_EXPRESSION, type Names, parseProblem } from './check.ts'
import { falseParts, Judge } from './explain.ts'
import type { Evaluation, ExpressionEnvironment, FalsePart, Program, Variables } from './expression.ts'
import { Runner, type Setting } from './run.ts'
import { type Fields, keyOf } from './shapes.ts'
import { type Node, sourceOf, withoutComments } from './syntax.ts'
import {
  anyPayload,
  commonPayload,
  type ExpressionSource,
  VARIABLES,
  type Vocabulary,
  vocabularyOf,
} from './vocabulary.ts'

const MOST_PROGRAMS = 5000
const MOST_LANGUAGES = 500

/** A definition's expressions. Never throws on a definition of the right shape, whatever it means. */
export function createExpressionEnvironment(definition: ExpressionSource): ExpressionEnvironment {
  const vocabulary = vocabularyOf(definition)
  const anyEvent = anyPayload(vocabulary)
  const checking = remembered(MOST_LANGUAGES, (_key: string, event: Fields | undefined) =>
    checkingLanguage(vocabulary, event),
  )
  const running = remembered(MOST_LANGUAGES, (timeZone: string) =>
    runningLanguage(vocabulary, anyEvent, timeZone),
  )
  const setting: Setting = { vocabulary, anyEvent, languageIn: (timeZone) => running(timeZone) }
  const program = remembered(
    MOST_PROGRAMS,
    (text: string): Program => programOf(text, setting, (part) => program(part)),
  )
  return {
    check(text, events, expected) {
      const event = events.length === 0 ? undefined : commonPayload(vocabulary, events)
      const key = event === undefined ? '' : keyOf({ kind: 'object', fields: event })
      return checkExpression(checking(key, event).cel, namesOf(vocabulary, event, events), text, expected)
    },
    program: (text) => program(text),
  }
}

/** Remembers by the first argument, and forgets all when it is too much. */
function remembered<More extends unknown[], Made>(
  most: number,
  make: (key: string, ...more: More) => Made,
): (key: string, ...more: More) => Made {
  const known = new Map<string, Made>()
  return (key, ...more) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const made = make(key, ...more)
    if (known.size >= most) known.clear()
    known.set(key, made)
    return made
  }
}

function namesOf(vocabulary: Vocabulary, event: Fields | undefined, events: readonly string[]): Names {
  return {
    hasEvent: event !== undefined,
    at: (path) => fieldsAt(vocabulary, event, path).keys(),
    onSomeEvent: (name) => events.some((type) => vocabulary.events.get(type)?.has(name) === true),
  }
}

function fieldsAt(
  vocabulary: Vocabulary,
  event: Fields | undefined,
  [root, ...names]: readonly string[],
): Fields {
  const none: Fields = new Map()
  const variable = VARIABLES.find((one) => one === root)
  if (variable === undefined || variable === 'now' || variable === 'tz') return none
  const start = variable === 'event' ? (event ?? none) : vocabulary[variable]
  return names.reduce((fields, name) => {
    const shape = fields.get(name)
    return shape?.kind === 'object' ? shape.fields : none
  }, start)
}

function programOf(text: string, setting: Setting, program: (text: string) => Program): Program {
  const plain = withoutComments(text)
  const { cel } = setting.languageIn('UTC')
  const names: Names = { hasEvent: true, at: () => [], onSomeEvent: () => false }
  const [barred] = checkExpression(cel, names, text, 'any').problems
  if (barred?.code === 'expression-syntax') throw new SyntaxError(barred.message.en)
  const ast = parsed(plain, setting)
  if (barred !== undefined || ast === undefined)
    return deadProgram(text, barred?.message.en ?? 'cannot be read')
  return liveProgram(text, plain, new Runner(ast, plain, setting), setting, program)
}

function parsed(plain: string, setting: Setting): Node | undefined {
  if (plain.length > LONGEST_EXPRESSION) return undefined
  try {
    return setting.languageIn('UTC').cel.parse(plain).ast
  } catch (error) {
    if (error instanceof ParseError && parseProblem(error, plain).code === 'expression-syntax') throw error
    return undefined
  }
}

/** An expression that should not have come so far: it fails, and harms nothing. */
const deadProgram = (text: string, message: string): Program => ({
  text,
  fields: [],
  readsEvent: false,
  evaluate: () => ({ ok: false, cause: 'error', message }),
  explain: () => [{ expression: text, range: { start: 0, end: text.length }, values: {} }],
})

function liveProgram(
  text: string,
  plain: string,
  runner: Runner,
  setting: Setting,
  program: (text: string) => Program,
): Program {
  const { ast, reads } = runner
  const readsEvent = reads.some(({ variable }) => variable === 'event')
  const judgeOf = (variables: Variables): Judge =>
    new Judge((part) =>
      part === ast ? runner.evaluate(variables) : program(sourceOf(part, plain)).evaluate(variables),
    )
  const evaluate = (variables: Variables): Evaluation => {
    const found = runner.evaluate(variables)
    if (found.ok || !readsEvent || variables.event !== undefined) return found
    // Of several causes, the one that decides: a field that is not set bars, whatever the payload will be.
    const verdict = judgeOf(variables).verdict(ast, true)
    return typeof verdict === 'boolean' ? found : verdict
  }
  const explain = (variables: Variables): FalsePart[] => {
    const found = runner.evaluate(variables)
    if (found.ok && found.value !== false) return []
    return falseParts(judgeOf(variables), ast, text, plain, variables)
  }
  return { text, fields: fieldsRead(reads, setting.vocabulary.job), readsEvent, evaluate, explain }
}

/** The job's fields by name; all, where the job is taken whole. */
function fieldsRead(reads: Runner['reads'], job: Fields): string[] {
  const names = reads.filter(({ variable }) => variable === 'job').map((path) => path.names[0])
  const named = names.filter((name) => name !== undefined)
  return named.length < names.length ? [...job.keys()] : [...new Set(named)]
}
