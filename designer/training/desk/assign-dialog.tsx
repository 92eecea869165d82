/**
 * Assigning a scenario: which, in which mode, to whom, by when, with a word to them.
 *
 * Promises: what was typed stays when it is refused; one press assigns once.
 */
import { Button, Group, MultiSelect, Radio, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES, type Role } from '../../../machines/definition/schema.ts'
import type { AttemptMode } from '../../../machines/wire/training.ts'
import { useNow } from '../../session/now.ts'
import { usePeople } from '../../session/people.ts'
import { Dialog } from '../../shell/dialog.tsx'
import { ProblemNotice } from '../../shell/notices.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { MODES } from './open-session.tsx'
import { useProcessTitle } from './scenario-filter.tsx'
import { assign, refreshTraining, useScenarios } from './training-api.ts'

const DAY_MS = 86_400_000
/** What a week's training usually gets. */
const USUAL_DAYS = 7
/** The end of a day of the reader's. */
const endOf = (day: string): string => new Date(`${day}T23:59:59`).toISOString()
const dayOf = (time: number): string => {
  const at = new Date(time)
  return new Date(time - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

export function AssignDialog({
  scenario: asked,
  close,
}: {
  scenario: string | undefined
  close(): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const client = useQueryClient()
  const now = useNow()
  const titleOf = useProcessTitle()
  const scenarios = (useScenarios().data ?? []).filter(({ errors }) => errors === 0)
  const people = [...usePeople().values()].filter(({ disabled }) => !disabled)
  const [scenario, setScenario] = useState<string | null>(asked ?? null)
  const [mode, setMode] = useState<AttemptMode>('practice')
  const [persons, setPersons] = useState<string[]>([])
  const [roles, setRoles] = useState<Role[]>([])
  const [day, setDay] = useState(dayOf(now + USUAL_DAYS * DAY_MS))
  const [note, setNote] = useState('')
  const send = useMutation({
    mutationFn: assign,
    onSuccess: async () => {
      await refreshTraining(client)
      close()
    },
  })
  const chosen = scenarios.find(({ id }) => id === scenario)
  const isPast = day < dayOf(now)
  const isReady = chosen !== undefined && persons.length + roles.length > 0 && day !== '' && !isPast
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isReady || send.isPending) return
    const said = note.trim() === '' ? {} : { note: note.trim() }
    send.mutate({ scenario: chosen.id, mode, people: persons, roles, dueAt: endOf(day), ...said })
  }
  return (
    <Dialog title={t('trainer.assign.title')} closeLabel={t('trainer.cancel')} close={close}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Select
            label={t('trainer.scenario')}
            placeholder={t('trainer.form.choose')}
            searchable
            // Where it is known already, its list would lie over the rest of the form.
            openOnFocus={scenario === null}
            data-autofocus
            limit={60}
            nothingFoundMessage={t('trainer.find.none')}
            data={scenarios.map((one) => ({
              value: one.id,
              label: `${say(one.title, one.id)} · ${titleOf(one.process)}`,
            }))}
            value={scenario}
            onChange={setScenario}
          />
          <Radio.Group
            label={t('trainer.modeLabel')}
            value={mode}
            onChange={(value) => setMode(MODES.find((each) => each === value) ?? 'practice')}
          >
            <Stack gap="xs" mt={6}>
              {MODES.map((value) => (
                <Radio
                  key={value}
                  value={value}
                  label={t(`trainer.mode.${value}`)}
                  description={
                    value === 'examination' && chosen?.grants !== undefined
                      ? t('trainer.assign.grants')
                      : t(`trainer.modeHelp.${value}`)
                  }
                />
              ))}
            </Stack>
          </Radio.Group>
          <MultiSelect
            label={t('trainer.assign.people')}
            placeholder={persons.length === 0 ? t('trainer.form.choose') : ''}
            searchable
            hidePickedOptions
            limit={60}
            nothingFoundMessage={t('jobForm.nobody')}
            data={people.map(({ id, name }) => ({ value: id, label: name }))}
            value={persons}
            onChange={setPersons}
          />
          <MultiSelect
            label={t('trainer.assign.roles')}
            description={t('trainer.assign.rolesHelp')}
            placeholder={roles.length === 0 ? t('trainer.form.choose') : ''}
            searchable
            hidePickedOptions
            data={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))}
            value={roles}
            onChange={(values) => setRoles(ROLES.filter((role) => values.includes(role)))}
          />
          <TextInput
            type="date"
            maw={220}
            label={t('trainer.assign.due')}
            value={day}
            error={isPast ? t('trainer.assign.past') : undefined}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <Textarea
            label={t('trainer.assign.note')}
            autosize
            minRows={2}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {send.isError ? <ProblemNotice error={send.error} /> : null}
          <Group>
            <Button type="submit" disabled={!isReady} loading={send.isPending}>
              {t('trainer.assign.assign')}
            </Button>
            <Button variant="default" onClick={close}>
              {t('trainer.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
