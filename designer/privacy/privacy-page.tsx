/**
 * A person's data: found, given to him, erased; and how long each process keeps it. For administrators.
 *
 * Promises: nothing is erased that was not shown first; what was looked for is in no address and nowhere kept.
 */
import { Stack, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportPersonal } from '../../machines/wire/privacy.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { FoundJobs } from './found-jobs.tsx'
import { useErase } from './privacy-queries.ts'
import { RequestForm } from './request-form.tsx'
import { RetentionPart } from './retention-part.tsx'

export default function PrivacyPage(): ReactElement {
  const { t } = useTranslation()
  const find = useErase()
  /** What the jobs below were found by. */
  const [asked, setAsked] = useState<ExportPersonal>()
  const look = (body: ExportPersonal): void => {
    setAsked(body)
    find.mutate({ ...body, dryRun: true })
  }
  return (
    <Page title={t('privacy.title')}>
      <Stack gap="lg">
        <Text c="dimmed">{t('privacy.lead')}</Text>
        <RequestForm look={look} isLooking={find.isPending} />
        {find.isPending ? <Waiting label={t('privacy.looking')} /> : null}
        {find.isError ? <ProblemNotice error={find.error} /> : null}
        {find.data === undefined || asked === undefined ? null : find.data.jobs.length === 0 ? (
          <Empty title={t('privacy.nothing')} lead={t('privacy.nothingLead')} />
        ) : (
          <FoundJobs key={find.submittedAt} asked={asked} found={find.data.jobs} />
        )}
        <RetentionPart />
      </Stack>
    </Page>
  )
}
