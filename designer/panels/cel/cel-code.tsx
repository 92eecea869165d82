/**
 * The code editor for one expression.
 *
 * Promises: shows the text it is given, and hands on what is typed; a text from elsewhere takes the place of what was
 * shown without a change handed on. Tab leaves it.
 * Must not: be imported but lazily (`cel-editor.tsx`): the editor's code is large.
 */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, setDiagnostics } from '@codemirror/lint'
import { EditorState, type Extension, StateEffect, StateField, Transaction } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  placeholder as placeholderText,
  tooltips,
} from '@codemirror/view'
import { type ReactElement, useEffect, useRef } from 'react'
import { type Asked, CEL, CEL_COLOURS, completions } from './cel-language.ts'

export type Lit = { readonly start: number; readonly end: number; readonly is: string }
export type CelProps = {
  label: string
  text: string
  placeholder?: string
  readOnly?: boolean
  asked: Asked | undefined
  problems: readonly { readonly start: number; readonly end: number; readonly message: string }[]
  /** Parts that decided, where the expression is being tried. */
  lit?: readonly Lit[]
  autoFocus?: boolean
  change(text: string): void
}

const setLit = StateEffect.define<readonly Lit[]>()
const litParts = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(held, transaction) {
    const effect = transaction.effects.findLast((one) => one.is(setLit))
    if (effect === undefined || !effect.is(setLit)) return held.map(transaction.changes)
    const length = transaction.newDoc.length
    const marks = effect.value
      .filter(({ start, end }) => start < end && end <= length)
      .toSorted((one, other) => one.start - other.start)
      .map(({ start, end, is }) => Decoration.mark({ class: `cel-lit cel-lit-${is}` }).range(start, end))
    return Decoration.set(marks, true)
  },
  provide: (field) => EditorView.decorations.from(field),
})

function diagnosticsOf(problems: CelProps['problems'], length: number): Diagnostic[] {
  return problems.map(({ start, end, message }) => {
    const from = Math.min(start, Math.max(0, length - 1))
    return {
      from,
      to: Math.max(Math.min(end, length), Math.min(from + 1, length)),
      severity: 'error',
      message,
    }
  })
}

const FIXED: Extension = [
  history(),
  CEL,
  syntaxHighlighting(CEL_COLOURS),
  bracketMatching(),
  closeBrackets(),
  litParts,
  EditorView.lineWrapping,
  tooltips({ position: 'fixed', parent: document.body }),
  keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
]

export default function CelCode(props: CelProps): ReactElement {
  const { label, text, placeholder = '', readOnly = false, problems, lit, autoFocus = false } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  useEffect(() => {
    if (host.current === null) return
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          FIXED,
          autocompletion({
            override: [
              (context) => {
                const { asked } = latest.current
                return asked === undefined ? null : completions(context, asked)
              },
            ],
            icons: false,
          }),
          placeholderText(placeholder),
          EditorState.readOnly.of(readOnly),
          EditorView.editable.of(!readOnly),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            const own = update.transactions.some((one) => one.annotation(Transaction.remote) !== true)
            if (update.docChanged && own) latest.current.change(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = made
    if (autoFocus) made.focus()
    return () => {
      view.current = null
      made.destroy()
    }
  }, [label, placeholder, readOnly, autoFocus])
  useEffect(() => {
    const editor = view.current
    if (editor === null || editor.state.doc.toString() === text) return
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: text },
      annotations: [Transaction.remote.of(true), Transaction.addToHistory.of(false)],
    })
  }, [text])
  useEffect(() => {
    const editor = view.current
    if (editor !== null)
      editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(problems, editor.state.doc.length)))
  }, [problems])
  useEffect(() => {
    view.current?.dispatch({ effects: setLit.of(lit ?? []) })
  }, [lit])
  return <div ref={host} className="cel-code" />
}
