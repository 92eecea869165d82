/**
 * What waits for somebody, the most urgent first: chosen by a press or by Enter, dragged onto an engineer.
 *
 * Must not: assign.
 */
import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { memo, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { DispatchDay, PlannedJob } from '../../machines/wire/dispatch.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { dragging } from './drag.ts'
import { rove } from './roving.ts'
import type { DayWords } from './use-day-words.ts'

/** `past`: nobody has it, and its hour is over. */
export type Late = 'overdue' | 'past' | undefined
export const lateOf = (job: PlannedJob, now: number): Late =>
  job.overdue
    ? 'overdue'
    : job.assignee === undefined && job.at !== undefined && Date.parse(job.at) < now
      ? 'past'
      : undefined

type Props = {
  now: number
  waiting: DispatchDay['waiting']
  chosen: string | undefined
  words: DayWords
  text: string
  search(text: string): void
  choose(job: PlannedJob, byKey: boolean): void
  more(): void
}

export function WaitingList({
  now,
  waiting,
  chosen,
  words,
  text,
  search,
  choose,
  more,
}: Props): ReactElement {
  const { t } = useTranslation()
  const first = waiting.jobs.find(({ id }) => id === chosen) ?? waiting.jobs[0]
  return (
    <Stack
      gap="xs"
      className="fc-panel dispatch-waiting"
      component="section"
      aria-labelledby="dispatch-waiting"
    >
      <Group justify="space-between" wrap="nowrap" px="sm" pt="sm">
        <Text id="dispatch-waiting" component="h2" fw={600}>
          {t('dispatch.waiting')}
        </Text>
        <Badge variant="light" color="cyan" aria-hidden="true">
          {waiting.total}
        </Badge>
      </Group>
      <TextInput
        px="sm"
        aria-label={t('dispatch.search')}
        placeholder={t('dispatch.search')}
        leftSection={<Icon name="search" size={16} />}
        value={text}
        onChange={(event) => search(event.currentTarget.value)}
      />
      <Text size="xs" c="dimmed" px="sm" role="status">
        {t('dispatch.waitingCount', { count: waiting.total })}
      </Text>
      {waiting.jobs.length === 0 ? (
        <Text size="sm" c="dimmed" px="sm" pb="sm">
          {t('dispatch.nothingWaits')}
        </Text>
      ) : (
        <ul className="dispatch-cards" onKeyDown={rove} aria-label={t('dispatch.waiting')}>
          {waiting.jobs.map((job) => (
            <Card
              key={job.id}
              job={job}
              late={lateOf(job, now)}
              words={words}
              chosen={job.id === chosen}
              stop={job === first}
              choose={choose}
            />
          ))}
        </ul>
      )}
      {waiting.jobs.length < waiting.total ? (
        <Button variant="subtle" size="xs" mb="xs" mx="sm" onClick={more}>
          {t('common.more')}
        </Button>
      ) : null}
    </Stack>
  )
}

type CardProps = {
  job: PlannedJob
  late: Late
  words: DayWords
  chosen: boolean
  stop: boolean
  choose: Props['choose']
}

const Card = memo(({ job, late, words, chosen, stop, choose }: CardProps): ReactElement => {
  const { say } = useSpeech()
  return (
    <li>
      <button
        type="button"
        className="dispatch-card"
        data-stop
        data-job={job.id}
        aria-pressed={chosen}
        tabIndex={stop ? 0 : -1}
        draggable
        onDragStart={(event) => dragging(event, job)}
        onClick={(event) => choose(job, event.detail === 0)}
      >
        <JobTime job={job} late={late} words={words} />
        <Text component="span" size="sm" fw={600} className="fc-wrap" display="block">
          {job.about[0] ?? say(job.title, job.process)}
        </Text>
        {job.about.slice(1).map((line) => (
          <Text component="span" size="sm" key={line} truncate display="block">
            {line}
          </Text>
        ))}
        <Text component="span" size="xs" c="dimmed" display="block">
          {[say(job.title, job.process), job.region].filter((part) => part !== undefined).join(' · ')}
        </Text>
      </button>
    </li>
  )
})

/** The appointment, or what it is due by; late in red and in words. */
export function JobTime({
  job,
  late,
  words,
}: {
  job: PlannedJob
  late: Late
  words: DayWords
}): ReactElement {
  const { t } = useTranslation()
  const said =
    job.at === undefined
      ? t('dispatch.noTime')
      : job.kind === 'due'
        ? t('dispatch.dueBy', { time: words.moment(job.at) })
        : words.moment(job.at)
  return (
    <Group
      component="span"
      gap={4}
      wrap="nowrap"
      {...(late !== undefined ? { c: 'var(--mantine-color-error)' } : {})}
    >
      <Icon name={late !== undefined ? 'alert' : 'clock'} size={14} />
      <Text component="span" size="xs" fw={600} className="dispatch-figures">
        {late === undefined ? said : `${said} · ${t(`dispatch.late.${late}`)}`}
      </Text>
    </Group>
  )
}
