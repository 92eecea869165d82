/**
 * Suggestions while typing and help under the pointer, for the editor.
 *
 * Must not: know what may be written (`suggest.ts`) or what a name means (`hover.ts`).
 */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  startCompletion,
} from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'
import { type EditorView, hoverTooltip, type Tooltip } from '@codemirror/view'
import type { Text } from '../../machines/definition/schema.ts'
import type { Json } from '../document/json.ts'
import { readingOf } from './good-reading.ts'
import { tellOf } from './hover.ts'
import type { Outside } from './known-names.ts'
import { type Suggestion, suggest } from './suggest.ts'
import { suggestInExpression } from './suggest-expression.ts'

export type Around = {
  readonly definition: Json
  readonly outside: Outside
  say(text: Text | undefined): string
}

/** @param around what holds at the moment of asking */
export const assist = (around: () => Around): Extension => [
  autocompletion({
    override: [(context) => completions(context, around())],
    activateOnTyping: true,
    icons: false,
    maxRenderedOptions: 80,
  }),
  hoverTooltip((view, offset) => told(view, offset, around())),
]

function completions({ state, pos, explicit }: CompletionContext, around: Around): CompletionResult | null {
  const { root } = readingOf(state)
  if (root === undefined) return null
  const text = state.doc.toString()
  const inExpression = suggestInExpression(text, root, pos, around.definition)
  const found = inExpression ?? suggest(text, root, pos, around.definition, around.outside)
  if (found === undefined) return null
  // Unasked only where something was begun: an empty line is left in peace.
  if (!explicit && found.from === found.to && inExpression === undefined) return null
  const { from, to } = found
  // Compared is what stands within the quotation marks.
  const opening = text[from] === '"' ? 1 : 0
  const closing = to - from > 1 && text[to - 1] === '"' ? 1 : 0
  const options = found.options.map((option, index) =>
    completion(option, { opening, closing, comma: found.comma }, index, around),
  )
  return {
    from: from + opening,
    to: to - closing,
    // Asked for in what is complete already, all is shown that could stand there instead.
    filter: inExpression === undefined && !(explicit && isComplete(text.slice(from, to))),
    ...(inExpression === undefined ? { validFor: /^[^"\s]*$/ } : {}),
    options,
  }
}

const isComplete = (written: string): boolean => /^(".+"|\w+)$/.test(written)

/** How many signs around what is compared are replaced, too; and where a comma is missing. */
type Edges = { readonly opening: number; readonly closing: number; readonly comma: number | undefined }

function completion(
  option: Suggestion,
  { opening, closing, comma }: Edges,
  index: number,
  { say }: Around,
): Completion {
  const title = say(option.title)
  const apply = (view: EditorView, _: Completion, from: number, to: number): void => {
    const [start, end] = [from - opening, to + closing]
    view.dispatch({
      changes: [
        ...(comma === undefined ? [] : [{ from: comma, insert: ',' }]),
        { from: start, to: end, insert: option.insert },
      ],
      selection: { anchor: start + (comma === undefined ? 0 : 1) + option.cursor },
      userEvent: 'input.complete',
      scrollIntoView: true,
    })
    if (option.goesOn) startCompletion(view)
  }
  return {
    label: option.match,
    displayLabel: option.label,
    ...(title === '' || title === option.label ? {} : { detail: short(title) }),
    ...(title.length > SHORT ? { info: title } : {}),
    boost: option.isRequired ? 50 : -Math.min(index, 90),
    apply,
  }
}

const SHORT = 40
const short = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT - 1)}…` : text)

function told(view: EditorView, offset: number, { definition, outside, say }: Around): Tooltip | null {
  const { root } = readingOf(view.state)
  const found = root === undefined ? undefined : tellOf(root, offset, definition, outside)
  if (found === undefined) return null
  return {
    pos: found.from,
    end: found.to,
    above: true,
    create: () => {
      const dom = document.createElement('div')
      dom.className = 'code-hover'
      for (const text of found.texts) {
        const line = document.createElement('div')
        line.textContent = say(text)
        dom.append(line)
      }
      return { dom }
    },
  }
}
