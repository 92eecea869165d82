/**
 * A field of a job or of an event: what it is called, what it holds, and who may see and change it.
 *
 * Promises: what there is no input for stays as it is.
 */
import { Select, Stack, Switch, TagsInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '../../machines/definition/schema.ts'
import { TextFields } from './fields.tsx'

/** What a field may hold, in the words of people. */
const HOLDS = [
  'text',
  'choice',
  'number',
  'integer',
  'boolean',
  'date',
  'date-time',
  'duration',
  'person',
  'email',
  'array',
  'object',
] as const
type Holds = (typeof HOLDS)[number]

function holdsOf({ type, format, enum: options }: Field): Holds {
  if (type !== 'string') return type
  return format ?? (options === undefined ? 'text' : 'choice')
}

function shapeOf(holds: Holds): Pick<Field, 'type' | 'format' | 'enum'> {
  switch (holds) {
    case 'text':
      return { type: 'string' }
    case 'choice':
      return { type: 'string', enum: ['a', 'b'] }
    case 'date':
    case 'date-time':
    case 'duration':
    case 'person':
    case 'email':
      return { type: 'string', format: holds }
    default:
      return { type: holds }
  }
}

export function FieldForm({
  field,
  payload = false,
  change,
}: {
  field: Field
  payload?: boolean
  change(field: Field): void
}): ReactElement {
  const { t } = useTranslation()
  const { meta } = field
  const withMeta = (parts: Partial<NonNullable<Field['meta']>>): Field => ({
    ...field,
    meta: { title: {}, ...meta, ...parts },
  })
  return (
    <Stack gap="xs">
      <TextFields
        label={t('edit.title')}
        value={meta?.title}
        change={(title) => change(withMeta({ title: title ?? {} }))}
      />
      <Select
        size="xs"
        label={t('panel.holds')}
        allowDeselect={false}
        data={HOLDS.map((holds) => ({ value: holds, label: t(`panel.holding.${holds}`) }))}
        value={holdsOf(field)}
        onChange={(chosen) => {
          const holds = HOLDS.find((each) => each === chosen)
          if (holds !== undefined && holds !== holdsOf(field))
            change({ ...shapeOf(holds), ...(meta === undefined ? {} : { meta }) })
        }}
      />
      {field.enum === undefined ? null : (
        <TagsInput
          size="xs"
          label={t('panel.options')}
          value={field.enum}
          onChange={(options) => options.length > 0 && change({ ...field, enum: options })}
        />
      )}
      <Switch
        size="xs"
        label={t('panel.personal')}
        description={t('panel.personalHelp')}
        checked={meta?.personal === true}
        onChange={(event) => change(withMeta({ personal: event.currentTarget.checked }))}
      />
      {payload ? null : (
        <Switch
          size="xs"
          label={t('panel.locked')}
          description={t('panel.lockedHelp')}
          checked={meta?.locked === true}
          onChange={(event) => change(withMeta({ locked: event.currentTarget.checked }))}
        />
      )}
    </Stack>
  )
}
