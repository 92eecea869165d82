/**
 * Rows of a condition joined by all or any, in groups within groups, and what can be added to them.
 */
import { Button, Group, Menu, Select, Stack, Text } from '@mantine/core'
import { type ReactElement, useContext, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import {
  added,
  type EntryDraft,
  type Fresh,
  type GroupDraft,
  type RowDraft,
} from '../../document/guard/draft.ts'
import { subjectAt } from '../../document/guard/subjects.ts'
import { Icon } from '../../shell/icons.tsx'
import { OperandPicker } from './operand-picker.tsx'
import { EntryOf, useRows } from './row-context.ts'
import { RowFrame, RowLeaf } from './row-leaf.tsx'
import { RowMenu } from './row-tools.tsx'

const JOINED = ['all', 'any', 'none', 'not-all'] as const
type Joined = (typeof JOINED)[number]
const joinedBy = ({ of, not }: GroupDraft): Joined => {
  if (of === 'all') return not ? 'not-all' : 'all'
  return not ? 'none' : 'any'
}

function AnyRow({ row }: { row: RowDraft }): ReactElement {
  switch (row.kind) {
    case 'group':
      return <RowGroup group={row} />
    case 'entry':
      return <RowEntry row={row} />
    case 'leaf':
      return <RowLeaf row={row} />
  }
}

/** `isRoot`: the condition as a whole, which cannot be moved or taken away. */
export function RowGroup({ group, isRoot = false }: { group: GroupDraft; isRoot?: boolean }): ReactElement {
  const { t } = useTranslation()
  const { trial } = useRows()
  const judged = trial?.rows.get(group.id)
  const isAlone = isRoot && group.rows.length < 2 && joinedBy(group) === 'all'
  const how = t(`condition.joined.${joinedBy(group)}`)
  return (
    <Stack
      gap={6}
      role="group"
      aria-label={how}
      className={isRoot ? 'condition-root' : 'condition-group'}
      data-verdict={isRoot ? undefined : judged?.is}
    >
      {isAlone ? null : (
        <Group gap={2} wrap="nowrap" justify="space-between">
          <JoinField group={group} />
          {isRoot ? null : <RowMenu id={group.id} what={how} isGroup />}
        </Group>
      )}
      {group.rows.map((row) => (
        <AnyRow key={row.id} row={row} />
      ))}
      <AddRow group={group} isRoot={isRoot} />
    </Stack>
  )
}

function JoinField({ group }: { group: GroupDraft }): ReactElement {
  const { t } = useTranslation()
  const { set } = useRows()
  return (
    <Select
      size="xs"
      variant="unstyled"
      className="condition-join"
      style={{ flex: '0 1 230px' }}
      aria-label={t('condition.join')}
      allowDeselect={false}
      data={JOINED.map((joined) => ({ value: joined, label: t(`condition.joined.${joined}`) }))}
      value={joinedBy(group)}
      onChange={(chosen) => {
        const of = chosen === 'all' || chosen === 'not-all' ? 'all' : 'any'
        const not = chosen === 'none' || chosen === 'not-all'
        set(group.id, (row) => (row.kind === 'group' ? { ...row, of, not } : row))
      }}
      rightSection={<Icon name="unfold" size={12} />}
      comboboxProps={{ withinPortal: true, width: 'max-content', position: 'bottom-start' }}
    />
  )
}

const NAMED = ['checklist-done', 'state', 'qualified', 'within'] as const

function AddRow({ group, isRoot }: { group: GroupDraft; isRoot: boolean }): ReactElement {
  const { t } = useTranslation()
  const { draft, isSound, apply, setFresh, subjects } = useRows()
  const isInEntry = useContext(EntryOf) !== undefined
  const hasLists = subjects.some(({ kind }) => kind === 'list')
  const add = (fresh: Fresh): void => {
    const made = added(draft, group.id, fresh, isSound)
    apply(made.draft)
    setFresh(made.id)
  }
  return (
    <Group gap={4}>
      <Button
        size="compact-xs"
        variant="light"
        leftSection={<Icon name="plus" size={12} />}
        onClick={() => add({ kind: 'compare' })}
      >
        {t(isRoot && group.rows.length === 0 ? 'condition.addFirst' : 'condition.add')}
      </Button>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button size="compact-xs" variant="subtle">
            {t('condition.addOther')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => add({ kind: 'group' })}>{t('condition.addGroup')}</Menu.Item>
          {isInEntry ? null : (
            <>
              {NAMED.map((kind) => (
                <Menu.Item key={kind} onClick={() => add({ kind, not: false })}>
                  {t(`condition.ask.${kind}`)}
                </Menu.Item>
              ))}
              {hasLists ? (
                <>
                  <Menu.Item onClick={() => add({ kind: 'some' })}>{t('condition.ask.some')}</Menu.Item>
                  <Menu.Item onClick={() => add({ kind: 'every' })}>{t('condition.ask.every')}</Menu.Item>
                </>
              ) : null}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}

const ENTRIES = ['some', 'none', 'every', 'not-every'] as const

/** Some entry of a list, or every one, meets the rows within. */
function RowEntry({ row }: { row: EntryDraft }): ReactElement {
  const { t } = useTranslation()
  const { scope, set, fresh } = useRows()
  const list = row.list === undefined ? undefined : subjectAt(scope, row.list)
  const entries = useMemo(() => (list === undefined ? undefined : { list }), [list])
  const which = row.of === 'some' ? (row.not ? 'none' : 'some') : row.not ? 'not-every' : 'every'
  const what = t(`condition.entries.${which}`)
  return (
    <RowFrame row={row} what={what}>
      <Group gap={2} wrap="nowrap">
        <Select
          size="xs"
          style={{ flex: 1, minWidth: 0 }}
          aria-label={t('condition.howMany')}
          allowDeselect={false}
          data={ENTRIES.map((each) => ({ value: each, label: t(`condition.entries.${each}`) }))}
          value={which}
          onChange={(chosen) =>
            set(row.id, (held) =>
              held.kind === 'entry'
                ? {
                    ...held,
                    of: chosen === 'some' || chosen === 'none' ? 'some' : 'every',
                    not: chosen === 'none' || chosen === 'not-every',
                  }
                : held,
            )
          }
          comboboxProps={{ withinPortal: true }}
        />
        <RowMenu id={row.id} what={what} />
      </Group>
      <OperandPicker
        label={t('condition.list')}
        value={row.list}
        accepts={isList}
        autoFocus={fresh === row.id}
        change={(chosen) =>
          chosen.place !== 'moved' &&
          set(row.id, (held) => (held.kind === 'entry' ? { ...held, list: chosen } : held))
        }
      />
      {entries === undefined ? (
        <Text size="xs" c="dimmed">
          {t('condition.chooseList')}
        </Text>
      ) : (
        <EntryOf value={entries}>
          <RowGroup group={row.rows} isRoot />
        </EntryOf>
      )}
    </RowFrame>
  )
}
const isList = ({ kind }: { kind: string }): boolean => kind === 'list' || kind === 'roles'
