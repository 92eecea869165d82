/**
 * Commands that put states elsewhere in the tree: into another parent, into a new one, out of one.
 *
 * Promises: every transition still leads to the state it led to; what a parent did for its states is not lost when it
 * goes (or the command is refused).
 */

import { child, tokensOf } from '../../../machines/definition/pointer.ts'
import type { Text } from '../../../machines/definition/schema.ts'
import { isBelow, type TreeNode } from '../../../machines/definition/tree.ts'
import { type Document, type Layout, treeOf } from '../document.ts'
import { at, edit, type Json, type JsonObject, toJson, withMember } from '../json.ts'
import { canExtract, canMoveInto, require } from '../questions.ts'
import {
  editState,
  freeName,
  type Inner,
  insertChild,
  joined,
  outermost,
  removeChild,
  requireFreeKey,
  requireState,
} from '../states.ts'
import { follow, placesAfter, targetText } from '../targets.ts'
import { type Command, command } from './command.ts'

/** Puts states into another parent (`''` is the process), before its child `before` or last. */
export const moveStates = (
  paths: readonly string[],
  parent: string,
  options: { before?: string; positions?: { readonly [path: string]: { x: number; y: number } } } = {},
): Command =>
  command('state.move', 'Move into another state', '移动到其他状态中', (document) => {
    require(canMoveInto(document, paths, parent))
    const tree = treeOf(document.definition)
    const host = requireState(tree, parent)
    const nodes = outermost(tree, paths)
    const staying = host.children.filter((below) => !nodes.some((node) => node === below))
    const keys = new Map<Inner, string>()
    for (const node of nodes)
      keys.set(node, freeName(node.key, [...staying.map(({ key }) => key), ...keys.values()]))
    const moved = new Map([...keys].map(([node, key]) => [node.path, joined(parent, key)]))
    const shaped = reshaped(document.definition, keys, parent, options.before)
    const followed = follow(document, shaped, placesAfter(tree, moved))
    const layout = positioned(document, followed.layout, moved, parent, options.positions ?? {})
    return mendHistory(document, { definition: followed.definition, layout })
  })

/** Out of their parents and into the new one; within the same parent only their order changes. */
function reshaped(definition: Json, keys: ReadonlyMap<Inner, string>, parent: string, before?: string): Json {
  let shaped = definition
  const first = new Map<Inner, boolean>()
  for (const node of keys.keys()) {
    first.set(node, node.parent.path === parent && node.parent.node.initial === node.key)
    shaped = removeChild(shaped, node.path)
  }
  for (const [node, key] of keys) {
    const json = at(definition, ...tokensOf(node.pointer))
    if (json === undefined) continue
    shaped = insertChild(shaped, parent, key, json, before)
    if (first.get(node) === true)
      shaped = editState(shaped, parent, (held) => withMember(held, 'initial', key))
  }
  return kept(definition, shaped, parent)
}

/** A parent that was emptied only to be filled again is of the kind it was. */
const kept = (definition: Json, shaped: Json, parent: string): Json => {
  const type = at(definition, ...tokensOf(requireState(treeOf(definition), parent).pointer), 'type')
  const isGroup = type === 'parallel' || type === 'compound'
  if (!isGroup) return shaped
  return editState(shaped, parent, (held) => {
    const typed = held.type === type ? held : { type, ...held }
    return type === 'parallel' ? withMember(typed, 'initial', undefined) : typed
  })
}

/** A default that left the state its history remembers: that state's first one instead, or none. */
function mendHistory(before: Document, after: Document): Document {
  const old = treeOf(before.definition)
  const tree = treeOf(after.definition)
  let { definition } = after
  for (const node of tree.nodes) {
    const { parent, historyDefault } = node
    if (node.kind !== 'history' || parent === undefined || historyDefault === undefined) continue
    const was = old.byPath.get(node.path)
    const wasInside =
      was?.parent !== undefined && was.historyDefault !== undefined && isBelow(was.historyDefault, was.parent)
    if (isBelow(historyDefault, parent) || !wasInside) continue
    definition = edit(definition, tokensOf(child(node.pointer, 'target')), () => parent.initial?.key)
  }
  return definition === after.definition ? after : { ...after, definition }
}

/** A corner on the whole canvas, where the state and all around it were placed. */
function cornerOf({ states }: Layout, path: string): { x: number; y: number } | undefined {
  let corner = { x: 0, y: 0 }
  const keys = path === '' ? [] : path.split('.')
  for (let length = keys.length; length > 0; length--) {
    const box = states[keys.slice(0, length).join('.')]
    if (box === undefined) return undefined
    corner = { x: corner.x + box.x, y: corner.y + box.y }
  }
  return corner
}

/** What was moved lies where it was put, else where it was seen before; else it is to be placed anew. */
function positioned(
  before: Document,
  layout: Layout,
  moved: ReadonlyMap<string, string>,
  parent: string,
  positions: { readonly [path: string]: { x: number; y: number } },
): Layout {
  const boxes = new Map(Object.entries(layout.states))
  const origin = cornerOf(before.layout, parent)
  for (const [from, to] of moved) {
    const box = boxes.get(to)
    const given = Object.hasOwn(positions, from) ? positions[from] : undefined
    const seen = cornerOf(before.layout, from)
    const corner =
      given ??
      (origin === undefined || seen === undefined
        ? undefined
        : { x: seen.x - origin.x, y: seen.y - origin.y })
    if (corner !== undefined) boxes.set(to, { ...box, x: corner.x, y: corner.y })
    else if (box !== undefined) boxes.delete(to)
  }
  return { states: Object.fromEntries(boxes) }
}

/** Puts states that lie side by side into a new parent, in their place. */
export const extractStates = (
  paths: readonly string[],
  { key, title }: { key?: string; title?: Text } = {},
): Command =>
  command('state.extract', 'Group the selected states', '将所选状态归为一组', (document) => {
    require(canExtract(document, paths))
    const { definition } = document
    const tree = treeOf(definition)
    const nodes = outermost(tree, paths)
    const [top] = nodes
    if (top === undefined) return document
    const { parent } = top
    const others = parent.children.filter((below) => !nodes.some((node) => node === below))
    const name =
      key ??
      freeName(
        'group',
        parent.children.map((below) => below.key),
      )
    if (others.some((below) => below.key === name) || key !== undefined)
      requireFreeKey({ ...parent, children: others }, name)
    const group = groupOf(definition, nodes, toJson(title ?? { en: 'New group', zh: '新状态组' }))
    const shaped = editState(definition, parent.path, (held) => {
      const entries = parent.children.flatMap((below): [string, Json][] => {
        if (below === top) return [[name, group]]
        const json = at(definition, ...tokensOf(below.pointer))
        return nodes.some((node) => node === below) || json === undefined ? [] : [[below.key, json]]
      })
      const isFirst = nodes.some((node) => node.key === held.initial)
      const begun = isFirst ? withMember(held, 'initial', name) : held
      return withMember(begun, 'states', Object.fromEntries(entries))
    })
    const path = joined(parent.path, name)
    const moved = new Map(nodes.map((node) => [node.path, joined(path, node.key)]))
    const followed = follow(document, shaped, placesAfter(tree, moved))
    return { ...followed, layout: framed(document.layout, followed.layout, moved, path) }
  })

function groupOf(definition: Json, nodes: readonly Inner[], title: Json): JsonObject {
  const states = Object.fromEntries(
    nodes.map((node) => [node.key, at(definition, ...tokensOf(node.pointer)) ?? null]),
  )
  const [first] = nodes
  if (first?.parent.kind === 'parallel') return { type: 'parallel', states, meta: { title } }
  const begin = first?.parent.initial ?? entered(nodes)
  const initial = nodes.find((node) => node === begin) ?? entered(nodes) ?? first
  return { ...(initial === undefined ? {} : { initial: initial.key }), states, meta: { title } }
}

/** The first of them that a state beside them leads to. */
const entered = (nodes: readonly Inner[]): Inner | undefined => {
  const [first] = nodes
  const inside = (node: TreeNode): boolean => nodes.some((one) => one === node || isBelow(node, one))
  const leadIn = (first?.parent.children ?? [])
    .filter((node) => !inside(node))
    .flatMap(({ transitions }) => transitions.flatMap(({ targets }) => targets))
  return nodes.find((node) => leadIn.includes(node))
}

const HEAD = 60
const MARGIN = 24

/** A frame around what was placed; what is in it keeps its place on the whole canvas. */
function framed(before: Layout, after: Layout, moved: ReadonlyMap<string, string>, path: string): Layout {
  const boxes = [...moved].flatMap(([from, to]) => {
    const box = before.states[from]
    return box === undefined ? [] : [{ to, box }]
  })
  if (boxes.length < moved.size || boxes.length === 0) return after
  const x = Math.min(...boxes.map(({ box }) => box.x)) - MARGIN
  const y = Math.min(...boxes.map(({ box }) => box.y)) - HEAD
  const right = Math.max(...boxes.map(({ box }) => box.x + (box.width ?? 0)))
  const bottom = Math.max(...boxes.map(({ box }) => box.y + (box.height ?? 0)))
  const inner = boxes.map(({ to, box }): [string, typeof box] => [to, { ...box, x: box.x - x, y: box.y - y }])
  const frame = { x, y, width: right - x + MARGIN, height: bottom - y + MARGIN }
  return { states: { ...after.states, [path]: frame, ...Object.fromEntries(inner) } }
}

/** The default of a history state: a state beside it, or none. */
export const setHistoryDefault = (path: string, target: string | undefined): Command =>
  command('state.history', 'Change where history begins', '修改历史状态的默认去向', (document) => {
    const tree = treeOf(document.definition)
    const node = requireState(tree, path)
    const to = target === undefined ? undefined : targetText(tree, node, requireState(tree, target))
    const definition = editState(document.definition, path, (held) => withMember(held, 'target', to))
    return { ...document, definition }
  })
