/**
 * What people add to a job beside its events: notes, reports of a breach, complaints, ratings, photos, corrections.
 *
 * Promises: what is typed stays when it could not be kept; one press keeps it once.
 * Must not: offer what the reader may not do.
 */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import { type Act, actOn, newKey } from '../session/job-acts.ts'
import { useMe } from '../session/queries.ts'
import { CorrectForm } from './correct-form.tsx'
import { fieldsOf, type JobWords } from './job-words.ts'
import { AttachForm, BreachForm, ComplaintForm, NoteForm, RatingForm } from './say-forms.tsx'

const SAYINGS = [
  { kind: 'note', right: 'jobs:note' },
  { kind: 'attach', right: 'jobs:evidence' },
  { kind: 'reportBreach', right: 'jobs:breach' },
  { kind: 'complain', right: 'jobs:complain' },
  { kind: 'rate', right: 'jobs:rate' },
  { kind: 'correct', right: 'jobs:correct' },
] as const
type Saying = (typeof SAYINGS)[number]['kind']

export function JobSays({ job, words }: { job: JobDetail; words: JobWords }): ReactElement | null {
  const { t } = useTranslation()
  const client = useQueryClient()
  const rights = useMe().data?.rights ?? []
  const [opened, setOpened] = useState<Saying>()
  const [done, setDone] = useState<Saying>()
  const key = useRef(newKey())
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['job', job.id] }),
      client.invalidateQueries({ queryKey: ['jobs'] }),
    ])
  const finish = async (): Promise<void> => {
    setDone(opened)
    setOpened(undefined)
    await refresh()
  }
  const act = useMutation({
    mutationFn: (what: Act) => actOn(job.id, what, { key: key.current }),
    onSuccess: finish,
    onError: () => {
      key.current = newKey()
    },
  })
  const canCorrect =
    job.status === 'active' && Object.values(fieldsOf(words)).some((field) => field.meta?.locked !== true)
  const kinds = SAYINGS.filter(
    ({ kind, right }) => rights.some((each) => each === right) && (kind !== 'correct' || canCorrect),
  ).map(({ kind }) => kind)
  if (kinds.length === 0) return null
  const open = (kind: Saying | undefined): void => {
    act.reset()
    key.current = newKey()
    setDone(undefined)
    setOpened(kind)
  }
  const form = {
    isBusy: act.isPending,
    error: act.error,
    close: () => open(undefined),
    say: (what: Act) => {
      if (!act.isPending) act.mutate(what)
    },
  }
  return (
    <Stack gap="sm">
      <div role="status">
        {done === undefined ? null : (
          <Text size="sm">{t('jobPage.say.done', { what: t(`jobPage.say.${done}`) })}</Text>
        )}
      </div>
      {opened === undefined ? (
        <Group gap="xs">
          {kinds.map((kind) => (
            <Button key={kind} size="sm" variant="default" onClick={() => open(kind)}>
              {t(`jobPage.say.${kind}`)}
            </Button>
          ))}
        </Group>
      ) : (
        <div>
          <Text size="sm" fw={600} mb="xs">
            {t(`jobPage.say.${opened}`)}
          </Text>
          {opened === 'note' ? <NoteForm {...form} /> : null}
          {opened === 'reportBreach' ? (
            <BreachForm {...form} norms={words.definition?.meta.reportable ?? []} />
          ) : null}
          {opened === 'complain' ? <ComplaintForm {...form} /> : null}
          {opened === 'rate' ? <RatingForm {...form} before={job.rating} /> : null}
          {opened === 'attach' ? (
            <AttachForm job={job.id} close={form.close} done={() => void finish()} />
          ) : null}
          {opened === 'correct' ? <CorrectForm {...form} job={job} words={words} /> : null}
        </div>
      )}
    </Stack>
  )
}
