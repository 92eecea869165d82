/**
 * The first administrator, made by the one-time link `/setup#token=…` that the server printed.
 *
 * Promises: the link's secret stands behind the `#`, so it reaches neither server logs nor other sites, and is taken
 * out of the address as soon as it is used. The new token is shown once, here.
 */
import { Button, Code, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '../session/api.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { Door } from './door.tsx'

const tokenInAddress = (): string =>
  new URLSearchParams(window.location.hash.replace(/^#/, '')).get('token') ?? ''

export function SetUpPage(): ReactElement {
  const { t } = useTranslation()
  const [secret] = useState(tokenInAddress)
  const [name, setName] = useState('')
  const setUp = useMutation({
    mutationFn: () => api.setUp(secret, name.trim()),
    onSuccess: () => window.history.replaceState(window.history.state, '', '/setup'),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (name.trim() !== '') setUp.mutate()
  }
  if (setUp.data !== undefined) return <Made token={setUp.data.token} />
  if (secret === '')
    return (
      <Door title={t('access.setupTitle')} lead={t('access.setupNoToken')}>
        <Button component="a" href="/" variant="default">
          {t('access.signIn')}
        </Button>
      </Door>
    )
  return (
    <Door title={t('access.setupTitle')} lead={t('access.setupLead')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t('access.setupName')}
            name="name"
            autoComplete="name"
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
          />
          {setUp.isError ? <ProblemNotice error={setUp.error} /> : null}
          <Button type="submit" loading={setUp.isPending} disabled={name.trim() === ''}>
            {t('access.setupSubmit')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}

function Made({ token }: { token: string | undefined }): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const goOn = async (): Promise<void> => {
    await client.resetQueries()
    await navigate('/')
  }
  return (
    <Door title={t('access.setupDone')} lead={t('access.keepToken')}>
      {token === undefined ? null : (
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <Code block className="fc-wrap" style={{ flex: 1, whiteSpace: 'pre-wrap' }} data-testid="token">
            {token}
          </Code>
          <CopyButton value={token}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                onClick={copy}
                leftSection={copied ? <Icon name="check" size={14} /> : null}
              >
                {copied ? t('access.copied') : t('access.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
      )}
      <Text size="sm" c="dimmed">
        {t('access.tokenHint')}
      </Text>
      <Button onClick={() => void goOn()}>{t('access.goOn')}</Button>
    </Door>
  )
}
