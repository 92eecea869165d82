/**
 * All problems of the document: each leads to its place and offers its fix.
 */
import { ActionIcon, Badge, Box, Group, ScrollArea, Text, UnstyledButton } from '@mantine/core'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../machines/definition/problem.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useDesign } from './design-api.ts'
import { MendButton } from './mend-button.tsx'
import { mendingsOf } from './mendings.ts'
import { placeName, selectedAt } from './places.ts'
import type { Problems } from './use-problems.ts'

export const countOf = (list: readonly Problem[], severity: Problem['severity']): number =>
  list.filter((problem) => problem.severity === severity).length

export function ProblemList({
  problems,
  opened,
  toggle,
}: {
  problems: Problems
  opened: boolean
  toggle(): void
}): ReactElement {
  const { t } = useTranslation()
  const { list, state } = problems
  const [errors, warnings] = [countOf(list, 'error'), countOf(list, 'warning')]
  return (
    <Box
      component="section"
      data-area="problems"
      aria-label={t('design.problems.title')}
      style={{
        borderTop: '1px solid var(--mantine-color-default-border)',
        background: 'var(--fc-surface)',
      }}
    >
      <Group px="md" py={6} gap="sm">
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-expanded={opened}
          aria-label={t(opened ? 'design.problems.hide' : 'design.problems.show')}
          onClick={toggle}
        >
          <Icon name={opened ? 'minus' : 'plus'} size={14} />
        </ActionIcon>
        <Text component="h2" size="sm" fw={600} m={0}>
          {t('design.problems.title')}
        </Text>
        <Group gap="xs" role="status">
          {errors > 0 ? (
            <Badge color="red" variant="light" c="var(--mantine-color-text)">
              {t('design.problems.errors', { count: errors })}
            </Badge>
          ) : null}
          {warnings > 0 ? (
            <Badge color="yellow" variant="light" c="var(--mantine-color-text)">
              {t('design.problems.warnings', { count: warnings })}
            </Badge>
          ) : null}
          {state === 'failed' ? <Text size="sm">{t('design.problems.failed')}</Text> : null}
          {state === 'known' && list.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('design.problems.none')}
            </Text>
          ) : null}
          {state === 'checking' ? (
            <Text size="sm" c="dimmed">
              {t('design.problems.checking')}
            </Text>
          ) : null}
        </Group>
      </Group>
      {opened && list.length > 0 ? (
        <ScrollArea.Autosize mah={190} type="auto">
          <Box component="ul" m={0} px="md" pb="sm" style={{ listStyle: 'none' }}>
            {list.map((problem) => (
              <Row key={keyOf(problem)} problem={problem} />
            ))}
          </Box>
        </ScrollArea.Autosize>
      ) : null}
    </Box>
  )
}

const keyOf = ({ path, code, range, message }: Problem): string =>
  `${path} ${code} ${range?.start ?? ''} ${message.en}`

function Row({ problem }: { problem: Problem }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { document, select, readOnly } = useDesign()
  const { severity, path, message } = problem
  const mendings = useMemo(() => mendingsOf(document.definition, problem), [document.definition, problem])
  const place = say(placeName(document.definition, path), t('design.problems.process'))
  return (
    <Group component="li" gap="sm" wrap="nowrap" py={3} align="flex-start" justify="space-between">
      <UnstyledButton
        title={t('design.problems.goTo', { place })}
        onClick={() => select([selectedAt(document.definition, path)], { reveal: true, at: path })}
        style={{ display: 'flex', gap: 8, alignItems: 'flex-start', minWidth: 0 }}
      >
        <Badge
          size="sm"
          mt={2}
          color={severity === 'error' ? 'red' : 'yellow'}
          variant="light"
          c="var(--mantine-color-text)"
          style={{ flex: 'none' }}
        >
          {t(`design.problems.${severity}`)}
        </Badge>
        <Text size="sm" className="fc-wrap">
          <Text span fw={600} inherit>
            {place}
          </Text>
          {t('common.colon')}
          {say(message)}
        </Text>
      </UnstyledButton>
      {mendings.length === 0 || readOnly ? null : (
        <Group gap={6} wrap="nowrap" flex="none">
          {mendings.map((mending) => (
            <MendButton key={mending.title.en} mending={mending} />
          ))}
        </Group>
      )}
    </Group>
  )
}
