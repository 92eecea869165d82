/**
 * A job's history in words, the latest first; each entry leads to how the job stood then.
 *
 * Promises: each entry is told in the words of the version that was in force.
 * Must not: fetch.
 */
import { Badge, Button, Group, Stack, Text, Timeline } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntryView } from '../../machines/wire/jobs.ts'
import { useNameOf } from '../session/people.ts'
import { useSpeech } from '../text/use-language.ts'
import './job.css'
import { entryInWords, fieldName, fieldsOf, type JobWords, stateInWords, valueInWords } from './job-words.ts'

const AT_FIRST = 30
/** A device's clock that differs by less says nothing. */
const WORTH_TELLING_MS = 60_000

export function JobHistory({
  entries,
  wordsAt,
  at,
  show,
}: {
  entries: readonly EntryView[]
  wordsAt(index: number): JobWords
  /** The moment that the page shows; `undefined`: the present. */
  at: number | undefined
  show(index: number): void
}): ReactElement {
  const { t } = useTranslation()
  const [shown, setShown] = useState(AT_FIRST)
  if (entries.length === 0) return <Text size="sm">{t('job.noHistory')}</Text>
  const first = Math.max(0, entries.length - shown)
  const latest = entries
    .map((entry, index) => ({ entry, index }))
    .slice(first)
    .reverse()
  return (
    <Stack gap="md">
      <Timeline bulletSize={12} lineWidth={2} active={latest.length}>
        {latest.map(({ entry, index }) => (
          <Timeline.Item key={entry.seq}>
            <Entry entry={entry} words={wordsAt(index)} isShown={at === index} show={() => show(index)} />
          </Timeline.Item>
        ))}
      </Timeline>
      {first === 0 ? null : (
        <Button variant="default" size="sm" onClick={() => setShown(shown + 100)}>
          {t('jobPage.earlierEntries')}
        </Button>
      )}
    </Stack>
  )
}

function Entry({
  entry,
  words,
  isShown,
  show,
}: {
  entry: EntryView
  words: JobWords
  isShown: boolean
  show(): void
}): ReactElement {
  const { exactTime } = useSpeech()
  const { t } = useTranslation()
  const nameOf = useNameOf()
  const who = entry.actor.id === 'system' ? t('roles.system') : entry.actor.name
  const what = entryInWords(entry, words, nameOf)
  return (
    <div className="fc-entry" {...(isShown ? { 'aria-current': true } : {})}>
      <Group justify="space-between" gap="sm" align="baseline">
        <Text size="sm" fw={600} className="fc-wrap" flex={1} miw={180}>
          {what}
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Text size="xs" c="dimmed">
            {`${exactTime(entry.at)} · ${who}`}
          </Text>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={t('jobPage.past.showAfter', { what })}
            onClick={show}
          >
            {t('jobPage.past.show')}
          </Button>
        </Group>
      </Group>
      <Body entry={entry} words={words} />
    </div>
  )
}

function Body({ entry, words }: { entry: EntryView; words: JobWords }): ReactElement {
  const { t } = useTranslation()
  const { list, exactTime } = useSpeech()
  // A start sets everything at once; the fields stand beside.
  const changed = entry.from === undefined ? [] : Object.entries(entry.changed)
  const moved = JSON.stringify(entry.from) !== JSON.stringify(entry.to)
  const fields = fieldsOf(words)
  const { deviceAt } = entry
  const late = deviceAt === undefined ? 0 : Math.abs(Date.parse(entry.at) - Date.parse(deviceAt))
  return (
    <Stack gap={2}>
      {deviceAt === undefined || late < WORTH_TELLING_MS ? null : (
        <Text size="sm" c="dimmed">
          {t('jobPage.sent', { when: exactTime(deviceAt) })}
        </Text>
      )}
      {moved ? (
        <Text size="sm" c="dimmed">
          {t('entry.now', { states: list(entry.active.map((path) => stateInWords(path, words))) })}
        </Text>
      ) : null}
      {changed.map(([name, { to }]) => (
        <Text size="sm" c="dimmed" className="fc-wrap" key={name} lineClamp={3}>
          {`${fieldName(name, words)}${t('common.colon')}${
            to === undefined && entry.masked?.includes(name) === true
              ? t('job.hidden')
              : valueInWords(to, fields[name], words)
          }`}
        </Text>
      ))}
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
