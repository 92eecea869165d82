/**
 * From a guard to rows.
 *
 * Promises: the rows mean what the guard means, also where a field is not set or an event is not at hand. What has no
 * place in a row is told with its words, the expression it stands in and the place there; nothing is left out or bent.
 * Must not: decide how rows look; evaluate.
 */
import { child } from '../../../machines/definition/pointer.ts'
import type { Definition, Guard } from '../../../machines/definition/schema.ts'
import { type Outline, outlineOf, type Comparison as Sign } from '../../../machines/expression/outline.ts'
import { type Scope, scopeOf } from '../../../machines/expression/scope.ts'
import { isDuration } from '../../../machines/time/duration.ts'
import { type Words, words } from '../problem.ts'
import type {
  Comparison,
  ComparisonName,
  Group,
  NamedRow,
  Operand,
  Operator,
  Place,
  PlainGroup,
  PlainRow,
  Row,
  Value,
} from './row.ts'
import { type Entries, operatorsFor, placeOf, type Subject, subjectAt } from './subjects.ts'

export type Range = { readonly start: number; readonly end: number }
export type RowsOf =
  | { readonly ok: true; readonly rows: Group }
  /** `pointer`: from the guard to the expression (`''` where the guard is one); `range`: the place in its text. */
  | { readonly ok: false; readonly why: Words; readonly range: Range; readonly pointer: string }

/** Thrown at the first thing that no row can say. */
class NoRow extends Error {
  readonly words: Words
  readonly range: Range
  readonly pointer: string
  constructor(why: Words, range: Range, pointer = '') {
    super(why.en)
    this.name = 'NoRow'
    this.words = why
    this.range = range
    this.pointer = pointer
  }
}

/**
 * A guard as rows.
 *
 * @param events the types of events at hand where the guard stands; none: there is no event
 */
export function rowsOf(guard: Guard, definition: Definition, events: readonly string[]): RowsOf {
  const scope = scopeOf(definition, events)
  try {
    const row = guardRow(guard, scope, '', 0)
    return { ok: true, rows: row.kind === 'group' ? row : joined('all', [row]) }
  } catch (error) {
    if (!(error instanceof NoRow)) throw error
    return { ok: false, why: error.words, range: error.range, pointer: error.pointer }
  }
}

/** Rows in one group; those of a group within that joins alike become its own. */
function joined(of: 'all' | 'any', rows: readonly Row[]): Group {
  const flat = rows.flatMap((row): readonly Row[] =>
    row.kind === 'group' && row.of === of && !row.not ? row.rows : [row],
  )
  return { kind: 'group', of, not: false, rows: flat }
}
function joinedPlain(of: 'all' | 'any', rows: readonly PlainRow[]): PlainGroup {
  const flat = rows.flatMap((row): readonly PlainRow[] =>
    row.kind === 'group' && row.of === of && !row.not ? row.rows : [row],
  )
  return { kind: 'group', of, not: false, rows: flat }
}

const DEEPEST = 32

function guardRow(guard: Guard, scope: Scope, pointer: string, depth: number): Row {
  if (depth > DEEPEST) throw new NoRow(TOO_DEEP, { start: 0, end: 0 }, pointer)
  if ('@expr' in guard) return expressionRow(guard['@expr'], scope, pointer)
  switch (guard.type) {
    case 'and':
    case 'or': {
      const parts = guard.params.guards.map((part, index) =>
        guardRow(part, scope, child(pointer, 'params', 'guards', index), depth + 1),
      )
      return { ...joined(guard.type === 'and' ? 'all' : 'any', parts), form: 'guards' }
    }
    case 'not': {
      const inner = guardRow(guard.params.guard, scope, child(pointer, 'params', 'guard'), depth + 1)
      // Kept as a named guard: with an event not at hand, `!(…)` in one expression weighs its causes otherwise.
      if (inner.kind === 'group') return { ...inner, not: !inner.not, form: 'guards' }
      return turned(inner) ?? { kind: 'group', of: 'all', not: true, rows: [inner], form: 'guards' }
    }
    case 'checklistDone':
      return { kind: 'checklist-done', not: false, ...guard.params }
    case 'stateIn':
      return { kind: 'state', not: false, state: guard.params.state }
    case 'qualified':
      return { kind: 'qualified', not: false, ...guard.params }
    case 'within':
      return withinRow(guard.params, scope, pointer)
  }
}

function withinRow(
  params: Extract<Guard, { type: 'within' }>['params'],
  scope: Scope,
  pointer: string,
): NamedRow {
  const { at, ...where } = params
  if (at === undefined) return { kind: 'within', not: false, ...where }
  const inAt = child(pointer, 'params', 'at')
  return {
    kind: 'within',
    not: false,
    ...where,
    at: read(at['@expr'], inAt, (outline) => operandOf(outline, { scope })),
  }
}

const expressionRow = (text: string, scope: Scope, pointer: string): PlainRow =>
  read(text, pointer, (outline) => rowOf(outline, { scope }))

function read<Made>(text: string, pointer: string, make: (outline: Outline) => Made): Made {
  const outlined = outlineOf(text)
  if (!outlined.ok) throw new NoRow(outlined.why, outlined.range, pointer)
  try {
    return make(outlined.outline)
  } catch (error) {
    if (error instanceof NoRow) throw new NoRow(error.words, error.range, pointer)
    throw error
  }
}

/** Where names are looked up: the scope, and the entry of a list within a loop. */
type Here = { readonly scope: Scope; readonly entries?: Entries & { readonly name: string } }

/** A row turned round, where a row of its own says so. */
function turned<One extends Row>(row: One): One | Comparison | undefined {
  if (row.kind === 'group') return undefined
  if (row.kind !== 'compare') return { ...row, not: !row.not }
  const operator = OPPOSITE[row.operator]
  return operator === undefined ? undefined : { ...row, operator }
}

/** Opposites that are so whatever is compared; `less` and `at-least` are left to `not` as they are written. */
const OPPOSITE: Partial<Readonly<Record<Operator, Operator>>> = {
  filled: 'empty',
  empty: 'filled',
  yes: 'no',
  no: 'yes',
  is: 'is-not',
  'is-not': 'is',
  'one-of': 'none-of',
  'none-of': 'one-of',
  'in-list': 'not-in-list',
  'not-in-list': 'in-list',
  includes: 'excludes',
  excludes: 'includes',
}

function rowOf(outline: Outline, here: Here): PlainRow {
  switch (outline.kind) {
    case 'and':
    case 'or':
      return joinedPlain(
        outline.kind === 'and' ? 'all' : 'any',
        outline.parts.map((part) => rowOf(part, here)),
      )
    case 'not': {
      const inner = rowOf(outline.part, here)
      if (inner.kind === 'group') return { ...inner, not: !inner.not }
      return turned(inner) ?? { kind: 'group', of: 'all', not: true, rows: [inner] }
    }
    case 'path': {
      const subject = subjectOf(outline, here)
      return offered(outline, subject, { kind: 'compare', subject: subject.place, operator: 'yes' })
    }
    case 'compare':
      return comparisonOf(outline, here)
    case 'in':
      return membershipOf(outline, here)
    case 'call':
      return calledRow(outline, here)
    case 'loop':
      return loopRow(outline, here)
    default:
      throw cannotSay(outline)
  }
}

/** A comparison that its subject can be asked; else there is no row for it. */
function offered(outline: Outline, subject: Subject, row: Comparison): Comparison {
  if (operatorsFor({ ...subject, mayBeEmpty: true }).some(({ operator }) => operator === row.operator))
    return row
  throw new NoRow(
    words(
      `“${subject.title.en}” cannot be asked this in a row`,
      `“${subject.title.zh}”无法以此方式用条件行表示`,
    ),
    outline.range,
  )
}

function subjectOf(outline: Outline, here: Here): Subject {
  const operand = operandOf(outline, here)
  const subject = subjectAt(here.scope, operand, here.entries)
  if (subject === undefined) throw notKnown(outline)
  return subject
}

/** A field, a moment moved by a duration: what may stand on the left of a row. */
function operandOf(outline: Outline, here: Here): Operand {
  if (outline.kind === 'path') return placeIn(outline, here)
  if (outline.kind !== 'call' || outline.receiver !== undefined) throw cannotSay(outline)
  const [from, by, ...more] = outline.args
  const isMove = outline.name === 'plus' || outline.name === 'minus'
  if (!isMove || from === undefined || by === undefined || more.length > 0) throw cannotSay(outline)
  const moved = operandOf(from, here)
  return { place: 'moved', from: moved, by: spanOf(by, here), back: outline.name === 'minus' }
}

function spanOf(outline: Outline, here: Here): { duration: string } | Place {
  if (outline.kind === 'literal' && typeof outline.value === 'string' && isDuration(outline.value))
    return { duration: outline.value }
  if (outline.kind === 'path') return placeIn(outline, here)
  throw cannotSay(outline)
}

function placeIn(outline: Extract<Outline, { kind: 'path' }>, { scope, entries }: Here): Place {
  const { root, names } = outline
  if (entries !== undefined && root === entries.name) {
    const place: Place = { place: 'each', path: names }
    if (subjectAt(scope, place, entries) === undefined) throw notKnown(outline)
    return place
  }
  const entry = scope.names.find((one) => one.variable === root)
  const place = entry === undefined ? undefined : placeOf({ variable: entry.variable, path: names })
  if (place === undefined || subjectAt(scope, place) === undefined) throw notKnown(outline)
  return place
}

const NAMES: Readonly<Record<Sign, ComparisonName>> = {
  '==': 'is',
  '!=': 'is-not',
  '<': 'less',
  '<=': 'at-most',
  '>': 'more',
  '>=': 'at-least',
}
/** The same comparison with its sides exchanged. */
const EXCHANGED: Readonly<Record<Sign, Sign>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

function comparisonOf(outline: Extract<Outline, { kind: 'compare' }>, here: Here): Comparison {
  const isTurned = isWritten(outline.left) && !isWritten(outline.right)
  const [left, right] = isTurned ? [outline.right, outline.left] : [outline.left, outline.right]
  const operator = NAMES[isTurned ? EXCHANGED[outline.operator] : outline.operator]
  if (left.kind === 'call' && left.name === 'size' && left.receiver === undefined)
    return countOf(outline, left, operator, right, here)
  const subject = subjectOf(left, here)
  if (right.kind === 'literal' && typeof right.value === 'boolean') {
    if (operator !== 'is' && operator !== 'is-not') throw cannotSay(outline)
    const yes = right.value === (operator === 'is')
    return offered(outline, subject, {
      kind: 'compare',
      subject: subject.place,
      operator: yes ? 'yes' : 'no',
    })
  }
  const value = writtenValue(right, here)
  return offered(outline, subject, { kind: 'compare', subject: subject.place, operator, value })
}

/** Written out, rather than read from somewhere. */
const isWritten = (outline: Outline): boolean =>
  outline.kind === 'literal' ||
  outline.kind === 'list' ||
  (outline.kind === 'call' && outline.name === 'timestamp')

function writtenValue(outline: Outline, here: Here): Value {
  if (outline.kind === 'literal') {
    const { value, decimal } = outline
    if (value === null) throw cannotSay(outline)
    return decimal ? { literal: value, decimal } : { literal: value }
  }
  if (outline.kind === 'call' && outline.name === 'timestamp') {
    const [moment] = outline.args
    if (moment?.kind !== 'literal' || typeof moment.value !== 'string') throw cannotSay(outline)
    return { moment: moment.value }
  }
  return operandOf(outline, here)
}

function countOf(
  outline: Outline,
  { args }: Extract<Outline, { kind: 'call' }>,
  operator: ComparisonName,
  right: Outline,
  here: Here,
): Comparison {
  const [list, ...more] = args
  if (list === undefined || more.length > 0) throw cannotSay(outline)
  const subject = subjectOf(list, here)
  const value = writtenValue(right, here)
  const isZero = 'literal' in value && value.literal === 0
  const compare = { kind: 'compare', subject: subject.place } as const
  if (isZero && operator === 'is') return offered(outline, subject, { ...compare, operator: 'no-entries' })
  if (isZero && operator === 'more')
    return offered(outline, subject, { ...compare, operator: 'some-entries' })
  return offered(outline, subject, { ...compare, operator: `count-${operator}`, value })
}

function membershipOf(outline: Extract<Outline, { kind: 'in' }>, here: Here): Comparison {
  const { item, list } = outline
  const compare = { kind: 'compare' } as const
  if (list.kind === 'list') {
    const subject = subjectOf(item, here)
    return offered(outline, subject, {
      ...compare,
      subject: subject.place,
      operator: 'one-of',
      value: literalsOf(list),
    })
  }
  const held = subjectOf(list, here)
  if (held.kind !== 'list' && held.kind !== 'roles') throw cannotSay(outline)
  if (isWritten(item))
    return offered(outline, held, {
      ...compare,
      subject: held.place,
      operator: 'includes',
      value: writtenValue(item, here),
    })
  const subject = subjectOf(item, here)
  return offered(outline, subject, {
    ...compare,
    subject: subject.place,
    operator: 'in-list',
    value: held.place,
  })
}

function literalsOf(list: Extract<Outline, { kind: 'list' }>): Value {
  let isDecimal = false
  const literals = list.items.map((item) => {
    if (item.kind !== 'literal' || item.value === null || typeof item.value === 'boolean')
      throw cannotSay(item)
    isDecimal ||= item.decimal
    return item.value
  })
  return isDecimal ? { literals, decimal: true } : { literals }
}

const TEXT_CALLS: Readonly<Record<string, Operator>> = {
  startsWith: 'starts-with',
  endsWith: 'ends-with',
  contains: 'contains',
}

function calledRow(outline: Extract<Outline, { kind: 'call' }>, here: Here): Comparison {
  const { name, receiver, args } = outline
  const [first, ...more] = args
  if (first === undefined || more.length > 0) throw cannotSay(outline)
  if (name === 'has' && receiver === undefined) {
    const subject = subjectOf(first, here)
    return { kind: 'compare', subject: subject.place, operator: 'filled' }
  }
  const operator = Object.hasOwn(TEXT_CALLS, name) ? TEXT_CALLS[name] : undefined
  if (operator === undefined || receiver === undefined) throw cannotSay(outline)
  const subject = subjectOf(receiver, here)
  return offered(outline, subject, {
    kind: 'compare',
    subject: subject.place,
    operator,
    value: writtenValue(first, here),
  })
}

function loopRow(outline: Extract<Outline, { kind: 'loop' }>, here: Here): PlainRow {
  const { name, over, variable, body } = outline
  const [condition, ...more] = body
  const kind = name === 'exists' ? 'some' : name === 'all' ? 'every' : undefined
  const shadows = here.scope.names.some((one) => one.variable === variable)
  if (
    kind === undefined ||
    condition === undefined ||
    more.length > 0 ||
    here.entries !== undefined ||
    shadows
  )
    throw cannotSay(outline)
  if (over.kind !== 'path') throw cannotSay(over)
  const list = subjectOf(over, here)
  if (list.kind !== 'list' && list.kind !== 'roles') throw cannotSay(over)
  const place = placeIn(over, here)
  const inner = rowOf(condition, { ...here, entries: { list, name: variable } })
  const rows = inner.kind === 'group' ? inner : joinedPlain('all', [inner])
  return { kind, not: false, list: place, name: variable, rows }
}

/* ------------------------------------------------------------ what no row can say */

const TOO_DEEP = words('this is nested too deeply for rows', '嵌套层数过多，无法用条件行表示')

const notKnown = (outline: Outline): NoRow => {
  const name = outline.kind === 'path' ? [outline.root, ...outline.names].join('.') : ''
  return name === ''
    ? cannotSay(outline)
    : new NoRow(words(`“${name}” is not known here`, `此处没有“${name}”`), outline.range)
}

function cannotSay(outline: Outline): NoRow {
  return new NoRow(whyNot(outline), outline.range)
}

function whyNot(outline: Outline): Words {
  switch (outline.kind) {
    case 'other':
      if (outline.sign === '?:')
        return words('a choice (… ? … : …) has no row', '选择运算（… ? … : …）无法用条件行表示')
      if (outline.sign === '[]')
        return words('an entry asked for by its number has no row', '按序号取列表项无法用条件行表示')
      return words(`calculating with “${outline.sign}” has no row`, `“${outline.sign}”运算无法用条件行表示`)
    case 'literal':
    case 'list':
      return words('a value by itself is no condition', '单独的值不是条件')
    case 'call':
      return words(`${outline.name}() has no row here`, `此处的 ${outline.name}() 无法用条件行表示`)
    case 'loop':
      return words(
        `this use of ${outline.name}() has no row`,
        `此处的 ${outline.name}() 用法无法用条件行表示`,
      )
    default:
      return words('conditions cannot be compared with each other in a row', '条件之间的比较无法用条件行表示')
  }
}
