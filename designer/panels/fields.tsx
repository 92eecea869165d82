/**
 * The inputs that all panels share: titles in both languages, roles, spans of time.
 *
 * Must not: execute commands; each hands its value on.
 */
import {
  Group,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  TextInput,
  Title,
  Text as Words,
} from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type EventRole, ROLES, type Text } from '../../machines/definition/schema.ts'
import { durationOf, UNITS, type Units, unitsOf } from '../../machines/time/preview.ts'
import { asLanguage } from '../text/language.ts'

export function Part({
  title,
  help,
  children,
}: {
  title: string
  help?: string
  children: ReactNode
}): ReactElement {
  return (
    <Stack gap={6} component="section">
      <Title order={3} size="h6">
        {title}
      </Title>
      {help === undefined ? null : (
        <Words size="xs" c="dimmed">
          {help}
        </Words>
      )}
      {children}
    </Stack>
  )
}

/** One input a language, the reader's own first. An emptied one is taken away. */
export function TextFields({
  label,
  value,
  disabled,
  change,
}: {
  label: string
  value: Text | undefined
  disabled?: boolean
  change(text: Text | undefined): void
}): ReactElement {
  const { t, i18n } = useTranslation()
  const own = asLanguage(i18n.language) === 'zh-CN' ? 'zh' : 'en'
  const said = value?.en ?? value?.zh ?? ''
  const order = own === 'zh' ? (['zh', 'en'] as const) : (['en', 'zh'] as const)
  return (
    <Group grow gap="xs" align="flex-start">
      {order.map((key) => (
        <TextInput
          key={key}
          size="xs"
          label={t('panel.inLanguage', { what: label, language: t(`language.${key}`) })}
          value={value?.[key] ?? ''}
          // Nothing is copied from the other language: what is missing is to be seen.
          placeholder={said === '' ? '' : t('actions.otherMissing', { said })}
          disabled={disabled ?? false}
          onChange={(event) => {
            const { [key]: _, ...rest } = value ?? {}
            const typed = event.currentTarget.value
            const made: Text = typed === '' ? rest : { ...rest, [key]: typed }
            change(Object.keys(made).length === 0 ? undefined : made)
          }}
        />
      ))}
    </Group>
  )
}

const isRole = (value: string): value is EventRole =>
  value === 'system' || ROLES.some((role) => role === value)

export function RolesField({
  label,
  value,
  system = false,
  change,
}: {
  label: string
  value: readonly string[]
  system?: boolean
  change(roles: EventRole[]): void
}): ReactElement {
  const { t } = useTranslation()
  const roles = system ? [...ROLES, 'system' as const] : ROLES
  return (
    <MultiSelect
      size="xs"
      label={label}
      data={roles.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
      value={[...value]}
      onChange={(chosen) => change(chosen.filter(isRole))}
      searchable
      hidePickedOptions
      comboboxProps={{ withinPortal: true }}
    />
  )
}

/** Number and unit; a span of several units as its ISO text. */
export function DurationField({
  value,
  label,
  change,
}: {
  value: string
  label: string
  change(iso: string): void
}): ReactElement {
  const { t } = useTranslation()
  const span = unitsOf(value)
  const set = (next: Units) => {
    const iso = durationOf(next)
    if (iso !== undefined) change(iso)
  }
  if (span === undefined)
    return (
      <TextInput
        size="xs"
        label={label}
        description={t('panel.isoHelp')}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      />
    )
  return (
    <Group gap="xs" align="flex-end" grow>
      <NumberInput
        size="xs"
        label={label}
        min={0}
        allowDecimal={false}
        allowNegative={false}
        value={span.number}
        onChange={(number) => {
          if (typeof number === 'number') set({ ...span, number })
        }}
      />
      <Select
        size="xs"
        label={t('panel.unit')}
        allowDeselect={false}
        data={UNITS.map((unit) => ({ value: unit, label: t(`panel.units.${unit}`) }))}
        value={span.unit}
        onChange={(chosen) => {
          const unit = UNITS.find((each) => each === chosen)
          if (unit !== undefined) set({ ...span, unit })
        }}
        comboboxProps={{ withinPortal: true }}
      />
    </Group>
  )
}
