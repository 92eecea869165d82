/**
 * Commands that put copied states in: pasted within and across processes, duplicated.
 *
 * Promises: what is pasted stands on its own: ids, checklist items and names that are taken by something else get
 * new ones, and all within follows. Ways that lead to states which are not here are left out, not left dangling
 * (`pasteReport` says which).
 */
import { child, isWithin, tokensOf } from '../../../machines/definition/pointer.ts'
import { isBelow, type Tree } from '../../../machines/definition/tree.ts'
import {
  type Clip,
  carriedPath,
  clipContext,
  copyStates,
  DECLARED,
  type DeclaredKind,
  KIND_OF,
  PLACE_OF,
} from '../clip.ts'
import { type Box, type Document, treeOf } from '../document.ts'
import {
  at,
  edit,
  entriesOf,
  isAlike,
  isObject,
  type Json,
  keysOf,
  listOf,
  mapMembers,
  member,
  textOf,
  withMember,
} from '../json.ts'
import { canHoldStates, require } from '../questions.ts'
import { mapReferences, mapStateReferences, type NameKind, referencesIn, type Visit } from '../references.ts'
import { withoutPlaces } from '../removal.ts'
import { freeName, insertChild, joined, outermost, requireState } from '../states.ts'
import { targetsIn, targetText } from '../targets.ts'
import { type Command, command } from './command.ts'

export type PasteOptions = {
  /** How far from the copied place, or from the corner in another process. */
  offset?: { x: number; y: number }
}

type Renamed = ReadonlyMap<NameKind, ReadonlyMap<string, string>>

const isSameProcess = (definition: Json, clip: Clip): boolean =>
  textOf(member(definition, 'id')) === clip.process

/** New names for what is declared here as something else. Within the process, what is there is what was meant. */
function renamings(definition: Json, clip: Clip): Renamed {
  const renamed = new Map<NameKind, ReadonlyMap<string, string>>()
  for (const kind of DECLARED) {
    // A certificate is what people hold under that name, whatever a process calls it.
    if (kind === 'certificates') continue
    const here = at(definition, ...PLACE_OF[kind])
    const taken = new Set([...keysOf(here), ...keysOf(clip[kind])])
    const names = new Map<string, string>()
    for (const [name, declared] of entriesOf(clip[kind])) {
      const held = member(here, name)
      if (held === undefined || isSameProcess(definition, clip) || isAlike(held, declared)) continue
      const free = freeName(name, taken)
      taken.add(free)
      names.set(name, free)
    }
    renamed.set(KIND_OF[kind], names)
  }
  renamed.set('item', itemNames(definition, clip))
  return renamed
}

/** Ids of checklist items are unique in a process. */
function itemNames(definition: Json, clip: Clip): Map<string, string> {
  const taken = new Set(
    referencesIn(definition).flatMap(({ kind, how, name }) =>
      kind === 'item' && how === 'declares' ? [name] : [],
    ),
  )
  const names = new Map<string, string>()
  const context = clipContext(clip)
  for (const { node, path } of clip.states)
    mapStateReferences(context, node, path, ({ kind, how, name }) => {
      if (kind === 'item' && how === 'declares' && !names.has(name)) {
        const free = freeName(name, taken)
        taken.add(free)
        names.set(name, free)
      }
      return name
    })
  return names
}

/** What pasting would do beside putting the states in. */
export type PasteReport = {
  readonly added: readonly { readonly kind: DeclaredKind; readonly name: string }[]
  readonly renamed: readonly { readonly kind: NameKind; readonly from: string; readonly to: string }[]
  /** Paths of states that are not here: ways that led there are left out. */
  readonly leftOut: readonly string[]
}

export function pasteReport(document: Document, clip: Clip): PasteReport {
  const { definition } = document
  const renamed = renamings(definition, clip)
  const added = DECLARED.flatMap((kind) =>
    keysOf(clip[kind])
      .map((name) => renamed.get(KIND_OF[kind])?.get(name) ?? name)
      .filter((name) => at(definition, ...PLACE_OF[kind], name) === undefined)
      .map((name) => ({ kind, name })),
  )
  const changes = [...renamed].flatMap(([kind, names]) =>
    [...names].flatMap(([from, to]) => (from === to ? [] : [{ kind, from, to }])),
  )
  const tree = treeOf(definition)
  const isHere = (path: string): boolean =>
    clip.states.some((state) => path === state.path || path.startsWith(`${state.path}.`)) ||
    (isSameProcess(definition, clip) && tree.byPath.has(path))
  const leftOut = carriedTargets(clip).filter((path) => !isHere(path))
  return { added, renamed: changes, leftOut: [...new Set(leftOut)] }
}

function carriedTargets(clip: Clip): string[] {
  const texts: string[] = []
  const look = (value: Json): void => {
    for (const text of listOf(member(value, 'target'))) if (typeof text === 'string') texts.push(text)
    if (Array.isArray(value)) value.forEach(look)
    else if (isObject(value)) Object.values(value).forEach(look)
  }
  for (const { node } of clip.states) look(node)
  return texts.flatMap((text) => carriedPath(text) ?? [])
}

/** Puts copied states into a state, or into the process (`parent: ''`). */
export const pasteStates = (clip: Clip, parent: string, options: PasteOptions = {}): Command =>
  command('state.paste', 'Paste', '粘贴', (document) => pasted(document, clip, parent, options))

/** A copy of each state beside it. */
export const duplicateStates = (paths: readonly string[], options: PasteOptions = {}): Command =>
  command('state.duplicate', 'Duplicate', '创建副本', (document) => {
    const groups = new Map<string, string[]>()
    for (const { path, parent } of outermost(treeOf(document.definition), paths))
      groups.set(parent.path, [...(groups.get(parent.path) ?? []), path])
    return [...groups].reduce(
      (held, [parent, group]) => pasted(held, copyStates(document, group), parent, options),
      document,
    )
  })

function pasted(document: Document, clip: Clip, parent: string, options: PasteOptions): Document {
  require(canHoldStates(document, parent))
  const renamed = renamings(document.definition, clip)
  const places = new Map<string, string>()
  const taken = requireState(treeOf(document.definition), parent).children.map(({ key }) => key)
  const named = clip.states.map(({ path, key, node }) => {
    const name = freeName(key, taken)
    taken.push(name)
    places.set(path, joined(parent, name))
    return { path, name, node }
  })
  const placeOf = (path: string): string | undefined => {
    const within = [...places].find(([from]) => path === from || path.startsWith(`${from}.`))
    return within === undefined ? undefined : `${within[1]}${path.slice(within[0].length)}`
  }
  const rename: Visit = ({ kind, name }) =>
    kind === 'state' ? (placeOf(name) ?? name) : (renamed.get(kind)?.get(name) ?? name)
  const context = clipContext(clip)
  const ids = new Set(treeOf(document.definition).byId.keys())
  let definition = declared(document.definition, clip, renamed, rename)
  for (const { path, name, node } of named) {
    const mapped = mapStateReferences(context, node, path, rename)
    definition = insertChild(definition, parent, name, withFreeIds(mapped, ids))
  }
  const isOwn = isSameProcess(definition, clip)
  return {
    definition: landed(definition, [...places.values()], (path, tree) => {
      const here = placeOf(path) ?? (isOwn ? path : undefined)
      return here !== undefined && tree.byPath.has(here) ? here : undefined
    }),
    layout: {
      states: { ...document.layout.states, ...boxesAt(clip, placeOf, places, options.offset ?? STEP_ASIDE) },
    },
  }
}

const STEP_ASIDE = { x: 32, y: 32 }

/** What is not declared yet, under its new name. */
function declared(definition: Json, clip: Clip, renamed: Renamed, rename: Visit): Json {
  const delays = member(mapReferences({ delays: clip.delays }, rename), 'delays')
  return DECLARED.reduce((held, kind) => {
    const arriving =
      kind === 'delays' && delays !== undefined
        ? entriesOf(delays)
        : entriesOf(clip[kind]).map(([name, value]): [string, Json] => [
            renamed.get(KIND_OF[kind])?.get(name) ?? name,
            value,
          ])
    const here = at(held, ...PLACE_OF[kind])
    const fresh = arriving.filter(([name]) => member(here, name) === undefined)
    if (fresh.length === 0) return held
    return edit(held, PLACE_OF[kind], (known) => ({
      ...(isObject(known) ? known : {}),
      ...Object.fromEntries(fresh),
    }))
  }, definition)
}

/** States by their own ids: those that are taken get others. Targets are carried by paths, and need not follow. */
function withFreeIds(node: Json, taken: Set<string>): Json {
  if (!isObject(node)) return node
  const id = textOf(node.id)
  const free = id === undefined ? undefined : freeName(id, taken)
  if (free !== undefined) taken.add(free)
  return mapMembers(withMember(node, 'id', free), (held, key) =>
    key === 'states' && isObject(held) ? mapMembers(held, (inner) => withFreeIds(inner, taken)) : held,
  )
}

/** Carried targets in the words of the place they came to; ways that lead nowhere here are left out. */
function landed(
  definition: Json,
  roots: readonly string[],
  placeOf: (path: string, tree: Tree) => string | undefined,
): Json {
  const tree = treeOf(definition)
  const pointers = roots.map((path) => requireState(tree, path).pointer)
  const lost: string[] = []
  let made = definition
  for (const { pointer, text, source } of targetsIn(tree, definition)) {
    const path = carriedPath(text)
    if (path === undefined || !pointers.some((root) => isWithin(pointer, root))) continue
    const place = placeOf(path, tree)
    const target = place === undefined ? undefined : requireState(tree, place)
    const isMisplaced =
      target !== undefined &&
      source.kind === 'history' &&
      source.parent !== undefined &&
      !isBelow(target, source.parent)
    if (target === undefined || isMisplaced) lost.push(pointer)
    else made = edit(made, tokensOf(pointer), () => targetText(tree, source, target))
  }
  return withoutPlaces(
    made,
    lost.map((pointer) => lostWay(made, pointer, lost)),
  )
}

/** One target of several goes by itself, the last one with its transition; the default of a history state by itself. */
function lostWay(definition: Json, pointer: string, lost: readonly string[]): string {
  const steps = tokensOf(pointer)
  const isEntry = steps.at(-1) !== 'target'
  const transition = steps.slice(0, isEntry ? -2 : -1)
  const around = child('', ...transition)
  const isHistory = member(at(definition, ...transition), 'type') === 'history'
  if (isHistory) return pointer
  const list = listOf(at(definition, ...transition, 'target'))
  const gone = lost.filter((one) => isWithin(one, child(around, 'target')))
  return isEntry && gone.length < list.length ? pointer : around
}

function boxesAt(
  clip: Clip,
  placeOf: (path: string) => string | undefined,
  places: ReadonlyMap<string, string>,
  offset: { x: number; y: number },
): { [path: string]: Box } {
  return Object.fromEntries(
    Object.entries(clip.layout.states).flatMap(([path, box]): [string, Box][] => {
      const now = placeOf(path)
      if (now === undefined) return []
      return [[now, places.has(path) ? { ...box, x: box.x + offset.x, y: box.y + offset.y } : box]]
    }),
  )
}
