/**
 * Long lines go on below where they began, not at the left edge.
 */
import { type Extension, RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin } from '@codemirror/view'

/** Deeper lines would have no room left. */
const MOST = 24

export const hangingLines: Extension = ViewPlugin.define(
  (view) => ({
    lines: linesIn(view),
    update({ docChanged, viewportChanged, view: now }) {
      if (docChanged || viewportChanged) this.lines = linesIn(now)
    },
  }),
  { decorations: ({ lines }) => lines },
)

function linesIn({ state, visibleRanges }: EditorView): DecorationSet {
  const made = new RangeSetBuilder<Decoration>()
  let last = -1
  for (const { from, to } of visibleRanges)
    for (let at = from; at <= to; ) {
      const line = state.doc.lineAt(at)
      at = line.to + 1
      if (line.from <= last) continue
      last = line.from
      const indent = Math.min(/^ */.exec(line.text)?.[0].length ?? 0, MOST) + 2
      made.add(line.from, line.from, hanging(indent))
    }
  return made.finish()
}

const made = new Map<number, Decoration>()
function hanging(indent: number): Decoration {
  const known = made.get(indent)
  if (known !== undefined) return known
  const style = `padding-inline-start:calc(${indent}ch + 6px);text-indent:-${indent}ch`
  const fresh = Decoration.line({ attributes: { style } })
  made.set(indent, fresh)
  return fresh
}
