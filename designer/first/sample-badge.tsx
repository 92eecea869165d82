/** The mark of what belongs to a sample day, beside its name wherever it is shown. */
import { Badge, Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { isSample } from '../../machines/advance/sample.ts'
import { useSample } from './first-queries.ts'

/** Nothing for what is real. @param id of a job or a person */
export function SampleBadge({ id }: { id: string }): ReactElement | null {
  const { t } = useTranslation()
  if (!isSample(id)) return null
  return (
    <Tooltip label={t('first.sample.markLong')}>
      <Badge color="violet" variant="light" c="var(--mantine-color-text)" size="sm" miw="max-content">
        {t('first.sample.mark')}
      </Badge>
    </Tooltip>
  )
}

/** Beside counts that made-up jobs are part of, where a page has no room for more. */
export function SampleAlong(): ReactElement | null {
  const { t } = useTranslation()
  const jobs = useSample().data?.jobs ?? 0
  if (jobs === 0) return null
  return (
    <Badge color="violet" variant="light" c="var(--mantine-color-text)" miw="max-content">
      {t('first.sample.along')}
    </Badge>
  )
}
