/**
 * A small form for one value of a made-up job: by its type, with likely values to choose from.
 *
 * Must not: keep the value.
 */
import { Autocomplete, NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { type Sampled, UNSET } from '../../../machines/expression/samples.ts'
import { useSpeech } from '../../text/use-language.ts'
import { asInput, fromInput } from '../moments.ts'

export type Given = { answer: unknown; timeZone: string; change(answer: unknown): void }

/** A value for a name that an expression reads. */
export function ValueAnswer({
  name,
  title,
  answer,
  timeZone,
  change,
}: Given & { name: Sampled; title: string }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { samples, type, options, variable, field } = name
  const label = variable === 'event' ? t('condition.given', { what: title }) : title
  const mayBeUnset = samples.includes(UNSET)
  const hint = mayBeUnset ? { placeholder: t('common.unset') } : {}
  if (options !== undefined)
    return (
      <Choice
        label={label}
        samples={samples}
        answer={answer}
        timeZone={timeZone}
        change={change}
        titles={new Map(options.map((one) => [one.value, say(one.title)]))}
      />
    )
  if (type === 'int' || type === 'double')
    return (
      <NumberInput
        size="xs"
        label={label}
        {...hint}
        allowDecimal={type === 'double'}
        value={typeof answer === 'number' ? answer : ''}
        onChange={(typed) => change(typeof typed === 'number' ? typed : UNSET)}
      />
    )
  if (type === 'timestamp') {
    const isDate = field?.format === 'date'
    return (
      <TextInput
        size="xs"
        type={isDate ? 'date' : 'datetime-local'}
        label={label}
        value={
          typeof answer !== 'string'
            ? ''
            : isDate
              ? answer.slice(0, 10)
              : asInput(Date.parse(answer), timeZone)
        }
        onChange={(event) => {
          const text = event.currentTarget.value
          const ms = fromInput(text, timeZone)
          change(ms === undefined ? UNSET : isDate ? text : new Date(ms).toISOString())
        }}
      />
    )
  }
  if (type === 'string')
    return (
      <Autocomplete
        size="xs"
        label={label}
        {...hint}
        data={samples.filter((each) => typeof each === 'string' && each !== '').map(String)}
        value={typeof answer === 'string' ? answer : ''}
        onChange={(typed) => change(typed === '' && mayBeUnset ? UNSET : typed)}
        comboboxProps={{ withinPortal: true }}
      />
    )
  if (
    samples.every(
      (each) => each === UNSET || (Array.isArray(each) && each.every((one) => typeof one === 'string')),
    )
  )
    return (
      <TagsInput
        size="xs"
        label={label}
        {...(Array.isArray(answer) && answer.length > 0 ? {} : hint)}
        data={[...new Set(samples.flatMap((each) => (Array.isArray(each) ? each.map(String) : [])))]}
        value={Array.isArray(answer) ? answer.map(String) : []}
        onChange={change}
        comboboxProps={{ withinPortal: true }}
      />
    )
  return <Choice label={label} samples={samples} answer={answer} timeZone={timeZone} change={change} />
}

const keyOf = (value: unknown): string => (value === UNSET ? '' : JSON.stringify(value))

/** One of the samples. */
export function Choice({
  label,
  samples,
  titles,
  answer,
  change,
}: Given & {
  label: string
  samples: readonly unknown[]
  titles?: ReadonlyMap<string, string>
}): ReactElement {
  const { t } = useTranslation()
  const titleOf = (value: unknown): string => {
    if (value === UNSET) return t('common.unset')
    if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
    if (Array.isArray(value)) return t('condition.entryCount', { count: value.length })
    return typeof value === 'string' ? (titles?.get(value) ?? value) : JSON.stringify(value)
  }
  return (
    <Select
      size="xs"
      label={label}
      allowDeselect={false}
      data={samples.map((value) => ({ value: keyOf(value), label: titleOf(value) }))}
      value={keyOf(answer)}
      onChange={(key) => {
        const chosen = samples.find((value) => keyOf(value) === key)
        if (chosen !== undefined) change(chosen)
      }}
      comboboxProps={{ withinPortal: true }}
    />
  )
}
