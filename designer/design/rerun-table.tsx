/**
 * The real jobs that would have gone otherwise, the gravest first: which, what, and why.
 *
 * Must not: show more than is listed; the rest is counted.
 */
import { Anchor, Badge, Button, ScrollArea, Stack, Table, Text } from '@mantine/core'
import { type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { RerunJob, RerunReport } from '../../machines/wire/rerun.ts'
import { useSpeech } from '../text/use-language.ts'
import { gravestFirst } from './rerun-sum.ts'
import { type RerunWords, useRerunWords } from './rerun-words.ts'

const SHOWN = 50
const COLOURS = { refused: 'red', elsewhere: 'orange', breaches: 'yellow', same: 'gray' } as const

export function RerunTable({ report, before }: { report: RerunReport; before: unknown }): ReactElement {
  const { t } = useTranslation()
  const words = useRerunWords(before)
  const [shown, setShown] = useState(SHOWN)
  const jobs = useMemo(() => gravestFirst(report.differing), [report.differing])
  return (
    <Stack gap={4}>
      <ScrollArea.Autosize mah={320} type="auto">
        <Table fz="sm" verticalSpacing={6} aria-label={t('rerun.table')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('rerun.job')}</Table.Th>
              <Table.Th>{t('rerun.what')}</Table.Th>
              <Table.Th>{t('rerun.why')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {jobs.slice(0, shown).map((job) => (
              <Row key={job.job} job={job} words={words} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {jobs.length > shown ? (
        <Button size="compact-xs" variant="subtle" onClick={() => setShown(shown + SHOWN)}>
          {t('rerun.showMore', { count: jobs.length - shown })}
        </Button>
      ) : report.unlisted > 0 ? (
        <Text size="xs" c="dimmed">
          {t('rerun.unlisted', { count: report.unlisted })}
        </Text>
      ) : null}
    </Stack>
  )
}

function Row({ job, words }: { job: RerunJob; words: RerunWords }): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td className="fc-wrap" maw={190}>
        <Anchor
          component={Link}
          size="sm"
          ff="monospace"
          to={`/jobs/${encodeURIComponent(job.job)}`}
          target="_blank"
        >
          {job.job}
        </Anchor>
        {job.was.endedAt === undefined ? null : (
          <Text size="xs" c="dimmed">
            {t('rerun.ended', { when: time(job.was.endedAt) })}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Badge
          color={COLOURS[job.verdict]}
          variant="light"
          c="var(--mantine-color-text)"
          tt="none"
          style={{ flex: 'none' }}
        >
          {t(`rerun.verdicts.${job.verdict}`)}
        </Badge>
      </Table.Td>
      <Table.Td className="fc-wrap">
        {words.why(job).map((line) => (
          <Text size="sm" key={line}>
            {line}
          </Text>
        ))}
      </Table.Td>
    </Table.Tr>
  )
}
