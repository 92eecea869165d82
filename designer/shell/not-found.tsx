/** An address where nothing is. */
import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Empty } from './notices.tsx'
import { Page } from './page.tsx'

export function NotFound(): ReactElement {
  const { t } = useTranslation()
  return (
    <Page title={t('problem.notFoundTitle')}>
      <Empty title={t('problem.notFound')}>
        <Button component={Link} to="/" mt="sm">
          {t('problem.toStart')}
        </Button>
      </Empty>
    </Page>
  )
}
