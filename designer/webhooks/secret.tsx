/**
 * A secret that was just made, until the reader says that he has it.
 *
 * Must not: keep it anywhere.
 */
import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shell/icons.tsx'

export function Secret({ secret, done }: { secret: string; done(): void }): ReactElement {
  const { t } = useTranslation()
  return (
    <Stack gap="xs" role="status" p="sm" bd="1px solid var(--mantine-color-cyan-6)" bdrs="sm">
      <Text fw={600}>{t('webhooks.secretOnce')}</Text>
      <Code block aria-label={t('webhooks.secret')} className="fc-wrap">
        {secret}
      </Code>
      <Group gap="xs">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button leftSection={<Icon name={copied ? 'check' : 'copy'} size={16} />} onClick={copy}>
              {copied ? t('webhooks.copied') : t('webhooks.copy')}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={done}>
          {t('webhooks.have')}
        </Button>
      </Group>
    </Stack>
  )
}
