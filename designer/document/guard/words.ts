/**
 * Rows in words: “Warranty is In-house AND Quote accepted”.
 *
 * Promises: titles of the definition where there are any, names where not; an answer for whatever the rows hold.
 * Must not: judge, or know what a page looks like.
 */
import { own } from '../../../machines/definition/check-value.ts'
import type { Definition, Text } from '../../../machines/definition/schema.ts'
import { buildTree, type TreeNode } from '../../../machines/definition/tree.ts'
import { nameAt, type Scope, widestScope, wordsOf } from '../../../machines/expression/scope.ts'
import { formatDuration, isDuration } from '../../../machines/time/duration.ts'
import { operatorWords } from './operator-words.ts'
import type {
  Comparison,
  EntryRow,
  GroupOf,
  Moved,
  NamedRow,
  Operand,
  Operator,
  Place,
  Row,
  Value,
} from './row.ts'
import { type Entries, type Subject, subjectAt } from './subjects.ts'

type Language = 'en' | 'zh'
/** Titles of what a definition only names: calendars and certificates. */
export type OtherTitles = {
  readonly calendars?: Readonly<Record<string, Text>>
  readonly certificates?: Readonly<Record<string, Text>>
  readonly roles?: Readonly<Record<string, Text>>
}

const SAID = {
  en: {
    all: ' AND ',
    any: ' OR ',
    not: (inner: string) => `NOT (${inner})`,
    nothing: 'always',
    comma: ', ',
    open: '(',
    close: ')',
    no: (title: string) => `NOT ${title}`,
    done: 'the checklist is done',
    doneIn: (state: string) => `the checklist of “${state}” is done`,
    doneItems: (items: string) => `ticked: ${items}`,
    notDone: (inner: string) => `NOT: ${inner}`,
    state: (state: string) => `the job is in “${state}”`,
    notState: (state: string) => `the job is not in “${state}”`,
    qualified: (who: string, what: string) => `${who} holds a valid certificate “${what}”`,
    notQualified: (who: string, what: string) => `${who} holds no valid certificate “${what}”`,
    actor: 'Person acting',
    now: 'now',
    given: (title: string) => `${title} (entered now)`,
    ofEntry: (title: string) => `the entry’s ${title}`,
    within: (when: string, where: string) => `${when} lies within “${where}”`,
    notWithin: (when: string, where: string) => `${when} lies outside “${where}”`,
    some: (list: string, inner: string) => `some entry of ${list} meets (${inner})`,
    none: (list: string, inner: string) => `no entry of ${list} meets (${inner})`,
    every: (list: string, inner: string) => `every entry of ${list} meets (${inner})`,
    notEvery: (list: string, inner: string) => `not every entry of ${list} meets (${inner})`,
    after: (span: string, from: string) => `${span} after ${from}`,
    before: (span: string, from: string) => `${span} before ${from}`,
    yes: 'yes',
    isNo: 'no',
  },
  zh: {
    all: ' 且 ',
    any: ' 或 ',
    not: (inner: string) => `并非（${inner}）`,
    nothing: '始终成立',
    comma: '、',
    open: '（',
    close: '）',
    no: (title: string) => `非“${title}”`,
    done: '检查清单已完成',
    doneIn: (state: string) => `“${state}”的检查清单已完成`,
    doneItems: (items: string) => `已勾选：${items}`,
    notDone: (inner: string) => `并非（${inner}）`,
    state: (state: string) => `工单处于“${state}”`,
    notState: (state: string) => `工单不处于“${state}”`,
    qualified: (who: string, what: string) => `${who}持有有效的“${what}”证书`,
    notQualified: (who: string, what: string) => `${who}未持有有效的“${what}”证书`,
    actor: '操作人',
    now: '当前时间',
    given: (title: string) => `${title}（本次填写）`,
    ofEntry: (title: string) => `该项的${title}`,
    within: (when: string, where: string) => `${when}在“${where}”时段内`,
    notWithin: (when: string, where: string) => `${when}不在“${where}”时段内`,
    some: (list: string, inner: string) => `${list}中至少有一项满足（${inner}）`,
    none: (list: string, inner: string) => `${list}中没有任何一项满足（${inner}）`,
    every: (list: string, inner: string) => `${list}中每一项都满足（${inner}）`,
    notEvery: (list: string, inner: string) => `${list}中并非每一项都满足（${inner}）`,
    after: (span: string, from: string) => `${from}后 ${span}`,
    before: (span: string, from: string) => `${from}前 ${span}`,
    yes: '是',
    isNo: '否',
  },
} as const

type Teller = {
  readonly scope: Scope
  readonly states: ReadonlyMap<string, TreeNode>
  readonly language: Language
  readonly titles: OtherTitles
  readonly entries?: Entries
}

/** A row, a group or all rows in one sentence. */
export function inWords(
  rows: Row,
  definition: Definition,
  language: Language,
  titles: OtherTitles = {},
): string {
  return rowWords(rows, { ...knownOf(definition), language, titles })
}

type Known = { readonly scope: Scope; readonly states: ReadonlyMap<string, TreeNode> }
const known = new WeakMap<Definition, Known>()

/** Every name that some event carries may be told, whichever events are at hand. */
function knownOf(definition: Definition): Known {
  const before = known.get(definition)
  if (before !== undefined) return before
  const made = { scope: widestScope(definition), states: buildTree(definition).byPath }
  known.set(definition, made)
  return made
}

function rowWords(row: Row, teller: Teller): string {
  switch (row.kind) {
    case 'group':
      return groupWords(row, teller)
    case 'compare':
      return comparisonWords(row, teller)
    case 'some':
    case 'every':
      return entryWords(row, teller)
    default:
      return namedWords(row, teller)
  }
}

function groupWords({ of, not, rows }: GroupOf<Row>, teller: Teller): string {
  const say = SAID[teller.language]
  if (rows.length === 0) return say.nothing
  const parts = rows.map((row) => {
    const text = rowWords(row, teller)
    return rows.length > 1 && row.kind === 'group' && !row.not && row.rows.length > 1
      ? `${say.open}${text}${say.close}`
      : text
  })
  const text = parts.join(say[of])
  return not ? say.not(text) : text
}

const subjectOf = (operand: Operand, { scope, entries }: Teller): Subject | undefined =>
  subjectAt(scope, operand, entries)

function comparisonWords(row: Comparison, teller: Teller): string {
  const { subject: place, operator, value } = row
  const { language } = teller
  const say = SAID[language]
  const subject = subjectOf(place, teller)
  const kind = subject?.kind ?? 'any'
  const title = operandWords(place, teller)
  const isTick = place.place === 'item'
  if (operator === 'yes' && !isTick) return title
  if (operator === 'no' && !isTick) return say.no(title)
  const verb = operatorWords(isOne(value) ? (ONE[operator] ?? operator) : operator, kind, isTick)[language]
  const told = value === undefined ? '' : valueWords(value, subject, teller)
  if (language === 'en') return [title, verb, told].filter((part) => part !== '').join(' ')
  return `${title}${spaced(verb, told)}`
}

/** One of one is that one. */
const ONE: Partial<Readonly<Record<Operator, Operator>>> = { 'one-of': 'is', 'none-of': 'is-not' }
const isOne = (value: Value | undefined): boolean =>
  value !== undefined && 'literals' in value && value.literals.length === 1

/** Between Chinese and figures or letters stands a space. */
const spaced = (before: string, after: string): string =>
  /^[\w-]/.test(after) && !/[：，]$/.test(before) ? `${before} ${after}` : `${before}${after}`

function valueWords(value: Value, subject: Subject | undefined, teller: Teller): string {
  const say = SAID[teller.language]
  if ('place' in value) return value.place === 'now' ? say.now : operandWords(value, teller)
  if ('moment' in value) return value.moment.replace('T', ' ')
  const one = (literal: string | number | boolean): string => {
    if (typeof literal === 'boolean') return literal ? say.yes : say.isNo
    if (subject?.kind === 'roles')
      return wordsOf(own(teller.titles.roles, String(literal)), String(literal))[teller.language]
    if (subject?.kind === 'duration' && typeof literal === 'string')
      return formatDuration(literal, teller.language)
    const option = subject?.options?.find((each) => each.value === literal)
    if (option !== undefined) return option.title[teller.language]
    return typeof literal === 'string' ? `“${literal}”` : String(literal)
  }
  return 'literals' in value ? value.literals.map(one).join(say.comma) : one(value.literal)
}

function operandWords(operand: Operand, teller: Teller): string {
  if (operand.place === 'moved') return movedWords(operand, teller)
  const subject = subjectOf(operand, teller)
  const title = subject?.title[teller.language] ?? fallbackName(operand)
  const say = SAID[teller.language]
  if (operand.place === 'event' && isTitleOfJob(title, teller)) return say.given(title)
  if (operand.place === 'each' && operand.path.length > 0) return say.ofEntry(title)
  return title
}

/** Whether what an event brings has the name of what the job has already. */
const isTitleOfJob = (title: string, { scope, language }: Teller): boolean =>
  scope.names.some((name) => name.variable === 'job' && name.title[language] === title)

const fallbackName = (place: Place): string => {
  switch (place.place) {
    case 'job':
    case 'event':
    case 'each':
      return place.path.join('.')
    case 'setting':
      return place.name
    case 'item':
      return place.item
    case 'link':
      return place.link
    case 'actor':
      return place.part
    default:
      return place.place
  }
}

function movedWords({ from, by, back }: Moved, teller: Teller): string {
  const say = SAID[teller.language]
  const start = operandWords(from, teller)
  const text = 'duration' in by ? by.duration : settingText(by, teller)
  if (text === undefined || !isDuration(text)) {
    const span = 'duration' in by ? by.duration : operandWords(by, teller)
    return back ? say.before(span, start) : say.after(span, start)
  }
  const isBefore = back !== text.startsWith('-')
  const span = formatDuration(text.replace(/^-/, ''), teller.language)
  return isBefore ? say.before(span, start) : say.after(span, start)
}

/** What a setting holds now. */
function settingText(place: Place, { scope }: Teller): string | undefined {
  const value = place.place === 'setting' ? nameAt(scope, 'settings', [place.name])?.value : undefined
  return typeof value === 'string' ? value : undefined
}

function entryWords({ kind, not, list, rows }: EntryRow, teller: Teller): string {
  const say = SAID[teller.language]
  const subject = subjectOf(list, teller)
  const within = subject === undefined ? teller : { ...teller, entries: { list: subject } }
  const inner = groupWords(rows, within)
  const title = `“${operandWords(list, teller)}”`
  if (kind === 'some') return not ? say.none(title, inner) : say.some(title, inner)
  return not ? say.notEvery(title, inner) : say.every(title, inner)
}

function namedWords(row: NamedRow, teller: Teller): string {
  const { language, titles, scope } = teller
  const say = SAID[language]
  switch (row.kind) {
    case 'checklist-done': {
      const items = row.items?.map(
        (item) => (nameAt(scope, 'checklist', [item])?.title ?? wordsOf(undefined, item))[language],
      )
      const text =
        items !== undefined
          ? say.doneItems(items.join(say.comma))
          : row.state === undefined
            ? say.done
            : say.doneIn(stateTitle(row.state, teller))
      return row.not ? say.notDone(text) : text
    }
    case 'state': {
      const title = stateTitle(row.state, teller)
      return row.not ? say.notState(title) : say.state(title)
    }
    case 'qualified': {
      const who = row.of === undefined ? say.actor : personTitle(row.of, teller)
      const what = wordsOf(own(titles.certificates, row.certificate), row.certificate)[language]
      return row.not ? say.notQualified(who, what) : say.qualified(who, what)
    }
    case 'within': {
      const when = operandWords(row.at ?? { place: 'now' }, teller)
      const name = row.calendar ?? 'working'
      const where =
        row.windows === undefined
          ? wordsOf(own(titles.calendars, name), name)[language]
          : operandWords({ place: 'job', path: [row.windows] }, teller)
      return row.not ? say.notWithin(when, where) : say.within(when, where)
    }
  }
}

/** The person that a payload or job field names. */
const personTitle = (name: string, { scope, language }: Teller): string =>
  (nameAt(scope, 'event', [name])?.title ?? nameAt(scope, 'job', [name])?.title ?? wordsOf(undefined, name))[
    language
  ]

const stateTitle = (path: string, { states, language }: Teller): string =>
  wordsOf(states.get(path)?.node.meta?.title, path)[language]
