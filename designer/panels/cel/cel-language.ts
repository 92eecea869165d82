/**
 * How an expression's text is coloured and completed in the code editor.
 *
 * Must not: know what is declared (`machines/expression/complete.ts` does), or set a colour: those are the theme's.
 */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { HighlightStyle, StreamLanguage, type StringStream } from '@codemirror/language'
import { tags } from '@lezer/highlight'
import { complete } from '../../../machines/expression/complete.ts'
import type { Scope } from '../../../machines/expression/scope.ts'
import { VARIABLES } from '../../../machines/expression/vocabulary.ts'

const VARIABLE_NAMES: ReadonlySet<string> = new Set(VARIABLES)

function token(stream: StringStream): string | null {
  if (stream.eatSpace()) return null
  if (stream.match(/\/\/.*/)) return 'comment'
  if (stream.match(/"(?:[^"\\]|\\.)*"?/) || stream.match(/'(?:[^'\\]|\\.)*'?/)) return 'string'
  if (stream.match(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)) return 'number'
  if (stream.match(/(?:true|false|null)\b/)) return 'atom'
  if (stream.match(/in\b/)) return 'keyword'
  if (stream.match(/[A-Za-z_]\w*(?=\s*\()/)) return 'keyword'
  if (stream.match(/[A-Za-z_]\w*/))
    return VARIABLE_NAMES.has(stream.current()) ? 'variableName' : 'propertyName'
  if (stream.match(/&&|\|\||[=!<>]=|[<>!+\-*/%?:]/)) return 'operator'
  stream.next()
  return null
}

export const CEL = StreamLanguage.define({ name: 'cel', token })

export const CEL_COLOURS = HighlightStyle.define([
  { tag: tags.string, class: 'cel-text' },
  { tag: [tags.number, tags.atom], class: 'cel-value' },
  { tag: [tags.keyword, tags.operator], class: 'cel-sign' },
  { tag: tags.variableName, class: 'cel-variable' },
  { tag: tags.comment, class: 'cel-comment' },
])

export type Asked = {
  readonly scope: Scope
  readonly expected: 'bool' | 'string' | 'timestamp' | 'any'
  readonly language: 'en' | 'zh'
}

/** What may stand at the cursor, as the editor's list takes it. */
export function completions(
  context: CompletionContext,
  { scope, expected, language }: Asked,
): CompletionResult | null {
  const { state, pos, explicit } = context
  const text = state.doc.toString()
  const before = context.matchBefore(/[\w.'"]$/)
  if (before === null && !explicit) return null
  const found = complete(text, pos, scope, expected)
  // A quote asks for values only where it opens a text; behind one that ends it nothing is offered unasked.
  const isQuote = before !== null && /['"]$/.test(before.text)
  if (isQuote && !explicit && found.options.some(({ kind }) => kind !== 'value')) return null
  if (found.options.length === 0) return null
  const options = found.options.map(
    ({ label, insert, kind, type, title, documentation }): Completion => ({
      label,
      apply: insert,
      type: kind === 'field' ? 'property' : kind === 'value' ? 'constant' : kind,
      detail: title[language] === label ? type : `${title[language]} · ${type}`,
      ...(documentation === undefined ? {} : { info: documentation[language] }),
    }),
  )
  return { from: found.from, to: found.to, options, filter: false }
}
