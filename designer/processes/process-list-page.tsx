/**
 * The first page: every process with its versions, drafts and running jobs.
 */
import {
  Anchor,
  Badge,
  Box,
  Button,
  Group,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ProcessSummary } from '../../machines/wire/processes.ts'
import { isAsked } from '../design/use-approvals.ts'
import { api } from '../session/api.ts'
import { useMe, useProcesses } from '../session/queries.ts'
import { useRightsOn } from '../session/reach.ts'
import { Icon } from '../shell/icons.tsx'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useFileDrop } from './use-file-drop.ts'

/** What a newcomer needs, and nobody later. */
const FirstPanel = lazy(() => import('../first/first-panel.tsx'))
/** With it comes the reading of files and their drawing. */
const NewProcess = lazy(() => import('./new-process.tsx'))

/** Fewer than this are seen at a glance. */
const SEARCH_FROM = 9

export function ProcessListPage(): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const processes = useProcesses()
  const mayCreate = useRightsOn(undefined).includes('drafts:write')
  const [search, setSearch] = useState('')
  const [making, setMaking] = useState<{ file?: File }>()
  const [isArchive, setArchive] = useState(false)
  const isOver = useFileDrop(mayCreate && making === undefined, (file) => setMaking({ file }))
  const all = processes.data?.processes ?? []
  const archived = all.filter(({ archivedAt }) => archivedAt !== undefined)
  // The last one taken back into use: there is nothing to switch from any more.
  const isShownArchive = isArchive && archived.length > 0
  const kept = isShownArchive ? archived : all.filter(({ archivedAt }) => archivedAt === undefined)
  const asked = useAsked(kept)
  const wanted = search.trim().toLowerCase()
  const shown = kept.filter((each) => `${each.id} ${say(each.title)}`.toLowerCase().includes(wanted))
  return (
    <Page
      title={t('processes.title')}
      beside={
        <Group gap="sm">
          {archived.length === 0 ? null : (
            <SegmentedControl
              size="sm"
              aria-label={t('page.archive.filter')}
              value={isShownArchive ? 'archived' : 'inUse'}
              onChange={(value) => setArchive(value === 'archived')}
              data={[
                { value: 'inUse', label: t('page.archive.inUse') },
                { value: 'archived', label: t('page.archive.filed', { count: archived.length }) },
              ]}
            />
          )}
          {all.length < SEARCH_FROM ? null : (
            <TextInput
              aria-label={t('processes.search')}
              placeholder={t('processes.search')}
              leftSection={<Icon name="search" size={16} />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          )}
          {mayCreate && processes.isSuccess ? (
            <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setMaking({})}>
              {t('design.create.button')}
            </Button>
          ) : null}
        </Group>
      }
    >
      <Suspense>
        <FirstPanel />
      </Suspense>
      {making === undefined ? null : (
        <Suspense>
          <NewProcess processes={all} file={making.file} close={() => setMaking(undefined)} />
        </Suspense>
      )}
      {isOver ? (
        <Text className="fc-panel" role="status" ta="center" p="md" mb="md" fw={600}>
          {t('page.imports.dropHere')}
        </Text>
      ) : null}
      {processes.isPending ? <Waiting /> : null}
      {processes.isError ? (
        <ProblemNotice error={processes.error} retry={() => void processes.refetch()} />
      ) : null}
      {processes.isSuccess && all.length === 0 ? (
        <Empty title={t('processes.empty')} lead={t('processes.emptyLead')} />
      ) : null}
      {all.length > 0 && shown.length === 0 ? <Empty title={t('processes.noMatch')} /> : null}
      <SimpleGrid component="ul" cols={{ base: 1, sm: 2, lg: 3, xl: 4 }} m={0} p={0}>
        {shown.map((process) => (
          <Box component="li" key={process.id} style={{ listStyle: 'none' }}>
            <ProcessCard process={process} isAsked={asked.has(process.id)} />
          </Box>
        ))}
      </SimpleGrid>
    </Page>
  )
}

/** The processes whose draft waits for this reader's word. */
function useAsked(processes: readonly ProcessSummary[]): ReadonlySet<string> {
  const me = useMe().data
  const mayRead = me?.rights.includes('drafts:read') === true
  const asking = processes.filter(({ draft, approval }) => mayRead && draft && approval.kind !== 'none')
  return useQueries({
    queries: asking.map(({ id }) => ({
      queryKey: ['processes', id, 'approvals'],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.approvals(id, signal),
    })),
    combine: (answers) =>
      new Set(
        asking.flatMap(({ id }, index) => {
          const approvals = answers[index]?.data
          if (me === undefined || approvals === undefined || !isAsked(approvals, me)) return []
          return approvals.approvals.some(({ person }) => person === me.id) ? [] : [id]
        }),
      ),
  })
}

function ProcessCard({ process, isAsked }: { process: ProcessSummary; isAsked: boolean }): ReactElement {
  const { t } = useTranslation()
  const { say, time } = useSpeech()
  const title = say(process.title, process.id)
  const { latest } = process
  const running = process.jobs.active
  return (
    <Stack className="fc-panel fc-process" p="lg" gap="sm" justify="space-between">
      <div>
        <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
          <Anchor
            component={Link}
            to={`/processes/${process.id}`}
            className="fc-cover fc-wrap"
            c="inherit"
            fw={600}
            fz="lg"
            underline="never"
          >
            {title}
          </Anchor>
          <Group gap={6} wrap="nowrap">
            {process.archivedAt === undefined ? null : (
              <Badge color="gray" variant="light" c="var(--mantine-color-text)">
                {t('page.archive.badge')}
              </Badge>
            )}
            {process.draft ? (
              <Badge color="orange" variant="light" c="var(--mantine-color-text)">
                {t('processes.draft')}
              </Badge>
            ) : null}
            {latest === undefined ? null : (
              <Badge color="gray" variant="light" c="var(--mantine-color-text)">
                {t('jobs.version', { version: latest.version })}
              </Badge>
            )}
          </Group>
        </Group>
        {isAsked ? (
          <Anchor
            component={Link}
            to={`/processes/${encodeURIComponent(process.id)}/design?review`}
            size="sm"
            fw={600}
            className="fc-raised"
          >
            {t('page.approval.asked')}
          </Anchor>
        ) : null}
        <Text size="sm" c="dimmed" mt={6} lineClamp={3}>
          {say(process.description)}
        </Text>
      </div>
      <Group justify="space-between" align="flex-end" gap="xs">
        {running > 0 ? (
          <Anchor
            component={Link}
            to={`/jobs?process=${encodeURIComponent(process.id)}&status=active`}
            size="sm"
            fw={600}
            className="fc-raised"
          >
            {t('processes.running', { count: running })}
          </Anchor>
        ) : (
          <Text size="sm" c="dimmed">
            {t('processes.runningNone')}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {latest === undefined ? t('processes.unpublished') : time(latest.publishedAt)}
        </Text>
      </Group>
    </Stack>
  )
}
