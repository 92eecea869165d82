/** Whose data is meant, and why it is asked for. */
import { Button, Group, SimpleGrid, Stack, Textarea, TextInput, Title } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportPersonal } from '../../machines/wire/privacy.ts'

/** As the server takes them. */
const [MOST_VALUES, MOST_JOBS, SHORTEST] = [10, 500, 2]

const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
]

export function RequestForm({
  look,
  isLooking,
}: {
  look(asked: ExportPersonal): void
  isLooking: boolean
}): ReactElement {
  const { t } = useTranslation()
  const [values, setValues] = useState('')
  const [jobs, setJobs] = useState('')
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const [named, listed] = [linesOf(values), linesOf(jobs)]
  const tooShort = named.some((value) => value.length < SHORTEST)
  const tooMany = named.length > MOST_VALUES || listed.length > MOST_JOBS
  const nobody = named.length === 0 && listed.length === 0
  const wrong = nobody
    ? t('privacy.nobody')
    : tooShort
      ? t('privacy.tooShort')
      : tooMany
        ? t('privacy.tooMany', { values: MOST_VALUES, jobs: MOST_JOBS })
        : undefined
  const noReason = reason.trim() === ''
  const send = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (wrong !== undefined || noReason || isLooking) return
    look({
      ...(named.length === 0 ? {} : { values: named }),
      ...(listed.length === 0 ? {} : { jobs: listed }),
      reason: reason.trim(),
    })
  }
  return (
    <section className="fc-panel" aria-label={t('privacy.whose')}>
      <form onSubmit={send} noValidate autoComplete="off">
        <Stack p="lg" gap="md">
          <Title order={2} size="h4">
            {t('privacy.whose')}
          </Title>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Textarea
              label={t('privacy.values')}
              description={t('privacy.valuesHelp')}
              autosize
              minRows={3}
              maxRows={8}
              value={values}
              error={isTried && wrong !== undefined ? wrong : undefined}
              onChange={(event) => setValues(event.currentTarget.value)}
            />
            <Textarea
              label={t('privacy.jobs')}
              description={t('privacy.jobsHelp')}
              autosize
              minRows={3}
              maxRows={8}
              value={jobs}
              onChange={(event) => setJobs(event.currentTarget.value)}
            />
          </SimpleGrid>
          <TextInput
            label={t('privacy.reason')}
            description={t('privacy.reasonHelp')}
            maxLength={500}
            value={reason}
            error={isTried && noReason ? t('privacy.noReason') : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={isLooking}>
              {t('privacy.find')}
            </Button>
          </Group>
        </Stack>
      </form>
    </section>
  )
}
