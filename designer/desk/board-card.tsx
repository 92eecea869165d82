/**
 * A job on the board: whose it is, what it is about, until when, who works it; dragged, or moved on by its menu.
 */
import { ActionIcon, Anchor, Box, Group, Menu, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { JobRow } from '../../machines/wire/jobs.ts'
import { DeadlineText } from '../jobs/deadline-text.tsx'
import { assigneeOf, isHidden, summaryOf } from '../jobs/job-list-cells.tsx'
import { fieldName } from '../jobs/job-words.ts'
import { Icon } from '../shell/icons.tsx'
import type { CardShown, Target } from './board-column.tsx'
import { waysTo } from './ways.ts'

type Props = {
  job: JobRow
  targets: readonly Target[]
  drag(job: JobRow | undefined): void
  move(job: JobRow, to: Target): void
  shown: CardShown
}

export function BoardCard({ job, targets, drag, move, shown }: Props): ReactElement {
  const { t } = useTranslation()
  const words = shown.wordsOf(job)
  const { customerName } = job.fields
  const said = summaryOf(job, words)
  const title =
    typeof customerName === 'string' && customerName !== '' ? customerName : (said[0]?.text ?? job.id)
  const about = said.find(({ name, text }) => name !== 'customerName' && text !== title)
  const assignee = assigneeOf(job, words)
  return (
    <Box
      className="board-card fc-panel"
      draggable
      data-card={job.id}
      data-overdue={job.overdue}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', job.id)
        drag(job)
      }}
      onDragEnd={() => drag(undefined)}
    >
      <Group gap={4} wrap="nowrap" align="flex-start">
        <Anchor
          component={Link}
          to={`/jobs/${job.id}`}
          size="sm"
          fw={600}
          flex={1}
          lineClamp={2}
          title={title}
          data-job={job.id}
          draggable={false}
        >
          {title}
        </Anchor>
        <Ways job={job} title={title} targets={targets} move={move} shown={shown} />
      </Group>
      {about === undefined ? null : (
        <Text size="xs" lineClamp={2} title={about.text}>
          {about.text}
        </Text>
      )}
      {isHidden(job, 'customerName') ? (
        <Text size="xs" c="dimmed">
          {`${fieldName('customerName', words)}${t('common.colon')}${t('job.hidden')}`}
        </Text>
      ) : null}
      <Group justify="space-between" gap={6} mt={4}>
        {job.suspended !== undefined ? (
          <Text size="xs">{t('desk.suspended')}</Text>
        ) : job.dueAt === undefined ? (
          <Text size="xs" c="dimmed">
            {t('desk.boards.noDeadline')}
          </Text>
        ) : (
          <DeadlineText dueAt={job.dueAt} overdue={job.overdue} now={shown.now} />
        )}
        <Text size="xs" c={assignee === '' ? 'dimmed' : 'var(--mantine-color-text)'} truncate maw={110}>
          {assignee === '' ? t('desk.boards.nobody') : shown.nameOf(assignee)}
        </Text>
      </Group>
    </Box>
  )
}

/** The way by keyboard: the states that an event may lead to. */
function Ways({ job, title, targets, move, shown }: Omit<Props, 'drag'> & { title: string }): ReactElement {
  const { t } = useTranslation()
  const { definition } = shown.wordsOf(job)
  return (
    <Menu position="bottom-end" withinPortal width={280}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('desk.boards.menu', { job: title })}
        >
          <Icon name="more" size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={340} style={{ overflowY: 'auto' }}>
        <Menu.Item component={Link} to={`/jobs/${job.id}`}>
          {t('desk.boards.open')}
        </Menu.Item>
        <Menu.Label>{t('desk.boards.toState')}</Menu.Label>
        {targets
          .filter(
            ({ path, isGone }) =>
              !isGone &&
              definition !== undefined &&
              !job.active.includes(path) &&
              waysTo(definition, job.active, path).length > 0,
          )
          .map((target) => (
            <Menu.Item key={target.path} onClick={() => move(job, target)}>
              {target.title}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  )
}
