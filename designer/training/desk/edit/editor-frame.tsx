/** The editor around an opened scenario: bar, sections, form, problems or text, and the windows over it. */
import { SegmentedControl, UnstyledButton } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { lazy, type ReactElement, Suspense, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KnownRun } from '../../../../machines/simulate/scenario.ts'
import type { ScenarioView } from '../../../../machines/wire/training.ts'
import { useCalendars } from '../../../panels/use-organisation.ts'
import { useProcesses, useVersion } from '../../../session/queries.ts'
import { Waiting } from '../../../shell/notices.tsx'
import { useSpeech } from '../../../text/use-language.ts'
import { Basics, Situation } from './basics.tsx'
import { Before } from './before.tsx'
import { EditorBar } from './editor-bar.tsx'
import { Happens } from './happens.tsx'
import { Expect, Hints } from './hints.tsx'
import { AskLeaving } from './leaving.tsx'
import { Moves } from './moves.tsx'
import { NamesProvider, useNamesOf } from './names.tsx'
import { People } from './people.tsx'
import { ProblemPane } from './problem-pane.tsx'
import { freeKey } from './put.ts'
import { Rubric } from './rubric.tsx'
import { Runs } from './runs.tsx'
import { SECTION_ORDER, type SectionName, sectionOf } from './section.tsx'
import { StaleDialog } from './stale.tsx'
import { type Goal, type Troubles, TroublesProvider, troublesOf } from './troubles.tsx'
import { useCheck } from './use-check.ts'
import { useEditor } from './use-editor.ts'
import { useSaving } from './use-saving.ts'

const JsonPane = lazy(() => import('./json-pane.tsx'))
const Preview = lazy(() => import('./preview.tsx'))

export function EditorFrame({ view, refresh }: { view: ScenarioView; refresh(): void }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const editor = useEditor(view)
  const { scenario, change, undo, redo } = editor
  const [notYet, setNotYet] = useState<unknown>()
  const check = useCheck(notYet ?? scenario)
  const [section, setSection] = useState<SectionName>('basics')
  const [side, setSide] = useState<'problems' | 'json'>('problems')
  const [goal, setGoal] = useState<Goal>()
  const [previews, setPreviews] = useState(false)
  const latest = useProcesses().data?.processes.find(({ id }) => id === scenario.process)?.latest?.version
  const version = scenario.version ?? latest
  const definition = useVersion(scenario.process, version).data?.definition
  const calendars = useCalendars()
  const names = useNamesOf(scenario, definition)
  const saving = useSaving(editor, refresh)
  const troubles = useMemo(() => troublesOf(check.problems, goal), [check.problems, goal])
  useGoing(goal)
  // In the text, too; undoing there is the text's own.
  useHotkeys([['mod+S', () => saving.save()]], [], true)
  useHotkeys(
    // The run over the form has keys of its own.
    previews
      ? []
      : [
          ['mod+Z', undo],
          ['mod+Shift+Z', redo],
          ['mod+Y', redo],
        ],
    [],
  )
  const goTo = (pointer: string): void => {
    setSection(sectionOf(pointer))
    setGoal((before) => ({ pointer, turn: (before?.turn ?? 0) + 1 }))
  }
  const ground =
    definition === undefined || version === undefined ? undefined : { definition, version, calendars }
  const record = (run: KnownRun): void => {
    const key = freeKey('run', Object.keys(scenario.runs))
    change({ ...scenario, runs: { ...scenario.runs, [key]: run } })
    setPreviews(false)
    goTo(`/runs/${key}`)
  }
  const edit = { scenario, change }
  const form: Record<SectionName, () => ReactElement> = {
    basics: () => <Basics {...edit} />,
    situation: () => <Situation {...edit} />,
    before: () => <Before {...edit} />,
    people: () => <People {...edit} />,
    happens: () => <Happens {...edit} />,
    moves: () => <Moves {...edit} />,
    hints: () => <Hints {...edit} />,
    expect: () => <Expect {...edit} />,
    rubric: () => <Rubric {...edit} />,
    runs: () => (
      <Runs
        {...edit}
        results={check.runs}
        record={ground === undefined ? undefined : () => setPreviews(true)}
      />
    ),
  }
  return (
    <NamesProvider value={names}>
      <TroublesProvider value={troubles}>
        <title>{`${say(scenario.title, scenario.id)} · ${t('app.name')}`}</title>
        <EditorBar
          editor={editor}
          saving={saving}
          preview={ground === undefined ? undefined : () => setPreviews(true)}
          canSave={notYet === undefined}
        />
        <div className="edit-page" data-side={side}>
          <SectionList section={section} choose={setSection} troubles={troubles} />
          <div className="edit-form">{form[section]()}</div>
          <aside className="edit-side" data-side={side} aria-label={t('trainer.form.side')}>
            <SegmentedControl
              fullWidth
              size="xs"
              m={side === 'json' ? 8 : 0}
              mb={8}
              aria-label={t('trainer.form.side')}
              value={side}
              onChange={(value) => setSide(value === 'json' ? 'json' : 'problems')}
              data={[
                { value: 'problems', label: t('trainer.form.problems', { count: check.problems.length }) },
                { value: 'json', label: t('trainer.form.jsonTab') },
              ]}
            />
            {side === 'problems' ? (
              <ProblemPane problems={check.problems} goTo={goTo} />
            ) : (
              <Suspense fallback={<Waiting />}>
                <JsonPane scenario={scenario} change={change} undo={undo} redo={redo} notYet={setNotYet} />
              </Suspense>
            )}
          </aside>
        </div>
        <AskLeaving isDirty={editor.isDirty} />
        {saving.theirs === undefined ? null : (
          <StaleDialog
            mine={scenario}
            theirs={saving.theirs}
            isBusy={saving.isBusy}
            error={saving.error}
            keepMine={saving.keepMine}
            takeTheirs={saving.takeTheirs}
            copyMine={saving.copyMine}
            close={saving.putAside}
          />
        )}
        {previews && ground !== undefined ? (
          <Suspense fallback={<Waiting />}>
            <Preview {...ground} scenario={scenario} close={() => setPreviews(false)} keep={record} />
          </Suspense>
        ) : null}
      </TroublesProvider>
    </NamesProvider>
  )
}

function SectionList({
  section,
  choose,
  troubles,
}: {
  section: SectionName
  choose(section: SectionName): void
  troubles: Troubles
}): ReactElement {
  const { t } = useTranslation()
  return (
    <nav className="edit-nav" aria-label={t('trainer.form.sections')}>
      {SECTION_ORDER.map((name) => {
        const here = troubles.list.filter(({ path }) => sectionOf(path) === name)
        const errors = here.filter(({ severity }) => severity === 'error').length
        return (
          <UnstyledButton key={name} aria-current={section === name} onClick={() => choose(name)}>
            {t(`trainer.section.${name}`)}
            {here.length === 0 ? null : (
              <span
                className="edit-count"
                data-severity={errors > 0 ? 'error' : 'warning'}
                title={t('trainer.form.problems', { count: here.length })}
              >
                {here.length}
              </span>
            )}
          </UnstyledButton>
        )
      })}
    </nav>
  )
}

/** Scrolls to the place nearest above a problem, and puts the keyboard there. */
function useGoing(goal: Goal | undefined): void {
  useEffect(() => {
    if (goal === undefined) return undefined
    // The card that holds it unfolds first.
    const timer = setTimeout(() => {
      const places = [...document.querySelectorAll<HTMLElement>('.edit-form [data-pointer]')]
      const nearest = places
        .filter(({ dataset: { pointer = '' } }) => `${goal.pointer}/`.startsWith(`${pointer}/`))
        .toSorted((a, b) => (b.dataset.pointer ?? '').length - (a.dataset.pointer ?? '').length)[0]
      nearest?.scrollIntoView({ block: 'center' })
      nearest?.querySelector<HTMLElement>('input, textarea, button')?.focus({ preventScroll: true })
    }, 80)
    return () => clearTimeout(timer)
  }, [goal])
}
