/** How many jobs there are of each status, and the way to them. */
import { Badge, Button, Group } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobList } from '../../machines/wire/jobs.ts'
import { useSpeech } from '../text/use-language.ts'
import { JOB_STATUS_NAMES } from './statuses.ts'

export function StatusTabs({
  counts,
  status,
  put,
}: {
  counts: JobList['counts'] | undefined
  status: string | null
  put(status: string | null): void
}): ReactElement {
  const { t } = useTranslation()
  const { number } = useSpeech()
  const tabs = [
    { value: null, label: t('desk.any'), count: counts?.total },
    ...JOB_STATUS_NAMES.map((value) => ({
      value,
      label: t(`status.${value}`),
      count: counts === undefined ? undefined : (counts.byStatus[value] ?? 0),
    })),
  ]
  return (
    <Group gap={4} role="group" aria-label={t('jobs.status')}>
      {tabs.map(({ value, label, count }) => (
        <Button
          key={label}
          size="compact-md"
          variant={status === value ? 'light' : 'subtle'}
          color={status === value ? 'cyan' : 'gray'}
          c="var(--mantine-color-text)"
          aria-pressed={status === value}
          onClick={() => put(value)}
          rightSection={
            count === undefined ? null : (
              <Badge size="sm" variant="default" color="gray">
                {number(count)}
              </Badge>
            )
          }
        >
          {label}
        </Button>
      ))}
    </Group>
  )
}
