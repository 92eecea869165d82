/**
 * The names that a row can choose from, as lists show them: grouped, with titles in the reader's language.
 *
 * Must not: know how a list looks.
 */

import type { Scope } from '../../../machines/expression/scope.ts'
import type { Entries, Subject } from '../../document/guard/subjects.ts'
import { subjectAt } from '../../document/guard/subjects.ts'
import type { Operand } from '../../document/guard-rows.ts'

export type Family = 'each' | 'job' | 'event' | 'item' | 'setting' | 'link' | 'actor' | 'now'
export const FAMILIES: readonly Family[] = ['each', 'event', 'job', 'item', 'actor', 'now', 'setting', 'link']

export const familyOf = (operand: Operand): Family =>
  operand.place === 'moved' ? familyOf(operand.from) : operand.place

/** The operand without what it is moved by. */
export const baseOf = (operand: Operand): Operand =>
  operand.place === 'moved' ? baseOf(operand.from) : operand

/** The path as the text of an expression has it; what tells operands apart. */
export function keyOf(operand: Operand): string {
  switch (operand.place) {
    case 'job':
    case 'event':
    case 'each':
      return [operand.place, ...operand.path].join('.')
    case 'setting':
      return `settings.${operand.name}`
    case 'item':
      return `checklist.${operand.item}`
    case 'link':
      return ['links', operand.link, ...(operand.part === undefined ? [] : [operand.part])].join('.')
    case 'actor':
      return `actor.${operand.part}`
    case 'now':
      return 'now'
    case 'moved':
      return keyOf(operand.from)
  }
}

/** What can be asked of the entries of a list. */
export function entrySubjects(scope: Scope, entries: Entries): Subject[] {
  const names = Object.keys(entries.list.field?.items?.properties ?? {})
  const paths = names.length === 0 ? [[]] : names.map((name) => [name])
  return paths.flatMap((path) => subjectAt(scope, { place: 'each', path }, entries) ?? [])
}

/** Kinds of value that can be compared with each other. */
const ALIKE: readonly (readonly Subject['kind'][])[] = [
  ['text', 'choice', 'person', 'duration'],
  ['moment', 'date'],
]
export const areAlike = (one: Subject['kind'], other: Subject['kind']): boolean =>
  one === other || ALIKE.some((kinds) => kinds.includes(one) && kinds.includes(other))
