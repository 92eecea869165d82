/**
 * The names that a definition's expressions may use, and the shapes of what they stand for.
 *
 * Promises: everything that can be read is here; what is not here is an unknown name. Tolerant of a definition that
 * is still being drawn.
 * Must not: recurse over a definition (its depth is a stranger's choice).
 */
import type { Definition, EventSchema } from '../definition/schema.ts'
import { BOOL, DYN, type Fields, keyOf, type Shape, STRING, shapesOf } from './shapes.ts'

/** Links at the root's own transitions and actions are found where these are given. */
export type ExpressionSource = Pick<Definition, 'schemas' | 'states' | 'meta'> &
  Partial<Pick<Definition, 'on' | 'always' | 'after' | 'entry' | 'exit'>>

export type Vocabulary = {
  readonly job: Fields
  readonly actor: Fields
  readonly checklist: Fields
  readonly settings: Fields
  readonly links: Fields
  readonly events: ReadonlyMap<string, Fields>
}

/** The variables besides `event`, which is there for some expressions only. */
export const OBJECTS = ['job', 'actor', 'checklist', 'settings', 'links'] as const
export const VARIABLES = [...OBJECTS, 'event', 'now', 'tz'] as const
export type Variable = (typeof VARIABLES)[number]

const ACTOR: Fields = new Map<string, Shape>([
  ['id', STRING],
  ['name', STRING],
  ['roles', { kind: 'list', of: STRING }],
])
const LINK: Shape = {
  kind: 'object',
  fields: new Map([
    ['job', STRING],
    ['process', STRING],
    ['status', STRING],
  ]),
}
/** Every job knows the one that started it by this name. */
const PARENT = 'parent'

export function vocabularyOf(definition: ExpressionSource): Vocabulary {
  const { items, links } = namesIn(definition)
  return {
    job: shapesOf(definition.schemas.context.properties),
    actor: ACTOR,
    checklist: new Map(items.map((item) => [item, BOOL])),
    settings: new Map(
      Object.entries(definition.meta.settings ?? {}).map(([name, { value }]) => [name, settingShape(value)]),
    ),
    links: new Map([PARENT, ...links].map((link) => [link, LINK])),
    events: new Map(
      Object.entries(definition.schemas.events).map(([type, event]) => [type, payloadOf(event)]),
    ),
  }
}

const payloadOf = (event: EventSchema): Fields => shapesOf(event.properties)

function settingShape(value: string | number | boolean | string[]): Shape {
  if (typeof value === 'string') return STRING
  if (typeof value === 'boolean') return BOOL
  if (typeof value === 'number') return { kind: Number.isSafeInteger(value) ? 'int' : 'double' }
  return { kind: 'list', of: STRING }
}

/** Ids of checklist items and names of links, wherever in the states they stand. */
function namesIn(definition: ExpressionSource): { items: string[]; links: string[] } {
  const items: string[] = []
  const links: string[] = []
  const { states, on, always, after, entry, exit } = definition
  const left: unknown[] = [states, on, always, after, entry, exit]
  for (let value = left.pop(); value !== undefined || left.length > 0; value = left.pop()) {
    if (typeof value !== 'object' || value === null) continue
    if ('checklist' in value && Array.isArray(value.checklist)) items.push(...value.checklist.flatMap(idOf))
    if ('type' in value && value.type === 'startJob' && 'params' in value) links.push(...linkOf(value.params))
    left.push(...Object.values(value))
  }
  return { items, links }
}

const idOf = (item: unknown): string[] =>
  typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string' ? [item.id] : []
const linkOf = (params: unknown): string[] =>
  typeof params === 'object' && params !== null && 'link' in params && typeof params.link === 'string'
    ? [params.link]
    : []

/** What every one of these events carries, with the same type: no other name can be relied on. */
export function commonPayload(vocabulary: Vocabulary, types: readonly string[]): Fields {
  const [first, ...others] = types.map((type) => vocabulary.events.get(type) ?? new Map<string, Shape>())
  if (first === undefined) return new Map()
  return new Map(
    [...first].filter(([name, shape]) =>
      others.every((fields) => {
        const other = fields.get(name)
        return other !== undefined && keyOf(other) === keyOf(shape)
      }),
    ),
  )
}

/** What any event may carry; a name of different types is anything. */
export function anyPayload(vocabulary: Vocabulary): Fields {
  const found = new Map<string, Shape>()
  for (const fields of vocabulary.events.values()) {
    for (const [name, shape] of fields) {
      const other = found.get(name)
      found.set(name, other === undefined || keyOf(other) === keyOf(shape) ? shape : DYN)
    }
  }
  return found
}
