/**
 * What a definition holds, in words of a language: for drawings in text and the handbook.
 *
 * Promises: an answer for everything a valid definition may hold, in the words of the drawing (`machines/drawing`), so
 * that page, picture and handbook say the same; where a drawing is brief, the whole. Must not: format a page.
 */
import { own } from '../definition/check-value.ts'
import { inLanguage } from '../definition/in-language.ts'
import type { Action, Definition, Delay, EventRole, Guard, Text, Value } from '../definition/schema.ts'
import type { TreeNode, TreeTransition } from '../definition/tree.ts'
import { readChart } from '../drawing/model.ts'
import { drawingTranslator } from '../drawing/text/translate.ts'
import {
  actionInWords,
  delayInWords,
  expressionInWords,
  guardInWords,
  type TriggerWords,
  triggerInWords,
} from '../drawing/words.ts'

export type Language = 'en' | 'zh'

/** A value that is longer is a formula: the machine's business, and no reader's. */
const LONGEST_VALUE = 40

/** Tells the parts of one definition in one language. */
export type Teller = {
  readonly language: Language
  say(en: string, zh: string): string
  text(text: Text | undefined, fallback: string): string
  list(items: readonly string[]): string
  title(place: TreeNode): string
  event(type: string): string
  roles(roles: readonly EventRole[]): string
  trigger(placed: TreeTransition): TriggerWords
  guard(guard: Guard): string
  action(action: Action): string
  delay(delay: Delay, key: string): string
  expression(text: string): string
}

export function createTeller(definition: Definition, language: Language): Teller {
  const model = readChart(definition)
  const tell = drawingTranslator(language)
  const words = { tell, language, model }
  const ways = new Map(model.transitions.map((way) => [way.pointer, way]))
  const say = (en: string, zh: string): string => (language === 'zh' ? zh : en)
  const text = (given: Text | undefined, fallback: string): string => inLanguage(given, language, fallback)
  const list = (items: readonly string[]): string => items.join(tell('common.list'))
  const event = (type: string): string =>
    type === '*' ? tell('trigger.any') : text(own(definition.schemas.events, type)?.meta.title, type)
  const expression = (given: string): string => expressionInWords(given, words)
  /** A field with its new value; the field alone where it takes a formula, or what the event says of it. */
  const set = (name: string, value: Value): string => {
    const field = text(own(definition.schemas.context.properties, name)?.meta?.title, name)
    const isComputed = typeof value === 'object' && value !== null && '@expr' in value
    const said = isComputed ? expression(value['@expr']) : JSON.stringify(value)
    const isPlain = !isComputed || (said.length <= LONGEST_VALUE && !/[?(]/.test(said))
    return isPlain && said !== field ? `${field} = ${said}` : field
  }
  const assign = (values: Readonly<Record<string, Value>>): string => {
    const [cleared, given] = [true, false].map((empty) =>
      Object.entries(values).filter(([, value]) => (value === null) === empty),
    )
    const fields = list((given ?? []).map(([name, value]) => set(name, value)))
    const gone = list(
      (cleared ?? []).map(([name]) =>
        text(own(definition.schemas.context.properties, name)?.meta?.title, name),
      ),
    )
    return [
      ...(fields === '' ? [] : [tell('action.assign', { fields })]),
      ...(gone === '' ? [] : [say(`clear ${gone}`, `清空${gone}`)]),
    ].join(say('; ', '；'))
  }
  return {
    language,
    say,
    text,
    list,
    event,
    expression,
    title: ({ parent, node, key }) =>
      text(parent === undefined ? definition.meta.title : node.meta?.title, key),
    // What comes from elsewhere is no person's doing.
    roles: (roles) =>
      list(roles.map((role) => (role === 'system' ? say('Linked jobs', '关联工单') : tell(`roles.${role}`)))),
    trigger: ({ pointer, trigger }) => {
      const way = ways.get(pointer)
      // A drawing has its limits.
      if (way === undefined)
        return { title: trigger.kind === 'on' ? event(trigger.descriptor) : '', detail: '' }
      return triggerInWords(way, words)
    },
    guard: (guard) => guardInWords(guard, words),
    action: (action) => {
      // A drawing names the fields alone, and an event by its key.
      if (action.type === '@xstate.assign') return assign(action.context)
      if (action.type === '@xstate.raise' && action.delay === undefined)
        return tell('action.raise', { event: event(action.event.type) })
      return actionInWords(action, words)
    },
    delay: (delay, key) => delayInWords(delay, key, words),
  }
}
