/**
 * Sets fields of the job: each to a value entered by the field's type, or to one that an expression works out.
 *
 * Promises: a field that is no longer declared keeps its line.
 */
import { Button, Card, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action, Definition, Field, Value } from '../../machines/definition/schema.ts'
import { useDesign } from '../design/design-api.ts'
import { useSpeech } from '../text/use-language.ts'
import { CelEditor } from './cel/cel-editor.tsx'
import { DurationField } from './fields.tsx'
import { readDefinition } from './read.ts'
import { RowTools } from './row-tools.tsx'

type Assign = Extract<Action, { type: '@xstate.assign' }>
const SOURCES = ['value', 'expression', 'clear'] as const
type Source = (typeof SOURCES)[number]

const isExpression = (value: Value): value is Extract<Value, { '@expr': string }> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const sourceOf = (value: Value): Source =>
  value === null ? 'clear' : isExpression(value) ? 'expression' : 'value'

/** What a field can be set to before anything is entered. */
function firstValue(field: Field | undefined): Value {
  switch (field?.type) {
    case 'boolean':
      return true
    case 'integer':
    case 'number':
      return field.minimum ?? 0
    case 'array':
      return []
    default:
      return field?.format === 'duration' ? 'PT30M' : (field?.enum?.[0] ?? '')
  }
}

/** A moment is worked out as a rule: now. */
const firstExpression = (field: Field | undefined): string =>
  field?.format === 'date-time' || field?.format === 'date' ? 'now' : 'actor.id'

export function AssignForm({
  action,
  events,
  change,
}: {
  action: Assign
  events: readonly string[]
  change(action: Action): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { document } = useDesign()
  const definition = readDefinition(document.definition)
  const declared = definition?.schemas.context.properties ?? {}
  const entries = Object.entries(action.context)
  const set = (made: [string, Value][]): void => {
    if (made.length > 0) change({ ...action, context: Object.fromEntries(made) })
  }
  const fields = [...new Set([...Object.keys(declared), ...Object.keys(action.context)])].map((name) => ({
    value: name,
    label: say(declared[name]?.meta?.title, name),
  }))
  const free = fields.find(({ value }) => !Object.hasOwn(action.context, value))
  return (
    <Stack gap="xs" pt="xs">
      {entries.map(([name, value], index) => (
        <Card key={name} withBorder p={6}>
          <Stack gap={4}>
            <Group gap={4} wrap="nowrap" align="flex-end">
              <Select
                size="xs"
                style={{ flex: 1 }}
                label={t('panel.field')}
                searchable
                allowDeselect={false}
                data={fields.filter((one) => one.value === name || !Object.hasOwn(action.context, one.value))}
                value={name}
                onChange={(field) => field !== null && set(entries.with(index, [field, value]))}
                comboboxProps={{ withinPortal: true }}
              />
              {entries.length < 2 ? null : (
                <RowTools
                  what={say(declared[name]?.meta?.title, name)}
                  index={index}
                  count={1}
                  remove={() => set(entries.toSpliced(index, 1))}
                />
              )}
            </Group>
            <ValueField
              field={declared[name]}
              value={value}
              definition={definition}
              events={events}
              change={(made) => set(entries.with(index, [name, made]))}
            />
          </Stack>
        </Card>
      ))}
      <Text size="xs" c="dimmed">
        {t('panel.valueHelp')}
      </Text>
      {free === undefined ? null : (
        <Button
          size="compact-xs"
          variant="subtle"
          style={{ alignSelf: 'start' }}
          onClick={() => set([...entries, [free.value, firstValue(declared[free.value])]])}
        >
          {t('panel.addField')}
        </Button>
      )}
    </Stack>
  )
}

function ValueField({
  field,
  value,
  definition,
  events,
  change,
}: {
  field: Field | undefined
  value: Value
  definition: Definition | undefined
  events: readonly string[]
  change(value: Value): void
}): ReactElement {
  const { t } = useTranslation()
  const source = sourceOf(value)
  return (
    <>
      <Select
        size="xs"
        aria-label={t('panel.valueFrom')}
        allowDeselect={false}
        data={SOURCES.map((each) => ({ value: each, label: t(`panel.valueSource.${each}`) }))}
        value={source}
        onChange={(chosen) => {
          if (chosen === 'clear') change(null)
          else if (chosen === 'expression') change({ '@expr': firstExpression(field), '@lang': 'cel' })
          else if (chosen === 'value') change(firstValue(field))
        }}
        comboboxProps={{ withinPortal: true }}
      />
      {isExpression(value) ? (
        <CelEditor
          label={t('panel.value')}
          text={value['@expr']}
          definition={definition}
          events={events}
          expected="any"
          change={(text) => text.trim() !== '' && change({ '@expr': text, '@lang': 'cel' })}
        />
      ) : value === null ? null : (
        <LiteralField field={field} value={value} change={change} />
      )}
    </>
  )
}

function LiteralField({
  field,
  value,
  change,
}: {
  field: Field | undefined
  value: Exclude<Value, null>
  change(value: Value): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const label = t('panel.value')
  if (typeof value === 'boolean')
    return (
      <Select
        size="xs"
        aria-label={label}
        allowDeselect={false}
        data={[
          { value: 'true', label: t('common.yes') },
          { value: 'false', label: t('common.no') },
        ]}
        value={String(value)}
        onChange={(chosen) => change(chosen === 'true')}
        comboboxProps={{ withinPortal: true }}
      />
    )
  if (typeof value === 'number')
    return (
      <NumberInput
        size="xs"
        aria-label={label}
        value={value}
        onChange={(typed) => typeof typed === 'number' && change(typed)}
      />
    )
  if (typeof value !== 'string')
    return (
      <Text size="xs" c="dimmed">
        {JSON.stringify(value)}
      </Text>
    )
  if (field?.enum !== undefined)
    return (
      <Select
        size="xs"
        aria-label={label}
        searchable
        allowDeselect={false}
        data={[...new Set([...field.enum, value])].map((each) => ({
          value: each,
          label: say(field.meta?.options?.[each], each),
        }))}
        value={value}
        onChange={(chosen) => chosen !== null && change(chosen)}
        comboboxProps={{ withinPortal: true }}
      />
    )
  if (field?.format === 'duration') return <DurationField label={label} value={value} change={change} />
  return (
    <TextInput
      size="xs"
      aria-label={label}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}
