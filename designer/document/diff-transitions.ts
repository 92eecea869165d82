/**
 * What changed in the transitions of a state: which is which, and what of it is another.
 *
 * Promises: how a target is written is no difference; which state it means is.
 * Must not: look at other parts of a state.
 */
import { tokensOf } from '../../machines/definition/pointer.ts'
import type { TreeNode, TreeTransition } from '../../machines/definition/tree.ts'
import { PLACE_OF } from './clip.ts'
import { titled } from './diff-words.ts'
import {
  type About,
  come,
  type Difference,
  difference,
  gone,
  membersOf,
  nameOf,
  stateAbout,
} from './difference.ts'
import { at, isAlike, isObject, type Json, withMember } from './json.ts'
import type { Matching } from './matching.ts'
import { type Words, words } from './problem.ts'

const WAY = words('Transition', '转移')

type Ways = {
  before: Json
  named: Json
  after: Json
  /** In the old definition, in it under new names, and in the new one. */
  node: TreeNode
  same: TreeNode
  next: TreeNode
  states: Matching
}
type Way = { placed: TreeTransition; pointer: string; json: Json; key: string; targets: readonly string[] }

const keyOf = ({ trigger }: TreeTransition): string =>
  trigger.kind === 'on'
    ? `on ${trigger.descriptor}`
    : trigger.kind === 'after'
      ? `after ${trigger.delay}`
      : trigger.kind

function waysOf(
  definition: Json,
  node: TreeNode,
  pointers: readonly string[],
  placeOf: (path: string) => string | undefined,
): Way[] {
  return node.transitions.map((placed, index) => ({
    placed,
    pointer: pointers[index] ?? placed.pointer,
    json: at(definition, ...tokensOf(placed.pointer)) ?? {},
    key: keyOf(placed),
    targets: [...placed.targets.map(({ path }) => placeOf(path) ?? `\0${path}`), ...placed.unresolved],
  }))
}

/** Alike but for how the target is written. */
const isSameWay = (one: Way, other: Way): boolean =>
  one.key === other.key &&
  isAlike([...one.targets], [...other.targets]) &&
  isAlike(untargeted(one.json), untargeted(other.json))
const untargeted = (json: Json): Json => (isObject(json) ? withMember(json, 'target', undefined) : json)

export function wayDifferences({ before, named, after, node, same, next, states }: Ways): Difference[] {
  const old = waysOf(
    named,
    same,
    node.transitions.map(({ pointer }) => pointer),
    (path) => states.places.get(path),
  )
  const now = waysOf(after, next, [], (path) => path)
  const pairs = paired(old, now)
  const found = pairs.flatMap(([one, other]) => pairDifferences(one, other, after, next))
  for (const way of old)
    if (!pairs.some(([one]) => one === way))
      found.push(
        difference(
          'removed',
          { ...wayAbout(before, node, way), pointer: way.pointer },
          gone(WAY, wayName(before, node, way)),
        ),
      )
  for (const way of now)
    if (!pairs.some(([, other]) => other === way))
      found.push(difference('added', wayAbout(after, next, way), come(WAY, wayName(after, next, way))))
  const isReordered = pairs.some(([one, other], index) =>
    pairs
      .slice(index + 1)
      .some(([later, after]) => later.key === one.key && now.indexOf(after) < now.indexOf(other)),
  )
  if (isReordered) {
    const about = stateAbout(after, next)
    found.push(
      difference(
        'changed',
        about,
        words(`${about.name.en}: order of its transitions changed`, `${about.name.zh}：转移的优先顺序有变动`),
      ),
    )
  }
  return found
}

/** The same ones first, then those of the same trigger and target, then of the same trigger, in order. */
function paired(old: readonly Way[], now: readonly Way[]): [Way, Way][] {
  const pairs = new Map<Way, Way>()
  const free = new Set(now)
  const rules = [
    isSameWay,
    (one: Way, other: Way) => one.key === other.key && isAlike([...one.targets], [...other.targets]),
    (one: Way, other: Way) => one.key === other.key,
    (one: Way, other: Way) =>
      isAlike([...one.targets], [...other.targets]) && isAlike(untargeted(one.json), untargeted(other.json)),
  ]
  for (const rule of rules)
    for (const way of old) {
      if (pairs.has(way)) continue
      const match = [...free].find((other) => rule(way, other))
      if (match === undefined) continue
      pairs.set(way, match)
      free.delete(match)
    }
  return old.flatMap((way): [Way, Way][] => {
    const match = pairs.get(way)
    return match === undefined ? [] : [[way, match]]
  })
}

function pairDifferences(one: Way, other: Way, after: Json, next: TreeNode): Difference[] {
  if (isSameWay(one, other)) return []
  const about = wayAbout(after, next, other)
  const found: Difference[] = []
  if (one.key !== other.key)
    found.push(
      difference(
        'changed',
        about,
        words(`${about.name.en}: it has another trigger`, `${about.name.zh}：触发方式有变动`),
      ),
    )
  if (!isAlike([...one.targets], [...other.targets])) {
    const to = targetName(after, other)
    found.push(
      difference(
        'changed',
        about,
        words(`${about.name.en} now leads to ${to.en}`, `${about.name.zh}的去向改为${to.zh}`),
      ),
    )
  }
  return [...found, ...membersOf(untargeted(one.json), untargeted(other.json), about)]
}

const wayAbout = (definition: Json, node: TreeNode, way: Way): About => ({
  subject: 'transition',
  pointer: way.placed.pointer,
  name: wayName(definition, node, way),
  state: node.path,
})

/** “Booked” on “Assign”. */
function wayName(definition: Json, node: TreeNode, { placed }: Way): Words {
  const from = nameOf(definition, node)
  const { trigger } = placed
  switch (trigger.kind) {
    case 'on': {
      const event = titled(at(definition, ...PLACE_OF.events, trigger.descriptor), trigger.descriptor)
      return words(`${from.en} on ${event.en}`, `${from.zh}的${event.zh}`)
    }
    case 'after': {
      const delay = titled(at(definition, ...PLACE_OF.delays, trigger.delay), trigger.delay)
      return words(`${from.en} after ${delay.en}`, `${from.zh}的延时${delay.zh}`)
    }
    case 'always':
      return words(`${from.en} at once`, `${from.zh}的自动转移`)
    case 'done':
      return words(`${from.en} when done`, `${from.zh}的完成转移`)
  }
}

function targetName(definition: Json, { placed }: Way): Words {
  const names = placed.targets.map((target) => nameOf(definition, target))
  const all = [...names, ...placed.unresolved.map((text) => words(text, text))]
  return all.length === 0
    ? words('no other state', '无（停留在本状态）')
    : words(all.map(({ en }) => en).join(', '), all.map(({ zh }) => zh).join('、'))
}
