/**
 * Signing in with a token.
 *
 * Must not: keep the token; the server answers with a session cookie that no script can read.
 */
import { Button, PasswordInput, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../session/api.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { Door } from './door.tsx'

export function SignInPage(): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [token, setToken] = useState('')
  const signIn = useMutation({
    mutationFn: () => api.signIn(token.trim()),
    onSuccess: () => client.resetQueries(),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (token.trim() !== '') signIn.mutate()
  }
  return (
    <Door title={t('access.signInTitle')} lead={t('access.signInLead')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <PasswordInput
            label={t('access.token')}
            name="token"
            autoComplete="current-password"
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('access.show') }}
            required
            data-autofocus
          />
          {signIn.isError ? <ProblemNotice error={signIn.error} /> : null}
          <Button type="submit" loading={signIn.isPending} disabled={token.trim() === ''}>
            {t('access.signIn')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
