/** What is wrong with the scenario, each with a way to its place. */
import { Group, Stack, Text, UnstyledButton } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../../../machines/definition/problem.ts'
import { Icon } from '../../../shell/icons.tsx'
import { useSpeech } from '../../../text/use-language.ts'
import { sectionOf } from './section.tsx'

export function ProblemPane({
  problems,
  goTo,
}: {
  problems: readonly Problem[]
  goTo(pointer: string): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const sorted = problems
    .toSorted((a, b) => Number(a.severity !== 'error') - Number(b.severity !== 'error'))
    .map((problem, index) => ({ problem, key: `${index} ${problem.path} ${problem.code}` }))
  if (sorted.length === 0)
    return (
      <Group gap="xs" wrap="nowrap" c="dimmed">
        <Icon name="check" size={16} />
        <Text size="sm">{t('trainer.form.noProblems')}</Text>
      </Group>
    )
  return (
    <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }}>
      {sorted.map(({ problem, key }) => (
        <li key={key}>
          <UnstyledButton
            className="edit-problem"
            data-severity={problem.severity}
            onClick={() => goTo(problem.path)}
          >
            <Text size="xs" c="dimmed">
              {t(`trainer.section.${sectionOf(problem.path)}`)}
              {' · '}
              {t(`trainer.form.severity.${problem.severity}`)}
            </Text>
            <Text size="sm" className="fc-wrap">
              {say(problem.message)}
            </Text>
          </UnstyledButton>
        </li>
      ))}
    </Stack>
  )
}
