/**
 * What is marked in the text: problems, the place where it cannot be read, and what is selected in the drawing.
 *
 * Must not: find problems, or move the cursor by itself.
 */
import { foldedRanges, unfoldEffect } from '@codemirror/language'
import { type Diagnostic, setDiagnostics } from '@codemirror/lint'
import { type EditorState, type Extension, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import type { Problem } from '../../machines/definition/problem.ts'
import { placesIn } from './good-reading.ts'
import type { Fault, Span } from './json-read.ts'
import { markOf, placeOf } from './text-places.ts'

const light = StateEffect.define<readonly Span[]>({
  map: (spans, changes) =>
    spans.map(({ from, to }) => ({ from: changes.mapPos(from, 1), to: changes.mapPos(to, -1) })),
})
const lit = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(before, { state, changes, effects }) {
    const found = effects.findLast((effect) => effect.is(light))
    return found === undefined ? before.map(changes) : lines(state, found.value)
  },
  provide: (field) => EditorView.decorations.from(field),
})
const LIT = Decoration.line({ class: 'code-lit' })

function lines({ doc }: EditorState, spans: readonly Span[]): DecorationSet {
  const numbers = new Set<number>()
  for (const { from, to } of spans) {
    const last = doc.lineAt(Math.min(to, doc.length)).number
    for (let line = doc.lineAt(Math.min(from, doc.length)).number; line <= last; line++) numbers.add(line)
  }
  const made = new RangeSetBuilder<Decoration>()
  for (const line of [...numbers].toSorted((one, other) => one - other)) {
    const { from } = doc.line(line)
    made.add(from, from, LIT)
  }
  return made.finish()
}

export const litLines: Extension = lit

/** Lights what the pointers lead to; `look`: the first of them comes into view. The focus stays where it is. */
export function lightUp(view: EditorView, pointers: readonly string[], look: boolean): void {
  const known = placesIn(view.state)
  const places = known === undefined ? [] : pointers.map((pointer) => placeOf(known.root, pointer))
  const spans = places.flatMap(({ exact, whole }) => (exact && known !== undefined ? [known.now(whole)] : []))
  const [first] = spans
  if (first !== undefined && look) unfold(view, first.from)
  view.dispatch({
    effects: [
      light.of(spans),
      ...(first !== undefined && look
        ? [EditorView.scrollIntoView(first.from, { y: 'start', yMargin: 60 })]
        : []),
    ],
  })
}

/** Puts the cursor where a pointer leads, and brings it into view. */
export function goTo(view: EditorView, pointer: string): void {
  const known = placesIn(view.state)
  if (known === undefined) return
  goToOffset(view, known.now(markOf(known.text, known.root, pointer)).from)
}
export function goToOffset(view: EditorView, offset: number): void {
  const anchor = Math.min(offset, view.state.doc.length)
  unfold(view, anchor)
  view.dispatch({
    selection: { anchor },
    effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
  })
}

function unfold(view: EditorView, offset: number): void {
  const effects: StateEffect<{ from: number; to: number }>[] = []
  foldedRanges(view.state).between(offset, offset, (from, to) => {
    if (from < offset && offset < to) effects.push(unfoldEffect.of({ from, to }))
  })
  if (effects.length > 0) view.dispatch({ effects })
}

export type Mend = { readonly name: string; mend(): void }

/** Underlines the problems and the fault. What is said of them is in the reader's language already. */
export function underline(
  view: EditorView,
  problems: readonly Problem[],
  fault: Fault | undefined,
  words: {
    problem(problem: Problem): string
    fault(fault: Fault): string
    mend(problem: Problem): Mend | undefined
  },
): void {
  const places = placesIn(view.state)
  const { length } = view.state.doc
  const found: Diagnostic[] = (places === undefined ? [] : problems).map((problem) => {
    const { from, to } =
      places === undefined
        ? { from: 0, to: 0 }
        : places.now(markOf(places.text, places.root, problem.path, problem.range))
    const mend = words.mend(problem)
    return {
      from,
      to,
      severity: problem.severity,
      message: words.problem(problem),
      ...(mend === undefined ? {} : { actions: [{ name: mend.name, apply: () => mend.mend() }] }),
    }
  })
  if (fault !== undefined)
    found.push({
      from: Math.min(fault.from, length),
      to: Math.min(Math.max(fault.to, fault.from), length),
      severity: 'error',
      message: words.fault(fault),
    })
  view.dispatch(setDiagnostics(view.state, found))
}
