/** Up, down and away: the tools of an entry in a list that has an order. */
import { ActionIcon, Group } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shell/icons.tsx'

export function RowTools({
  what,
  index,
  count,
  move,
  remove,
}: {
  what: string
  index: number
  count: number
  move?: (to: number) => void
  remove?: () => void
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Group gap={0} wrap="nowrap">
      {move === undefined || count < 2 ? null : (
        <>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            c="inherit"
            disabled={index === 0}
            aria-label={t('panel.moveUp', { what })}
            onClick={() => move(index - 1)}
          >
            <Icon name="up" size={14} />
          </ActionIcon>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            c="inherit"
            disabled={index === count - 1}
            aria-label={t('panel.moveDown', { what })}
            onClick={() => move(index + 1)}
          >
            <Icon name="down" size={14} />
          </ActionIcon>
        </>
      )}
      {remove === undefined ? null : (
        <ActionIcon
          size="sm"
          variant="subtle"
          color="red"
          aria-label={t('panel.takeAway', { what })}
          onClick={remove}
        >
          <Icon name="trash" size={14} />
        </ActionIcon>
      )}
    </Group>
  )
}
