/**
 * The process as text beside its drawing.
 *
 * Promises: says at all times whether what is typed is part of the process already, and where it cannot be read.
 * Must not: hold what the document holds. Loaded lazily.
 */
import './code.css'
import { foldAll, unfoldAll } from '@codemirror/language'
import { openSearchPanel } from '@codemirror/search'
import { Compartment, EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { ActionIcon, Button, Group, Text, Tooltip, useComputedColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../machines/definition/problem.ts'
import { type Design, type Selected, type Selection, useDesign } from '../design/design-api.ts'
import { selectedAt } from '../design/places.ts'
import { applyFix, replaceDefinition } from '../document/commands/process.ts'
import { treeOf } from '../document/document.ts'
import { isObject, type Json } from '../document/json.ts'
import { api } from '../session/api.ts'
import { useProcesses } from '../session/queries.ts'
import { Icon, type IconName } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { assist } from './assist.ts'
import { CodeFoot } from './code-foot.tsx'
import { toggleCode } from './code-shown.ts'
import { CodeSync, type Standing } from './code-sync.ts'
import { editorParts } from './editor-parts.ts'
import { editorWords } from './editor-words.ts'
import { placesIn } from './good-reading.ts'
import { keepText, keptText } from './kept-text.ts'
import type { Outside } from './known-names.ts'
import { goTo, goToOffset, lightUp, underline } from './marks.ts'
import { pointerAt } from './text-places.ts'

/** What changes while the editor is open. */
const variable = { words: new Compartment(), look: new Compartment(), lock: new Compartment() }

export default function CodePane({ problems }: { problems: readonly Problem[] }): ReactElement {
  const { t } = useTranslation()
  const { say, language } = useSpeech()
  const design = useDesign()
  const { document, selection, readOnly, revealed, pointed } = design
  const { definition } = document
  const dark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark'
  const frame = useRef<HTMLDivElement>(null)
  const [sync, setSync] = useState<CodeSync>()
  const [standing, setStanding] = useState<Standing>({ kind: 'same' })
  const [cursor, setCursor] = useState({ line: 1, column: 1 })
  const latest = useRef(design)
  latest.current = design
  const shownHere = useRef<Selection>(undefined)
  const speech = useRef({ say })
  speech.current = { say }
  const surroundings = useRef<Outside>({ calendars: [], processes: [] })
  surroundings.current = useOutside()

  useLayoutEffect(() => {
    const parent = frame.current
    if (parent === null) return undefined
    const show = (): void => showInDrawing(made, latest.current, shownHere)
    const { process, document: opened } = latest.current
    const made: CodeSync = new CodeSync(
      parent,
      opened.definition,
      keptText(process),
      hostOf(latest, setStanding),
      [
        editorParts({
          undo: () => made.undo(),
          redo: () => made.redo(),
          flush: () => made.flush(),
          layOut: () => made.layOut(),
          show,
        }),
        variable.words.of([]),
        variable.look.of([]),
        variable.lock.of([]),
        assist(() => ({
          definition: latest.current.document.definition,
          outside: surroundings.current,
          say: speech.current.say,
        })),
        EditorView.updateListener.of(({ selectionSet, docChanged, state }) => {
          if (selectionSet || docChanged) setCursor(cursorOf(state))
        }),
        EditorView.domEventHandlers({
          blur: () => {
            // The editor is told of the loss of focus while it updates; what is typed is taken in right after.
            queueMicrotask(() => made.flush())
            latest.current.stack.seal()
          },
        }),
      ],
    )
    setSync(made)
    return () => {
      made.close()
      setSync(undefined)
    }
  }, [])

  useEffect(() => {
    sync?.view.dispatch({ effects: variable.words.reconfigure(editorWords(t)) })
  }, [sync, t])
  useEffect(() => {
    sync?.view.dispatch({ effects: variable.look.reconfigure(EditorView.theme({}, { dark })) })
  }, [sync, dark])
  useEffect(() => {
    sync?.view.dispatch({ effects: variable.lock.reconfigure(EditorState.readOnly.of(readOnly)) })
    if (!readOnly) sync?.flush()
  }, [sync, readOnly])
  useEffect(() => sync?.follow(definition), [sync, definition])

  const fault = standing.kind === 'broken' ? standing.fault : undefined
  useEffect(() => {
    if (sync === undefined || standing.kind === 'typing') return
    underline(sync.view, problems, fault, {
      problem: ({ message }) => say(message),
      fault: ({ code, sign }) => t(`code.fault.${code}`, { sign }),
      mend: ({ fix }) =>
        fix === undefined || readOnly
          ? undefined
          : { name: say(fix.title), mend: () => latest.current.execute(applyFix(fix)) },
    })
  }, [sync, problems, fault, standing.kind, readOnly, say, t])

  useEffect(() => {
    if (sync === undefined) return
    const look = selection !== shownHere.current && pointed === undefined
    lightUp(sync.view, pointersOf(definition, selection), look)
    shownHere.current = selection
  }, [sync, selection, definition, pointed])
  useEffect(() => {
    if (sync !== undefined && revealed > 0 && pointed !== undefined) goTo(sync.view, pointed)
  }, [sync, revealed, pointed])
  useLeaving(sync, standing)

  const act = (work: (held: CodeSync) => void) => () => {
    if (sync !== undefined) work(sync)
  }
  return (
    <section className="code-pane" aria-label={t('code.title')}>
      <Group className="code-head" gap={4} wrap="nowrap" role="toolbar" aria-label={t('code.tools')}>
        <Text component="h2" size="sm" fw={600} m={0} style={{ flex: 1 }} truncate>
          {t('code.button')}
        </Text>
        <Tool icon="search" name={t('code.find')} act={act(({ view }) => openSearchPanel(view))} />
        <Tool icon="minus" name={t('code.foldAll')} act={act(({ view }) => foldAll(view))} />
        <Tool icon="plus" name={t('code.unfoldAll')} act={act(({ view }) => unfoldAll(view))} />
        <Tool
          icon="arrange"
          name={t('code.layOut')}
          disabled={readOnly || standing.kind !== 'same'}
          act={act((held) => held.layOut())}
        />
        <Button
          size="compact-xs"
          variant="default"
          title={t('code.showHint')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={act((held) => showInDrawing(held, design, shownHere))}
        >
          {t('code.show')}
        </Button>
        <Tool icon="close" name={t('code.hide')} act={toggleCode} />
      </Group>
      <div ref={frame} className="code-frame" lang={language} />
      <CodeFoot
        standing={standing}
        cursor={cursor}
        readOnly={readOnly}
        lineOf={(offset) => cursorOf(sync?.view.state, offset)}
        goTo={(offset) => {
          if (sync === undefined) return
          goToOffset(sync.view, offset)
          sync.view.focus()
        }}
        discard={act((held) => held.discard())}
        decide={(side) => sync?.decide(side)}
      />
    </section>
  )
}

function hostOf(
  latest: { readonly current: Design },
  stands: (standing: Standing) => void,
): ConstructorParameters<typeof CodeSync>[3] {
  return {
    take(value, before) {
      const { execute, stack } = latest.current
      return execute(replaceDefinition(value, before)) ? stack.document.definition : undefined
    },
    undo() {
      const { readOnly, stack } = latest.current
      if (!readOnly) stack.undo()
    },
    redo() {
      const { readOnly, stack } = latest.current
      if (!readOnly) stack.redo()
    },
    stands,
    keep: (kept) => keepText(latest.current.process, kept),
  }
}

/** Selects in the drawing what the cursor stands in. */
function showInDrawing(
  { view }: CodeSync,
  { document, select }: Design,
  shownHere: { current: Selection | undefined },
): void {
  const known = placesIn(view.state)
  if (known === undefined) return
  const pointer = pointerAt(known.root, known.before(view.state.selection.main.head))
  const next = [selectedAt(document.definition, pointer)]
  shownHere.current = next
  select(next, { reveal: true })
}

function pointersOf(definition: Json, selection: Selection): string[] {
  if (!isObject(definition)) return []
  const { byPath } = treeOf(definition)
  const pointerOf = (one: Selected): string | undefined =>
    one.kind === 'state' ? byPath.get(one.path)?.pointer : one.pointer
  return selection.flatMap((one) => pointerOf(one) ?? []).filter((pointer) => pointer !== '')
}

function cursorOf(state: EditorState | undefined, offset?: number): { line: number; column: number } {
  if (state === undefined) return { line: 1, column: 1 }
  const head = Math.min(offset ?? state.selection.main.head, state.doc.length)
  const line = state.doc.lineAt(head)
  return { line: line.number, column: head - line.from + 1 }
}

/** Names that the definition does not hold itself; none until they are here. */
function useOutside(): Outside {
  const settings = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => api.settings(signal),
    staleTime: 60_000,
  }).data
  const processes = useProcesses().data
  return useMemo(
    () => ({
      calendars: Object.entries(settings?.calendars ?? {}).map(([name, { title }]) => ({ name, title })),
      processes: (processes?.processes ?? []).map(({ id, title }) => ({ name: id, title })),
    }),
    [settings, processes],
  )
}

/** What is typed goes along when the page is left; what cannot be taken in is kept for a reload, but not for ever. */
function useLeaving(sync: CodeSync | undefined, { kind }: Standing): void {
  const isOpen = kind === 'broken' || kind === 'touching' || kind === 'refused'
  useEffect(() => {
    const leave = (event: BeforeUnloadEvent): void => {
      sync?.flush()
      if (isOpen) event.preventDefault()
    }
    window.addEventListener('beforeunload', leave)
    return () => window.removeEventListener('beforeunload', leave)
  }, [sync, isOpen])
}

function Tool({
  icon,
  name,
  disabled = false,
  act,
}: {
  icon: IconName
  name: string
  disabled?: boolean
  act(): void
}): ReactElement {
  return (
    <Tooltip label={name}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={name} disabled={disabled} onClick={act}>
        <Icon name={icon} size={14} />
      </ActionIcon>
    </Tooltip>
  )
}
