/**
 * The customer file, filled while the caller speaks.
 *
 * Promises: Enter records it from any entry; whether it has reached the server is told.
 */
import { Button, Group, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, type RefObject, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { KeyCap } from './key-cap.tsx'
import type { CustomerFile } from './use-file.ts'

export function FilePart({
  file,
  needed,
  canRecord,
  place,
  isFixed,
  leave,
}: {
  file: CustomerFile
  /** Entries without which the file is not whole (GN-09). */
  needed: readonly string[]
  canRecord: boolean
  place: RefObject<HTMLFormElement | null>
  /** There is nothing to fill in: it is another's call, or over. */
  isFixed: boolean
  leave(): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const id = useId()
  const submit = (submitted: FormEvent): void => {
    submitted.preventDefault()
    const missing = file.entries.find(
      ({ name, value, wrong }) => wrong !== undefined || (needed.includes(name) && value.trim() === ''),
    )
    if (missing !== undefined) focusEntry(place.current, missing.name)
    else if (canRecord)
      void file.record().then((done) => {
        if (done) leave()
      })
  }
  return (
    <form
      onSubmit={submit}
      ref={place}
      noValidate
      aria-labelledby={id}
      className="call-file"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.nativeEvent.isComposing) leave()
      }}
    >
      <Group justify="space-between" gap="sm" mb="sm">
        <Text component="h2" fw={650} fz="h5" id={id}>
          {t('call.file')} <KeyCap name="C" />
        </Text>
        <FileState file={file} canRecord={canRecord} />
      </Group>
      <div className="call-file-grid">
        {file.entries.map(({ name, field, value, wrong }) => (
          <TextInput
            key={name}
            name={name}
            label={say(field.meta?.title, name)}
            size="sm"
            value={value}
            readOnly={isFixed}
            withAsterisk={needed.includes(name)}
            type={field.format === 'email' ? 'email' : name === 'customerPhone' ? 'tel' : 'text'}
            autoComplete="off"
            maxLength={field.maxLength}
            data-wide={(field.maxLength ?? 0) > 120}
            {...(wrong === undefined ? {} : { error: say(wrong) })}
            onChange={(event) => file.put(name, event.currentTarget.value)}
            onBlur={() => (value.trim() === '' ? file.restore(name) : undefined)}
          />
        ))}
      </div>
      {file.error === undefined ? null : <ProblemNotice error={file.error} />}
      {isFixed ? null : (
        <Group mt="sm" gap="sm">
          <Button type="submit" size="sm" variant="light" disabled={!canRecord}>
            {t('call.record')}
          </Button>
          <Text size="xs" c="dimmed">
            {canRecord ? t('call.recordHint') : t('call.recordLater')}
          </Text>
        </Group>
      )}
    </form>
  )
}

function FileState({ file, canRecord }: { file: CustomerFile; canRecord: boolean }): ReactElement {
  const { t } = useTranslation()
  const { state, values } = file
  const isEmpty = state === 'same' && Object.values(values).every((value) => value === '')
  const word = state === 'kept' ? (canRecord ? 'typing' : 'kept') : state
  return (
    <Text size="xs" c="dimmed" role="status" data-file={state} className="call-file-state">
      {isEmpty ? null : (
        <>
          {word === 'same' ? <Icon name="check" size={14} /> : null}
          {t(`call.fileState.${word}`)}
        </>
      )}
    </Text>
  )
}

export function focusEntry(form: HTMLFormElement | null, name?: string): void {
  const inputs = [...(form?.querySelectorAll('input') ?? [])]
  const found =
    name === undefined
      ? (inputs.find(({ value }) => value === '') ?? inputs[0])
      : inputs.find((input) => input.name === name)
  found?.focus()
}
