/**
 * The norm report: what was kept, what was late, what was broken; for a manager who has a minute.
 *
 * Promises: filters and grouping stand in the address; every number leads to its jobs; the whole is had as a file.
 * Must not: add up anything; the numbers are the server's.
 */
import { Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { NormReport, ReportOutcome, ReportRow } from '../../machines/wire/life.ts'
import { type ReportFilter, sheetAddress } from '../session/api.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import './life.css'
import { JobsBehind } from './jobs-behind.tsx'
import { DAY_MS } from './range.ts'
import { RangePicker, useDays } from './range-picker.tsx'
import { filterOf, groupOf, ReportFilters } from './report-filters.tsx'
import { ReportTable } from './report-table.tsx'
import { narrowedBy } from './report-words.ts'
import { Trend } from './trend.tsx'
import { useNormReport } from './use-life.ts'

/** Longer stretches are drawn by month. */
const MOST_DAYS = 62

export default function NormReportPage(): ReactElement {
  const { t } = useTranslation()
  const { language } = useSpeech()
  const [search, setSearch] = useSearchParams()
  const days = useDays(search)
  const filter = days === undefined ? undefined : { ...filterOf(search), ...days }
  const by = groupOf(search)
  const report = useNormReport(filter, by)
  const span = days?.from === undefined ? undefined : spanOf(days.from, days.to ?? report.data?.today)
  const along = span !== undefined && span <= MOST_DAYS ? 'day' : 'month'
  const trend = useNormReport(filter, along)
  const [behind, setBehind] = useState<{ row: ReportRow; outcome: ReportOutcome }>()
  return (
    <Page
      title={t('life.report.title')}
      beside={
        filter === undefined ? null : (
          <Button
            component="a"
            variant="default"
            href={sheetAddress(filter, by, language.startsWith('zh') ? 'zh' : 'en')}
            download="norm-report.csv"
          >
            {t('life.report.sheet')}
          </Button>
        )
      }
    >
      <Stack gap="md">
        <RangePicker search={search} setSearch={setSearch} days={days} />
        <ReportFilters search={search} setSearch={setSearch} />
        {report.isError ? (
          <ProblemNotice error={report.error} retry={() => void report.refetch()} />
        ) : report.data === undefined ? (
          <Waiting />
        ) : report.data.total === 0 ? (
          <Empty title={t('life.report.empty')} lead={t('life.report.emptyLead')} />
        ) : (
          <>
            <Summary sum={report.data.sum} />
            {trend.data === undefined || trend.data.rows.length < 2 ? null : (
              <Trend rows={trend.data.rows} along={along} />
            )}
            <ReportTable
              report={report.data}
              by={by}
              narrow={(row) => {
                const next = new URLSearchParams(search)
                for (const [name, value] of Object.entries(narrowedBy(row))) next.set(name, value)
                next.set('by', by === 'norm' ? 'engineer' : 'norm')
                setSearch(next)
              }}
              open={(row, outcome) => setBehind({ row, outcome })}
            />
          </>
        )}
      </Stack>
      {behind === undefined || filter === undefined ? null : (
        <JobsBehind
          filter={behindOf(filter, behind.row)}
          outcome={behind.outcome}
          close={() => setBehind(undefined)}
        />
      )}
    </Page>
  )
}

/** A row's number, as a filter of its own. */
function behindOf(filter: ReportFilter, row: ReportRow): ReportFilter {
  const within = { ...filter, ...narrowedBy(row) }
  const { month } = row
  if (month === undefined) return within
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0))
  const [from, to] = [`${month}-01`, last.toISOString().slice(0, 10)]
  return {
    ...within,
    from: filter.from !== undefined && filter.from > from ? filter.from : from,
    to: filter.to !== undefined && filter.to < to ? filter.to : to,
  }
}

function spanOf(from: string, to: string | undefined): number | undefined {
  return to === undefined ? undefined : (Date.parse(to) - Date.parse(from)) / DAY_MS
}

function Summary({ sum }: { sum: NormReport['sum'] }): ReactElement {
  const { t } = useTranslation()
  const { number, language } = useSpeech()
  const came = sum.met + sum.late + sum.broken
  const share =
    came === 0
      ? t('common.none')
      : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(sum.met / came)
  const figures = [
    { kind: 'met', value: share, hint: t('life.report.metOf', { met: number(sum.met), came: number(came) }) },
    { kind: 'late', value: number(sum.late), hint: t('life.report.lateHint') },
    { kind: 'broken', value: number(sum.broken), hint: t('life.report.brokenHint') },
    { kind: 'none', value: number(sum.none), hint: t('life.report.noneHint') },
  ] as const
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      {figures.map(({ kind, value, hint }) => (
        <Stack key={kind} className="fc-panel" p="md" gap={2}>
          <Group gap={8} wrap="nowrap">
            <span className="life-key life-part" data-kind={kind} aria-hidden="true" />
            <Title order={2} size="h6">
              {t(`life.outcome.${kind}`)}
            </Title>
          </Group>
          <Text fz={26} fw={700} lh={1.2}>
            {value}
          </Text>
          <Text size="xs" c="dimmed">
            {hint}
          </Text>
        </Stack>
      ))}
    </SimpleGrid>
  )
}
