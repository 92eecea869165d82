/**
 * A delay: how long, by which clock, counted from where, and what it is for.
 *
 * Promises: a length or a start that is an expression is kept, and shown as its text.
 */
import { Select, Stack, Switch, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Delay } from '../../machines/definition/schema.ts'
import { DEFAULT_CALENDARS } from '../../machines/time/default-calendars.ts'
import { durationOf, unitsOf } from '../../machines/time/preview.ts'
import type { Words } from '../canvas/chart-words.ts'
import { inLanguage } from '../text/language.ts'
import { DurationField, NormsField, TextFields } from './fields.tsx'

const WALL = ''
const ENTRY = ''
const KINDS = ['deadline', 'reminder', 'step'] as const

export function DelayForm({
  delay,
  words,
  change,
}: {
  delay: Delay
  words: Words
  change(delay: Delay): void
}): ReactElement {
  const { t } = useTranslation()
  const { calendar, from, meta, ...bare } = delay
  const { duration } = bare
  const span = typeof duration === 'string' ? unitsOf(duration) : undefined
  const title = meta?.title ?? {}
  const dates = [...words.model.fields].map(([name, text]) => ({
    value: `job.${name}`,
    label: inLanguage(text, words.language, name),
  }))
  const counted = from?.['@expr']
  const calendars = [
    ...new Set([...Object.keys(DEFAULT_CALENDARS.calendars), ...(calendar === undefined ? [] : [calendar])]),
  ]
  const withMeta = (parts: Partial<NonNullable<Delay['meta']>>): Delay => ({
    ...delay,
    meta: { title, ...meta, ...parts },
  })
  return (
    <Stack gap="xs">
      {typeof duration === 'string' ? (
        <DurationField
          label={t('panel.amount')}
          value={duration}
          change={(iso) => change({ ...delay, duration: iso })}
        />
      ) : (
        <TextInput
          size="xs"
          label={t('panel.computed')}
          value={duration['@expr']}
          onChange={(event) => {
            const text = event.currentTarget.value
            if (text !== '') change({ ...delay, duration: { '@expr': text, '@lang': 'cel' } })
          }}
        />
      )}
      <Select
        size="xs"
        label={t('panel.clock')}
        description={t('panel.clockHelp')}
        allowDeselect={false}
        data={[
          { value: WALL, label: t('panel.wallClock') },
          ...calendars.map((name) => ({ value: name, label: t('panel.workingCalendar', { name }) })),
        ]}
        value={calendar ?? WALL}
        onChange={(name) => {
          const { calendar: _, ...rest } = delay
          change(name === null || name === WALL ? rest : { ...rest, calendar: name })
        }}
      />
      <Select
        size="xs"
        label={t('panel.countsFrom')}
        allowDeselect={false}
        searchable
        data={[
          { value: ENTRY, label: t('panel.fromEntry') },
          ...dates,
          ...(counted === undefined || dates.some(({ value }) => value === counted)
            ? []
            : [{ value: counted, label: counted }]),
        ]}
        value={counted ?? ENTRY}
        onChange={(field) => {
          const { from: _, ...rest } = delay
          change(
            field === null || field === ENTRY ? rest : { ...rest, from: { '@expr': field, '@lang': 'cel' } },
          )
        }}
      />
      {counted === undefined || span === undefined ? null : (
        <Switch
          size="xs"
          label={t('panel.before')}
          checked={span.before}
          onChange={(event) => {
            const turned = durationOf({ ...span, before: event.currentTarget.checked })
            if (turned !== undefined) change({ ...delay, duration: turned })
          }}
        />
      )}
      <Select
        size="xs"
        label={t('panel.delayKind')}
        allowDeselect={false}
        data={KINDS.map((kind) => ({ value: kind, label: t(`panel.delayKinds.${kind}`) }))}
        value={meta?.kind ?? 'step'}
        onChange={(chosen) => {
          const kind = KINDS.find((each) => each === chosen)
          if (kind !== undefined) change(withMeta({ kind }))
        }}
      />
      <TextFields
        label={t('edit.title')}
        value={meta?.title}
        change={(text) => change(withMeta({ title: text ?? {} }))}
      />
      <NormsField value={meta?.norms ?? []} change={(norms) => change(withMeta({ norms }))} />
    </Stack>
  )
}
