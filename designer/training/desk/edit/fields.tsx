/**
 * The inputs of a scenario's form: one of a list, several of a list, a stretch of time, a condition.
 *
 * Must not: know the scenario; each hands its value on.
 */
import { Group, MultiSelect, NumberInput, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Expression } from '../../../../machines/definition/schema.ts'
import type { Delay } from '../../../../machines/simulate/scenario.ts'
import { durationOf, unitsOf } from '../../../../machines/time/preview.ts'
import { fromLocal, toLocal, zoneOf } from '../../../../machines/time/zone.ts'
import { useCalendars } from '../../../panels/use-organisation.ts'
import { type Option, withUnknown } from './names.tsx'

/** So many are offered at once; a word more brings the rest. */
const MOST = 60

export function OneOf({
  label,
  value,
  from,
  change,
  clearable = false,
  help,
}: {
  label: string
  value: string | undefined
  from: readonly Option[]
  change(value: string | undefined): void
  clearable?: boolean
  help?: string
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Select
      label={label}
      description={help}
      searchable
      clearable={clearable}
      clearButtonProps={{ 'aria-label': t('trainer.form.clear', { what: label }) }}
      allowDeselect={clearable}
      limit={MOST}
      nothingFoundMessage={t('panel.nothingFound')}
      placeholder={t('trainer.form.choose')}
      data={withUnknown(from, [value ?? ''])}
      value={value === undefined || value === '' ? null : value}
      onChange={(chosen) => change(chosen ?? undefined)}
    />
  )
}

export function SeveralOf({
  label,
  value,
  from,
  change,
  help,
  placeholder,
}: {
  label: string
  value: readonly string[]
  from: readonly Option[]
  change(value: string[]): void
  help?: string
  placeholder?: string
}): ReactElement {
  const { t } = useTranslation()
  return (
    <MultiSelect
      label={label}
      description={help}
      searchable
      hidePickedOptions
      limit={MOST}
      nothingFoundMessage={t('panel.nothingFound')}
      placeholder={value.length === 0 ? (placeholder ?? t('trainer.form.choose')) : ''}
      data={withUnknown(from, value)}
      value={[...value]}
      onChange={change}
    />
  )
}

const SPANS = ['seconds', 'minutes', 'hours', 'days', 'weeks'] as const

/** Number and unit; nothing where the number is emptied; of several units as its ISO text. */
export function SpanField({
  label,
  value,
  change,
  help,
}: {
  label: string
  value: string | undefined
  change(iso: string | undefined): void
  help?: string
}): ReactElement {
  const { t } = useTranslation()
  const span = value === undefined ? undefined : unitsOf(value)
  if (value !== undefined && span === undefined)
    return (
      <TextInput
        label={label}
        description={t('panel.isoHelp')}
        value={value}
        onChange={(event) => change(event.currentTarget.value || undefined)}
      />
    )
  const unit = SPANS.find((each) => each === span?.unit) ?? 'minutes'
  const set = (number: number, chosen: (typeof SPANS)[number]): void =>
    change(durationOf({ number, unit: chosen, before: false }))
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap" maw={360}>
      <NumberInput
        flex="1"
        label={label}
        description={help}
        min={0}
        allowDecimal={false}
        allowNegative={false}
        value={span?.number ?? ''}
        onChange={(number) => (typeof number === 'number' ? set(number, unit) : change(undefined))}
      />
      <Select
        flex="1"
        aria-label={t('trainer.form.unitOf', { what: label })}
        allowDeselect={false}
        data={SPANS.map((each) => ({ value: each, label: t(`panel.units.${each}`) }))}
        value={unit}
        onChange={(chosen) => {
          const next = SPANS.find((each) => each === chosen)
          if (next !== undefined) set(span?.number ?? 1, next)
        }}
      />
    </Group>
  )
}

/** Always the same, or by chance between two. */
export function DelayField({
  label,
  value,
  change,
}: {
  label: string
  value: Delay | undefined
  change(delay: Delay | undefined): void
}): ReactElement {
  const { t } = useTranslation()
  const isChance = typeof value === 'object'
  const least = isChance ? value.least : (value ?? 'PT1M')
  const most = isChance ? value.most : (value ?? 'PT5M')
  return (
    <Stack gap={6}>
      <SegmentedControl
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        aria-label={label}
        value={isChance ? 'chance' : 'fixed'}
        onChange={(kind) => change(kind === 'chance' ? { least, most } : least)}
        data={(['fixed', 'chance'] as const).map((kind) => ({
          value: kind,
          label: t(`trainer.form.delay.${kind}`),
        }))}
      />
      {isChance ? (
        <Group gap="md">
          <SpanField
            label={t('trainer.form.delay.least')}
            value={value.least}
            change={(next) => change({ ...value, least: next ?? 'PT0S' })}
          />
          <SpanField
            label={t('trainer.form.delay.most')}
            value={value.most}
            change={(next) => change({ ...value, most: next ?? 'PT0S' })}
          />
        </Group>
      ) : (
        <SpanField label={label} value={value} change={change} />
      )}
    </Stack>
  )
}

/** A condition over the job, as the process's own conditions are written. */
export function ConditionField({
  value,
  change,
}: {
  value: Expression | undefined
  change(value: Expression | undefined): void
}): ReactElement {
  const { t } = useTranslation()
  return (
    <TextInput
      label={t('trainer.form.condition')}
      description={t('trainer.form.conditionHelp')}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      spellCheck={false}
      value={value?.['@expr'] ?? ''}
      onChange={(event) => {
        const text = event.currentTarget.value
        change(text === '' ? undefined : { '@expr': text, '@lang': 'cel' })
      }}
    />
  )
}

/** An ISO moment as a date and a time on the organisation's clocks, where the run's are. */
export function MomentField({
  label,
  value,
  change,
  help,
}: {
  label: string
  value: string
  change(iso: string): void
  help?: string
}): ReactElement {
  const zone = zoneOf(useCalendars().timeZone)
  const at = Date.parse(value)
  const local = Number.isNaN(at) ? '' : new Date(toLocal(zone, at)).toISOString().slice(0, 16)
  return (
    <TextInput
      type="datetime-local"
      label={label}
      description={help}
      value={local}
      onChange={(event) => {
        const typed = Date.parse(`${event.currentTarget.value}Z`)
        if (!Number.isNaN(typed)) change(new Date(fromLocal(zone, typed).first).toISOString())
      }}
    />
  )
}
