/**
 * What people entitled to it do to a job past the rules of its process: let it rest and go on, reassign it, call it
 * off, put it into a state. A state is only chosen after what it would bring was shown.
 *
 * Must not: judge; the server refuses, with its reasons.
 */
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import { api, type Hand } from '../session/api.ts'
import { useNameOf } from '../session/people.ts'
import { useMe, useVersions } from '../session/queries.ts'
import { useRightsOn } from '../session/reach.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { HandForm, type HandKind } from './hand-form.tsx'
import type { JobWords } from './job-words.ts'

/** In the order in which they are reached for. */
const HANDS = [
  { kind: 'suspend', right: 'jobs:suspend', resting: false },
  { kind: 'resume', right: 'jobs:suspend', resting: true },
  { kind: 'reassign', right: 'jobs:reassign', resting: undefined },
  { kind: 'move', right: 'jobs:move', resting: undefined },
  { kind: 'call', right: 'jobs:cancel', resting: undefined },
] as const satisfies readonly { kind: HandKind; right: string; resting: boolean | undefined }[]

/** A job that rests, said at the head of its page. */
export function Resting({ job }: { job: JobDetail }): ReactElement | null {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const nameOf = useNameOf()
  if (job.suspended === undefined) return null
  const { at, by, reason } = job.suspended
  return (
    <Alert color="yellow" variant="light" icon={<Icon name="clock" />} mb="md">
      {t('hand.suspended', { when: time(at), who: nameOf(by), reason: reason ?? t('job.hiddenReason') })}
    </Alert>
  )
}

/** The kinds of hand that the reader may lay on this job now. */
export function useHands(job: JobDetail | undefined): readonly HandKind[] {
  const rights = useMe().data?.rights ?? []
  if (job?.status !== 'active') return []
  return HANDS.filter(
    ({ right, resting }) =>
      rights.some((each) => each === right) &&
      (resting === undefined || resting === (job.suspended !== undefined)),
  ).map(({ kind }) => kind)
}

export function JobHands({
  job,
  words,
  kinds,
}: {
  job: JobDetail
  words: JobWords
  kinds: readonly HandKind[]
}): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [opened, setOpened] = useState<HandKind>()
  const [done, setDone] = useState<HandKind>()
  const act = useMutation({
    mutationFn: (hand: Hand) => api.handleJob(job.id, hand, job.seq, false),
    onSuccess: async () => {
      setDone(opened)
      setOpened(undefined)
      await client.invalidateQueries({ queryKey: ['jobs'] })
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['job', job.id] }),
  })
  const open = (kind: HandKind | undefined): void => {
    act.reset()
    setDone(undefined)
    setOpened(kind)
  }
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('hand.lead')}
      </Text>
      <div role="status">
        {done === undefined ? null : (
          <Text size="sm" c="green">
            {t('hand.done', { what: t(`hand.${done}`) })}
          </Text>
        )}
      </div>
      {opened === undefined || !kinds.includes(opened) ? (
        <Group gap="xs">
          {kinds.map((kind) => (
            <Button
              key={kind}
              size="sm"
              variant="default"
              {...(kind === 'call' ? { c: 'var(--mantine-color-error)' } : {})}
              onClick={() => open(kind)}
            >
              {t(`hand.${kind}`)}
            </Button>
          ))}
          <NewerVersion job={job} />
        </Group>
      ) : (
        <HandForm
          key={opened}
          kind={opened}
          job={job}
          words={words}
          isBusy={act.isPending}
          error={act.error}
          close={() => open(undefined)}
          send={(hand) => act.mutate(hand)}
        />
      )}
    </Stack>
  )
}

function NewerVersion({ job }: { job: JobDetail }): ReactElement | null {
  const { t } = useTranslation()
  const mayMove = useRightsOn(job.process).includes('migrations:run')
  const latest = useVersions(job.process).data?.versions.at(-1)?.version
  if (!mayMove || latest === undefined || latest <= job.version) return null
  const query = new URLSearchParams({ from: String(job.version), to: String(latest), job: job.id })
  return (
    <Button
      component={Link}
      size="sm"
      variant="default"
      to={`/processes/${encodeURIComponent(job.process)}/move?${query}`}
    >
      {t('hand.version', { version: latest })}
    </Button>
  )
}
