/**
 * The figures of a process that its owner may change without touching the drawing.
 *
 * Promises: each is entered by what it holds; a setting in use is taken away only when that was said first.
 */
import { Card, Group, NumberInput, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Setting } from '../../machines/definition/schema.ts'
import { isDuration } from '../../machines/time/duration.ts'
import { nameFrom, textIn } from '../canvas/gestures.ts'
import { useEdit } from '../canvas/seen.ts'
import { useDesign } from '../design/design-api.ts'
import { addSetting, changeSetting, removeSetting, renameSetting } from '../document/commands/declaration.ts'
import { at, keysOf } from '../document/json.ts'
import { usesOf } from '../document/questions.ts'
import { freeName } from '../document/states.ts'
import { useSpeech } from '../text/use-language.ts'
import { AddByTitle } from './add-by-title.tsx'
import { DurationField, Part, TextFields } from './fields.tsx'
import { NameField } from './name-field.tsx'
import { NormsField } from './norms-field.tsx'
import { Opened } from './opened.tsx'
import { declaredAs } from './read.ts'
import { Removal } from './removal.tsx'

const KINDS = ['duration', 'number', 'boolean', 'text', 'list'] as const
type Kind = (typeof KINDS)[number]
const FRESH: Readonly<Record<Kind, Setting['value']>> = {
  duration: 'PT30M',
  number: 0,
  boolean: false,
  text: '',
  list: [],
}
function kindOf({ value }: Setting): Kind {
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return isDuration(value) ? 'duration' : 'text'
  return typeof value === 'number' ? 'number' : 'boolean'
}

export function SettingsPart(): ReactElement {
  const { t } = useTranslation()
  const { language, say } = useSpeech()
  const { document } = useDesign()
  const edit = useEdit()
  const [open, setOpen] = useState<string>()
  const held = at(document.definition, 'meta', 'settings')
  const add = (title: string): boolean => {
    const name = freeName(nameFrom(title, 'setting', ''), keysOf(held))
    const done = edit.execute(addSetting(name, { value: FRESH.duration, title: textIn(language, title) }))
    if (done) setOpen(name)
    return done
  }
  return (
    <Part title={t('panel.settings')} help={t('panel.settingsHelp')}>
      {declaredAs(Setting, held).map(([name, setting]) => (
        <Card key={name} withBorder p="xs">
          <Stack gap={6}>
            <SettingValue
              label={say(setting.title, name)}
              setting={setting}
              change={(value) => edit.execute(changeSetting(name, { ...setting, value }))}
            />
            <Opened
              what={say(setting.title, name)}
              open={open === name}
              toggle={(is) => setOpen(is ? name : undefined)}
            >
              <SettingForm name={name} setting={setting} renamed={setOpen} />
            </Opened>
          </Stack>
        </Card>
      ))}
      <AddByTitle label={t('panel.addTo.settings')} add={add} />
    </Part>
  )
}

function SettingValue({
  label,
  setting,
  change,
}: {
  label: string
  setting: Setting
  change(value: Setting['value']): void
}): ReactElement {
  const { value } = setting
  if (typeof value === 'boolean')
    return (
      <Switch
        size="xs"
        label={label}
        checked={value}
        onChange={(event) => change(event.currentTarget.checked)}
      />
    )
  if (typeof value === 'number')
    return (
      <NumberInput
        size="xs"
        label={label}
        value={value}
        onChange={(typed) => typeof typed === 'number' && change(typed)}
      />
    )
  if (Array.isArray(value)) return <TagsInput size="xs" label={label} value={value} onChange={change} />
  return isDuration(value) ? (
    <DurationField label={label} value={value} change={change} />
  ) : (
    <TextInput
      size="xs"
      label={label}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}

function SettingForm({
  name,
  setting,
  renamed,
}: {
  name: string
  setting: Setting
  renamed(name: string): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { document } = useDesign()
  const edit = useEdit()
  return (
    <Stack gap="xs">
      <TextFields
        label={t('edit.title')}
        value={setting.title}
        change={(title) => edit.execute(changeSetting(name, { ...setting, title: title ?? {} }))}
      />
      <Group grow align="flex-start">
        <Select
          size="xs"
          label={t('panel.holds')}
          allowDeselect={false}
          data={KINDS.map((kind) => ({ value: kind, label: t(`panel.settingKinds.${kind}`) }))}
          value={kindOf(setting)}
          onChange={(chosen) => {
            const kind = KINDS.find((each) => each === chosen)
            if (kind !== undefined && kind !== kindOf(setting))
              edit.execute(changeSetting(name, { ...setting, value: FRESH[kind] }))
          }}
          comboboxProps={{ withinPortal: true }}
        />
        <NameField
          label={t('panel.key')}
          value={name}
          change={(to) => {
            const done = edit.execute(renameSetting(name, to))
            if (done) renamed(to)
            return done
          }}
        />
      </Group>
      <NormsField
        value={setting.norms ?? []}
        change={(norms) => edit.execute(changeSetting(name, { ...setting, norms }))}
      />
      <Removal
        uses={usesOf(document, 'setting', name).filter(({ how }) => how !== 'lists').length}
        what={say(setting.title, name)}
        remove={(withUses) => edit.execute(removeSetting(name, { withUses }))}
      />
    </Stack>
  )
}
