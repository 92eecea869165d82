/**
 * What a row compares with: written by its type, or read from another field.
 *
 * Must not: decide whether a row is whole; it hands on what was entered.
 */
import { Anchor, MultiSelect, NumberInput, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Operand, Value } from '../../document/guard/row.ts'
import type { Subject, Takes } from '../../document/guard/subjects.ts'
import { useSpeech } from '../../text/use-language.ts'
import { DurationField } from '../fields.tsx'
import { asInput, fromInput, withOffset } from '../moments.ts'
import { OperandPicker } from './operand-picker.tsx'
import { areAlike } from './operands.ts'
import { useRows } from './row-context.ts'
import type { Change } from './use-guard.ts'

type Given = {
  subject: Subject
  takes: Takes
  value: Value | undefined
  change(value: Value | undefined, how?: Change): void
}

const isOperand = (value: Value | undefined): value is Operand => value !== undefined && 'place' in value

export function ValueEditor(given: Given): ReactElement | null {
  const { t } = useTranslation()
  const { subject, takes, value, change } = given
  const [chosen, setChosen] = useState<'written' | 'field'>()
  const mode = chosen ?? (isOperand(value) || subject.kind === 'person' ? 'field' : 'written')
  if (takes === 'nothing') return null
  if (takes === 'values') return <Values {...given} />
  if (takes === 'list')
    return (
      <OperandPicker
        label={t('condition.list')}
        value={isOperand(value) ? value : undefined}
        accepts={isList}
        change={change}
      />
    )
  const kind =
    takes === 'count' ? 'whole' : subject.kind === 'list' || subject.kind === 'roles' ? 'text' : subject.kind
  const turn = (next: 'written' | 'field'): void => {
    setChosen(next)
    change(undefined)
  }
  return (
    <Stack gap={2} style={{ flex: 1, minWidth: 0 }}>
      {mode === 'field' ? (
        <OperandPicker
          label={t('condition.comparedWith')}
          value={isOperand(value) ? value : undefined}
          accepts={(other) => areAlike(other.kind, kind)}
          change={change}
        />
      ) : (
        <Written {...given} kind={kind} />
      )}
      <Anchor
        component="button"
        type="button"
        size="xs"
        ta="start"
        onClick={() => turn(mode === 'field' ? 'written' : 'field')}
      >
        {t(mode === 'field' ? 'condition.writeValue' : 'condition.takeField')}
      </Anchor>
    </Stack>
  )
}

const isList = ({ kind }: Subject): boolean => kind === 'list' || kind === 'roles'

/** The titles of the values that a subject can have. */
function useOptions(subject: Subject): { value: string; label: string }[] | undefined {
  const { t } = useTranslation()
  const { say } = useSpeech()
  return subject.options?.map(({ value, title }) => ({
    value,
    label: subject.kind === 'roles' ? t(`roles.${value}`, say(title)) : say(title),
  }))
}

/** One value, by its kind. */
function Written({ subject, kind, value, change }: Given & { kind: Subject['kind'] }): ReactElement {
  const { t } = useTranslation()
  const { timeZone } = useRows()
  const options = useOptions(subject)
  const label = t('panel.value')
  const literal = value !== undefined && 'literal' in value ? value.literal : undefined
  if (options !== undefined)
    return (
      <Select
        size="xs"
        aria-label={label}
        placeholder={t('condition.choose')}
        searchable
        allowDeselect={false}
        data={withHeld(options, typeof literal === 'string' ? [literal] : [])}
        value={typeof literal === 'string' ? literal : null}
        onChange={(chosen) => chosen !== null && change({ literal: chosen })}
        comboboxProps={{ withinPortal: true }}
      />
    )
  switch (kind) {
    case 'yes-no':
      return (
        <Select
          size="xs"
          aria-label={label}
          allowDeselect={false}
          data={[
            { value: 'true', label: t('common.yes') },
            { value: 'false', label: t('common.no') },
          ]}
          value={typeof literal === 'boolean' ? String(literal) : null}
          onChange={(chosen) => change({ literal: chosen === 'true' })}
          comboboxProps={{ withinPortal: true }}
        />
      )
    case 'whole':
    case 'number':
      return (
        <NumberInput
          size="xs"
          aria-label={label}
          allowDecimal={kind === 'number'}
          value={typeof literal === 'number' ? literal : ''}
          onChange={(typed) =>
            change(
              typeof typed === 'number'
                ? { literal: typed, ...(kind === 'number' ? { decimal: true } : {}) }
                : undefined,
              { typing: true },
            )
          }
        />
      )
    case 'moment':
    case 'date': {
      const text = value !== undefined && 'moment' in value ? asInput(Date.parse(value.moment), timeZone) : ''
      return (
        <TextInput
          size="xs"
          type={kind === 'date' ? 'date' : 'datetime-local'}
          aria-label={label}
          value={kind === 'date' ? text.slice(0, 10) : text}
          onChange={(event) => {
            const ms = fromInput(event.currentTarget.value, timeZone)
            if (ms !== undefined) change({ moment: withOffset(ms, timeZone) }, { typing: true })
          }}
        />
      )
    }
    case 'duration':
      return (
        <DurationField
          label={label}
          value={typeof literal === 'string' ? literal : 'PT0M'}
          change={(iso) => change({ literal: iso }, { typing: true })}
        />
      )
    default:
      return (
        <TextInput
          size="xs"
          aria-label={label}
          value={typeof literal === 'string' ? literal : ''}
          onChange={(event) => change({ literal: event.currentTarget.value }, { typing: true })}
        />
      )
  }
}

/** Several values to be found among. */
function Values({ subject, value, change }: Given): ReactElement {
  const { t } = useTranslation()
  const options = useOptions(subject)
  const held = value !== undefined && 'literals' in value ? value.literals : []
  const isNumber = subject.kind === 'whole' || subject.kind === 'number'
  const take = (texts: string[]): void => {
    const literals = isNumber
      ? texts
          .map(Number)
          .filter(
            (number) => Number.isFinite(number) && (subject.kind === 'number' || Number.isInteger(number)),
          )
      : texts
    change({ literals, ...(subject.kind === 'number' ? { decimal: true } : {}) })
  }
  return options === undefined ? (
    <TagsInput
      size="xs"
      aria-label={t('condition.values')}
      placeholder={held.length === 0 ? t('condition.valuesHint') : ''}
      value={held.map(String)}
      onChange={take}
    />
  ) : (
    <MultiSelect
      size="xs"
      aria-label={t('condition.values')}
      placeholder={held.length === 0 ? t('condition.choose') : ''}
      data={withHeld(options, held.map(String))}
      value={held.map(String)}
      onChange={take}
      searchable
      hidePickedOptions
      comboboxProps={{ withinPortal: true }}
    />
  )
}

/** What is held though it is no option stays to be seen. */
const withHeld = (
  options: readonly { value: string; label: string }[],
  held: readonly string[],
): { value: string; label: string }[] => [
  ...options,
  ...held
    .filter((each) => options.every(({ value }) => value !== each))
    .map((each) => ({ value: each, label: each })),
]
