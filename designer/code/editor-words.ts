/**
 * What the editor itself says, in the reader's language.
 */
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import type { TFunction } from 'i18next'

/** The editor's own words, by the sentences it knows them under. */
const SAID = {
  find: 'Find',
  replace: 'Replace',
  next: 'next',
  previous: 'previous',
  all: 'all',
  matchCase: 'match case',
  byWord: 'by word',
  regexp: 'regexp',
  replaceOne: 'replace',
  replaceAll: 'replace all',
  close: 'close',
  currentMatch: 'current match',
  onLine: 'on line',
  replacedMatches: 'replaced $ matches',
  replacedOnLine: 'replaced match on line $',
  goToLine: 'Go to line',
  go: 'go',
  completions: 'Completions',
  diagnostics: 'Diagnostics',
  noDiagnostics: 'No diagnostics',
  foldedCode: 'folded code',
  unfold: 'unfold',
  to: 'to',
  foldedLines: 'Folded lines',
  unfoldedLines: 'Unfolded lines',
  foldLine: 'Fold line',
  unfoldLine: 'Unfold line',
  controlCharacter: 'Control character',
  selectionDeleted: 'Selection deleted',
} as const
const isSaid = (key: string): key is keyof typeof SAID => Object.hasOwn(SAID, key)

export const editorWords = (t: TFunction): Extension => [
  EditorState.phrases.of(
    Object.fromEntries(
      Object.keys(SAID)
        .filter(isSaid)
        .map((key) => [SAID[key], t(`code.editor.${key}`)]),
    ),
  ),
  EditorView.contentAttributes.of({ 'aria-label': t('code.content'), tabindex: '0' }),
]
