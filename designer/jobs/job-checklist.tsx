/**
 * The checklist of the states that a job is in, confirmed with evidence from the page.
 *
 * Promises: a photo or a signature goes first, then the item that names it; what could not be sent stays to be sent
 * again, without a second upload.
 */
import { Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobDetail, OpenItem } from '../../machines/wire/jobs.ts'
import { ApiError } from '../session/api.ts'
import { actOn, newKey, uploadEvidence } from '../session/job-acts.ts'
import { useNameOf } from '../session/people.ts'
import { useMe } from '../session/queries.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { type JobWords, stateInWords } from './job-words.ts'
import { ChecklistItem } from './parts/checklist-item.tsx'
import { evidenceOf, fileOf, type Proof } from './parts/proof.ts'

export function JobChecklist({ job, words }: { job: JobDetail; words: JobWords }): ReactElement {
  const { t } = useTranslation()
  if (job.items.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('job.noChecklist')}
      </Text>
    )
  const states = [...new Set(job.items.map(({ state }) => state))]
  return (
    <Stack gap="md">
      {states.map((state) => (
        <div key={state}>
          {states.length === 1 ? null : (
            <Text size="xs" fw={600} c="dimmed" mb={6}>
              {stateInWords(state, words)}
            </Text>
          )}
          <Stack component="ul" gap="sm" m={0} p={0}>
            {job.items
              .filter((item) => item.state === state)
              .map((item) => (
                <Item key={item.id} job={job} item={item} />
              ))}
          </Stack>
        </div>
      ))}
    </Stack>
  )
}

function Item({ job, item }: { job: JobDetail; item: OpenItem }): ReactElement {
  const client = useQueryClient()
  const me = useMe().data
  const nameOf = useNameOf()
  const { say } = useSpeech()
  const [proof, setProof] = useState<Proof>()
  const [progress, setProgress] = useState<number>()
  const uploaded = useRef<{ file: Blob; sha: string }>(undefined)
  const keys = useRef(new Map<unknown, string>())
  /** The same proof under the same key, however often it is sent. */
  const keyOf = (what: unknown): string => {
    const known = keys.current.get(what) ?? newKey()
    keys.current.set(what, known)
    return known
  }
  const upload = async (given: Proof): Promise<string | undefined> => {
    const file = fileOf(given)
    if (file === undefined || (given.kind !== 'photo' && given.kind !== 'signature')) return undefined
    if (uploaded.current?.file === file) return uploaded.current.sha
    setProgress(0)
    const sha = await uploadEvidence(
      job.id,
      {
        kind: given.kind,
        file,
        title: say(item.title, item.id),
        ...(given.kind === 'signature' ? { signedBy: given.signedBy.trim() } : {}),
      },
      { key: keyOf(file), progress: setProgress },
    )
    uploaded.current = { file, sha }
    return sha
  }
  const act = useMutation({
    mutationFn: async (given: Proof | 'plain' | 'back') => {
      if (given === 'back') return actOn(job.id, { kind: 'untick', item: item.id }, { key: newKey() })
      if (given === 'plain') return actOn(job.id, { kind: 'tick', item: item.id }, { key: newKey() })
      const evidence = evidenceOf(given, await upload(given))
      return actOn(job.id, { kind: 'tick', item: item.id, evidence }, { key: keyOf(given) })
    },
    onSuccess: () => {
      setProof(undefined)
      uploaded.current = undefined
      keys.current.clear()
    },
    onError: (error) => {
      // A refusal is remembered with its key; what barred it may pass.
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) keys.current.clear()
    },
    onSettled: async () => {
      setProgress(undefined)
      await Promise.all([
        client.invalidateQueries({ queryKey: ['job', job.id] }),
        client.invalidateQueries({ queryKey: ['jobs'] }),
      ])
    },
  })
  const rights = me?.rights ?? []
  const roles = me?.roles ?? []
  const isMine =
    rights.includes('jobs:checklist') && item.roles.some((role) => roles.some((own) => own === role))
  return (
    <ChecklistItem
      item={item}
      tick={job.checklist[item.id]}
      nameOf={nameOf}
      mayTick={job.suspended === undefined && isMine}
      isOthers={!isMine}
      state={{
        working: act.isPending,
        ...(progress === undefined ? {} : { progress }),
        ...(act.isError ? { problem: <ProblemNotice error={act.error} /> } : {}),
      }}
      takesFocus
      proof={proof}
      put={(next) => {
        act.reset()
        setProof(next)
      }}
      confirm={(given) => act.mutate(given ?? 'plain')}
      takeBack={() => act.mutate('back')}
    />
  )
}
