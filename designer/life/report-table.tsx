/** The rows of the norm report: a bar to see, numbers to open. */
import { Anchor, Button, Table, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { NormReport, ReportOutcome, ReportRow } from '../../machines/wire/life.ts'
import { normInWords } from '../canvas/chip.tsx'
import { useNameOf } from '../session/people.ts'
import { useProcesses } from '../session/queries.ts'
import { useSpeech } from '../text/use-language.ts'
import { canNarrow, type Group, OUTCOMES } from './report-words.ts'

type Props = {
  report: NormReport
  by: Group
  narrow(row: ReportRow): void
  open(row: ReportRow, outcome: ReportOutcome): void
}

export function ReportTable({ report, by, narrow, open }: Props): ReactElement {
  const { t } = useTranslation()
  const { number } = useSpeech()
  const nameOf = useRowName(by)
  const { rows, total } = report
  return (
    <div>
      <Table.ScrollContainer minWidth={720} className="fc-panel">
        <Table
          verticalSpacing="xs"
          horizontalSpacing="md"
          highlightOnHover
          className="life-numbers"
          aria-label={t('life.report.table')}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t(`life.group.${by}`)}</Table.Th>
              <Table.Th w="24%">{t('life.report.share')}</Table.Th>
              {OUTCOMES.map((outcome) => (
                <Table.Th key={outcome} ta="end" className="fc-nowrap" pe={24}>
                  {t(`life.outcome.${outcome}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => {
              const name = nameOf(row)
              return (
                <Table.Tr key={row[by] ?? ''}>
                  <Table.Td>
                    {canNarrow(row) ? (
                      <Anchor
                        component="button"
                        type="button"
                        ta="start"
                        size="sm"
                        onClick={() => narrow(row)}
                      >
                        {name}
                      </Anchor>
                    ) : (
                      <Text size="sm">{name}</Text>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Shares row={row} />
                  </Table.Td>
                  {OUTCOMES.map((outcome) => (
                    <Table.Td key={outcome} ta="end">
                      {row[outcome] === 0 ? (
                        <Text size="sm" c="dimmed" pe={8}>
                          {number(0)}
                        </Text>
                      ) : (
                        <Button
                          size="compact-sm"
                          variant="subtle"
                          color={outcome === 'late' || outcome === 'broken' ? 'red' : 'gray'}
                          c={
                            outcome === 'late' || outcome === 'broken'
                              ? 'var(--mantine-color-error)'
                              : 'var(--mantine-color-text)'
                          }
                          aria-label={t('life.report.open', {
                            name,
                            outcome: t(`life.outcome.${outcome}`),
                            count: row[outcome],
                          })}
                          onClick={() => open(row, outcome)}
                        >
                          {number(row[outcome])}
                        </Button>
                      )}
                    </Table.Td>
                  ))}
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {total > rows.length ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t('life.report.cut', { shown: number(rows.length), total: number(total) })}
        </Text>
      ) : null}
    </div>
  )
}

/** Of the times that it came up. The numbers beside it say the same. */
function Shares({ row }: { row: ReportRow }): ReactElement | null {
  const came = row.met + row.late + row.broken
  if (came === 0) return null
  return (
    <div className="life-stack" aria-hidden="true">
      {(['met', 'late', 'broken'] as const).map((kind) =>
        row[kind] === 0 ? null : (
          <span
            key={kind}
            className="life-part"
            data-kind={kind}
            style={{ width: `${(row[kind] / came) * 100}%` }}
          />
        ),
      )}
    </div>
  )
}

function useRowName(by: Group): (row: ReportRow) => string {
  const { t } = useTranslation()
  const { say, language } = useSpeech()
  const nameOf = useNameOf()
  const { data } = useProcesses()
  return (row) => {
    const value = row[by] ?? ''
    if (by === 'norm') return normInWords(value, language)
    if (by === 'process') return say(data?.processes.find(({ id }) => id === value)?.title, value)
    if (by === 'engineer') return value === '' ? t('life.report.nobody') : nameOf(value)
    if (by === 'customer') return value === '' ? t('life.report.noCustomer') : value
    return monthInWords(value, language)
  }
}

/** "March 2026". */
function monthInWords(month: string, language: string): string {
  const first = new Date(`${month}-01T00:00:00Z`)
  return Number.isNaN(first.getTime())
    ? month
    : new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(first)
}
