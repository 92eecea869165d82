/**
 * After publishing: the jobs that run on earlier versions, and the way to move them over.
 *
 * Must not: move anything; the page of moves tries it first.
 */
import { Button, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useVersions } from '../session/queries.ts'
import { useRightsOn } from '../session/reach.ts'
import { useDesign } from './design-api.ts'

export function MoveOffer({ to }: { to: number }): ReactElement | null {
  const { t } = useTranslation()
  const { process } = useDesign()
  const rights = useRightsOn(process)
  const versions = useVersions(process)
  const earlier = (versions.data?.versions ?? []).filter(({ version, active }) => version < to && active > 0)
  if (earlier.length === 0 || !rights.includes('migrations:run')) return null
  return (
    <Stack gap="xs">
      <Text size="sm">
        {t('move.offer', { count: earlier.reduce((sum, { active }) => sum + active, 0) })}
      </Text>
      <Group gap="xs">
        {earlier.toReversed().map(({ version, active }) => (
          <MoveLink key={version} from={version} to={to} jobs={active} />
        ))}
      </Group>
    </Stack>
  )
}

function MoveLink({ from, to, jobs }: { from: number; to: number; jobs: number }): ReactElement {
  const { t } = useTranslation()
  const { process } = useDesign()
  return (
    <Button component={Link} variant="default" to={moveAddress(process, from, to)}>
      {t('move.openJobs', { count: jobs, version: from })}
    </Button>
  )
}

/** Where jobs of one version are moved to another. */
export function moveAddress(process: string, from: number, to: number): string {
  return `/processes/${encodeURIComponent(process)}/move?from=${from}&to=${to}`
}
