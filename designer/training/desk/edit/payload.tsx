/**
 * Values by a schema, as a form: the fields a job starts with, and what an event carries. Persons are those of the scenario.
 *
 * Promises: what is typed and not yet a value stays typed; a value changed elsewhere (undo, text) is shown at once.
 * Must not: judge a value; the scenario's problems do.
 */
import { Stack, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '../../../../machines/definition/schema.ts'
import { PayloadInput } from '../../../jobs/parts/payload-input.tsx'
import { type Form, formOf, payloadOf, type TypedFields, typedDefaults } from '../../../jobs/payload.ts'
import { type Option, useNames } from './names.tsx'

/** Persons become a choice among the scenario's own. */
function peopled(field: Field, people: readonly Option[]): Field {
  const { format, ...rest } = field
  if (format === 'person')
    return {
      ...rest,
      enum: people.map(({ value }) => value),
      meta: {
        title: {},
        ...field.meta,
        options: Object.fromEntries(people.map(({ value, label }) => [value, { en: label, zh: label }])),
      },
    }
  return {
    ...field,
    ...(field.items === undefined ? {} : { items: peopled(field.items, people) }),
    ...(field.properties === undefined ? {} : { properties: allPeopled(field.properties, people) }),
  }
}
const allPeopled = (
  properties: Readonly<Record<string, Field>>,
  people: readonly Option[],
): Record<string, Field> =>
  Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, peopled(field, people)]))

type Values = Readonly<Record<string, unknown>>
type Schema = {
  properties?: Readonly<Record<string, Field>>
  required?: readonly string[]
}

/** A default is what the process sets by itself: in a scenario only what differs is written. */
const withoutDefaults = (properties: Record<string, Field>): Record<string, Field> =>
  Object.fromEntries(
    Object.entries(properties).map(([name, field]) => {
      const { default: _, ...rest } = field
      return [name, rest]
    }),
  )

export function ValuesForm({
  schema,
  values,
  change,
  only,
}: {
  schema: Schema
  values: Values
  change(values: Record<string, unknown>): void
  /** Fields to show; all where it is left out. */
  only?: readonly string[]
}): ReactElement | null {
  const { t } = useTranslation()
  const { people } = useNames()
  const properties = withoutDefaults(allPeopled(schema.properties ?? {}, people))
  const form = formOf({ properties, required: schema.required ?? [] })
  const [kept, setKept] = useState<{ typed: TypedFields; made: string }>()
  // What was typed is shown as long as it is what the scenario holds; else the scenario's own.
  const typed =
    kept !== undefined && kept.made === JSON.stringify(values) ? kept.typed : typedDefaults(form, values)
  const shown = form.inputs.filter(({ name }) => only === undefined || only.includes(name))
  const unknown = Object.keys(values).filter((name) => !Object.hasOwn(properties, name))
  const put = (name: string, value: TypedFields[string]): void => {
    const next = { ...typed, [name]: value }
    const made = { ...rest(values, form), ...payloadOf(form, next) }
    setKept({ typed: next, made: JSON.stringify(made) })
    change(made)
  }
  if (form.inputs.length === 0 && unknown.length === 0) return null
  return (
    <Stack gap="sm">
      {shown.map((input) => (
        <PayloadInput
          key={input.name}
          input={input}
          value={typed[input.name]}
          put={(value) => put(input.name, value)}
          faults={[]}
          size="sm"
        />
      ))}
      {unknown.length === 0 ? null : (
        <Text size="sm" c="var(--mantine-color-error)">
          {t('trainer.form.unknownFields', { names: unknown.join(', ') })}
        </Text>
      )}
    </Stack>
  )
}

/** What the form cannot enter stays as it is. */
const rest = (values: Values, { inputs }: Form): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([key]) => inputs.every(({ name }) => name !== key)))
