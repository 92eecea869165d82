/**
 * A photo taken or chosen, as it will be sent.
 *
 * Promises: on a telephone the camera opens at once where `camera` says so; a photo that was chosen stays until
 * another is, whatever happens to the job.
 * Must not: send.
 */
import { Alert, Button, Group, Image, Loader, Stack, Text } from '@mantine/core'
import { type ReactElement, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../shell/icons.tsx'
import { useSpeech } from '../../text/use-language.ts'
import type { FormSize } from './payload-input.tsx'
import { MOST_BYTES, shrink } from './shrink.ts'

const megabytes = (bytes: number): number => Math.max(0.1, Math.round(bytes / 104_857.6) / 10)

export function PhotoField({
  file,
  put,
  camera = false,
  size = 'sm',
}: {
  file: Blob | undefined
  put(file: Blob | undefined): void
  /** Open the camera rather than the album. */
  camera?: boolean
  size?: FormSize
}): ReactElement {
  const { t } = useTranslation()
  const { number } = useSpeech()
  const input = useRef<HTMLInputElement>(null)
  const hint = useId()
  const [isWorking, setWorking] = useState(false)
  const [wrong, setWrong] = useState<{ why: 'unreadable' | 'large'; size: number }>()
  const take = async (chosen: File): Promise<void> => {
    setWorking(true)
    setWrong(undefined)
    const made = await shrink(chosen)
    setWorking(false)
    if (made.ok) put(made.file)
    else setWrong({ why: made.why, size: chosen.size })
  }
  return (
    <Stack gap="xs">
      <input
        ref={input}
        type="file"
        accept="image/*"
        aria-label={t('jobForm.photo.label')}
        hidden
        {...(camera ? { capture: 'environment' as const } : {})}
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? []
          // The same file chosen again is a choice too.
          event.currentTarget.value = ''
          if (chosen !== undefined) void take(chosen)
        }}
      />
      {file === undefined ? null : <Preview file={file} />}
      <Group gap="xs">
        <Button
          size={size}
          variant={file === undefined ? 'filled' : 'default'}
          leftSection={
            isWorking ? <Loader size={14} color="currentColor" /> : <Icon name="camera" size={18} />
          }
          aria-describedby={hint}
          disabled={isWorking}
          onClick={() => input.current?.click()}
        >
          {t(file === undefined ? 'jobForm.photo.take' : 'jobForm.photo.again')}
        </Button>
        {file === undefined ? null : (
          <Button size={size} variant="subtle" color="gray" onClick={() => put(undefined)}>
            {t('jobForm.photo.remove')}
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed" id={hint} role="status">
        {isWorking
          ? t('jobForm.photo.working')
          : file === undefined
            ? t('jobForm.photo.hint')
            : t('jobForm.photo.size', { size: number(megabytes(file.size)) })}
      </Text>
      {wrong === undefined ? null : (
        <Alert color="red" variant="light" role="alert" icon={<Icon name="alert" />}>
          {wrong.why === 'large' && wrong.size > MOST_BYTES
            ? t('jobForm.photo.large', { size: number(megabytes(wrong.size)) })
            : t('jobForm.photo.unreadable')}
        </Alert>
      )}
    </Stack>
  )
}

function Preview({ file }: { file: Blob }): ReactElement | null {
  const { t } = useTranslation()
  const address = useAddressOf(file)
  if (address === undefined) return null
  return (
    <Image
      src={address}
      alt={t('jobForm.photo.preview')}
      mah={220}
      w="auto"
      maw="100%"
      fit="contain"
      radius="sm"
      style={{ alignSelf: 'flex-start' }}
    />
  )
}

/** An address that the page can show a file by, for as long as it does. */
export function useAddressOf(file: Blob): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(file)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return address
}
