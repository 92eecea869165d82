/**
 * Where things stand in the text, also while it cannot be read: as it last could be, carried along with what is typed.
 *
 * Must not: be asked for what the text means (`readingOf` knows).
 */
import { type ChangeDesc, type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state'
import { type Reading, readJson, type Span, type TextNode } from './json-read.ts'

const readings = new WeakMap<object, Reading>()
/** The text of an editor, read once for each of its states. */
export function readingOf({ doc }: EditorState): Reading {
  const known = readings.get(doc)
  if (known !== undefined) return known
  const reading = readJson(doc.toString())
  readings.set(doc, reading)
  return reading
}

type Good = { readonly root: TextNode; readonly text: string; readonly since: ChangeDesc | undefined }
const isGood = StateEffect.define<Good>()
const good = StateField.define<Good | undefined>({
  create: () => undefined,
  update(before, { docChanged, changes, effects }) {
    const found = effects.findLast((effect) => effect.is(isGood))
    if (found !== undefined) return found.value
    if (before === undefined || !docChanged) return before
    return {
      ...before,
      since: before.since === undefined ? changes.desc : before.since.composeDesc(changes.desc),
    }
  },
})
export const goodReading: Extension = good

/** To be dispatched when the text reads: from here on it is what places go by. */
export function readsNow(state: EditorState): StateEffect<Good>[] {
  const { root, fault } = readingOf(state)
  if (root === undefined || fault !== undefined) return []
  return [isGood.of({ root, text: state.doc.toString(), since: undefined })]
}

export type Places = {
  readonly root: TextNode
  readonly text: string
  /** From a place in `text` to the present one. */
  now(span: Span): Span
  /** From a present place to the one in `text`. */
  before(offset: number): number
}
/** What to look places up in; undefined while there was never anything to read. */
export function placesIn(state: EditorState): Places | undefined {
  const { root, fault } = readingOf(state)
  const last = state.field(good, false)
  if (root !== undefined && (fault === undefined || last === undefined))
    return { root, text: state.doc.toString(), now: (span) => span, before: (offset) => offset }
  if (last === undefined) return undefined
  const { since } = last
  return {
    ...last,
    now: ({ from, to }) =>
      since === undefined
        ? { from, to }
        : { from: since.mapPos(from, -1), to: Math.max(since.mapPos(from, -1), since.mapPos(to, 1)) },
    before: (offset) => (since === undefined ? offset : since.invertedDesc.mapPos(offset)),
  }
}
