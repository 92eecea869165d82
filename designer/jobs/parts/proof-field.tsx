/**
 * The evidence that a checklist item wants: a note, a number, a photo, a signature, a serial number.
 *
 * Must not: send, or know a job.
 */
import { Textarea, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormSize } from './payload-input.tsx'
import { PhotoField } from './photo-field.tsx'
import type { Proof } from './proof.ts'
import { SignaturePad } from './signature-pad.tsx'

export function ProofField({
  proof,
  put,
  camera = false,
  size = 'sm',
}: {
  proof: Proof
  put(proof: Proof): void
  /** Open the camera rather than the album. */
  camera?: boolean
  size?: FormSize
}): ReactElement {
  const { t } = useTranslation()
  switch (proof.kind) {
    case 'photo':
      return (
        <PhotoField
          file={proof.file}
          camera={camera}
          size={size}
          put={(file) => put(file === undefined ? { kind: 'photo' } : { kind: 'photo', file })}
        />
      )
    case 'signature':
      return (
        <SignaturePad signed={proof} size={size} put={(signed) => put({ kind: 'signature', ...signed })} />
      )
    case 'number':
      return (
        <TextInput
          label={t('jobForm.number')}
          withAsterisk
          size={size}
          type="number"
          step="any"
          inputMode="decimal"
          value={proof.number}
          onChange={(event) => put({ ...proof, number: event.currentTarget.value })}
        />
      )
    case 'serial':
      return (
        <TextInput
          label={t('jobForm.serial')}
          description={t('jobForm.serialHint')}
          withAsterisk
          size={size}
          maxLength={2000}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          value={proof.text}
          onChange={(event) => put({ ...proof, text: event.currentTarget.value })}
        />
      )
    case 'text':
      return (
        <Textarea
          label={t('jobForm.text')}
          withAsterisk
          size={size}
          autosize
          minRows={2}
          maxLength={2000}
          value={proof.text}
          onChange={(event) => put({ ...proof, text: event.currentTarget.value })}
        />
      )
  }
}
