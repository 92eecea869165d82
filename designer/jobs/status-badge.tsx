/** How a job stands, by colour and word. */
import { Badge } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobStatus } from '../../machines/advance/job.ts'

const COLOURS = { active: 'cyan', done: 'green', cancelled: 'gray', failed: 'red' } as const

export function StatusBadge({ status }: { status: JobStatus }): ReactElement {
  const { t } = useTranslation()
  return (
    <Badge color={COLOURS[status]} variant="light" c="var(--mantine-color-text)" miw="max-content">
      {t(`status.${status}`)}
    </Badge>
  )
}
