/**
 * What the designer tells above the drawing: what is refused, what others changed, what a change has undone.
 *
 * Promises: nothing here is told by colour alone, and nothing covers the drawing.
 */
import { Alert, Button, Group, Text } from '@mantine/core'
import { type ReactElement, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Command } from '../document/command-stack.ts'
import type { Document } from '../document/document.ts'
import { mergeDocuments } from '../document/merge.ts'
import { words } from '../document/problem.ts'
import { useNameOf } from '../session/people.ts'
import type { Merged } from '../session/session-view.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ChangesView } from './changes-view.tsx'
import { useDesign } from './design-api.ts'

export function Message({
  text,
  close,
  children,
}: {
  text: string
  close?: () => void
  /** What can be done about it. */
  children?: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Alert
      role="status"
      radius={0}
      py={6}
      color="yellow"
      variant="light"
      withCloseButton={close !== undefined}
      closeButtonLabel={t('design.dismiss')}
      {...(close === undefined ? {} : { onClose: close })}
    >
      <Group gap="sm">
        <Text size="sm" className="fc-wrap">
          {text}
        </Text>
        {children}
      </Group>
    </Alert>
  )
}

/** Others' changes came in: whose, and what they are; they can be taken out, as a step of one's own. */
export function MergedMessage({ merged }: { merged: Merged }): ReactElement | null {
  const { t } = useTranslation()
  const { execute, readOnly } = useDesign()
  const nameOf = useNameOf()
  const [isOpen, setOpen] = useState(true)
  const [isShown, setShown] = useState(false)
  if (merged.times === 0 || !isOpen) return null
  const who = merged.by === undefined ? t('design.someone') : nameOf(merged.by)
  const { before, after } = merged
  return (
    <Message text={t('design.mergedBy', { who })} close={() => setOpen(false)}>
      {before === undefined || after === undefined ? null : (
        <Button size="compact-xs" variant="default" onClick={() => setShown(true)}>
          {t('design.mergedLook')}
        </Button>
      )}
      {isShown && before !== undefined && after !== undefined ? (
        <Dialog
          close={() => setShown(false)}
          size="wide"
          title={t('design.mergedTitle', { who })}
          closeLabel={t('design.publish.close')}
        >
          <ChangesView before={before.definition} after={after.definition} />
          {readOnly ? null : (
            <Group justify="flex-end">
              <Button
                variant="default"
                onClick={() => {
                  if (execute(takeOut(before, after))) setOpen(false)
                }}
              >
                {t('design.mergedOut')}
              </Button>
            </Group>
          )}
        </Dialog>
      ) : null}
    </Message>
  )
}

/** What they changed, undone; what was changed since in the same places stays. */
function takeOut(before: Document, after: Document): Command {
  return {
    name: 'merge.takeOut',
    title: words('Take out what others changed', '去除他人的修改'),
    do: (document) => mergeDocuments(after, document, before).document,
  }
}
