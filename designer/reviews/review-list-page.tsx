/**
 * Everybody's review of a period: the gravest first, what the rule proposes and what was decided.
 *
 * Promises: the period stands in the address. Who may see only his own is led to it.
 */
import { Anchor, Stack, Table, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useSearchParams } from 'react-router'
import type { Follow } from '../../machines/review/measures.ts'
import { isPeriod, periodAt } from '../../machines/review/period.ts'
import type { ReviewRow } from '../../machines/wire/reviews.ts'
import { useMe } from '../session/queries.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { mean, percent } from './figures.ts'
import { FollowBadge } from './follow-badge.tsx'
import { PeriodPicker, useToday } from './period-picker.tsx'
import { useReviews } from './review-api.ts'
import './reviews.css'

export default function ReviewListPage(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const today = useToday()
  const me = useMe().data
  const asked = search.get('period')
  const period =
    asked !== null && isPeriod(asked) ? asked : today === undefined ? undefined : periodAt(today, 'quarter')
  const mayRead = me?.rights.includes('reviews:read') === true
  const reviews = useReviews(period, mayRead)
  if (me !== undefined && !mayRead && period !== undefined)
    return <Navigate to={`/reviews/${period}/${encodeURIComponent(me.id)}`} replace />
  return (
    <Page title={t('reviews.title')}>
      <Stack gap="md" className="review-page">
        {period === undefined || today === undefined ? null : (
          <PeriodPicker
            period={period}
            today={today}
            choose={(next) => setSearch({ period: next }, { replace: true })}
          />
        )}
        {reviews.isError ? (
          <ProblemNotice error={reviews.error} retry={() => void reviews.refetch()} />
        ) : reviews.data === undefined ? (
          <Waiting />
        ) : reviews.data.reviews.length === 0 ? (
          <Empty title={t('reviews.empty')} lead={t('reviews.emptyLead')} />
        ) : (
          <Reviews period={reviews.data.period} rows={reviews.data.reviews} />
        )}
      </Stack>
    </Page>
  )
}

/** What needs a manager first. */
const GRAVEST: readonly Follow[] = ['strict', 'coaching', 'reward', 'none']
const COLUMNS = [
  'person',
  'done',
  'share',
  'opinion',
  'faults',
  'helped',
  'breaches',
  'proposal',
  'decided',
] as const
const SEVERITIES = ['critical', 'major', 'minor'] as const
const NUMBERS: readonly string[] = ['done', 'share', 'opinion', 'faults', 'helped']

function Reviews({ period, rows }: { period: string; rows: readonly ReviewRow[] }): ReactElement {
  const { t } = useTranslation()
  const { language, number, list } = useSpeech()
  const ordered = rows.toSorted(
    (a, b) =>
      GRAVEST.indexOf(a.proposal.follow) - GRAVEST.indexOf(b.proposal.follow) ||
      b.measures.jobs.done - a.measures.jobs.done ||
      a.name.localeCompare(b.name, language),
  )
  return (
    <Table.ScrollContainer minWidth={980} className="fc-panel">
      <Table aria-label={t('reviews.table')} verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {COLUMNS.map((column) => (
              <Table.Th key={column} ta={NUMBERS.includes(column) ? 'end' : 'start'}>
                {t(`reviews.columns.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody style={{ fontVariantNumeric: 'tabular-nums' }}>
          {ordered.map(({ person, name, measures, proposal, decided, answered }) => {
            const { jobs, quality, efficiency, teamwork, satisfaction, breaches } = measures
            const faults = quality.rework + quality.complaints + quality.qualityComplaints
            return (
              <Table.Tr key={person}>
                <Table.Td>
                  <Anchor component={Link} to={`/reviews/${period}/${encodeURIComponent(person)}`} fw={600}>
                    {name}
                  </Anchor>
                </Table.Td>
                <Table.Td ta="end">{number(jobs.done)}</Table.Td>
                <Table.Td ta="end">
                  {efficiency.share === undefined ? <Nothing /> : percent(efficiency.share, language)}
                </Table.Td>
                <Table.Td ta="end">
                  {satisfaction.mean === undefined ? <Nothing /> : mean(satisfaction.mean, language)}
                </Table.Td>
                <Table.Td ta="end">{number(faults)}</Table.Td>
                <Table.Td ta="end">{number(teamwork.helped)}</Table.Td>
                <Table.Td>
                  {breaches.critical + breaches.major + breaches.minor === 0 ? (
                    <Nothing />
                  ) : (
                    list(
                      SEVERITIES.filter((severity) => breaches[severity] > 0).map((severity) =>
                        t(`reviews.times.${severity}`, { n: breaches[severity] }),
                      ),
                    )
                  )}
                </Table.Td>
                <Table.Td>
                  <FollowBadge follow={proposal.follow} />
                </Table.Td>
                <Table.Td>
                  {decided === undefined ? (
                    <Text size="sm" c="dimmed">
                      {t('reviews.undecided')}
                    </Text>
                  ) : (
                    <>
                      <FollowBadge follow={decided} filled />
                      {answered ? (
                        <Text size="xs" c="dimmed">
                          {t('reviews.answered')}
                        </Text>
                      ) : null}
                    </>
                  )}
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Nothing(): ReactElement {
  const { t } = useTranslation()
  return (
    <Text span size="sm" c="dimmed">
      {t('reviews.none')}
    </Text>
  )
}
