/**
 * The states of an SCXML file as a tree with lawful keys.
 *
 * Promises: every state has a key of its own among its siblings; ids are found as they were written.
 * Must not: read transitions or content.
 */
import { Key } from '../definition/schema.ts'
import { fits } from '../validate/shapes.ts'
import { Namer } from './names.ts'
import type { Notes } from './note.ts'
import { ours } from './scxml-names.ts'
import type { Element } from './xml.ts'

export type ScxmlState = {
  element: Element
  kind: 'state' | 'parallel' | 'final' | 'history'
  /** As written; made up where there was none. */
  id: string
  key: string
  /** From the root; empty for the root. */
  path: string
  parent?: ScxmlState
  children: ScxmlState[]
}
export type ScxmlTree = { root: ScxmlState; all: ScxmlState[]; byId: ReadonlyMap<string, ScxmlState> }

const KINDS = ['state', 'parallel', 'final', 'history'] as const
export const kindOf = ({ name }: Element): ScxmlState['kind'] | undefined =>
  KINDS.find((kind) => kind === name)

/** `root`: the `scxml` element, or the state that stands for the whole process in one of our own files. */
export function scxmlTree(root: Element, id: string, notes: Notes): ScxmlTree {
  const top: ScxmlState = {
    element: root,
    kind: kindOf(root) ?? 'state',
    id: root.attributes.get('id') ?? id,
    key: id,
    path: '',
    children: [],
  }
  const all: ScxmlState[] = []
  const byId = new Map<string, ScxmlState>()
  const pending = [top]
  for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
    all.push(state)
    if (!byId.has(state.id)) byId.set(state.id, state)
    state.children = childrenOf(state, notes)
    pending.push(...state.children.toReversed())
  }
  return { root: top, all, byId }
}

function childrenOf(parent: ScxmlState, notes: Notes): ScxmlState[] {
  const elements = parent.element.children.filter(
    (element) => kindOf(element) !== undefined && element.attributes.get(ours('end')) === undefined,
  )
  const wanted = elements.map((element) => wantedKey(element, parent))
  const names = new Namer(
    'state',
    wanted.map(({ key }) => key),
  )
  const taken = new Set<string>()
  return elements.map((element, index) => {
    const { id = '', key = '', isOurs = false } = wanted[index] ?? {}
    // Two states of one id are two states all the same.
    const known = names.name(key)
    const given = taken.has(known) ? names.fresh(key) : known
    taken.add(given)
    if (!isOurs && given !== id && id !== '') notes.add('renamed', element.place, { from: id, to: given })
    return {
      element,
      kind: kindOf(element) ?? 'state',
      id: id === '' ? `${parent.id}.${given}` : id,
      key: given,
      path: parent.path === '' ? given : `${parent.path}.${given}`,
      parent,
      children: [],
    }
  })
}

/** Our files say the key, or write the id as the parent's with the key behind it. */
function wantedKey(element: Element, parent: ScxmlState): { id: string; key: string; isOurs: boolean } {
  const id = element.attributes.get('id') ?? ''
  const said = element.attributes.get(ours('key'))
  if (said !== undefined) return { id, key: said, isOurs: true }
  const below = id.startsWith(`${parent.id}.`) ? id.slice(parent.id.length + 1) : undefined
  if (below !== undefined && fits(Key, below)) return { id, key: below, isOurs: true }
  return { id, key: id === '' ? 'state' : id, isOurs: false }
}

/** Whether `state` is `above` or lies in it. */
export const isIn = (state: ScxmlState, above: ScxmlState): boolean =>
  state === above || above.path === '' || state.path.startsWith(`${above.path}.`)
