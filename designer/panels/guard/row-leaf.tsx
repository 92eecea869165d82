/**
 * One row of a condition: what it is about, what is asked of it, and what it is compared with.
 *
 * Must not: write the guard; what is entered goes to the draft, which knows when a row is whole.
 */
import { Group, Select, Stack, Text } from '@mantine/core'
import { type ReactElement, type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { LeafDraft, RowDraft, Said } from '../../document/guard/draft.ts'
import { operatorWords } from '../../document/guard/operator-words.ts'
import type { Operand } from '../../document/guard/row.ts'
import { operatorsFor, subjectAt, takenBy } from '../../document/guard/subjects.ts'
import { inWords, type Row } from '../../document/guard-rows.ts'
import { asLanguage } from '../../text/language.ts'
import { useSpeech } from '../../text/use-language.ts'
import { NamedFields } from './named-fields.tsx'
import { OperandPicker } from './operand-picker.tsx'
import { EntryOf, useRows } from './row-context.ts'
import { RowMenu } from './row-tools.tsx'
import type { Change } from './use-guard.ts'
import { ValueEditor } from './value-editor.tsx'

/** A row as it counts, in words; what a new one is called. */
function useRowWords(row: LeafDraft): string {
  const { t, i18n } = useTranslation()
  const { definition, titles } = useRows()
  return row.was === undefined
    ? t('condition.newRow')
    : inWords(row.was, definition, asLanguage(i18n.language) === 'zh-CN' ? 'zh' : 'en', titles)
}

/** The frame of a row: how it stands, whether it counts, what came of it when it was tried. */
export function RowFrame({
  row,
  what,
  whole,
  children,
}: {
  row: Exclude<RowDraft, { kind: 'group' }>
  what: string
  /** What is written, where that is whole but cannot stand. */
  whole?: Row
  children: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { trial, whyNot } = useRows()
  const judged = trial?.rows.get(row.id)
  const why = whole === undefined ? undefined : whyNot(whole)
  return (
    <Stack
      gap={4}
      role="group"
      aria-label={what}
      className="condition-row"
      data-verdict={judged?.is}
      data-decides={judged?.decides === true ? true : undefined}
    >
      {children}
      {judged === undefined ? null : (
        <Text size="xs" className="condition-verdict">
          {t(judged.decides ? `condition.decided.${judged.is}` : `condition.verdict.${judged.is}`)}
        </Text>
      )}
      {why === undefined ? null : (
        <Text size="xs" className="panel-error">
          {say(why)}
        </Text>
      )}
      {row.half ? (
        <Text size="xs" className="condition-half">
          {t(row.was === undefined ? 'condition.notYet' : 'condition.asBefore')}
        </Text>
      ) : null}
    </Stack>
  )
}

export function RowLeaf({ row }: { row: LeafDraft }): ReactElement {
  const { set } = useRows()
  const what = useRowWords(row)
  const say = (said: Said, how?: Change): void =>
    set(row.id, (held) => (held.kind === 'leaf' ? { ...held, said } : held), how)
  if (row.said.kind === 'compare') return <ComparisonRow row={row} said={row.said} what={what} say={say} />
  return (
    <RowFrame row={row} what={what}>
      <NamedFields row={row} said={row.said} what={what} say={say} />
    </RowFrame>
  )
}

type Compared = Extract<Said, { kind: 'compare' }>

function ComparisonRow({
  row,
  said,
  what,
  say,
}: {
  row: LeafDraft
  said: Compared
  what: string
  say(said: Said, how?: Change): void
}): ReactElement {
  const { t, i18n } = useTranslation()
  const { scope, fresh } = useRows()
  const entries = useContext(EntryOf)
  const { subject: place, operator, value } = said
  const subject = place === undefined ? undefined : subjectAt(scope, place, entries)
  const operators = subject === undefined ? [] : operatorsFor(subject)
  const language = asLanguage(i18n.language) === 'zh-CN' ? 'zh' : 'en'
  const isTick = place?.place === 'item'
  /** Another subject: what still makes sense is kept. */
  const about = (chosen: Operand): void => {
    const next = subjectAt(scope, chosen, entries)
    if (next === undefined) return
    const offered = operatorsFor(next)
    const kept = offered.find((one) => one.operator === operator) ?? offered[0]
    const isLike = next.kind === subject?.kind && next.options === undefined
    say({
      kind: 'compare',
      subject: chosen,
      ...(kept === undefined ? {} : { operator: kept.operator }),
      ...(isLike && value !== undefined ? { value } : {}),
    })
  }
  const whole: Row | undefined =
    place !== undefined && operator !== undefined && value !== undefined && entries === undefined
      ? { kind: 'compare', subject: place, operator, value }
      : undefined
  return (
    <RowFrame row={row} what={what} {...(whole === undefined ? {} : { whole })}>
      <Group gap={2} wrap="nowrap" align="flex-start">
        <OperandPicker
          label={t('condition.subject')}
          value={place}
          autoFocus={fresh === row.id}
          change={about}
        />
        <RowMenu id={row.id} what={what} />
      </Group>
      {subject === undefined ? null : (
        <Group gap={4} wrap="wrap" align="flex-start">
          <Select
            size="xs"
            style={{ flex: '1 1 120px', minWidth: 0 }}
            aria-label={t('condition.operator')}
            allowDeselect={false}
            data={operators.map((one) => ({
              value: one.operator,
              label: operatorWords(one.operator, subject.kind, isTick)[language],
            }))}
            value={operator ?? null}
            onChange={(chosen) => {
              const next = operators.find((one) => one.operator === chosen)
              if (next === undefined) return
              const isLike = operator !== undefined && takenBy(operator) === next.takes
              say({
                kind: 'compare',
                subject: subject.place,
                operator: next.operator,
                ...(isLike && value !== undefined ? { value } : {}),
              })
            }}
            comboboxProps={{ withinPortal: true, width: 'max-content', position: 'bottom-start' }}
          />
          {operator === undefined || takenBy(operator) === 'nothing' ? null : (
            <div style={{ flex: '1 1 140px', minWidth: 0 }}>
              <ValueEditor
                key={`${subject.kind} ${takenBy(operator)}`}
                subject={subject}
                takes={takenBy(operator)}
                value={value}
                change={(made, how) => {
                  const { value: _, ...rest } = said
                  say(made === undefined ? rest : { ...rest, value: made }, how)
                }}
              />
            </div>
          )}
        </Group>
      )}
    </RowFrame>
  )
}
