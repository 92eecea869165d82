/** Takes a name away; with all that uses it only on the second word. */
import { Button, Stack, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'

export function Removal({
  uses,
  what,
  remove,
}: {
  uses: number
  what: string
  remove(withUses: boolean): void
}): ReactElement {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(false)
  const sure = uses === 0 || asked
  return (
    <Stack gap={4} align="start">
      {asked ? <Text size="xs">{t('panel.stillUsed', { what, count: uses })}</Text> : null}
      <Button
        size="compact-xs"
        color="red"
        variant={asked ? 'filled' : 'subtle'}
        onClick={() => (sure ? remove(uses > 0) : setAsked(true))}
      >
        {asked ? t('panel.removeAnyway') : t('edit.delete')}
      </Button>
    </Stack>
  )
}
