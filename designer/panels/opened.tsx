/** More of an entry, shown when it is asked for. */
import { Anchor, Stack } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export function Opened({
  what,
  open,
  toggle,
  children,
}: {
  what: string
  open: boolean
  toggle(open: boolean): void
  children: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Stack gap="xs">
      <Anchor
        component="button"
        type="button"
        size="xs"
        ta="start"
        aria-expanded={open}
        aria-label={t(open ? 'panel.lessOf' : 'panel.moreOf', { what })}
        onClick={() => toggle(!open)}
      >
        {t(open ? 'panel.less' : 'panel.more')}
      </Anchor>
      {open ? children : null}
    </Stack>
  )
}
