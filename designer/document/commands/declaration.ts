/**
 * Commands on what a process declares by name: fields, events and what they carry, delays, settings.
 *
 * Promises: a new name is followed everywhere, in expressions too. Removing refuses while something uses the name,
 * unless it is asked to take the uses along; what decides by it (a guard, an expression) then stays, broken, for to
 * drop it would open a way that was shut: the validator shows it, and nothing is published before it is mended.
 */
import { isWildcard, matchesDescriptor } from '../../../machines/definition/descriptor.ts'
import { child, tokensOf } from '../../../machines/definition/pointer.ts'
import type { Delay, EventSchema, Field, Setting, Text } from '../../../machines/definition/schema.ts'
import { EventType, FieldName, Key } from '../../../machines/definition/schema.ts'
import { isReserved } from '../../../machines/validate/names.ts'
import { fits } from '../../../machines/validate/shapes.ts'
import { PLACE_OF } from '../clip.ts'
import { treeOf } from '../document.ts'
import {
  at,
  edit,
  isObject,
  type Json,
  keysOf,
  listOf,
  mapMembers,
  member,
  toJson,
  withKeys,
  withMember,
} from '../json.ts'
import { DocumentError } from '../problem.ts'
import { usesOf } from '../questions.ts'
import { mapReferences, type NameKind, type Use } from '../references.ts'
import { withoutPlaces } from '../removal.ts'
import { type Command, definitionCommand } from './command.ts'

type Family = {
  readonly kind: NameKind
  readonly place: readonly string[]
  readonly what: { readonly en: string; readonly zh: string }
  readonly pattern: typeof FieldName
}

const FAMILIES = {
  field: { kind: 'field', place: PLACE_OF.fields, what: { en: 'field', zh: '字段' }, pattern: FieldName },
  event: { kind: 'event', place: PLACE_OF.events, what: { en: 'event', zh: '事件' }, pattern: EventType },
  delay: { kind: 'delay', place: PLACE_OF.delays, what: { en: 'delay', zh: '延时' }, pattern: Key },
  setting: {
    kind: 'setting',
    place: PLACE_OF.settings,
    what: { en: 'setting', zh: '设置' },
    pattern: FieldName,
  },
  certificate: {
    kind: 'certificate',
    place: PLACE_OF.certificates,
    what: { en: 'certificate', zh: '证书' },
    pattern: Key,
  },
} as const satisfies Record<string, Family>

const carried = (event: string): Family => ({
  kind: 'payload',
  place: [...PLACE_OF.events, event, 'properties'],
  what: { en: 'detail of the event', zh: '事件内容' },
  pattern: FieldName,
})

/** Words that CEL reads as something else, also after a dot. */
const CEL_WORDS = new Set(['true', 'false', 'null', 'in'])

function requireFree(definition: Json, { place, what, pattern }: Family, name: string): void {
  const isBad =
    isReserved(name) || !fits(pattern, name) || CEL_WORDS.has(name) || /^(xstate|fieldchart)\./.test(name)
  if (isBad)
    throw new DocumentError(`“${name}” cannot be the name of a ${what.en}`, `“${name}”不能用作${what.zh}名`)
  if (at(definition, ...place, name) !== undefined)
    throw new DocumentError(`there is a ${what.en} “${name}” already`, `${what.zh}“${name}”已存在`)
}
function requireThere(definition: Json, { place, what }: Family, name: string): void {
  if (at(definition, ...place, name) === undefined)
    throw new DocumentError(`there is no ${what.en} “${name}”`, `没有${what.zh}“${name}”`)
}

const add = (family: Family, name: string, value: unknown): Command =>
  definitionCommand(
    `${family.kind}.add`,
    `Add a ${family.what.en}`,
    `添加${family.what.zh}`,
    (definition) => {
      requireFree(definition, family, name)
      return edit(definition, [...family.place, name], () => toJson(value))
    },
  )

const change = (family: Family, name: string, value: unknown): Command =>
  definitionCommand(
    `${family.kind}.change`,
    `Change the ${family.what.en}`,
    `修改${family.what.zh}`,
    (definition) => {
      requireThere(definition, family, name)
      return edit(definition, [...family.place, name], () => toJson(value))
    },
    `${family.kind}.change ${child('', ...family.place, name)}`,
  )

const rename = (family: Family, from: string, to: string, follow = renamed): Command =>
  definitionCommand(
    `${family.kind}.rename`,
    `Rename the ${family.what.en}`,
    `重命名${family.what.zh}`,
    (definition) => {
      requireThere(definition, family, from)
      if (from === to) return definition
      requireFree(definition, family, to)
      return follow(definition, family, from, to)
    },
  )

const renamed = (definition: Json, { kind }: Family, from: string, to: string): Json =>
  mapReferences(definition, (use) => (use.kind === kind && use.name === from ? to : use.name))

export type RemoveOptions = {
  /** Take along what uses the name; without it a name in use is not removed. */
  withUses?: boolean
}

const remove = (family: Family, name: string, { withUses = false }: RemoveOptions, event?: string): Command =>
  definitionCommand(
    `${family.kind}.remove`,
    `Delete the ${family.what.en}`,
    `删除${family.what.zh}`,
    (definition) => {
      requireThere(definition, family, name)
      const uses = usesOf({ definition, layout: { states: {} } }, family.kind, name, event)
      const direct = uses.filter((use) => use.name === name)
      const count = direct.filter(({ how }) => how !== 'lists').length
      if (!withUses && count > 0)
        throw new DocumentError(
          `“${name}” is still used (${count})`,
          `“${name}”仍被使用（${count} 处）`,
          direct[0]?.pointer,
        )
      return withoutPlaces(definition, [
        child('', ...family.place, name),
        ...direct.flatMap(goesAlong),
        ...emptyWildcards(definition, family, uses, name),
      ])
    },
  )

/** The place that goes with a name: a list entry, a value set, a message's receiver, a transition, an action. */
function goesAlong({ how, pointer, kind }: Use): string[] {
  const up = (levels: number): string => child('', ...tokensOf(pointer).slice(0, -levels))
  switch (how) {
    case 'lists':
    case 'sets':
    case 'takes':
      return [pointer]
    case 'tells':
      return [up(1)]
    case 'raises':
      return pointer.endsWith('/onEnd') ? [pointer] : [up(2)]
    case 'waits':
      // Of a raised event the delay stands in the action; of a transition it is the key.
      return kind === 'delay' && tokensOf(pointer).at(-2) !== 'after' ? [up(1)] : [pointer]
    default:
      return []
  }
}

/** Wildcards that took this event and no other. */
function emptyWildcards(
  definition: Json,
  { kind, place }: Family,
  uses: readonly Use[],
  name: string,
): string[] {
  if (kind !== 'event') return []
  const others = keysOf(at(definition, ...place)).filter((type) => type !== name)
  return uses
    .filter((use) => use.name !== name && use.name !== '*' && isWildcard(use.name))
    .filter((use) => !others.some((type) => matchesDescriptor(use.name, type)))
    .map(({ pointer }) => pointer)
}

/* ---------------------------------------------------------------- fields */

export const addField = (name: string, field: Field): Command => add(FAMILIES.field, name, field)
export const changeField = (name: string, field: Field): Command => change(FAMILIES.field, name, field)
export const renameField = (from: string, to: string): Command => rename(FAMILIES.field, from, to)
export const removeField = (name: string, options: RemoveOptions = {}): Command =>
  remove(FAMILIES.field, name, options)

/** Whether a job can only be started with it. */
export const setFieldRequired = (name: string, required: boolean): Command =>
  definitionCommand(
    'field.required',
    'Change what a job needs to start',
    '修改启动所需字段',
    (definition) => {
      requireThere(definition, FAMILIES.field, name)
      return edit(definition, ['schemas', 'context', 'required'], (held) => {
        const others = listOf(held).filter((entry) => entry !== name)
        if (required === listOf(held).includes(name)) return held
        const made = required ? [...others, name] : others
        return made.length === 0 ? undefined : made
      })
    },
  )

/* ---------------------------------------------------------------- events */

export const addEvent = (type: string, event: EventSchema): Command => add(FAMILIES.event, type, event)
/** Title, roles, norms and what it carries; `renamePayload` where a name in it changes. */
export const changeEvent = (type: string, event: EventSchema): Command => change(FAMILIES.event, type, event)
export const removeEvent = (type: string, options: RemoveOptions = {}): Command =>
  remove(FAMILIES.event, type, options)
/** Another name; transitions under a wildcard that fitted the old name only are kept for the new one. */
export const renameEvent = (from: string, to: string): Command =>
  rename(FAMILIES.event, from, to, (definition, family, old, name) => {
    const caught = treeOf(definition).nodes.flatMap(({ transitions }) =>
      transitions.flatMap(({ trigger }) =>
        trigger.kind === 'on' &&
        matchesDescriptor(trigger.descriptor, name) &&
        !matchesDescriptor(trigger.descriptor, old)
          ? [trigger.descriptor]
          : [],
      ),
    )
    const [wildcard] = caught
    if (wildcard !== undefined)
      throw new DocumentError(
        `under this name transitions for “${wildcard}” would take the event`,
        `改用此名后，“${wildcard}”的转移会接收该事件`,
      )
    return renamed(withWildcardsKept(definition, old, name), family, old, name)
  })

function withWildcardsKept(definition: Json, old: string, name: string): Json {
  return treeOf(definition).nodes.reduce((held, node) => {
    const place = [...tokensOf(node.pointer), 'on']
    const on = at(held, ...place)
    if (!isObject(on)) return held
    const lost = Object.keys(on)
      .filter((key) => key !== old && matchesDescriptor(key, old) && !matchesDescriptor(key, name))
      .toSorted((one, other) => other.length - one.length)
    if (lost.length === 0) return held
    const ways = [old, ...lost].flatMap((key) => [...listOf(member(on, key))])
    const others = keysOf(at(definition, ...PLACE_OF.events)).filter((type) => type !== old)
    const idle = new Set(lost.filter((key) => !others.some((type) => matchesDescriptor(key, type))))
    const left = mapMembers(on, (value, key) => (idle.has(key) ? undefined : value))
    return edit(held, place, () => withMember(left, old, ways.length === 1 ? ways[0] : ways))
  }, definition)
}

/** What an event carries. */
export const addPayload = (event: string, name: string, field: Field): Command =>
  definitionCommand('payload.add', 'Add a detail to the event', '添加事件内容', (definition) => {
    requireThere(definition, FAMILIES.event, event)
    return add(carried(event), name, field).do({ definition, layout: { states: {} } }).definition
  })
export const renamePayload = (event: string, from: string, to: string): Command =>
  rename(carried(event), from, to, (definition) => {
    const shared = usesOf({ definition, layout: { states: {} } }, 'payload', from, event).find(
      (use) => use.event !== undefined && isWildcard(use.event),
    )
    if (shared !== undefined)
      throw new DocumentError(
        `“${from}” is read under “${shared.event}”, for several events at once`,
        `“${from}”在“${shared.event}”下被多个事件共用`,
        shared.pointer,
      )
    return mapReferences(definition, (use) =>
      use.kind === 'payload' && use.event === event && use.name === from ? to : use.name,
    )
  })
export const removePayload = (event: string, name: string, options: RemoveOptions = {}): Command =>
  remove(carried(event), name, options, event)

/* ---------------------------------------------------------------- delays, settings */

export const addDelay = (name: string, delay: Delay): Command => add(FAMILIES.delay, name, delay)
export const changeDelay = (name: string, delay: Delay): Command => change(FAMILIES.delay, name, delay)
export const renameDelay = (from: string, to: string): Command => rename(FAMILIES.delay, from, to)
export const removeDelay = (name: string, options: RemoveOptions = {}): Command =>
  remove(FAMILIES.delay, name, options)

export const addSetting = (name: string, setting: Setting): Command => add(FAMILIES.setting, name, setting)
export const changeSetting = (name: string, setting: Setting): Command =>
  change(FAMILIES.setting, name, setting)
export const renameSetting = (from: string, to: string): Command => rename(FAMILIES.setting, from, to)
export const removeSetting = (name: string, options: RemoveOptions = {}): Command =>
  remove(FAMILIES.setting, name, options)

/** Certificates are held by people under their names: there is no renaming one in a process alone. */
export const addCertificate = (name: string, title: Text): Command => add(FAMILIES.certificate, name, title)
export const changeCertificate = (name: string, title: Text): Command =>
  change(FAMILIES.certificate, name, title)
export const removeCertificate = (name: string, options: RemoveOptions = {}): Command =>
  remove(FAMILIES.certificate, name, options)

/** Another order of what is declared: fields as forms show them. */
export const reorder = (kind: keyof typeof FAMILIES, names: readonly string[]): Command =>
  definitionCommand('declaration.order', 'Change the order', '调整顺序', (definition) =>
    edit(definition, FAMILIES[kind].place, (held) => {
      if (!isObject(held)) return held
      const first = names.filter((name) => Object.hasOwn(held, name))
      const order = [...first, ...Object.keys(held).filter((name) => !first.includes(name))]
      return withKeys(
        Object.fromEntries(order.map((name) => [name, member(held, name) ?? null])),
        (key) => key,
      )
    }),
  )
