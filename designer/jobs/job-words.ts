/**
 * What a job's pages say of a job: states, fields, history entries, in the reader's words.
 *
 * Promises: a value of any shape gives a text; what a definition does not title is named by its key.
 * Must not: fetch, or draw.
 */
import type { TFunction } from 'i18next'
import type { Definition, Field, Text } from '../../machines/definition/schema.ts'
import { buildTree } from '../../machines/definition/tree.ts'
import { asText } from '../../machines/drawing/model.ts'
import type { EntryView } from '../../machines/wire/jobs.ts'
import { formatDate, formatNumber, formatTime } from '../text/format.ts'
import { inLanguage } from '../text/language.ts'

export type JobWords = {
  t: TFunction
  language: string
  /** Titles of states by path. */
  states: ReadonlyMap<string, Text>
  definition: Definition | undefined
}

export function jobWords(definition: Definition | undefined, t: TFunction, language: string): JobWords {
  const states = new Map<string, Text>()
  if (definition !== undefined) {
    for (const node of buildTree(definition).nodes) {
      const title = asText(node.node.meta?.title)
      if (title !== undefined) states.set(node.path, title)
    }
  }
  return { t, language, states, definition }
}

export const stateInWords = (path: string, { states, language }: JobWords): string =>
  inLanguage(states.get(path), language, path)

export const fieldsOf = ({ definition }: JobWords): Record<string, Field> =>
  definition?.schemas.context.properties ?? {}

export const fieldName = (name: string, words: JobWords): string =>
  inLanguage(fieldsOf(words)[name]?.meta?.title, words.language, name)

/** A field's value as a person reads it: an option's title, a local date, yes or no. */
export function valueInWords(value: unknown, field: Field | undefined, words: JobWords): string {
  const { t, language } = words
  if (value === undefined || value === null || value === '') return t('common.unset')
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no')
  if (typeof value === 'number') return formatNumber(value, language)
  if (typeof value === 'string') {
    const option = field?.meta?.options
    if (option !== undefined && Object.hasOwn(option, value))
      return inLanguage(option[value], language, value)
    if (field?.format === 'date-time') return formatTime(value, language)
    if (field?.format === 'date') return formatDate(value, language)
    return value
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return t('common.none')
    return value.map((each) => valueInWords(each, field?.items, words)).join(t('common.list'))
  }
  if (typeof value === 'object')
    return Object.entries(value)
      .map(
        ([key, each]) =>
          `${propertyName(field, key, language)}${t('common.colon')}${valueInWords(each, field?.properties?.[key], words)}`,
      )
      .join(t('common.list'))
  return String(value)
}
/** As `valueInWords`, with persons by name. */
export const personalWord = (
  value: unknown,
  field: Field | undefined,
  words: JobWords,
  nameOf: (person: string) => string,
): string =>
  field?.format === 'person' && typeof value === 'string' && value !== ''
    ? nameOf(value)
    : valueInWords(value, field, words)
const propertyName = (field: Field | undefined, key: string, language: string): string =>
  inLanguage(field?.properties?.[key]?.meta?.title, language, key)

type Json = Record<string, unknown>
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null
const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** The heading of a history entry: what came in. `nameOf`: who a person is, by id. */
export function entryInWords(
  entry: EntryView,
  words: JobWords,
  nameOf: (person: string) => string = (person) => person,
): string {
  const { t } = words
  const command: Json = isRecord(entry.command) ? entry.command : {}
  const isHidden = (name: string): boolean => entry.masked?.includes(name) === true
  const typed = (name: string): string => (isHidden(name) ? t('job.hidden') : text(command[name]))
  switch (command.kind) {
    case 'start':
    case 'attach':
    case 'erase':
      return t(`entry.${command.kind}`)
    case 'event':
      return t('entry.event', { title: eventTitle(text(command.type), words) })
    case 'timer':
      return timerInWords(entry, words)
    case 'linkEnded': {
      const status = command.status
      const known = status === 'done' || status === 'cancelled' || status === 'failed' ? status : 'active'
      return t('entry.linkEnded', { link: text(command.link), status: t(`status.${known}`) })
    }
    case 'tick':
    case 'untick':
      return t(`entry.${command.kind}`, { title: itemTitle(text(command.item), words) })
    case 'note':
    case 'complain':
      return t(`entry.${command.kind}`, { text: typed('text') })
    case 'reportBreach':
      return t('entry.reportBreach', { norm: text(command.norm) })
    case 'rate':
      return t('entry.rate', { score: text(command.score) })
    case 'correct':
      return t('entry.correct', { reason: typed('reason') })
    case 'moveTo':
    case 'suspend':
    case 'cancel':
      return t(`hand.entry.${command.kind}`, { reason: typed('reason') })
    case 'resume':
      return command.reason === undefined && !isHidden('reason')
        ? t('hand.entry.resume')
        : t('hand.entry.resumeWhy', { reason: typed('reason') })
    case 'reassign':
      return t('hand.entry.reassign', {
        person: nameOf(text(command.person)),
        reason: typed('reason'),
      })
    case 'migrate':
      return t('hand.entry.migrate', { version: text(command.version) })
    default:
      return t('entry.unknown')
  }
}

function eventTitle(type: string, { definition, language }: JobWords): string {
  const events = definition?.schemas.events ?? {}
  return Object.hasOwn(events, type) ? inLanguage(events[type]?.meta.title, language, type) : type
}

/** The delay's title, found by the transitions that its running out took. */
function timerInWords(entry: EntryView, { definition, language, t }: JobWords): string {
  for (const pointer of entry.taken) {
    const found = /\/after\/([^/]+)/.exec(pointer)?.[1]
    const delays = definition?.delays ?? {}
    if (found === undefined || !Object.hasOwn(delays, found)) continue
    const title = inLanguage(delays[found]?.meta?.title, language, found)
    return t('entry.timer', { title })
  }
  return t('entry.timerPlain')
}

/** A checklist item by its title. */
export function itemTitle(id: string, { definition, language }: JobWords): string {
  if (definition === undefined) return id
  for (const { node } of buildTree(definition).nodes) {
    const meta = node.meta
    const items = meta !== undefined && 'checklist' in meta ? meta.checklist : undefined
    const item = items?.find((each) => each.id === id)
    if (item !== undefined) return inLanguage(item.title, language, id)
  }
  return id
}
