/** Why nothing was done, in the reader's words. */
import { Alert, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import type { Against } from './scene.ts'

export function AgainstNotice({ against }: { against: Against | undefined }): ReactElement | null {
  const { t } = useTranslation()
  const { say } = useSpeech()
  if (against === undefined) return null
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<Icon name="alert" />}
      title={t(against.noRoom ? 'work.noRoom' : 'work.notDone')}
    >
      {against.noRoom ? <Text size="sm">{t('work.noRoomLead')}</Text> : null}
      {against.reasons.map((reason) => (
        <Text
          size="sm"
          key={`${reason.code} ${reason.pointer ?? ''} ${reason.item ?? ''} ${reason.message.en}`}
        >
          {say(reason.message)}
        </Text>
      ))}
    </Alert>
  )
}
