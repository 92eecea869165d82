/**
 * Chooses what a row is about, or what it is compared with: a field, a checklist item, a setting, now, each in its
 * group; a moment also some time before or after.
 */
import { ActionIcon, Group, Select, Stack, Text } from '@mantine/core'
import { type ReactElement, useContext, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Moved, Operand } from '../../document/guard/row.ts'
import { type Subject, subjectAt } from '../../document/guard/subjects.ts'
import { Icon } from '../../shell/icons.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { DurationField } from '../fields.tsx'
import { baseOf, entrySubjects, FAMILIES, familyOf, keyOf } from './operands.ts'
import { EntryOf, useRows } from './row-context.ts'

export function OperandPicker({
  label,
  value,
  accepts,
  autoFocus = false,
  movable = true,
  change,
}: {
  label: string
  value: Operand | undefined
  accepts?: (subject: Subject) => boolean
  autoFocus?: boolean
  /** Whether a moment may be some time before or after another. */
  movable?: boolean
  change(operand: Operand): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { scope, subjects } = useRows()
  const entries = useContext(EntryOf)
  const base = value === undefined ? undefined : baseOf(value)
  const offered = useMemo(() => {
    const all = entries === undefined ? subjects : [...entrySubjects(scope, entries), ...subjects]
    return all.filter((subject) => subject.kind !== 'object' && (accepts === undefined || accepts(subject)))
  }, [entries, subjects, scope, accepts])
  const data = FAMILIES.map((family) => ({
    group: t(`condition.family.${family}`),
    items: offered
      .filter(({ place }) => familyOf(place) === family)
      .map(({ place, title }) => ({
        value: keyOf(place),
        label: family === 'event' ? t('condition.given', { what: say(title) }) : say(title),
      })),
  })).filter(({ items }) => items.length > 0)
  const held = base === undefined ? undefined : subjectAt(scope, base, entries)
  const isListed = base !== undefined && offered.some(({ place }) => keyOf(place) === keyOf(base))
  const isMoment = held?.kind === 'moment' || held?.kind === 'date'
  return (
    <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
      <Group gap={2} wrap="nowrap">
        <Select
          size="xs"
          style={{ flex: 1, minWidth: 0 }}
          aria-label={label}
          placeholder={t('condition.choose')}
          searchable
          autoFocus={autoFocus}
          allowDeselect={false}
          data={
            base === undefined || isListed
              ? data
              : [{ value: keyOf(base), label: held === undefined ? keyOf(base) : say(held.title) }, ...data]
          }
          value={base === undefined ? null : keyOf(base)}
          onChange={(key) => {
            const chosen = offered.find(({ place }) => keyOf(place) === key)
            if (chosen !== undefined) change(chosen.place)
          }}
          renderOption={({ option }) => (
            <span className="condition-option">
              <span>{option.label}</span>
              <code>{option.value}</code>
            </span>
          )}
          nothingFoundMessage={t('panel.nothingFound')}
          maxDropdownHeight={300}
          comboboxProps={{ withinPortal: true, width: 320, position: 'bottom-start' }}
        />
        {isMoment && movable && value !== undefined && value.place !== 'moved' ? (
          <ActionIcon
            size="sm"
            variant="subtle"
            c="inherit"
            aria-label={t('condition.shift', { what: say(held?.title) })}
            title={t('condition.shift', { what: say(held?.title) })}
            onClick={() => change({ place: 'moved', from: value, by: { duration: 'PT1H' }, back: true })}
          >
            <Icon name="clock" size={14} />
          </ActionIcon>
        ) : null}
      </Group>
      {value?.place === 'moved' ? <Shift value={value} change={change} /> : null}
    </Stack>
  )
}

const FIXED = ''

/** “4 hours before”: how far from the moment above. */
function Shift({ value, change }: { value: Moved; change(operand: Operand): void }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { subjects } = useRows()
  const { by } = value
  const spans = subjects.filter(({ kind, place }) => kind === 'duration' && place.place !== 'moved')
  const isFixed = 'duration' in by
  return (
    <Stack gap={4} className="condition-shift">
      {value.from.place === 'moved' ? (
        <Text size="xs" c="dimmed">
          {t('condition.shiftedTwice')}
        </Text>
      ) : null}
      {spans.length === 0 && isFixed ? null : (
        <Select
          size="xs"
          aria-label={t('condition.shiftBy')}
          allowDeselect={false}
          data={[
            { value: FIXED, label: t('condition.fixedSpan') },
            ...spans.map(({ place, title }) => ({ value: keyOf(place), label: say(title) })),
          ]}
          value={isFixed ? FIXED : keyOf(by)}
          onChange={(key) => {
            const span = spans.find(({ place }) => keyOf(place) === key)?.place
            if (span !== undefined && span.place !== 'moved') change({ ...value, by: span })
            else if (key === FIXED) change({ ...value, by: { duration: 'PT1H' } })
          }}
          comboboxProps={{ withinPortal: true }}
        />
      )}
      {isFixed ? (
        <DurationField
          label={t('panel.amount')}
          value={by.duration}
          change={(duration) => change({ ...value, by: { duration } })}
        />
      ) : null}
      <Group gap={4} wrap="nowrap">
        <Select
          size="xs"
          style={{ flex: 1 }}
          aria-label={t('condition.direction')}
          allowDeselect={false}
          data={[
            { value: 'before', label: t('condition.before') },
            { value: 'after', label: t('condition.after') },
          ]}
          value={value.back ? 'before' : 'after'}
          onChange={(chosen) => change({ ...value, back: chosen === 'before' })}
          comboboxProps={{ withinPortal: true }}
        />
        <ActionIcon
          size="sm"
          variant="subtle"
          c="inherit"
          aria-label={t('condition.noShift')}
          title={t('condition.noShift')}
          onClick={() => change(value.from)}
        >
          <Icon name="close" size={14} />
        </ActionIcon>
      </Group>
    </Stack>
  )
}
