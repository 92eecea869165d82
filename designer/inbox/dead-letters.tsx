/**
 * Messages that could not be delivered, for administrators: what, why, and sending them again.
 *
 * Promises: nothing is shown where there are none; nothing is thrown away without being asked twice.
 */
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeadLetters as Letters } from '../../machines/wire/inbox.ts'
import { api } from '../session/api.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'

const KEY = ['inbox', 'letters'] as const
type Letter = Letters['letters'][number]

export function DeadLetters(): ReactElement | null {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.deadLetters(signal) })
  const after = { onSettled: () => client.invalidateQueries({ queryKey: ['inbox'] }) }
  const resend = useMutation({ mutationFn: (id: string | undefined) => api.resend(id), ...after })
  const drop = useMutation({ mutationFn: (id: string) => api.dropLetter(id), ...after })
  const letters = data?.letters ?? []
  if (letters.length === 0) return null
  const count = letters.length
  const error = resend.error ?? drop.error
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<Icon name="warning" />}
      title={data?.next === undefined ? t('inbox.letters', { count }) : t('inbox.lettersMore', { count })}
    >
      <Stack gap="sm">
        <Text size="sm">{t('inbox.lettersLead')}</Text>
        <Group gap="sm">
          <Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? t('inbox.lettersHide') : t('inbox.lettersShow')}
          </Button>
          <Button size="xs" loading={resend.isPending} onClick={() => resend.mutate(undefined)}>
            {t('inbox.resendAll')}
          </Button>
        </Group>
        {error === null ? null : <ProblemNotice error={error} />}
        {isOpen ? (
          <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
            {letters.map((letter) => (
              <Row
                key={letter.id}
                letter={letter}
                resend={() => resend.mutate(letter.id)}
                drop={() => drop.mutate(letter.id)}
              />
            ))}
          </Stack>
        ) : null}
      </Stack>
    </Alert>
  )
}

function Row({ letter, resend, drop }: { letter: Letter; resend(): void; drop(): void }): ReactElement {
  const { t } = useTranslation()
  const { say, exactTime } = useSpeech()
  const [asking, setAsking] = useState(false)
  const facts = [
    t(`inbox.letterKind.${letter.kind}`),
    letter.job,
    exactTime(letter.at),
    t('inbox.attempts', { count: letter.attempts }),
  ]
  return (
    <Group component="li" justify="space-between" gap="sm" wrap="wrap">
      <div style={{ flex: '1 1 260px', minWidth: 0 }}>
        <Text size="sm" fw={600} className="fc-wrap">
          {say(letter.message, letter.id)}
        </Text>
        <Text size="xs" className="fc-wrap">
          {facts.join(' · ')}
        </Text>
        {letter.error === undefined ? null : (
          <Text size="xs" ff="monospace" className="fc-wrap">
            {letter.error}
          </Text>
        )}
      </div>
      <Group gap="xs">
        {asking ? (
          <>
            <Text size="xs">{t('inbox.dropSure')}</Text>
            <Button size="xs" color="red" onClick={drop}>
              {t('inbox.drop')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsking(false)}>
              {t('inbox.keep')}
            </Button>
          </>
        ) : (
          <>
            <Button size="xs" variant="default" onClick={resend}>
              {t('inbox.resend')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              {t('inbox.drop')}
            </Button>
          </>
        )}
      </Group>
    </Group>
  )
}
