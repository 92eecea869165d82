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
import { readingOf } from './code-sync.ts'
import { tellOf } from './hover.ts'
import type { Outside } from './known-names.ts'
import { type Suggestion, type Suggestions, suggest } from './suggest.ts'
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
  return {
    from: found.from,
    to: found.to,
    // Asked for in what is complete already, all is shown that could stand there instead.
    filter: inExpression === undefined && !(explicit && isComplete(text.slice(found.from, found.to))),
    ...(inExpression === undefined ? { validFor: /^"?[^"\s]*"?$/ } : {}),
    options: found.options.map((option, index) => completion(option, found, index, around)),
  }
}

const isComplete = (written: string): boolean => /^(".+"|\w+)$/.test(written)

function completion(option: Suggestion, found: Suggestions, index: number, { say }: Around): Completion {
  const title = say(option.title)
  const apply = (view: EditorView, _: Completion, from: number, to: number): void => {
    const { comma } = found
    const shift = comma === undefined ? 0 : 1
    view.dispatch({
      changes: [
        ...(comma === undefined ? [] : [{ from: comma, insert: ',' }]),
        { from, to, insert: option.insert },
      ],
      selection: { anchor: from + shift + option.cursor },
      userEvent: 'input.complete',
      scrollIntoView: true,
    })
    if (option.goesOn) startCompletion(view)
  }
  return {
    // What is replaced may begin with quotation marks: the label is compared with them.
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
