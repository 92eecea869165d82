/** Opening a live session from a scenario: in which mode, then on to the page where the trainer watches. */
import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { AttemptMode } from '../../../machines/wire/training.ts'
import { Dialog } from '../../shell/dialog.tsx'
import { ProblemNotice } from '../../shell/notices.tsx'
import { openSession } from './training-api.ts'

export const MODES = ['practice', 'examination'] as const satisfies readonly AttemptMode[]

export function OpenSession({
  scenario,
  title,
  close,
}: {
  scenario: string
  title: string
  close(): void
}): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [mode, setMode] = useState<AttemptMode>('practice')
  const open = useMutation({
    mutationFn: () => openSession({ scenario, mode }),
    onSuccess: ({ code }) => navigate(`/training/sessions/${encodeURIComponent(code)}`),
  })
  return (
    <Dialog
      title={t('trainer.session.openTitle', { title })}
      closeLabel={t('trainer.cancel')}
      size="md"
      close={close}
    >
      <Text size="sm">{t('trainer.session.openLead')}</Text>
      <Radio.Group
        label={t('trainer.modeLabel')}
        value={mode}
        onChange={(value) => setMode(MODES.find((each) => each === value) ?? 'practice')}
      >
        <Stack gap="xs" mt="xs">
          {MODES.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`trainer.mode.${value}`)}
              description={t(`trainer.modeHelp.${value}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {open.isError ? <ProblemNotice error={open.error} /> : null}
      <Group>
        <Button
          loading={open.isPending}
          onClick={() => {
            if (!open.isPending && !open.isSuccess) open.mutate()
          }}
        >
          {t('trainer.session.open')}
        </Button>
        <Button variant="default" onClick={close}>
          {t('trainer.cancel')}
        </Button>
      </Group>
    </Dialog>
  )
}
