/**
 * What changed between two versions of a process, in sentences a process owner reads before publishing.
 *
 * Promises: every difference is said, each with its place; only two that are alike have none. What merely follows
 * from a renaming (targets, expressions) is not said again.
 * Must not: judge whether a change is good, or whom it touches.
 */
import { child, tokensOf } from '../../machines/definition/pointer.ts'
import type { TreeNode, TreeTransition } from '../../machines/definition/tree.ts'
import { DECLARED, type DeclaredKind, KIND_OF, PLACE_OF } from './clip.ts'
import { changed, labelled, said, titled } from './diff-words.ts'
import { treeOf } from './document.ts'
import {
  at,
  entriesOf,
  isAlike,
  isObject,
  type Json,
  keysOf,
  listOf,
  member,
  textOf,
  withMember,
} from './json.ts'
import { type Matching, matchNames, matchStates } from './matching.ts'
import { DocumentError, type Words, words } from './problem.ts'
import { mapReferences } from './references.ts'

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

/** All differences from `before` to `after`, the process first, then what it declares, then its states. */
export function differences(before: Json, after: Json): Difference[] {
  if (isAlike(before, after)) return []
  if (!isObject(before) || !isObject(after)) return [rewritten]
  const states = matchStates(before, after)
  const names = matchNames(before, after)
  const named = aligned(before, states, names)
  const found = [
    ...processDifferences(named, after),
    ...DECLARED.flatMap((kind) =>
      declaredDifferences(before, named, after, kind, names.get(KIND_OF[kind]) ?? new Map()),
    ),
    ...stateDifferences(before, named, after, states),
  ]
  return found.length === 0 ? [rewritten] : found
}

const rewritten: Difference = {
  kind: 'changed',
  subject: 'process',
  pointer: '',
  sentence: words('It is written in another way, and means the same', '写法有变动，含义不变'),
}

type About = { subject: Difference['subject']; pointer: string; name: Words; state?: string }

const difference = (
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
function membersOf(
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

function processDifferences(before: Json, after: Json): Difference[] {
  const about: About = { subject: 'process', pointer: '', name: words('The process', '流程') }
  const others = [
    'states',
    'initial',
    'type',
    'on',
    'always',
    'after',
    'entry',
    'exit',
    'schemas',
    'delays',
    'settings',
    'certificates',
  ]
  const found = membersOf(before, after, about, others)
  // Members that no definition has, in a broken one.
  const rest = (definition: Json): Json =>
    withMember(
      isObject(member(definition, 'schemas')) ? asObject(member(definition, 'schemas')) : {},
      'events',
      undefined,
    )
  const context = (definition: Json): Json =>
    withMember(asObject(at(definition, 'schemas', 'context')), 'properties', undefined)
  const stray = (definition: Json): Json => withMember(asObject(rest(definition)), 'context', undefined)
  if (!isAlike(stray(before), stray(after)))
    found.push(
      difference(
        'changed',
        { ...about, pointer: '/schemas' },
        words('The data of the process changed', '流程数据有变动'),
      ),
    )
  const strayContext = (definition: Json): Json =>
    withMember(asObject(context(definition)), 'required', undefined)
  if (!isAlike(strayContext(before), strayContext(after)))
    found.push(
      difference(
        'changed',
        { ...about, pointer: '/schemas/context' },
        words('The fields changed', '字段有变动'),
      ),
    )
  return found
}
const asObject = (value: Json | undefined) => (isObject(value) ? value : {})

const NOUNS: Readonly<Record<DeclaredKind, Words & { subject: Difference['subject'] }>> = {
  fields: { en: 'Field', zh: '字段', subject: 'field' },
  events: { en: 'Event', zh: '事件', subject: 'event' },
  delays: { en: 'Delay', zh: '延时', subject: 'delay' },
  settings: { en: 'Setting', zh: '设置', subject: 'setting' },
  certificates: { en: 'Certificate', zh: '证书', subject: 'certificate' },
}

function declaredDifferences(
  before: Json,
  named: Json,
  after: Json,
  kind: DeclaredKind,
  renamed: ReadonlyMap<string, string>,
): Difference[] {
  const place = PLACE_OF[kind]
  const { subject, ...noun } = NOUNS[kind]
  const [old, now] = [at(before, ...place), at(after, ...place)]
  const found: Difference[] = []
  const kept = new Set<string>()
  for (const name of keysOf(old)) {
    const other = renamed.get(name) ?? name
    const value = at(named, ...place, other) ?? null
    const next = member(now, other)
    const pointer = child('', ...place, next === undefined ? name : other)
    const about = { subject, pointer, name: titled(next ?? value, other) }
    if (next === undefined) {
      found.push(difference('removed', about, gone(noun, titled(value, name))))
      continue
    }
    kept.add(other)
    if (other !== name)
      found.push(
        difference(
          'changed',
          about,
          words(`${noun.en} “${name}” renamed to “${other}”`, `${noun.zh}“${name}”重命名为“${other}”`),
        ),
      )
    const isWhole = kind === 'certificates' || !isObject(value) || !isObject(next)
    if (!isWhole) found.push(...membersOf(value, next, about))
    else if (!isAlike(value, next))
      found.push(difference('changed', about, changed(about.name, undefined, value, next)))
  }
  for (const [name, value] of entriesOf(now))
    if (!kept.has(name))
      found.push(
        difference(
          'added',
          { subject, pointer: child('', ...place, name), name: noun },
          come(noun, titled(value, name)),
        ),
      )
  return kind === 'fields' ? [...found, ...requiredDifferences(named, after)] : found
}

function requiredDifferences(before: Json, after: Json): Difference[] {
  const list = (definition: Json): Json[] => [...listOf(at(definition, 'schemas', 'context', 'required'))]
  const old = list(before)
  const now = list(after)
  const about = (name: Json): About => {
    const key = textOf(name) ?? ''
    const pointer = child('', ...PLACE_OF.fields, key)
    return { subject: 'field', pointer, name: titled(at(after, ...PLACE_OF.fields, key), key) }
  }
  const isThere = (name: Json): boolean => at(after, ...PLACE_OF.fields, textOf(name) ?? '') !== undefined
  const found = [
    ...now
      .filter((name) => !old.includes(name))
      .map((name) => [name, 'is needed to start a job', '改为启动工单必填'] as const),
    ...old
      .filter((name) => !now.includes(name) && isThere(name))
      .map((name) => [name, 'is no longer needed to start a job', '不再是启动工单必填'] as const),
  ].map(([name, en, zh]) => {
    const place = about(name)
    return difference('changed', place, words(`${place.name.en} ${en}`, `${place.name.zh}${zh}`))
  })
  return found
}

const gone = (noun: Words, name: Words): Words =>
  words(`${noun.en} ${name.en} removed`, `删除${noun.zh}${name.zh}`)
const come = (noun: Words, name: Words): Words =>
  words(`${noun.en} ${name.en} added`, `新增${noun.zh}${name.zh}`)

const STATE = words('State', '状态')
const ITEM = words('Checklist item', '检查项')
const WAY = words('Transition', '转移')

/** The old definition in the names of the new one, so that what only follows from a renaming is alike. */
function aligned(
  before: Json,
  states: Matching,
  names: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Json {
  try {
    return mapReferences(before, ({ kind, name }) =>
      kind === 'state' ? (states.places.get(name) ?? name) : (names.get(kind)?.get(name) ?? name),
    )
  } catch (error) {
    // In a broken definition a new name may be in use already: then what follows is said, too.
    if (error instanceof DocumentError) return before
    throw error
  }
}

function stateDifferences(before: Json, named: Json, after: Json, states: Matching): Difference[] {
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

const jsonOf = (definition: Json, node: TreeNode): Json => at(definition, ...tokensOf(node.pointer)) ?? {}
const nameOf = (definition: Json, node: TreeNode): Words =>
  node.parent === undefined ? words('The process', '流程') : titled(jsonOf(definition, node), node.key)
const stateAbout = (definition: Json, node: TreeNode): About => ({
  subject: 'state',
  pointer: node.pointer,
  name: nameOf(definition, node),
  state: node.path,
})

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

/* ---------------------------------------------------------------- transitions */

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

function wayDifferences({ before, named, after, node, same, next, states }: Ways): Difference[] {
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
