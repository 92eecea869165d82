/** How long each process keeps what is personal in jobs that are over. */
import { Button, Group, NumberInput, Stack, Text, Title } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Retention } from '../../machines/wire/privacy.ts'
import { useNameOf } from '../session/people.ts'
import { useProcesses } from '../session/queries.ts'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useRetention, useSetRetention } from './privacy-queries.ts'

export function RetentionPart(): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const processes = useProcesses()
  const published = (processes.data?.processes ?? []).filter(({ latest }) => latest !== undefined)
  return (
    <Stack component="section" className="fc-panel" p="lg" gap="md" aria-label={t('privacy.keep')}>
      <Stack gap={4}>
        <Title order={2} size="h4">
          {t('privacy.keep')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('privacy.keepLead')}
        </Text>
      </Stack>
      {processes.isError ? <ProblemNotice error={processes.error} /> : null}
      {processes.isPending ? <Waiting /> : null}
      {published.map(({ id, title }) => (
        <ProcessRow key={id} process={id} title={say(title, id)} />
      ))}
    </Stack>
  )
}

function ProcessRow({ process, title }: { process: string; title: string }): ReactElement {
  const kept = useRetention(process)
  if (kept.isError) return <ProblemNotice error={kept.error} retry={() => void kept.refetch()} />
  if (kept.data === undefined) return <Waiting label={title} />
  // Set by somebody else meanwhile, it is another form.
  return <RowForm key={String(kept.data.days)} process={process} title={title} kept={kept.data} />
}

const MOST_DAYS = 36_500

function RowForm({
  process,
  title,
  kept,
}: {
  process: string
  title: string
  kept: Retention
}): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const nameOf = useNameOf()
  const set = useSetRetention(process)
  const [days, setDays] = useState<number | null>(kept.days)
  const { by, at } = kept
  return (
    <Stack gap={4}>
      <Group align="flex-end" gap="sm">
        <NumberInput
          w={280}
          label={title}
          placeholder={t('privacy.forever')}
          suffix={t('privacy.days')}
          min={1}
          max={MOST_DAYS}
          allowDecimal={false}
          value={days ?? ''}
          onChange={(value) => setDays(typeof value === 'number' ? value : null)}
        />
        <Button
          variant="default"
          disabled={days === kept.days}
          loading={set.isPending}
          onClick={() => set.mutate(days)}
          aria-label={t('privacy.saveFor', { title })}
        >
          {t('privacy.save')}
        </Button>
        {by === undefined || at === undefined ? null : (
          <Text size="sm" c="dimmed">
            {t('privacy.setBy', { who: nameOf(by), when: time(at) })}
          </Text>
        )}
      </Group>
      {set.isError ? <ProblemNotice error={set.error} /> : null}
    </Stack>
  )
}
