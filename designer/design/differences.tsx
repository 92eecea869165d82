/**
 * What changed between two definitions, in sentences.
 */
import { Badge, Group, Stack, Text } from '@mantine/core'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { differences } from '../document/diff.ts'
import type { Json } from '../document/json.ts'
import { useSpeech } from '../text/use-language.ts'

const COLOURS = { added: 'teal', changed: 'yellow', removed: 'red' } as const

export function Differences({ before, after }: { before: Json; after: Json }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const found = useMemo(() => differences(before, after), [before, after])
  if (found.length === 0) return <Text size="sm">{t('design.changes.none')}</Text>
  return (
    <Stack component="ul" gap={6} m={0} p={0} mah="40vh" style={{ overflow: 'auto', listStyle: 'none' }}>
      {found.map(({ kind, pointer, sentence }) => (
        <Group
          component="li"
          key={`${kind} ${pointer} ${sentence.en}`}
          gap="sm"
          wrap="nowrap"
          align="flex-start"
        >
          <Badge color={COLOURS[kind]} variant="light" c="var(--mantine-color-text)" style={{ flex: 'none' }}>
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
