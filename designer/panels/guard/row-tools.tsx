/** What can be done with a row of a condition as a whole: moved, put into a group, taken away. */
import { ActionIcon, Group, Menu } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { grouped, moved, removed, ungrouped } from '../../document/guard/draft.ts'
import { Icon } from '../../shell/icons.tsx'
import { useRows } from './row-context.ts'

export function RowMenu({
  id,
  what,
  isGroup = false,
}: {
  id: number
  what: string
  isGroup?: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { draft, isSound, apply } = useRows()
  return (
    <Group gap={0} wrap="nowrap">
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon size="sm" variant="subtle" c="inherit" aria-label={t('condition.more', { what })}>
            <Icon name="more" size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => apply(moved(draft, id, -1, isSound))}>{t('condition.up')}</Menu.Item>
          <Menu.Item onClick={() => apply(moved(draft, id, 1, isSound))}>{t('condition.down')}</Menu.Item>
          {isGroup ? (
            <Menu.Item onClick={() => apply(ungrouped(draft, id, isSound))}>
              {t('condition.ungroup')}
            </Menu.Item>
          ) : (
            <Menu.Item onClick={() => apply(grouped(draft, id, isSound))}>{t('condition.group')}</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="red"
        aria-label={t('panel.takeAway', { what })}
        onClick={() => apply(removed(draft, id, isSound))}
      >
        <Icon name="trash" size={14} />
      </ActionIcon>
    </Group>
  )
}
