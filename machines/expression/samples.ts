/**
 * Values to try an expression with: of each name it reads, those that are likely to make a difference.
 *
 * Promises: by the declared type and by what the text compares with, values on either side of each limit; always the
 * same for the same text and moment. What may be unset has that as a sample.
 * Must not: evaluate; know what a person typed before.
 */
import { ROLES } from '../definition/schema.ts'
import { roughLength } from '../time/duration.ts'
import { DAY, MINUTE } from '../time/zone.ts'
import type { Variables } from './expression.ts'
import { type Outline, outlineOf, partsOf } from './outline.ts'
import { nameAt, type Scope, type ScopeName } from './scope.ts'
import type { Variable } from './vocabulary.ts'

/** A name that is read, and values for it. `UNSET` stands for none. */
export type Sampled = ScopeName & { readonly key: string; readonly samples: readonly unknown[] }
export const UNSET: unique symbol = Symbol('unset')

/** A person who acts, and one who does not. */
const SAMPLE_ACTOR = 'me'
const SOMEONE = 'someone'
/** What lists and texts have in common where nothing is written. */
const SAMPLE_TEXT = 'A'

/** What is written beside a name, and so may make a difference. */
type Beside = { numbers: number[]; texts: string[]; spans: number[] }

/**
 * What an expression reads of the definition, in the order of the text, with samples.
 *
 * @param now epoch milliseconds: the moment about which samples of time lie
 */
export function samplesFor(text: string, scope: Scope, now: number): Sampled[] {
  const outlined = outlineOf(text)
  if (!outlined.ok) return []
  const read = new Map<string, ScopeName>()
  const beside: Beside = { numbers: [], texts: [], spans: [] }
  collect(outlined.outline, scope, read, beside)
  for (const { value } of read.values()) note(value, beside)
  return [...read].map(([key, name]) => ({ ...name, key, samples: samplesOf(name, beside, now) }))
}

function collect(outline: Outline, scope: Scope, read: Map<string, ScopeName>, beside: Beside): void {
  if (outline.kind === 'literal') note(outline.value, beside)
  if (outline.kind === 'path') {
    const name = nameAt(scope, outline.root, outline.names)
    if (name !== undefined) read.set([outline.root, ...outline.names].join('.'), name)
  }
  for (const part of partsOf(outline)) collect(part, scope, read, beside)
}

function note(value: unknown, { numbers, texts, spans }: Beside): void {
  if (typeof value === 'number') numbers.push(value)
  if (typeof value !== 'string') return
  const span = roughLength(value)
  if (span === undefined) texts.push(value)
  else spans.push(span)
}

function samplesOf(name: ScopeName, beside: Beside, now: number): unknown[] {
  const mayBeUnset = name.variable === 'job' || name.variable === 'event'
  return unique([...setSamples(name, beside, now), ...(mayBeUnset ? [UNSET] : [])])
}

function setSamples(name: ScopeName, beside: Beside, now: number): unknown[] {
  const { variable, path, type, field, options } = name
  if (variable === 'now') return [new Date(now).toISOString()]
  if (variable === 'settings') return settingSamples(name, beside)
  if (variable === 'actor') return path[0] === 'roles' ? lists(beside.texts) : [SAMPLE_ACTOR, SOMEONE]
  if (options !== undefined) return options.map(({ value }) => value)
  if (field?.format === 'person') return [SAMPLE_ACTOR, SOMEONE]
  if (field?.format === 'duration') return ['PT30M', 'PT4H', 'P1D']
  if (type === 'bool') return [true, false]
  if (type === 'int' || type === 'double') return numberSamples(name, beside)
  if (type === 'timestamp') return timeSamples(field?.format === 'date', beside, now)
  if (type.startsWith('list')) return listSamples(name, beside, now)
  if (type === 'string') return unique([...beside.texts, SAMPLE_TEXT, ''])
  return []
}

/** What it holds now first; then what else its owner could set. */
function settingSamples({ type, value }: ScopeName, { texts }: Beside): unknown[] {
  if (value === undefined) return []
  if (typeof value === 'boolean') return [value, !value]
  if (typeof value === 'number') return [value, value - 1, value + 1]
  return type === 'string' && typeof value === 'string' && roughLength(value) === undefined
    ? unique([value, ...texts])
    : [value]
}

/** About each number that is written, and at the ends of what the field may hold. */
function numberSamples({ type, field }: ScopeName, { numbers }: Beside): number[] {
  const step = type === 'int' ? 1 : 0.5
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = field ?? {}
  const about = [0, 1, ...numbers].flatMap((number) => [number - step, number, number + step])
  return unique([...about, minimum, maximum])
    .filter((number) => Number.isFinite(number) && number >= minimum && number <= maximum)
    .filter((number) => type === 'double' || Number.isInteger(number))
    .sort((one, other) => one - other)
}

/** About now, and about the ends of each length of time that is written. */
function timeSamples(isDate: boolean, { spans }: Beside, now: number): string[] {
  const ends = [0, ...spans, ...spans.map((span) => -span)]
  const step = isDate ? DAY : MINUTE
  const moments = ends.flatMap((end) => [now + end - step, now + end, now + end + step])
  return unique(moments)
    .filter((ms) => !Number.isNaN(new Date(ms).getTime()))
    .sort((one, other) => one - other)
    .map((ms) => new Date(ms).toISOString())
    .map((moment) => (isDate ? moment.slice(0, 10) : moment))
}

function listSamples({ field, type }: ScopeName, beside: Beside, now: number): unknown[] {
  const { items } = field ?? {}
  if (items === undefined) return type === 'list<string>' ? lists([...beside.texts, SAMPLE_TEXT]) : [[]]
  if (items.type === 'object') {
    const entries = Object.entries(items.properties ?? {})
    const entry = entries.map(([name, inner]): [string, unknown] => [
      name,
      setSamples(
        { variable: 'job', path: [name], type: typeOf(inner), title: { en: name, zh: name }, field: inner },
        beside,
        now,
      )[0],
    ])
    return [[], [Object.fromEntries(entry.filter(([, value]) => value !== undefined))]]
  }
  const words = items.enum ?? [...beside.texts, SAMPLE_TEXT]
  if (items.type === 'string' && items.format === 'person') return [[], [SAMPLE_ACTOR], [SOMEONE]]
  if (items.type === 'string' && items.format === undefined) return lists(words)
  const one = setSamples(
    { variable: 'job', path: ['0'], type: typeOf(items), title: { en: '', zh: '' }, field: items },
    beside,
    now,
  )
  return [[], ...one.map((value) => [value])]
}

const typeOf = ({ type, format }: NonNullable<ScopeName['field']>): string => {
  if (format === 'date' || format === 'date-time') return 'timestamp'
  return {
    string: 'string',
    integer: 'int',
    number: 'double',
    boolean: 'bool',
    array: 'list',
    object: 'object',
  }[type]
}

/** None, each by itself, all together. */
const lists = (texts: readonly string[]): string[][] => [
  [],
  ...texts.map((text) => [text]),
  ...(texts.length > 1 ? [[...texts]] : []),
]

function unique<One>(values: readonly One[]): One[] {
  const seen = new Map(
    values.map((value) => [typeof value === 'symbol' ? value : JSON.stringify(value), value]),
  )
  return [...seen.values()]
}

export type Chosen = { readonly name: Pick<ScopeName, 'variable' | 'path'>; readonly value: unknown }

/**
 * Variables as an evaluation takes them, from values chosen for names; what has none, or `UNSET`, is not there.
 *
 * @param event the type of the event at hand; undefined: none
 */
export function variablesFrom(
  chosen: readonly Chosen[],
  { scope, now, timeZone, event }: { scope: Scope; now: number; timeZone: string; event?: string },
): Variables {
  const set = chosen.filter(({ value }) => value !== UNSET && value !== undefined)
  const under = (variable: Variable): Record<string, unknown> =>
    nested(
      set.flatMap(({ name, value }) => (name.variable === variable ? [[name.path, value] as const] : [])),
    )
  const given = set.find(({ name }) => name.variable === 'now')?.value
  const moment = typeof given === 'string' ? Date.parse(given) : Number.NaN
  const { id, name, roles } = under('actor')
  const settings = scope.names.flatMap(({ variable, path: [first], value }) =>
    variable === 'settings' && first !== undefined ? [[first, value] as const] : [],
  )
  return {
    job: under('job'),
    ...(event === undefined ? {} : { event: { type: event, payload: under('event') } }),
    now: Number.isNaN(moment) ? now : moment,
    actor: {
      id: typeof id === 'string' ? id : SAMPLE_ACTOR,
      name: typeof name === 'string' ? name : SAMPLE_ACTOR,
      roles: rolesFrom(roles),
    },
    checklist: Object.fromEntries(
      Object.entries(under('checklist')).map(([item, is]) => [item, is === true]),
    ),
    settings: { ...onlySettings(Object.fromEntries(settings)), ...onlySettings(under('settings')) },
    links: linksFrom(under('links')),
    timeZone,
  }
}

type Entry = readonly [path: readonly string[], value: unknown]

/** `city` under `address`. */
function nested(entries: readonly Entry[]): Record<string, unknown> {
  const made = new Map<string, unknown>()
  const deeper = new Map<string, Entry[]>()
  for (const [[name, ...rest], value] of entries) {
    if (name === undefined) continue
    if (rest.length === 0) made.set(name, value)
    else deeper.set(name, [...(deeper.get(name) ?? []), [rest, value]])
  }
  for (const [name, inner] of deeper) made.set(name, nested(inner))
  return Object.fromEntries(made)
}

const rolesFrom = (roles: unknown): Variables['actor']['roles'] =>
  [...ROLES, 'system' as const].filter((role) => Array.isArray(roles) && roles.includes(role))

const isSetting = (value: unknown): value is Variables['settings'][string] =>
  ['string', 'number', 'boolean'].includes(typeof value) ||
  (Array.isArray(value) && value.every((one) => typeof one === 'string'))

const onlySettings = (held: Record<string, unknown>): Variables['settings'] =>
  Object.fromEntries(
    Object.entries(held).flatMap(([name, value]) => (isSetting(value) ? [[name, value]] : [])),
  )

function linksFrom(held: Record<string, unknown>): Variables['links'] {
  return Object.fromEntries(
    Object.entries(held).flatMap(([link, value]) => {
      if (typeof value !== 'object' || value === null) return []
      const status =
        'status' in value
          ? (['active', 'done', 'cancelled', 'failed'] as const).find((one) => one === value.status)
          : undefined
      return [[link, { job: 'linked', process: 'linked', status: status ?? 'active' }]]
    }),
  )
}
