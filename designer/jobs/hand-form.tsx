/**
 * One thing done to a job by hand: to whom or where, and why.
 *
 * Promises: a state is only sent after what it brings was shown, and only as it was shown.
 */
import { Button, Group, MultiSelect, Select, Stack, Switch, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { buildTree } from '../../machines/definition/tree.ts'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import { api, type Hand } from '../session/api.ts'
import { usePeople } from '../session/people.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { HandPreview } from './hand-preview.tsx'
import { type JobWords, stateInWords } from './job-words.ts'

/** `call`: call it off. */
export type HandKind = 'suspend' | 'resume' | 'reassign' | 'move' | 'call'
const REASON_LENGTH = 2000

type Props = {
  kind: HandKind
  job: JobDetail
  words: JobWords
  isBusy: boolean
  error: unknown
  close(): void
  send(hand: Hand): void
}
type Said = { reason: string; person: string; to: string[]; runEntry: boolean }

export function HandForm({ kind, job, words, isBusy, error, close, send }: Props): ReactElement {
  const { t } = useTranslation()
  const [said, setSaid] = useState<Said>({ reason: '', person: '', to: [], runEntry: false })
  const look = useMutation({ mutationFn: (hand: Hand) => api.handleJob(job.id, hand, job.seq, true) })
  const put = (part: Partial<Said>): void => {
    setSaid((before) => ({ ...before, ...part }))
    // Another reason brings nothing else about.
    if (part.reason === undefined) look.reset()
  }
  const hand = handOf(kind, said)
  const needsLook = kind === 'move' && look.data === undefined
  const submit = (submitted: FormEvent): void => {
    submitted.preventDefault()
    if (hand === undefined) return
    if (needsLook) look.mutate(hand)
    else send(hand)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{t(`hand.${kind}Hint`)}</Text>
        {kind === 'reassign' ? <WhoField person={said.person} put={(person) => put({ person })} /> : null}
        {kind === 'move' ? (
          <>
            <StatesField words={words} to={said.to} put={(to) => put({ to })} />
            <Switch
              label={t('hand.runEntry')}
              checked={said.runEntry}
              onChange={(event) => put({ runEntry: event.currentTarget.checked })}
            />
          </>
        ) : null}
        <Textarea
          label={t(kind === 'resume' ? 'hand.reasonOptional' : 'hand.reason')}
          required={kind !== 'resume'}
          value={said.reason}
          maxLength={REASON_LENGTH}
          autosize
          minRows={2}
          onChange={(event) => put({ reason: event.currentTarget.value })}
        />
        {look.data === undefined ? null : <HandPreview outcome={look.data} words={words} />}
        {look.isError ? <ProblemNotice error={look.error} /> : null}
        {error === null ? null : <ProblemNotice error={error} />}
        <Group gap="sm">
          <Button
            type="submit"
            size="sm"
            disabled={hand === undefined}
            loading={isBusy || look.isPending}
            {...(kind === 'call' ? { color: 'red' } : {})}
          >
            {t(kind === 'move' ? (needsLook ? 'hand.look' : 'hand.doMove') : `hand.${kind}`)}
          </Button>
          <Button size="sm" variant="default" onClick={close}>
            {t('hand.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** What is sent; undefined while something that is needed is not said. */
function handOf(kind: HandKind, { reason: typed, person, to, runEntry }: Said): Hand | undefined {
  const reason = typed.trim()
  if (kind === 'resume') return { way: 'resume', body: reason === '' ? {} : { reason } }
  if (reason === '') return undefined
  switch (kind) {
    case 'suspend':
      return { way: 'suspend', body: { reason } }
    case 'call':
      return { way: 'cancel', body: { reason } }
    case 'reassign':
      return person === '' ? undefined : { way: 'reassign', body: { person, reason } }
    case 'move':
      return to.length === 0 ? undefined : { way: 'move', body: { to, reason, runEntry } }
  }
}

function WhoField({ person, put }: { person: string; put(person: string): void }): ReactElement {
  const { t } = useTranslation()
  const people = usePeople()
  const data = [...people.values()].filter(({ disabled }) => !disabled)
  return (
    <Select
      label={t('hand.person')}
      data={data.map(({ id, name }) => ({ value: id, label: name }))}
      value={person === '' ? null : person}
      searchable
      required
      allowDeselect={false}
      onChange={(value) => put(value ?? '')}
    />
  )
}

function StatesField({
  words,
  to,
  put,
}: {
  words: JobWords
  to: string[]
  put(to: string[]): void
}): ReactElement {
  const { t } = useTranslation()
  const { definition } = words
  const nodes = useMemo(
    () =>
      (definition === undefined ? [] : buildTree(definition).nodes).filter(
        ({ depth, kind }) => depth > 0 && kind !== 'history',
      ),
    [definition],
  )
  return (
    <MultiSelect
      label={t('hand.states')}
      description={t('hand.statesHint')}
      data={nodes.map((node) => ({
        value: node.path,
        label: pathInWords(node.path, words),
      }))}
      value={to}
      searchable
      required
      onChange={put}
    />
  )
}

/** "Outer › inner": two states may bear the same title. */
const pathInWords = (path: string, words: JobWords): string =>
  path
    .split('.')
    .map((_, index, keys) => stateInWords(keys.slice(0, index + 1).join('.'), words))
    .join(words.t('move.path'))
