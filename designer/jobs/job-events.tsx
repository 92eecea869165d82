/**
 * What can happen to a job now: open events to send, barred ones with the reasons in words.
 */
import { Badge, Box, Button, Group, List, Stack, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Allowed, Reason } from '../../machines/advance/job.ts'
import type { Role } from '../../machines/definition/schema.ts'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { EventForm } from './event-form.tsx'
import { ROLE_NAMES } from './statuses.ts'

export function JobEvents({ job }: { job: JobDetail }): ReactElement {
  const { t } = useTranslation()
  const { say, list } = useSpeech()
  const [opened, setOpened] = useState<string>()
  const [sent, setSent] = useState<string>()
  if (job.status !== 'active') return <Text size="sm">{t('job.eventsOver')}</Text>
  const open = job.allowed.filter((event) => event.open)
  const barred = job.allowed.filter((event) => !event.open)
  if (job.allowed.length === 0) return <Text size="sm">{t('job.noEvents')}</Text>
  return (
    <Stack gap="xs">
      <div role="status">
        {sent === undefined ? null : (
          <Text size="sm" c="green">
            {t('job.sent', { title: sent })}
          </Text>
        )}
      </div>
      {open.map((event) => (
        <Box key={event.type} className="fc-panel" p="sm" data-event={event.type}>
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <EventTitle event={event} />
            {opened === event.type ? null : (
              <Button
                size="compact-sm"
                variant="light"
                aria-label={t('job.sendEvent', { title: say(event.title, event.type) })}
                onClick={() => {
                  setSent(undefined)
                  setOpened(event.type)
                }}
              >
                {t('job.send')}
              </Button>
            )}
          </Group>
          {opened === event.type ? (
            <EventForm
              job={job.id}
              seq={job.seq}
              event={event}
              close={(done) => {
                setOpened(undefined)
                if (done) setSent(say(event.title, event.type))
              }}
            />
          ) : null}
        </Box>
      ))}
      {barred.map((event) => (
        <Box key={event.type} className="fc-panel" p="sm" data-event={event.type}>
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
          <List size="sm" mt={4} spacing={2} aria-label={t('job.why')}>
            {rolesWanted(event).length === 0 ? null : (
              <List.Item className="fc-wrap">
                <Text size="sm" c="dimmed">
                  {t('job.needsRole', { roles: list(rolesWanted(event).map((role) => t(`roles.${role}`))) })}
                </Text>
              </List.Item>
            )}
            {otherReasons(event).map((reason) => (
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
        </Box>
      ))}
    </Stack>
  )
}

const isRole = (role: string | undefined): role is Role => ROLE_NAMES.some((each) => each === role)
/** The roles of which one is needed: the engine gives a reason for each. */
const rolesWanted = (event: Allowed): Role[] => event.reasons.map(({ role }) => role).filter(isRole)
const otherReasons = (event: Allowed): Reason[] => event.reasons.filter(({ role }) => !isRole(role))

function EventTitle({ event }: { event: Allowed }): ReactElement {
  const { say } = useSpeech()
  return (
    <Group gap={6}>
      <Text size="sm" fw={600}>
        {say(event.title, event.type)}
      </Text>
      {event.norms.map((norm) => (
        <Badge key={norm} size="xs" color="indigo" variant="light" c="var(--mantine-color-text)">
          {norm}
        </Badge>
      ))}
    </Group>
  )
}
