/** The frame of the training room's pages: the heading, and the ways between them that the reader's rights open. */
import { Button, Group } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { useMe } from '../../session/queries.ts'
import { Page } from '../../shell/page.tsx'

const PAGES = [
  { to: '/training', text: 'mine', right: 'training:read' },
  { to: '/training/scenarios', text: 'scenarios', right: 'training:write' },
  { to: '/training/assignments', text: 'assignments', right: 'training:assign' },
  { to: '/training/results', text: 'results', right: 'training:results' },
] as const

export function TrainingPage({
  title,
  beside,
  children,
}: {
  title: string
  beside?: ReactNode
  children: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const rights = useMe().data?.rights ?? []
  const open = PAGES.filter(({ right }) => rights.includes(right))
  return (
    <Page title={title} beside={beside}>
      {open.length < 2 ? null : (
        <Group component="nav" gap={4} mb="md" aria-label={t('trainer.nav.label')}>
          {open.map(({ to, text }) => (
            <Button
              key={to}
              component={Link}
              to={to}
              size="compact-md"
              variant={pathname === to ? 'light' : 'subtle'}
              {...(pathname === to
                ? { 'aria-current': 'page' as const }
                : { color: 'gray', c: 'var(--mantine-color-text)' })}
            >
              {t(`trainer.nav.${text}`)}
            </Button>
          ))}
        </Group>
      )}
      {children}
    </Page>
  )
}
