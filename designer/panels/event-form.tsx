/** An event: what it is called, who may send it, and what it carries. */
import { Card, Group, Stack, Switch, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventSchema } from '../../machines/definition/schema.ts'
import { nameFrom, textIn } from '../canvas/gestures.ts'
import { useEdit } from '../canvas/seen.ts'
import { addPayload, removePayload, renamePayload } from '../document/commands/declaration.ts'
import { freeName } from '../document/states.ts'
import { useSpeech } from '../text/use-language.ts'
import { AddByTitle } from './add-by-title.tsx'
import { FieldForm } from './field-form.tsx'
import { Part, RolesField, TextFields } from './fields.tsx'
import { NameField } from './name-field.tsx'
import { NormsField } from './norms-field.tsx'
import { RowTools } from './row-tools.tsx'

export function EventForm({
  type,
  event,
  change,
}: {
  type: string
  event: EventSchema
  change(event: EventSchema): void
}): ReactElement {
  const { t } = useTranslation()
  const { language, say } = useSpeech()
  const edit = useEdit()
  const { meta, properties = {}, required = [] } = event
  const add = (said: string): boolean =>
    edit.execute(
      addPayload(type, freeName(nameFrom(said, 'detail', ''), Object.keys(properties)), {
        type: 'string',
        meta: { title: textIn(language, said) },
      }),
    )
  return (
    <Stack gap="xs">
      <TextFields
        label={t('edit.title')}
        value={meta.title}
        change={(text) => change({ ...event, meta: { ...meta, title: text ?? {} } })}
      />
      <RolesField
        label={t('edit.whoSends')}
        value={meta.roles}
        system
        change={(roles) => change({ ...event, meta: { ...meta, roles } })}
      />
      <NormsField
        value={meta.norms ?? []}
        change={(norms) => change({ ...event, meta: { ...meta, norms } })}
      />
      <Part title={t('panel.carries')} help={t('panel.carriesHelp')}>
        {Object.entries(properties).map(([name, field], index) => {
          const said = say(field.meta?.title, name)
          return (
            <Card key={name} withBorder p="xs">
              <Group justify="space-between">
                <Text size="sm" fw={600}>
                  {said}
                </Text>
                <Switch
                  size="xs"
                  label={t('panel.required')}
                  checked={required.includes(name)}
                  onChange={({ currentTarget: { checked } }) => {
                    const { required: _, ...rest } = event
                    const made = checked ? [...required, name] : required.filter((each) => each !== name)
                    change(made.length === 0 ? rest : { ...rest, required: made })
                  }}
                />
                <RowTools
                  what={said}
                  index={index}
                  count={1}
                  remove={() => edit.execute(removePayload(type, name))}
                />
              </Group>
              <FieldForm
                field={field}
                payload
                change={(made) => change({ ...event, properties: { ...properties, [name]: made } })}
              />
              <NameField
                label={t('panel.key')}
                help={t('panel.keyHelp')}
                value={name}
                change={(to) => edit.execute(renamePayload(type, name, to))}
              />
            </Card>
          )
        })}
        <AddByTitle label={t('panel.addTo.payload')} add={add} />
      </Part>
    </Stack>
  )
}
