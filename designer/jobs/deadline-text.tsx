/** A deadline: when, and in red with words where it has run out. */
import { Group, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shell/icons.tsx'
import { stretchInWords } from '../text/format.ts'
import { useSpeech } from '../text/use-language.ts'

export function DeadlineText({
  dueAt,
  overdue,
  now,
}: {
  dueAt: string
  overdue: boolean
  now: number
}): ReactElement {
  const { t } = useTranslation()
  const { time, language } = useSpeech()
  if (!overdue)
    return (
      <Text component="span" size="sm">
        {time(dueAt)}
      </Text>
    )
  const late = stretchInWords(now - new Date(dueAt).getTime(), language)
  return (
    <Group component="span" gap={4} wrap="nowrap" c="var(--mantine-color-error)" display="inline-flex">
      <Icon name="alert" size={15} />
      <Text component="span" size="sm" fw={600}>
        {t('jobs.overdueBy', { time: late })}
      </Text>
    </Group>
  )
}
