/**
 * The text of a process in the editor, kept in step with the document.
 *
 * Promises:
 * - What is drawn appears in the text at once, changed only where it differs, so that cursor and folds stay.
 * - What is typed becomes one command as soon as it reads as JSON and a pause is made, or the editor is left. What does
 *   not read is neither applied nor lost; what came into the document meanwhile is brought together with it, and where
 *   both touch, nothing goes before the person chose.
 * - Letters that an input method is still composing are left alone.
 * Must not: know React or words; judge a definition (a broken one is applied, so that it can be mended).
 */
import { history, redo, redoDepth, undo, undoDepth } from '@codemirror/commands'
import { Annotation, Compartment, type Extension, Transaction } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { isSame, type Json } from '../document/json.ts'
import { changesTo } from './follow.ts'
import { goodReading, readingOf, readsNow } from './good-reading.ts'
import { type Fault, readJson } from './json-read.ts'
import { writeJson } from './json-write.ts'
import type { KeptText } from './kept-text.ts'
import { applyChanges, changesBetween, type TextChange } from './text-diff.ts'
import { mergeTexts, type Side, type Touch } from './text-merge.ts'

/** Where the text stands against the document. */
export type Standing =
  | { readonly kind: 'same' | 'typing' | 'refused' }
  | { readonly kind: 'broken'; readonly fault: Fault }
  | { readonly kind: 'touching'; readonly touches: readonly Touch[] }

export type Host = {
  /** Makes it the definition; gives the definition as it is then, or undefined where that was refused. */
  take(value: Json, before: Json): Json | undefined
  undo(): void
  redo(): void
  stands(standing: Standing): void
  /** What must not be lost; undefined: nothing. */
  keep(kept: KeptText | undefined): void
}

const PAUSE_MS = 600
/** Of a change that the document made, not the person. */
const fromDocument = Annotation.define<boolean>()
const isTyped = (transaction: Transaction): boolean =>
  transaction.docChanged && transaction.annotation(fromDocument) !== true

export class CodeSync {
  readonly view: EditorView
  readonly #host: Host
  readonly #past = new Compartment()
  /** The text of `#definition`. */
  #base: string
  #definition: Json
  /** What the document holds by now. */
  #latest: Json
  #isOpen = false
  #isClosed = false
  #touches: readonly Touch[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    parent: HTMLElement,
    definition: Json,
    kept: KeptText | undefined,
    host: Host,
    extensions: Extension,
  ) {
    this.#host = host
    const begun = kept === undefined ? undefined : readJson(kept.base).value
    this.#base = kept === undefined || begun === undefined ? writeJson(definition) : kept.base
    this.#definition = begun ?? definition
    this.#latest = definition
    const text = kept === undefined || begun === undefined ? this.#base : kept.text
    this.view = new EditorView({
      parent,
      doc: text,
      extensions: [
        this.#past.of(history()),
        goodReading,
        extensions,
        EditorView.updateListener.of(({ transactions }) => {
          if (transactions.some(isTyped)) this.#typed()
        }),
      ],
    })
    if (text === this.#base) this.#reads()
    else this.#isOpen = true
    this.follow(definition)
    this.flush()
  }

  /** The document holds this now. */
  follow(definition: Json): void {
    this.#latest = definition
    if (definition === this.#definition || this.#isClosed) return
    if (this.view.composing) {
      this.#wait()
      return
    }
    if (isSame(definition, this.#definition)) {
      this.#definition = definition
      if (this.#touches.length > 0) this.#settle([])
      return
    }
    if (this.#isOpen) {
      this.#meet()
      return
    }
    const text = this.#textFor(definition)
    this.#write(changesBetween(this.#base, text))
    this.#base = text
    this.#definition = definition
    this.#reads()
    this.#forget()
  }

  /** Takes in what is typed, as far as it reads. */
  flush(): void {
    clearTimeout(this.#timer)
    if (this.#isClosed) return
    if (this.view.composing) {
      this.#wait()
      return
    }
    if (this.#latest !== this.#definition) this.follow(this.#latest)
    if (!this.#isOpen || this.#touches.length > 0) return
    const { value, fault } = readingOf(this.view.state)
    if (fault !== undefined) {
      this.#host.keep(this.#kept())
      this.#host.stands({ kind: 'broken', fault })
      return
    }
    if (value === undefined) return
    const isOther = !isSame(value, this.#definition)
    const taken = isOther ? this.#host.take(value, this.#definition) : this.#definition
    if (taken === undefined) {
      this.#host.keep(this.#kept())
      this.#host.stands({ kind: 'refused' })
      return
    }
    this.#base = this.view.state.doc.toString()
    this.#definition = taken
    this.#latest = taken
    this.#isOpen = false
    this.#reads()
    if (isOther) this.#forget()
    this.#host.keep(undefined)
    this.#host.stands({ kind: 'same' })
  }

  /** Whose lines stand where typing and drawing touched. */
  decide(side: Side): void {
    this.#meet(side)
    this.flush()
  }

  /** Gives up what is typed; undoing within the text brings it back. */
  discard(): void {
    const changes = changesBetween(this.view.state.doc.toString(), this.#base)
    this.#touches = []
    this.view.dispatch({ changes, userEvent: 'delete' })
    this.flush()
  }

  /** Lays the text out anew; what is still to be mended is left as it is. */
  layOut(): void {
    const { value } = readingOf(this.view.state)
    if (value === undefined || this.view.state.readOnly) return
    const changes = changesBetween(this.view.state.doc.toString(), writeJson(value))
    this.view.dispatch({ changes, userEvent: 'input' })
    this.flush()
  }

  /** Takes back what was typed last, or else the last step of the document. */
  undo(): boolean {
    if (undoDepth(this.view.state) > 0) return undo(this.view)
    this.flush()
    if (this.#touches.length === 0) this.#host.undo()
    return true
  }
  redo(): boolean {
    if (redoDepth(this.view.state) > 0) return redo(this.view)
    if (!this.#isOpen) this.#host.redo()
    return true
  }

  /** What is typed is taken in, or kept. */
  close(): void {
    this.flush()
    this.#isClosed = true
    this.view.destroy()
  }

  #typed(): void {
    this.#isOpen = true
    if (this.#touches.length === 0) this.#host.stands({ kind: 'typing' })
    this.#wait()
  }
  #wait(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.flush(), PAUSE_MS)
  }
  #kept(): KeptText {
    return { base: this.#base, text: this.view.state.doc.toString() }
  }
  #textFor(definition: Json): string {
    const { root } = readJson(this.#base)
    return root === undefined
      ? writeJson(definition)
      : applyChanges(this.#base, changesTo(this.#base, root, this.#definition, definition))
  }

  /** Typing met drawing: both are in, or the person is asked. */
  #meet(side?: Side): void {
    const mine = this.view.state.doc.toString()
    const theirs = this.#textFor(this.#latest)
    const { text, touches } = mergeTexts(this.#base, mine, theirs, side ?? 'mine')
    if (touches.length > 0 && side === undefined) {
      this.#host.keep(this.#kept())
      this.#settle(touches)
      return
    }
    this.#base = theirs
    this.#definition = this.#latest
    this.#touches = []
    this.#write(changesBetween(mine, text))
    this.#wait()
  }
  #settle(touches: readonly Touch[]): void {
    this.#touches = touches
    this.#host.stands(touches.length > 0 ? { kind: 'touching', touches } : { kind: 'typing' })
    if (touches.length === 0) this.#wait()
  }

  #write(changes: readonly TextChange[]): void {
    if (changes.length === 0) return
    const [first] = changes
    this.view.dispatch({
      changes,
      annotations: [fromDocument.of(true), Transaction.addToHistory.of(false)],
      ...(first !== undefined && this.view.hasFocus
        ? { effects: EditorView.scrollIntoView(first.from, { y: 'nearest', yMargin: 40 }) }
        : {}),
    })
  }
  #reads(): void {
    this.view.dispatch({ effects: readsNow(this.view.state) })
  }
  /** From here on the document's own stack takes back. */
  #forget(): void {
    this.view.dispatch({ effects: this.#past.reconfigure([]) })
    this.view.dispatch({ effects: this.#past.reconfigure(history()) })
  }
}
