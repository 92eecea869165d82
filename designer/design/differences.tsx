/**
 * Differences in sentences, each with what became of its place.
 */
import { Badge, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Difference } from '../document/difference.ts'
import { useSpeech } from '../text/use-language.ts'

const COLOURS = { added: 'teal', changed: 'yellow', removed: 'red' } as const

export function Differences({ found }: { found: readonly Difference[] }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  return (
    <Stack
      component="ul"
      gap={6}
      m={0}
      p={0}
      mah="40vh"
      tabIndex={0}
      aria-label={t('page.compare.sentences')}
      style={{ overflow: 'auto', listStyle: 'none' }}
    >
      {found.map(({ kind, pointer, sentence }) => (
        <Group
          component="li"
          key={`${kind} ${pointer} ${sentence.en}`}
          gap="sm"
          wrap="nowrap"
          align="flex-start"
        >
          <Badge
            color={COLOURS[kind]}
            variant="light"
            c="var(--mantine-color-text)"
            style={{ flex: 'none', minWidth: 84 }}
          >
            {t(`design.changes.${kind}`)}
          </Badge>
          <Text size="sm" className="fc-wrap">
            {say(sentence)}
          </Text>
        </Group>
      ))}
    </Stack>
  )
}
