/**
 * One difference, and the words that all of them are made with.
 *
 * Must not: walk a definition.
 */
import { child, tokensOf } from '../../machines/definition/pointer.ts'
import type { TreeNode } from '../../machines/definition/tree.ts'
import { changed, labelled, titled } from './diff-words.ts'
import { at, isAlike, type Json, keysOf, member } from './json.ts'
import { type Words, words } from './problem.ts'

export type Difference = {
  readonly kind: 'added' | 'changed' | 'removed'
  readonly subject:
    | 'process'
    | 'field'
    | 'event'
    | 'delay'
    | 'setting'
    | 'certificate'
    | 'state'
    | 'transition'
    | 'item'
  /** JSON pointer: into the old definition for what was removed, else into the new one. */
  readonly pointer: string
  readonly sentence: Words
  /** The path of the state it is about, in the same definition as `pointer`. */
  readonly state?: string
}

export type About = { subject: Difference['subject']; pointer: string; name: Words; state?: string }

export const difference = (
  kind: Difference['kind'],
  { subject, pointer, state }: About,
  sentence: Words,
): Difference => ({
  kind,
  subject,
  pointer,
  sentence,
  ...(state === undefined ? {} : { state }),
})

/** A difference for each member that is another; `meta` is looked into, `skip` is passed over. */
export function membersOf(
  before: Json | undefined,
  after: Json | undefined,
  about: About,
  skip: readonly string[] = [],
): Difference[] {
  const keys = new Set([...keysOf(before), ...keysOf(after)])
  return [...keys].flatMap((key): Difference[] => {
    const [old, now] = [member(before, key), member(after, key)]
    if (skip.includes(key) || isAlike(old, now)) return []
    const place = { ...about, pointer: now === undefined ? about.pointer : child(about.pointer, key) }
    if (key === 'meta') return membersOf(old ?? {}, now ?? {}, place, skip)
    const label = key === 'duration' || key === 'value' ? undefined : labelled(key)
    return [difference('changed', place, changed(about.name, label, old, now))]
  })
}

export const gone = (noun: Words, name: Words): Words =>
  words(`${noun.en} ${name.en} removed`, `删除${noun.zh}${name.zh}`)
export const come = (noun: Words, name: Words): Words =>
  words(`${noun.en} ${name.en} added`, `新增${noun.zh}${name.zh}`)

export const jsonOf = (definition: Json, node: TreeNode): Json =>
  at(definition, ...tokensOf(node.pointer)) ?? {}
export const nameOf = (definition: Json, node: TreeNode): Words =>
  node.parent === undefined ? words('The process', '流程') : titled(jsonOf(definition, node), node.key)
export const stateAbout = (definition: Json, node: TreeNode): About => ({
  subject: 'state',
  pointer: node.pointer,
  name: nameOf(definition, node),
  state: node.path,
})
