/**
 * One expression, run: values in, the library's evaluation, JSON or a cause out.
 *
 * Promises: never throws. Only what the expression reads is brought in. The same variables give the same answer.
 * Must not: check (`check.ts`), or explain (`explain.ts`).
 */
import { EvaluationError, type ParseResult } from '@marcbachmann/cel-js'
import type { Language } from './cel.ts'
import type { Evaluation, Variables } from './expression.ts'
import { type Convert, type Fields, own, toJson } from './shapes.ts'
import { type Node, type Path, pathOf, pathsRead, sourceOf } from './syntax.ts'
import { OBJECTS, type Variable, type Vocabulary } from './vocabulary.ts'

export type Failure = Extract<Evaluation, { ok: false }>

/** What runs need of their surroundings. */
export type Setting = {
  readonly vocabulary: Vocabulary
  /** What `event` is declared to hold. */
  readonly anyEvent: Fields
  /** Throws on an unknown zone. */
  readonly languageIn: (timeZone: string) => Language
}

type Compiled = { timeZone: string; run: ParseResult; context: (variables: Variables) => object }

/** Runs a text that the check has passed, in whichever zone it is asked for. */
export class Runner {
  readonly ast: Node
  readonly reads: readonly Path[]
  readonly #text: string
  readonly #setting: Setting
  #compiled: Compiled | undefined

  constructor(ast: Node, text: string, setting: Setting) {
    this.ast = ast
    this.reads = pathsRead(ast)
    this.#text = text
    this.#setting = setting
  }

  evaluate(variables: Variables): Evaluation {
    try {
      const { run, context } = this.#compiledIn(variables.timeZone)
      const value: unknown = run(context(variables))
      return { ok: true, value: toJson(value) }
    } catch (error) {
      return this.#failure(error)
    }
  }

  #compiledIn(timeZone: string): Compiled {
    if (this.#compiled?.timeZone === timeZone) return this.#compiled
    const language = this.#setting.languageIn(timeZone)
    const run = language.cel.parse(this.#text)
    run.check()
    this.#compiled = { timeZone, run, context: contextOf(this.reads, language, this.#setting) }
    return this.#compiled
  }

  #failure(error: unknown): Failure {
    if (!(error instanceof EvaluationError))
      return { ok: false, cause: 'error', message: error instanceof Error ? error.message : String(error) }
    const { code, node, summary } = error
    if (code === 'unknown_variable') {
      const path = namesOf(this.reads.find(({ variable }) => variable === 'event'))
      return { ok: false, cause: 'payload', path, message: `${path} is not known yet` }
    }
    if (code === 'no_such_key' && node !== undefined) {
      const found = pathOf(node)
      const path = found === undefined ? sourceOf(node, this.#text) : [found.root, ...found.names].join('.')
      return { ok: false, cause: 'missing', path, message: `${path} is not set` }
    }
    const message = summary.includes('TooLong') ? 'a value is too long to be read by an expression' : summary
    return { ok: false, cause: 'error', message }
  }
}

export const namesOf = (path: Path | undefined): string =>
  path === undefined ? 'event' : [path.variable, ...path.names].join('.')

type Put = (context: Record<string, unknown>, variables: Variables) => void

/** Brings in the variables that are read, and of their fields those that are. */
function contextOf(
  reads: readonly Path[],
  language: Language,
  setting: Setting,
): (variables: Variables) => object {
  const puts: Put[] = []
  for (const name of OBJECTS) if (isRead(reads, name)) puts.push(putObject(name, reads, language, setting))
  if (isRead(reads, 'event')) puts.push(putEvent(reads, language, setting))
  if (isRead(reads, 'now'))
    puts.push((context, { now }) => {
      context.now = new Date(now)
    })
  if (isRead(reads, 'tz'))
    puts.push((context, { timeZone }) => {
      context.tz = timeZone
    })
  return (variables) => {
    const context: Record<string, unknown> = Object.create(null)
    for (const put of puts) put(context, variables)
    return context
  }
}

const isRead = (reads: readonly Path[], name: Variable): boolean =>
  reads.some(({ variable }) => variable === name)

/** The fields that are read by name; all, where the object is taken whole. */
function fieldsRead(reads: readonly Path[], name: Variable, fields: Fields): Fields {
  const names = reads.filter(({ variable }) => variable === name).map((path) => path.names[0])
  return names.includes(undefined) ? fields : new Map([...fields].filter(([field]) => names.includes(field)))
}

function putObject(
  name: (typeof OBJECTS)[number],
  reads: readonly Path[],
  language: Language,
  setting: Setting,
): Put {
  const type = setting.vocabulary[name]
  const only = fieldsRead(reads, name, type)
  const convert = language.convert(type, only)
  if (name !== 'checklist')
    return (context, variables) => {
      context[name] = convert(variables[name], variables.timeZone)
    }
  // What has no tick yet is not ticked.
  return (context, { checklist, timeZone }) => {
    const ticks = Object.fromEntries([...only.keys()].map((item) => [item, own(checklist, item) === true]))
    context.checklist = convert(ticks, timeZone)
  }
}

function putEvent(reads: readonly Path[], language: Language, setting: Setting): Put {
  const known = new Map<string, Convert>()
  const { vocabulary, anyEvent } = setting
  for (const [type, fields] of vocabulary.events)
    known.set(type, language.convert(anyEvent, fieldsRead(reads, 'event', fields)))
  const other = language.convert(anyEvent, new Map())
  return (context, { event, timeZone }) => {
    if (event !== undefined) context.event = (known.get(event.type) ?? other)(event.payload, timeZone)
  }
}
