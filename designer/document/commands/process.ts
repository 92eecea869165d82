/**
 * Commands on the process as a whole, and on any place by its pointer: what panels, fixes and the code view write.
 *
 * Must not: be used where a command of its own knows what must follow (renaming, moving, deleting).
 */

import { tokensOf } from '../../../machines/definition/pointer.ts'
import type { Problem } from '../../../machines/definition/problem.ts'
import type { EventRole, ProcessMeta, Text } from '../../../machines/definition/schema.ts'
import { type Document, treeOf } from '../document.ts'
import { at, edit, isAlike, isObject, type Json, member, toJson, withKeys } from '../json.ts'
import { applyPatches, difference } from '../patch.ts'
import { DocumentError, type Words } from '../problem.ts'
import { withoutPlaces } from '../removal.ts'
import { movedLayout } from '../targets.ts'
import { type Command, command, definitionCommand, setAt } from './command.ts'

/** A part of the process's own `meta`; `undefined` takes it away. */
export const setProcessMeta = <Part extends keyof ProcessMeta>(
  key: Part,
  value: ProcessMeta[Part] | undefined,
): Command =>
  definitionCommand(
    'process.meta',
    'Change the process settings',
    '修改流程设置',
    (definition) => setAt(definition, ['meta', key], value === undefined ? undefined : toJson(value)),
    `process.meta ${key}`,
  )

/** Who may send an event. */
export const setRoles = (event: string, roles: readonly EventRole[]): Command =>
  definitionCommand('event.roles', 'Change who may send the event', '修改可触发角色', (definition) => {
    if (at(definition, 'schemas', 'events', event) === undefined)
      throw new DocumentError(`there is no event “${event}”`, `没有事件“${event}”`)
    return setAt(definition, ['schemas', 'events', event, 'meta', 'roles'], [...new Set(roles)])
  })

/** The norms of anything that has a `meta` or is one: a state, transition, item, delay, field, event, setting. */
export const setNorms = (pointer: string, norms: readonly string[]): Command =>
  definitionCommand('norms', 'Change the norms', '修改所依据的规范', (definition) => {
    const held = at(definition, ...tokensOf(pointer))
    if (!isObject(held)) throw nowhere(pointer)
    const isItself = member(held, 'title') !== undefined || /\/meta$|^\/meta$/.test(pointer)
    const place = [...tokensOf(pointer), ...(isItself ? [] : ['meta']), 'norms']
    return setAt(definition, place, norms.length === 0 ? undefined : [...new Set(norms)])
  })

/** Text for people at any place; letters typed one after the other are one step. */
export const setText = (pointer: string, text: Text | undefined): Command =>
  definitionCommand(
    'text',
    'Change the text',
    '修改文字',
    (definition) => setAt(definition, tokensOf(pointer), text === undefined ? undefined : toJson(text)),
    `text ${pointer}`,
  )

/** Any value at any place. */
export const setValue = (pointer: string, value: unknown, title?: Words): Command =>
  definitionCommand(
    'value',
    title?.en ?? 'Change a value',
    title?.zh ?? '修改内容',
    (definition) =>
      value === undefined
        ? withoutPlaces(definition, [pointer])
        : setAt(definition, tokensOf(pointer), toJson(value)),
    `value ${pointer}`,
  )

/** What a problem offers to mend itself. */
export const applyFix = (fix: NonNullable<Problem['fix']>): Command =>
  definitionCommand('fix', fix.title.en, fix.title.zh, (definition) => {
    const steps = tokensOf(fix.path)
    const { rename } = fix
    if (rename === undefined)
      return fix.value === undefined
        ? withoutPlaces(definition, [fix.path])
        : setAt(definition, steps, toJson(fix.value))
    const key = steps.at(-1)
    return edit(definition, steps.slice(0, -1), (held) => {
      if (!isObject(held) || key === undefined || !Object.hasOwn(held, key)) throw nowhere(fix.path)
      return withKeys(held, (name) => (name === key ? rename : name))
    })
  })

const nowhere = (pointer: string): DocumentError =>
  new DocumentError(`there is nothing at ${pointer}`, `${pointer} 处没有内容`, pointer)

/**
 * The whole definition as the code view holds it. States that only changed their key keep their place, and what did not
 * change is shared. What is typed at one place in a row is one step.
 */
export const replaceDefinition = (definition: unknown, typedOver?: Json): Command => {
  let read: Json | undefined
  const whole = (): Json => {
    read ??= toJson(definition)
    return read
  }
  const place = typedOver === undefined ? undefined : onlyPlace(typedOver, whole())
  return command(
    'code',
    'Edit as text',
    '以文本编辑',
    (document) => {
      const json = applyPatches(document.definition, difference(document.definition, whole()))
      return { definition: json, layout: carriedLayout(document, json) }
    },
    place === undefined ? undefined : `code ${place}`,
  )
}

/** Where all that differs lies, if it is one value. */
function onlyPlace(before: Json, after: Json): string | undefined {
  const [only, ...more] = difference(before, after)
  return only?.op === 'put' && more.length === 0 ? only.path : undefined
}

/** A state that is gone and one beside it that came with the same content are one that was renamed. */
function carriedLayout(before: Document, after: Json): Document['layout'] {
  if (!isObject(before.definition) || !isObject(after)) return before.layout
  const old = treeOf(before.definition)
  const tree = treeOf(after)
  const places = new Map<string, string>()
  for (const node of old.nodes) {
    const above = node.parent === undefined ? '' : places.get(node.parent.path)
    if (above === undefined) continue
    const host = tree.byPath.get(above)
    if (node.parent === undefined) {
      places.set('', '')
      continue
    }
    const json = at(before.definition, ...tokensOf(node.pointer))
    const same = host?.children.find(({ key }) => key === node.key)
    const other = host?.children.find(
      ({ key, pointer }) =>
        !node.parent?.children.some((sibling) => sibling.key === key) &&
        isAlike(at(after, ...tokensOf(pointer)), json),
    )
    const now = same ?? other
    if (now !== undefined) places.set(node.path, now.path)
  }
  return movedLayout(before.layout, places)
}

/** A layout as a whole: what ELK or another version gave. */
export const replaceLayout = (layout: Document['layout']): Command =>
  command('layout.all', 'Arrange', '自动布局', (document) => ({ ...document, layout }))

/** A title in both languages for a gesture that groups commands. */
export const withTitle = (inner: Command, title: Words): Command => ({ ...inner, title })
