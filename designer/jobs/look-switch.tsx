/** Between the table and the board of the same jobs. */
import { Button, Group } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

const KEPT = ['process', 'text', 'assignee', 'customer', 'region', 'overdue', 'suspended'] as const
const PLACES = { table: '/jobs', board: '/jobs/board' } as const

export function LookSwitch({
  look,
  search,
}: {
  look: keyof typeof PLACES
  search: URLSearchParams
}): ReactElement {
  const { t } = useTranslation()
  const kept = new URLSearchParams()
  for (const name of KEPT) {
    const value = search.get(name)
    if (value !== null) kept.set(name, value)
  }
  return (
    <Group gap={4} role="group" aria-label={t('desk.look')}>
      {(['table', 'board'] as const).map((each) => (
        <Button
          key={each}
          component={Link}
          to={{ pathname: PLACES[each], search: kept.toString() }}
          size="compact-md"
          variant={each === look ? 'light' : 'subtle'}
          color={each === look ? 'cyan' : 'gray'}
          c="var(--mantine-color-text)"
          {...(each === look ? { 'aria-current': 'page' as const } : {})}
        >
          {t(`desk.${each}`)}
        </Button>
      ))}
    </Group>
  )
}
