/**
 * States taken along as JSON, with all they need: what the clipboard holds, within a process and from one to another.
 *
 * Promises: targets are carried by the path of the state they meant (`@path`), so that they can be told apart where
 * they arrive. Fields, events, delays, settings and certificates that the states name come along whole.
 * Must not: change the document it was taken from.
 */
import Type, { type Static } from 'typebox'
import { Check } from 'typebox/value'
import { matchesDescriptor } from '../../machines/definition/descriptor.ts'
import { child, isWithin, tokensOf } from '../../machines/definition/pointer.ts'
import { resolveTarget } from '../../machines/definition/tree.ts'
import { type Box, type Document, readLayout, treeOf } from './document.ts'
import { at, edit, entriesOf, type Json, type JsonObject, member, textOf, toJson } from './json.ts'
import { DocumentError } from './problem.ts'
import { mapReferences, mapStateReferences, type NameKind, type Use } from './references.ts'
import { type Inner, outermost } from './states.ts'
import { targetsIn } from './targets.ts'

const Declared = Type.Record(Type.String(), Type.Unknown())
const Shape = Type.Object(
  {
    kind: Type.Literal('fieldchart-states'),
    version: Type.Literal(1),
    /** The id of the process they come from. */
    process: Type.String(),
    states: Type.Array(
      Type.Object(
        { path: Type.String(), key: Type.String(), node: Type.Unknown() },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    layout: Type.Unknown(),
    fields: Declared,
    events: Declared,
    delays: Declared,
    settings: Declared,
    certificates: Declared,
  },
  { additionalProperties: false },
)

export const DECLARED = ['fields', 'events', 'delays', 'settings', 'certificates'] as const
export type DeclaredKind = (typeof DECLARED)[number]
export const KIND_OF: Readonly<Record<DeclaredKind, NameKind>> = {
  fields: 'field',
  events: 'event',
  delays: 'delay',
  settings: 'setting',
  certificates: 'certificate',
}
/** Where each kind is declared in a definition. */
export const PLACE_OF: Readonly<Record<DeclaredKind, readonly string[]>> = {
  fields: ['schemas', 'context', 'properties'],
  events: ['schemas', 'events'],
  delays: ['delays'],
  settings: ['meta', 'settings'],
  certificates: ['meta', 'certificates'],
}

export type Clip = Omit<Static<typeof Shape>, 'states' | 'layout' | DeclaredKind> & {
  readonly states: readonly { readonly path: string; readonly key: string; readonly node: Json }[]
  readonly layout: { readonly states: { readonly [path: string]: Box } }
} & { readonly [Kind in DeclaredKind]: JsonObject }

/** The mark of a target that a clip carries. */
const CARRIED = '@'
export const carriedPath = (text: string): string | undefined =>
  text.startsWith(CARRIED) ? text.slice(CARRIED.length) : undefined

/**
 * States with all that is in them, to be pasted here or elsewhere.
 *
 * @throws DocumentError where a path names no state, or the whole process
 */
export function copyStates(document: Document, paths: readonly string[]): Clip {
  const { definition, layout } = document
  const tree = treeOf(definition)
  const nodes = outermost(tree, paths)
  const isTaken = (pointer: string): boolean => nodes.some((node) => isWithin(pointer, node.pointer))
  let marked = definition
  for (const { pointer, text, source } of targetsIn(tree, definition)) {
    const meant = resolveTarget(tree, source, text)
    if (meant !== undefined && isTaken(source.pointer))
      marked = edit(marked, tokensOf(pointer), () => `${CARRIED}${meant.path}`)
  }
  const boxes = Object.entries(layout.states).filter(([path]) => {
    const node = tree.byPath.get(path)
    return node !== undefined && isTaken(node.pointer)
  })
  return {
    kind: 'fieldchart-states',
    version: 1,
    process: textOf(member(definition, 'id')) ?? '',
    states: nodes.map(({ path, key, pointer }) => ({
      path,
      key,
      node: at(marked, ...tokensOf(pointer)) ?? {},
    })),
    layout: { states: Object.fromEntries(boxes) },
    ...needed(definition, nodes),
  }
}

/** What states declare outside of themselves, with what that needs in turn. */
function needed(definition: Json, nodes: readonly Inner[]): { [Kind in DeclaredKind]: JsonObject } {
  const names = new Map<NameKind, Set<string>>()
  const note = ({ kind, name }: Use): string => {
    const known = names.get(kind) ?? new Set()
    names.set(kind, known.add(name))
    return name
  }
  for (const { pointer, path } of nodes)
    mapStateReferences(definition, at(definition, ...tokensOf(pointer)) ?? {}, path, note)
  const delays = member(definition, 'delays')
  const waited = names.get('delay') ?? new Set()
  // A delay counts from fields and takes its length from settings.
  mapReferences({ delays: only(delays, (name) => waited.has(name)) }, note)
  const isNamed =
    (kind: NameKind) =>
    (name: string): boolean =>
      names.get(kind)?.has(name) === true
  const isTaken = (type: string): boolean =>
    [...(names.get('event') ?? [])].some((descriptor) => matchesAnEvent(descriptor, type))
  return {
    fields: only(at(definition, ...PLACE_OF.fields), isNamed('field')),
    events: only(at(definition, ...PLACE_OF.events), isTaken),
    delays: only(delays, (name) => waited.has(name)),
    settings: only(at(definition, ...PLACE_OF.settings), isNamed('setting')),
    certificates: only(at(definition, ...PLACE_OF.certificates), isNamed('certificate')),
  }
}

/** `*` stands for whatever there is where it arrives. */
const matchesAnEvent = (descriptor: string, type: string): boolean =>
  descriptor !== '*' && matchesDescriptor(descriptor, type)

const only = (declared: Json | undefined, isWanted: (name: string) => boolean): JsonObject =>
  Object.fromEntries(entriesOf(declared).filter(([name]) => isWanted(name)))

/**
 * A clip as a clipboard or another window gave it.
 *
 * @throws DocumentError on anything that `copyStates` did not make
 */
export function readClip(value: unknown): Clip {
  if (!Check(Shape, value))
    throw new DocumentError('there is nothing here that can be pasted', '剪贴板中没有可粘贴的状态')
  const json = toJson(value)
  const declared = (kind: DeclaredKind): JsonObject =>
    Object.fromEntries(entriesOf(member(json, kind)).filter(([, held]) => typeof held === 'object'))
  return {
    kind: value.kind,
    version: value.version,
    process: value.process,
    states: value.states.map(({ path, key }, index) => ({
      path,
      key,
      node: at(json, 'states', index, 'node') ?? {},
    })),
    layout: readLayout(member(json, 'layout')),
    fields: declared('fields'),
    events: declared('events'),
    delays: declared('delays'),
    settings: declared('settings'),
    certificates: declared('certificates'),
  }
}

/** A definition that holds what a clip declares: what its names are looked up in. */
export const clipContext = (clip: Clip): Json => ({
  id: clip.process,
  schemas: { context: { properties: clip.fields }, events: clip.events },
  states: Object.fromEntries(clip.states.map(({ node }, index) => [child('', index), node])),
})
