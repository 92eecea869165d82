/**
 * Which columns the list has, and in which order: chosen here, kept in the address.
 */
import { ActionIcon, Button, Divider, Group, Popover, ScrollArea, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shell/icons.tsx'
import { COLUMNS, type Column, columnOf, USUAL_COLUMNS } from './job-list-query.ts'
import { fieldsOf, type JobWords } from './job-words.ts'

export function ColumnChooser({
  columns,
  words,
  titleOf,
  put,
}: {
  columns: readonly Column[]
  /** Of the definitions on the page: their fields can be columns. */
  words: readonly JobWords[]
  titleOf(column: Column): string
  put(columns: readonly Column[]): void
}): ReactElement {
  const { t } = useTranslation()
  // Customer, assignee and region are columns of their own, by whatever name a process knows them.
  const known = new Set([
    'customerName',
    ...words.flatMap(({ definition }) => [definition?.meta.assignee ?? '', definition?.meta.region ?? '']),
  ])
  const fields = [...new Set(words.flatMap((each) => Object.keys(fieldsOf(each))))]
    .filter((name) => !known.has(name))
    .map(columnOf)
  const others = [...COLUMNS, ...fields].filter((column) => !columns.includes(column))
  const move = (at: number, by: 1 | -1): void => {
    const next = [...columns]
    const [column] = next.splice(at, 1)
    if (column !== undefined) next.splice(at + by, 0, column)
    put(next)
  }
  return (
    <Popover position="bottom-end" width={320} trapFocus withinPortal>
      <Popover.Target>
        <Button variant="default" rightSection={<Icon name="unfold" size={14} />}>
          {t('desk.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <ScrollArea.Autosize mah="60vh" type="auto" viewportProps={{ tabIndex: -1 }}>
          <Stack gap={2} pr="sm">
            <Text size="xs" c="dimmed">
              {t('desk.shown')}
            </Text>
            {columns.map((column, at) => (
              <Group key={column} gap={4} wrap="nowrap">
                <Text size="sm" flex={1} truncate>
                  {titleOf(column)}
                </Text>
                <Small
                  icon="up"
                  label={t('desk.up', { column: titleOf(column) })}
                  disabled={at === 0}
                  act={() => move(at, -1)}
                />
                <Small
                  icon="down"
                  label={t('desk.down', { column: titleOf(column) })}
                  disabled={at === columns.length - 1}
                  act={() => move(at, 1)}
                />
                <Small
                  icon="close"
                  label={t('desk.hide', { column: titleOf(column) })}
                  disabled={column === 'job'}
                  act={() => put(columns.filter((each) => each !== column))}
                />
              </Group>
            ))}
            <Button size="compact-sm" variant="subtle" onClick={() => put(USUAL_COLUMNS)}>
              {t('desk.usual')}
            </Button>
            <Divider my={4} />
            <Text size="xs" c="dimmed">
              {t('desk.toAdd')}
            </Text>
            {others.map((column) => (
              <Group key={column} gap={4} wrap="nowrap">
                <Text size="sm" flex={1} truncate>
                  {titleOf(column)}
                </Text>
                <Small
                  icon="plus"
                  label={t('desk.show', { column: titleOf(column) })}
                  disabled={false}
                  act={() => put([...columns, column])}
                />
              </Group>
            ))}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  )
}

function Small({
  icon,
  label,
  disabled,
  act,
}: {
  icon: 'up' | 'down' | 'close' | 'plus'
  label: string
  disabled: boolean
  act(): void
}): ReactElement {
  return (
    <ActionIcon variant="subtle" color="gray" size="md" aria-label={label} disabled={disabled} onClick={act}>
      <Icon name={icon} size={14} />
    </ActionIcon>
  )
}
