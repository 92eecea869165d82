/**
 * The way from a job to a scenario made of it, for whoever may make one.
 *
 * Must not: make it; the library of scenarios asks first.
 */
import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMe } from '../session/queries.ts'

export function MakeScenario({ job }: { job: string }): ReactElement | null {
  const { t } = useTranslation()
  const rights = useMe().data?.rights ?? []
  if (!rights.includes('jobs:scenario') || !rights.includes('training:write')) return null
  return (
    <Button
      component={Link}
      variant="default"
      to={`/training/scenarios?${new URLSearchParams({ fromJob: job })}`}
    >
      {t('rerun.makeScenario')}
    </Button>
  )
}
