/**
 * What a person does on the canvas, as commands.
 *
 * Promises: pure; one gesture gives the commands of one step. Must not: execute, or ask the person.
 */
import type { EventRole, Text } from '../../machines/definition/schema.ts'
import type { Places } from '../../machines/drawing/arrange.ts'
import type { Point } from '../../machines/drawing/graph.ts'
import type { Command } from '../document/command-stack.ts'
import { addDelay, addEvent } from '../document/commands/declaration.ts'
import { placeStates } from '../document/commands/layout.ts'
import { moveStates } from '../document/commands/move.ts'
import { addState } from '../document/commands/state.ts'
import { connect } from '../document/commands/transition.ts'
import { type Document, treeOf } from '../document/document.ts'
import { at, keysOf } from '../document/json.ts'
import { canMoveInto, type Kind, type Trigger } from '../document/questions.ts'
import { freeName, joined, outermost, requireState } from '../document/states.ts'
import { asLanguage } from '../text/language.ts'

/** A text in the reader's language alone: the other is for someone who speaks it. */
export const textIn = (language: string, text: string): Text =>
  asLanguage(language) === 'zh-CN' ? { zh: text } : { en: text }

const KEYS: Readonly<Record<Kind, string>> = {
  atomic: 'state',
  compound: 'group',
  parallel: 'parallel',
  final: 'end',
  history: 'resume',
}

export type Added = { readonly commands: readonly Command[]; readonly path: string }

/** A new state in a parent; `at`: from the parent's origin. */
export function newState(
  document: Document,
  {
    parent,
    kind = 'atomic',
    title,
    at: place,
  }: { parent: string; kind?: Kind; title?: Text; at?: Point | undefined },
): Added {
  const { children } = requireState(treeOf(document.definition), parent)
  const key = freeName(
    KEYS[kind],
    children.map((each) => each.key),
  )
  const box = place === undefined ? {} : { box: { x: Math.round(place.x), y: Math.round(place.y) } }
  return {
    path: joined(parent, key),
    commands: [addState({ parent, kind, key, ...(title === undefined ? {} : { title }), ...box })],
  }
}

/** What opens a transition, as a person says it. */
export type Opening =
  | { readonly kind: 'event'; readonly type: string }
  | { readonly kind: 'new-event'; readonly title: Text; readonly roles: readonly EventRole[] }
  | { readonly kind: 'delay'; readonly name: string }
  | {
      readonly kind: 'new-delay'
      readonly duration: string
      readonly title: Text
      readonly calendar?: string
    }
  | { readonly kind: 'always' }
  | { readonly kind: 'done' }

/** Letters and digits of a title as a name; `base` where it has none. */
export function nameFrom(title: string, base: string, between: '.' | '-' | ''): string {
  const words = title
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .slice(0, 5)
  const joinedWords =
    between === ''
      ? words
          .map((word, index) => (index === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1)))
          .join('')
      : words.join('-')
  return /^[a-z]/.test(joinedWords) ? joinedWords.slice(0, 60) : base
}

/** The trigger of an opening, with what must be declared for it first. */
function triggerFor(document: Document, opening: Opening): { trigger: Trigger; commands: Command[] } {
  switch (opening.kind) {
    case 'event':
      return { trigger: { kind: 'on', descriptor: opening.type }, commands: [] }
    case 'new-event': {
      const { title, roles } = opening
      const taken = keysOf(at(document.definition, 'schemas', 'events'))
      const type = freeName(nameFrom(title.en ?? '', 'event', '-'), taken)
      return {
        trigger: { kind: 'on', descriptor: type },
        commands: [addEvent(type, { meta: { title, roles: [...roles] } })],
      }
    }
    case 'delay':
      return { trigger: { kind: 'after', delay: opening.name }, commands: [] }
    case 'new-delay': {
      const { duration, title, calendar } = opening
      const taken = keysOf(at(document.definition, 'delays'))
      const name = freeName(nameFrom(title.en ?? '', 'delay', ''), taken)
      const delay = {
        duration,
        ...(calendar === undefined ? {} : { calendar }),
        meta: { title, kind: 'step' as const },
      }
      return { trigger: { kind: 'after', delay: name }, commands: [addDelay(name, delay)] }
    }
    case 'always':
      return { trigger: { kind: 'always' }, commands: [] }
    case 'done':
      return { trigger: { kind: 'done' }, commands: [] }
  }
}

/** A transition to a state, to a new one, or nowhere (its actions run where the job is). */
export function newWay(
  document: Document,
  source: string,
  target:
    | { readonly path: string }
    | { readonly create: { parent: string; title: Text; at?: Point | undefined } }
    | undefined,
  opening: Opening,
): readonly Command[] {
  const { trigger, commands } = triggerFor(document, opening)
  const added = target !== undefined && 'create' in target ? newState(document, target.create) : undefined
  const path = added?.path ?? (target !== undefined && 'path' in target ? target.path : undefined)
  return [
    ...commands,
    ...(added?.commands ?? []),
    connect({ source, trigger, targets: path === undefined ? [] : [path] }),
  ]
}

/**
 * States dropped after a drag: moved within their parents, or into the state they were dropped on.
 *
 * @param places of all states, before the drag
 * @param origins where each state's own origin lies on the canvas, before the drag
 * @param onto the state they were dropped on
 */
export function dropped(
  document: Document,
  paths: readonly string[],
  by: Point,
  places: Places,
  origins: ReadonlyMap<string, Point>,
  onto: string,
): Command[] {
  const nodes = outermost(treeOf(document.definition), paths)
  const inner = nodes.map(({ path }) => path)
  const enters = nodes.some(({ parent }) => parent.path !== onto) && canMoveInto(document, inner, onto).ok
  const there = origins.get(onto)
  if (enters && there !== undefined) {
    const positions = inner.map((path): [string, Point] => {
      const from = origins.get(path) ?? there
      return [path, { x: Math.round(from.x + by.x - there.x), y: Math.round(from.y + by.y - there.y) }]
    })
    return [moveStates(inner, onto, { positions: Object.fromEntries(positions) })]
  }
  const moved = inner.flatMap((path) => {
    const place = Object.hasOwn(places, path) ? places[path] : undefined
    return place === undefined
      ? []
      : [[path, { x: Math.round(place.x + by.x), y: Math.round(place.y + by.y) }] as const]
  })
  return moved.length === 0 ? [] : [placeStates(Object.fromEntries(moved))]
}
