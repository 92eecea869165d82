/**
 * Sends one open event, with the simple part of its payload typed in.
 *
 * Promises: one press sends one event: a retry carries the same idempotency key, and `If-Match` bars what was
 * overtaken by another's event.
 */
import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  Select,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Allowed } from '../../machines/advance/job.ts'
import type { Field } from '../../machines/definition/schema.ts'
import { api } from '../session/api.ts'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { formOf, type Input, payloadOf, type Typed, typedDefaults } from './payload.ts'

/** Texts that may be longer than this get several lines. */
const ONE_LINE = 120

export function EventForm({
  job,
  seq,
  event,
  close,
}: {
  job: string
  seq: number
  event: Allowed
  close(sent: boolean): void
}): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const form = formOf(event.payload)
  const [typed, setTyped] = useState<Typed>(() => typedDefaults(form))
  const keyFor = useRequestKey()
  const send = useMutation({
    mutationFn: () => {
      const payload = payloadOf(form, typed)
      const body = Object.keys(payload).length === 0 ? { type: event.type } : { type: event.type, payload }
      return api.sendEvent(job, body, seq, keyFor(JSON.stringify([seq, body])))
    },
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['job', job] }),
        client.invalidateQueries({ queryKey: ['jobs'] }),
      ])
      close(true)
    },
    onError: () => client.invalidateQueries({ queryKey: ['job', job] }),
  })
  const submit = (submitted: FormEvent): void => {
    submitted.preventDefault()
    send.mutate()
  }
  if (!form.complete) return <Text size="sm">{t('job.complex')}</Text>
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" mt="xs">
        {form.inputs.map((input) => (
          <PayloadInput
            key={input.name}
            input={input}
            value={typed[input.name]}
            put={(value) => setTyped((before) => ({ ...before, [input.name]: value }))}
          />
        ))}
        {send.isError ? <ProblemNotice error={send.error} /> : null}
        <Group gap="sm">
          <Button type="submit" size="sm" loading={send.isPending}>
            {t('job.send')}
          </Button>
          <Button size="sm" variant="default" onClick={() => close(false)}>
            {t('job.cancelSend')}
          </Button>
        </Group>
      </Stack>
    </form>
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
/** `crypto.randomUUID` is there only over HTTPS or on the own machine. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )

type Put = (value: Typed[string]) => void

function PayloadInput({
  input,
  value,
  put,
}: {
  input: Input
  value: Typed[string] | undefined
  put: Put
}): ReactElement {
  const { say } = useSpeech()
  const { name, field, required } = input
  const label = say(field.meta?.title, name)
  const description = say(field.meta?.description)
  const common = { label, size: 'sm', ...(description === '' ? {} : { description }) } as const
  if (field.type === 'boolean')
    return (
      <Checkbox {...common} checked={value === true} onChange={(event) => put(event.currentTarget.checked)} />
    )
  if (field.type === 'array') return <ListInput field={field} common={common} value={value} put={put} />
  const text = typeof value === 'string' ? value : ''
  if (field.enum !== undefined)
    return (
      <Select
        {...common}
        required={required}
        value={text === '' ? null : text}
        onChange={(chosen) => put(chosen ?? '')}
        data={field.enum.map((each) => ({ value: each, label: say(field.meta?.options?.[each], each) }))}
      />
    )
  const typing = {
    ...common,
    required,
    name,
    value: text,
    onChange: (event: { currentTarget: { value: string } }) => put(event.currentTarget.value),
  }
  const long = field.type === 'string' && field.format === undefined && (field.maxLength ?? 0) > ONE_LINE
  if (long) return <Textarea {...typing} autosize minRows={2} />
  return <TextInput {...typing} {...typeOf(field)} />
}

function typeOf(field: Field): { type: string; step?: string } {
  if (field.type === 'integer') return { type: 'number', step: '1' }
  if (field.type === 'number') return { type: 'number', step: 'any' }
  if (field.format === 'date-time') return { type: 'datetime-local' }
  if (field.format === 'date') return { type: 'date' }
  if (field.format === 'email') return { type: 'email' }
  return { type: 'text' }
}

function ListInput({
  field,
  common,
  value,
  put,
}: {
  field: Field
  common: { label: string; size: 'sm'; description?: string }
  value: Typed[string] | undefined
  put: Put
}): ReactElement {
  const { say } = useSpeech()
  const chosen = Array.isArray(value) ? value : []
  const { items } = field
  if (items?.enum !== undefined)
    return (
      <MultiSelect
        {...common}
        value={chosen}
        onChange={put}
        data={items.enum.map((each) => ({ value: each, label: say(items.meta?.options?.[each], each) }))}
      />
    )
  return <TagsInput {...common} value={chosen} onChange={put} />
}
