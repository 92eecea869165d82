/**
 * From rows to a guard.
 *
 * Promises: what `rowsOf` read comes back with the same meaning, and mostly in the same words; one expression where one
 * can say it and is short enough, named guards where not. Texts in quotes hold whatever a person typed.
 * Must not: judge; whether names and types fit is for the validator.
 */
import type { Expression, Guard } from '../../../machines/definition/schema.ts'
import { LONGEST_EXPRESSION } from '../../../machines/expression/check.ts'
import { celNumber, celPath, celText } from '../../../machines/expression/writing.ts'
import { DocumentError } from '../problem.ts'
import type {
  Comparison,
  ComparisonName,
  EntryRow,
  Group,
  NamedRow,
  Operand,
  Place,
  PlainGroup,
  PlainRow,
  Row,
  Value,
} from './row.ts'
import { pathOf } from './subjects.ts'

const expression = (text: string): Expression => ({ '@expr': text, '@lang': 'cel' })

/**
 * The guard that rows say; undefined where they ask nothing, which is no guard at all.
 *
 * @throws DocumentError on a row that lacks its value, or holds a number that cannot be written
 */
export function guardOf(rows: Row): Guard | undefined {
  const bare = withoutEmpty(rows)
  return bare === undefined ? undefined : guardFrom(bare)
}

/** Without groups that hold no row; undefined where nothing is left. */
function withoutEmpty(row: Row): Row | undefined {
  if (row.kind !== 'group') return row
  const rows = row.rows.map(withoutEmpty).filter((one) => one !== undefined)
  return rows.length === 0 ? undefined : { ...row, rows }
}

function guardFrom(row: Row): Guard {
  if (isPlain(row)) {
    const text = textOf(row, '')
    if (text.length <= LONGEST_EXPRESSION || row.kind !== 'group') return expression(text)
  }
  if (row.kind !== 'group') return isNamed(row) ? namedGuard(row) : expression(textOf(row, ''))
  return groupGuard(row)
}

/** Whether one expression can say it, and none asked for guards. */
export function isPlain(row: Row): row is PlainRow {
  if (row.kind !== 'group') return !isNamed(row)
  return row.form !== 'guards' && row.rows.every(isPlain)
}
const isNamed = (row: Row): row is NamedRow =>
  row.kind === 'checklist-done' || row.kind === 'state' || row.kind === 'qualified' || row.kind === 'within'

const negated = (guard: Guard, not: boolean): Guard => (not ? { type: 'not', params: { guard } } : guard)

function groupGuard({ of, not, rows }: Group): Guard {
  const guards = rows.map(guardFrom)
  const [only] = guards
  if (guards.length === 1 && only !== undefined) return negated(only, not)
  return negated({ type: of === 'all' ? 'and' : 'or', params: { guards } }, not)
}

function namedGuard(row: NamedRow): Guard {
  switch (row.kind) {
    case 'checklist-done': {
      const params = {
        ...(row.state === undefined ? {} : { state: row.state }),
        ...(row.items === undefined ? {} : { items: [...row.items] }),
      }
      const isWhole = Object.keys(params).length === 0
      return negated(isWhole ? { type: 'checklistDone' } : { type: 'checklistDone', params }, row.not)
    }
    case 'state':
      return negated({ type: 'stateIn', params: { state: row.state } }, row.not)
    case 'qualified': {
      const { certificate, of } = row
      const params = of === undefined ? { certificate } : { certificate, of }
      return negated({ type: 'qualified', params }, row.not)
    }
    case 'within': {
      const params = {
        ...(row.calendar === undefined ? {} : { calendar: row.calendar }),
        ...(row.windows === undefined ? {} : { windows: row.windows }),
        ...(row.at === undefined ? {} : { at: expression(operandText(row.at, '')) }),
      }
      return negated({ type: 'within', params }, row.not)
    }
  }
}

/* ------------------------------------------------------------ as text */

/** @param entry what the entry of the list that is looked at is called; `''` outside of one */
function textOf(row: PlainRow, entry: string): string {
  switch (row.kind) {
    case 'group':
      return groupText(row, entry)
    case 'compare':
      return comparisonText(row, entry)
    default:
      return entryText(row)
  }
}

function groupText({ of, not, rows }: PlainGroup, entry: string): string {
  const parts = rows.map((row) => {
    const text = textOf(row, entry)
    return rows.length > 1 && isJoined(row) ? `(${text})` : text
  })
  const text = parts.join(of === 'all' ? ' && ' : ' || ')
  return not ? `!(${text})` : text
}

/** Whether its text has a sign of its own between parts. */
function isJoined(row: PlainRow): boolean {
  if (row.kind !== 'group' || row.not) return false
  const [only] = row.rows
  return row.rows.length > 1 || (only !== undefined && isJoined(only))
}

function entryText({ kind, not, list, name, rows }: EntryRow): string {
  const call = kind === 'some' ? 'exists' : 'all'
  return `${not ? '!' : ''}${placeText(list, '')}.${call}(${name}, ${groupText(rows, name)})`
}

const SIGNS: Readonly<Record<ComparisonName, string>> = {
  is: '==',
  'is-not': '!=',
  less: '<',
  'at-most': '<=',
  more: '>',
  'at-least': '>=',
}

function comparisonText({ subject, operator, value }: Comparison, entry: string): string {
  const left = operandText(subject, entry)
  const right = (): string => {
    if (value === undefined)
      throw new DocumentError('a condition lacks its value', '有一个条件尚未填写比较值')
    return valueText(value, entry)
  }
  switch (operator) {
    case 'filled':
      return `has(${left})`
    case 'empty':
      return `!has(${left})`
    case 'yes':
      return left
    case 'no':
      return `!${left}`
    case 'one-of':
    case 'in-list':
      return `${left} in ${right()}`
    case 'none-of':
    case 'not-in-list':
      return `!(${left} in ${right()})`
    case 'includes':
      return `${right()} in ${left}`
    case 'excludes':
      return `!(${right()} in ${left})`
    case 'starts-with':
      return `${left}.startsWith(${right()})`
    case 'ends-with':
      return `${left}.endsWith(${right()})`
    case 'contains':
      return `${left}.contains(${right()})`
    case 'no-entries':
      return `size(${left}) == 0`
    case 'some-entries':
      return `size(${left}) > 0`
    case 'is':
    case 'is-not':
    case 'less':
    case 'at-most':
    case 'more':
    case 'at-least':
      return `${left} ${SIGNS[operator]} ${right()}`
    case 'count-is':
      return `size(${left}) == ${right()}`
    case 'count-is-not':
      return `size(${left}) != ${right()}`
    case 'count-less':
      return `size(${left}) < ${right()}`
    case 'count-at-most':
      return `size(${left}) <= ${right()}`
    case 'count-more':
      return `size(${left}) > ${right()}`
    case 'count-at-least':
      return `size(${left}) >= ${right()}`
  }
}

function valueText(value: Value, entry: string): string {
  if ('place' in value) return operandText(value, entry)
  if ('moment' in value) return `timestamp(${celText(value.moment)})`
  if ('literals' in value)
    return `[${value.literals.map((one) => literalText(one, value.decimal)).join(', ')}]`
  return literalText(value.literal, value.decimal)
}

function literalText(value: string | number | boolean, decimal = false): string {
  if (typeof value === 'string') return celText(value)
  const text = typeof value === 'boolean' ? String(value) : celNumber(value, decimal)
  if (text === undefined) throw new DocumentError('this is not a number', '此处应填写数字')
  return text
}

function operandText(operand: Operand, entry: string): string {
  if (operand.place !== 'moved') return placeText(operand, entry)
  const by = 'duration' in operand.by ? celText(operand.by.duration) : placeText(operand.by, entry)
  return `${operand.back ? 'minus' : 'plus'}(${operandText(operand.from, entry)}, ${by})`
}

function placeText(place: Place, entry: string): string {
  if (place.place === 'each') {
    if (entry === '') throw new DocumentError('there is no entry of a list here', '此处没有可供判断的列表项')
    return celPath(entry, place.path)
  }
  const path = pathOf(place)
  return path === undefined ? '' : celPath(path.variable, path.path)
}
