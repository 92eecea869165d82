/**
 * A state on the board with its jobs, those due first on top; folded it is a strip that cards can still be dropped on.
 */
import { ActionIcon, Badge, Box, Button, Group, Stack, Text } from '@mantine/core'
import { type DragEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Board } from '../../machines/wire/desk.ts'
import type { JobRow } from '../../machines/wire/jobs.ts'
import type { JobWords } from '../jobs/job-words.ts'
import { useMoreJobs } from '../session/desk.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { BoardCard } from './board-card.tsx'

export type Target = {
  path: string
  title: string
  /** What it lies in. */
  group?: string
  isEnd: boolean
  /** Only older versions have it. */
  isGone: boolean
}
export type CardShown = { now: number; nameOf(person: string): string; wordsOf(job: JobRow): JobWords }

type Props = {
  target: Target
  targets: readonly Target[]
  /** Absent where no job is. */
  column: Board['columns'][number] | undefined
  asked: Readonly<Record<string, string>>
  isFolded: boolean
  fold(folded: boolean): void
  dragged: JobRow | undefined
  /** Where an event may lead the job that is dragged. */
  leads: ReadonlySet<string>
  drag(job: JobRow | undefined): void
  drop(to: Target): void
  move(job: JobRow, to: Target): void
  shown: CardShown
}

export function BoardColumn(props: Props): ReactElement {
  const { target, column, isFolded, fold, dragged, leads, drop } = props
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const { title } = target
  const takes = dragged !== undefined && !target.isGone && !dragged.active.includes(target.path)
  const dropping = {
    'data-over': takes && over,
    'data-takes': takes,
    'data-leads': takes && leads.has(target.path),
    onDragOver: (event: DragEvent) => {
      if (!takes) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'move'
      setOver(true)
    },
    onDragLeave: (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget))
        setOver(false)
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      if (takes) drop(target)
    },
  }
  const label = t('desk.boards.column', { state: title, count: column?.total ?? 0 })
  if (isFolded)
    return (
      <section className="board-strip fc-panel" aria-label={label} data-state={target.path} {...dropping}>
        <button
          type="button"
          onClick={() => fold(false)}
          aria-expanded={false}
          title={t('desk.boards.unfold', { state: title })}
        >
          <Count column={column} />
          <span className="board-strip-title">{title}</span>
        </button>
      </section>
    )
  return (
    <section className="board-column" aria-label={label} data-state={target.path} {...dropping}>
      <Group gap={6} wrap="nowrap" align="flex-start" className="board-head">
        <Box flex={1} miw={0}>
          {target.group === undefined && !target.isGone ? null : (
            <Text size="xs" c="dimmed" truncate title={target.group}>
              {target.isGone ? t('desk.boards.gone') : target.group}
            </Text>
          )}
          <Text fw={600} size="sm" component="h2" lineClamp={2} title={title}>
            {title}
          </Text>
        </Box>
        <Count column={column} />
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('desk.boards.fold', { state: title })}
          onClick={() => fold(true)}
        >
          <Icon name="minus" size={14} />
        </ActionIcon>
      </Group>
      <Cards {...props} />
    </section>
  )
}

function Count({ column }: { column: Props['column'] }): ReactElement {
  const { t } = useTranslation()
  const { number } = useSpeech()
  const overdue = column?.overdue ?? 0
  return (
    <Group gap={4} wrap="nowrap" className="board-count">
      {overdue === 0 ? null : (
        <Badge
          size="sm"
          variant="filled"
          bg="var(--mantine-color-red-9)"
          c="white"
          aria-label={t('desk.boards.overdue', { count: overdue })}
        >
          {number(overdue)}
        </Badge>
      )}
      <Badge size="sm" variant="default">
        {number(column?.total ?? 0)}
      </Badge>
    </Group>
  )
}

function Cards({ column, targets, asked, drag, move, shown }: Props): ReactElement {
  const { t } = useTranslation()
  const [isMore, setMore] = useState(false)
  const more = useMoreJobs(asked, column?.next, isMore && column?.next !== undefined)
  const top = column?.jobs ?? []
  const known = new Set(top.map(({ id }) => id))
  // What rose to the top meanwhile is not shown twice.
  const rest = (more.data?.pages ?? []).flatMap((page) => page.jobs).filter(({ id }) => !known.has(id))
  const hasMore = column?.next !== undefined && (!isMore || more.hasNextPage)
  return (
    <Stack gap={8} className="board-cards">
      {[...top, ...(isMore ? rest : [])].map((job) => (
        <BoardCard key={job.id} job={job} targets={targets} drag={drag} move={move} shown={shown} />
      ))}
      {hasMore ? (
        <Button
          size="compact-sm"
          variant="default"
          loading={isMore && more.isFetching}
          onClick={() => {
            if (isMore) void more.fetchNextPage()
            else setMore(true)
          }}
        >
          {t('desk.boards.more')}
        </Button>
      ) : null}
    </Stack>
  )
}
