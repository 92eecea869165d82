/**
 * Before a version is published: the last real jobs tried with it. What would have been refused, ended elsewhere, broken or kept.
 *
 * Must not: judge; the server does the jobs over again and compares.
 */
import { Alert, Button, Group, List, Progress, Select, Stack, Text, Title } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RerunReport } from '../../machines/wire/rerun.ts'
import { useRightsOn } from '../session/reach.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useDesign } from './design-api.ts'
import { RerunTable } from './rerun-table.tsx'
import { useRerunWords } from './rerun-words.ts'
import { type RerunStanding, useRerun } from './use-rerun.ts'

const COUNTS = [100, 300, 1000] as const

export function RerunPart({ isSaved, before }: { isSaved: boolean; before: unknown }): ReactElement | null {
  const { t } = useTranslation()
  const { number } = useSpeech()
  const { process } = useDesign()
  const { standing, begin, stop } = useRerun(process)
  const [count, setCount] = useState('300')
  const mayTry = useRightsOn(process).includes('drafts:rerun')
  if (!mayTry) return null
  const isRunning = standing.is === 'running'
  return (
    <section>
      <Title order={3} size="h6" mb={4}>
        {t('rerun.title')}
      </Title>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t('rerun.lead')}
        </Text>
        <Group gap="xs" align="flex-end">
          <Select
            size="xs"
            w={170}
            label={t('rerun.howMany')}
            data={COUNTS.map((each) => ({
              value: String(each),
              label: t('rerun.last', { number: number(each) }),
            }))}
            value={count}
            onChange={(chosen) => setCount(chosen ?? count)}
            allowDeselect={false}
            disabled={isRunning}
          />
          {isRunning ? (
            <Button size="xs" variant="default" onClick={stop}>
              {t('rerun.stop')}
            </Button>
          ) : (
            <Button size="xs" variant="default" disabled={!isSaved} onClick={() => begin(Number(count))}>
              {t(standing.is === 'idle' ? 'rerun.begin' : 'rerun.again')}
            </Button>
          )}
          {isSaved ? null : (
            <Text size="xs" c="dimmed">
              {t('rerun.unsaved')}
            </Text>
          )}
        </Group>
        <Running standing={standing} />
        {standing.report === undefined ? null : <Report standing={standing} before={before} />}
      </Stack>
    </section>
  )
}

function Running({ standing }: { standing: RerunStanding }): ReactElement | null {
  const { t } = useTranslation()
  const { number } = useSpeech()
  const { is, wanted, report, error } = standing
  const jobs = report?.jobs ?? 0
  switch (is) {
    case 'running':
      return (
        <Stack gap={4} role="status">
          <Progress value={wanted === 0 ? 0 : Math.max(3, (100 * jobs) / wanted)} animated aria-hidden />
          <Text size="xs" c="dimmed">
            {t('rerun.running', { done: number(jobs), wanted: number(wanted) })}
          </Text>
        </Stack>
      )
    case 'stopped':
      return (
        <Text size="xs" c="dimmed" role="status">
          {t('rerun.stopped', { done: number(jobs), wanted: number(wanted) })}
        </Text>
      )
    case 'changed':
      return (
        <Alert color="yellow" variant="light" role="alert">
          {t('rerun.changed')}
        </Alert>
      )
    case 'failed':
      return <ProblemNotice error={error} />
    default:
      return null
  }
}

function Report({ standing, before }: { standing: RerunStanding; before: unknown }): ReactElement | null {
  const { t } = useTranslation()
  const { report } = standing
  if (report === undefined) return null
  if (report.jobs === 0)
    return standing.is === 'done' ? (
      <Text size="sm" role="status">
        {t('rerun.none')}
      </Text>
    ) : null
  const { same } = report.counts
  return (
    <Stack gap="xs">
      {same === report.jobs ? (
        <Alert color="teal" variant="light" icon={<Icon name="check" />} role="status">
          {t('rerun.allSame', { count: report.jobs })}
        </Alert>
      ) : (
        <Sentences report={report} />
      )}
      <LeftOut report={report} before={before} />
      {report.differing.length === 0 ? null : <RerunTable report={report} before={before} />}
    </Stack>
  )
}

/** What became of them, the gravest first. */
function Sentences({ report }: { report: RerunReport }): ReactElement {
  const { t } = useTranslation()
  const { number } = useSpeech()
  const { same, breaches, elsewhere, refused } = report.counts
  const norms = report.norms.flatMap(({ norm, gained, lost, moved }) => [
    ...(gained > 0 ? [t('rerun.gained', { norm, count: gained })] : []),
    ...(lost > 0 ? [t('rerun.lost', { norm, count: lost })] : []),
    ...(moved > 0 ? [t('rerun.moved', { norm, count: moved })] : []),
  ])
  return (
    <div role="status">
      <Text size="sm" fw={600}>
        {t('rerun.sum', { count: report.jobs, same: number(same) })}
      </Text>
      <List size="sm" spacing={2}>
        {refused > 0 ? <List.Item>{t('rerun.refused', { count: refused })}</List.Item> : null}
        {elsewhere > 0 ? <List.Item>{t('rerun.elsewhere', { count: elsewhere })}</List.Item> : null}
        {breaches > 0 ? <List.Item>{t('rerun.breaches', { count: breaches })}</List.Item> : null}
        {norms.map((said) => (
          <List.Item key={said}>{said}</List.Item>
        ))}
      </List>
    </div>
  )
}

/** What the histories speak of and the draft does not have. */
function LeftOut({ report, before }: { report: RerunReport; before: unknown }): ReactElement | null {
  const { t } = useTranslation()
  const { list } = useSpeech()
  const words = useRerunWords(before)
  if (report.unknown.length === 0) return null
  return (
    <Text size="sm" className="fc-wrap">
      {t('rerun.unknown', {
        what: list(
          report.unknown.map((each) => t('rerun.unknownOf', { what: words.unknown(each), count: each.jobs })),
        ),
      })}
    </Text>
  )
}
