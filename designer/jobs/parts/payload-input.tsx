/**
 * One input of a payload, for every kind of field of the definition language: texts, numbers, choices, yes or no,
 * dates, durations, persons, groups, and lists of any of them.
 *
 * Promises: a fault stands at the input that it is about; nothing is wider than a telephone.
 * Must not: know a job or a page, or send anything.
 */
import {
  Checkbox,
  Fieldset,
  Group,
  MultiSelect,
  NumberInput,
  Radio,
  Select,
  Stack,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { child } from '../../../machines/definition/pointer.ts'
import type { Field } from '../../../machines/definition/schema.ts'
import { durationOf, unitsOf } from '../../../machines/time/preview.ts'
import { usePeople } from '../../session/people.ts'
import { useSpeech } from '../../text/use-language.ts'
import { type Fault, type Input, inputsOf, type Typed } from '../payload.ts'
import { EntryList } from './payload-list.tsx'

/** Texts that may be longer than this get several lines. */
const ONE_LINE = 120
/** Up to so many choices all stand open. */
const OPEN_CHOICES = 4

export type FormSize = 'sm' | 'md' | 'lg'
export type InputProps = {
  field: Field
  /** What the input is called. */
  label: string
  required: boolean
  /** JSON pointer into the payload. */
  pointer: string
  value: Typed | undefined
  put(value: Typed): void
  faults: readonly Fault[]
  size: FormSize
}

/** An input of a form, by its declaration. */
export function PayloadInput({
  input: { name, field, required },
  at = '',
  ...rest
}: Omit<InputProps, 'field' | 'label' | 'required' | 'pointer'> & {
  input: Input
  at?: string
}): ReactElement {
  const { say } = useSpeech()
  return (
    <FieldInput
      {...rest}
      field={field}
      label={say(field.meta?.title, name)}
      required={required}
      pointer={child(at, name)}
    />
  )
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function FieldInput(props: InputProps): ReactElement {
  const { say } = useSpeech()
  const { field, label, required, pointer, value, put, faults, size } = props
  const wrong = faults.find((fault) => fault.pointer === pointer)
  const range = useRangeOf(field)
  const description = [say(field.meta?.description), range].filter((part) => part !== '').join(' · ')
  const common = {
    label,
    size,
    ...(description === '' ? {} : { description }),
    ...(wrong === undefined ? {} : { error: sentence(say(wrong.message)) }),
  }
  if (field.type === 'boolean') return <YesOrNo {...props} common={common} />
  if (field.type === 'array') return <List {...props} common={common} />
  if (field.type === 'object') return <FieldGroup {...props} />
  const text = typeof value === 'string' ? value : ''
  if (field.enum !== undefined) return <Choice {...props} common={common} text={text} />
  if (field.format === 'person')
    return <PersonInput common={common} required={required} text={text} put={put} />
  if (field.format === 'duration')
    return <DurationInput common={common} required={required} text={text} put={put} />
  const typing = {
    ...common,
    withAsterisk: required,
    value: text,
    onChange: (event: { currentTarget: { value: string } }) => put(event.currentTarget.value),
  }
  const long = field.type === 'string' && field.format === undefined && (field.maxLength ?? 0) > ONE_LINE
  if (long) return <Textarea {...typing} autosize minRows={2} maxRows={12} />
  return <TextInput {...typing} {...typeOf(field)} />
}

/** Bounds are said before they are overstepped. */
function useRangeOf({ minimum, maximum }: Field): string {
  const { t } = useTranslation()
  const { number } = useSpeech()
  if (minimum !== undefined && maximum !== undefined)
    return t('jobForm.range', { from: number(minimum), to: number(maximum) })
  if (maximum !== undefined) return t('jobForm.atMost', { to: number(maximum) })
  return minimum === undefined || minimum <= 0 ? '' : t('jobForm.atLeast', { from: number(minimum) })
}

type Common = { label: string; size: FormSize; description?: string; error?: string }

function typeOf(field: Field): {
  type: string
  step?: string
  inputMode?: 'numeric' | 'decimal' | 'email'
  min?: number
  max?: number
} {
  const bounds = {
    ...(field.minimum === undefined ? {} : { min: field.minimum }),
    ...(field.maximum === undefined ? {} : { max: field.maximum }),
  }
  if (field.type === 'integer') return { type: 'number', step: '1', inputMode: 'numeric', ...bounds }
  if (field.type === 'number') return { type: 'number', step: 'any', inputMode: 'decimal', ...bounds }
  if (field.format === 'date-time') return { type: 'datetime-local' }
  if (field.format === 'date') return { type: 'date' }
  if (field.format === 'email') return { type: 'email', inputMode: 'email' }
  return { type: 'text' }
}

/** One that must be answered has neither answer at first: nobody agrees by leaving a box alone. */
function YesOrNo({ common, required, value, put }: InputProps & { common: Common }): ReactElement {
  const { t } = useTranslation()
  if (!required)
    return (
      <Checkbox {...common} checked={value === true} onChange={(event) => put(event.currentTarget.checked)} />
    )
  return (
    <Radio.Group
      {...common}
      withAsterisk
      value={typeof value === 'boolean' ? String(value) : null}
      onChange={(chosen) => put(chosen === 'true')}
    >
      <Group gap="lg" mt={6}>
        <Radio value="true" label={t('jobForm.yes')} size={common.size} />
        <Radio value="false" label={t('jobForm.no')} size={common.size} />
      </Group>
    </Radio.Group>
  )
}

function Choice({
  field,
  required,
  common,
  text,
  put,
}: InputProps & { common: Common; text: string }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const data = (field.enum ?? []).map((each) => ({
    value: each,
    label: say(field.meta?.options?.[each], each),
  }))
  if (required && data.length <= OPEN_CHOICES)
    return (
      <Radio.Group {...common} withAsterisk value={text === '' ? null : text} onChange={put}>
        <Group gap="md" mt={6}>
          {data.map((each) => (
            <Radio key={each.value} value={each.value} label={each.label} size={common.size} />
          ))}
        </Group>
      </Radio.Group>
    )
  return (
    <Select
      {...common}
      withAsterisk={required}
      placeholder={t('jobForm.choose')}
      value={text === '' ? null : text}
      onChange={(chosen) => put(chosen ?? '')}
      clearable={!required}
      searchable={data.length > 10}
      data={data}
    />
  )
}

/** Who may not see the people types the id. */
function PersonInput({
  common,
  required,
  text,
  put,
}: {
  common: Common
  required: boolean
  text: string
  put(value: string): void
}): ReactElement {
  const { t } = useTranslation()
  const people = usePeople()
  if (people.size === 0)
    return (
      <TextInput
        {...common}
        withAsterisk={required}
        value={text}
        onChange={(event) => put(event.currentTarget.value)}
      />
    )
  const data = [...people.values()]
    .filter(({ id, disabled }) => !disabled || id === text)
    .map(({ id, name, roles }) => ({
      value: id,
      label: [name, roles.map((role) => t(`roles.${role}`)).join(t('common.list'))]
        .filter(Boolean)
        .join(' · '),
    }))
  return (
    <Select
      {...common}
      withAsterisk={required}
      placeholder={t('jobForm.choose')}
      value={text === '' ? null : text}
      onChange={(chosen) => put(chosen ?? '')}
      data={data}
      limit={100}
      searchable
      clearable={!required}
      nothingFoundMessage={t('jobForm.nobody')}
    />
  )
}

const SPANS = ['minutes', 'hours', 'days', 'weeks'] as const

function DurationInput({
  common,
  required,
  text,
  put,
}: {
  common: Common
  required: boolean
  text: string
  put(value: string): void
}): ReactElement {
  const { t } = useTranslation()
  const span = text === '' ? undefined : unitsOf(text)
  const unit = SPANS.find((each) => each === span?.unit) ?? 'hours'
  const set = (number: number | undefined, chosen: (typeof SPANS)[number]): void =>
    put(number === undefined ? '' : (durationOf({ number, unit: chosen, before: false }) ?? ''))
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap" grow>
      <NumberInput
        {...common}
        withAsterisk={required}
        min={0}
        allowDecimal={false}
        allowNegative={false}
        value={span?.number ?? ''}
        onChange={(number) => set(typeof number === 'number' ? number : undefined, unit)}
      />
      <Select
        size={common.size}
        aria-label={`${common.label}${t('common.colon')}${t('jobForm.unit')}`}
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

const isTextList = (value: Typed | undefined): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')

function List(props: InputProps & { common: Common }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { field, required, value, put, common } = props
  const { items } = field
  const chosen = isTextList(value) ? value : []
  if (items?.enum !== undefined)
    return (
      <MultiSelect
        {...common}
        withAsterisk={required}
        value={chosen}
        onChange={put}
        data={items.enum.map((each) => ({ value: each, label: say(items.meta?.options?.[each], each) }))}
      />
    )
  if (items?.type === 'string' && items.format === undefined && (items.maxLength ?? 0) <= ONE_LINE)
    return (
      <TagsInput
        {...common}
        withAsterisk={required}
        placeholder={t('jobForm.typeEntry')}
        value={chosen}
        onChange={put}
        acceptValueOnBlur
      />
    )
  return <EntryList {...props} one={(entry) => <FieldInput {...entry} />} />
}

/** Inputs that belong together; also one entry of a list of such. */
function FieldGroup({ field, label, pointer, value, put, faults, size }: InputProps): ReactElement {
  const typed = typeof value === 'object' && !Array.isArray(value) ? value : {}
  return (
    <Fieldset legend={label} p="sm">
      <Stack gap="sm">
        {inputsOf(field).map((input) => (
          <PayloadInput
            key={input.name}
            input={input}
            at={pointer}
            value={typed[input.name]}
            put={(each) => put({ ...typed, [input.name]: each })}
            faults={faults}
            size={size}
          />
        ))}
      </Stack>
    </Fieldset>
  )
}
