/**
 * Signing in: by the organisation's own provider where there is one, and with a token.
 *
 * Must not: keep the token; the server answers with a session cookie that no script can read.
 */
import { Button, Divider, PasswordInput, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { api } from '../session/api.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { Door } from './door.tsx'

export function SignInPage(): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const ways = useQuery({
    queryKey: ['sign-in'],
    queryFn: ({ signal }) => api.signInWays(signal),
    // The token's way is there in any case.
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { provider } = ways.data ?? {}
  const name = say(provider?.name)
  const lead = provider === undefined ? t('access.signInLead') : t('access.signInLeadProvider', { name })
  return (
    <Door title={t('access.signInTitle')} lead={ways.isPending ? '' : lead}>
      {ways.isPending ? null : (
        <>
          {provider === undefined ? null : <ByProvider name={name} />}
          <ByToken first={provider === undefined} />
        </>
      )}
    </Door>
  )
}

/** A link, not a form: the way there and back is by addresses. */
function ByProvider({ name }: { name: string }): ReactElement {
  const { t } = useTranslation()
  const { pathname, search, hash } = useLocation()
  const back = encodeURIComponent(pathname + search + hash)
  return (
    <>
      <Button component="a" href={`/api/sign-in/provider?return=${back}`} data-autofocus>
        {t('access.signInWith', { name })}
      </Button>
      <Divider label={t('access.orToken')} />
    </>
  )
}

function ByToken({ first }: { first: boolean }): ReactElement {
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
          {...(first ? { 'data-autofocus': true } : {})}
        />
        {signIn.isError ? <ProblemNotice error={signIn.error} /> : null}
        <Button
          type="submit"
          variant={first ? 'filled' : 'default'}
          loading={signIn.isPending}
          disabled={token.trim() === ''}
        >
          {t('access.signIn')}
        </Button>
      </Stack>
    </form>
  )
}
