/**
 * The scenario as JSON, beside its form, both ways.
 *
 * Promises: what is typed is taken as soon as it is a scenario; what is not one stays typed, and is said to be none.
 * Must not: change the text under the hands of who types.
 */
import '../../../code/code.css'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { Text, useComputedColorScheme } from '@mantine/core'
import { type ReactElement, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Scenario } from '../../../../machines/simulate/scenario.ts'
import { editorParts } from '../../../code/editor-parts.ts'
import { editorWords } from '../../../code/editor-words.ts'
import { readAs } from '../../../panels/read.ts'

const PAUSE_MS = 350
const written = (scenario: Scenario): string => `${JSON.stringify(scenario, null, 2)}\n`

type Standing = 'same' | 'not-json' | 'no-scenario'
type Props = {
  scenario: Scenario
  change(next: Scenario, place: string): void
  undo(): void
  redo(): void
  /** JSON that is no scenario, to be told what is wrong with it; undefined once it is one. */
  notYet(json: unknown): void
}

export default function JsonPane(props: Props): ReactElement {
  const { t } = useTranslation()
  const dark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark'
  const frame = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<EditorView>()
  const [standing, setStanding] = useState<Standing>('same')
  const latest = useRef(props)
  latest.current = props
  /** The scenario that the text was last made of, or made into. */
  const known = useRef(props.scenario)

  useLayoutEffect(() => {
    const parent = frame.current
    if (parent === null) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = (): void => {
      clearTimeout(timer)
      if (timer === undefined) return
      timer = undefined
      setStanding(takeIn(made.state.doc.toString(), latest.current, known))
    }
    const undone = (act: () => void) => () => {
      flush()
      act()
      return true
    }
    const made = new EditorView({
      parent,
      state: EditorState.create({
        doc: written(latest.current.scenario),
        extensions: [
          editorParts({
            undo: undone(() => latest.current.undo()),
            redo: undone(() => latest.current.redo()),
            flush,
            layOut: () => undefined,
            show: () => undefined,
          }),
          editorWords(t),
          EditorView.theme({}, { dark }),
          EditorView.contentAttributes.of({ 'aria-label': t('trainer.form.json') }),
          EditorView.updateListener.of(({ docChanged, transactions }) => {
            if (
              !docChanged ||
              transactions.every((each) => !each.isUserEvent('input') && !each.isUserEvent('delete'))
            )
              return
            clearTimeout(timer)
            timer = setTimeout(flush, PAUSE_MS)
          }),
          EditorView.domEventHandlers({ blur: () => queueMicrotask(flush) }),
        ],
      }),
    })
    setView(made)
    return () => {
      flush()
      latest.current.notYet(undefined)
      made.destroy()
    }
  }, [t, dark])

  const { scenario } = props
  useEffect(() => {
    if (view === undefined || scenario === known.current) return
    known.current = scenario
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: written(scenario) } })
    setStanding('same')
    latest.current.notYet(undefined)
  }, [view, scenario])

  return (
    <div className="edit-json">
      <div ref={frame} className="code-frame" />
      <Text
        size="xs"
        role="status"
        px="xs"
        py={4}
        {...(standing === 'same' ? { c: 'dimmed' } : { c: 'var(--mantine-color-error)' })}
      >
        {t(`trainer.form.jsonIs.${standing}`)}
      </Text>
    </div>
  )
}

function takeIn(text: string, { change, notYet }: Props, known: { current: Scenario }): Standing {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'not-json'
  }
  const scenario = readAs(Scenario, json)
  notYet(scenario === undefined ? json : undefined)
  if (scenario === undefined) return 'no-scenario'
  if (JSON.stringify(scenario) !== JSON.stringify(known.current)) {
    known.current = scenario
    change(scenario, '/json')
  }
  return 'same'
}
