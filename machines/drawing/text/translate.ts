/**
 * The translator that a drawing asks for its words, and one of its own for where there is no page.
 *
 * Promises: a drawing is told the same in the browser and on the server, for both read `en.ts` and `zh.ts`.
 * Must not: know an i18n library; the pages hand theirs in.
 */
import { drawing as en } from './en.ts'
import { drawing as zh } from './zh.ts'

type Same<Words> = { [Key in keyof Words]: Words[Key] extends string ? string : Same<Words[Key]> }
export type DrawingText = Same<typeof en>

type Leaves<Words, Above extends string = ''> = {
  [Key in keyof Words & string]: Words[Key] extends string
    ? `${Above}${Key}`
    : Leaves<Words[Key], `${Above}${Key}.`>
}[keyof Words & string]
type DrawingKey = Leaves<typeof en>
/** A message by its key, with `{{name}}` filled in. */
export type Translate = (key: DrawingKey, values?: Readonly<Record<string, string | number>>) => string

const leaves = (words: object, above = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[above + key, value]] : leaves(value, `${above}${key}.`),
  )
const MESSAGES = { en: new Map(leaves(en)), zh: new Map(leaves(zh)) }

/** A translator into a language: `zh`, `zh-CN`; any other is English. */
export const drawingTranslator =
  (language: string): Translate =>
  (key, values = {}) =>
    (MESSAGES[language.startsWith('zh') ? 'zh' : 'en'].get(key) ?? key).replaceAll(
      /\{\{(\w+)\}\}/g,
      (whole, name) =>
        typeof name === 'string' && Object.hasOwn(values, name) ? String(values[name]) : whole,
    )
