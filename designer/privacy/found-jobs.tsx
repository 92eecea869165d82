/** The jobs that were found, what would come of each, and what is done with them. */
import { Alert, Anchor, Badge, Button, Group, Stack, Table, Text, Title } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { EraseReport, ExportPersonal, PersonalJob } from '../../machines/wire/privacy.ts'
import { StatusBadge } from '../jobs/status-badge.tsx'
import { saveText } from '../processes/exports.ts'
import { useProcesses } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { EraseDialog } from './erase-dialog.tsx'
import { useErase, useExport } from './privacy-queries.ts'

const countOf = (jobs: readonly PersonalJob[], outcome: PersonalJob['outcome']): number =>
  jobs.filter((job) => job.outcome === outcome).length

export function FoundJobs({
  asked,
  found,
}: {
  asked: ExportPersonal
  found: readonly PersonalJob[]
}): ReactElement {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const erase = useErase()
  const give = useExport()
  const jobs = erase.data?.jobs ?? found
  const [ready, open] = [countOf(found, 'erased'), countOf(found, 'open')]
  const save = (): void =>
    give.mutate(asked, {
      onSuccess: (data) => saveText('personal-data.json', `${JSON.stringify(data, null, 2)}\n`),
    })
  return (
    <Stack component="section" gap="md" aria-label={t('privacy.found')}>
      <Group justify="space-between" align="flex-end">
        <Stack gap={2}>
          <Title order={2} size="h4">
            {t('privacy.found')}
          </Title>
          {erase.data === undefined ? (
            <Text size="sm" role="status">
              {t('privacy.count', { count: found.length, ready, open })}
            </Text>
          ) : null}
        </Stack>
        {erase.data === undefined ? (
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<Icon name="down" size={16} />}
              loading={give.isPending}
              onClick={save}
            >
              {t('privacy.give')}
            </Button>
            <Button color="red" disabled={ready === 0} onClick={() => setAsking(true)}>
              {t('privacy.erase', { count: ready })}
            </Button>
          </Group>
        ) : null}
      </Group>
      {give.isError ? <ProblemNotice error={give.error} /> : null}
      {erase.data === undefined ? null : <Report report={erase.data} />}
      <Jobs jobs={jobs} isDone={erase.data !== undefined} />
      {isAsking ? (
        <EraseDialog
          count={ready}
          open={open}
          erase={() => erase.mutate(asked, { onSuccess: () => setAsking(false) })}
          isErasing={erase.isPending}
          error={erase.error}
          close={() => setAsking(false)}
        />
      ) : null}
    </Stack>
  )
}

function Report({ report: { jobs } }: { report: EraseReport }): ReactElement {
  const { t } = useTranslation()
  const [open, waiting] = [countOf(jobs, 'open'), countOf(jobs, 'waiting')]
  const broken = jobs.filter(({ replays }) => replays === false).length
  return (
    <Alert
      color="green"
      variant="light"
      title={t('privacy.done', { count: countOf(jobs, 'erased') })}
      role="status"
    >
      <Stack gap={4}>
        <Text size="sm">{t('privacy.doneLead')}</Text>
        {open === 0 ? null : <Text size="sm">{t('privacy.leftOpen', { count: open })}</Text>}
        {waiting === 0 ? null : <Text size="sm">{t('privacy.leftWaiting', { count: waiting })}</Text>}
        {broken === 0 ? null : <Text size="sm">{t('privacy.broken', { count: broken })}</Text>}
      </Stack>
    </Alert>
  )
}

const COLOURS = { erased: 'red', open: 'cyan', waiting: 'yellow', already: 'gray' } as const

function Jobs({ jobs, isDone }: { jobs: readonly PersonalJob[]; isDone: boolean }): ReactElement {
  const { t } = useTranslation()
  const { say, time, number } = useSpeech()
  const processes = useProcesses().data?.processes ?? []
  return (
    <Table.ScrollContainer minWidth={820} className="fc-panel">
      <Table verticalSpacing={6} horizontalSpacing="md" aria-label={t('privacy.found')}>
        <Table.Thead>
          <Table.Tr>
            {(['job', 'customer', 'status', 'created', 'files', 'how', 'outcome'] as const).map((name) => (
              <Table.Th key={name}>{t(`privacy.column.${name}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {jobs.map((job) => (
            <Table.Tr key={job.id}>
              <Table.Td>
                <Anchor component={Link} to={`/jobs/${encodeURIComponent(job.id)}`} size="sm">
                  {say(processes.find(({ id }) => id === job.process)?.title, job.process)}
                </Anchor>
                <Text size="xs" c="dimmed">
                  {job.id}
                </Text>
              </Table.Td>
              <Table.Td className="fc-wrap">{job.customer ?? t('common.none')}</Table.Td>
              <Table.Td>
                <StatusBadge status={job.status} />
              </Table.Td>
              <Table.Td>{time(job.createdAt)}</Table.Td>
              <Table.Td>{number(job.files)}</Table.Td>
              <Table.Td>{t(job.linked ? 'privacy.linked' : 'privacy.itself')}</Table.Td>
              <Table.Td>
                <Badge
                  color={COLOURS[job.outcome]}
                  variant="light"
                  c="var(--mantine-color-text)"
                  miw="max-content"
                >
                  {isDone ? t(`privacy.became.${job.outcome}`) : t(`privacy.becomes.${job.outcome}`)}
                </Badge>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
