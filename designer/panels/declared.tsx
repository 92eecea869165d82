/**
 * What a process declares by name: events, fields or delays, each with its form.
 *
 * Promises: what is used somewhere is only taken away when that was said first.
 */
import { Accordion, Stack, Text } from '@mantine/core'
import { type ReactElement, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Delay, EventSchema, Field } from '../../machines/definition/schema.ts'
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
  removeDelay,
  removeEvent,
  removeField,
  renameDelay,
  renameEvent,
  renameField,
  setFieldRequired,
} from '../document/commands/declaration.ts'
import { at, keysOf, listOf } from '../document/json.ts'
import { usesOf } from '../document/questions.ts'
import { freeName } from '../document/states.ts'
import { useSpeech } from '../text/use-language.ts'
import { AddByTitle } from './add-by-title.tsx'
import { DelayForm } from './delay-form.tsx'
import { EventForm } from './event-form.tsx'
import { FieldForm } from './field-form.tsx'
import { NameField } from './name-field.tsx'
import { readAs } from './read.ts'
import { Removal } from './removal.tsx'

const PLACES = {
  events: ['schemas', 'events'],
  fields: ['schemas', 'context', 'properties'],
  delays: ['delays'],
} as const

type Entry = {
  name: string
  title: string
  form: ReactNode
  rename(to: string): Command
  remove(withUses: boolean): Command
}

export function Declared({
  tab,
  open,
}: {
  tab: keyof typeof PLACES
  open: string | undefined
}): ReactElement {
  const { t } = useTranslation()
  const { language, say } = useSpeech()
  const { document } = useDesign()
  const edit = useEdit()
  const [shown, setShown] = useState<string | null>(open ?? null)
  const held = at(document.definition, ...PLACES[tab])
  const entries = keysOf(held).map((name) => entryOf(tab, name))
  const add = (title: string): boolean => {
    const text = textIn(language, title)
    const base = tab === 'events' ? 'event' : tab === 'fields' ? 'field' : 'delay'
    const name = freeName(nameFrom(title, base, tab === 'events' ? '-' : ''), keysOf(held))
    const command =
      tab === 'events'
        ? addEvent(name, { meta: { title: text, roles: ['engineer'] } })
        : tab === 'fields'
          ? addField(name, { type: 'string', meta: { title: text } })
          : addDelay(name, { duration: 'PT30M', meta: { title: text, kind: 'deadline' } })
    const done = edit.execute(command)
    if (done) setShown(name)
    return done
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
            <FieldForm
              field={field}
              change={(made) => edit.execute(changeField(name, made))}
              required={{
                is: listOf(at(document.definition, 'schemas', 'context', 'required')).includes(name),
                set: (is) => edit.execute(setFieldRequired(name, is)),
              }}
            />
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
          <DelayForm delay={delay} change={(made) => edit.execute(changeDelay(name, made))} />
        ),
      rename: (to) => renameDelay(name, to),
      remove: (withUses) => removeDelay(name, { withUses }),
    }
  }
  const kind = tab === 'events' ? 'event' : tab === 'fields' ? 'field' : 'delay'
  return (
    <Stack gap="sm">
      <Text size="xs" c="dimmed">
        {t(`panel.tabHelp.${tab}`)}
      </Text>
      <AddByTitle label={t(`panel.addTo.${tab}`)} add={add} />
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
