/**
 * From an expression's outline to rows.
 *
 * Promises: as `read.ts`, whose part this is. Must not: know guards.
 */
import type { Outline, Comparison as Sign } from '../../../machines/expression/outline.ts'
import type { Scope } from '../../../machines/expression/scope.ts'
import { isDuration } from '../../../machines/time/duration.ts'
import { words } from '../problem.ts'
import { cannotSay, NoRow, notKnown } from './refusal.ts'
import type {
  Comparison,
  ComparisonName,
  Operand,
  Operator,
  Place,
  PlainGroup,
  PlainRow,
  Row,
  Value,
} from './row.ts'
import { type Entries, operatorsFor, placeOf, type Subject, subjectAt } from './subjects.ts'

/** Where names are looked up: the scope, and the entry of a list within a loop. */
export type Here = { readonly scope: Scope; readonly entries?: Entries & { readonly name: string } }

/** A row turned round, where a row of its own says so. */
export function turned<One extends Row>(row: One): One | Comparison | undefined {
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

function joinedPlain(of: 'all' | 'any', rows: readonly PlainRow[]): PlainGroup {
  const flat = rows.flatMap((row): readonly PlainRow[] =>
    row.kind === 'group' && row.of === of && !row.not ? row.rows : [row],
  )
  return { kind: 'group', of, not: false, rows: flat }
}

/** A condition as a row, or rows in a group. @throws NoRow */
export function rowOf(outline: Outline, here: Here): PlainRow {
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
export function operandOf(outline: Outline, here: Here): Operand {
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
