/**
 * Corrects a job's data by hand, with the reason.
 *
 * Promises: only what was changed here is sent, so that nothing another set meanwhile is put back.
 * Must not: offer what only the process may set.
 */
import { Button, Group, Text, Textarea } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import { ApiError } from '../session/api.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { fieldsOf, type JobWords } from './job-words.ts'
import { PayloadForm } from './parts/payload-form.tsx'
import { formOf, payloadOf, type TypedFields, typedDefaults } from './payload.ts'
import type { SayProps } from './say-forms.tsx'

export function CorrectForm({
  job,
  words,
  isBusy,
  error,
  close,
  say,
}: SayProps & { job: JobDetail; words: JobWords }): ReactElement {
  const { t } = useTranslation()
  const required = words.definition?.schemas.context.required ?? []
  const form = formOf({
    properties: Object.fromEntries(
      Object.entries(fieldsOf(words)).filter(
        // Nobody corrects what he does not see.
        ([name, field]) => field.meta?.locked !== true && job.masked?.includes(name) !== true,
      ),
    ),
    // Not every job has what a new one must be given.
    required: required.filter((name) => job.fields[name] !== undefined),
  })
  // As it stood when the form was opened: what differs from it was changed here.
  const [before] = useState<TypedFields>(() => typedDefaults(form, job.fields))
  const [typed, setTyped] = useState<TypedFields>(before)
  const [reason, setReason] = useState('')
  const was = payloadOf(form, before)
  const changed = (payload: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(
      form.inputs.flatMap(({ name }) =>
        JSON.stringify(payload[name]) === JSON.stringify(was[name])
          ? []
          : [[name, payload[name] ?? null] as const],
      ),
    )
  const count = Object.keys(changed(payloadOf(form, typed))).length
  return (
    <PayloadForm
      form={form}
      typed={typed}
      put={setTyped}
      submit={(payload) => {
        if (!isBusy && reason.trim() !== '')
          say({ kind: 'correct', fields: changed(payload), reason: reason.trim() })
      }}
      reasons={error instanceof ApiError ? error.reasons : []}
    >
      <Text size="sm" c="dimmed">
        {t('jobPage.say.correctHint')}
      </Text>
      <Textarea
        label={t('jobPage.say.reason')}
        withAsterisk
        autosize
        minRows={2}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {error === null || error === undefined ? null : <ProblemNotice error={error} />}
      <Group gap="sm">
        <Button type="submit" size="sm" loading={isBusy} disabled={count === 0 || reason.trim() === ''}>
          {t('jobPage.say.save')}
        </Button>
        <Button size="sm" variant="default" disabled={isBusy} onClick={close}>
          {t('jobPage.say.cancel')}
        </Button>
      </Group>
    </PayloadForm>
  )
}
