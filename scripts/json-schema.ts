/**
 * Writes `docs/definition.schema.json` and `docs/scenario.schema.json`, the JSON Schemas (draft 2020-12) of a process
 * definition and of a scenario, for editors and other tools.
 *
 * Promises: made from `machines/definition/schema.ts` and `machines/simulate/scenario.ts` alone; the same input gives the same bytes.
 * Must not: describe anything by hand.
 *
 * Run: `node scripts/json-schema.ts`
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TSchema } from 'typebox'
import { Evidence } from '../machines/advance/job.ts'
import * as schema from '../machines/definition/schema.ts'
import * as scenario from '../machines/simulate/scenario.ts'

export const SCHEMA_FILE = fileURLToPath(new URL('../docs/definition.schema.json', import.meta.url))
export const SCENARIO_FILE = fileURLToPath(new URL('../docs/scenario.schema.json', import.meta.url))

type Part = readonly [string, TSchema]

/** Parts that get a name under `$defs`, those without other parts in them first. */
const NAMED: readonly Part[] = [
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

const IN_SCENARIOS: readonly Part[] = [
  ['Text', schema.Text],
  ['EventRole', schema.EventRole],
  ['NormId', schema.NormId],
  ['Key', schema.Key],
  ['FieldName', schema.FieldName],
  ['EventType', schema.EventType],
  ['Duration', schema.Duration],
  ['Expression', schema.Expression],
  ['Evidence', Evidence],
  ['Act', scenario.Act],
  ['Doing', scenario.Doing],
  ['Step', scenario.Step],
  ['Chosen', scenario.Chosen],
  ['Delay', scenario.Delay],
  ['Happening', scenario.Happening],
  ['Member', scenario.Member],
  ['Move', scenario.Move],
  ['Expectation', scenario.Expectation],
  ['Rubric', scenario.Rubric],
  ['KnownRun', scenario.KnownRun],
]

type Json = { [key: string]: unknown }
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The schema of a definition, every repeated or recursive part under `$defs`. */
export const definitionSchema = (): Json =>
  schemaOf('Fieldchart process definition', schema.Definition, NAMED)

function schemaOf(title: string, root: TSchema, named: readonly Part[]): Json {
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
  for (const [name, part] of named) {
    const converted = convert(JSON.parse(JSON.stringify(part)), name)
    if (!Object.hasOwn(defs, name)) defs[name] = converted
    names.set(JSON.stringify(converted), name)
  }
  const whole = convert(JSON.parse(JSON.stringify(root)))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    ...(isObject(whole) ? whole : {}),
    $defs: defs,
  }
}

const reference = (name: string): Json => ({ $ref: `#/$defs/${name}` })

const inFile = (json: Json): string => `${JSON.stringify(json, null, 2)}\n`
/** The files as they should be. */
export const schemaText = (): string => inFile(definitionSchema())
export const scenarioText = (): string =>
  inFile(schemaOf('Fieldchart scenario', scenario.Scenario, IN_SCENARIOS))

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(SCHEMA_FILE, schemaText())
  writeFileSync(SCENARIO_FILE, scenarioText())
}
