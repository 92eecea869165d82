/** A new endpoint: where to, which events, of which process; then its secret, once. */
import { Button, Checkbox, Group, Select, SimpleGrid, Stack, TextInput, Title } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { WEBHOOK_EVENTS, type WebhookEvent } from '../../machines/wire/webhooks.ts'
import { useProcesses } from '../session/queries.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useEventWords } from './event-words.ts'
import { Secret } from './secret.tsx'
import { useMakeWebhook } from './webhook-queries.ts'

const isEvent = (value: string): value is WebhookEvent => WEBHOOK_EVENTS.some((event) => event === value)

export function CreateWebhook({ close }: { close(): void }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const words = useEventWords()
  const make = useMakeWebhook()
  const processes = useProcesses().data?.processes ?? []
  const [url, setUrl] = useState('')
  const [events, setEvents] = useState<string[]>(['job.ended'])
  const [process, setProcess] = useState<string | null>(null)
  const ready = url.trim() !== '' && events.length > 0
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (!ready || make.isPending) return
    make.mutate({
      url: url.trim(),
      events: events.filter(isEvent),
      ...(process === null ? {} : { process }),
    })
  }
  if (make.data !== undefined) return <Secret secret={make.data.secret} done={close} />
  return (
    <section className="fc-panel" aria-label={t('webhooks.new')}>
      <form onSubmit={send} noValidate>
        <Stack p="lg" gap="md">
          <Title order={2} size="h4">
            {t('webhooks.new')}
          </Title>
          <TextInput
            label={t('webhooks.url')}
            description={t('webhooks.urlHelp')}
            type="url"
            maxLength={2000}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <Checkbox.Group label={t('webhooks.events')} value={events} onChange={setEvents}>
            <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs" spacing="xs">
              {WEBHOOK_EVENTS.map((event) => (
                <Checkbox key={event} value={event} label={words(event)} description={event} />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
          <Select
            maw={420}
            label={t('webhooks.process')}
            placeholder={t('webhooks.allProcesses')}
            clearable
            data={processes.flatMap(({ id, latest, title }) =>
              latest === undefined ? [] : [{ value: id, label: say(title) }],
            )}
            value={process}
            onChange={setProcess}
          />
          {make.isError ? <ProblemNotice error={make.error} /> : null}
          <Group gap="xs">
            <Button type="submit" disabled={!ready} loading={make.isPending}>
              {t('webhooks.make')}
            </Button>
            <Button variant="default" onClick={close}>
              {t('webhooks.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </section>
  )
}
