/**
 * What a definition's guards ask, read for a search: which values are held against each other, and what flows into what.
 *
 * Promises: read from the syntax alone; the same definition gives the same reading.
 * Must not: evaluate, or run the machine.
 */
import type { Compiled } from '../compile/compile.ts'
import type { Action, Guard } from '../definition/schema.ts'
import { ancestorsOf, type TreeNode, type TreeTransition } from '../definition/tree.ts'
import { type Outline, outlineOf, partsOf } from '../expression/outline.ts'
import { entry } from '../validate/reachability.ts'

/** A literal or the name of a path (`job.x`, `event.p`, `settings.s`, `now`) that something is held against. */
export type Kin = { literals: Set<string | number | boolean>; paths: Set<string> }

export type Reading = {
  /** By `job.x`, and by `type/p` for what an event carries. */
  kin: ReadonlyMap<string, Kin>
  /** Job fields that sway a guard, a delay or a checklist, through others as well. */
  telling: ReadonlySet<string>
  /** By `type/p`: what an event carries that sways a guard, now or later. */
  carried: ReadonlySet<string>
  /** Parts of guards that only ask for the job and the time. */
  atoms: readonly Guard[]
  /** By transition: the atoms of its guard, by their places. */
  asks: ReadonlyMap<string, readonly number[]>
  /** By transition: job fields that its guard holds against who acts or what is sent. */
  weighs: ReadonlyMap<string, readonly string[]>
  /** By transition: those that enter its source. */
  leading: ReadonlyMap<string, readonly TreeTransition[]>
}

const KEYS = ['job', 'event', 'settings', 'now', 'actor', 'links', 'checklist']

/** A guard with all guards in it. */
export function guardsIn(guard: Guard): readonly Guard[] {
  if ('@expr' in guard) return [guard]
  if (guard.type === 'and' || guard.type === 'or')
    return [guard, ...guard.params.guards.flatMap((each) => guardsIn(each))]
  if (guard.type === 'not') return [guard, ...guardsIn(guard.params.guard)]
  return [guard]
}

/** An expression and all its parts; nothing for one that cannot be read. */
export function outlineParts(text: string): readonly Outline[] {
  const read = outlineOf(text)
  if (!read.ok) return []
  const found: Outline[] = []
  const pending: Outline[] = [read.outline]
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    found.push(part)
    pending.push(...partsOf(part))
  }
  return found
}

const nameOf = (part: Outline): string | undefined =>
  part.kind === 'path' && KEYS.includes(part.root) ? [part.root, ...part.names].join('.') : undefined

/** The paths that an expression reads. */
export const pathsIn = (text: string): readonly string[] =>
  outlineParts(text).flatMap((part) => nameOf(part) ?? [])

/** All expressions of a guard. */
export const textsOf = (guard: Guard): readonly string[] =>
  guardsIn(guard).flatMap((each) => {
    if ('@expr' in each) return [each['@expr']]
    return each.type === 'within' && each.params.at !== undefined ? [each.params.at['@expr']] : []
  })

/** The event whose payload a transition sees. */
const eventOf = ({ trigger }: TreeTransition): string | undefined =>
  trigger.kind === 'on' && !trigger.descriptor.includes('*') ? trigger.descriptor : undefined

export const actionsOf = (given: Action | Action[] | undefined): readonly Action[] =>
  given === undefined ? [] : Array.isArray(given) ? given : [given]

const textOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && '@expr' in value && typeof value['@expr'] === 'string'
    ? value['@expr']
    : undefined

class Reader {
  readonly kin = new Map<string, Kin>()
  /** What flows into a job field: other fields, and `type/p`. */
  readonly sources = new Map<string, Set<string>>()
  readonly asked = new Set<string>()

  /** `event.p` as `type/p`. A path below a field counts as the field and as itself. */
  private keys(path: string, event: string | undefined): string[] {
    const [root, name, below] = path.split('.')
    if (name === undefined) return []
    if (root === 'job') return [`job.${name}`]
    if (root !== 'event' || event === undefined) return []
    return below === undefined ? [`${event}/${name}`] : [`${event}/${name}`, `${event}/${name}.${below}`]
  }

  private of(key: string): Kin {
    const known = this.kin.get(key) ?? { literals: new Set(), paths: new Set() }
    this.kin.set(key, known)
    return known
  }

  private holdAgainst(text: string, event: string | undefined): void {
    for (const part of outlineParts(text)) {
      if (part.kind !== 'compare' && part.kind !== 'in' && part.kind !== 'call' && part.kind !== 'loop')
        continue
      const within = outlineParts(text.slice(part.range.start, part.range.end))
      const paths = within.flatMap((each) => nameOf(each) ?? [])
      const literals = within.flatMap((each) =>
        each.kind === 'literal' && each.value !== null ? [each.value] : [],
      )
      for (const path of paths)
        for (const key of this.keys(path, event)) {
          const kin = this.of(key)
          for (const literal of literals) kin.literals.add(literal)
          for (const other of paths) if (other !== path) kin.paths.add(other)
        }
    }
  }

  ask(text: string, event?: string): void {
    this.holdAgainst(text, event)
    for (const path of pathsIn(text)) for (const key of this.keys(path, event)) this.asked.add(key)
  }

  flow(actions: readonly Action[], event?: string): void {
    for (const action of actions) {
      if (action.type === '@xstate.assign')
        for (const [field, value] of Object.entries(action.context)) {
          const text = textOf(value)
          if (text === undefined) {
            if (typeof value === 'string' || typeof value === 'number')
              this.of(`job.${field}`).literals.add(value)
            continue
          }
          this.holdAgainst(text, event)
          const into = this.sources.get(field) ?? new Set<string>()
          for (const path of pathsIn(text)) for (const key of this.keys(path, event)) into.add(key)
          this.sources.set(field, into)
        }
      if (action.type === '@xstate.raise')
        for (const value of Object.values(action.event.payload ?? {})) {
          const text = textOf(value)
          if (text !== undefined)
            for (const path of pathsIn(text)) for (const key of this.keys(path, event)) this.asked.add(key)
        }
    }
  }
}

function readNode(reader: Reader, node: TreeNode): void {
  reader.flow(actionsOf(node.node.entry))
  if ('exit' in node.node) reader.flow(actionsOf(node.node.exit))
  const checklist =
    node.node.meta !== undefined && 'checklist' in node.node.meta ? node.node.meta.checklist : []
  for (const { required } of checklist ?? []) if (typeof required === 'object') reader.ask(required['@expr'])
  for (const placed of node.transitions) {
    const event = eventOf(placed)
    const { guard, actions } = placed.transition
    if (guard !== undefined) {
      for (const text of textsOf(guard)) reader.ask(text, event)
      for (const each of guardsIn(guard))
        if (!('@expr' in each) && each.type === 'qualified' && each.params.of !== undefined) {
          reader.asked.add(`job.${each.params.of}`)
          if (event !== undefined) reader.asked.add(`${event}/${each.params.of}`)
        }
    }
    reader.flow(actionsOf(actions), event)
  }
}

/** Fields that sway one that is asked for, and what they hold against it. */
function spread(reader: Reader): void {
  const pending = [...reader.asked]
  for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
    if (!key.startsWith('job.')) continue
    const kin = reader.kin.get(key)
    for (const source of reader.sources.get(key.slice(4)) ?? []) {
      const above = reader.kin.get(source) ?? { literals: new Set(), paths: new Set() }
      reader.kin.set(source, above)
      const before = above.literals.size + above.paths.size
      for (const literal of kin?.literals ?? []) above.literals.add(literal)
      for (const path of kin?.paths ?? []) if (!path.startsWith('event')) above.paths.add(path)
      const grown = above.literals.size + above.paths.size > before
      if (reader.asked.has(source) && !grown) continue
      reader.asked.add(source)
      pending.push(source)
    }
  }
}

function atomsOf(guard: Guard): readonly Guard[] {
  return guardsIn(guard).flatMap((each): Guard[] => {
    if (!('@expr' in each))
      return each.type === 'and' || each.type === 'or' || each.type === 'not' ? [] : [each]
    const text = each['@expr']
    const read = outlineOf(text)
    if (!read.ok) return []
    const { outline } = read
    const parts = outline.kind === 'and' || outline.kind === 'or' ? outline.parts : [outline]
    return parts.map(({ range }) => ({
      '@expr': text.slice(range.start, range.end),
      '@lang': 'cel' as const,
    }))
  })
}

/** A transition with those asked for one by one before it. */
const beforeAndOf = ({ source, trigger, index }: TreeTransition): readonly TreeTransition[] =>
  source.transitions.filter(
    (other) => JSON.stringify(other.trigger) === JSON.stringify(trigger) && other.index <= index,
  )

/**
 * What a transition enters: below what its source and its targets have in common, for what stands beside is not left. Of a history only
 * where it begins: what it remembers is not counted on.
 */
export function enteredBy({ source, targets, transition }: TreeTransition): readonly TreeNode[] {
  return targets.flatMap((target) => {
    const above = ancestorsOf(target)
    const inside = above.includes(source) && transition.reenter !== true
    const shared = inside ? source : ancestorsOf(source).find((each) => above.includes(each))
    return entry(target).filter((node) => shared === undefined || ancestorsOf(node).includes(shared))
  })
}

/** How many transitions before the one that is looked for. */
const REACH = 2

/** By transition: those that lead to its source, the nearest first. */
function leadingOf({ nodes }: Compiled['tree']): ReadonlyMap<string, readonly TreeTransition[]> {
  const entering = new Map<TreeNode, TreeTransition[]>()
  for (const { transitions } of nodes)
    for (const placed of transitions)
      for (const target of placed.targets)
        for (const node of entry(target)) {
          if (ancestorsOf(placed.source).includes(node) && !placed.transition.reenter) continue
          const known = entering.get(node) ?? []
          entering.set(node, known)
          if (!known.includes(placed)) known.push(placed)
        }
  const into = ({ source }: TreeTransition): readonly TreeTransition[] =>
    (entering.get(source) ?? []).filter((placed) => placed.source !== source)
  return new Map(
    nodes.flatMap(({ transitions }) =>
      transitions.map((placed) => {
        const found = new Set(into(placed))
        let last: readonly TreeTransition[] = [...found]
        for (let count = 1; count < REACH; count++) {
          last = last.flatMap(into).filter((each) => !found.has(each))
          for (const each of last) found.add(each)
        }
        return [placed.pointer, [...found]]
      }),
    ),
  )
}

const isOutside = (atom: Guard): boolean =>
  '@expr' in atom
    ? /\b(event|actor)\b/.test(atom['@expr'])
    : atom.type === 'qualified' && atom.params.of === undefined

/** @param compiled a valid process */
export function readingOf({ definition, tree }: Compiled): Reading {
  const reader = new Reader()
  for (const delay of Object.values(definition.delays ?? {}))
    for (const path of JSON.stringify(delay).match(/job\.\w+/g) ?? []) reader.asked.add(path)
  for (const delay of Object.values(definition.delays ?? {}))
    if (typeof delay === 'object' && 'from' in delay && typeof delay.from === 'string')
      reader.asked.add(`job.${delay.from}`)
  for (const node of tree.nodes) readNode(reader, node)
  spread(reader)
  const atoms = new Map<string, { atom: Guard; place: number }>()
  const asks = new Map<string, readonly number[]>()
  const weighs = new Map<string, readonly string[]>()
  for (const { transitions } of tree.nodes)
    for (const placed of transitions) {
      // What comes before it must not hold.
      const all = beforeAndOf(placed).flatMap(({ transition: { guard } }) =>
        guard === undefined ? [] : atomsOf(guard),
      )
      const own = all.filter((atom) => !isOutside(atom))
      const fields = all.filter(isOutside).flatMap((atom) => ('@expr' in atom ? pathsIn(atom['@expr']) : []))
      weighs.set(placed.pointer, [
        ...new Set(fields.flatMap((path) => (path.startsWith('job.') ? [path.split('.')[1] ?? ''] : []))),
      ])
      const places = own.map((atom) => {
        const key = JSON.stringify(atom)
        const known = atoms.get(key) ?? { atom, place: atoms.size }
        atoms.set(key, known)
        return known.place
      })
      asks.set(placed.pointer, [...new Set(places)])
    }
  const asked = [...reader.asked]
  return {
    kin: reader.kin,
    telling: new Set(asked.flatMap((key) => (key.startsWith('job.') ? [key.slice(4)] : []))),
    carried: new Set(asked.filter((key) => !key.startsWith('job.'))),
    atoms: [...atoms.values()].map(({ atom }) => atom),
    asks,
    weighs,
    leading: leadingOf(tree),
  }
}
