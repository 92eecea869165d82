/** Joining a live session: the code as it was read out, however it was typed. */
import { Button, Group, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { ApiError } from '../../session/api.ts'
import { ProblemNotice } from '../../shell/notices.tsx'
import { getSession } from '../desk/training-api.ts'
import { startAttempt } from '../session/attempt-api.ts'

/** Spaces, dashes and small letters are how people write a code down. */
const tidied = (typed: string): string => typed.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase()

export function JoinSession({ takesFocus = false }: { takesFocus?: boolean }): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [address] = useSearchParams()
  const [typed, setTyped] = useState(address.get('code') ?? '')
  const code = tidied(typed)
  const join = useMutation({
    mutationFn: async () => {
      const { scenario, mode } = await getSession(code)
      return startAttempt({ scenario, mode, session: code })
    },
    onSuccess: ({ id }) => navigate(`/training/attempts/${encodeURIComponent(id)}`),
  })
  const isUnknown = join.error instanceof ApiError && join.error.status === 404
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (code.length >= 4 && !join.isPending && !join.isSuccess) join.mutate()
  }
  return (
    <form onSubmit={send} noValidate>
      <Group align="flex-start" gap="sm" wrap="nowrap">
        <TextInput
          flex="1"
          maw={220}
          aria-label={t('trainer.join.code')}
          placeholder={t('trainer.join.code')}
          value={typed}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          autoFocus={takesFocus}
          error={isUnknown ? t('trainer.join.unknown') : undefined}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            if (join.isError) join.reset()
          }}
        />
        <Button type="submit" variant="default" loading={join.isPending} disabled={code.length < 4}>
          {t('trainer.join.join')}
        </Button>
      </Group>
      {join.isError && !isUnknown ? <ProblemNotice error={join.error} /> : null}
      <Text size="xs" c="dimmed" mt={4}>
        {t('trainer.join.help')}
      </Text>
    </form>
  )
}
