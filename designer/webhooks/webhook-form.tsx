/**
 * Where to, which events, of which process: the fields of an endpoint, new or there already.
 *
 * Must not: know what is done with them.
 */
import { Button, Checkbox, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { WEBHOOK_EVENTS, type WebhookEvent } from '../../machines/wire/webhooks.ts'
import { useProcesses } from '../session/queries.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useEventWords } from './event-words.ts'

/** `process` null: all of them. */
export type WebhookFields = { url: string; events: WebhookEvent[]; process: string | null }

const isEvent = (value: string): value is WebhookEvent => WEBHOOK_EVENTS.some((event) => event === value)

export function WebhookForm({
  before,
  send,
  isSending,
  error,
  done,
  close,
}: {
  before: WebhookFields
  send(fields: WebhookFields): void
  isSending: boolean
  error: unknown
  /** What the button says. */
  done: string
  close(): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const words = useEventWords()
  const processes = useProcesses().data?.processes ?? []
  const [url, setUrl] = useState(before.url)
  const [events, setEvents] = useState<string[]>(before.events)
  const [process, setProcess] = useState(before.process)
  const ready = url.trim() !== '' && events.length > 0
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (ready && !isSending) send({ url: url.trim(), events: events.filter(isEvent), process })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
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
        {error === null ? null : <ProblemNotice error={error} />}
        <Group gap="xs">
          <Button type="submit" disabled={!ready} loading={isSending}>
            {done}
          </Button>
          <Button variant="default" onClick={close}>
            {t('webhooks.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
