/**
 * The process as a whole: its title and settings, and what it declares: events, fields, delays.
 *
 * Promises: what is used somewhere is only taken away when that was said first.
 */
import { Accordion, Button, Group, Stack, Tabs, Text, TextInput } from '@mantine/core'
import { type ReactElement, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Delay, EventSchema, Field, Setting } from '../../machines/definition/schema.ts'
import { asText } from '../../machines/drawing/model.ts'
import type { Words } from '../canvas/chart-words.ts'
import { nameFrom, textIn } from '../canvas/gestures.ts'
import { useEdit } from '../canvas/seen.ts'
import { useDesign } from '../design/design-api.ts'
import type { Command } from '../document/command-stack.ts'
import {
  addDelay,
  addEvent,
  addField,
  changeDelay,
  changeEvent,
  changeField,
  changeSetting,
  removeDelay,
  removeEvent,
  removeField,
  renameDelay,
  renameEvent,
  renameField,
} from '../document/commands/declaration.ts'
import { setProcessMeta } from '../document/commands/process.ts'
import { at, keysOf } from '../document/json.ts'
import { usesOf } from '../document/questions.ts'
import { freeName } from '../document/states.ts'
import { useSpeech } from '../text/use-language.ts'
import { DelayForm } from './delay-form.tsx'
import { EventForm } from './event-form.tsx'
import { FieldForm } from './field-form.tsx'
import { NormsField, TextFields } from './fields.tsx'
import { NameField } from './name-field.tsx'
import { declaredAs, readAs } from './read.ts'

const TABS = ['process', 'events', 'fields', 'delays'] as const
type Tab = (typeof TABS)[number]
const PLACES = {
  events: ['schemas', 'events'],
  fields: ['schemas', 'context', 'properties'],
  delays: ['delays'],
} as const

/** `open`: what is to be shown first, as steps into the definition. */
export function ProcessPanel({ open, words }: { open: readonly string[]; words: Words }): ReactElement {
  const { t } = useTranslation()
  const { stack } = useDesign()
  const start: Tab =
    open[1] === 'events'
      ? 'events'
      : open[1] === 'context'
        ? 'fields'
        : open[0] === 'delays'
          ? 'delays'
          : 'process'
  const [tab, setTab] = useState<Tab>(start)
  const first =
    start === 'delays' ? open[1] : start === 'events' ? open[2] : start === 'fields' ? open[3] : undefined
  return (
    <Tabs
      value={tab}
      onChange={(chosen) => setTab(TABS.find((each) => each === chosen) ?? 'process')}
      onBlur={() => stack.seal()}
      keepMounted={false}
    >
      <Tabs.List mb="sm">
        {TABS.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {t(`panel.tabs.${each}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="process">
        <Settings />
      </Tabs.Panel>
      <Tabs.Panel value="events">
        <Declared tab="events" open={first} words={words} />
      </Tabs.Panel>
      <Tabs.Panel value="fields">
        <Declared tab="fields" open={first} words={words} />
      </Tabs.Panel>
      <Tabs.Panel value="delays">
        <Declared tab="delays" open={first} words={words} />
      </Tabs.Panel>
    </Tabs>
  )
}

function Settings(): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { document } = useDesign()
  const edit = useEdit()
  const meta = at(document.definition, 'meta')
  const settings = declaredAs(Setting, at(meta, 'settings'))
  const norms = at(meta, 'norms')
  return (
    <Stack gap="md">
      <TextFields
        label={t('edit.title')}
        value={asText(at(meta, 'title'))}
        change={(title) => title !== undefined && edit.execute(setProcessMeta('title', title))}
      />
      <TextFields
        label={t('panel.description')}
        value={asText(at(meta, 'description'))}
        change={(text) => edit.execute(setProcessMeta('description', text))}
      />
      <NormsField
        value={Array.isArray(norms) ? norms.filter((each) => typeof each === 'string') : []}
        change={(chosen) => edit.execute(setProcessMeta('norms', chosen.length === 0 ? undefined : chosen))}
      />
      {settings.map(([name, setting]) =>
        typeof setting.value === 'boolean' || Array.isArray(setting.value) ? null : (
          <TextInput
            key={name}
            size="xs"
            label={say(setting.title, name)}
            value={String(setting.value)}
            onChange={(event) => {
              const typed = event.currentTarget.value
              const value = typeof setting.value === 'number' ? Number(typed) : typed
              if (typeof value === 'string' || Number.isFinite(value))
                edit.execute(changeSetting(name, { ...setting, value }))
            }}
          />
        ),
      )}
    </Stack>
  )
}

type Entry = {
  name: string
  title: string
  form: ReactNode
  rename(to: string): Command
  remove(withUses: boolean): Command
}

function Declared({
  tab,
  open,
  words,
}: {
  tab: 'events' | 'fields' | 'delays'
  open: string | undefined
  words: Words
}): ReactElement {
  const { t } = useTranslation()
  const { language, say } = useSpeech()
  const { document } = useDesign()
  const edit = useEdit()
  const [shown, setShown] = useState<string | null>(open ?? null)
  const [title, setTitle] = useState('')
  const held = at(document.definition, ...PLACES[tab])
  const entries = keysOf(held).map((name) => entryOf(tab, name))
  const add = (): void => {
    const text = textIn(language, title.trim())
    const base = tab === 'events' ? 'event' : tab === 'fields' ? 'field' : 'delay'
    const name = freeName(nameFrom(title.trim(), base, tab === 'events' ? '-' : ''), keysOf(held))
    const command =
      tab === 'events'
        ? addEvent(name, { meta: { title: text, roles: ['engineer'] } })
        : tab === 'fields'
          ? addField(name, { type: 'string', meta: { title: text } })
          : addDelay(name, { duration: 'PT30M', meta: { title: text, kind: 'deadline' } })
    if (!edit.execute(command)) return
    setTitle('')
    setShown(name)
  }
  function entryOf(kind: typeof tab, name: string): Entry {
    const json = at(document.definition, ...PLACES[kind], name)
    const broken = (
      <Text size="xs" c="red">
        {t('panel.broken')}
      </Text>
    )
    if (kind === 'events') {
      const event = readAs(EventSchema, json)
      return {
        name,
        title: say(event?.meta.title, name),
        form:
          event === undefined ? (
            broken
          ) : (
            <EventForm type={name} event={event} change={(made) => edit.execute(changeEvent(name, made))} />
          ),
        rename: (to) => renameEvent(name, to),
        remove: (withUses) => removeEvent(name, { withUses }),
      }
    }
    if (kind === 'fields') {
      const field = readAs(Field, json)
      return {
        name,
        title: say(field?.meta?.title, name),
        form:
          field === undefined ? (
            broken
          ) : (
            <FieldForm field={field} change={(made) => edit.execute(changeField(name, made))} />
          ),
        rename: (to) => renameField(name, to),
        remove: (withUses) => removeField(name, { withUses }),
      }
    }
    const delay = readAs(Delay, json)
    return {
      name,
      title: say(delay?.meta?.title, name),
      form:
        delay === undefined ? (
          broken
        ) : (
          <DelayForm delay={delay} words={words} change={(made) => edit.execute(changeDelay(name, made))} />
        ),
      rename: (to) => renameDelay(name, to),
      remove: (withUses) => removeDelay(name, { withUses }),
    }
  }
  const kind = tab === 'events' ? 'event' : tab === 'fields' ? 'field' : 'delay'
  return (
    <Stack gap="sm">
      <Group gap="xs" wrap="nowrap" align="flex-end">
        <TextInput
          size="xs"
          style={{ flex: 1 }}
          label={t(`panel.addTo.${tab}`)}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && title.trim() !== '' && add()}
        />
        <Button size="xs" variant="light" disabled={title.trim() === ''} onClick={add}>
          {t('panel.add')}
        </Button>
      </Group>
      <Accordion value={shown} onChange={setShown} chevronPosition="left" variant="separated">
        {entries.map(({ name, title: said, form, rename, remove }) => (
          <Accordion.Item key={name} value={name}>
            <Accordion.Control>
              <Text size="sm">{said}</Text>
            </Accordion.Control>
            <Accordion.Panel>
              {shown === name ? (
                <Stack gap="xs">
                  {form}
                  <NameField
                    label={t('panel.key')}
                    value={name}
                    change={(to) => {
                      const done = edit.execute(rename(to))
                      if (done) setShown(to)
                      return done
                    }}
                  />
                  <Removal
                    uses={usesOf(document, kind, name).filter(({ how }) => how !== 'lists').length}
                    what={said}
                    remove={(withUses) => edit.execute(remove(withUses))}
                  />
                </Stack>
              ) : null}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Stack>
  )
}

/** Takes a name away; with all that uses it only on the second word. */
function Removal({
  uses,
  what,
  remove,
}: {
  uses: number
  what: string
  remove(withUses: boolean): void
}): ReactElement {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(false)
  const sure = uses === 0 || asked
  return (
    <Stack gap={4} align="start">
      {asked ? <Text size="xs">{t('panel.stillUsed', { what, count: uses })}</Text> : null}
      <Button
        size="compact-xs"
        color="red"
        variant={asked ? 'filled' : 'subtle'}
        onClick={() => (sure ? remove(uses > 0) : setAsked(true))}
      >
        {asked ? t('panel.removeAnyway') : t('edit.delete')}
      </Button>
    </Stack>
  )
}
