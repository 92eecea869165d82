/**
 * Beginning an attempt: practice at once, an examination after it was said what that means.
 *
 * Promises: one press begins one attempt; a refusal is said where the button is.
 */
import { Button, Group, List, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { StartAttempt } from '../../../machines/wire/training.ts'
import { Dialog } from '../../shell/dialog.tsx'
import { ProblemNotice } from '../../shell/notices.tsx'
import { startAttempt } from '../session/attempt-api.ts'

export function StartButton({
  body,
  title,
  label,
  variant = 'filled',
}: {
  body: StartAttempt
  /** Of the scenario. */
  title: string
  label: string
  variant?: string
}): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const start = useMutation({
    mutationFn: () => startAttempt(body),
    onSuccess: ({ id }) => navigate(`/training/attempts/${encodeURIComponent(id)}`),
  })
  const begin = (): void => {
    if (!start.isPending && !start.isSuccess) start.mutate()
  }
  return (
    <>
      <Button
        variant={variant}
        size="sm"
        loading={start.isPending}
        aria-label={t('trainer.mine.startNamed', { what: label, title })}
        onClick={() => {
          if (body.mode === 'practice') begin()
          else setAsking(true)
        }}
      >
        {label}
      </Button>
      {asking || start.isError ? (
        <Dialog
          title={title}
          closeLabel={t('trainer.cancel')}
          size="md"
          close={() => {
            setAsking(false)
            start.reset()
          }}
        >
          {body.mode === 'examination' ? (
            <Stack gap="xs">
              <Text>{t('trainer.mine.examLead')}</Text>
              <List size="sm" spacing={4}>
                {(['hidden', 'once', 'end', 'server'] as const).map((key) => (
                  <List.Item key={key}>{t(`trainer.mine.exam.${key}`)}</List.Item>
                ))}
              </List>
            </Stack>
          ) : null}
          {start.isError ? <ProblemNotice error={start.error} /> : null}
          <Group>
            <Button data-autofocus loading={start.isPending} onClick={begin}>
              {t(body.mode === 'examination' ? 'trainer.mine.beginExam' : 'trainer.mine.practise')}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                setAsking(false)
                start.reset()
              }}
            >
              {t('trainer.cancel')}
            </Button>
          </Group>
        </Dialog>
      ) : null}
    </>
  )
}
