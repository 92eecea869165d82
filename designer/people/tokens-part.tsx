/**
 * The tokens a person signs in with: made, shown once, revoked.
 *
 * Promises: a token that was made stays in sight until the reader says he has it; it is kept nowhere.
 */
import { Button, Code, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonView } from '../../machines/wire/people.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { Part } from './part.tsx'
import { useTokens } from './people-queries.ts'

export function TokensPart({ person }: { person: PersonView }): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const { make, revoke } = useTokens(person.id)
  const [name, setName] = useState('')
  const tokens = person.tokens ?? []
  const send = (event: FormEvent): void => {
    event.preventDefault()
    const said = name.trim()
    if (said !== '' && !make.isPending) make.mutate({ name: said }, { onSuccess: () => setName('') })
  }
  return (
    <Part title={t('people.tokens')}>
      <Text size="sm" c="dimmed">
        {tokens.length > 0
          ? t('people.tokensHelp')
          : t(person.account === undefined ? 'people.noTokens' : 'people.noTokensAccount')}
      </Text>
      {tokens.map((token) => (
        <Group key={token.id} justify="space-between" wrap="nowrap" gap="sm">
          <div>
            <Text fw={500} className="fc-wrap">
              {token.name}
            </Text>
            <Text size="sm" c="dimmed">
              {t('people.made', { time: time(token.createdAt) })}
              {t('common.list')}
              {token.lastUsedAt === undefined
                ? t('people.neverUsed')
                : t('people.used', { time: time(token.lastUsedAt) })}
            </Text>
          </div>
          <Button
            size="compact-sm"
            variant="default"
            c="red"
            loading={revoke.isPending && revoke.variables === token.id}
            aria-label={t('people.revokeToken', { name: token.name })}
            onClick={() => revoke.mutate(token.id)}
          >
            {t('people.revoke')}
          </Button>
        </Group>
      ))}
      {make.data === undefined ? null : <Shown token={make.data.token} done={() => make.reset()} />}
      {person.disabled || make.data !== undefined ? null : (
        <form onSubmit={send} noValidate>
          <Group align="flex-end" gap="sm">
            <TextInput
              flex="1 1 12rem"
              label={t('people.tokenName')}
              description={t('people.tokenNameHelp')}
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" disabled={name.trim() === ''} loading={make.isPending}>
              {t('people.makeToken')}
            </Button>
          </Group>
        </form>
      )}
      {make.isError || revoke.isError ? <ProblemNotice error={make.error ?? revoke.error} /> : null}
    </Part>
  )
}

function Shown({ token, done }: { token: string; done(): void }): ReactElement {
  const { t } = useTranslation()
  return (
    <Stack gap="xs" role="status" p="sm" bd="1px solid var(--mantine-color-cyan-6)" bdrs="sm">
      <Text fw={600}>{t('people.newToken')}</Text>
      <Code block aria-label={t('people.token')} className="fc-wrap">
        {token}
      </Code>
      <Group gap="xs">
        <CopyButton value={token}>
          {({ copied, copy }) => (
            <Button leftSection={<Icon name={copied ? 'check' : 'copy'} size={16} />} onClick={copy}>
              {copied ? t('people.copied') : t('people.copy')}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={done}>
          {t('people.hide')}
        </Button>
      </Group>
    </Stack>
  )
}
