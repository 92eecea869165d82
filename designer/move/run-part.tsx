/**
 * A trial or a move: how far it is, what came of the jobs, state by state and one by one; stopped, and gone on with.
 *
 * Must not: count; the numbers are the server's.
 */
import { Alert, Badge, Button, Group, Progress, Stack, Table, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MigrationDetail, MigrationView } from '../../machines/wire/migrations.ts'
import { api } from '../session/api.ts'
import { useNameOf } from '../session/people.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { MovedJobsPart } from './moved-jobs.tsx'
import { movesKey, runKey } from './use-move.ts'

const COLOURS = { running: 'cyan', stopped: 'yellow', done: 'green', failed: 'red' } as const

/** How many jobs it has dealt with. */
const doneOf = ({ counts }: MigrationView): number => counts.moved + counts.refused + counts.passed

export function RunPart({
  run,
  mayRun,
  oldName,
  newName,
}: {
  run: MigrationDetail
  mayRun: boolean
  /** The states of both versions, said. */
  oldName(path: string): string
  newName(path: string): string
}): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const nameOf = useNameOf()
  const [state, setState] = useState<string>()
  const { from, to, dryRun, counts } = run
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <div>
          <Group gap="sm">
            <Title order={2} size="h5">
              {t(dryRun ? 'move.run.trial' : 'move.run.real', { from, to })}
            </Title>
            <Badge color={COLOURS[run.status]} variant="light" c="var(--mantine-color-text)">
              {t(`move.run.status.${run.status}`)}
            </Badge>
          </Group>
          <Text size="xs" c="dimmed">
            {t('move.run.by', { who: nameOf(run.by), when: time(run.startedAt) })}
          </Text>
        </div>
        {mayRun ? <Carry run={run} /> : null}
      </Group>
      {run.note === undefined || run.note === '' ? null : (
        <Text size="sm" className="fc-wrap">
          {run.note}
        </Text>
      )}
      {run.status === 'stopped' || run.status === 'failed' ? (
        <Alert color={COLOURS[run.status]} variant="light">
          {t(`move.run.${run.status}`)}
        </Alert>
      ) : null}
      <Bar run={run} />
      {run.status === 'done' && doneOf(run) === 0 ? (
        <Text size="sm">{t('move.run.nothing')}</Text>
      ) : (
        <>
          <Group gap="sm" role="status">
            <Count
              colour="teal"
              label={t(dryRun ? 'move.outcome.would' : 'move.outcome.moved')}
              count={counts.moved}
            />
            <Count
              colour="red"
              label={t(dryRun ? 'move.outcome.refused' : 'move.outcome.stayed')}
              count={counts.refused}
            />
            {counts.passed === 0 ? null : (
              <Count colour="gray" label={t('move.outcome.passed')} count={counts.passed} />
            )}
          </Group>
          <ByState run={run} oldName={oldName} show={setState} />
          <MovedJobsPart
            run={run}
            state={state}
            leaveState={() => setState(undefined)}
            oldName={oldName}
            newName={newName}
          />
        </>
      )}
    </Stack>
  )
}

function Count({ colour, label, count }: { colour: string; label: string; count: number }): ReactElement {
  const { t } = useTranslation()
  const { number } = useSpeech()
  return (
    <Badge size="lg" color={colour} variant="light" c="var(--mantine-color-text)" tt="none">
      {label}
      {t('common.colon')}
      {number(count)}
    </Badge>
  )
}

function Bar({ run }: { run: MigrationDetail }): ReactElement {
  const { t } = useTranslation()
  const { number } = useSpeech()
  const [done, total] = [doneOf(run), Math.max(run.total, doneOf(run))]
  const part = (count: number): number => (total === 0 ? 0 : (count / total) * 100)
  return (
    <div>
      <Progress.Root size="lg">
        <Progress.Section value={part(run.counts.moved)} color="teal" aria-label={t('move.run.bar')} />
        <Progress.Section value={part(run.counts.refused)} color="red" aria-hidden />
        <Progress.Section value={part(run.counts.passed)} color="gray" aria-hidden />
      </Progress.Root>
      <Text size="sm" mt={4}>
        {t('move.run.progress', { done: number(done), total: number(total) })}
      </Text>
    </div>
  )
}

function Carry({ run }: { run: MigrationDetail }): ReactElement | null {
  const { t } = useTranslation()
  const client = useQueryClient()
  const carry = useMutation({
    mutationFn: (how: 'stop' | 'resume') => api.carryMove(run.process, run.id, how),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: runKey(run.process, run.id) }),
        client.invalidateQueries({ queryKey: movesKey(run.process) }),
      ]),
  })
  if (run.status === 'done') return null
  const how = run.status === 'running' ? 'stop' : 'resume'
  return (
    <Stack gap="xs">
      <Button variant="default" loading={carry.isPending} onClick={() => carry.mutate(how)}>
        {t(`move.run.${how}`)}
      </Button>
      {carry.isError ? <ProblemNotice error={carry.error} /> : null}
    </Stack>
  )
}

function ByState({
  run,
  oldName,
  show,
}: {
  run: MigrationDetail
  oldName(path: string): string
  show(path: string): void
}): ReactElement | null {
  const { t } = useTranslation()
  const { number } = useSpeech()
  if (run.states.length === 0) return null
  const states = run.states.toSorted((one, other) => other.refused - one.refused || other.moved - one.moved)
  return (
    <Table.ScrollContainer minWidth={480} mah={320}>
      <Table fz="sm" verticalSpacing={6} stickyHeader aria-label={t('move.run.byState')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('move.run.state')}</Table.Th>
            <Table.Th ta="end">{t(run.dryRun ? 'move.outcome.would' : 'move.outcome.moved')}</Table.Th>
            <Table.Th ta="end">{t(run.dryRun ? 'move.outcome.refused' : 'move.outcome.stayed')}</Table.Th>
            <Table.Th ta="end">{t('move.outcome.passed')}</Table.Th>
            <Table.Th>{t('move.jobs.title')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {states.map(({ path, moved, refused, passed }) => (
            <Table.Tr key={path} data-state={path}>
              <Table.Td className="fc-wrap">{oldName(path)}</Table.Td>
              <Table.Td ta="end">{number(moved)}</Table.Td>
              <Table.Td ta="end">
                {refused === 0 ? (
                  number(0)
                ) : (
                  <Badge color="red" variant="light" c="var(--mantine-color-error)">
                    {number(refused)}
                  </Badge>
                )}
              </Table.Td>
              <Table.Td ta="end">{number(passed)}</Table.Td>
              <Table.Td>
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={t('move.jobs.show', { state: oldName(path) })}
                  onClick={() => show(path)}
                >
                  {t('move.earlier.show')}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
