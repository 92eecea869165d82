/** A process in life as a table: every state that is or was used, in the order of the process. */
import { Anchor, Table, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { VersionLife } from '../../machines/wire/life.ts'
import { Empty } from '../shell/notices.tsx'
import { stretchInWords } from '../text/format.ts'
import { useSpeech } from '../text/use-language.ts'
import { jobsAddress } from './choice-life.tsx'
import { type Lived, timesOf } from './life-of.ts'
import './life.css'

export function StateTable({ lived, life }: { lived: Lived; life: VersionLife }): ReactElement {
  const { t } = useTranslation()
  const { say, number, language } = useSpeech()
  const states = lived.states.filter(({ path }) => path !== '')
  if (states.length === 0) return <Empty title={t('life.nothing')} />
  const most = Math.max(1, ...states.map(({ jobs }) => jobs))
  const stretch = (ms: number | undefined) => (ms === undefined ? '' : stretchInWords(ms, language))
  return (
    <Table.ScrollContainer minWidth={760} className="fc-panel">
      <Table
        verticalSpacing="xs"
        horizontalSpacing="md"
        highlightOnHover
        className="life-numbers"
        aria-label={t('life.table')}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('life.columns.state')}</Table.Th>
            <Table.Th>{t('life.columns.running')}</Table.Th>
            <Table.Th ta="end">{t('life.columns.overdue')}</Table.Th>
            <Table.Th ta="end">{t('life.columns.median')}</Table.Th>
            <Table.Th ta="end">{t('life.columns.p90')}</Table.Th>
            <Table.Th ta="end">{t('life.columns.stays')}</Table.Th>
            <Table.Th ta="end">{t('life.columns.breaches')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {states.map(({ path, title, jobs, overdue, visits, medianMs, p90Ms, breaches }) => (
            <Table.Tr key={path}>
              <Table.Td>
                <Text size="sm" fw={500} pl={(path.split('.').length - 1) * 16}>
                  {say(title, path)}
                </Text>
              </Table.Td>
              <Table.Td miw={160}>
                {jobs === 0 ? null : (
                  <div className="life-bar">
                    <span style={{ width: `${(jobs / most) * 100}%` }} />
                    <Anchor component={Link} to={jobsAddress(life, path, false)} size="sm" fw={600}>
                      {number(jobs)}
                    </Anchor>
                  </div>
                )}
              </Table.Td>
              <Table.Td ta="end">
                {overdue === 0 ? null : (
                  <Anchor
                    component={Link}
                    to={jobsAddress(life, path, true)}
                    size="sm"
                    fw={600}
                    c="var(--mantine-color-error)"
                  >
                    {number(overdue)}
                  </Anchor>
                )}
              </Table.Td>
              <Table.Td ta="end">{stretch(medianMs)}</Table.Td>
              <Table.Td ta="end">{stretch(p90Ms)}</Table.Td>
              <Table.Td ta="end">{visits === 0 ? '' : number(visits)}</Table.Td>
              <Table.Td ta="end">{timesOf(breaches) === 0 ? '' : number(timesOf(breaches))}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
