/**
 * An endpoint that is there, changed.
 *
 * Promises: only what was changed here is sent, so that what somebody else changed meanwhile stays.
 */
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangeWebhook as Changes, WebhookView } from '../../machines/wire/webhooks.ts'
import { type WebhookFields, WebhookForm } from './webhook-form.tsx'
import { useWebhook } from './webhook-queries.ts'

const changesOf = (before: WebhookFields, { url, events, process }: WebhookFields): Changes => ({
  ...(url === before.url ? {} : { url }),
  ...(events.toSorted().join() === before.events.toSorted().join() ? {} : { events }),
  ...(process === before.process ? {} : { process }),
})

export function ChangeWebhook({ webhook, close }: { webhook: WebhookView; close(): void }): ReactElement {
  const { t } = useTranslation()
  const { change } = useWebhook(webhook.id)
  // As it was when it was opened, whatever comes in meanwhile.
  const [before] = useState(() => {
    const { url, events, process = null } = webhook
    return { url, events, process }
  })
  const send = (fields: WebhookFields): void => {
    const changes = changesOf(before, fields)
    if (Object.keys(changes).length === 0) close()
    else change.mutate(changes, { onSuccess: close })
  }
  return (
    <WebhookForm
      before={before}
      send={send}
      isSending={change.isPending}
      error={change.error}
      done={t('webhooks.save')}
      close={close}
    />
  )
}
