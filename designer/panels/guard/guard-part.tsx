/**
 * The condition of a transition: as rows a person can read, or as text; and beside either, what it comes to when tried.
 *
 * Promises: both are the same guard; what rows cannot say is told with its place, and is then shown as text.
 * Must not: hold the guard; what is half made is kept by `use-guard.ts`.
 */
import { Alert, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { matchesDescriptor } from '../../../machines/definition/descriptor.ts'
import { tokensOf } from '../../../machines/definition/pointer.ts'
import { type Definition, Guard } from '../../../machines/definition/schema.ts'
import type { TreeTransition } from '../../../machines/definition/tree.ts'
import { scopeOf } from '../../../machines/expression/scope.ts'
import { useDesign } from '../../design/design-api.ts'
import { changed, halfMade, rowsIn } from '../../document/guard/draft.ts'
import { subjectsOf } from '../../document/guard/subjects.ts'
import { type Answers, tried } from '../../document/guard/trial.ts'
import { inWords, type Row } from '../../document/guard-rows.ts'
import { at, member } from '../../document/json.ts'
import { useNow } from '../../session/now.ts'
import { asLanguage } from '../../text/language.ts'
import { useSpeech } from '../../text/use-language.ts'
import { Part } from '../fields.tsx'
import { readAs, readDefinition } from '../read.ts'
import { useCalendars } from '../use-organisation.ts'
import { GuardText } from './guard-text.tsx'
import { Rows } from './row-context.ts'
import { RowGroup } from './row-group.tsx'
import { TryIt } from './try-it.tsx'
import { useGuard } from './use-guard.ts'

export function GuardPart({ way }: { way: TreeTransition }): ReactElement {
  const { t } = useTranslation()
  const { document } = useDesign()
  const raw = member(at(document.definition, ...tokensOf(way.pointer)), 'guard')
  const guard = useMemo(() => readAs(Guard, raw), [raw])
  const definition = readDefinition(document.definition)
  if (definition === undefined || (raw !== undefined && guard === undefined))
    return (
      <Part title={t('chart.guard')}>
        <Text size="xs" className="panel-error">
          {t('panel.broken')}
        </Text>
      </Part>
    )
  return <GuardEditor key={way.pointer} way={way} guard={guard} definition={definition} />
}

const NO_ANSWERS: Answers = new Map()

function GuardEditor({
  way,
  guard,
  definition,
}: {
  way: TreeTransition
  guard: Guard | undefined
  definition: Definition
}): ReactElement {
  const { t, i18n } = useTranslation()
  const calendars = useCalendars()
  const [clock] = useState(useNow())
  const [view, setView] = useLocalStorage<'rows' | 'text'>({
    key: 'fieldchart.conditions',
    defaultValue: 'rows',
    getInitialValueInEffect: false,
  })
  const [answers, setAnswers] = useState<Answers>()
  const [fresh, setFresh] = useState<number>()
  const { trigger, source, pointer } = way
  const descriptor = trigger.kind === 'on' ? trigger.descriptor : undefined
  const events = useMemo(
    () =>
      descriptor === undefined
        ? []
        : Object.keys(definition.schemas.events).filter((type) => matchesDescriptor(descriptor, type)),
    [definition, descriptor],
  )
  const { draft, refused, apply, write, problemsOf } = useGuard(pointer, guard, definition, events)
  const scope = useMemo(() => scopeOf(definition, events), [definition, events])
  const subjects = useMemo(() => subjectsOf(scope), [scope])
  const titles = useMemo(
    () => ({
      calendars: Object.fromEntries(
        Object.entries(calendars.calendars).map(([name, { title }]) => [name, title]),
      ),
      certificates: definition.meta.certificates ?? {},
    }),
    [calendars, definition],
  )
  const site = useMemo(
    () => ({ definition, events, source: source.path, calendars, now: clock }),
    [definition, events, source.path, calendars, clock],
  )
  const trial = guard === undefined || answers === undefined ? undefined : tried(guard, draft, answers, site)
  const isRows = view === 'rows' && draft !== undefined
  const language = asLanguage(i18n.language) === 'zh-CN' ? 'zh' : 'en'
  const isSound = (row: Row): boolean => problemsOf(row).length === 0
  const half = draft === undefined ? 0 : halfMade(draft)
  return (
    <Part title={t('chart.guard')} help={t('condition.help')}>
      <Group justify="space-between" gap="xs">
        <SegmentedControl
          size="xs"
          aria-label={t('condition.view')}
          value={isRows ? 'rows' : 'text'}
          onChange={(chosen) => setView(chosen === 'text' ? 'text' : 'rows')}
          data={[
            { value: 'rows', label: t('condition.rows'), disabled: draft === undefined },
            { value: 'text', label: t('condition.text') },
          ]}
        />
        <Button
          size="compact-xs"
          variant={answers === undefined ? 'subtle' : 'light'}
          aria-expanded={answers !== undefined}
          disabled={guard === undefined}
          onClick={() => setAnswers(answers === undefined ? NO_ANSWERS : undefined)}
        >
          {t('condition.try')}
        </Button>
      </Group>
      {refused === undefined || guard === undefined ? null : <Refused refused={refused} guard={guard} />}
      {isRows ? (
        <Rows
          value={{
            definition,
            scope,
            subjects,
            titles,
            timeZone: calendars.timeZone,
            draft,
            isSound,
            whyNot: (row) => problemsOf(row)[0]?.message,
            trial,
            fresh,
            apply,
            set: (id, change, how) => apply(changed(draft, id, change, isSound), how),
            setFresh,
          }}
        >
          <Stack gap={4}>
            {draft.rows.length < 2 && half === 0 ? null : (
              <Text size="xs" c="dimmed">
                {half > 0
                  ? t('condition.half', { count: half })
                  : guard === undefined
                    ? null
                    : inWords(rowsIn(draft), definition, language, titles)}
              </Text>
            )}
            <RowGroup group={draft} isRoot />
          </Stack>
        </Rows>
      ) : (
        <GuardText
          guard={guard}
          definition={definition}
          events={events}
          titles={titles}
          trial={trial}
          change={write}
        />
      )}
      {answers === undefined || guard === undefined ? null : (
        <TryIt
          guard={guard}
          site={site}
          answers={answers}
          trial={trial}
          showsParts={!isRows}
          change={setAnswers}
        />
      )}
    </Part>
  )
}

/** Why there are no rows, and where. */
function Refused({
  refused,
  guard,
}: {
  refused: NonNullable<ReturnType<typeof useGuard>['refused']>
  guard: Guard
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const text = textAt(guard, refused.pointer)
  const quoted = text.slice(refused.range.start, refused.range.end)
  return (
    <Alert color="blue" p="xs" className="condition-refused">
      <Text size="xs">{t('condition.noRows', { why: say(refused.why) })}</Text>
      {quoted.trim() === '' ? null : <code className="cel-quoted">{quoted}</code>}
    </Alert>
  )
}

/** The expression that stands at a pointer into a guard. */
function textAt(guard: Guard, pointer: string): string {
  let held: unknown = guard
  for (const token of tokensOf(pointer))
    held = typeof held === 'object' && held !== null ? new Map(Object.entries(held)).get(token) : undefined
  if (typeof held !== 'object' || held === null || !('@expr' in held)) return ''
  return typeof held['@expr'] === 'string' ? held['@expr'] : ''
}
