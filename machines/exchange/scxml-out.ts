/**
 * A definition as SCXML (W3C Recommendation of 2015).
 *
 * Promises: states, parallel regions, history, initial states, transitions with their conditions, raised and delayed
 * events stand as SCXML's own elements; all else stands in elements of our namespace, so that `scxml-in.ts` gives the
 * same process back. Conditions and values are CEL (`datamodel="cel"`).
 * Must not: recurse deeper than a valid definition is.
 *
 * Where another engine would decide otherwise: SCXML takes `event="a"` for `a.b` too, and knows no checklist.
 */
import { isWildcard } from '../definition/descriptor.ts'
import type { Action, Definition, Delay, Guard, Value } from '../definition/schema.ts'
import { buildTree, type Tree, type TreeNode, type TreeTransition } from '../definition/tree.ts'
import { isDuration, requireDuration } from '../time/duration.ts'
import { celLeaf, conditionOf, guardFrom, type StateIds } from './condition.ts'
import { given } from './plain.ts'
import { afterEvent, doneEvent, OURS, PREFIX, SCXML } from './scxml-names.ts'
import { type Node, node, writeXml } from './xml.ts'

type Writing = { definition: Definition; tree: Tree; ids: StateIds }
const our = (name: string): string => `${PREFIX}:${name}`
const meta = (members: Record<string, unknown>): Node[] => {
  const held = given(members)
  return Object.keys(held).length === 0 ? [] : [node(our('meta'), {}, JSON.stringify(held))]
}

/** Never throws on a valid definition. */
export function toScxml(definition: Definition): string {
  const tree = buildTree(definition)
  const idOf = (place: TreeNode | undefined): string =>
    place === undefined || place.parent === undefined
      ? definition.id
      : (place.node.id ?? `${definition.id}.${place.path}`)
  const byId = new Map(tree.nodes.map((place) => [idOf(place), place.path]))
  const ids: StateIds = {
    idOf: (path) => idOf(tree.byPath.get(path)),
    pathOf: (id) => byId.get(id),
  }
  const writing: Writing = { definition, tree, ids }
  const { schemas, delays, meta: ownMeta, $schema } = definition
  const ended = `${definition.id}..end`
  return writeXml(
    node(
      'scxml',
      {
        xmlns: SCXML,
        [`xmlns:${PREFIX}`]: OURS,
        version: '1.0',
        datamodel: 'cel',
        name: definition.id,
        initial: definition.id,
      },
      [
        ...meta({ $schema, schemas, delays, meta: ownMeta }),
        node('datamodel', {}, [node('data', { id: 'job', expr: JSON.stringify(defaultsOf(definition)) })]),
        stateNode(writing, tree.root, [
          node('transition', { event: doneEvent(definition.id), target: ended, [our('end')]: 'true' }),
        ]),
        node('final', { id: ended, [our('end')]: 'true' }),
      ],
    ),
  )
}

const defaultsOf = ({ schemas }: Definition): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(schemas.context.properties).flatMap(([name, field]) =>
      field.default === undefined ? [] : [[name, field.default]],
    ),
  )

function stateNode(writing: Writing, place: TreeNode, more: Node[] = []): Node {
  const { ids } = writing
  const { node: state, kind, parent } = place
  const isRoot = parent === undefined
  const id = ids.idOf(place.path)
  const own = {
    id,
    [our('root')]: isRoot ? 'true' : undefined,
    [our('key')]: isRoot || id === `${ids.idOf(parent.path)}.${place.key}` ? undefined : place.key,
    [our('id')]: !isRoot && state.id !== undefined ? state.id : undefined,
    [our('type')]: state.type,
  }
  const about = meta({
    description: state.description,
    tags: 'tags' in state ? state.tags : undefined,
    meta: isRoot ? undefined : state.meta,
    // Lists that are there but empty, so that nothing of the definition changes on the way.
    empty: emptyIn(place),
  })
  if (kind === 'history') return historyNode(writing, place, own, about)
  const entry = [
    ...(state.entry ?? []).flatMap((action, at) => actionNodes(writing, action, at)),
    ...timers(writing, place),
  ]
  const exit = [
    ...cancels(writing, place),
    ...(state.exit ?? []).flatMap((action, at) => actionNodes(writing, action, at)),
  ]
  const name = kind === 'final' || kind === 'parallel' ? kind : 'state'
  const initial =
    state.initial === undefined
      ? undefined
      : ids.idOf(place.path === '' ? state.initial : `${place.path}.${state.initial}`)
  return node(
    name,
    {
      ...own,
      initial: kind === 'final' || kind === 'parallel' ? undefined : initial,
      ...(kind === 'parallel' ? { [our('initial')]: state.initial } : {}),
    },
    [
      ...about,
      ...(entry.length === 0 ? [] : [node('onentry', {}, entry)]),
      ...(exit.length === 0 ? [] : [node('onexit', {}, exit)]),
      ...inOrder(place).map((transition) => transitionNode(writing, transition)),
      ...more,
      ...place.children.map((below) => stateNode(writing, below)),
    ],
  )
}

const LISTS = ['entry', 'exit', 'on', 'after', 'always', 'onDone', 'states'] as const
/** Keys of the state whose value is there and empty. */
function emptyIn({ node: state }: TreeNode): Record<string, unknown> | undefined {
  const found = LISTS.flatMap((key) => {
    const value = Object.getOwnPropertyDescriptor(state, key)?.value
    if (typeof value !== 'object' || value === null || Object.keys(value).length > 0) return []
    return [[key, value] as const]
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

/** SCXML takes the first that matches: exact ones first, then the longest wildcard, as XState ranks them. */
function inOrder({ transitions }: TreeNode): TreeTransition[] {
  const rank = ({ trigger }: TreeTransition): number =>
    trigger.kind === 'on' && isWildcard(trigger.descriptor) ? 1000 - trigger.descriptor.length : 0
  return transitions.toSorted((one, other) => rank(one) - rank(other))
}

function historyNode(writing: Writing, place: TreeNode, own: Node['attributes'], about: Node[]): Node {
  const { node: state, historyDefault, parent } = place
  const deep = 'history' in state && state.history === 'deep'
  const target = 'target' in state ? state.target : undefined
  const fallback =
    parent?.kind === 'parallel' ? parent.children.filter(({ kind }) => kind !== 'history') : [parent?.initial]
  const targets = historyDefault === undefined ? fallback : [historyDefault]
  const ids = targets.flatMap((each) => (each === undefined ? [] : [writing.ids.idOf(each.path)]))
  return node(
    'history',
    {
      ...own,
      type: deep ? 'deep' : 'shallow',
      [our('history')]: 'history' in state ? state.history : undefined,
    },
    [...about, node('transition', { target: ids.join(' '), [our('target')]: target ?? '' })],
  )
}

function transitionNode(
  writing: Writing,
  { transition, trigger, targets, index, source }: TreeTransition,
): Node {
  const { ids } = writing
  const { target, guard, actions, reenter, description } = transition
  const id = ids.idOf(source.path)
  const names = targets.map((each) => ids.idOf(each.path))
  const cond = guard === undefined ? undefined : conditionOf(guard, ids)
  return node(
    'transition',
    {
      event:
        trigger.kind === 'on'
          ? trigger.descriptor
          : trigger.kind === 'after'
            ? afterEvent(trigger.delay, id)
            : trigger.kind === 'done'
              ? doneEvent(id)
              : undefined,
      cond,
      target: names.length === 0 ? undefined : names.join(' '),
      type: names.length > 0 && reenter !== true ? 'internal' : undefined,
      [our('on')]: trigger.kind === 'on' ? trigger.descriptor : undefined,
      [our('after')]: trigger.kind === 'after' ? trigger.delay : undefined,
      [our('done')]: trigger.kind === 'done' ? 'true' : undefined,
      [our('target')]: target === undefined ? undefined : JSON.stringify(target),
      [our('reenter')]: reenter === undefined ? undefined : String(reenter),
      [our('single')]: index === 0 && isSingle(source, trigger) ? 'true' : undefined,
    },
    [
      ...meta({
        description,
        meta: transition.meta,
        guard:
          guard === undefined || cond === undefined || readsBack(cond, guard, ids)
            ? undefined
            : { cond, guard },
        ...(actions?.length === 0 ? { empty: { actions } } : {}),
      }),
      ...(actions ?? []).flatMap((action, at) => actionNodes(writing, action, at)),
    ],
  )
}

/** Written without a list around it. */
function isSingle({ node: state }: TreeNode, trigger: TreeTransition['trigger']): boolean {
  switch (trigger.kind) {
    case 'on':
      return !Array.isArray(state.on?.[trigger.descriptor])
    case 'after':
      return !Array.isArray(state.after?.[trigger.delay])
    case 'always':
      return !Array.isArray(state.always)
    case 'done':
      return 'onDone' in state && !Array.isArray(state.onDone)
  }
}

function readsBack(cond: string, guard: Guard, ids: StateIds): boolean {
  const back = guardFrom(cond, ids, celLeaf)
  return back.ok && JSON.stringify(back.guard) === JSON.stringify(guard)
}

/** One `send` for each delay that something waits for. */
function timers({ definition, ids }: Writing, place: TreeNode): Node[] {
  return delaysOf(place).map((delay) => {
    const event = afterEvent(delay, ids.idOf(place.path))
    return node('send', { event, id: event, ...delayAttributes(definition, delay), [our('after')]: delay })
  })
}
const cancels = ({ ids }: Writing, place: TreeNode): Node[] =>
  delaysOf(place).map((delay) =>
    node('cancel', { sendid: afterEvent(delay, ids.idOf(place.path)), [our('after')]: delay }),
  )
const delaysOf = ({ transitions }: TreeNode): string[] => [
  ...new Set(transitions.flatMap(({ trigger }) => (trigger.kind === 'after' ? [trigger.delay] : []))),
]

/** A time that SCXML can say; one on a calendar or from a field is an expression in our words. */
function delayAttributes(definition: Definition, name: string): Record<string, string | undefined> {
  const delay =
    definition.delays === undefined
      ? undefined
      : Object.getOwnPropertyDescriptor(definition.delays, name)?.value
  const exact = delay === undefined ? undefined : seconds(delay)
  return {
    ...(exact === undefined ? { delayexpr: `delays.${name}` } : { delay: `${exact}s` }),
    [our('delay')]: name,
  }
}
function seconds({ duration, from, calendar }: Delay): number | undefined {
  if (typeof duration !== 'string' || from !== undefined || calendar !== undefined) return undefined
  if (!isDuration(duration)) return undefined
  const parts = requireDuration(duration)
  // Days and longer go by the calendar.
  if (parts.sign < 0 || parts.years + parts.months + parts.weeks + parts.days > 0) return undefined
  return parts.hours * 3600 + parts.minutes * 60 + parts.seconds
}

/** `at`: its place in its list, so that the assignments of one action stay one. */
function actionNodes({ definition }: Writing, action: Action, at: number): Node[] {
  switch (action.type) {
    case '@xstate.assign':
      return Object.keys(action.context).length === 0
        ? [node(our('action'), {}, JSON.stringify(action))]
        : Object.entries(action.context).map(([name, value]) =>
            node('assign', {
              location: `job.${name}`,
              ...valueAttributes(value),
              [our('action')]: String(at),
            }),
          )
    case '@xstate.raise': {
      const { event, id, delay } = action
      if (event.payload === undefined && delay === undefined && id === undefined)
        return [node('raise', { event: event.type })]
      const params = Object.entries(event.payload ?? {}).map(([name, value]) =>
        node('param', { name, ...valueAttributes(value) }),
      )
      const own = event.payload !== undefined && params.length === 0 ? { [our('payload')]: 'empty' } : {}
      return [
        node(
          'send',
          {
            event: event.type,
            id,
            ...(delay === undefined ? { target: '#_internal' } : delayAttributes(definition, delay)),
            ...own,
          },
          params,
        ),
      ]
    }
    case '@xstate.cancel':
      return [node('cancel', { sendid: action.id })]
    default:
      return [node(our('action'), {}, JSON.stringify(action))]
  }
}

/** A literal is written as JSON, which is CEL too; which of the two it was is said where it matters. */
function valueAttributes(value: Value): Record<string, string | undefined> {
  if (typeof value === 'object' && value !== null && '@expr' in value)
    return { expr: value['@expr'], [our('value')]: 'expression' }
  return { expr: JSON.stringify(value) }
}
