/**
 * A new scenario: named, for a process and a role; or from a file; or from a job that was done.
 *
 * Promises: it is kept at once, under an id of its own, and opened; what was typed stays when that is refused.
 */
import { Alert, Button, FileButton, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ROLES, type Role } from '../../../machines/definition/schema.ts'
import { Scenario } from '../../../machines/simulate/scenario.ts'
import type { JobScenario } from '../../../machines/wire/job-scenario.ts'
import type { ScenarioSummary } from '../../../machines/wire/training.ts'
import { readAs } from '../../panels/read.ts'
import { freeId, idFrom } from '../../processes/process-id.ts'
import { ask } from '../../session/api.ts'
import { useNow } from '../../session/now.ts'
import { useProcesses, useVersion } from '../../session/queries.ts'
import { Dialog } from '../../shell/dialog.tsx'
import { ProblemNotice } from '../../shell/notices.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { blankScenario, workerOf } from './blank.ts'
import { LEVELS } from './find.ts'
import { createScenario, refreshTraining } from './training-api.ts'
import { WordsField } from './words-field.tsx'

/** Keeps a new scenario and opens it. */
export function useCreate() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: createScenario,
    onSuccess: async ({ id }) => {
      await refreshTraining(client)
      await navigate(`/training/scenarios/${encodeURIComponent(id)}`)
    },
  })
}

type Props = { taken: readonly ScenarioSummary[]; close(): void }

export function NewScenario({ taken, close }: Props): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const now = useNow()
  const processes = useProcesses().data?.processes.filter(({ latest }) => latest !== undefined) ?? []
  const [process, setProcess] = useState<string | null>(null)
  const [title, setTitle] = useState<Scenario['title']>({})
  const [difficulty, setDifficulty] = useState<Scenario['difficulty']>('easy')
  const [chosenRole, setRole] = useState<Role>()
  const latest = processes.find(({ id }) => id === process)?.latest?.version
  const version = useVersion(process ?? '', latest)
  const worker = version.data === undefined ? undefined : workerOf(version.data.definition)
  const role = chosenRole ?? worker
  const create = useCreate()
  const isNamed = Object.values(title).some((text) => text.trim() !== '')
  const isReady = process !== null && role !== undefined && isNamed
  const make = (): void => {
    if (process === null || role === undefined || !isNamed || create.isPending) return
    const id = freeId(idFrom(title.en ?? '') || `${process}-1`, idsOf(taken))
    const day = new Date(now).toISOString().slice(0, 10)
    const seed = Math.floor(now) % 100_000
    create.mutate(blankScenario({ id, process, title, role, difficulty, now: `${day}T02:00:00.000Z`, seed }))
  }
  return (
    <Dialog title={t('trainer.fresh.title')} closeLabel={t('trainer.cancel')} close={close}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          make()
        }}
      >
        <Stack gap="md">
          <Select
            label={t('trainer.find.process')}
            description={t('trainer.fresh.processHelp')}
            searchable
            data-autofocus
            data={processes.map((each) => ({ value: each.id, label: say(each.title, each.id) }))}
            value={process}
            onChange={(value) => {
              setProcess(value)
              setRole(undefined)
            }}
          />
          <WordsField label={t('trainer.form.title')} value={title} change={setTitle} lines={1} />
          <Group grow align="flex-start">
            <Select
              label={t('trainer.form.traineeRole')}
              allowDeselect={false}
              data={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))}
              value={role ?? null}
              onChange={(value) => setRole(ROLES.find((each) => each === value))}
            />
            <Select
              label={t('trainer.find.level')}
              allowDeselect={false}
              data={LEVELS.map((value) => ({ value, label: t(`trainer.level.${value}`) }))}
              value={difficulty}
              onChange={(value) => setDifficulty(LEVELS.find((each) => each === value) ?? 'easy')}
            />
          </Group>
          {create.isError ? <ProblemNotice error={create.error} /> : null}
          <Group>
            <Button type="submit" loading={create.isPending} disabled={!isReady}>
              {t('trainer.fresh.create')}
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

const idsOf = (taken: readonly ScenarioSummary[]): string[] => [
  // The address of a new one.
  'new',
  ...taken.map(({ id }) => id),
]

/** A file is larger than any scenario from here on. */
const MOST_BYTES = 1_000_000

/** Brings scenarios in from a file: one, or a list of them. */
export function ImportButton({ taken }: { taken: readonly ScenarioSummary[] }): ReactElement {
  const { t } = useTranslation()
  const [wrong, setWrong] = useState<'big' | 'unreadable' | 'shape'>()
  const create = useCreate()
  const take = async (file: File | null): Promise<void> => {
    if (file === null) return
    setWrong(undefined)
    create.reset()
    if (file.size > MOST_BYTES) return setWrong('big')
    const json: unknown = await file
      .text()
      .then(JSON.parse)
      .catch(() => undefined)
    if (json === undefined) return setWrong('unreadable')
    const scenario = readAs(Scenario, json)
    if (scenario === undefined) return setWrong('shape')
    create.mutate({ ...scenario, id: freeId(scenario.id, idsOf(taken)) })
  }
  const close = (): void => {
    setWrong(undefined)
    create.reset()
  }
  return (
    <>
      <FileButton accept="application/json,.json" onChange={(file) => void take(file)}>
        {(props) => (
          <Button {...props} variant="default" loading={create.isPending}>
            {t('trainer.fresh.fromFile')}
          </Button>
        )}
      </FileButton>
      {wrong !== undefined || create.isError ? (
        <Dialog title={t('trainer.fresh.fromFile')} closeLabel={t('trainer.close')} size="md" close={close}>
          {wrong === undefined ? (
            <ProblemNotice error={create.error} />
          ) : (
            <Text>{t(`trainer.fresh.wrong.${wrong}`)}</Text>
          )}
        </Dialog>
      ) : null}
    </>
  )
}

/** A job's course as a scenario: made, told how far it is like the job, then kept and opened. */
export function FromJob({ job, taken, close }: Props & { job: string }): ReactElement {
  const { t } = useTranslation()
  const { list } = useSpeech()
  const create = useCreate()
  const make = useMutation({
    mutationFn: () =>
      ask<JobScenario>(`/api/jobs/${encodeURIComponent(job)}/scenario`, { method: 'POST', patience: 60_000 }),
  })
  const made = make.data
  const left = Object.values(made?.leftOut ?? {}).reduce((sum, count) => sum + count, 0)
  const keep = (): void => {
    if (made === undefined || create.isPending || create.isSuccess) return
    create.mutate({ ...made.scenario, id: freeId(made.scenario.id, idsOf(taken)) })
  }
  return (
    <Dialog title={t('trainer.fresh.fromJob')} closeLabel={t('trainer.cancel')} size="md" close={close}>
      <Text>{t('trainer.fresh.fromJobLead')}</Text>
      <TextInput label={t('trainer.fresh.job')} value={job} readOnly />
      {made === undefined ? null : (
        <Alert color={made.differs === undefined ? 'teal' : 'yellow'} variant="light" role="status">
          <Text size="sm">
            {made.differs === undefined
              ? t('trainer.fresh.same')
              : t('trainer.fresh.differs', {
                  seq: made.differs.seq,
                  was: list(made.differs.was),
                  is: list(made.differs.is),
                })}
          </Text>
          {left === 0 ? null : <Text size="sm">{t('trainer.fresh.leftOut', { count: left })}</Text>}
        </Alert>
      )}
      {make.isError ? <ProblemNotice error={make.error} /> : null}
      {create.isError ? <ProblemNotice error={create.error} /> : null}
      <Group>
        {made === undefined ? (
          <Button data-autofocus loading={make.isPending} onClick={() => make.mutate()}>
            {t('trainer.fresh.make')}
          </Button>
        ) : (
          <Button loading={create.isPending} onClick={keep}>
            {t('trainer.fresh.keep')}
          </Button>
        )}
        <Button variant="default" onClick={close}>
          {t('trainer.cancel')}
        </Button>
      </Group>
    </Dialog>
  )
}
