/**
 * Operators in words, by the kind of what they are asked of: a moment is “before”, a number “less than”.
 *
 * Must not: hold words of a definition.
 */
import type { Words } from '../problem.ts'
import type { Operator } from './row.ts'

/** What a subject holds, as people tell kinds apart. */
export type Kind =
  | 'text'
  | 'choice'
  | 'person'
  | 'duration'
  | 'whole'
  | 'number'
  | 'yes-no'
  | 'moment'
  | 'date'
  | 'list'
  | 'roles'
  | 'object'
  | 'link'
  | 'any'

const both = (en: string, zh: string): Words => ({ en, zh })

const WORDS: Readonly<Record<Operator, Words>> = {
  filled: both('is filled in', '已填写'),
  empty: both('is not filled in', '未填写'),
  yes: both('is yes', '为“是”'),
  no: both('is no', '为“否”'),
  is: both('is', '为'),
  'is-not': both('is not', '不为'),
  less: both('is less than', '小于'),
  'at-most': both('is at most', '不大于'),
  more: both('is more than', '大于'),
  'at-least': both('is at least', '不小于'),
  'one-of': both('is one of', '为以下之一：'),
  'none-of': both('is none of', '不为以下任何一个：'),
  'in-list': both('is in', '属于'),
  'not-in-list': both('is not in', '不属于'),
  includes: both('includes', '包含'),
  excludes: both('does not include', '不包含'),
  'starts-with': both('starts with', '开头是'),
  'ends-with': both('ends with', '结尾是'),
  contains: both('contains', '包含文字'),
  'no-entries': both('has no entries', '没有任何项'),
  'some-entries': both('has entries', '至少有一项'),
  'count-is': both('has this many entries:', '的项数等于'),
  'count-is-not': both('has not this many entries:', '的项数不等于'),
  'count-less': both('has fewer entries than', '的项数少于'),
  'count-at-most': both('has at most this many entries:', '的项数不超过'),
  'count-more': both('has more entries than', '的项数多于'),
  'count-at-least': both('has at least this many entries:', '的项数不少于'),
}

const OF_TIME: Partial<Readonly<Record<Operator, Words>>> = {
  is: both('is exactly', '正好是'),
  'is-not': both('is not exactly', '不是'),
  less: both('is before', '早于'),
  'at-most': both('is not after', '不晚于'),
  more: both('is after', '晚于'),
  'at-least': both('is not before', '不早于'),
}
const OF_LINK: Partial<Readonly<Record<Operator, Words>>> = {
  filled: both('is there', '已存在'),
  empty: both('is not there', '不存在'),
}
const OF_TICK: Partial<Readonly<Record<Operator, Words>>> = {
  yes: both('is ticked', '已勾选'),
  no: both('is not ticked', '未勾选'),
}

/** @param isTick it is asked of an item of a checklist */
export function operatorWords(operator: Operator, kind: Kind, isTick = false): Words {
  const special =
    kind === 'moment' || kind === 'date' ? OF_TIME : kind === 'link' ? OF_LINK : isTick ? OF_TICK : {}
  return special[operator] ?? WORDS[operator]
}
