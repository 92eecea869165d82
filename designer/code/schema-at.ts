/**
 * What the schema of a definition says of a place in it.
 *
 * Promises: all that may stand there, narrowed by what is written around (`type` above all); an unfinished text narrows
 * less, never throws.
 * Must not: know names of a particular process.
 */
import type { Entry, ObjectNode, TextNode } from './json-read.ts'

type Part = { readonly [key: string]: unknown }
/** A schema, and where its references lead. */
export type Schema = { readonly part: Part; readonly defs: Part }

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const partOf = (value: unknown): Part => (isPart(value) ? value : {})
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const own = (part: Part, key: string): unknown => (Object.hasOwn(part, key) ? part[key] : undefined)

export const schemaOf = (whole: unknown): Schema => ({ part: partOf(whole), defs: {} })

/** References followed, choices opened. */
function opened({ part, defs }: Schema, depth = 0): Schema[] {
  const inner = { ...defs, ...partOf(part.$defs) }
  if (depth < 20 && typeof part.$ref === 'string')
    return opened({ part: partOf(own(inner, part.$ref)), defs: inner }, depth + 1)
  const choices = listOf(part.anyOf)
  if (choices.length === 0) return [{ part, defs: inner }]
  return choices.flatMap((choice) => opened({ part: partOf(choice), defs: inner }, depth + 1))
}

/**
 * The schemas that hold for what stands at `tokens`.
 *
 * @param root what is written, to tell choices apart; the value at the very place is not asked
 */
export function schemasAt(whole: Schema, root: TextNode | undefined, tokens: readonly string[]): Schema[] {
  let found = opened(whole)
  let node = root
  for (const token of tokens) {
    const held = node
    found = narrowed(found, held, token).flatMap((schema) => below(schema, token))
    node = held === undefined ? undefined : childOf(held, token)
  }
  return distinct(found)
}

const childOf = (node: TextNode, token: string): TextNode | undefined => {
  if (node.kind === 'list') return node.entries[Number(token)]
  return node.kind === 'object' ? node.entries.find(({ key }) => key === token)?.node : undefined
}

function below({ part, defs }: Schema, token: string): Schema[] {
  const property = own(partOf(part.properties), token)
  if (property !== undefined) return opened({ part: partOf(property), defs })
  const [record] = Object.values(partOf(part.patternProperties))
  if (record !== undefined) return opened({ part: partOf(record), defs })
  return part.items !== undefined && /^\d+$/.test(token) ? opened({ part: partOf(part.items), defs }) : []
}

/** Of several choices those that what is written can be. `asked`: the key whose own value has no say in it. */
export function narrowed(found: readonly Schema[], node: TextNode | undefined, asked?: string): Schema[] {
  if (node?.kind === 'list') return found.filter(({ part }) => part.items !== undefined)
  if (node?.kind !== 'object') return [...found]
  const objects = found.filter(isObjectSchema)
  const others = node.entries.filter(({ key }) => key !== asked)
  const bound = objects.filter(({ part }) => agrees(partOf(part.properties), others))
  const most = Math.max(0, ...bound.map((schema) => known(schema, node)))
  return bound.filter((schema) => known(schema, node) === most)
}
export const isObjectSchema = ({ part }: Schema): boolean => part.type === 'object'

function agrees(properties: Part, entries: readonly Entry[]): boolean {
  return entries.every(({ key, node }) => {
    const schema = partOf(own(properties, key))
    const words = valuesOf(schema)
    return words.length === 0 || node?.kind !== 'leaf' || words.includes(node.value) || node.value === ''
  })
}
const known = ({ part }: Schema, { entries }: ObjectNode): number =>
  part.patternProperties === undefined
    ? entries.filter(({ key }) => Object.hasOwn(partOf(part.properties), key)).length
    : entries.length

/** The values that a schema names one by one. */
export function valuesOf(part: Part): unknown[] {
  if (part.const !== undefined) return [part.const]
  return [...listOf(part.enum)]
}

export type Property = { readonly key: string; readonly required: boolean; readonly schema: Schema[] }
/** The properties that an object here may have. */
export function propertiesOf(found: readonly Schema[]): Property[] {
  const made = new Map<string, Property>()
  for (const { part, defs } of found)
    for (const [key, property] of Object.entries(partOf(part.properties))) {
      const before = made.get(key)
      const schema = opened({ part: partOf(property), defs })
      const required = listOf(part.required).includes(key)
      made.set(key, {
        key,
        required: required || before?.required === true,
        schema: distinct([...(before?.schema ?? []), ...schema]),
      })
    }
  return [...made.values()]
}

export const isRecord = ({ part }: Schema): boolean => part.patternProperties !== undefined
/** What the values of a record may be. */
export const recordValues = (schema: Schema): Schema[] => (isRecord(schema) ? below(schema, '') : [])

/** What the schema says of itself. */
export const descriptionOf = ({ part }: Schema): string | undefined =>
  typeof part.description === 'string' ? part.description : undefined
export const patternOf = ({ part }: Schema): string | undefined =>
  typeof part.pattern === 'string' ? part.pattern : undefined
export const typeOf = ({ part }: Schema): string | undefined =>
  typeof part.type === 'string' ? part.type : undefined

function distinct(found: readonly Schema[]): Schema[] {
  const made = new Map<string, Schema>()
  for (const schema of found) {
    const key = JSON.stringify(schema.part)
    if (!made.has(key)) made.set(key, schema)
  }
  return [...made.values()]
}
