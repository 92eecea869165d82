/**
 * A process as a handbook for those who work by it: states with their checklists and ways out, rules, deadlines, roles,
 * events, data and figures.
 *
 * Promises: everything a person must know of the definition stands in it; nothing stands in it that the definition or
 * the catalogue of norms does not say.
 * Must not: know HTML or Markdown (`page.ts`).
 */
import { inLanguage } from '../definition/in-language.ts'
import type { Definition } from '../definition/schema.ts'
import { type Book, heading, openBook } from './handbook-book.ts'
import { states } from './handbook-states.ts'
import { delays, events, fields, roles, rules, settings } from './handbook-tables.ts'
import { type Block, type Part, toHtml, toMarkdown } from './page.ts'
import type { Language } from './words.ts'

export type HandbookLanguage = Language | 'both'
const languagesOf = (language: HandbookLanguage): Language[] =>
  language === 'both' ? ['en', 'zh'] : [language]

/** For a browser to show and print. */
export function toHandbook(definition: Definition, language: HandbookLanguage): string {
  const [first = 'en'] = languagesOf(language)
  return toHtml(inLanguage(definition.meta.title, first, definition.id), partsOf(definition, language))
}
export const toHandbookMarkdown = (definition: Definition, language: HandbookLanguage): string =>
  toMarkdown(partsOf(definition, language))

const partsOf = (definition: Definition, language: HandbookLanguage): Part[] =>
  languagesOf(language).map((each) => ({ language: each, blocks: blocksOf(openBook(definition, each)) }))

function blocksOf(book: Book): Block[] {
  const { definition, tell } = book
  const chapter = (en: string, zh: string, blocks: Block[]): Block[] =>
    blocks.length === 0 ? [] : [heading(2, tell.say(en, zh)), ...blocks]
  const paragraph = (text: string | undefined): Block[] =>
    text === undefined || text === '' ? [] : [{ kind: 'paragraph', text }]
  // Before the rules are listed, every chapter has noted which norms it names.
  const first = chapter('States', '状态', states(book))
  const more = [
    ...chapter('Deadlines and times', '时限', delays(book)),
    ...chapter('Roles', '角色', roles(book)),
    ...chapter('Events', '事件', events(book)),
    ...chapter('Data', '数据', fields(book)),
    ...chapter('Figures that may be changed', '可调整的参数', settings(book)),
  ]
  return [
    heading(1, tell.text(definition.meta.title, definition.id)),
    ...paragraph(tell.text(definition.meta.description, '')),
    ...paragraph(definition.description),
    ...first,
    ...chapter('Rules', '规范', rules(book)),
    ...more,
  ]
}
