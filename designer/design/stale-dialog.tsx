/**
 * Two people changed the same: both versions side by side, mine or theirs for each.
 *
 * Must not: choose for the reader.
 */
import { Button, Code, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { said } from '../document/diff-words.ts'
import type { Json } from '../document/json.ts'
import type { Conflict } from '../document/merge.ts'
import { useNameOf } from '../session/people.ts'
import type { Choices, SessionView } from '../session/session-view.ts'
import { Dialog } from '../shell/dialog.tsx'
import { useSpeech } from '../text/use-language.ts'
import { placeName } from './places.ts'

type Side = 'mine' | 'theirs'

export function StaleDialog({
  stale,
  definition,
  close,
  decide,
}: {
  stale: NonNullable<SessionView['stale']>
  definition: Json
  close(): void
  decide(choices: Choices): void
}): ReactElement {
  const { t } = useTranslation()
  const nameOf = useNameOf()
  const [choices, setChoices] = useState<Choices>(new Map())
  const { conflicts } = stale
  const everywhere = (side: Side): void =>
    setChoices(new Map(conflicts.map(({ pointer }) => [pointer, side])))
  const open = conflicts.filter(({ pointer }) => !choices.has(pointer)).length
  return (
    <Dialog
      close={close}
      title={t('design.stale.title', {
        who: stale.by === undefined ? t('design.someone') : nameOf(stale.by),
      })}
      closeLabel={t('design.stale.later')}
    >
      <Stack>
        <Text size="sm">{t('design.stale.lead')}</Text>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => everywhere('mine')}>
            {t('design.stale.allMine')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => everywhere('theirs')}>
            {t('design.stale.allTheirs')}
          </Button>
        </Group>
        {conflicts.map((conflict) => (
          <ConflictRow
            key={conflict.pointer}
            conflict={conflict}
            definition={definition}
            side={choices.get(conflict.pointer)}
            choose={(side) => setChoices(new Map([...choices, [conflict.pointer, side]]))}
          />
        ))}
        <Group justify="flex-end">
          <Text size="sm" c="dimmed" role="status">
            {open > 0 ? t('design.stale.open', { count: open }) : ''}
          </Text>
          <Button variant="default" onClick={close}>
            {t('design.stale.later')}
          </Button>
          <Button disabled={open > 0} onClick={() => decide(choices)}>
            {t('design.stale.apply')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

function ConflictRow({
  conflict,
  definition,
  side,
  choose,
}: {
  conflict: Conflict
  definition: Json
  side: Side | undefined
  choose(side: Side): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const place = say(placeName(definition, conflict.pointer), t('design.problems.process'))
  return (
    <Stack gap={6} className="fc-panel" p="sm">
      <Group justify="space-between" gap="sm">
        <Text fw={600} size="sm" className="fc-wrap">
          {place} <Code>{conflict.pointer}</Code>
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={place}
          value={side ?? ''}
          onChange={(value) => choose(value === 'mine' ? 'mine' : 'theirs')}
          data={[
            { value: 'mine', label: t('design.stale.mine') },
            { value: 'theirs', label: t('design.stale.theirs') },
          ]}
        />
      </Group>
      <Table layout="fixed" fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('design.stale.before')}</Table.Th>
            <Table.Th>{t('design.stale.mine')}</Table.Th>
            <Table.Th>{t('design.stale.theirs')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Table.Tr style={{ verticalAlign: 'top' }}>
            {(['base', 'mine', 'theirs'] as const).map((version) => (
              <Table.Td key={version} className="fc-wrap">
                <Value value={conflict[version]} />
              </Table.Td>
            ))}
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Stack>
  )
}

const MOST = 1_500

function Value({ value }: { value: Json | undefined }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  if (value === undefined)
    return (
      <Text size="sm" c="dimmed">
        {t('design.stale.absent')}
      </Text>
    )
  const words = said(value)
  if (words !== undefined) return <Text size="sm">{say(words)}</Text>
  return (
    <Code block mah={180} tabIndex={0} style={{ overflow: 'auto' }}>
      {JSON.stringify(value, null, 2).slice(0, MOST)}
    </Code>
  )
}
