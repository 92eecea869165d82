/** A new endpoint; then its secret, once. */
import { Stack, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Secret } from './secret.tsx'
import { WebhookForm } from './webhook-form.tsx'
import { useMakeWebhook } from './webhook-queries.ts'

export function CreateWebhook({ close }: { close(): void }): ReactElement {
  const { t } = useTranslation()
  const make = useMakeWebhook()
  if (make.data !== undefined) return <Secret secret={make.data.secret} done={close} />
  return (
    <section className="fc-panel" aria-label={t('webhooks.new')}>
      <Stack p="lg" gap="md">
        <Title order={2} size="h4">
          {t('webhooks.new')}
        </Title>
        <WebhookForm
          before={{ url: '', events: ['job.ended'], process: null }}
          send={({ process, ...fields }) =>
            make.mutate({ ...fields, ...(process === null ? {} : { process }) })
          }
          isSending={make.isPending}
          error={make.error}
          done={t('webhooks.make')}
          close={close}
        />
      </Stack>
    </section>
  )
}
