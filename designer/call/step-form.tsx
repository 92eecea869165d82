/**
 * The form of one event of a call.
 *
 * Promises: its first input has the keyboard; Ctrl and Enter send from anywhere in it, Escape leaves it; what is typed outlives
 * a reload, and is forgotten once it was sent.
 */
import { Button, Group } from '@mantine/core'
import { type KeyboardEvent, type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Allowed } from '../../machines/advance/job.ts'
import { PayloadForm } from '../jobs/parts/payload-form.tsx'
import { type Form, formOf, knownTo, type Typed, type TypedFields, typedDefaults } from '../jobs/payload.ts'
import { ApiError } from '../session/api.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { keep, readKept } from './kept.ts'
import { KeyCap } from './key-cap.tsx'
import type { Call } from './use-call.ts'
import type { Steps } from './use-steps.ts'

export function StepForm({
  call: { job, definition },
  event,
  steps,
  close,
}: {
  call: Call
  event: Allowed
  steps: Steps
  close(sent: boolean): void
}): ReactElement {
  const { t } = useTranslation()
  const place = useRef<HTMLFieldSetElement>(null)
  const form = useMemo(() => formOf(event.payload), [event.payload])
  const fields = definition?.schemas.context.properties ?? {}
  const [typed, setTyped] = useState<TypedFields>(() => ({
    ...typedDefaults(form, knownTo(form, job.fields, fields)),
    ...readable(form, readKept(job.id, event.type)),
  }))
  const put = (next: TypedFields): void => {
    setTyped(next)
    keep(job.id, event.type, next)
  }
  useEffect(() => {
    place.current?.querySelector<HTMLElement>('input, textarea')?.focus()
  }, [])
  const error = steps.failed?.type === event.type ? steps.failed.error : undefined
  const keys = (pressed: KeyboardEvent<HTMLElement>): void => {
    if (pressed.nativeEvent.isComposing) return
    if (pressed.key === 'Enter' && (pressed.ctrlKey || pressed.metaKey)) {
      pressed.preventDefault()
      place.current?.querySelector('form')?.requestSubmit()
    } else if (pressed.key === 'Escape' && !pressed.defaultPrevented) {
      // A list that is open closes first.
      const inList =
        pressed.target instanceof Element && pressed.target.getAttribute('aria-expanded') === 'true'
      if (!inList) close(false)
    }
  }
  return (
    <fieldset className="call-form" ref={place} onKeyDown={keys}>
      <PayloadForm
        form={form}
        typed={typed}
        put={put}
        reasons={error instanceof ApiError ? error.reasons : []}
        submit={(payload) => {
          const isEmpty = Object.keys(payload).length === 0
          void steps.send(isEmpty ? { type: event.type } : { type: event.type, payload }).then((outcome) => {
            if (outcome === undefined) return
            keep(job.id, event.type, {})
            close(true)
          })
        }}
      >
        {error === undefined ? null : <ProblemNotice error={error} />}
        <Group gap="sm">
          <Button
            type="submit"
            size="sm"
            loading={steps.sending === event.type}
            aria-keyshortcuts="Control+Enter"
          >
            {t('call.send')}
          </Button>
          <Button size="sm" variant="default" onClick={() => close(false)}>
            {t('call.leave')}
          </Button>
          <span className="call-hint" aria-hidden="true">
            <KeyCap name={t('call.sendKeys')} />
          </span>
        </Group>
      </PayloadForm>
    </fieldset>
  )
}

/** Of what was kept, what the form still has. */
function readable({ inputs }: Form, kept: Readonly<Record<string, unknown>>): TypedFields {
  return Object.fromEntries(
    inputs.flatMap(({ name }) => {
      const value = kept[name]
      return isTyped(value) ? [[name, value] as const] : []
    }),
  )
}
function isTyped(value: unknown): value is Typed {
  if (typeof value === 'string' || typeof value === 'boolean') return true
  if (Array.isArray(value)) return value.every(isTyped)
  return typeof value === 'object' && value !== null && Object.values(value).every(isTyped)
}
