/**
 * What may be done to a document, and what hangs on what: asked by the canvas before it offers, and by the commands
 * before they do.
 *
 * Promises: a command never refuses what was allowed here. Answers are in words for the person who asks.
 * Must not: change anything.
 */
import { matchesDescriptor } from '../../machines/definition/descriptor.ts'
import { child, isWithin, tokensOf } from '../../machines/definition/pointer.ts'
import {
  isBelow,
  resolveTarget,
  type Tree,
  type TreeNode,
  type TreeTransition,
} from '../../machines/definition/tree.ts'
import { LIMITS } from '../../machines/validate/limits.ts'
import { type Document, treeOf } from './document.ts'
import { at, isList, isObject, type Json, keysOf, textOf } from './json.ts'
import { DocumentError, type Words, words } from './problem.ts'
import { type NameKind, referencesIn, type Use } from './references.ts'
import { outermost, requireInner, requireState } from './states.ts'
import { targetsIn } from './targets.ts'

export type Answer = { readonly ok: true } | { readonly ok: false; readonly why: Words }
export type Kind = TreeNode['kind']
export type Trigger = TreeTransition['trigger']

const YES: Answer = { ok: true }
const no = (en: string, zh: string): Answer => ({ ok: false, why: words(en, zh) })

/** @throws DocumentError where the answer is no */
export function require(answer: Answer): void {
  if (!answer.ok) throw new DocumentError(answer.why.en, answer.why.zh)
}

/** A question about a state that is not there is answered, not thrown back. */
function asked(ask: () => Answer): Answer {
  try {
    return ask()
  } catch (error) {
    if (error instanceof DocumentError) return { ok: false, why: error.words }
    throw error
  }
}

const heightOf = (tree: Tree, node: TreeNode): number =>
  Math.max(...tree.nodes.filter((one) => one === node || isBelow(one, node)).map(({ depth }) => depth)) -
  node.depth

/** Whether a state takes states into itself. */
export const canHoldStates = (document: Document, path: string): Answer =>
  asked(() => {
    const { kind, depth } = requireState(treeOf(document.definition), path)
    if (kind === 'final') return no('A final state has no states within.', '结束状态内不能再有状态。')
    if (kind === 'history') return no('A history state has no states within.', '历史状态内不能再有状态。')
    return depth >= LIMITS.stateDepth
      ? no(`States nest at most ${LIMITS.stateDepth} levels.`, `状态最多嵌套 ${LIMITS.stateDepth} 层。`)
      : YES
  })

/** Whether states may be put into another. */
export const canMoveInto = (document: Document, paths: readonly string[], parent: string): Answer =>
  asked(() => {
    const tree = treeOf(document.definition)
    const host = requireState(tree, parent)
    const room = canHoldStates(document, parent)
    if (!room.ok) return room
    for (const node of outermost(tree, paths)) {
      if (node === host || isBelow(host, node))
        return no('A state cannot lie within itself.', '状态不能移入其自身。')
      if (node.kind === 'history' && node.parent !== host)
        return no(
          'A history state remembers the state it lies in; draw a new one there.',
          '历史状态只记忆其所在状态，请在目标状态内另建一个。',
        )
      if (host.depth + 1 + heightOf(tree, node) > LIMITS.stateDepth)
        return no(
          `States nest at most ${LIMITS.stateDepth} levels.`,
          `状态最多嵌套 ${LIMITS.stateDepth} 层。`,
        )
    }
    return YES
  })

/** Whether a transition may lead from one state to another. Without `target`, whether one may start there. */
export const canConnect = (
  document: Document,
  source: string,
  target?: string,
  trigger?: Trigger['kind'],
): Answer =>
  asked(() => {
    const tree = treeOf(document.definition)
    const { kind, parent } = requireState(tree, source)
    if (kind === 'final') return no('Nothing leads out of a final state.', '结束状态不能有流出的转移。')
    if (kind === 'history')
      return no('A history state has only its default.', '历史状态只有默认去向，不能有转移。')
    if (trigger === 'done' && (parent === undefined || kind === 'atomic'))
      return no('Only a state with states within is ever done.', '只有含子状态的状态才会“完成”。')
    if (target !== undefined && requireState(tree, target).parent === undefined)
      return no('Lead to a state, not to the whole process.', '转移应指向某个状态，而不是整个流程。')
    return YES
  })

/** Pointers to what a state would lose by becoming another kind. */
export function lostByKind(document: Document, path: string, kind: Kind): string[] {
  const { node, pointer } = requireState(treeOf(document.definition), path)
  const exits = ['on', 'always', 'after', 'onDone']
  const lost = kind === 'final' ? exits : kind === 'history' ? [...exits, 'entry', 'exit'] : []
  return lost.filter((key) => Object.hasOwn(node, key)).map((key) => child(pointer, key))
}

/** Whether a state may become another kind. */
export const canBecome = (document: Document, path: string, kind: Kind): Answer =>
  asked(() => {
    const node = requireState(treeOf(document.definition), path)
    if (node.parent === undefined && kind !== 'compound' && kind !== 'parallel')
      return no('A process has states within.', '流程必须包含状态。')
    if (node.children.length > 0 && kind !== 'compound' && kind !== 'parallel')
      return no('Move or delete the states within first.', '请先移走或删除其中的状态。')
    if ((kind === 'compound' || kind === 'parallel') && node.depth >= LIMITS.stateDepth)
      return no(`States nest at most ${LIMITS.stateDepth} levels.`, `状态最多嵌套 ${LIMITS.stateDepth} 层。`)
    return YES
  })

/** Whether states may be put into a new parent in their place, without a change of meaning. */
export const canExtract = (document: Document, paths: readonly string[]): Answer =>
  asked(() => {
    const tree = treeOf(document.definition)
    const nodes = outermost(tree, paths)
    const [first] = nodes
    if (first === undefined) return no('Select states first.', '请先选择状态。')
    if (nodes.some(({ parent }) => parent !== first.parent))
      return no('Select states that lie side by side.', '请选择同一层的状态。')
    if (nodes.some(({ kind }) => kind === 'final'))
      return no(
        'A final state ends the state it lies in; leave it out of the selection.',
        '结束状态会结束其所在状态，请不要选中它。',
      )
    if (nodes.some(({ kind }) => kind === 'history'))
      return no(
        'A history state remembers the state it lies in; leave it out of the selection.',
        '历史状态记忆其所在状态，请不要选中它。',
      )
    if (first.parent.children.some(remembersOne)) return REMEMBERED
    return nodes.some((node) => node.depth + heightOf(tree, node) >= LIMITS.stateDepth)
      ? no(`States nest at most ${LIMITS.stateDepth} levels.`, `状态最多嵌套 ${LIMITS.stateDepth} 层。`)
      : YES
  })

/** Whether the states within a state may take its place, without a change of meaning. */
export const canDissolve = (document: Document, path: string): Answer =>
  asked(() => {
    const tree = treeOf(document.definition)
    const node = requireInner(tree, path)
    const json = at(document.definition, ...tokensOf(node.pointer))
    const alike = node.kind === 'compound' || (node.kind === 'parallel' && node.parent.kind === 'parallel')
    if (!alike || node.children.length === 0)
      return no('There are no states to set free here.', '此处没有可以释放的子状态。')
    if (node.kind === 'compound' && node.parent.kind === 'parallel')
      return no('A region of a parallel state cannot be dissolved.', '并行状态的区域不能拆除。')
    if (node.kind === 'compound' && node.initial === undefined)
      return no('Say first which of its states comes first.', '请先指定其初始状态。')
    if (node.kind === 'parallel' && node.transitions.length > 0)
      return no('It has transitions of its own; move or remove them first.', '它自身有转移，请先移走或删除。')
    if (node.parent.children.some(remembersOne)) return REMEMBERED
    if (node.children.some(({ kind }) => kind === 'history'))
      return no('A history state within remembers it.', '其中的历史状态依赖于它。')
    for (const [key, en, zh] of HELD)
      if (isFull(at(json, ...key)))
        return no(`It has ${en} of its own; move or remove them first.`, `它自身有${zh}，请先移走或删除。`)
    return canEndApart(node)
  })

const HELD = [
  [['after'], 'delays', '延时'],
  [['entry'], 'entry actions', '进入动作'],
  [['exit'], 'exit actions', '离开动作'],
  [['meta', 'checklist'], 'a checklist', '检查项'],
] as const

const remembersOne = ({ kind, node }: TreeNode): boolean =>
  kind === 'history' && (!('history' in node) || node.history !== 'deep')
const REMEMBERED = no(
  'A shallow history state beside it remembers one level only; make it deep first.',
  '旁边的浅历史状态只记忆一层，请先将其改为深历史。',
)
const isFull = (value: Json | undefined): boolean =>
  (isList(value) && value.length > 0) || keysOf(value).length > 0

/** Final states within become steps that go on at once as `onDone` says; that must be one plain way. */
function canEndApart(node: TreeNode): Answer {
  if (!node.children.some(({ kind }) => kind === 'final')) return YES
  const ways = node.transitions.filter(({ trigger }) => trigger.kind === 'done')
  const [way] = ways
  const isPlain = ways.length === 1 && way?.transition.guard === undefined && way?.targets.length === 1
  const [target] = way?.targets ?? []
  return node.kind === 'compound' &&
    isPlain &&
    target !== undefined &&
    target !== node &&
    !isBelow(target, node)
    ? YES
    : no(
        'It has final states, and no single way that opens when it is done.',
        '其中有结束状态，而它完成后没有唯一确定的去向。',
      )
}

/* ------------------------------------------------------------------ what hangs on what */

export type Pointing = {
  readonly kind: 'transition' | 'initial' | 'history' | 'guard' | 'expression' | 'item' | 'link' | 'raise'
  /** JSON pointer to the place. */
  readonly pointer: string
  /** The state it stands in, by its path; absent outside of states. */
  readonly from?: string
  /** What it names: the path of a state, or the name of something declared in one. */
  readonly to: string
}

/** Everything outside of these states that points at them, or at what only they declare. */
export function whatPointsAt(document: Document, paths: readonly string[]): Pointing[] {
  const { definition } = document
  const tree = treeOf(definition)
  const nodes = outermost(tree, paths)
  const inside = (pointer: string): boolean => nodes.some((node) => isWithin(pointer, node.pointer))
  const found: Pointing[] = []
  for (const { pointer, text, source } of targetsIn(tree, definition)) {
    const target = resolveTarget(tree, source, text)
    if (target === undefined || inside(pointer) || !inside(target.pointer)) continue
    const kind = source.kind === 'history' ? 'history' : 'transition'
    found.push({ kind, pointer, from: source.path, to: target.path })
  }
  for (const { parent, key, path } of nodes)
    if (parent.node.initial === key)
      found.push({ kind: 'initial', pointer: child(parent.pointer, 'initial'), from: parent.path, to: path })
  return [...found, ...namedIn(tree, definition, inside)]
}

const LOCAL: readonly NameKind[] = ['item', 'link', 'raise']

function namedIn(tree: Tree, definition: Json, inside: (pointer: string) => boolean): Pointing[] {
  const all = referencesIn(definition)
  const declared = (use: Use, within: boolean): boolean =>
    all.some(
      ({ how, kind, name, pointer }) =>
        how === 'declares' && kind === use.kind && name === use.name && inside(pointer) === within,
    )
  return all.flatMap((use): Pointing[] => {
    const { kind, name, how, pointer, state } = use
    if (how === 'declares' || inside(pointer)) return []
    const place = { pointer, to: name, ...(state === undefined ? {} : { from: state }) }
    if (kind === 'state') {
      const meant = tree.byPath.get(name)
      return meant !== undefined && inside(meant.pointer) ? [{ ...place, kind: 'guard' }] : []
    }
    if (!LOCAL.includes(kind) || !declared(use, true) || declared(use, false)) return []
    if (kind === 'item') return [{ ...place, kind: how === 'guards' ? 'guard' : 'expression' }]
    return [{ ...place, kind: kind === 'link' ? 'link' : 'raise' }]
  })
}

/** Everything that names a field, an event, a delay, a setting or an item, but its own declaration. */
export function usesOf(document: Document, kind: NameKind, name: string, event?: string): Use[] {
  return referencesIn(document.definition).filter((use) => {
    if (use.kind !== kind || use.how === 'declares') return false
    if (kind === 'payload' && event !== undefined && use.event !== undefined)
      return use.name === name && matchesDescriptor(use.event, event)
    return use.name === name || (kind === 'event' && use.how === 'takes' && matchesDescriptor(use.name, name))
  })
}

/** The paths of states that are there after a change and were not before: what to select when it is done. */
export function addedStates(before: Document, after: Document): string[] {
  if (!isObject(before.definition) || !isObject(after.definition)) return []
  const known = treeOf(before.definition).byPath
  return treeOf(after.definition)
    .nodes.map(({ path }) => path)
    .filter((path) => !known.has(path))
}

/** The title of a state in both languages, or its key. */
export function titleOf(definition: Json, node: TreeNode): Words {
  const title = at(definition, ...tokensOf(node.pointer), 'meta', 'title')
  const [en, zh] = [textOf(at(title, 'en')), textOf(at(title, 'zh'))]
  return words(en ?? zh ?? node.key, zh ?? en ?? node.key)
}
