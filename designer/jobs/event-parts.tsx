/** What is said of an event on a job's page: its title, why it is barred, what happened since its form was opened. */
import { Alert, Badge, Box, Group, List, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Allowed, Reason } from '../../machines/advance/job.ts'
import type { EntryView, JobDetail } from '../../machines/wire/jobs.ts'
import { useNameOf } from '../session/people.ts'
import { useMe } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { entryInWords, type JobWords } from './job-words.ts'
import { isRole } from './statuses.ts'

export function BarredEvent({ event }: { event: Allowed }): ReactElement {
  const { t } = useTranslation()
  return (
    <Box className="fc-panel" p="sm" data-event={event.type}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <EventTitle event={event} />
        <Badge
          color="gray"
          variant="light"
          c="var(--mantine-color-text)"
          leftSection={<Icon name="lock" size={12} />}
          style={{ flex: 'none' }}
        >
          {t('job.barred')}
        </Badge>
      </Group>
      <Reasons event={event} />
    </Box>
  )
}

/** What others and the clock did since the form was opened. One's own acts are known. */
export function Meanwhile({
  since,
  job,
  words,
  entries,
  plain = false,
}: {
  since: number
  job: JobDetail
  words: JobWords
  entries: readonly EntryView[] | undefined
  /** Stands in a notice already. */
  plain?: boolean
}): ReactElement | null {
  const { t } = useTranslation()
  const { exactTime } = useSpeech()
  const nameOf = useNameOf()
  const me = useMe().data?.id
  if (job.seq <= since) return null
  const happened = (entries ?? []).filter(({ seq, actor }) => seq > since && actor.id !== me)
  if (entries !== undefined && happened.length === 0) return null
  const told = (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {t(happened.length === 0 ? 'jobPage.meanwhilePlain' : 'jobPage.meanwhile')}
      </Text>
      {happened.length === 0 ? null : (
        <List size="sm" spacing={2}>
          {happened.map((entry) => (
            <List.Item key={entry.seq} className="fc-wrap">
              {`${entryInWords(entry, words, nameOf)} · ${
                entry.actor.id === 'system' ? t('roles.system') : entry.actor.name
              }, ${exactTime(entry.at)}`}
            </List.Item>
          ))}
        </List>
      )}
      {plain ? null : <Text size="sm">{t('jobPage.stillOpen')}</Text>}
    </Stack>
  )
  return plain ? (
    told
  ) : (
    <Alert color="yellow" variant="light" role="alert">
      {told}
    </Alert>
  )
}

export function Reasons({ event }: { event: Allowed | undefined }): ReactElement | null {
  const { t } = useTranslation()
  const { say, list } = useSpeech()
  if (event === undefined) return null
  // The engine gives a reason for each role of which one is needed.
  const roles = event.reasons.map(({ role }) => role).filter(isRole)
  const others: Reason[] = event.reasons.filter(({ role }) => !isRole(role))
  return (
    <List size="sm" mt={4} spacing={2} aria-label={t('job.why')}>
      {roles.length === 0 ? null : (
        <List.Item className="fc-wrap">
          <Text size="sm" c="dimmed">
            {t('job.needsRole', { roles: list(roles.map((role) => t(`roles.${role}`))) })}
          </Text>
        </List.Item>
      )}
      {others.map((reason) => (
        <List.Item
          key={`${reason.code} ${reason.pointer ?? ''} ${reason.item ?? ''} ${reason.message.en}`}
          className="fc-wrap"
        >
          <Text size="sm" c="dimmed">
            {say(reason.message)}
          </Text>
        </List.Item>
      ))}
    </List>
  )
}

export function EventTitle({ event }: { event: Allowed }): ReactElement {
  const { say } = useSpeech()
  const description = say(event.description)
  return (
    <div style={{ minWidth: 0 }}>
      <Group gap={6}>
        <Text size="sm" fw={600} className="fc-wrap">
          {say(event.title, event.type)}
        </Text>
        {event.norms.map((norm) => (
          <Badge key={norm} size="xs" color="indigo" variant="light" c="var(--mantine-color-text)">
            {norm}
          </Badge>
        ))}
      </Group>
      {description === '' ? null : (
        <Text size="xs" c="dimmed" className="fc-wrap">
          {description}
        </Text>
      )}
    </div>
  )
}
