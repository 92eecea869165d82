/** Which day, whose region, and how long a visit is reckoned to last. */
import { ActionIcon, Button, Group, Select, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { DispatchDay } from '../../machines/wire/dispatch.ts'
import { Icon } from '../shell/icons.tsx'
import { nextDay } from './day-scale.ts'

export const LENGTHS = [60, 90, 120, 180, 240] as const

export type Put = (
  changes:
    | Record<'date' | 'region' | 'minutes' | 'job', string | undefined>
    | Record<string, string | undefined>,
) => void

export function DispatchBar({
  day,
  region,
  put,
}: {
  day: DispatchDay
  region: string | undefined
  put: Put
}): ReactElement {
  const { t } = useTranslation()
  const regions = [...new Set([...day.regions, ...(region === undefined ? [] : [region])])]
  return (
    <Group gap="sm" align="flex-end" mb="md">
      <Group gap={4} wrap="nowrap" align="flex-end">
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('dispatch.dayBefore')}
          onClick={() => put({ date: nextDay(day.date, -1) })}
        >
          <Icon name="back" size={16} />
        </ActionIcon>
        <TextInput
          type="date"
          label={t('dispatch.date')}
          value={day.date}
          onChange={({ currentTarget: { value } }) => {
            if (value !== '') put({ date: value })
          }}
        />
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('dispatch.dayAfter')}
          onClick={() => put({ date: nextDay(day.date, 1) })}
        >
          <span className="dispatch-forward">
            <Icon name="back" size={16} />
          </span>
        </ActionIcon>
        <Button variant="default" disabled={day.date === day.today} onClick={() => put({ date: day.today })}>
          {t('dispatch.today')}
        </Button>
      </Group>
      <Select
        label={t('dispatch.region')}
        placeholder={t('dispatch.allRegions')}
        w={180}
        clearable
        searchable
        clearButtonProps={{ 'aria-label': t('dispatch.allRegions') }}
        data={regions}
        value={region ?? null}
        onChange={(value) => put({ region: value ?? undefined })}
      />
      <Select
        label={t('dispatch.length')}
        w={140}
        allowDeselect={false}
        data={LENGTHS.map((minutes) => ({
          value: String(minutes),
          label: t('dispatch.minutes', { minutes }),
        }))}
        value={String(day.visitMinutes)}
        onChange={(value) => put({ minutes: value ?? undefined })}
      />
    </Group>
  )
}
