/**
 * Findings from practice: what is open, what a version answered, what was set aside.
 *
 * Promises: the filters stand in the address.
 */
import { Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { FINDING_STATUSES, type FindingView } from '../../machines/wire/findings.ts'
import { useMe, useProcesses } from '../session/queries.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { type FindingFilter, useFindings } from './finding-api.ts'
import { FindingCard, TurnDialog } from './finding-card.tsx'
import { RaiseFinding } from './raise-finding.tsx'

const ALL = 'all'

export default function FindingsPage(): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const [search, setSearch] = useSearchParams()
  const processes = useProcesses().data?.processes ?? []
  const mayClose = useMe().data?.rights.includes('findings:close') === true
  const process = search.get('process')
  const asked = search.get('status') ?? 'open'
  const status = FINDING_STATUSES.find((each) => each === asked)
  const filter: FindingFilter = {
    ...(process === null ? {} : { process }),
    ...(status === undefined ? {} : { status }),
  }
  const findings = useFindings(filter)
  const [turning, setTurning] = useState<FindingView>()
  const put = (name: string, value: string | null): void => {
    const next = new URLSearchParams(search)
    if (value === null) next.delete(name)
    else next.set(name, value)
    setSearch(next, { replace: true })
  }
  const counts = findings.data?.pages[0]?.counts
  const found = findings.data?.pages.flatMap((page) => page.findings) ?? []
  const named = (name: (typeof FINDING_STATUSES)[number]): string =>
    counts === undefined
      ? t(`findings.status.${name}`)
      : t('findings.statusCount', { status: t(`findings.status.${name}`), count: counts[name] })
  return (
    <Page
      title={t('findings.title')}
      beside={<RaiseFinding found={process === null ? {} : { process }} variant="filled" key={process} />}
    >
      <Stack gap="md" maw={1000}>
        <Text c="dimmed">{t('findings.lead')}</Text>
        <Group component="search" role="search" aria-label={t('findings.filters')} gap="sm">
          <SegmentedControl
            aria-label={t('findings.filters')}
            value={status ?? ALL}
            onChange={(value) => put('status', value)}
            data={[
              ...FINDING_STATUSES.map((value) => ({ value, label: named(value) })),
              { value: ALL, label: t('findings.allStatuses') },
            ]}
          />
          <Select
            aria-label={t('findings.process')}
            placeholder={t('findings.allProcesses')}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('findings.allProcesses') }}
            w={{ base: '100%', xs: 240 }}
            value={process}
            onChange={(value) => put('process', value)}
            data={processes.map(({ id, title }) => ({ value: id, label: say(title, id) }))}
          />
        </Group>
        {findings.isError ? (
          <ProblemNotice error={findings.error} retry={() => void findings.refetch()} />
        ) : findings.data === undefined ? (
          <Waiting />
        ) : found.length === 0 ? (
          <Empty title={t('findings.empty')} lead={t('findings.emptyLead')} />
        ) : (
          found.map((finding) => (
            <FindingCard
              key={finding.id}
              finding={finding}
              turn={mayClose && finding.status !== 'answered' ? () => setTurning(finding) : undefined}
            />
          ))
        )}
        {findings.hasNextPage ? (
          <Button
            variant="default"
            loading={findings.isFetchingNextPage}
            onClick={() => void findings.fetchNextPage()}
          >
            {t('common.more')}
          </Button>
        ) : null}
      </Stack>
      {turning === undefined ? null : <TurnDialog finding={turning} close={() => setTurning(undefined)} />}
    </Page>
  )
}
