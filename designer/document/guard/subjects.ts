/**
 * What a row can ask about, and what it can ask of it: subjects with their kind, operators by kind.
 *
 * Promises: the names of the expressions' own scope; an operator is offered only where the engine can carry it out.
 * Must not: read or write guards.
 */
import { type Field, ROLES } from '../../../machines/definition/schema.ts'
import { describe, nameAt, type Scope, type ScopeName, wordsOf } from '../../../machines/expression/scope.ts'
import { isDuration } from '../../../machines/time/duration.ts'
import type { Words } from '../problem.ts'
import { type Kind, operatorWords } from './operator-words.ts'
import type { Operand, Operator, Place } from './row.ts'

type Option = { readonly value: string; readonly title: Words }

export type Subject = {
  readonly place: Operand
  readonly kind: Kind
  readonly title: Words
  /** Whether it may be without a value, so that “is filled in” makes sense. */
  readonly mayBeEmpty: boolean
  readonly options?: readonly Option[]
  readonly field?: Field
}

/** What an operator wants beside it: nothing, one value, several, or a list to be found in. */
export type Takes = 'nothing' | 'value' | 'values' | 'list' | 'count' | 'text'
export type OfferedOperator = { readonly operator: Operator; readonly takes: Takes; readonly title: Words }

const TAKES: Readonly<Record<Operator, Takes>> = {
  filled: 'nothing',
  empty: 'nothing',
  yes: 'nothing',
  no: 'nothing',
  is: 'value',
  'is-not': 'value',
  less: 'value',
  'at-most': 'value',
  more: 'value',
  'at-least': 'value',
  'one-of': 'values',
  'none-of': 'values',
  'in-list': 'list',
  'not-in-list': 'list',
  includes: 'value',
  excludes: 'value',
  'starts-with': 'text',
  'ends-with': 'text',
  contains: 'text',
  'no-entries': 'nothing',
  'some-entries': 'nothing',
  'count-is': 'count',
  'count-is-not': 'count',
  'count-less': 'count',
  'count-at-most': 'count',
  'count-more': 'count',
  'count-at-least': 'count',
}

/** What an operator wants beside it. */
export const takenBy = (operator: Operator): Takes => TAKES[operator]

const SAME: readonly Operator[] = ['is', 'is-not']
const ORDER: readonly Operator[] = ['less', 'at-most', 'more', 'at-least']
const MEMBER: readonly Operator[] = ['one-of', 'none-of', 'in-list', 'not-in-list']
const LIST: readonly Operator[] = [
  ...(['includes', 'excludes', 'no-entries', 'some-entries', 'count-is', 'count-is-not'] as const),
  ...(['count-less', 'count-at-most', 'count-more', 'count-at-least'] as const),
]
const BY_KIND: Readonly<Record<Kind, readonly Operator[]>> = {
  text: [...SAME, ...MEMBER, 'starts-with', 'ends-with', 'contains'],
  choice: [...SAME, ...MEMBER],
  person: [...SAME, ...MEMBER],
  duration: [...SAME, ...MEMBER],
  whole: [...SAME, ...ORDER, ...MEMBER],
  number: [...SAME, ...ORDER, ...MEMBER],
  'yes-no': ['yes', 'no', ...SAME],
  moment: [...SAME, ...ORDER],
  date: [...SAME, ...ORDER],
  list: LIST,
  roles: LIST,
  object: [],
  link: [],
  any: [...SAME, ...MEMBER],
}

/** What can be asked of a subject, the usual first. */
export function operatorsFor({ kind, mayBeEmpty }: Pick<Subject, 'kind' | 'mayBeEmpty'>): OfferedOperator[] {
  const empty: readonly Operator[] = mayBeEmpty ? ['filled', 'empty'] : []
  return [...BY_KIND[kind], ...empty].map((operator) => ({
    operator,
    takes: TAKES[operator],
    title: operatorWords(operator, kind),
  }))
}

function kindOf({ variable, path, type, field, options, value }: ScopeName): Kind {
  if (variable === 'actor') return path[0] === 'roles' ? 'roles' : path[0] === 'id' ? 'person' : 'text'
  if (variable === 'links' && path.length === 1) return 'link'
  if (options !== undefined) return 'choice'
  if (type.startsWith('list')) return 'list'
  switch (type) {
    case 'bool':
      return 'yes-no'
    case 'int':
      return 'whole'
    case 'double':
      return 'number'
    case 'timestamp':
      return field?.format === 'date' ? 'date' : 'moment'
    case 'object':
    case 'map':
      return 'object'
    case 'string':
      if (field?.format === 'person') return 'person'
      return field?.format === 'duration' || (typeof value === 'string' && isDuration(value))
        ? 'duration'
        : 'text'
    default:
      return 'any'
  }
}

/** A name of the scope as a place of a row; undefined for variables as a whole and the zone. */
export function placeOf({
  variable,
  path: [name, part, ...deeper],
  path,
}: Pick<ScopeName, 'variable' | 'path'>): Place | undefined {
  if (variable === 'now') return { place: 'now' }
  if (name === undefined) return undefined
  switch (variable) {
    case 'job':
    case 'event':
      return { place: variable, path }
    case 'settings':
      return part === undefined ? { place: 'setting', name } : undefined
    case 'checklist':
      return part === undefined ? { place: 'item', item: name } : undefined
    case 'actor':
      return part === undefined && (name === 'id' || name === 'name' || name === 'roles')
        ? { place: 'actor', part: name }
        : undefined
    case 'links':
      if (deeper.length > 0) return undefined
      if (part === undefined) return { place: 'link', link: name }
      return part === 'status' || part === 'process' || part === 'job'
        ? { place: 'link', link: name, part }
        : undefined
    default:
      return undefined
  }
}

/** The variable and the names that a place stands for; undefined for an entry of a list. */
export function pathOf(place: Place): { variable: string; path: readonly string[] } | undefined {
  switch (place.place) {
    case 'job':
    case 'event':
      return { variable: place.place, path: place.path }
    case 'setting':
      return { variable: 'settings', path: [place.name] }
    case 'item':
      return { variable: 'checklist', path: [place.item] }
    case 'link':
      return { variable: 'links', path: place.part === undefined ? [place.link] : [place.link, place.part] }
    case 'actor':
      return { variable: 'actor', path: [place.part] }
    case 'now':
      return { variable: 'now', path: [] }
    default:
      return undefined
  }
}

const subjectFrom = (place: Place, name: ScopeName): Subject => ({
  place,
  kind: kindOf(name),
  title: name.title,
  mayBeEmpty: place.place === 'job' || place.place === 'event' || kindOf(name) === 'link',
  ...(kindOf(name) === 'roles'
    ? { options: ROLES.map((role) => ({ value: role, title: { en: role, zh: role } })) }
    : name.options === undefined
      ? listOptions(name.field)
      : { options: name.options }),
  ...(name.field === undefined ? {} : { field: name.field }),
})

/** A list's entries are chosen from what its items may be. */
function listOptions(field: Field | undefined): { options?: readonly Option[] } {
  const options = field?.items === undefined ? undefined : describe(field.items, '').options
  return options === undefined ? {} : { options }
}

/** Everything that a row can ask about, in the order of the definition. */
export function subjectsOf(scope: Scope): Subject[] {
  return scope.names.flatMap((name) => {
    const place = placeOf(name)
    return place === undefined ? [] : [subjectFrom(place, name)]
  })
}

/** The entries of a list that `each` looks at: the list itself, within which it stands. */
export type Entries = { readonly list: Subject }

/** What is known of an operand; undefined where nothing of the name is declared. */
export function subjectAt(scope: Scope, operand: Operand, entries?: Entries): Subject | undefined {
  if (operand.place === 'moved') {
    const from = subjectAt(scope, operand.from, entries)
    return from === undefined
      ? undefined
      : { place: operand, kind: 'moment', title: from.title, mayBeEmpty: false }
  }
  if (operand.place === 'each') return entries === undefined ? undefined : entryAt(operand.path, entries)
  const path = pathOf(operand)
  const name = path === undefined ? undefined : nameAt(scope, path.variable, path.path)
  return name === undefined ? undefined : subjectFrom(operand, name)
}

function entryAt(path: readonly string[], { list }: Entries): Subject | undefined {
  let field = list.field?.items
  for (const name of path) {
    const { properties }: Field = field ?? { type: 'object' }
    field = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined
  }
  const place: Place = { place: 'each', path }
  // A list of a setting holds texts.
  if (field === undefined && path.length === 0 && list.field === undefined)
    return { place, kind: 'text', title: ENTRY, mayBeEmpty: false }
  if (field === undefined) return undefined
  const said = describe(field, path.at(-1) ?? '')
  const name: ScopeName = {
    variable: 'job',
    path: path.length === 0 ? ['each'] : path,
    type: TYPES[field.format ?? ''] ?? TYPES[field.type] ?? 'dyn',
    ...said,
    title: path.length === 0 ? wordsOf(field.meta?.title, '') : said.title,
  }
  const titled = name.title.en === '' ? { ...name, title: ENTRY } : name
  return { ...subjectFrom(place, titled), mayBeEmpty: path.length > 0 }
}

const ENTRY: Words = { en: 'the entry', zh: '该项' }
const TYPES: Readonly<Record<string, string>> = {
  'date-time': 'timestamp',
  date: 'timestamp',
  string: 'string',
  integer: 'int',
  number: 'double',
  boolean: 'bool',
  array: 'list<dyn>',
  object: 'object',
}
