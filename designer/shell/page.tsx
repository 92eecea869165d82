/** A page with its heading; the heading is also the window's title. */
import { Box, Group, Title } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export function Page({
  title,
  beside,
  children,
}: {
  title: string
  /** Stands at the right of the heading. */
  beside?: ReactNode
  children: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Box maw={1600} mx="auto" px={{ base: 'md', md: 'xl' }} py="lg">
      <title>{`${title} · ${t('app.name')}`}</title>
      <Group justify="space-between" align="center" mb="md" gap="sm">
        <Title order={1} size="h2" className="fc-wrap">
          {title}
        </Title>
        {beside}
      </Group>
      {children}
    </Box>
  )
}
