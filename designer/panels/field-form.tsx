/**
 * A field of a job or of an event: what it is called, what it holds, and who may see and change it.
 *
 * Promises: what there is no input for stays as it is.
 */
import { Group, NumberInput, Select, Stack, Switch } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '../../machines/definition/schema.ts'
import { TextFields } from './fields.tsx'
import { NormsField } from './norms-field.tsx'
import { OptionsField } from './options-field.tsx'

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

function shapeOf(holds: Holds): Pick<Field, 'type' | 'format' | 'enum' | 'items'> {
  switch (holds) {
    case 'text':
      return { type: 'string' }
    case 'choice':
      return { type: 'string', enum: ['first', 'second'] }
    case 'date':
    case 'date-time':
    case 'duration':
    case 'person':
    case 'email':
      return { type: 'string', format: holds }
    case 'array':
      return { type: 'array', items: { type: 'string' } }
    default:
      return { type: holds }
  }
}

type Given = {
  field: Field
  payload?: boolean
  /** Whether a job can only be started with it. */
  required?: { is: boolean; set(is: boolean): void }
  change(field: Field): void
}

export function FieldForm({ field, payload = false, required, change }: Given): ReactElement {
  const { t } = useTranslation()
  const { meta } = field
  const withMeta = (parts: Partial<NonNullable<Field['meta']>>): Field => ({
    ...field,
    meta: { title: {}, ...meta, ...parts },
  })
  const holds = holdsOf(field)
  return (
    <Stack gap="xs">
      <TextFields
        label={t('edit.title')}
        value={meta?.title}
        change={(title) => change(withMeta({ title: title ?? {} }))}
      />
      <HoldsField
        label={t('panel.holds')}
        value={holds}
        change={(next) => {
          const { options: _, ...kept } = meta ?? { title: {} }
          change({ ...shapeOf(next), ...(meta === undefined ? {} : { meta: kept }) })
        }}
      />
      {holds === 'array' && field.items !== undefined ? (
        <HoldsField
          label={t('panel.holdsEach')}
          value={holdsOf(field.items)}
          change={(next) =>
            change({
              ...field,
              items: {
                ...shapeOf(next),
                ...(field.items?.meta === undefined ? {} : { meta: field.items.meta }),
              },
            })
          }
        />
      ) : null}
      {field.enum === undefined ? null : <OptionsField field={field} change={change} />}
      {holds === 'number' || holds === 'integer' ? <Limits field={field} change={change} /> : null}
      {required === undefined ? null : (
        <Switch
          size="xs"
          label={t('panel.neededToStart')}
          checked={required.is}
          onChange={(event) => required.set(event.currentTarget.checked)}
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
      <NormsField value={meta?.norms ?? []} change={(norms) => change(withMeta({ norms }))} />
    </Stack>
  )
}

function HoldsField({
  label,
  value,
  change,
}: {
  label: string
  value: Holds
  change(holds: Holds): void
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Select
      size="xs"
      label={label}
      allowDeselect={false}
      data={HOLDS.map((holds) => ({ value: holds, label: t(`panel.holding.${holds}`) }))}
      value={value}
      onChange={(chosen) => {
        const holds = HOLDS.find((each) => each === chosen)
        if (holds !== undefined && holds !== value) change(holds)
      }}
      comboboxProps={{ withinPortal: true }}
    />
  )
}

/** The least and the most a number may be. */
function Limits({ field, change }: Pick<Given, 'field' | 'change'>): ReactElement {
  const { t } = useTranslation()
  const { minimum, maximum, ...bare } = field
  const set = (limits: { minimum?: number | undefined; maximum?: number | undefined }): void =>
    change({
      ...bare,
      ...(limits.minimum === undefined ? {} : { minimum: limits.minimum }),
      ...(limits.maximum === undefined ? {} : { maximum: limits.maximum }),
    })
  return (
    <Group grow gap="xs">
      <NumberInput
        size="xs"
        label={t('panel.least')}
        value={minimum ?? ''}
        onChange={(typed) => set({ maximum, minimum: typeof typed === 'number' ? typed : undefined })}
      />
      <NumberInput
        size="xs"
        label={t('panel.most')}
        value={maximum ?? ''}
        onChange={(typed) => set({ minimum, maximum: typeof typed === 'number' ? typed : undefined })}
      />
    </Group>
  )
}
