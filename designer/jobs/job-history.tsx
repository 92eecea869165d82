/** A job's history, newest last as it happened, a page at a time. */
import { Badge, Button, Group, Stack, Text, Timeline } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntryView } from '../../machines/wire/jobs.ts'
import { useNameOf } from '../session/people.ts'
import { useHistory } from '../session/queries.ts'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { entryInWords, fieldName, type JobWords, stateInWords } from './job-words.ts'

export function JobHistory({ job, words }: { job: string; words: JobWords }): ReactElement {
  const { t } = useTranslation()
  const history = useHistory(job)
  if (history.isPending) return <Waiting />
  if (history.isError) return <ProblemNotice error={history.error} retry={() => void history.refetch()} />
  const entries = history.data.pages.flatMap((page) => page.entries)
  if (entries.length === 0) return <Text size="sm">{t('job.noHistory')}</Text>
  return (
    <Stack gap="md">
      <Timeline bulletSize={12} lineWidth={2} active={entries.length}>
        {entries.map((entry) => (
          <Timeline.Item key={entry.seq} title={<Heading entry={entry} words={words} />}>
            <Body entry={entry} words={words} />
          </Timeline.Item>
        ))}
      </Timeline>
      {history.hasNextPage ? (
        <Button
          variant="default"
          size="sm"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {t('job.historyMore')}
        </Button>
      ) : null}
    </Stack>
  )
}

function Heading({ entry, words }: { entry: EntryView; words: JobWords }): ReactElement {
  const { exactTime } = useSpeech()
  const { t } = useTranslation()
  const nameOf = useNameOf()
  const who = entry.actor.id === 'system' ? t('roles.system') : entry.actor.name
  return (
    <Group justify="space-between" gap="sm" align="baseline">
      <Text size="sm" fw={600} className="fc-wrap">
        {entryInWords(entry, words, nameOf)}
      </Text>
      <Text size="xs" c="dimmed">
        {`${exactTime(entry.at)} · ${who}`}
      </Text>
    </Group>
  )
}

function Body({ entry, words }: { entry: EntryView; words: JobWords }): ReactElement {
  const { t } = useTranslation()
  const { list } = useSpeech()
  // A start sets everything at once; the fields stand beside.
  const changed = entry.from === undefined ? [] : Object.keys(entry.changed)
  const moved = JSON.stringify(entry.from) !== JSON.stringify(entry.to)
  return (
    <Stack gap={2}>
      {moved ? (
        <Text size="sm" c="dimmed">
          {t('entry.now', { states: list(entry.active.map((path) => stateInWords(path, words))) })}
        </Text>
      ) : null}
      {changed.length === 0 ? null : (
        <Text size="sm" c="dimmed">
          {t('entry.changed', { fields: list(changed.map((name) => fieldName(name, words))) })}
        </Text>
      )}
      <Group gap={6}>
        {entry.norms.broken.length === 0 ? null : (
          <Badge color="red" variant="light" c="var(--mantine-color-error)">
            {t('entry.breached', { norms: list(entry.norms.broken) })}
          </Badge>
        )}
        {entry.norms.met.length === 0 ? null : (
          <Badge color="green" variant="light" c="var(--mantine-color-text)">
            {t('entry.met', { norms: list(entry.norms.met) })}
          </Badge>
        )}
      </Group>
    </Stack>
  )
}
