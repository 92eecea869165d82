/**
 * The names that a process knows, by what a place in its text asks for.
 *
 * Promises: never throws, however broken the definition. Must not: know an editor.
 */
import { isWithin, tokensOf } from '../../machines/definition/pointer.ts'
import { Duration, EventType, FieldName, NormId, type Text } from '../../machines/definition/schema.ts'
import type { Tree, TreeNode } from '../../machines/definition/tree.ts'
import { NORMS } from '../../machines/norms.ts'
import { formatDuration } from '../../machines/time/duration.ts'
import { treeOf } from '../document/document.ts'
import { at, entriesOf, isObject, type Json, keysOf, listOf, stringsOf, textOf } from '../document/json.ts'
import { targetText } from '../document/targets.ts'
import { patternOf, schemaOf } from './schema-at.ts'

/** A name with what people call it. */
export type Named = { readonly name: string; readonly title: Text }
/** What lies outside of the definition. */
export type Outside = { readonly calendars: readonly Named[]; readonly processes: readonly Named[] }

const USUAL_TIMES = ['PT5M', 'PT10M', 'PT15M', 'PT20M', 'PT30M', 'PT1H', 'PT2H', 'PT4H', 'P1D', 'P2D', 'P7D']
const FIELDS = ['schemas', 'context', 'properties']
const EVENTS = ['schemas', 'events']
const patternIn = (schema: unknown): string | undefined => patternOf(schemaOf(schema))
const PATTERN = {
  normId: patternIn(NormId),
  eventType: patternIn(EventType),
  fieldName: patternIn(FieldName),
  duration: patternIn(Duration),
}
const NORM_NAMES: readonly Named[] = NORMS.map(({ id, en, zh }) => ({ name: id, title: { en, zh } }))

/**
 * What may stand as a text at `pointer`.
 *
 * @param pattern of the schema there, which tells the ids of norms, events and fields
 */
export function namesFor(
  definition: Json,
  pointer: string,
  pattern: string | undefined,
  outside: Outside,
): readonly Named[] {
  if (!isObject(definition)) return []
  const tokens = tokensOf(pointer)
  const last = tokens.at(-1) ?? ''
  const isEntry = /^\d+$/.test(last)
  const key = isEntry ? (tokens.at(-2) ?? '') : last
  const parent = tokens.slice(0, isEntry ? -2 : -1)
  const tree = treeOf(definition)
  switch (key) {
    case 'target':
      return targetsFrom(tree, definition, pointer)
    case 'initial':
      return stateAt(tree, pointer).children.map((node) => stateName(definition, node))
    case 'state':
      return tree.nodes
        .filter(({ path }) => path !== '')
        .map((node) => ({ ...stateName(definition, node), name: node.path }))
    case 'calendar':
      return outside.calendars
    case 'process':
    case 'complaint':
      return outside.processes
    case 'certificate':
      return entriesOf(at(definition, 'meta', 'certificates')).map(([name, title]) => named(name, title))
    case 'delay':
      return declared(definition, ['delays'])
    case 'windows':
    case 'of':
      return declared(definition, FIELDS)
    case 'items':
      return itemsOf(tree, definition)
    case 'link':
    case 'id':
      return []
    case 'required':
      return keysOf(at(definition, ...parent, 'properties')).map((name) =>
        named(name, at(definition, ...parent, 'properties', name, 'meta', 'title')),
      )
  }
  if (pattern === PATTERN.normId) return NORM_NAMES
  if (pattern === PATTERN.eventType) return declared(definition, EVENTS)
  if (pattern === PATTERN.fieldName) return declared(definition, FIELDS)
  if (pattern === PATTERN.duration) return USUAL_TIMES.map((name) => ({ name, title: timeInWords(name) }))
  return []
}

const timeInWords = (iso: string): Text => ({ en: formatDuration(iso, 'en'), zh: formatDuration(iso, 'zh') })

/** What the keys of the object at `pointer` may be, where its keys are names. */
export function keysFor(definition: Json, pointer: string): readonly Named[] {
  if (!isObject(definition)) return []
  const tokens = tokensOf(pointer)
  const last = tokens.at(-1)
  if (last === 'on') return declared(definition, EVENTS)
  if (last === 'after') return declared(definition, ['delays'])
  if (last === 'context' && tokens.at(-2) !== 'schemas') return declared(definition, FIELDS)
  if (last === 'options')
    return stringsOf(at(definition, ...tokens.slice(0, -2), 'enum')).map((name) => named(name, undefined))
  return []
}

/** What a name at a place stands for: a norm's rule, a state's title. */
export function titleOfName(
  definition: Json,
  pointer: string,
  value: string,
  pattern: string | undefined,
  outside: Outside,
): Text | undefined {
  if (pattern === PATTERN.duration) {
    const title = timeInWords(value)
    return title.en === value ? undefined : title
  }
  return namesFor(definition, pointer, pattern, outside).find(({ name }) => name === value)?.title
}

const named = (name: string, title: Json | undefined): Named => {
  const [en, zh] = [textOf(at(title, 'en')), textOf(at(title, 'zh'))]
  return { name, title: { ...(en === undefined ? {} : { en }), ...(zh === undefined ? {} : { zh }) } }
}
const stateName = (definition: Json, { key, pointer }: TreeNode): Named =>
  named(key, at(definition, ...tokensOf(pointer), 'meta', 'title'))

/** The state around a place. */
const stateAt = ({ nodes, root }: Tree, pointer: string): TreeNode =>
  nodes.findLast((node) => isWithin(pointer, node.pointer)) ?? root

/** Every state as a transition from here would name it: its neighbours first. */
function targetsFrom(tree: Tree, definition: Json, pointer: string): Named[] {
  const from = stateAt(tree, pointer)
  const distance = (node: TreeNode): number =>
    node.parent === from.parent ? 0 : node.parent === from ? 1 : 2
  return tree.nodes
    .filter(({ path }) => path !== '')
    .toSorted((one, other) => distance(one) - distance(other))
    .map((node) => ({ ...stateName(definition, node), name: targetText(tree, from, node) }))
}

function declared(definition: Json, place: readonly string[]): Named[] {
  return entriesOf(at(definition, ...place)).map(([name, held]) => named(name, at(held, 'meta', 'title')))
}

function itemsOf({ nodes }: Tree, definition: Json): Named[] {
  return nodes.flatMap(({ pointer }) =>
    listOf(at(definition, ...tokensOf(pointer), 'meta', 'checklist')).flatMap((item) => {
      const id = textOf(at(item, 'id'))
      return id === undefined ? [] : [named(id, at(item, 'title'))]
    }),
  )
}
