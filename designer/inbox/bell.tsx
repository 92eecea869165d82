/**
 * The way to the inbox, with how many messages are unread: on every page, and before every page's title.
 *
 * Promises: a change of the count is also said to those who do not see it.
 */
import { ActionIcon, Indicator, Tooltip, VisuallyHidden } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../shell/icons.tsx'
import { useUnread } from './inbox-queries.ts'
import { useTitleCount } from './title-count.ts'

/** The server counts no further. */
export const MANY = 1000

export function Bell({ here }: { here: boolean }): ReactElement {
  const { t } = useTranslation()
  const count = useUnread().data?.total ?? 0
  const shown = count > 99 ? t('inbox.most') : String(count)
  const label = count >= MANY ? t('inbox.bellMany') : t('inbox.bell', { count })
  useTitleCount(count === 0 ? undefined : shown)
  return (
    <>
      <Tooltip label={label}>
        <Indicator
          label={shown}
          disabled={count === 0}
          color="red.9"
          size={18}
          offset={4}
          styles={{ indicator: { pointerEvents: 'none', paddingInline: 5 } }}
        >
          <ActionIcon
            component={Link}
            to="/inbox"
            variant={here ? 'light' : 'default'}
            size="lg"
            aria-label={label}
            {...(here ? { 'aria-current': 'page' as const } : {})}
          >
            <Icon name="bell" />
          </ActionIcon>
        </Indicator>
      </Tooltip>
      <VisuallyHidden role="status">{count === 0 ? null : label}</VisuallyHidden>
    </>
  )
}
