/** What follows a review, in its colour and its words. */
import { Badge } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Follow } from '../../machines/review/measures.ts'

const COLOURS: Record<Follow, string> = {
  reward: 'teal',
  none: 'gray',
  coaching: 'orange',
  strict: 'red',
}

/** `filled`: it was decided, not proposed. */
export function FollowBadge({ follow, filled = false }: { follow: Follow; filled?: boolean }): ReactElement {
  const { t } = useTranslation()
  return (
    <Badge
      variant={filled ? 'outline' : 'light'}
      color={COLOURS[follow]}
      c="var(--mantine-color-text)"
      miw="max-content"
    >
      {t(`reviews.follow.${follow}`)}
    </Badge>
  )
}
