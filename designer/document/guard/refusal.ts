/**
 * What no row can say, in words, with its place in the expression.
 *
 * Must not: decide what a row can say (the readers do).
 */
import type { Outline } from '../../../machines/expression/outline.ts'
import { type Words, words } from '../problem.ts'

export type Range = { readonly start: number; readonly end: number }

/** Thrown at the first thing that no row can say. */
export class NoRow extends Error {
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

export const TOO_DEEP = words('this is nested too deeply for rows', '嵌套层数过多，无法用条件行表示')

export const notKnown = (outline: Outline): NoRow => {
  const name = outline.kind === 'path' ? [outline.root, ...outline.names].join('.') : ''
  return name === ''
    ? cannotSay(outline)
    : new NoRow(words(`“${name}” is not known here`, `此处没有“${name}”`), outline.range)
}

export function cannotSay(outline: Outline): NoRow {
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
