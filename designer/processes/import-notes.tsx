/**
 * What a file did not carry over, or what was guessed, each with its place in the file; what must be mended first.
 */
import { Alert, Badge, Code, Group, ScrollArea, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportPreview } from '../../machines/wire/exchange.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'

const COLOURS = { error: 'red', warning: 'yellow' } as const

export function ImportNotes({
  notes,
  states,
}: {
  notes: ImportPreview['notes']
  /** How many were read. */
  states: number
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const read = t('page.imports.states', { count: states })
  if (notes.length === 0)
    return (
      <Alert color="teal" variant="light" icon={<Icon name="check" />} role="status">
        {`${t('page.imports.whole')} ${read}`}
      </Alert>
    )
  const sorted = notes.toSorted(
    (one, other) => Number(one.severity !== 'error') - Number(other.severity !== 'error'),
  )
  return (
    <Stack gap="xs" role="status">
      <Text size="sm" fw={600}>
        {`${read} · ${t('page.imports.notes', { count: notes.length })}`}
      </Text>
      <Text size="sm" c="dimmed">
        {t('page.imports.notesLead')}
      </Text>
      <ScrollArea.Autosize mah={220} type="auto">
        <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
          {sorted.map(({ severity, code, place, message }) => (
            <Group
              component="li"
              key={`${code} ${place} ${message.en}`}
              gap="sm"
              wrap="nowrap"
              align="flex-start"
            >
              <Badge
                color={COLOURS[severity]}
                variant="light"
                c="var(--mantine-color-text)"
                style={{ flex: 'none', minWidth: 84 }}
              >
                {t(`page.imports.${severity}`)}
              </Badge>
              <Text size="sm" className="fc-wrap">
                {say(message)} {place === '' ? null : <Code>{place}</Code>}
              </Text>
            </Group>
          ))}
        </Stack>
      </ScrollArea.Autosize>
    </Stack>
  )
}
