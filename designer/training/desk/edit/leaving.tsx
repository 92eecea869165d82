/**
 * Asks before the page is left with something unsaved: by closing it, by loading it anew, or by a link on it.
 *
 * Promises: leaving loses nothing even then; what is unsaved is kept in this browser.
 */
import { Button, Group, Text } from '@mantine/core'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Dialog } from '../../../shell/dialog.tsx'

export function AskLeaving({ isDirty }: { isDirty: boolean }): ReactElement | null {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [wanted, setWanted] = useState<string>()
  useEffect(() => {
    if (!isDirty) return undefined
    const unload = (event: BeforeUnloadEvent): void => event.preventDefault()
    const click = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey
      if (!(link instanceof HTMLAnchorElement) || !isPlain || link.target === '_blank') return
      const here = link.pathname === window.location.pathname
      if (link.origin !== window.location.origin || here || link.hasAttribute('download')) return
      event.preventDefault()
      event.stopPropagation()
      setWanted(link.pathname + link.search)
    }
    window.addEventListener('beforeunload', unload)
    document.addEventListener('click', click, true)
    return () => {
      window.removeEventListener('beforeunload', unload)
      document.removeEventListener('click', click, true)
    }
  }, [isDirty])
  if (wanted === undefined) return null
  return (
    <Dialog
      title={t('trainer.leave.title')}
      closeLabel={t('trainer.cancel')}
      size="md"
      close={() => setWanted(undefined)}
    >
      <Text>{t('trainer.leave.lead')}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => void navigate(wanted)}>
          {t('trainer.leave.leave')}
        </Button>
        <Button data-autofocus onClick={() => setWanted(undefined)}>
          {t('trainer.leave.stay')}
        </Button>
      </Group>
    </Dialog>
  )
}
