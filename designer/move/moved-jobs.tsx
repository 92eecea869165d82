/**
 * What came of each job, with the reasons; the refused ones first in hand.
 *
 * Must not: put a reason into words; the server does.
 */
import { Anchor, Badge, Button, Group, SegmentedControl, Table, Text, Title } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { MigrationDetail, MovedJobs } from '../../machines/wire/migrations.ts'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useMovedJobs } from './use-move.ts'

type Moved = MovedJobs['jobs'][number]
const COLOURS = { moved: 'teal', refused: 'red', passed: 'gray' } as const
const OUTCOMES = ['refused', 'moved', 'passed'] as const

/** The word for an outcome: a trial says what would be. */
const outcomeKey = (outcome: Moved['outcome'], dryRun: boolean) => {
  if (outcome === 'passed') return 'move.outcome.passed'
  if (outcome === 'moved') return dryRun ? 'move.outcome.would' : 'move.outcome.moved'
  return dryRun ? 'move.outcome.refused' : 'move.outcome.stayed'
}

export function MovedJobsPart({
  run,
  state,
  leaveState,
  oldName,
  newName,
}: {
  run: MigrationDetail
  /** Only jobs that were in it. */
  state: string | undefined
  leaveState(): void
  oldName(path: string): string
  newName(path: string): string
}): ReactElement {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<Moved['outcome']>()
  const moved = useMovedJobs(run.process, run.id, { outcome, state }, run.updatedAt)
  const jobs = moved.data?.pages.flatMap((page) => page.jobs) ?? []
  return (
    <section>
      <Group justify="space-between" mb="xs" gap="sm">
        <Title order={3} size="h6">
          {t('move.jobs.title')}
        </Title>
        <Group gap="sm">
          {state === undefined ? null : (
            <Button size="compact-sm" variant="light" onClick={leaveState}>
              {`${t('move.jobs.only', { state: oldName(state) })} · ${t('move.jobs.anyState')}`}
            </Button>
          )}
          <SegmentedControl
            size="xs"
            aria-label={t('move.jobs.outcome')}
            value={outcome ?? ''}
            onChange={(value) => setOutcome(OUTCOMES.find((each) => each === value))}
            data={[
              { value: '', label: t('move.jobs.all') },
              ...OUTCOMES.map((each) => ({ value: each, label: t(outcomeKey(each, run.dryRun)) })),
            ]}
          />
        </Group>
      </Group>
      {moved.isPending ? <Waiting /> : null}
      {moved.isError ? <ProblemNotice error={moved.error} retry={() => void moved.refetch()} /> : null}
      {moved.isSuccess && jobs.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('move.jobs.none')}
        </Text>
      ) : null}
      {jobs.length === 0 ? null : (
        <Table.ScrollContainer minWidth={640} mah={520}>
          <Table fz="sm" verticalSpacing={6} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('move.jobs.job')}</Table.Th>
                <Table.Th>{t('move.jobs.outcome')}</Table.Th>
                <Table.Th>{t('move.jobs.from')}</Table.Th>
                <Table.Th>{t('move.jobs.to')}</Table.Th>
                <Table.Th w="36%">{t('move.jobs.notes')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {jobs.map((job) => (
                <JobRow key={job.job} job={job} dryRun={run.dryRun} oldName={oldName} newName={newName} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {moved.hasNextPage ? (
        <Button
          mt="sm"
          size="sm"
          variant="default"
          loading={moved.isFetchingNextPage}
          onClick={() => void moved.fetchNextPage()}
        >
          {t('move.jobs.more')}
        </Button>
      ) : null}
    </section>
  )
}

function JobRow({
  job,
  dryRun,
  oldName,
  newName,
}: {
  job: Moved
  dryRun: boolean
  oldName(path: string): string
  newName(path: string): string
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const places = (paths: readonly string[], name: (path: string) => string): ReactElement[] =>
    paths.map((path) => <div key={path}>{name(path)}</div>)
  return (
    <Table.Tr style={{ verticalAlign: 'top' }} data-job={job.job} data-outcome={job.outcome}>
      <Table.Td>
        <Anchor component={Link} size="sm" ff="monospace" to={`/jobs/${job.job}`} target="_blank">
          {job.job}
        </Anchor>
      </Table.Td>
      <Table.Td>
        <Badge
          color={COLOURS[job.outcome]}
          variant="light"
          c="var(--mantine-color-text)"
          tt="none"
          miw="max-content"
        >
          {t(outcomeKey(job.outcome, dryRun))}
        </Badge>
      </Table.Td>
      <Table.Td className="fc-wrap">{places(job.from, oldName)}</Table.Td>
      <Table.Td className="fc-wrap">{places(job.to ?? [], newName)}</Table.Td>
      <Table.Td className="fc-wrap">
        {job.outcome === 'moved' && job.notes.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('move.jobs.same')}
          </Text>
        ) : null}
        {job.outcome === 'passed' && job.notes.length === 0 ? t('move.outcome.passedHint') : null}
        {job.notes.map((note) => (
          <div key={`${note.code} ${note.pointer ?? ''} ${note.item ?? ''} ${note.message.en}`}>
            {say(note.message)}
          </div>
        ))}
      </Table.Td>
    </Table.Tr>
  )
}
