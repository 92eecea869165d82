/** What becomes of time that runs, and whether entry actions run. */
import { Select, Stack, Switch } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mapping } from '../../machines/migrate/mapping.ts'
import { put, type Questions } from './mapping-model.ts'
import { NamePart } from './name-part.tsx'

const RULES = ['keep', 'restart', 'recount'] as const
type DelayRule = NonNullable<Mapping['delays']>[string]
const STARTS = ['move', 'entry'] as const

export function TimerPart({
  questions,
  mapping,
  change,
}: {
  questions: Questions
  mapping: Mapping
  change(mapping: Mapping): void
}): ReactElement {
  const { t } = useTranslation()
  const renamed = Object.fromEntries(
    Object.entries(mapping.delays ?? {}).flatMap(([name, { to }]) => (to === undefined ? [] : [[name, to]])),
  )
  return (
    <Stack gap="sm">
      <Select
        maw={560}
        size="sm"
        label={t('move.timers.rule')}
        data={RULES.map((value) => ({ value, label: t(`move.timers.${value}`) }))}
        value={mapping.timers ?? 'keep'}
        allowDeselect={false}
        onChange={(value) => {
          const rule = RULES.find((each) => each === value)
          if (rule !== undefined) change({ ...mapping, timers: rule })
        }}
      />
      <Select
        maw={560}
        size="sm"
        label={t('move.timers.fresh')}
        data={STARTS.map((value) => ({ value, label: t(`move.timers.${value}`) }))}
        value={mapping.newTimers ?? 'move'}
        allowDeselect={false}
        onChange={(value) => {
          const start = STARTS.find((each) => each === value)
          if (start !== undefined) change({ ...mapping, newTimers: start })
        }}
      />
      <NamePart
        old={questions.delays}
        next={questions.newDelays}
        said={renamed}
        label={(name) => t('move.timers.delay', { name })}
        dropLabel={undefined}
        unsaidLabel={t('move.timers.drop')}
        change={(name, to) =>
          change({
            ...mapping,
            delays: put<DelayRule>(mapping.delays, name, typeof to === 'string' ? { to } : undefined),
          })
        }
      />
      <Switch
        label={t('move.timers.runEntry')}
        description={t('move.timers.runEntryHint')}
        checked={mapping.runEntry === true}
        onChange={(event) => change({ ...mapping, runEntry: event.currentTarget.checked })}
      />
    </Stack>
  )
}
