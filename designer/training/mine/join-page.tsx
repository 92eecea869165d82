/** `/training/join`: the address that a trainer writes on the board. */
import { Stack } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { TrainingPage } from '../desk/training-page.tsx'
import { JoinSession } from './join-session.tsx'

export default function JoinPage(): ReactElement {
  const { t } = useTranslation()
  return (
    <TrainingPage title={t('trainer.join.title')}>
      <Stack className="fc-panel" p="lg" maw={480}>
        <JoinSession takesFocus />
      </Stack>
    </TrainingPage>
  )
}
