/**
 * What changed in states: come, gone, moved, renamed, their own parts and checklists.
 *
 * Must not: compare transitions (`diff-transitions.ts`).
 */
import { child } from '../../machines/definition/pointer.ts'
import type { TreeNode } from '../../machines/definition/tree.ts'
import { wayDifferences } from './diff-transitions.ts'
import { changed, labelled, said, titled } from './diff-words.ts'
import {
  type About,
  come,
  type Difference,
  difference,
  gone,
  jsonOf,
  membersOf,
  nameOf,
  stateAbout,
} from './difference.ts'
import { treeOf } from './document.ts'
import { at, isAlike, type Json, listOf, member, textOf } from './json.ts'
import type { Matching } from './matching.ts'
import { words } from './problem.ts'

const STATE = words('State', '状态')
const ITEM = words('Checklist item', '检查项')

/** `named` is the old definition in the names of the new one. */
export function stateDifferences(before: Json, named: Json, after: Json, states: Matching): Difference[] {
  const old = treeOf(before)
  const tree = treeOf(after)
  const namedTree = treeOf(named)
  const found: Difference[] = []
  for (const node of old.nodes) {
    const to = states.places.get(node.path)
    const next = to === undefined ? undefined : tree.byPath.get(to)
    const same = namedTree.byPath.get(node.path)
    if (next === undefined || same === undefined) {
      if (node.parent === undefined || states.places.has(node.parent.path))
        found.push(difference('removed', stateAbout(before, node), gone(STATE, nameOf(before, node))))
      continue
    }
    found.push(...placeDifferences(before, after, node, next, states))
    found.push(...ownDifferences(named, after, same, next, states))
    found.push(...itemDifferences(before, named, after, same, next))
    found.push(...wayDifferences({ before, named, after, node, same, next, states }))
  }
  for (const node of tree.nodes) {
    if (states.origins.has(node.path)) continue
    if (node.parent === undefined || states.origins.has(node.parent.path))
      found.push(difference('added', stateAbout(after, node), come(STATE, nameOf(after, node))))
  }
  return found
}

/** Renamed, or put elsewhere. */
function placeDifferences(
  before: Json,
  after: Json,
  node: TreeNode,
  next: TreeNode,
  states: Matching,
): Difference[] {
  if (node.parent === undefined || next.parent === undefined) return []
  const about = stateAbout(after, next)
  const host = states.places.get(node.parent.path)
  if (host !== next.parent.path) {
    const [from, to] = [nameOf(before, node.parent), nameOf(after, next.parent)]
    return [
      difference(
        'changed',
        about,
        words(
          `State ${about.name.en} moved from ${from.en} to ${to.en}`,
          `状态${about.name.zh}由${from.zh}移至${to.zh}`,
        ),
      ),
    ]
  }
  return node.key === next.key
    ? []
    : [
        difference(
          'changed',
          about,
          words(
            `State ${about.name.en}: key “${node.key}” renamed to “${next.key}”`,
            `状态${about.name.zh}：标识“${node.key}”重命名为“${next.key}”`,
          ),
        ),
      ]
}

const PARTS = [
  'states',
  'on',
  'always',
  'after',
  'onDone',
  'initial',
  'target',
  'checklist',
  'schemas',
  'delays',
  'id',
]

function ownDifferences(
  named: Json,
  after: Json,
  same: TreeNode,
  next: TreeNode,
  states: Matching,
): Difference[] {
  const about = stateAbout(after, next)
  const isRoot = next.parent === undefined
  const skip = isRoot ? [...PARTS, 'meta', 'description', '$schema'] : PARTS
  const [old, now] = [jsonOf(named, same), jsonOf(after, next)]
  const known = isRoot ? ['type', 'entry', 'exit'] : undefined
  const found = membersOf(old, now, about, skip).filter(
    ({ pointer }) => known === undefined || known.some((key) => pointer === `/${key}`) || pointer === '',
  )
  if (!isRoot && !isAlike(member(old, 'id'), member(now, 'id')))
    found.push(
      difference('changed', about, changed(about.name, labelled('id'), member(old, 'id'), member(now, 'id'))),
    )
  found.push(...initialDifferences(old, now, same, next, after, states))
  if (!isRoot) found.push(...defaultDifferences(old, now, same, next, after, states))
  return found
}
function initialDifferences(
  old: Json,
  now: Json,
  same: TreeNode,
  next: TreeNode,
  after: Json,
  states: Matching,
): Difference[] {
  const meant = same.initial === undefined ? undefined : states.places.get(same.initial.path)
  const isMeant = meant !== undefined && meant === next.initial?.path
  if (isMeant || isAlike(member(old, 'initial'), member(now, 'initial'))) return []
  const about = stateAbout(after, next)
  const text = textOf(member(now, 'initial'))
  if (text === undefined)
    return [
      difference(
        'changed',
        about,
        words(`${about.name.en}: no first state any more`, `${about.name.zh}：不再有初始状态`),
      ),
    ]
  const start = next.initial === undefined ? words(text, text) : nameOf(after, next.initial)
  const place = { ...about, pointer: child(next.pointer, 'initial') }
  return [
    difference(
      'changed',
      place,
      words(`${about.name.en} now begins with ${start.en}`, `${about.name.zh}的初始状态改为${start.zh}`),
    ),
  ]
}

function defaultDifferences(
  old: Json,
  now: Json,
  same: TreeNode,
  next: TreeNode,
  after: Json,
  states: Matching,
): Difference[] {
  const meant = same.historyDefault === undefined ? undefined : states.places.get(same.historyDefault.path)
  if (
    meant === next.historyDefault?.path &&
    (meant !== undefined || isAlike(member(old, 'target'), member(now, 'target')))
  )
    return []
  const about = stateAbout(after, next)
  const to = next.historyDefault
  const name = to === undefined ? (said(member(now, 'target')) ?? words('—', '—')) : nameOf(after, to)
  return [
    difference(
      'changed',
      about,
      words(`${about.name.en}: default now ${name.en}`, `${about.name.zh}：默认去向改为${name.zh}`),
    ),
  ]
}

function itemDifferences(
  before: Json,
  named: Json,
  after: Json,
  same: TreeNode,
  next: TreeNode,
): Difference[] {
  const list = (definition: Json, node: TreeNode): Json[] => [
    ...listOf(at(jsonOf(definition, node), 'meta', 'checklist')),
  ]
  const [old, now] = [list(named, same), list(after, next)]
  if (isAlike(old, now)) return []
  const found: Difference[] = []
  const idOf = (item: Json | undefined): string => textOf(member(item, 'id')) ?? ''
  const about = (node: TreeNode, index: number, item: Json): About => ({
    subject: 'item',
    pointer: child(node.pointer, 'meta', 'checklist', index),
    name: titled(item, idOf(item)),
    state: node.path,
  })
  old.forEach((item, index) => {
    const other = now.findIndex((one) => idOf(one) === idOf(item))
    const match = now[other]
    if (match === undefined)
      found.push(difference('removed', about(same, index, item), gone(ITEM, titled(item, idOf(item)))))
    else found.push(...membersOf(item, match, about(next, other, match)))
  })
  now.forEach((item, index) => {
    if (!old.some((one) => idOf(one) === idOf(item)))
      found.push(difference('added', about(next, index, item), come(ITEM, titled(item, idOf(item)))))
  })
  if (found.length === 0)
    found.push(
      difference(
        'changed',
        stateAbout(after, next),
        words(
          `${nameOf(after, next).en}: order of the checklist changed`,
          `${nameOf(before, next).zh}：检查项顺序有变动`,
        ),
      ),
    )
  return found
}
