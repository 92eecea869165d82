/**
 * The languages of the pages, how one is chosen and remembered, and the choice among a definition's own words (`machines/definition`).
 *
 * Promises: the reader's last choice wins, then the browser's languages, then English.
 * Must not: hold text.
 */
import { createInstance, type i18n } from 'i18next'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

export { inLanguage } from '../../machines/definition/in-language.ts'

export const LANGUAGES = ['en', 'zh-CN'] as const
export type Language = (typeof LANGUAGES)[number]
const STORED = 'fieldchart.language'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'text'
    resources: { text: typeof en }
  }
}

export const asLanguage = (tag: string): Language => (tag.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en')

/** `stored`: an earlier choice; `preferred`: the browser's languages in order. */
export function chooseLanguage(stored: string | null, preferred: readonly string[]): Language {
  const known = LANGUAGES.find((language) => language === stored)
  if (known !== undefined) return known
  const first = preferred.find((tag) => /^(zh|en)\b/i.test(tag))
  return first === undefined ? 'en' : asLanguage(first)
}

/** A translator of its own, ready at once: both languages are part of the page. */
export function createTranslator(language: Language): i18n {
  const translator = createInstance()
  void translator.init({
    lng: language,
    fallbackLng: 'en',
    ns: ['text'],
    defaultNS: 'text',
    resources: { en: { text: en }, 'zh-CN': { text: zhCN } },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  return translator
}

/** Reads the remembered choice; a browser that forbids storage has none. */
export function rememberedLanguage(): string | null {
  try {
    return localStorage.getItem(STORED)
  } catch {
    return null
  }
}
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(STORED, language)
  } catch {
    // A private window may refuse; the choice then lasts as long as the page.
  }
}
