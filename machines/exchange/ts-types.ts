/**
 * The data of a process as TypeScript types.
 *
 * Must not: emit a name that is not quoted or checked.
 */
import type { Definition, Field } from '../definition/schema.ts'
import { literal } from './ts-piece.ts'

const key = (name: string): string => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : literal(name))

/** The type of a field's value in JSON. */
function typeOf(field: Field): string {
  switch (field.type) {
    case 'string':
      return field.enum === undefined ? 'string' : field.enum.map((value) => literal(value)).join(' | ')
    case 'number':
    case 'integer':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'array':
      return field.items === undefined ? 'unknown[]' : `(${typeOf(field.items)})[]`
    case 'object':
      return field.properties === undefined
        ? 'Record<string, unknown>'
        : objectOf(field.properties, field.required ?? [], '; ')
  }
}
function objectOf(
  properties: Readonly<Record<string, Field>>,
  required: readonly string[],
  between: string,
): string {
  const members = Object.entries(properties).map(
    ([name, field]) => `${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(field)}`,
  )
  return members.length === 0 ? '{}' : `{ ${members.join(between)} }`
}

/** Fields, all optional: a job may not have them yet. */
export function fieldsType({ schemas }: Definition): string {
  const lines = Object.entries(schemas.context.properties).flatMap(([name, field]) => {
    const title = field.meta?.title.en ?? field.meta?.title.zh
    return [
      ...(title === undefined ? [] : [`  /** ${comment(title)} */`]),
      `  ${key(name)}?: ${typeOf(field)}`,
    ]
  })
  return `export type Fields = {\n${lines.join('\n')}\n}`
}

/** `raised`: events that the process raises itself with a payload, which is computed. */
export function eventType({ schemas }: Definition, raised: ReadonlySet<string>): string {
  const lines = Object.entries(schemas.events).map(([type, event]) => {
    const required = event.required ?? []
    const isOpen = raised.has(type)
    const payload = isOpen ? 'Record<string, unknown>' : objectOf(event.properties ?? {}, required, '; ')
    return `  | { type: ${literal(type)}; payload${required.length > 0 && !isOpen ? '' : '?'}: ${payload}; actor?: Actor }`
  })
  return [
    'export type Event =',
    ...lines,
    '  /** An item of a checklist is ticked, or not after all. */',
    "  | { type: 'fieldchart.tick' | 'fieldchart.untick'; item: string }",
    '  /** What is known of a linked job. */',
    "  | { type: 'fieldchart.link'; link: string; job: string; process: string; status: string }",
  ].join('\n')
}

/** Text as it may stand in a comment. */
export const comment = (text: string): string => text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')
