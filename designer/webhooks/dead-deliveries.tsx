/** Messages to an endpoint that were given up: what, why, and sending them again, one or all. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ResendDeliveries, WebhookView } from '../../machines/wire/webhooks.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useFailure } from './failure-words.ts'
import { useDead } from './webhook-queries.ts'

type Given = { webhook: WebhookView; isSending: boolean; resend(which: ResendDeliveries): void }

export function DeadDeliveries(given: Given): ReactElement {
  const { t } = useTranslation()
  const { webhook, isSending, resend } = given
  const [isOpen, setOpen] = useState(false)
  return (
    <Alert color="orange" variant="light" icon={<Icon name="warning" />}>
      <Stack gap="sm">
        <Text fw={600}>{t('webhooks.dead', { count: webhook.dead })}</Text>
        <Text size="sm">{t(webhook.enabled ? 'webhooks.deadLead' : 'webhooks.deadOff')}</Text>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => setOpen(!isOpen)}>
            {t(isOpen ? 'webhooks.hide' : 'webhooks.show')}
          </Button>
          <Button
            size="compact-sm"
            disabled={!webhook.enabled}
            loading={isSending}
            onClick={() => resend({})}
          >
            {t('webhooks.resendAll')}
          </Button>
        </Group>
        {isOpen ? <Letters {...given} /> : null}
      </Stack>
    </Alert>
  )
}

function Letters({ webhook, isSending, resend }: Given): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const failed = useFailure()
  const dead = useDead(webhook.id, webhook.dead)
  if (dead.isPending) return <Waiting />
  if (dead.isError) return <ProblemNotice error={dead.error} />
  return (
    <Stack gap="xs">
      {dead.data.deliveries.map(({ id, type, at, attempts, failure }) => (
        <Group key={id} justify="space-between" gap="sm">
          <div>
            <Text size="sm" className="fc-wrap">
              {`${type} · ${time(at)} · ${t('webhooks.attempts', { count: attempts })}`}
            </Text>
            {failure === undefined ? null : (
              <Text size="xs" c="dimmed">
                {failed(failure)}
              </Text>
            )}
          </div>
          <Button
            size="compact-sm"
            variant="default"
            disabled={!webhook.enabled || isSending}
            aria-label={t('webhooks.resendOne', { id })}
            onClick={() => resend({ id })}
          >
            {t('webhooks.resend')}
          </Button>
        </Group>
      ))}
    </Stack>
  )
}
