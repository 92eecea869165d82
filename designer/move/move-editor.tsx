/**
 * What is said of a move, and the two ways on: trying it, and doing what was tried.
 *
 * Promises: only what was tried, exactly so, is done: after a change it is tried again first.
 * Must not: judge a mapping; a trial does.
 */
import { Box, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mapping } from '../../machines/migrate/mapping.ts'
import type { MigrationDetail, StartMigration } from '../../machines/wire/migrations.ts'
import { isAlike, toJson } from '../document/json.ts'
import { api } from '../session/api.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { put, type Questions, withoutEmpty } from './mapping-model.ts'
import { NamePart, ValuePart } from './name-part.tsx'
import { RegionPart, StatePart } from './state-part.tsx'
import { TimerPart } from './timer-part.tsx'
import { movesKey, runKey } from './use-move.ts'
import { type Filter, WhichJobs } from './which-jobs.tsx'

const NOTE_LENGTH = 2000

type Props = {
  process: string
  from: number
  to: number
  questions: Questions
  jobs: ReadonlyMap<string, number>
  /** The one job that is meant, where the page was opened from it. */
  job: string | undefined
  run: MigrationDetail | undefined
  oldName(path: string): string
  begun(run: string): void
}

export function MoveEditor(props: Props): ReactElement {
  const { process, from, to, questions, job, run, begun } = props
  const { t } = useTranslation()
  const client = useQueryClient()
  const [mapping, setMapping] = useState<Mapping>(run?.mapping ?? questions.offer)
  const [filter, setFilter] = useState<Filter>(run?.filter ?? (job === undefined ? {} : { jobs: [job] }))
  const [isAsking, setAsking] = useState(false)
  const body: StartMigration = { from, to, mapping: withoutEmpty(mapping), filter }
  const begin = useMutation({
    mutationFn: ({ dryRun, note }: { dryRun: boolean; note: string }) =>
      api.startMove(process, note === '' ? body : { ...body, note }, dryRun),
    onSuccess: async (started) => {
      setAsking(false)
      // Known already, so that the page need not wait for it and what is typed stays.
      client.setQueryData(runKey(process, started.id), started)
      await client.invalidateQueries({ queryKey: movesKey(process) })
      begun(started.id)
    },
  })
  const tried = run?.dryRun === true ? run : undefined
  const isAsTried =
    tried !== undefined &&
    isAlike(toJson(tried.mapping), toJson(body.mapping)) &&
    isAlike(toJson(tried.filter), toJson(filter))
  const mayGo = isAsTried && tried.status === 'done' && tried.counts.moved > 0
  return (
    <Stack gap="md">
      <MappingParts {...props} mapping={mapping} change={setMapping} />
      <Part title={t('move.which.title')}>
        <WhichJobs questions={questions} filter={filter} change={setFilter} />
      </Part>
      {begin.isError && !isAsking ? <ProblemNotice error={begin.error} /> : null}
      <Group gap="sm">
        <Button
          variant={mayGo ? 'default' : 'filled'}
          loading={begin.isPending && !isAsking}
          onClick={() => begin.mutate({ dryRun: true, note: '' })}
        >
          {t('move.try')}
        </Button>
        {mayGo ? (
          <Button onClick={() => setAsking(true)}>{t('move.go', { count: tried.counts.moved })}</Button>
        ) : null}
        <Text size="sm" c="dimmed">
          {tried !== undefined && !isAsTried ? t('move.changed') : mayGo ? null : t('move.tryHint')}
        </Text>
      </Group>
      {isAsking && tried !== undefined ? (
        <Confirm
          tried={tried}
          isBusy={begin.isPending}
          error={begin.error}
          close={() => {
            begin.reset()
            setAsking(false)
          }}
          go={(note) => begin.mutate({ dryRun: false, note })}
        />
      ) : null}
    </Stack>
  )
}

function MappingParts({
  questions,
  jobs,
  mapping,
  change,
}: Props & { mapping: Mapping; change(mapping: Mapping): void }): ReactElement {
  const { t } = useTranslation()
  const target = (name: string): string => t('move.fields.target', { name })
  return (
    <>
      <Part title={t('move.states.title')} lead={t('move.states.lead')}>
        <StatePart
          questions={questions}
          states={mapping.states ?? {}}
          jobs={jobs}
          change={(path, next) => change({ ...mapping, states: put(mapping.states, path, next) })}
        />
      </Part>
      {questions.regions.length === 0 ? null : (
        <Part title={t('move.regions.title')} lead={t('move.regions.lead')}>
          <RegionPart
            questions={questions}
            regions={mapping.regions ?? {}}
            change={(region, begins) => change({ ...mapping, regions: put(mapping.regions, region, begins) })}
          />
        </Part>
      )}
      {questions.fields.length === 0 ? null : (
        <Part title={t('move.fields.title')} lead={t('move.fields.lead')}>
          <NamePart
            old={questions.fields}
            next={questions.newFields}
            said={mapping.fields ?? {}}
            label={target}
            dropLabel={t('move.fields.giveUp')}
            unsaidLabel={t('move.fields.choose')}
            change={(name, to) => change({ ...mapping, fields: put(mapping.fields, name, to) })}
          />
        </Part>
      )}
      {questions.wanted.length === 0 ? null : (
        <Part title={t('move.fields.wanted')} lead={t('move.fields.wantedLead')}>
          <ValuePart
            fields={questions.wanted}
            values={mapping.values ?? {}}
            change={(name, value) => change({ ...mapping, values: put(mapping.values, name, value) })}
          />
        </Part>
      )}
      {questions.items.length === 0 ? null : (
        <Part title={t('move.items.title')} lead={t('move.items.lead')}>
          <NamePart
            old={questions.items}
            next={questions.newItems}
            said={mapping.items ?? {}}
            label={target}
            dropLabel={undefined}
            unsaidLabel={t('move.items.drop')}
            change={(name, to) => change({ ...mapping, items: put(mapping.items, name, to) })}
          />
        </Part>
      )}
      <Part title={t('move.timers.title')}>
        <TimerPart questions={questions} mapping={mapping} change={change} />
      </Part>
    </>
  )
}

function Part({
  title,
  lead,
  children,
}: {
  title: string
  lead?: string
  children: ReactNode
}): ReactElement {
  const id = useId()
  return (
    <Box component="section" className="fc-panel" p="md" aria-labelledby={id}>
      <Title order={2} size="h5" id={id} mb={lead === undefined ? 'sm' : 2}>
        {title}
      </Title>
      {lead === undefined ? null : (
        <Text size="sm" c="dimmed" mb="sm">
          {lead}
        </Text>
      )}
      {children}
    </Box>
  )
}

function Confirm({
  tried,
  isBusy,
  error,
  close,
  go,
}: {
  tried: MigrationDetail
  isBusy: boolean
  error: unknown
  close(): void
  go(note: string): void
}): ReactElement {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const { from, to, counts } = tried
  return (
    <Dialog
      size="md"
      title={t('move.confirm.title', { from, to })}
      closeLabel={t('move.confirm.cancel')}
      close={close}
    >
      <Text size="sm">{t('move.confirm.lead', { count: counts.moved })}</Text>
      {counts.refused === 0 ? null : (
        <Text size="sm">{t('move.confirm.refused', { count: counts.refused })}</Text>
      )}
      <Textarea
        label={t('move.confirm.note')}
        description={t('move.confirm.noteHint')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={NOTE_LENGTH}
        autosize
        minRows={2}
        data-autofocus
      />
      {error === null ? null : <ProblemNotice error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {t('move.confirm.cancel')}
        </Button>
        <Button loading={isBusy} onClick={() => go(note.trim())}>
          {t('move.go', { count: counts.moved })}
        </Button>
      </Group>
    </Dialog>
  )
}
