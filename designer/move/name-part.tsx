/**
 * What becomes of fields, checklist items and delays that the new version does not have, and what new fields are filled with.
 *
 * Must not: decide that a mapping is right; the server tells.
 */
import { Select, Stack, TextInput } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Value, Text as Words } from '../../machines/definition/schema.ts'
import { useSpeech } from '../text/use-language.ts'
import type { Fresh } from './mapping-model.ts'
import { shownValue, typedValue } from './typed-value.ts'

type Named = { name: string; title: Words | undefined }
/** In a list beside names, which hold no space. */
const [UNSAID, DROP] = [' unsaid', ' drop']

/** For each old name: a new one, giving it up (`null`), or nothing said (undefined). */
export function NamePart({
  old,
  next,
  said,
  label,
  dropLabel,
  unsaidLabel,
  change,
}: {
  old: readonly Named[]
  next: readonly Named[]
  said: Readonly<Record<string, string | null>>
  label(name: string): string
  /** Giving up must be said; undefined: saying nothing is giving up. */
  dropLabel: string | undefined
  unsaidLabel: string
  change(name: string, to: string | null | undefined): void
}): ReactElement {
  const { say } = useSpeech()
  const taken = new Set(Object.values(said))
  return (
    <Stack gap="sm">
      {old.map(({ name, title }) => {
        const to = said[name]
        return (
          <Select
            key={name}
            maw={560}
            size="sm"
            label={label(say(title, name))}
            data={[
              { value: UNSAID, label: unsaidLabel },
              ...(dropLabel === undefined ? [] : [{ value: DROP, label: dropLabel }]),
              ...next.map((each) => ({
                value: each.name,
                label: say(each.title, each.name),
                disabled: each.name !== to && taken.has(each.name),
              })),
            ]}
            value={to === undefined ? UNSAID : to === null ? DROP : to}
            allowDeselect={false}
            searchable
            onChange={(value) => change(name, value === DROP ? null : (unlessUnsaid(value) ?? undefined))}
          />
        )
      })}
    </Stack>
  )
}
const unlessUnsaid = (value: string | null): string | null => (value === UNSAID ? null : value)

export function ValuePart({
  fields,
  values,
  change,
}: {
  fields: readonly Fresh[]
  values: Readonly<Record<string, Value>>
  change(name: string, value: Value | undefined): void
}): ReactElement {
  return (
    <Stack gap="sm">
      {fields.map((field) => (
        <ValueField
          key={field.name}
          fresh={field}
          value={values[field.name]}
          change={(value) => change(field.name, value)}
        />
      ))}
    </Stack>
  )
}

function ValueField({
  fresh: { name, title, field },
  value,
  change,
}: {
  fresh: Fresh
  value: Value | undefined
  change(value: Value | undefined): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const [typed, setTyped] = useState(() => shownValue(value))
  const put = (text: string): void => {
    setTyped(text)
    change(text.trim() === '' ? undefined : typedValue(text, field))
  }
  const label = t('move.fields.value', { name: say(title, name) })
  const options = (field.enum ?? []).filter((each) => typeof each === 'string')
  if (field.type === 'boolean' || options.length > 0)
    return (
      <Select
        maw={560}
        size="sm"
        label={label}
        clearable
        clearButtonProps={{ 'aria-label': t('move.states.clear', { what: label }) }}
        data={
          field.type === 'boolean'
            ? [
                { value: 'true', label: t('move.fields.yes') },
                { value: 'false', label: t('move.fields.no') },
              ]
            : options.map((each) => ({ value: each, label: say(field.meta?.options?.[each], each) }))
        }
        value={typed === '' ? null : typed}
        onChange={(text) => put(text ?? '')}
      />
    )
  const isBad = typed.trim() !== '' && typedValue(typed, field) === undefined
  return (
    <TextInput
      maw={560}
      size="sm"
      label={label}
      value={typed}
      error={isBad ? t('move.fields.bad') : undefined}
      onChange={(event) => put(event.currentTarget.value)}
    />
  )
}
