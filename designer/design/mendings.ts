/**
 * How a problem can be mended: at once, by choosing, or by writing what is missing.
 *
 * Promises: what is offered is something that is there (a state, an event, a role); applying it is one command.
 * Must not: guess for the reader where there are several ways; then it is for him to choose.
 */
import { child, tokensOf } from '../../machines/definition/pointer.ts'
import type { Problem } from '../../machines/definition/problem.ts'
import { ROLES } from '../../machines/definition/schema.ts'
import { drawing as english } from '../../machines/drawing/text/en.ts'
import { drawing as chinese } from '../../machines/drawing/text/zh.ts'
import { type DeclaredKind, PLACE_OF } from '../document/clip.ts'
import type { Command } from '../document/command-stack.ts'
import { removeDelay, removeEvent, removeField, removeSetting } from '../document/commands/declaration.ts'
import { applyFix, setRoles, setText, setValue } from '../document/commands/process.ts'
import { connect, reconnect } from '../document/commands/transition.ts'
import { treeOf } from '../document/document.ts'
import { at, isObject, type Json, keysOf, member, textOf } from '../document/json.ts'
import { type Words, words } from '../document/problem.ts'
import { titleOf } from '../document/questions.ts'
import { placeName, selectedAt } from './places.ts'

type Choice = { readonly value: string; readonly title: Words }
export type Tongue = 'en' | 'zh'

export type Mending =
  | { readonly kind: 'do'; readonly title: Words; readonly command: Command }
  /** One of each list. */
  | {
      readonly kind: 'choose'
      readonly title: Words
      readonly lists: readonly { readonly label: Words; readonly choices: readonly Choice[] }[]
      make(chosen: readonly string[]): Command
    }
  | {
      readonly kind: 'write'
      readonly title: Words
      readonly missing: readonly Tongue[]
      /** What is there in the other language. */
      readonly beside: string
      make(text: Partial<Record<Tongue, string>>): Command
    }

/** What can be offered for a problem; first what the validator itself knows. */
export function mendingsOf(definition: Json, problem: Problem): Mending[] {
  const { fix } = problem
  const known: Mending[] = fix === undefined ? [] : [{ kind: 'do', title: fix.title, command: applyFix(fix) }]
  if (!isObject(definition)) return known
  const more = KINDS[problem.code]?.(definition, problem.path)
  return more === undefined || isEmpty(more) ? known : [...known, more]
}

/** Nothing to choose from is no offer. */
const isEmpty = (mending: Mending): boolean =>
  mending.kind === 'choose' && mending.lists.some(({ choices }) => choices.length === 0)

type Maker = (definition: Json, path: string) => Mending | undefined

const last = (path: string): string => tokensOf(path).at(-1) ?? ''
const above = (path: string, steps = 1): string => child('', ...tokensOf(path).slice(0, -steps))

const choose = (
  title: Words,
  label: Words,
  choices: readonly Choice[],
  make: (value: string) => Command,
): Mending => ({ kind: 'choose', title, lists: [{ label, choices }], make: ([value = '']) => make(value) })

const CHOOSE = words('Choose…', '选择…')
const STATE = words('State', '状态')
const EVENT = words('Event', '事件')

/** Every state but the process itself, as people call it, with those around it. */
const statesIn = (definition: Json): Choice[] =>
  treeOf(definition).nodes.flatMap((node) => {
    if (node.parent === undefined) return []
    const [own, around] = [titleOf(definition, node), titleOf(definition, node.parent)]
    const title =
      node.parent.parent === undefined ? own : words(`${own.en} (${around.en})`, `${own.zh}（${around.zh}）`)
    return [{ value: node.path, title }]
  })

const childrenOf = (definition: Json, pointer: string): Choice[] =>
  keysOf(at(definition, ...tokensOf(pointer), 'states')).map((key) => ({
    value: key,
    title: placeName(definition, child(pointer, 'states', key)) ?? words(key, key),
  }))

const declared = (definition: Json, kind: DeclaredKind): Choice[] =>
  keysOf(at(definition, ...PLACE_OF[kind])).map((name) => ({
    value: name,
    title: placeName(definition, child('', ...PLACE_OF[kind], name)) ?? words(name, name),
  }))

/** A name in a value is put in its place; a name that is a key is renamed. */
const anotherName =
  (kind: DeclaredKind, label: Words): Maker =>
  (definition, path) =>
    choose(CHOOSE, label, declared(definition, kind), (name) =>
      typeof at(definition, ...tokensOf(path)) === 'string'
        ? setValue(path, name)
        : applyFix({ title: words(`Use “${name}”`, `改为“${name}”`), path, rename: name }),
    )

const removing =
  (title: Words, make: (name: string) => Command): Maker =>
  (_definition, path) => ({ kind: 'do', title, command: make(last(path)) })
const REMOVE = words('Remove it', '删除')

const aTarget: Maker = (definition, path) => {
  const place = selectedAt(definition, path)
  if (place.kind === 'transition') {
    const tokens = tokensOf(path.slice(place.pointer.length))
    const which = Number(tokens[1] ?? 0)
    return choose(CHOOSE, STATE, statesIn(definition), (target) =>
      reconnect(place.pointer, { target, which }),
    )
  }
  // A history's default: one of those beside it.
  const beside = childrenOf(definition, above(path, 3)).filter(({ value }) => value !== tokensOf(path).at(-2))
  return choose(CHOOSE, STATE, beside, (key) => setValue(path, key))
}

const aWayHere: Maker = (definition, path) => {
  const node = treeOf(definition).nodes.find(({ pointer }) => pointer === path)
  if (node === undefined) return undefined
  const leaving = treeOf(definition).nodes.filter(
    ({ kind }) => kind === 'atomic' || kind === 'compound' || kind === 'parallel',
  )
  const sources = statesIn(definition).filter(
    ({ value }) => value !== node.path && leaving.some((one) => one.path === value),
  )
  return {
    kind: 'choose',
    title: words('Lead a transition here…', '连接到此状态…'),
    lists: [
      { label: words('From state', '来源状态'), choices: sources },
      { label: words('On event', '触发事件'), choices: declared(definition, 'events') },
    ],
    make: ([source = '', descriptor = '']) =>
      connect({ source, trigger: { kind: 'on', descriptor }, targets: [node.path] }),
  }
}

const texts: Maker = (definition, path) => {
  const held = at(definition, ...tokensOf(path))
  const text = (tongue: Tongue): string => (textOf(member(held, tongue)) ?? '').trim()
  const missing = (['en', 'zh'] as const).filter((tongue) => text(tongue) === '')
  return {
    kind: 'write',
    title: words('Fill in…', '填写…'),
    missing,
    beside: text('en') || text('zh'),
    make: (written) => setText(path, { en: text('en'), zh: text('zh'), ...written }),
  }
}

const aTitle: Maker = (_definition, path) => ({
  kind: 'write',
  title: words('Give it a title…', '填写名称…'),
  missing: ['en', 'zh'],
  beside: last(path),
  make: ({ en = '', zh = '' }) => setValue(child(path, 'meta'), { title: { en, zh } }),
})

const aRole: Maker = (_definition, path) =>
  choose(
    words('Choose who may…', '选择可触发角色…'),
    words('Role', '角色'),
    ROLES.map((role) => ({ value: role, title: words(english.roles[role], chinese.roles[role]) })),
    (value) =>
      setRoles(
        last(above(path, 2)),
        ROLES.filter((role) => role === value),
      ),
  )

const initial =
  (place: (path: string) => { host: string; at: string }): Maker =>
  (definition, path) => {
    const { host, at: pointer } = place(path)
    return choose(CHOOSE, STATE, childrenOf(definition, host), (key) => setValue(pointer, key))
  }

const KINDS: Readonly<Record<string, Maker>> = {
  'unknown-target': aTarget,
  'unknown-initial': initial((path) => ({ host: above(path), at: path })),
  'missing-initial': initial((path) => ({ host: path, at: child(path, 'initial') })),
  'history-without-default': (definition, path) => aTarget(definition, child(path, 'target')),
  'unreachable-state': aWayHere,
  'unknown-event': anotherName('events', EVENT),
  'unknown-delay': anotherName('delays', words('Delay', '时限')),
  'unknown-field': anotherName('fields', words('Field', '字段')),
  'unknown-certificate': anotherName('certificates', words('Certificate', '证书')),
  'unused-event': removing(REMOVE, removeEvent),
  'unused-delay': removing(REMOVE, removeDelay),
  'unused-field': removing(REMOVE, removeField),
  'unused-setting': removing(REMOVE, removeSetting),
  'no-roles': aRole,
  'missing-language': texts,
  'no-text': texts,
  untitled: aTitle,
}
