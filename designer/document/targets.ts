/**
 * Targets of transitions when states are renamed, moved or copied: the words change so that what they mean does not.
 *
 * Promises: after `follow` every target, history default, guard and place on the canvas that meant a state means
 * the same state, wherever it is now. A target that already led nowhere is left as it was written. The text of a
 * target is kept where it still means the same.
 * Must not: change the shape of the tree, or `initial` (commands see to it).
 */
import { child, tokensOf } from '../../machines/definition/pointer.ts'
import { resolveTarget, type Tree, type TreeNode } from '../../machines/definition/tree.ts'
import { type Box, type Document, type Layout, treeOf } from './document.ts'
import { at, edit, isList, type Json, listOf } from './json.ts'
import { DocumentError } from './problem.ts'
import { mapReferences } from './references.ts'

/**
 * How `source` names `target`: as it did before where that holds, else in the shortest lawful way.
 *
 * @throws DocumentError where no text can name it (an id is broken or taken twice)
 */
export function targetText(tree: Tree, source: TreeNode, target: TreeNode, before?: string): string {
  const near = [
    target.parent === source.parent ? relative(source.parent, target) : undefined,
    dotted(relative(source, target)),
  ]
  const { id } = target.node
  const far = [
    typeof id === 'string' ? `#${id}` : undefined,
    relative(source.parent, target),
    target.parent === undefined ? `#${tree.root.key}` : `#${tree.root.key}.${target.path}`,
  ]
  const candidates = [before, ...styled(tree, source, target, before), ...near, ...far]
  const text = candidates.find((one) => one !== undefined && resolveTarget(tree, source, one) === target)
  if (text === undefined)
    throw new DocumentError(
      `no transition can name “${target.path}” from here: mend the process id first`,
      `此处无法引用状态“${target.path}”：请先修正流程标识`,
      target.pointer,
    )
  return text
}

/** In the manner the owner wrote it: from afar by the same id, from the source, or from beside it. */
function styled(
  tree: Tree,
  source: TreeNode,
  target: TreeNode,
  before: string | undefined,
): (string | undefined)[] {
  if (before === undefined) return []
  if (before.startsWith('.')) return [dotted(relative(source, target))]
  if (!before.startsWith('#')) return [relative(source.parent, target)]
  const [id = ''] = before.slice(1).split('.')
  const anchor = tree.byId.get(id)
  if (anchor === target) return [`#${id}`]
  const below = relative(anchor, target)
  return [below === undefined ? undefined : `#${id}.${below}`, `#${tree.root.key}.${target.path}`]
}

const dotted = (below: string | undefined): string | undefined =>
  below === undefined ? undefined : `.${below}`

/** The keys from a state down to one below it. */
function relative(above: TreeNode | undefined, target: TreeNode): string | undefined {
  if (above === undefined || above === target) return undefined
  const prefix = above.path === '' ? '' : `${above.path}.`
  return target.path.startsWith(prefix) ? target.path.slice(prefix.length) : undefined
}

/** A text that names a state from where it stands: of a transition, or of a history state. */
export type Target = { readonly pointer: string; readonly text: string; readonly source: TreeNode }

/** All of them in a tree. */
export function targetsIn(tree: Tree, definition: Json): Target[] {
  return tree.nodes.flatMap((source) => [
    ...source.transitions.flatMap(({ pointer }) => textsAt(definition, child(pointer, 'target'), source)),
    ...(source.parent === undefined ? [] : textsAt(definition, child(source.pointer, 'target'), source)),
  ])
}

function textsAt(definition: Json, pointer: string, source: TreeNode): Target[] {
  const given = at(definition, ...tokensOf(pointer))
  return listOf(given).flatMap((text, index) =>
    typeof text === 'string'
      ? [{ text, source, pointer: isList(given) ? child(pointer, index) : pointer }]
      : [],
  )
}

/** Where the states of a tree went: new paths by the old ones. States that are gone are not in it. */
export type Places = ReadonlyMap<string, string>

/** All states stay where they are, save those below the keys of `moved`, which go to its values. */
export function placesAfter(tree: Tree, moved: ReadonlyMap<string, string | undefined>): Map<string, string> {
  const places = new Map<string, string>()
  for (const { path, parent } of tree.nodes) {
    const above = parent === undefined ? undefined : (places.get(parent.path) ?? null)
    if (moved.has(path)) {
      const to = moved.get(path)
      if (to !== undefined) places.set(path, to)
    } else if (above !== null) places.set(path, placeBelow(above, path, parent))
  }
  return places
}
const placeBelow = (above: string | undefined, path: string, parent: TreeNode | undefined): string => {
  if (above === undefined || parent === undefined) return path
  const key = parent.path === '' ? path : path.slice(parent.path.length + 1)
  return above === '' ? key : `${above}.${key}`
}

/**
 * The document with its definition put in another shape, and all that names states following.
 *
 * @param shaped the definition after states went to `places`, nothing else changed
 */
export function follow(document: Document, shaped: Json, places: Places): Document {
  const before = treeOf(document.definition)
  const named = mapReferences(shaped, ({ kind, name }) =>
    kind === 'state' ? (placeOf(before, places, name) ?? name) : name,
  )
  return {
    definition: retarget(before, named, places),
    layout: movedLayout(document.layout, places),
  }
}

const placeOf = (before: Tree, places: Places, path: string): string | undefined =>
  before.byPath.has(path) ? places.get(path) : undefined

function retarget(before: Tree, shaped: Json, places: Places): Json {
  const tree = treeOf(shaped)
  const origins = new Map([...places].map(([from, to]) => [to, from]))
  let definition = shaped
  for (const { pointer, text, source } of targetsIn(tree, shaped)) {
    const origin = before.byPath.get(origins.get(source.path) ?? '\0')
    const meant = origin === undefined ? undefined : resolveTarget(before, origin, text)
    const target = meant === undefined ? undefined : tree.byPath.get(places.get(meant.path) ?? '\0')
    if (target === undefined) continue
    const now = targetText(tree, source, target, text)
    if (now !== text) definition = edit(definition, tokensOf(pointer), () => now)
  }
  return definition
}

export function movedLayout(layout: Layout, places: Places): Layout {
  const boxes = Object.entries(layout.states)
  const isMoved = boxes.some(([path]) => places.get(path) !== path)
  if (!isMoved) return layout
  return {
    states: Object.fromEntries(
      boxes.flatMap(([path, box]): [string, Box][] => {
        const now = places.get(path)
        return now === undefined ? [] : [[now, box]]
      }),
    ),
  }
}
