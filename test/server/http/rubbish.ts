/**
 * Values for a JSON schema: such that fit it, such that nearly do, and such that are meant to harm.
 *
 * Some strings are places for something that exists (`KNOWN`) or for text that no JSON writer makes (`RAW`); both are put in when the
 * request is sent, so that a value can be shown and shrunk.
 */
import fc from 'fast-check'

type Schema = Record<string, unknown>
export type Defs = Readonly<Record<string, unknown>>

const KNOWN = '@known '
const RAW = '@raw '
/** Something that exists, of this name if there is one. */
export const known = (name: string): fc.Arbitrary<string> =>
  fc.nat({ max: 999 }).map((pick) => `${KNOWN}${name} ${pick}`)
const raw = (text: string): string => `${RAW}${text} `

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What exists, by the names under which answers told of it. */
export class Pool {
  readonly #values = new Map<string, string[]>()
  add(name: string, value: string): void {
    const list = this.#values.get(name) ?? []
    if (list.includes(value)) return
    list.push(value)
    if (list.length > 40) list.splice(5, 1)
    this.#values.set(name, list)
  }
  /** Takes in what an answer names. */
  harvest(value: unknown, name = ''): void {
    if (typeof value === 'string') {
      if (value.length > 0 && value.length <= 100 && NAMING.test(name)) this.add(name, value)
    } else if (Array.isArray(value)) for (const one of value.slice(0, 20)) this.harvest(one, name)
    else if (isRecord(value)) for (const [key, one] of Object.entries(value)) this.harvest(one, key)
  }
  find(text: string): string {
    const [name = '', pick = '0'] = text.split(' ')
    const list = this.#values.get(name) ?? this.#values.get('id') ?? ['1']
    return list[Number(pick) % list.length] ?? '1'
  }
}
const NAMING =
  /^(id|job|process|person|sha256|code|scenario|attempt|version|key|next|norm|type|item|course|etag|revision|token|session|finding|at|now)$/i

/** The known put in. */
export const settled = (value: string, pool: Pool): string =>
  value.startsWith(KNOWN) ? pool.find(value.slice(KNOWN.length)) : value
/** As JSON text, the known and the raw put in. */
export const textOf = (value: unknown, pool: Pool): string =>
  (
    JSON.stringify(value, (_key, one: unknown) => (typeof one === 'string' ? settled(one, pool) : one)) ?? ''
  ).replaceAll(/"@raw ([^"]*) "/g, '$1')

const HOSTILE_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  '',
  '$ref',
  'a/b~c',
  '\u0000',
]
const HOSTILE_TEXTS = [
  '',
  ' ',
  '\u0000',
  '\u001b[2J\r\nset-cookie: a=b',
  '\ud800',
  'a\udfffb',
  '\u202e\u2066\ufeff',
  '__proto__',
  'constructor',
  'NaN',
  'Infinity',
  '-0',
  '1e999',
  '../../../../etc/passwd',
  '..\\..\\x',
  "' or 1=1; drop table jobs; --",
  '%',
  '*',
  '"(" * NEAR AND OR NOT',
  '<script>alert(1)</script>',
  '=HYPERLINK("http://x")',
  '{{7*7}}<%= 7*7 %>',
  `${'a'.repeat(5000)}!`,
  '(((((((((((((((((((((1)))))))))))))))))))))',
  'job.n '.repeat(2000),
  '9999-12-31T23:59:59.999Z',
  '-271821-04-20T00:00:00.000Z',
  '+275760-09-13T00:00:00.000Z',
  '2026-02-30T25:61:00Z',
  '0000-00-00',
  'P99999999999999Y',
  '-PT0S',
  'PT1E5S',
]
const HOSTILE_NUMBERS = [
  0,
  -0,
  -1,
  0.5,
  1e-320,
  1e15,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  -(2 ** 53),
  8.64e15,
  8.64e15 + 1,
  1e21,
  1.7e308,
]
const RAWS = [
  '1e999',
  '-1e999',
  '1e-999',
  '0.1e1000000',
  '9'.repeat(400),
  '"\\ud800"',
  '"\\u0000"',
  '[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]',
  '{"__proto__":{"a":1}}',
  '{"a":1,"a":2}',
  'NaN',
]

const nested = (depth: number): unknown => {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}
/** JSON's own keys: `__proto__` is a key like any other here. */
const recordOf = (entries: readonly (readonly [string, unknown])[]): Record<string, unknown> => {
  const made: Record<string, unknown> = Object.create(null)
  for (const [key, value] of entries)
    Object.defineProperty(made, key, { value, enumerable: true, configurable: true, writable: true })
  return made
}
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
)
/** Once in a while as long as a body may be. */
const longText = fc
  .constantFrom(20_000, 300_000, 1_000_000)
  .chain((length) =>
    fc
      .constantFrom('x', ' ', '(', '\u4e2d', '\\', '1')
      .map((unit) => unit.repeat(unit.length === 1 && unit > '\u00ff' ? length / 4 : length)),
  )

export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: hostileText },
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...HOSTILE_NUMBERS) },
  { weight: 3, arbitrary: fc.constantFrom(...RAWS.map(raw)) },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], {}) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(10, 60, 62, 64).map(nested) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_KEYS).map((key) => recordOf([[key, { a: 1 }]])) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 100, max: 20_000 }).map((length) => Array.from({ length }, (_, at) => at)),
  },
  { weight: 1, arbitrary: longText },
  { weight: 2, arbitrary: known('id') },
)

/** Values that fit a schema. `name`: of the property, by which known values are chosen. `samples`: for what takes anything. */
export function fitting(
  schema: unknown,
  defs: Defs,
  samples: readonly unknown[],
  name = '',
  depth = 0,
): fc.Arbitrary<unknown> {
  const inner = (one: unknown, key = name) => fitting(one, defs, samples, key, depth + 1)
  if (!isRecord(schema)) return fc.constantFrom<unknown>(...samples)
  if (typeof schema.$ref === 'string') {
    if (depth > 8) return fc.constant(null)
    return fc.constant(schema.$ref.split('/').at(-1) ?? '').chain((ref) => inner(defs[ref]))
  }
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom<unknown>(...schema.enum)
  const some = [schema.anyOf, schema.oneOf].find(Array.isArray)
  if (some !== undefined) return fc.oneof(...some.map((one: unknown) => inner(one)))
  if (Array.isArray(schema.allOf))
    return fc.tuple(...schema.allOf.map((one: unknown) => inner(one))).map((all) => Object.assign({}, ...all))
  switch (schema.type) {
    case 'string':
      return text(schema, name)
    case 'integer':
      return number(schema).map(Math.round)
    case 'number':
      return number(schema)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array': {
      const least = numberOf(schema.minItems) ?? 0
      return fc.array(inner(schema.items), {
        minLength: least,
        maxLength: Math.max(least, depth > 5 ? 0 : 3),
      })
    }
    case 'object':
      return record(schema, inner, depth)
    default:
      return fc.oneof(fc.constantFrom<unknown>(...samples), fc.jsonValue({ maxDepth: 2 }))
  }
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** Which fast-check makes no strings for; what fits without it fits nearly. */
const LOOKAHEAD = /\(\?[!=][^)]*\)/g
function text({ minLength, maxLength, pattern, format }: Schema, name: string): fc.Arbitrary<unknown> {
  const least = numberOf(minLength) ?? 0
  const most = Math.max(least, Math.min(numberOf(maxLength) ?? 30, 30))
  const plain = fc.string({ unit: 'grapheme', minLength: least, maxLength: most })
  const times = fc.constantFrom(
    '2026-03-02T01:30:00.000Z',
    '2026-03-09T01:00:00Z',
    '2026-03-02T09:00:00+08:00',
    '2026-03-02',
    'PT1H',
  )
  if (format !== undefined) return fc.oneof(times, known('at'))
  if (typeof pattern === 'string')
    return fc.oneof(fc.stringMatching(new RegExp(pattern.replaceAll(LOOKAHEAD, ''))), known(name))
  return fc.oneof({ weight: 4, arbitrary: known(name) }, { weight: 2, arbitrary: plain }, times)
}
function number({ minimum, maximum }: Schema): fc.Arbitrary<number> {
  const least = numberOf(minimum) ?? -1000
  const most = numberOf(maximum) ?? Math.max(1000, least)
  return fc.oneof(
    fc.constantFrom(least, most),
    fc.integer({ min: Math.ceil(least), max: Math.max(Math.ceil(least), Math.min(most, least + 20)) }),
  )
}
function record(
  schema: Schema,
  inner: (one: unknown, key?: string) => fc.Arbitrary<unknown>,
  depth: number,
): fc.Arbitrary<unknown> {
  const properties = isRecord(schema.properties) ? schema.properties : {}
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : []
  const open = isRecord(schema.patternProperties)
    ? Object.values(schema.patternProperties)[0]
    : isRecord(schema.additionalProperties)
      ? schema.additionalProperties
      : undefined
  const own = Object.entries(properties).map(([key, one]) =>
    required.includes(key)
      ? inner(one, key).map((value) => [[key, value] as const])
      : depth > 6
        ? fc.constant([])
        : fc
            .option(inner(one, key), { nil: undefined, freq: 2 })
            .map((value) => (value === undefined ? [] : [[key, value] as const])),
  )
  const more =
    open === undefined || depth > 4
      ? fc.constant([])
      : fc.array(
          fc.tuple(
            fc.oneof(fc.constantFrom('what', 'price', 'hours', 'errand', 'zh', 'en', 'a'), known('id')),
            inner(open),
          ),
          { maxLength: 3 },
        )
  return fc.tuple(fc.tuple(...own), more).map(([fixed, free]) => recordOf([...fixed.flat(), ...free]))
}

/** A value with one place in it spoilt: another value, nothing, or something too many. */
export const spoilt = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      value,
      fc.infiniteStream(fc.nat({ max: 1000 })),
      hostile,
      fc.constantFrom(...HOSTILE_KEYS, 'extra'),
    )
    .map(([whole, picks, bad, key]) => spoil(whole, picks, bad, key))

function spoil(value: unknown, picks: fc.Stream<number>, bad: unknown, key: string): unknown {
  const pick = picks.next().value
  if (Array.isArray(value) && value.length > 0 && pick % 5 !== 0) {
    const at = pick % value.length
    return value.map((one: unknown, index) => (index === at ? spoil(one, picks, bad, key) : one))
  }
  if (!isRecord(value) || pick % 7 === 0) return bad
  const entries = Object.entries(value)
  if (entries.length === 0 || pick % 7 === 1) return recordOf([...entries, [key, bad]])
  const at = pick % entries.length
  if (pick % 7 === 2) return recordOf(entries.filter((_, index) => index !== at))
  return recordOf(
    entries.map(([name, one], index) => [name, index === at ? spoil(one, picks, bad, key) : one]),
  )
}
