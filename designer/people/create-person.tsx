/**
 * The window in which somebody is given an account.
 *
 * Promises: what is missing or taken is said at its field; the new person's page opens, where the sign-in token is made.
 */
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ApiError } from '../session/api.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useCreatePerson } from './people-queries.ts'
import { PersonFields, type PersonFieldsValue } from './person-fields.tsx'

const ID = /^[a-z0-9][a-z0-9._-]{0,79}$/

export function CreatePerson({ close }: { close(): void }): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const create = useCreatePerson()
  const [value, setValue] = useState<PersonFieldsValue>({ name: '', roles: [], regions: [] })
  const [id, setId] = useState('')
  const [asked, setAsked] = useState(false)
  const isTaken = create.error instanceof ApiError && create.error.code === 'exists'
  const isWrong = id !== '' && !ID.test(id)
  const send = (event: FormEvent): void => {
    event.preventDefault()
    setAsked(true)
    const name = value.name.trim()
    if (name === '' || isWrong || create.isPending) return
    const { roles, regions } = value
    const body = { name, roles, ...(regions.length === 0 ? {} : { regions }), ...(id === '' ? {} : { id }) }
    create.mutate(body, {
      onSuccess: (person) => void navigate(`/people/${encodeURIComponent(person.id)}`),
    })
  }
  const idProblem = isWrong ? t('people.idWrong') : isTaken ? t('people.idTaken') : undefined
  return (
    <Dialog title={t('people.adding')} closeLabel={t('people.cancel')} close={close} size="md">
      <form onSubmit={send} noValidate>
        <Stack>
          <PersonFields value={value} change={setValue} asked={asked} />
          <TextInput
            label={t('people.id')}
            description={t('people.idHelp')}
            value={id}
            error={idProblem}
            onChange={(event) => {
              setId(event.currentTarget.value.trim())
              if (isTaken) create.reset()
            }}
          />
          {create.isError && !isTaken ? <ProblemNotice error={create.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('people.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('people.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
