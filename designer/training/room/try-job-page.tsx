/**
 * "What if" of a job as it stands: a copy is played on in the page, on the version it runs on.
 *
 * Promises: the job itself is never touched, and the page says so.
 */
import { Alert, Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Carried } from '../../../machines/wire/carry.ts'
import type { VersionView } from '../../../machines/wire/processes.ts'
import { ask } from '../../session/api.ts'
import { usePeople } from '../../session/people.ts'
import { useClock, useVersion } from '../../session/queries.ts'
import { Icon } from '../../shell/icons.tsx'
import { ProblemNotice, Waiting } from '../../shell/notices.tsx'
import { Page } from '../../shell/page.tsx'
import { RoomFrame } from './room-frame.tsx'
import { tryJob } from './trial.ts'
import { TrialOver } from './try-draft-page.tsx'

export default function TryJobPage(): ReactElement {
  const { job: id = '' } = useParams()
  const { t } = useTranslation()
  const carried = useQuery({
    queryKey: ['job', id, 'copy'],
    queryFn: ({ signal }) => ask<Carried>(`/api/jobs/${encodeURIComponent(id)}/carry`, { signal }),
    // The copy is made once.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const job = carried.data?.job
  const version = useVersion(job?.process ?? '', job?.version)
  const clock = useClock()
  const failed = [carried, version, clock].find(({ isError, data }) => isError && data === undefined)
  if (carried.data === undefined || version.data === undefined || clock.data === undefined)
    return (
      <Page title={t('training.try.title')}>
        {failed === undefined ? (
          <Waiting />
        ) : (
          <ProblemNotice error={failed.error} retry={() => void failed.refetch()} />
        )}
      </Page>
    )
  return <Trial key={id} carried={carried.data} version={version.data} now={Date.parse(clock.data.now)} />
}

function Trial({
  carried,
  version,
  now,
}: {
  carried: Carried
  version: VersionView
  now: number
}): ReactElement {
  const { t } = useTranslation()
  const people = usePeople()
  const [room] = useState(() => tryJob(carried, version, now, people))
  const back = `/jobs/${encodeURIComponent(carried.job.id)}`
  return (
    <>
      <title>{`${t('training.try.title')} \u00b7 ${t('app.name')}`}</title>
      <RoomFrame
        room={room}
        above={
          <Alert color="indigo" variant="light" py={6} icon={<Icon name="copy" size={16} />} data-copy>
            <Text size="sm">{t('training.try.copy')}</Text>
          </Alert>
        }
        beside={
          <Group gap="xs">
            <Button size="xs" variant="default" component={Link} to={back}>
              {t('training.try.toJob')}
            </Button>
          </Group>
        }
        atEnd={<TrialOver room={room} />}
      />
    </>
  )
}
