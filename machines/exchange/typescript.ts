/**
 * A definition as a TypeScript module for xstate 5: `setup({ … }).createMachine({ … })` in one file.
 *
 * Promises: compiles under `strict` and runs. Conditions and values are plain TypeScript; what needs more than the
 * machine knows (certificates, calendars, expressions without a counterpart) asks `hooks`, which say no until they
 * are given. Checklists bar the way as they do here. Texts, norms and roles stand in `meta` and in constants.
 * Must not: emit text of a definition except as a literal.
 *
 * What the file does not do: refuse an event for its sender's role (`eventRoles` is there to ask), or arm a delay anew
 * when a field changes.
 */
import { checklistOf } from '../compile/checklists.ts'
import { exitedBy, exitedInTheEnd } from '../compile/exits.ts'
import type { Definition } from '../definition/schema.ts'
import {
  ancestorsOf,
  buildTree,
  entersAnew,
  isBelow,
  type Tree,
  type TreeNode,
  type TreeTransition,
} from '../definition/tree.ts'
import { Parts } from './ts-parts.ts'
import { literal } from './ts-piece.ts'
import { RUNTIME } from './ts-runtime.ts'
import { comment, eventType, fieldsType } from './ts-types.ts'

/** Never throws on a valid definition. */
export function toTypeScript(definition: Definition): string {
  const tree = buildTree(definition)
  const parts = new Parts(definition, tree)
  const machine = new Machine(tree, parts)
  const config = machine.state(tree.root, '    ')
  return [
    head(definition, parts),
    `import { ${[...parts.imports].sort().join(', ')} } from 'xstate'`,
    '',
    fieldsType(definition),
    '',
    eventType(definition, parts.raised),
    '',
    'export type Context = {',
    '  fields: Fields',
    '  /** Ticked items. */',
    '  checklist: Record<string, true>',
    '  links: Record<string, { job: string; process: string; status: string }>',
    '}',
    '',
    '/** Who may send what. The machine does not ask: ask before you send. */',
    `export const eventRoles: Readonly<Record<string, readonly string[]>> = ${literal(rolesOf(definition))}`,
    '',
    '/** Figures that the owner of the process may change. */',
    `export const settings: ${settingsType(definition)} = ${literal(settingsOf(definition))}`,
    RUNTIME,
    machineText(definition, parts, config),
  ].join('\n')
}

const head = ({ id, meta }: Definition, { left }: Parts): string =>
  [
    '/**',
    ` * ${comment(meta.title.en ?? meta.title.zh ?? id)}: a process of Fieldchart as a machine of XState 5.`,
    ' *',
    " * `import { createActor } from 'xstate'`, then `createActor(machine, { clock, input: { … } }).start()`.",
    ' * What the machine cannot know by itself it asks of `hooks`; set them first.',
    ...(left.size === 0
      ? []
      : [
          ' *',
          ' * These expressions have no counterpart here and ask `hooks.expression`:',
          ...[...left].map((text) => ` * - ${comment(text)}`),
        ]),
    ' */',
  ].join('\n')

const rolesOf = ({ schemas }: Definition): Record<string, readonly string[]> =>
  Object.fromEntries(Object.entries(schemas.events).map(([type, event]) => [type, event.meta.roles]))
const settingsOf = ({ meta }: Definition): Record<string, unknown> =>
  Object.fromEntries(Object.entries(meta.settings ?? {}).map(([name, { value }]) => [name, value]))
const settingsType = ({ meta }: Definition): string => {
  const types = Object.entries(meta.settings ?? {}).map(
    ([name, { value }]) => `${literal(name)}: ${Array.isArray(value) ? 'string[]' : typeof value}`,
  )
  return types.length === 0 ? 'Record<string, never>' : `{ ${types.join('; ')} }`
}

function machineText(definition: Definition, parts: Parts, config: string): string {
  const defaults = Object.fromEntries(
    Object.entries(definition.schemas.context.properties).flatMap(([name, field]) =>
      field.default === undefined ? [] : [[name, field.default]],
    ),
  )
  const listed = (of: ReadonlyMap<string, string>): string =>
    [...of].map(([name, code]) => `    ${literal(name)}: ${code},\n`).join('')
  return `const defaults: Fields = ${literal(defaults)}

export const machine = setup({
  types: {
    context: {} as Context,
    events: {} as Event,
    input: {} as Fields | undefined,
  },
  guards: {
    /** Wildcards are for the events of the process. */
    declared: ({ event }) => Object.hasOwn(eventRoles, event.type),
${listed(parts.guards)}  },
  actions: {
    tick: assign(({ context, event }) =>
      event.type === 'fieldchart.tick' ? { checklist: { ...context.checklist, [event.item]: true as const } } : {},
    ),
    untick: assign(({ context, event }) => {
      if (event.type !== 'fieldchart.untick') return {}
      const { [event.item]: _, ...checklist } = context.checklist
      return { checklist }
    }),
    link: assign(({ context, event }) => {
      if (event.type !== 'fieldchart.link') return {}
      const { link, job, process, status } = event
      return { links: { ...context.links, [link]: { job, process, status } } }
    }),
    /** A state that is entered asks its checklist anew. */
    askAnew: assign(({ context }, params: { items: readonly string[] }) => ({
      checklist: Object.fromEntries(
        Object.entries(context.checklist).filter(([item]) => !params.items.includes(item)),
      ),
    })),
    refused: ({ event }) => hooks.refused(event.type),
${listed(parts.actions)}  },
  delays: {
${listed(parts.delays)}  },
}).createMachine({
    id: ${literal(definition.id)},
    context: ({ input }) => ({ fields: { ...defaults, ...input }, checklist: {}, links: {} }),
${config}})

`
}

class Machine {
  readonly #tree: Tree
  readonly #parts: Parts
  readonly #everywhere: ReadonlySet<string>

  constructor(tree: Tree, parts: Parts) {
    this.#tree = tree
    this.#parts = parts
    this.#everywhere = new Set(tree.nodes.map(({ path }) => path))
  }

  /** The members of a state's config, each on its line. */
  state(place: TreeNode, indent: string): string {
    const { node, kind, children } = place
    const lines: string[] = []
    const add = (key: string, value: string | undefined): void => {
      if (value !== undefined) lines.push(`${indent}${key}: ${value},\n`)
    }
    const isRoot = place.parent === undefined
    if (!isRoot && node.id !== undefined) add('id', literal(node.id))
    if (node.type !== undefined) add('type', literal(node.type))
    if (kind === 'history') {
      add('type', node.type === undefined ? literal('history') : undefined)
      if ('history' in node && node.history !== undefined) add('history', literal(node.history))
      if ('target' in node && node.target !== undefined) add('target', literal(node.target))
    }
    if (node.initial !== undefined) add('initial', literal(node.initial))
    const title = node.meta?.title
    const words = node.description ?? title?.en ?? title?.zh
    if (words !== undefined) add('description', literal(words))
    if (node.meta !== undefined) add('meta', literal(node.meta))
    if ('tags' in node && node.tags !== undefined) add('tags', literal(node.tags))
    add(
      'entry',
      this.#list([...this.#clearing(place), ...(node.entry ?? []).map((each) => this.#parts.action(each))]),
    )
    add('exit', this.#list((node.exit ?? []).map((each) => this.#parts.action(each))))
    this.#transitions(place, indent, add)
    if (children.length > 0) {
      const inner = children.map(
        (below) =>
          `${indent}  ${literal(below.key)}: {\n${this.state(below, `${indent}    `)}${indent}  },\n`,
      )
      add('states', `{\n${inner.join('')}${indent}}`)
    }
    return lines.join('')
  }

  #list(actions: readonly string[]): string | undefined {
    return actions.length === 0 ? undefined : `[${actions.join(', ')}]`
  }

  #clearing(place: TreeNode): string[] {
    const items = checklistOf(place).flatMap((item) => (item.keep === true ? [] : [item.id]))
    return items.length === 0 ? [] : [literal({ type: 'askAnew', params: { items } })]
  }

  #transitions(place: TreeNode, indent: string, add: (key: string, value: string | undefined) => void): void {
    const groups = {
      on: new Map<string, string[]>(),
      after: new Map<string, string[]>(),
      always: [] as string[],
      done: [] as string[],
    }
    for (const each of place.transitions) {
      const written = this.#written(each)
      const { trigger } = each
      if (trigger.kind === 'always') groups.always.push(...written)
      else if (trigger.kind === 'done') groups.done.push(...written)
      else {
        const [map, key] =
          trigger.kind === 'on' ? [groups.on, trigger.descriptor] : [groups.after, trigger.delay]
        map.set(key, [...(map.get(key) ?? []), ...written])
      }
    }
    if (place.parent === undefined) {
      groups.on.set('fieldchart.tick', ["{ actions: 'tick' }"])
      groups.on.set('fieldchart.untick', ["{ actions: 'untick' }"])
      groups.on.set('fieldchart.link', ["{ actions: 'link' }"])
    }
    const all = (list: readonly string[]): string =>
      `[\n${list.map((each) => `${indent}    ${each},\n`).join('')}${indent}  ]`
    const map = (of: ReadonlyMap<string, string[]>): string | undefined =>
      of.size === 0
        ? undefined
        : `{\n${[...of].map(([key, list]) => `${indent}  ${literal(key)}: ${all(list)},\n`).join('')}${indent}}`
    add('on', map(groups.on))
    add('always', groups.always.length === 0 ? undefined : all(groups.always))
    add('after', map(groups.after))
    add('onDone', groups.done.length === 0 ? undefined : all(groups.done))
  }

  /** The transition, and before it what refuses the event while a checklist is open. */
  #written(placed: TreeTransition): string[] {
    const { transition, trigger } = placed
    const guards = [
      ...(trigger.kind === 'on' && trigger.descriptor === '*' ? [literal('declared')] : []),
      ...(transition.guard === undefined ? [] : [this.#parts.guard(transition.guard)]),
    ]
    const own = (more: readonly string[]): string => {
      const all = [...guards, ...more]
      return this.#config(placed, all.length === 0 ? undefined : this.#parts.all(all))
    }
    if (trigger.kind === 'always')
      return [own(this.#barring(placed, exitedBy(placed, this.#everywhere), false))]
    if (trigger.kind !== 'on') return [own([])]
    const open = this.#barring(placed, exitedInTheEnd(placed, this.#everywhere), true)
    if (open.length === 0) return [own([])]
    const barred = this.#parts.all([...guards, this.#parts.any(open)])
    return [`{ guard: ${barred}, actions: 'refused' }`, own([])]
  }

  /** For each state that is left and has a checklist, whether it is open, or done. */
  #barring(placed: TreeTransition, left: ReadonlySet<string>, isOpen: boolean): string[] {
    if (placed.transition.meta?.waivesChecklist === true) return []
    return [...left].flatMap((path) => {
      const state = this.#tree.byPath.get(path)
      if (state === undefined) return []
      const told = isOpen ? this.#parts.checklistOpen(state) : this.#parts.checklistDone(state)
      if (told === undefined) return []
      if (state === placed.source || isBelow(placed.source, state)) return [told]
      if (!isTogether(state, placed.source)) return []
      const inside = this.#parts.inState(state, !isOpen)
      return [isOpen ? this.#parts.all([inside, told]) : this.#parts.any([inside, told])]
    })
  }

  #config(placed: TreeTransition, guard: string | undefined): string {
    const { target, actions = [], description, meta } = placed.transition
    const words = description ?? meta?.title?.en ?? meta?.title?.zh
    const members = [
      ...(target === undefined ? [] : [`target: ${literal(target)}`]),
      ...(guard === undefined ? [] : [`guard: ${guard}`]),
      ...(actions.length === 0
        ? []
        : [`actions: [${actions.map((each) => this.#parts.action(each)).join(', ')}]`]),
      ...(entersAnew(placed) ? ['reenter: true'] : []),
      ...(words === undefined ? [] : [`description: ${literal(words)}`]),
      ...(meta === undefined ? [] : [`meta: ${literal(meta)}`]),
    ]
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
  }
}

/** Whether both can be active at once: one lies in the other, or they lie in regions of the same state. */
function isTogether(one: TreeNode, other: TreeNode): boolean {
  if (isBelow(one, other)) return true
  const above = ancestorsOf(one).find((each) => isBelow(other, each))
  return above?.kind === 'parallel'
}
