/**
 * Asks before the page is left while something would be lost or a clock runs on.
 *
 * Promises: links ask in words of this page; closing the window asks in the browser's own.
 */
import { Button, Group, Text } from '@mantine/core'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Dialog } from '../../shell/dialog.tsx'

export function Leaving({ asks, lead }: { asks: boolean; lead: string }): ReactElement | null {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [to, setTo] = useState<string>()
  useEffect(() => {
    if (!asks) return undefined
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    const follow = (event: MouseEvent): void => {
      const { target, defaultPrevented, button, ctrlKey, metaKey, shiftKey, altKey } = event
      const link = target instanceof Element ? target.closest('a[href]') : null
      if (defaultPrevented || button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return
      if (!(link instanceof HTMLAnchorElement) || link.target === '_blank') return
      const { origin, pathname, search } = new URL(link.href)
      if (origin !== window.location.origin || pathname === window.location.pathname) return
      event.preventDefault()
      event.stopPropagation()
      setTo(pathname + search)
    }
    window.addEventListener('beforeunload', ask)
    document.addEventListener('click', follow, { capture: true })
    return () => {
      window.removeEventListener('beforeunload', ask)
      document.removeEventListener('click', follow, { capture: true })
    }
  }, [asks])
  if (to === undefined) return null
  const stay = (): void => setTo(undefined)
  return (
    <Dialog title={t('training.leave.title')} closeLabel={t('training.close')} close={stay} size="md">
      <Text size="sm">{lead}</Text>
      <Group gap="sm">
        <Button onClick={stay} data-autofocus>
          {t('training.leave.stay')}
        </Button>
        <Button variant="default" onClick={() => void navigate(to)}>
          {t('training.leave.go')}
        </Button>
      </Group>
    </Dialog>
  )
}
