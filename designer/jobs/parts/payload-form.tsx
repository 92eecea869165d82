/**
 * An event's payload as a form.
 *
 * Promises: what is typed belongs to whoever shows the form, so that it outlives this; a form that is not whole is
 * not handed on, and the first place that wants something gets the focus.
 * Must not: send; know a job or a page.
 */
import { Stack, Text } from '@mantine/core'
import { type FormEvent, type ReactElement, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reason } from '../../../machines/advance/job.ts'
import { type Fault, type Form, faultsOf, payloadOf, type TypedFields } from '../payload.ts'
import { useFirstFocus } from './first-focus.ts'
import { type FormSize, PayloadInput } from './payload-input.tsx'

export function PayloadForm({
  form,
  typed,
  put,
  submit,
  reasons = [],
  size = 'sm',
  takesFocus = false,
  children,
}: {
  form: Form
  typed: TypedFields
  put(typed: TypedFields): void
  /** Called with a payload that is whole as far as can be told here. */
  submit(payload: Record<string, unknown>): void
  /** What the server had against the last one; those with a pointer stand at their inputs. */
  reasons?: readonly Reason[]
  size?: FormSize
  /** The keyboard goes to the first input when the form opens. */
  takesFocus?: boolean
  /** The buttons, one of them of type submit. */
  children: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  const [tries, setTries] = useState(0)
  const place = useFirstFocus<HTMLFormElement>(takesFocus)
  const own = tries === 0 ? [] : faultsOf(form, typed)
  const faults: Fault[] = [...own, ...reasons.flatMap(faultOf)]
  useEffect(() => {
    if (tries === 0) return
    const wrong = place.current?.querySelector('[aria-invalid="true"], [data-error="true"] input')
    if (wrong instanceof HTMLElement) wrong.focus()
  }, [tries, place])
  const hand = (submitted: FormEvent): void => {
    submitted.preventDefault()
    if (faultsOf(form, typed).length > 0) setTries((before) => before + 1)
    else submit(payloadOf(form, typed))
  }
  if (!form.complete) return <Text size="sm">{t('job.complex')}</Text>
  return (
    <form onSubmit={hand} noValidate ref={place}>
      <Stack gap="sm">
        {form.inputs.map((input) => (
          <PayloadInput
            key={input.name}
            input={input}
            value={typed[input.name]}
            put={(value) => put({ ...typed, [input.name]: value })}
            faults={faults}
            size={size}
          />
        ))}
        {children}
      </Stack>
    </form>
  )
}

const faultOf = ({ pointer, message }: Reason): Fault[] =>
  pointer === undefined ? [] : [{ pointer, message }]
