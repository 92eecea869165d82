/**
 * Where saving stands, always in words.
 */
import { Button, Group, Text, Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../session/api.ts'
import type { SaveState, SessionView } from '../session/session-view.ts'
import { Icon, type IconName } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'

const SIGNS: Record<SaveState, IconName> = {
  saved: 'check',
  unsaved: 'clock',
  saving: 'clock',
  offline: 'alert',
  refused: 'alert',
  stale: 'alert',
}

export function SaveSign({ view, decide }: { view: SessionView; decide(): void }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { save, error } = view
  const said = t(`design.save.${save}`)
  if (save === 'stale')
    return (
      <Button color="red.9" size="xs" leftSection={<Icon name="alert" size={14} />} onClick={decide}>
        {said}
      </Button>
    )
  const why = error instanceof ApiError ? say(error.detail ?? error.title, error.code) : ''
  const sign = (
    <Group
      gap={6}
      wrap="nowrap"
      role="status"
      c={save === 'refused' ? 'var(--mantine-color-error)' : 'dimmed'}
    >
      <Icon name={SIGNS[save]} size={16} />
      <Text size="sm" inherit className="fc-nowrap">
        {said}
      </Text>
    </Group>
  )
  return save === 'refused' && why !== '' ? <Tooltip label={why}>{sign}</Tooltip> : sign
}
