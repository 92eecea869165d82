/** A sheet over the whole telephone: one thing to be filled in, its way out always within reach. */
import { Modal } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export function Sheet({
  title,
  close,
  children,
}: {
  title: string
  close(): void
  children: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      fullScreen
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('work.close'), size: 44, iconSize: 22 }}
      classNames={{ title: 'work-sheet-title', body: 'work-sheet' }}
    >
      {children}
    </Modal>
  )
}
