/**
 * The choice among a definition's own words.
 *
 * Promises: an answer for any text, also a damaged one (a draft's words may be anything).
 * Must not: hold words.
 */
import type { Text } from './schema.ts'

/** A text in a language (`zh`, `zh-CN`, any other is English), in the other where it is missing, else `otherwise`. */
export function inLanguage(text: Text | undefined, language: string, otherwise = ''): string {
  const chinese = language.toLowerCase().startsWith('zh')
  const said = chinese ? (text?.zh ?? text?.en) : (text?.en ?? text?.zh)
  return typeof said === 'string' ? said : otherwise
}
