/**
 * The syntax tree of an expression with what its names stand for, for those who write it in another language.
 *
 * Must not: evaluate.
 */

import { runningLanguage } from './cel.ts'
import { LONGEST_EXPRESSION } from './check.ts'
import type { Fields } from './shapes.ts'
import { type Node, withoutComments } from './syntax.ts'
import { anyPayload, type ExpressionSource, type Vocabulary, vocabularyOf } from './vocabulary.ts'

export type Parser = {
  readonly vocabulary: Vocabulary
  /** What any event may carry. */
  readonly anyEvent: Fields
  /** Undefined for what is no expression. */
  parse(text: string): Node | undefined
}

export function createParser(definition: ExpressionSource): Parser {
  const vocabulary = vocabularyOf(definition)
  const anyEvent = anyPayload(vocabulary)
  const { cel } = runningLanguage(vocabulary, anyEvent, 'UTC')
  return {
    vocabulary,
    anyEvent,
    parse: (text) => {
      if (text.length > LONGEST_EXPRESSION) return undefined
      try {
        return cel.parse(withoutComments(text)).ast
      } catch {
        return undefined
      }
    },
  }
}
