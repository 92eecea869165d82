/**
 * One endpoint: how delivery to it stands, in words, and what can be done about it.
 *
 * Promises: nothing is deleted without being asked twice.
 */
import { Badge, Button, Group, Stack, Switch, Text, Title } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WebhookFailure, WebhookView } from '../../machines/wire/webhooks.ts'
import { useProcesses } from '../session/queries.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { ChangeWebhook } from './change-webhook.tsx'
import { DeadDeliveries } from './dead-deliveries.tsx'
import { useEventWords } from './event-words.ts'
import { useFailure } from './failure-words.ts'
import { Secret } from './secret.tsx'
import { useWebhook } from './webhook-queries.ts'

export function WebhookCard({ webhook }: { webhook: WebhookView }): ReactElement {
  const { t } = useTranslation()
  const { id, url, enabled, dead } = webhook
  const { change, rotate, test, resend, drop } = useWebhook(id)
  const [isSure, setSure] = useState(false)
  const [isChanging, setChanging] = useState(false)
  const error = change.error ?? rotate.error ?? test.error ?? resend.error ?? drop.error
  return (
    <section className="fc-panel" aria-label={url}>
      <Stack p="lg" gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Title order={2} size="h5" className="fc-wrap" flex="1 1 16rem">
            {url}
          </Title>
          <Switch
            label={t('webhooks.on')}
            aria-label={t('webhooks.switch', { url })}
            checked={enabled}
            disabled={change.isPending}
            onChange={(event) => change.mutate({ enabled: event.currentTarget.checked })}
          />
        </Group>
        {isChanging ? (
          <ChangeWebhook webhook={webhook} close={() => setChanging(false)} />
        ) : (
          <Wanted webhook={webhook} />
        )}
        <Standing webhook={webhook} />
        {rotate.data === undefined ? null : (
          <Secret secret={rotate.data.secret} done={() => rotate.reset()} />
        )}
        {test.data === undefined ? null : <Tested {...test.data} />}
        {error === null ? null : <ProblemNotice error={error} />}
        {isSure ? (
          <Group gap="xs">
            <Text size="sm">{t('webhooks.dropSure')}</Text>
            <Button size="compact-sm" color="red" loading={drop.isPending} onClick={() => drop.mutate()}>
              {t('webhooks.drop')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setSure(false)}>
              {t('webhooks.keep')}
            </Button>
          </Group>
        ) : (
          <Group gap="xs">
            {isChanging ? null : (
              <Button size="compact-sm" variant="default" onClick={() => setChanging(true)}>
                {t('webhooks.change')}
              </Button>
            )}
            <Button
              size="compact-sm"
              variant="default"
              loading={test.isPending}
              onClick={() => test.mutate()}
            >
              {t('webhooks.test')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              loading={rotate.isPending}
              onClick={() => rotate.mutate()}
            >
              {t('webhooks.rotate')}
            </Button>
            <Button size="compact-sm" variant="default" c="red" onClick={() => setSure(true)}>
              {t('webhooks.drop')}
            </Button>
          </Group>
        )}
        {dead === 0 ? null : (
          <DeadDeliveries
            webhook={webhook}
            isSending={resend.isPending}
            resend={(which) => resend.mutate(which)}
          />
        )}
      </Stack>
    </section>
  )
}

/** What it is told. */
function Wanted({ webhook: { events, process } }: { webhook: WebhookView }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const words = useEventWords()
  const processes = useProcesses().data?.processes ?? []
  const title = processes.find(({ id }) => id === process)?.title
  return (
    <Group gap="xs">
      {events.map((event) => (
        <Badge key={event} variant="default" tt="none" fw={500}>
          {words(event)}
        </Badge>
      ))}
      <Text size="sm" c="dimmed">
        {process === undefined
          ? t('webhooks.ofAll')
          : t('webhooks.ofProcess', { process: say(title, process) })}
      </Text>
    </Group>
  )
}

function Standing({ webhook }: { webhook: WebhookView }): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const failed = useFailure()
  const { lastSuccess, lastFailure, pending, rotatingUntil } = webhook
  const isFailing = lastFailure !== undefined && (lastSuccess === undefined || lastFailure.at > lastSuccess)
  return (
    <Stack gap={2}>
      <Text size="sm">
        {lastSuccess === undefined
          ? t('webhooks.neverTaken')
          : t('webhooks.lastTaken', { time: time(lastSuccess) })}
        {pending === 0 ? '' : ` · ${t('webhooks.pending', { count: pending })}`}
      </Text>
      {lastFailure === undefined ? null : (
        <Text size="sm" {...(isFailing ? { fw: 600 } : { c: 'dimmed' })}>
          {t('webhooks.lastFailed', { time: time(lastFailure.at), why: failed(lastFailure.failure) })}
        </Text>
      )}
      {webhook.gone === true ? <Text size="sm">{t('webhooks.gone')}</Text> : null}
      {rotatingUntil === undefined ? null : (
        <Text size="sm" c="dimmed">
          {t('webhooks.rotating', { time: time(rotatingUntil) })}
        </Text>
      )}
    </Stack>
  )
}

function Tested({ delivered, failure }: { delivered: boolean; failure?: WebhookFailure }): ReactElement {
  const { t } = useTranslation()
  const failed = useFailure()
  return (
    <Text size="sm" role="status" fw={600}>
      {delivered || failure === undefined
        ? t('webhooks.tested')
        : t('webhooks.notTested', { why: failed(failure) })}
    </Text>
  )
}
