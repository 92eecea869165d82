/**
 * The CEL library, set up for a definition: its variables with their types, and the functions of time.
 *
 * Promises: only what is registered here or named in `FUNCTIONS` can be used; every function is pure, for the time
 * zone is part of the language it is compiled in, not read from anywhere.
 * Must not: be used outside `expression/`.
 */
import { Environment } from '@marcbachmann/cel-js'
import { addDuration } from '../time/duration.ts'
import { DAY, dayOf, MINUTE, toLocal, weekdayOf, zoneOf } from '../time/zone.ts'
import { type Convert, type Fields, keyOf, type ObjectClass, objectConverter, type Shape } from './shapes.ts'
import { OBJECTS, type Variable, type Vocabulary } from './vocabulary.ts'

export const CEL_TIMESTAMP = 'google.protobuf.Timestamp'
export const CEL_DURATION = 'google.protobuf.Duration'

/** Macros with a variable of their own. */
export const LOOPS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])
/**
 * The functions there are. Left out of CEL's own on purpose: `matches` (its regular expressions can run for hours),
 * `cel.bind` (values can double with each use), the clock fields of timestamps (`getHours`: they go by UTC, or by
 * the server's own zone), bytes, unsigned numbers and types, which JSON has not.
 */
export const FUNCTIONS: ReadonlySet<string> = new Set([
  ...LOOPS,
  ...['has', 'size', 'int', 'double', 'string', 'bool', 'dyn', 'timestamp', 'duration'],
  ...[
    'startsWith',
    'endsWith',
    'contains',
    'indexOf',
    'lastIndexOf',
    'substring',
    'trim',
    'lowerAscii',
    'upperAscii',
  ],
  ...['split', 'join', 'plus', 'minus', 'minutesOfDay', 'dayOfWeek'],
])

const LIMITS = {
  maxAstNodes: 500,
  maxDepth: 32,
  maxListElements: 200,
  maxMapEntries: 100,
  maxCallArguments: 8,
}

/** A language: the library's environment, and how values come into it. */
export type Language = {
  readonly cel: Environment
  /** How objects of the type come in; `only` of these fields. */
  readonly convert: (type: Fields, only: Fields) => Convert
}

/**
 * The language that expressions are checked in: `event` holds what all events at hand carry.
 *
 * @param event `undefined`: there is no event
 */
export const checkingLanguage = (vocabulary: Vocabulary, event: Fields | undefined): Language =>
  languageOf(new Environment({ limits: LIMITS }), vocabulary, event, 'UTC')

/**
 * The language that expressions run in: `event` holds what any event may carry. What was checked for some of the
 * events passes here too, for what they differ in is of no type.
 */
export function runningLanguage(vocabulary: Vocabulary, event: Fields, timeZone: string): Language {
  const cel = new Environment({ limits: LIMITS, homogeneousAggregateLiterals: false })
  return languageOf(cel, vocabulary, event, timeZone)
}

function languageOf(
  cel: Environment,
  vocabulary: Vocabulary,
  event: Fields | undefined,
  timeZone: string,
): Language {
  const types = new Types(cel)
  for (const fields of vocabulary.events.values()) types.nameOf({ kind: 'object', fields })
  for (const name of OBJECTS) types.variable(name, vocabulary[name])
  if (event !== undefined) types.variable('event', event)
  cel.registerVariable('now', CEL_TIMESTAMP)
  cel.registerVariable('tz', 'string')
  registerTime(cel, timeZone)
  registerNumbers(cel)
  const classOf = (key: string): ObjectClass | undefined => types.classes.get(key)
  return {
    cel,
    convert: (type, only) =>
      objectConverter(classOf(keyOf({ kind: 'object', fields: type })) ?? Map, only, classOf),
  }
}

/** The types of objects, one for each key. */
class Types {
  readonly classes = new Map<string, ObjectClass>()
  readonly #names = new Map<string, string>()
  readonly #cel: Environment

  constructor(cel: Environment) {
    this.#cel = cel
  }

  variable(name: Variable, fields: Fields): void {
    this.#cel.registerVariable(name, this.nameOf({ kind: 'object', fields }))
  }

  nameOf(shape: Shape): string {
    switch (shape.kind) {
      case 'timestamp':
      case 'date':
        return CEL_TIMESTAMP
      case 'map':
        return 'map<string, dyn>'
      case 'list':
        return `list<${this.nameOf(shape.of)}>`
      case 'object':
        return this.#objectOf(shape.fields, keyOf(shape))
      default:
        return shape.kind
    }
  }

  #objectOf(shapes: Fields, key: string): string {
    const known = this.#names.get(key)
    if (known !== undefined) return known
    const fields: Record<string, string> = Object.create(null)
    for (const [name, shape] of shapes) fields[name] = this.nameOf(shape)
    // Numbered rather than named: the library keeps the names of types for ever.
    const name = `object${this.#names.size}`
    const ctor = class extends Map<string, unknown> {}
    this.#cel.registerType(name, { ctor, fields })
    this.#names.set(key, name)
    this.classes.set(key, ctor)
    return name
  }
}

function registerTime(cel: Environment, timeZone: string): void {
  const moved = (at: Date, duration: string): Date => new Date(addDuration(at.getTime(), duration, timeZone))
  const local = (at: Date): number => toLocal(zoneOf(timeZone), at.getTime())
  cel
    .registerFunction(`plus(${CEL_TIMESTAMP}, string): ${CEL_TIMESTAMP}`, moved, { async: false })
    .registerFunction(
      `minus(${CEL_TIMESTAMP}, string): ${CEL_TIMESTAMP}`,
      (at: Date, duration: string) =>
        moved(at, duration.startsWith('-') ? duration.slice(1) : `-${duration}`),
      { async: false },
    )
    .registerFunction(
      `minutesOfDay(${CEL_TIMESTAMP}): int`,
      (at: Date) => BigInt(Math.floor((local(at) - dayOf(local(at)) * DAY) / MINUTE)),
      { async: false },
    )
    .registerFunction(`dayOfWeek(${CEL_TIMESTAMP}): int`, (at: Date) => BigInt(weekdayOf(dayOf(local(at)))), {
      async: false,
    })
}

/** CEL keeps whole numbers and others apart; people do not. */
function registerNumbers(cel: Environment): void {
  cel
    .registerOperator('int == double: bool', (a: bigint, b: number) => Number(a) === b)
    .registerOperator('int + double: double', (a: bigint, b: number) => Number(a) + b)
    .registerOperator('double + int: double', (a: number, b: bigint) => a + Number(b))
    .registerOperator('int - double: double', (a: bigint, b: number) => Number(a) - b)
    .registerOperator('double - int: double', (a: number, b: bigint) => a - Number(b))
    .registerOperator('int * double: double', (a: bigint, b: number) => Number(a) * b)
    .registerOperator('double * int: double', (a: number, b: bigint) => a * Number(b))
    .registerOperator('int / double: double', (a: bigint, b: number) => Number(a) / b)
    .registerOperator('double / int: double', (a: number, b: bigint) => a / Number(b))
}
