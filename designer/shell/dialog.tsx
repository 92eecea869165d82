/**
 * A window over the page: named by its heading, left by its button, by Escape or by a click beside it.
 *
 * Promises: no banner landmark of its own, so that a page keeps one.
 */
import { CloseButton, Group, Modal, Stack, Title } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

export function Dialog({
  title,
  closeLabel,
  close,
  size = 'xl',
  children,
}: {
  title: string
  closeLabel: string
  close(): void
  /** `wide`: holds a drawing. */
  size?: 'md' | 'xl' | 'wide'
  children: ReactNode
}): ReactElement {
  return (
    <Modal.Root opened onClose={close} size={size === 'wide' ? 'min(96vw, 1440px)' : size}>
      <Modal.Overlay />
      <Modal.Content aria-label={title}>
        <Modal.Body p="md">
          <Stack>
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <Title order={2} size="h4" className="fc-wrap">
                {title}
              </Title>
              <CloseButton aria-label={closeLabel} onClick={close} />
            </Group>
            {children}
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
