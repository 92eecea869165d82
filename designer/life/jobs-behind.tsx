/** The jobs behind a number of the norm report. */
import { Anchor, Button, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ReportJobs, ReportOutcome } from '../../machines/wire/life.ts'
import { normInWords } from '../canvas/chip.tsx'
import type { ReportFilter } from '../session/api.ts'
import { useNameOf } from '../session/people.ts'
import { useProcesses } from '../session/queries.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useNormJobs } from './use-life.ts'

export function JobsBehind({
  filter,
  outcome,
  close,
}: {
  filter: ReportFilter
  outcome: ReportOutcome
  close(): void
}): ReactElement {
  const { t } = useTranslation()
  const { say, date, language } = useSpeech()
  const nameOf = useNameOf()
  const processes = useProcesses()
  const jobs = useNormJobs({ ...filter, outcome })
  const rows = gathered(jobs.data?.pages.flatMap((page) => page.jobs) ?? [])
  return (
    <Dialog
      title={t('life.report.behind', { outcome: t(`life.outcome.${outcome}`) })}
      closeLabel={t('life.report.close')}
      close={close}
      size="md"
    >
      <Stack gap="sm">
        {filter.norm === undefined ? null : (
          <Text size="sm" c="dimmed">
            {normInWords(filter.norm, language)}
          </Text>
        )}
        {jobs.isPending ? <Waiting /> : null}
        {jobs.isError ? <ProblemNotice error={jobs.error} retry={() => void jobs.refetch()} /> : null}
        {rows.map(({ key, row, times }) => (
          <Stack key={key} gap={2} className="fc-panel" p="sm">
            <Anchor component={Link} to={`/jobs/${encodeURIComponent(row.job)}`} fw={600} size="sm">
              {say(processes.data?.processes.find(({ id }) => id === row.process)?.title, row.process)}
              {row.customer === undefined || row.customer === '' ? '' : ` · ${row.customer}`}
            </Anchor>
            <Text size="sm">
              {[
                date(`${row.day}T12:00:00`),
                row.engineer === '' ? t('life.report.nobody') : nameOf(row.engineer),
                ...(times > 1 ? [t('life.report.times', { count: times })] : []),
              ].join(t('common.list'))}
            </Text>
            {filter.norm !== undefined || row.norm === '' ? null : (
              <Text size="sm" c="dimmed">
                {normInWords(row.norm, language)}
              </Text>
            )}
          </Stack>
        ))}
        {jobs.hasNextPage ? (
          <Button
            variant="default"
            loading={jobs.isFetchingNextPage}
            onClick={() => void jobs.fetchNextPage()}
          >
            {t('common.more')}
          </Button>
        ) : null}
      </Stack>
    </Dialog>
  )
}

type Row = ReportJobs['jobs'][number]
type Gathered = { key: string; row: Row; times: number }

/** A norm can come up in a job several times a day: told once, with how often. */
function gathered(rows: readonly Row[]): Gathered[] {
  const found = new Map<string, Gathered>()
  for (const row of rows) {
    const key = [row.job, row.norm, row.day].join(' ')
    const known = found.get(key)
    if (known === undefined) found.set(key, { key, row, times: 1 })
    else known.times += 1
  }
  return [...found.values()]
}
