/**
 * A new process: blank, a copy of one that was published, or from a file.
 */
import { SegmentedControl, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { ProcessSummary } from '../../machines/wire/processes.ts'
import { Dialog } from '../shell/dialog.tsx'
import { FreshProcess } from './fresh-process.tsx'
import { ImportProcess } from './import-process.tsx'

export default function NewProcess({
  processes,
  file,
  close,
}: {
  processes: readonly ProcessSummary[]
  /** One that was dropped on the page. */
  file?: File | undefined
  close(): void
}): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [way, setWay] = useState<'fresh' | 'fromFile'>(file === undefined ? 'fresh' : 'fromFile')
  const open = async (id: string): Promise<void> => {
    await client.invalidateQueries({ queryKey: ['processes'] })
    await navigate(`/processes/${encodeURIComponent(id)}/design`)
  }
  const taken = processes.map(({ id }) => id)
  return (
    <Dialog
      close={close}
      size={way === 'fresh' ? 'md' : 'xl'}
      title={t('design.create.title')}
      closeLabel={t('design.publish.close')}
    >
      <Stack>
        <SegmentedControl
          aria-label={t('page.imports.kind')}
          value={way}
          onChange={(value) => setWay(value === 'fromFile' ? 'fromFile' : 'fresh')}
          data={(['fresh', 'fromFile'] as const).map((value) => ({
            value,
            label: t(`page.imports.${value}`),
          }))}
        />
        {way === 'fresh' ? (
          <FreshProcess processes={processes} taken={taken} created={open} />
        ) : (
          <ImportProcess file={file} taken={taken} created={open} />
        )}
      </Stack>
    </Dialog>
  )
}
