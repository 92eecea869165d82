/** Addresses outside that are told what happens: for administrators. */
import { Button, Stack, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shell/icons.tsx'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { CreateWebhook } from './create-webhook.tsx'
import { WebhookCard } from './webhook-card.tsx'
import { useWebhooks } from './webhook-queries.ts'

export default function WebhooksPage(): ReactElement {
  const { t } = useTranslation()
  const list = useWebhooks()
  const [isMaking, setMaking] = useState(false)
  const webhooks = list.data?.webhooks ?? []
  return (
    <Page
      title={t('webhooks.title')}
      beside={
        isMaking ? null : (
          <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setMaking(true)}>
            {t('webhooks.add')}
          </Button>
        )
      }
    >
      <Stack gap="md">
        <Text c="dimmed">{t('webhooks.lead')}</Text>
        {isMaking ? <CreateWebhook close={() => setMaking(false)} /> : null}
        {list.isPending ? <Waiting /> : null}
        {list.isError ? <ProblemNotice error={list.error} retry={() => void list.refetch()} /> : null}
        {list.isSuccess && webhooks.length === 0 && !isMaking ? (
          <Empty title={t('webhooks.empty')} lead={t('webhooks.emptyLead')} />
        ) : null}
        {webhooks.map((webhook) => (
          <WebhookCard key={webhook.id} webhook={webhook} />
        ))}
      </Stack>
    </Page>
  )
}
