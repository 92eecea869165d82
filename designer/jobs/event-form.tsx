/**
 * Sends one open event, with its payload typed in.
 *
 * Promises: one press sends one event: a retry carries the same idempotency key, and `If-Match` bars what was
 * overtaken by another's event; nothing typed is lost by a refusal.
 */
import { Alert, Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Allowed } from '../../machines/advance/job.ts'
import { ApiError, api } from '../session/api.ts'
import { newKey } from '../session/job-acts.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { PayloadForm } from './parts/payload-form.tsx'
import type { FormSize } from './parts/payload-input.tsx'
import { formOf, type TypedFields, typedDefaults } from './payload.ts'

export type EventFormProps = {
  job: string
  seq: number
  event: Allowed
  close(sent: boolean): void
  /** Values to begin with, by name. */
  known?: Readonly<Record<string, unknown>>
  /** Where what is typed is kept, if it is to outlive this form. */
  kept?: { typed: TypedFields | undefined; put(typed: TypedFields): void }
  /** It cannot be sent now. */
  barred?: boolean
  size?: FormSize
  /** The keyboard goes to the first input when the form opens. */
  takesFocus?: boolean
  /** Called at once when the event was taken, before the job is read anew; `close` then is not. */
  accepted?(): void
  /** Stands above the buttons. */
  children?: ReactNode
}

export function EventForm({
  job,
  seq,
  event,
  close,
  known,
  kept,
  barred = false,
  size = 'sm',
  takesFocus = false,
  accepted,
  children,
}: EventFormProps): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const form = formOf(event.payload)
  const [own, setOwn] = useState<TypedFields>(() => typedDefaults(form, known))
  const keyFor = useRequestKey()
  const send = useMutation({
    mutationFn: (payload: Record<string, unknown>) => {
      const body = Object.keys(payload).length === 0 ? { type: event.type } : { type: event.type, payload }
      return api.sendEvent(job, body, seq, keyFor(JSON.stringify([seq, body])))
    },
    onSuccess: async () => {
      accepted?.()
      await Promise.all([
        client.invalidateQueries({ queryKey: ['job', job] }),
        client.invalidateQueries({ queryKey: ['jobs'] }),
      ])
      if (accepted === undefined) close(true)
    },
    onError: () => client.invalidateQueries({ queryKey: ['job', job] }),
  })
  const wasOvertaken = send.error instanceof ApiError && send.error.code === 'precondition-failed'
  return (
    <PayloadForm
      form={form}
      typed={kept?.typed ?? own}
      put={kept?.put ?? setOwn}
      submit={(payload) => {
        if (!send.isPending) send.mutate(payload)
      }}
      reasons={send.error instanceof ApiError ? send.error.reasons : []}
      size={size}
      takesFocus={takesFocus}
    >
      {children}
      {wasOvertaken ? (
        <Alert color="yellow" variant="light" role="alert">
          {t('jobForm.overtaken')}
        </Alert>
      ) : send.isError ? (
        <ProblemNotice error={send.error} />
      ) : null}
      <Group gap="sm">
        <Button type="submit" size={size} loading={send.isPending} disabled={barred}>
          {t('job.send')}
        </Button>
        <Button size={size} variant="default" disabled={send.isPending} onClick={() => close(false)}>
          {t('job.cancelSend')}
        </Button>
      </Group>
    </PayloadForm>
  )
}

/** One key as long as the same is sent: a changed form is another request. */
function useRequestKey(): (content: string) => string {
  const last = useRef({ content: '', key: '' })
  return (content) => {
    if (last.current.content !== content) last.current = { content, key: newKey() }
    return last.current.key
  }
}
