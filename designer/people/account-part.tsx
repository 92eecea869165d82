/**
 * The account at the provider of sign-in, and to whom it belongs: a first sign-in makes a person anew of somebody who was
 * here before.
 *
 * Promises: an account is never two people's; where it cannot be given on, it stays where it was.
 */
import { Button, Code, Group, Select, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { PersonView } from '../../machines/wire/people.ts'
import { useMe } from '../session/queries.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { Part } from './part.tsx'
import { giveAccount, usePeopleList } from './people-queries.ts'

export function AccountPart({ person }: { person: PersonView }): ReactElement | null {
  const { t } = useTranslation()
  const me = useMe().data
  const { account } = person
  if (account === undefined) return null
  return (
    <Part title={t('people.account')}>
      <Text size="sm" c="dimmed">
        {t('people.accountHelp')}
      </Text>
      <Code block className="fc-wrap" style={{ whiteSpace: 'pre-wrap' }}>
        {`${account.subject}\n${account.issuer}`}
      </Code>
      {me?.id === person.id ? null : <Join person={person} />}
    </Part>
  )
}

function Join({ person }: { person: PersonView }): ReactElement | null {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [to, setTo] = useState<string | null>(null)
  const people = usePeopleList().data ?? []
  const others = people.filter(
    ({ id, disabled, account }) => id !== person.id && !disabled && account === undefined,
  )
  const join = useMutation({
    mutationFn: (other: PersonView) => giveAccount(person, other),
    onSuccess: (other) => navigate(`/people/${encodeURIComponent(other.id)}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['people'] }),
  })
  const chosen = others.find(({ id }) => id === to)
  if (others.length === 0) return null
  return (
    <>
      <Group align="flex-end" gap="sm">
        <Select
          flex="1 1 14rem"
          label={t('people.sameAs')}
          description={t('people.sameAsHelp')}
          searchable
          clearable
          limit={80}
          data={others.map(({ id, name }) => ({ value: id, label: name === id ? id : `${name} (${id})` }))}
          value={to}
          onChange={setTo}
        />
        <Button
          variant="default"
          loading={join.isPending}
          disabled={chosen === undefined}
          onClick={() => {
            if (chosen !== undefined) join.mutate(chosen)
          }}
        >
          {t('people.join')}
        </Button>
      </Group>
      {join.isError ? <ProblemNotice error={join.error} /> : null}
    </>
  )
}
