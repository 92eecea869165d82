/**
 * A state's checklist: what is to be done there, how it is shown to be done, and by whom.
 *
 * Promises: an item that is required by a condition keeps it. Must not: change an item that is broken.
 */
import { Button, Card, Group, Select, Stack, Text } from '@mantine/core'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChecklistItem, type EvidenceKind, ROLES, type Role } from '../../machines/definition/schema.ts'
import { textIn } from '../canvas/gestures.ts'
import { useEdit } from '../canvas/seen.ts'
import { useDesign } from '../design/design-api.ts'
import { addItem, changeItem, moveItem, removeItem, renameItem } from '../document/commands/checklist.ts'
import { type Json, listOf } from '../document/json.ts'
import { referencesIn } from '../document/references.ts'
import { freeName } from '../document/states.ts'
import { useSpeech } from '../text/use-language.ts'
import { CelEditor } from './cel/cel-editor.tsx'
import { Part, RolesField, TextFields } from './fields.tsx'
import { NameField } from './name-field.tsx'
import { NormsField } from './norms-field.tsx'
import { readAs, readDefinition } from './read.ts'
import { RowTools } from './row-tools.tsx'

const EVIDENCE: readonly EvidenceKind[] = ['none', 'text', 'number', 'photo', 'signature', 'serial']
const isOfStaff = (role: string): role is Role => ROLES.some((each) => each === role)

export function ChecklistPart({ path, items }: { path: string; items: Json | undefined }): ReactElement {
  const { t } = useTranslation()
  const { language, say } = useSpeech()
  const { document } = useDesign()
  const edit = useEdit()
  const [open, setOpen] = useState<string>()
  const [added, setAdded] = useState<string>()
  const list = listOf(items)
  const add = (): void => {
    const taken = referencesIn(document.definition).flatMap(({ kind, name }) =>
      kind === 'item' ? [name] : [],
    )
    const id = freeName('item1', taken)
    if (!edit.execute(addItem(path, { id, title: textIn(language, t('panel.newItem')) }))) return
    setOpen(id)
    setAdded(id)
  }
  return (
    <Part title={t('chart.checklist')} help={t('panel.checklistHelp')}>
      {list.map((json, index) => {
        const item = readAs(ChecklistItem, json)
        if (item === undefined)
          return (
            <Text key={JSON.stringify(json)} size="xs" c="red">
              {t('panel.broken')}
            </Text>
          )
        const title = say(item.title, item.id)
        return (
          <Card key={item.id} withBorder p="xs">
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <Button
                variant="subtle"
                size="compact-sm"
                c="inherit"
                justify="start"
                style={{ flex: 1, minWidth: 0 }}
                aria-expanded={open === item.id}
                onClick={() => setOpen(open === item.id ? undefined : item.id)}
              >
                <span className="panel-cut">{title}</span>
              </Button>
              <RowTools
                what={title}
                index={index}
                count={list.length}
                move={(to) => edit.execute(moveItem(item.id, to))}
                remove={() => edit.execute(removeItem(item.id))}
              />
            </Group>
            {open === item.id ? <ItemForm item={item} isNew={added === item.id} renamed={setOpen} /> : null}
          </Card>
        )
      })}
      <Group>
        <Button size="compact-sm" variant="light" onClick={add}>
          {t('panel.addItem')}
        </Button>
      </Group>
    </Part>
  )
}

function ItemForm({
  item,
  isNew,
  renamed,
}: {
  item: ChecklistItem
  isNew: boolean
  renamed(id: string): void
}): ReactElement {
  const { t } = useTranslation()
  const form = useRef<HTMLDivElement>(null)
  // Whoever adds an item goes on by naming it.
  useEffect(() => {
    const title = form.current?.querySelector('input')
    if (!isNew || title === null || title === undefined) return
    title.focus()
    title.select()
  }, [isNew])
  const edit = useEdit()
  const { id, ...rest } = item
  const change = (made: Omit<ChecklistItem, 'id'>): void => void edit.execute(changeItem(id, made))
  const { norms: _norms, evidence: _evidence, roles: _roles, required: _required, ...bare } = rest
  const { norms = [], evidence = 'none', roles = [], required } = rest
  const parts = (parts: Partial<Omit<ChecklistItem, 'id' | 'title'>>): Omit<ChecklistItem, 'id'> => {
    const made = { ...rest, ...parts }
    return {
      ...bare,
      ...(made.norms === undefined || made.norms.length === 0 ? {} : { norms: made.norms }),
      ...(made.evidence === undefined || made.evidence === 'none' ? {} : { evidence: made.evidence }),
      ...(made.roles === undefined || made.roles.length === 0 ? {} : { roles: made.roles }),
      ...(made.required === undefined || made.required === true ? {} : { required: made.required }),
    }
  }
  return (
    <Stack gap="xs" pt="xs" ref={form}>
      <TextFields
        label={t('edit.title')}
        value={item.title}
        change={(title) => change({ ...rest, title: title ?? {} })}
      />
      <NameField
        label={t('panel.key')}
        value={id}
        change={(name) => {
          const done = edit.execute(renameItem(id, name))
          if (done) renamed(name)
          return done
        }}
      />
      <RequiredField required={required} change={(made) => change(parts({ required: made }))} />
      <Select
        size="xs"
        label={t('panel.evidence')}
        allowDeselect={false}
        data={EVIDENCE.map((kind) => ({ value: kind, label: t(`panel.evidenceKind.${kind}`) }))}
        value={evidence}
        onChange={(chosen) => {
          const kind = EVIDENCE.find((each) => each === chosen)
          if (kind !== undefined) change(parts({ evidence: kind }))
        }}
      />
      <RolesField
        label={t('panel.whoTicks')}
        value={roles}
        change={(chosen) => change(parts({ roles: chosen.filter(isOfStaff) }))}
      />
      <NormsField value={norms} change={(chosen) => change(parts({ norms: chosen }))} />
    </Stack>
  )
}

const WHEN = ['always', 'never', 'condition'] as const
const NO_EVENTS: readonly string[] = []

/** Whether the item bars the way out: always, never, or on a condition ("by kind of work"). */
function RequiredField({
  required,
  change,
}: {
  required: ChecklistItem['required']
  change(required: NonNullable<ChecklistItem['required']>): void
}): ReactElement {
  const { t } = useTranslation()
  const { document } = useDesign()
  const when = typeof required === 'object' ? 'condition' : required === false ? 'never' : 'always'
  return (
    <>
      <Select
        size="xs"
        label={t('panel.required')}
        allowDeselect={false}
        data={WHEN.map((each) => ({ value: each, label: t(`panel.requiredWhen.${each}`) }))}
        value={when}
        onChange={(chosen) => {
          if (chosen === null || chosen === when) return
          change(chosen === 'condition' ? { '@expr': 'true', '@lang': 'cel' } : chosen === 'always')
        }}
        comboboxProps={{ withinPortal: true }}
      />
      {typeof required === 'object' ? (
        <CelEditor
          label={t('panel.requiredIf')}
          text={required['@expr']}
          definition={readDefinition(document.definition)}
          events={NO_EVENTS}
          expected="bool"
          change={(text) => text.trim() !== '' && change({ '@expr': text, '@lang': 'cel' })}
        />
      ) : null}
    </>
  )
}
