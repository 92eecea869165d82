/** Before a version is published: which of the open findings it answers. Nothing where there are none. */
import { Checkbox, Stack, Text, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../session/queries.ts'
import { useSpeech } from '../text/use-language.ts'
import { useOpenFindings } from './finding-api.ts'

export function AnswerFindings({
  process,
  answers,
  choose,
}: {
  process: string
  answers: readonly string[]
  choose(answers: readonly string[]): void
}): ReactElement | null {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const mayRead = useMe().data?.rights.includes('findings:read') === true
  const findings = useOpenFindings(process, mayRead).data ?? []
  if (findings.length === 0) return null
  return (
    <section>
      <Title order={3} size="h6">
        {t('findings.answers')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('findings.answersHint')}
      </Text>
      <Stack gap="xs" mah={240} style={{ overflow: 'auto' }}>
        {findings.map(({ id, text, placeTitles }) => (
          <Checkbox
            key={id}
            checked={answers.includes(id)}
            onChange={({ currentTarget }) =>
              choose(currentTarget.checked ? [...answers, id] : answers.filter((each) => each !== id))
            }
            label={text}
            description={
              placeTitles.length === 0
                ? t('findings.whole')
                : placeTitles.map((title) => say(title)).join(' › ')
            }
          />
        ))}
      </Stack>
    </section>
  )
}
