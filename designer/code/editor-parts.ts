/**
 * What the editor of the process's text is made of: its language, its keys, its look.
 *
 * Promises: Tab leaves the editor; what an input method composes is not disturbed. Must not: change the text by itself.
 */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language'
import { lintGutter, lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import {
  crosshairCursor,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { hangingLines } from './hanging.ts'
import { litLines } from './marks.ts'

/** Coloured by classes, so that both themes follow the stylesheet. */
const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, class: 'code-key' },
  { tag: tags.string, class: 'code-text' },
  { tag: [tags.number, tags.bool, tags.null], class: 'code-value' },
  { tag: [tags.separator, tags.squareBracket, tags.brace, tags.punctuation], class: 'code-sign' },
])

export type Acts = { undo(): boolean; redo(): boolean; flush(): void; layOut(): void; show(): void }

/** All that does not change while the editor is open. */
export const editorParts = (acts: Acts): Extension => [
  keymap.of([
    { key: 'Mod-z', run: acts.undo, preventDefault: true },
    { key: 'Mod-y', run: acts.redo, preventDefault: true },
    { key: 'Mod-Shift-z', run: acts.redo, preventDefault: true },
    {
      key: 'Mod-s',
      // The page saves; what is typed goes along.
      run: () => {
        acts.flush()
        return false
      },
    },
    { key: 'Alt-Enter', run: done(acts.show) },
    { key: 'Shift-Alt-f', run: done(acts.layOut) },
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...searchKeymap,
    ...foldKeymap,
    ...lintKeymap,
    ...defaultKeymap,
  ]),
  json(),
  syntaxHighlighting(COLOURS),
  lineNumbers(),
  foldGutter(),
  lintGutter(),
  highlightSpecialChars(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  drawSelection(),
  rectangularSelection(),
  crosshairCursor(),
  bracketMatching(),
  closeBrackets(),
  indentOnInput(),
  indentUnit.of('  '),
  EditorState.tabSize.of(2),
  EditorState.allowMultipleSelections.of(true),
  EditorView.lineWrapping,
  search({ top: true }),
  litLines,
  hangingLines,
]
const done = (act: () => void) => (): boolean => {
  act()
  return true
}
