/**
 * The small forms by which people add to a job: a note, a breach, a complaint, a rating, a photo.
 *
 * Must not: send, save for the photo, whose progress is its own.
 */
import { Button, Checkbox, Group, Radio, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rating } from '../../machines/advance/job.ts'
import { NORM_BY_ID } from '../../machines/norms.ts'
import { type Act, newKey, uploadEvidence } from '../session/job-acts.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useFirstFocus } from './parts/first-focus.ts'
import { PhotoField } from './parts/photo-field.tsx'

export type SayProps = { isBusy: boolean; error: unknown; close(): void; say(what: Act): void }

/** A form with its two buttons and what went wrong. */
function SayForm({
  isBusy,
  error,
  close,
  canSave,
  save,
  children,
}: {
  isBusy: boolean
  error: unknown
  close(): void
  canSave: boolean
  save(): void
  children: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  const place = useFirstFocus<HTMLFormElement>(true)
  const submit = (submitted: FormEvent): void => {
    submitted.preventDefault()
    if (canSave && !isBusy) save()
  }
  return (
    <form onSubmit={submit} ref={place}>
      <Stack gap="sm">
        {children}
        {error === null || error === undefined ? null : <ProblemNotice error={error} />}
        <Group gap="sm">
          <Button type="submit" size="sm" loading={isBusy} disabled={!canSave}>
            {t('jobPage.say.save')}
          </Button>
          <Button size="sm" variant="default" disabled={isBusy} onClick={close}>
            {t('jobPage.say.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

export function NoteForm({ say, ...rest }: SayProps): ReactElement {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  return (
    <SayForm {...rest} canSave={text.trim() !== ''} save={() => say({ kind: 'note', text: text.trim() })}>
      <Textarea
        label={t('jobPage.say.noteText')}
        required
        autosize
        minRows={2}
        maxLength={4000}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </SayForm>
  )
}

export function BreachForm({ say, norms, ...rest }: SayProps & { norms: readonly string[] }): ReactElement {
  const { t } = useTranslation()
  const speech = useSpeech()
  const [norm, setNorm] = useState<string>()
  const [note, setNote] = useState('')
  if (norms.length === 0) return <Text size="sm">{t('jobPage.say.noNorm')}</Text>
  const noted = note.trim() === '' ? {} : { note: note.trim() }
  return (
    <SayForm
      {...rest}
      canSave={norm !== undefined}
      save={() => {
        if (norm !== undefined) say({ kind: 'reportBreach', norm, ...noted })
      }}
    >
      <Select
        label={t('jobPage.say.norm')}
        required
        searchable
        placeholder={t('jobForm.choose')}
        value={norm ?? null}
        onChange={(chosen) => setNorm(chosen ?? undefined)}
        data={norms.map((id) => ({
          value: id,
          label: [id, speech.say(NORM_BY_ID.get(id))].filter(Boolean).join(' · '),
        }))}
      />
      <Textarea
        label={t('jobPage.say.breachNote')}
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </SayForm>
  )
}

export function ComplaintForm({ say, ...rest }: SayProps): ReactElement {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [isQuality, setQuality] = useState(false)
  return (
    <SayForm
      {...rest}
      canSave={text.trim() !== ''}
      save={() => say({ kind: 'complain', text: text.trim(), ...(isQuality ? { quality: true } : {}) })}
    >
      <Text size="sm" c="dimmed">
        {t('jobPage.say.complaintHint')}
      </Text>
      <Textarea
        label={t('jobPage.say.complaintText')}
        required
        autosize
        minRows={2}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Checkbox
        label={t('jobPage.say.quality')}
        checked={isQuality}
        onChange={(event) => setQuality(event.currentTarget.checked)}
      />
    </SayForm>
  )
}

const SCORES = ['1', '2', '3', '4', '5'] as const

export function RatingForm({
  say,
  before,
  ...rest
}: SayProps & { before: Rating | undefined }): ReactElement {
  const { t } = useTranslation()
  const [score, setScore] = useState(before === undefined ? '' : String(before.score))
  const [comment, setComment] = useState(before?.comment ?? '')
  const noted = comment.trim() === '' ? {} : { comment: comment.trim() }
  return (
    <SayForm
      {...rest}
      canSave={score !== ''}
      save={() => say({ kind: 'rate', score: Number(score), ...noted })}
    >
      <Radio.Group label={t('jobPage.say.score')} withAsterisk value={score} onChange={setScore}>
        <Stack gap={6} mt={6}>
          {SCORES.toReversed().map((each) => (
            <Radio key={each} value={each} label={`${each} · ${t(`jobPage.say.scores.${each}`)}`} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={t('jobPage.say.comment')}
        autosize
        minRows={2}
        maxLength={2000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
    </SayForm>
  )
}

export function AttachForm({ job, close, done }: { job: string; close(): void; done(): void }): ReactElement {
  const { t } = useTranslation()
  const [file, setFile] = useState<Blob>()
  const [title, setTitle] = useState('')
  const [part, setPart] = useState(0)
  const key = useRef(newKey())
  const named = title.trim() === '' ? {} : { title: title.trim() }
  const send = useMutation({
    mutationFn: (photo: Blob) =>
      uploadEvidence(job, { kind: 'photo', file: photo, ...named }, { key: key.current, progress: setPart }),
    onSuccess: done,
  })
  return (
    <SayForm
      isBusy={send.isPending}
      error={send.error}
      close={close}
      canSave={file !== undefined}
      save={() => {
        if (file !== undefined) send.mutate(file)
      }}
    >
      <PhotoField
        file={file}
        put={(next) => {
          key.current = newKey()
          setFile(next)
        }}
      />
      <TextInput
        label={t('jobPage.say.fileTitle')}
        maxLength={200}
        value={title}
        onChange={(event) => {
          key.current = newKey()
          setTitle(event.currentTarget.value)
        }}
      />
      <Text size="xs" c="dimmed" role="status">
        {send.isPending ? t('jobPage.say.sending', { percent: Math.round(part * 100) }) : ''}
      </Text>
    </SayForm>
  )
}
