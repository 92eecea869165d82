/** The frame of the two pages before the door: signing in and setting up. */
import { Box, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Logo } from '../shell/icons.tsx'
import { LanguageSwitch, ThemeSwitch } from '../shell/preferences.tsx'

export function Door({
  title,
  lead,
  children,
}: {
  title: string
  lead: string
  children: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Box component="main" className="fc-main" mih="100%" px="md" py="lg">
      <title>{`${title} · ${t('app.name')}`}</title>
      <Group justify="flex-end" gap="sm">
        <LanguageSwitch />
        <ThemeSwitch />
      </Group>
      <Stack maw={440} mx="auto" mt="10vh" gap="lg">
        <Group gap="sm">
          <Logo size={40} />
          <div>
            <Text fw={700} fz="xl" lh={1.2}>
              {t('app.name')}
            </Text>
            <Text c="dimmed" size="sm">
              {t('app.tagline')}
            </Text>
          </div>
        </Group>
        <Stack className="fc-panel" p="xl" gap="md">
          <div>
            <Title order={1} size="h3">
              {title}
            </Title>
            <Text c="dimmed" size="sm" mt={4}>
              {lead}
            </Text>
          </div>
          {children}
        </Stack>
      </Stack>
    </Box>
  )
}
