/**
 * Before a process is taken out of use: what that means, for running jobs above all.
 */
import { Button, Group, List, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../session/api.ts'
import { useProcesses } from '../session/queries.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNotice } from '../shell/notices.tsx'

export function ArchiveDialog({
  process,
  title,
  close,
}: {
  process: string
  title: string
  close(): void
}): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const running = useProcesses().data?.processes.find(({ id }) => id === process)?.jobs.active ?? 0
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const archive = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await api.archive(process, true)
      await client.invalidateQueries({ queryKey: ['processes'] })
      close()
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }
  return (
    <Dialog
      close={close}
      size="md"
      title={t('page.archive.title', { title })}
      closeLabel={t('page.archive.cancel')}
    >
      <Stack>
        <List spacing="xs">
          <List.Item>{t('page.archive.noNew')}</List.Item>
          <List.Item fw={running > 0 ? 600 : 400}>
            {running > 0 ? t('page.archive.running', { count: running }) : t('page.archive.runningNone')}
          </List.Item>
          <List.Item>{t('page.archive.kept')}</List.Item>
          <List.Item>{t('page.archive.hidden')}</List.Item>
        </List>
        {error === undefined ? null : <ProblemNotice error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {t('page.archive.cancel')}
          </Button>
          <Button color="red.9" loading={isBusy} onClick={() => void archive()}>
            {t('page.archive.go')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
