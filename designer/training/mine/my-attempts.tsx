/** How my attempts went: the latest first, each against the one before of the same scenario, and the points along time. */
import '../../people/people.css'
import { Anchor, Group, Table, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AttemptSummary } from '../../../machines/wire/training.ts'
import { Empty } from '../../shell/notices.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { ModeBadge, StateBadge } from '../desk/badges.tsx'
import { useProcessTitle } from '../desk/scenario-filter.tsx'
import { PointsLine } from './points-line.tsx'
import './mine.css'

const LATEST = 20

export function MyAttempts({ attempts }: { attempts: readonly AttemptSummary[] }): ReactElement {
  const { t } = useTranslation()
  if (attempts.length === 0)
    return <Empty title={t('trainer.mine.noAttempts')} lead={t('trainer.mine.noAttemptsLead')} />
  const latest = attempts.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
  const counted = latest
    .filter(({ points }) => points !== undefined)
    .slice(0, LATEST)
    .reverse()
  return (
    <div className="fc-panel">
      {counted.length < 2 ? null : <PointsLine attempts={counted} />}
      <Table
        className="fc-people"
        verticalSpacing="sm"
        horizontalSpacing="md"
        aria-label={t('trainer.mine.attempts')}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('trainer.scenario')}</Table.Th>
            <Table.Th>{t('trainer.modeLabel')}</Table.Th>
            <Table.Th>{t('trainer.begun')}</Table.Th>
            <Table.Th>{t('trainer.stateLabel')}</Table.Th>
            <Table.Th>{t('trainer.pointsLabel')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {latest.map((attempt) => (
            <Row key={attempt.id} attempt={attempt} before={before(latest, attempt)} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

/** Points of the attempt before at the same scenario. */
function before(latest: readonly AttemptSummary[], attempt: AttemptSummary): number | undefined {
  return latest.find(
    ({ scenario, startedAt, points }) =>
      scenario === attempt.scenario && startedAt < attempt.startedAt && points !== undefined,
  )?.points
}

function Row({ attempt, before }: { attempt: AttemptSummary; before: number | undefined }): ReactElement {
  const { t } = useTranslation()
  const { say, time, number } = useSpeech()
  const titleOf = useProcessTitle()
  const { points } = attempt
  const change = points === undefined || before === undefined ? undefined : points - before
  return (
    <Table.Tr data-attempt={attempt.id}>
      <Table.Td>
        <Anchor
          component={Link}
          to={`/training/attempts/${encodeURIComponent(attempt.id)}`}
          fw={600}
          c="inherit"
        >
          {say(attempt.title, attempt.scenario)}
        </Anchor>
        <Text size="xs" c="dimmed">
          {titleOf(attempt.process)}
        </Text>
      </Table.Td>
      <Table.Td data-label={t('trainer.modeLabel')}>
        <ModeBadge mode={attempt.mode} />
      </Table.Td>
      <Table.Td data-label={t('trainer.begun')}>{time(attempt.startedAt)}</Table.Td>
      <Table.Td data-label={t('trainer.stateLabel')}>
        <StateBadge state={attempt.status} />
      </Table.Td>
      <Table.Td data-label={t('trainer.pointsLabel')}>
        <Group gap={6} wrap="nowrap" display="inline-flex">
          <Text span fw={600}>
            {points === undefined ? t('common.none') : number(points)}
          </Text>
          {change === undefined || change === 0 ? null : (
            <Text span size="sm" c="dimmed">
              {t(change > 0 ? 'trainer.mine.better' : 'trainer.mine.worse', {
                points: number(Math.abs(change)),
              })}
            </Text>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}
