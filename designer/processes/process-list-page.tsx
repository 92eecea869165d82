/**
 * The first page: every process with its versions, drafts and running jobs.
 */
import { Anchor, Badge, Box, Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ProcessSummary } from '../../machines/wire/processes.ts'
import { useMe, useProcesses } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { NewProcess } from './new-process.tsx'

/** Fewer than this are seen at a glance. */
const SEARCH_FROM = 9

export function ProcessListPage(): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const processes = useProcesses()
  const mayCreate = useMe().data?.rights.includes('drafts:write') === true
  const [search, setSearch] = useState('')
  const [isNew, setNew] = useState(false)
  const all = processes.data?.processes ?? []
  const wanted = search.trim().toLowerCase()
  const shown = all.filter((each) => `${each.id} ${say(each.title)}`.toLowerCase().includes(wanted))
  return (
    <Page
      title={t('processes.title')}
      beside={
        <Group gap="sm">
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
            <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setNew(true)}>
              {t('design.create.button')}
            </Button>
          ) : null}
        </Group>
      }
    >
      {isNew ? <NewProcess processes={all} close={() => setNew(false)} /> : null}
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
            <ProcessCard process={process} />
          </Box>
        ))}
      </SimpleGrid>
    </Page>
  )
}

function ProcessCard({ process }: { process: ProcessSummary }): ReactElement {
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
