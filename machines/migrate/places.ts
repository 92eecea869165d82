/**
 * Where a job of the old version is in the new one: its states, and what its history states remember.
 *
 * Promises: what comes out is a configuration that the new machine can be in, at rest as far as ends go; where there
 * is none, every reason is told at once.
 * Must not: run the machine, or know fields and timers.
 */
import type { Reason, Snapshot, StateValue } from '../advance/job.ts'
import { leaves, restore } from '../advance/run-machine.ts'
import { agree, byChild } from '../advance/together.ts'
import type { Compiled } from '../compile/compile.ts'
import { activePaths } from '../compile/machine-config.ts'
import { own } from '../definition/check-value.ts'
import type { Definition } from '../definition/schema.ts'
import { isBelow, type TreeNode } from '../definition/tree.ts'
import type { Mapping } from './mapping.ts'
import { say, stateTitle } from './names.ts'

export type Places = {
  leaves: TreeNode[]
  /** Old states by the new path that each leads to, of those the job is in then. */
  origins: ReadonlyMap<string, readonly TreeNode[]>
  /** New paths that the job does not enter: by its own name, or by a name that the old version did not have. */
  stays: ReadonlySet<string>
  /** New states that it was not in, parents first. */
  enters: TreeNode[]
  value: StateValue
  historyValue: Snapshot['historyValue']
  notes: Reason[]
}
export type Placed = { ok: true; places: Places } | { ok: false; reasons: Reason[] }

/** XState's id of a state. */
export const idOf = ({ id }: Definition, { node, path }: TreeNode): string =>
  path === '' ? id : (node.id ?? `${id}.${path}`)
/** Asked for every job of a run. */
const known = new WeakMap<Compiled, ReadonlyMap<string, TreeNode>>()
/** The states of a version by XState's ids. */
export function nodesById(compiled: Compiled): ReadonlyMap<string, TreeNode> {
  const found =
    known.get(compiled) ?? new Map(compiled.tree.nodes.map((node) => [idOf(compiled.definition, node), node]))
  known.set(compiled, found)
  return found
}

/** The new path of a state: by itself, or by the nearest state around it that is named. */
export function newPath(mapping: Mapping, path: string): string {
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const mapped = own(mapping.states, path.slice(0, end))
    if (mapped !== undefined) return mapped + path.slice(end)
  }
  return path
}

export function placesOf(from: Compiled, to: Compiled, mapping: Mapping, snapshot: Snapshot): Placed {
  const old = restore(from, snapshot)
  const was = activePaths(old)
  const reasons: Reason[] = []
  const wanted = leaves(old).flatMap((path) => {
    const found = leafTarget(from, to, mapping, path)
    if ('code' in found) reasons.push(found)
    return 'code' in found ? [] : [found]
  })
  const rest = reasons.length > 0 ? [] : settle(to.tree.root, wanted, mapping, to, reasons)
  if (reasons.length > 0) return { ok: false, reasons }
  const active = withAncestors(rest)
  const origins = originsOf(from, mapping, was, active)
  reasons.push(...ended(from, to, { was, active, origins }))
  if (reasons.length > 0) return { ok: false, reasons }
  // A name that was another state's means that state: the job is put into it.
  const stays = new Set(
    [...origins].flatMap(([path, olds]) =>
      olds.some((old) => old.path === path) || !from.tree.byPath.has(path) ? [path] : [],
    ),
  )
  const { historyValue, notes } = remembered(from, to, mapping, snapshot.historyValue)
  return {
    ok: true,
    places: {
      leaves: rest,
      origins,
      stays,
      enters: to.tree.nodes.filter((node) => active.has(node) && !stays.has(node.path)),
      value: stateValueOf(to.tree.root, active),
      historyValue,
      notes: [...moved(rest, origins, stays), ...notes],
    },
  }
}

/** The state that a leaf goes to, or why it cannot. */
function leafTarget(from: Compiled, to: Compiled, mapping: Mapping, path: string): TreeNode | Reason {
  const old = from.tree.byPath.get(path)
  const target = to.tree.byPath.get(newPath(mapping, path))
  const title = old === undefined ? { en: path, zh: path } : stateTitle(old)
  if (target === undefined || target.kind === 'history')
    return say(
      'state-gone',
      `“${title.en}” (${path}) is not in the new version; say where its jobs go`,
      `新版本中没有“${title.zh}”（${path}），请指定其工单的去向`,
    )
  return target
}

/** All leaves that being in these states means, under a state that is active. */
function settle(
  node: TreeNode,
  wanted: readonly TreeNode[],
  mapping: Mapping,
  to: Compiled,
  reasons: Reason[],
): TreeNode[] {
  const inside = wanted.filter((each) => each !== node)
  const ways = byChild(node, inside)
  if (node.kind === 'parallel')
    return regionsOf(node).flatMap((region) => {
      const below = ways.get(region) ?? beginning(region, mapping, to, wanted.includes(node))
      if (below !== undefined) return settle(region, below, mapping, to, reasons)
      const { en, zh } = stateTitle(region)
      reasons.push(
        say(
          'region-added',
          `“${en}” (${region.path}) is new and goes on beside the others; say where in it jobs begin`,
          `“${zh}”（${region.path}）是新增的并行区域，请指定工单在其中的起点`,
        ),
      )
      return []
    })
  if (ways.size > 1) {
    const names = inside.map((each) => stateTitle(each))
    reasons.push(
      say(
        'states-apart',
        `A job cannot be in ${names.map(({ en }) => `“${en}”`).join(' and ')} at once`,
        `工单不能同时处于${names.map(({ zh }) => `“${zh}”`).join('和')}`,
      ),
    )
    return []
  }
  for (const [child, below] of ways) return settle(child, below, mapping, to, reasons)
  return node.initial === undefined ? [node] : settle(node.initial, [node.initial], mapping, to, reasons)
}

const regionsOf = (node: TreeNode): TreeNode[] => node.children.filter(({ kind }) => kind !== 'history')

/** Where a region begins that nothing leads to: as was said, or from its start where all of it begins anew. */
function beginning(region: TreeNode, mapping: Mapping, to: Compiled, anew: boolean): TreeNode[] | undefined {
  const said = own(mapping.regions, region.path)
  const node = said === undefined ? undefined : to.tree.byPath.get(said)
  if (node !== undefined && (node === region || isBelow(node, region))) return [node]
  return anew ? [region] : undefined
}

function withAncestors(nodes: readonly TreeNode[]): Set<TreeNode> {
  const all = new Set<TreeNode>()
  for (const leaf of nodes)
    for (let node: TreeNode | undefined = leaf; node !== undefined; node = node.parent) all.add(node)
  return all
}

function originsOf(
  from: Compiled,
  mapping: Mapping,
  was: ReadonlySet<string>,
  active: ReadonlySet<TreeNode>,
) {
  const paths = new Set([...active].map(({ path }) => path))
  const origins = new Map<string, TreeNode[]>()
  for (const old of from.tree.nodes) {
    if (!was.has(old.path)) continue
    const path = newPath(mapping, old.path)
    if (paths.has(path)) origins.set(path, [...(origins.get(path) ?? []), old])
  }
  return origins
}

type Standing = {
  was: ReadonlySet<string>
  active: ReadonlySet<TreeNode>
  origins: ReadonlyMap<string, readonly TreeNode[]>
}

/** An end is reached by an event, which tells those who wait for it; a move would tell nobody. */
function ended(from: Compiled, to: Compiled, { was, active, origins }: Standing): Reason[] {
  const isNow = (node: TreeNode) => active.has(node)
  const wasThen = (node: TreeNode) => was.has(node.path)
  return to.tree.nodes
    .filter((node) => isNow(node) && isOver(node, isNow))
    .filter((node) => !(origins.get(node.path) ?? []).some((old) => isOver(old, wasThen)))
    .slice(-1)
    .map((node) => {
      const { en, zh } =
        node.path === '' ? { en: from.definition.id, zh: from.definition.id } : stateTitle(node)
      return say(
        'state-ends',
        `“${en}” would be over by the move; an end is reached by an event`,
        `迁移会使“${zh}”直接结束；终点只能由事件到达`,
      )
    })
}

function isOver(node: TreeNode, active: (node: TreeNode) => boolean): boolean {
  if (node.kind === 'final') return true
  if (node.kind === 'compound') return node.children.some((child) => child.kind === 'final' && active(child))
  return node.kind === 'parallel' && regionsOf(node).every((region) => isOver(region, active))
}

function stateValueOf(node: TreeNode, active: ReadonlySet<TreeNode>): StateValue {
  if (node.kind === 'parallel')
    return Object.fromEntries(regionsOf(node).map((region) => [region.key, stateValueOf(region, active)]))
  const child = node.children.find((each) => active.has(each))
  if (child === undefined) return {}
  return child.children.length === 0 ? child.key : { [child.key]: stateValueOf(child, active) }
}

/** A memory that makes no sense any more is forgotten: its state then begins by its default. */
function remembered(from: Compiled, to: Compiled, mapping: Mapping, old: Snapshot['historyValue']) {
  const [olds, news] = [nodesById(from), to.tree.byPath]
  const historyValue: Snapshot['historyValue'] = {}
  const notes: Reason[] = []
  for (const [id, ids] of Object.entries(old)) {
    const history = olds.get(id)
    if (history === undefined) continue
    const place = news.get(newPath(mapping, history.path))
    const nodes = ids.flatMap((each) => news.get(newPath(mapping, olds.get(each)?.path ?? '')) ?? [])
    const above = place?.parent
    const fits =
      place?.kind === 'history' &&
      above !== undefined &&
      nodes.length === ids.length &&
      nodes.every((node) => node.kind !== 'history' && isBelow(node, above)) &&
      agree(above, nodes)
    if (fits) historyValue[idOf(to.definition, place)] = nodes.map((node) => idOf(to.definition, node))
    else {
      const { en, zh } = stateTitle(history.parent ?? history)
      notes.push(
        say('history-forgotten', `Where “${en}” was left is forgotten`, `离开“${zh}”时所处的位置不再保留`),
      )
    }
  }
  return { historyValue, notes }
}

/** Only what has another name or place is worth a word. */
function moved(
  to: readonly TreeNode[],
  origins: ReadonlyMap<string, readonly TreeNode[]>,
  stays: ReadonlySet<string>,
): Reason[] {
  return to.flatMap((leaf) => {
    const olds = origins.get(leaf.path) ?? []
    if (olds.some(({ path }) => path === leaf.path)) return []
    const { en, zh } = stateTitle(leaf)
    const [before] = olds
    if (before === undefined || !stays.has(leaf.path))
      return [say('state-entered', `It is put into “${en}” (${leaf.path})`, `放入“${zh}”（${leaf.path}）`)]
    const was = stateTitle(before)
    return [
      say(
        'state-renamed',
        `“${was.en}” (${before.path}) goes on as “${en}” (${leaf.path})`,
        `“${was.zh}”（${before.path}）改为“${zh}”（${leaf.path}）`,
      ),
    ]
  })
}
