/**
 * Writes `docs/definition.schema.json`, the JSON Schema (draft 2020-12) of a process definition, for editors and
 * other tools.
 *
 * Promises: made from `machines/definition/schema.ts` alone; the same input gives the same bytes.
 * Must not: describe anything by hand.
 *
 * Run: `node scripts/json-schema.ts`
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TSchema } from 'typebox'
import * as schema from '../machines/definition/schema.ts'

export const SCHEMA_FILE = fileURLToPath(new URL('../docs/definition.schema.json', import.meta.url))

/** Parts that get a name under `$defs`, those without other parts in them first. */
const NAMED: readonly (readonly [string, TSchema])[] = [
  ['Text', schema.Text],
  ['Role', schema.Role],
  ['EventRole', schema.EventRole],
  ['NormId', schema.NormId],
  ['Key', schema.Key],
  ['FieldName', schema.FieldName],
  ['EventType', schema.EventType],
  ['Duration', schema.Duration],
  ['Severity', schema.Severity],
  ['EvidenceKind', schema.EvidenceKind],
  ['Expression', schema.Expression],
  ['Value', schema.Value],
  ['Recipient', schema.Recipient],
  ['FieldMeta', schema.FieldMeta],
  ['Field', schema.Field],
  ['ContextSchema', schema.ContextSchema],
  ['EventSchema', schema.EventSchema],
  ['Guard', schema.Guard],
  ['Action', schema.Action],
  ['TransitionMeta', schema.TransitionMeta],
  ['Transition', schema.Transition],
  ['ChecklistItem', schema.ChecklistItem],
  ['StateMeta', schema.StateMeta],
  ['StateNode', schema.StateNode],
  ['Delay', schema.Delay],
  ['Setting', schema.Setting],
  ['ProcessMeta', schema.ProcessMeta],
]

type Json = { [key: string]: unknown }
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The schema of a definition, every repeated or recursive part under `$defs`. */
export function definitionSchema(): Json {
  const defs: Json = {}
  /** The name of a part by its JSON, so that it is written once. */
  const names = new Map<string, string>()
  const convert = (value: unknown, own?: string): unknown => {
    if (Array.isArray(value)) return value.map((entry) => convert(entry))
    if (!isObject(value)) return value
    const converted = isObject(value.$defs) ? hoist(value.$defs, value.$ref) : plain(value)
    const name = names.get(JSON.stringify(converted))
    return name === undefined || name === own ? converted : reference(name)
  }
  const hoist = (inner: Json, ref: unknown): Json => {
    for (const [name, part] of Object.entries(inner)) {
      if (Object.hasOwn(defs, name)) continue
      defs[name] = {}
      defs[name] = convert(part)
    }
    return reference(String(ref))
  }
  const plain = (value: Json): Json => {
    const converted: Json = {}
    for (const [key, held] of Object.entries(value)) {
      // An `$id` would be a new base for `#/$defs/…`, and common tools cannot resolve that against a URN.
      if (key === '$id') continue
      if (key === '$ref') converted.$ref = `#/$defs/${String(held)}`
      else if (key === 'properties' && isObject(held))
        converted.properties = Object.fromEntries(
          Object.entries(held).map(([name, part]) => [name, convert(part)]),
        )
      // A record: any key, one kind of value.
      else if (key === 'patternProperties' && isObject(held))
        converted.additionalProperties = convert(Object.values(held)[0])
      else converted[key] = convert(held)
    }
    return converted
  }
  for (const [name, part] of NAMED) {
    const converted = convert(JSON.parse(JSON.stringify(part)), name)
    if (!Object.hasOwn(defs, name)) defs[name] = converted
    names.set(JSON.stringify(converted), name)
  }
  const whole = convert(JSON.parse(JSON.stringify(schema.Definition)))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Fieldchart process definition',
    ...(isObject(whole) ? whole : {}),
    $defs: defs,
  }
}

const reference = (name: string): Json => ({ $ref: `#/$defs/${name}` })

/** The file as it should be. */
export const schemaText = (): string => `${JSON.stringify(definitionSchema(), null, 2)}\n`

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(SCHEMA_FILE, schemaText())
