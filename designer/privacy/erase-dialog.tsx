/** Asks once more before what cannot be undone. */
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNotice } from '../shell/notices.tsx'

export function EraseDialog({
  count,
  open,
  erase,
  isErasing,
  error,
  close,
}: {
  /** Jobs that would be erased, and those that are left because they go on. */
  count: number
  open: number
  erase(): void
  isErasing: boolean
  error: unknown
  close(): void
}): ReactElement {
  const { t } = useTranslation()
  const [isSure, setSure] = useState(false)
  return (
    <Dialog
      size="md"
      title={t('privacy.sureTitle', { count })}
      closeLabel={t('privacy.cancel')}
      close={() => (isErasing ? undefined : close())}
    >
      <Stack gap="sm">
        <Text size="sm">{t('privacy.sureLead')}</Text>
        <Text size="sm">{t('privacy.sureBackups')}</Text>
        {open === 0 ? null : <Text size="sm">{t('privacy.sureOpen', { count: open })}</Text>}
        <Checkbox
          checked={isSure}
          onChange={(event) => setSure(event.currentTarget.checked)}
          label={t('privacy.sure')}
        />
        {error === null || error === undefined ? null : <ProblemNotice error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close} disabled={isErasing}>
            {t('privacy.cancel')}
          </Button>
          <Button color="red" disabled={!isSure} loading={isErasing} onClick={erase}>
            {t('privacy.erase', { count })}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
