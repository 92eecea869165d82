/**
 * The trainer's library: every scenario with its health, found by anything in it; new ones are begun here.
 *
 * Promises: search, filters and order stand in the address; nothing is deleted unasked.
 */
import '../../people/people.css'
import { Anchor, Button, Group, Select, Stack, Table, Text, VisuallyHidden } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router'
import type { ScenarioSummary } from '../../../machines/wire/training.ts'
import { useNameOf } from '../../session/people.ts'
import { useMe } from '../../session/queries.ts'
import { Icon } from '../../shell/icons.tsx'
import { Empty, ProblemNotice, Waiting } from '../../shell/notices.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { HealthBadge, LevelBadge } from './badges.tsx'
import { found, HEALTHS, healthOf, ORDERS, ordered } from './find.ts'
import { FromJob, ImportButton, NewScenario } from './new-scenario.tsx'
import { RowMenu } from './row-menu.tsx'
import { ScenarioFilter, useAddressSearch, useProcessTitle } from './scenario-filter.tsx'
import { useTagName } from './tag-name.ts'
import { processRuns, TRAINING, useOpenSessions, useScenarios } from './training-api.ts'
import { TrainingPage } from './training-page.tsx'

export default function LibraryPage(): ReactElement {
  const { t } = useTranslation()
  const scenarios = useScenarios()
  const navigate = useNavigate()
  const isNew = useLocation().pathname.endsWith('/new')
  const [address, setAddress] = useSearchParams()
  const job = address.get('fromJob')
  const mayWrite = useMe().data?.rights.includes('training:write') === true
  const back = (): void => void navigate('/training/scenarios', { replace: true })
  return (
    <TrainingPage
      title={t('trainer.library.title')}
      beside={
        mayWrite ? (
          <Group gap="sm">
            <ImportButton taken={scenarios.data ?? []} />
            <Button
              component={Link}
              to="/training/scenarios/new"
              leftSection={<Icon name="plus" size={16} />}
            >
              {t('trainer.fresh.button')}
            </Button>
          </Group>
        ) : null
      }
    >
      <RunningSessions />
      {scenarios.isError ? (
        <ProblemNotice error={scenarios.error} retry={() => void scenarios.refetch()} />
      ) : scenarios.data === undefined ? (
        <Waiting />
      ) : scenarios.data.length === 0 ? (
        <Empty title={t('trainer.library.empty')} lead={t('trainer.library.emptyLead')} />
      ) : (
        <Library scenarios={scenarios.data} mayWrite={mayWrite} />
      )}
      {isNew && mayWrite && scenarios.data !== undefined ? (
        <NewScenario taken={scenarios.data} close={back} />
      ) : null}
      {job !== null && mayWrite && scenarios.data !== undefined ? (
        <FromJob
          job={job}
          taken={scenarios.data}
          close={() => setAddress(new URLSearchParams(), { replace: true })}
        />
      ) : null}
    </TrainingPage>
  )
}

/** The way back to a live session for who closed its page. */
function RunningSessions(): ReactElement | null {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const mayLead = useMe().data?.rights.includes('training:lead') === true
  const sessions = useOpenSessions(mayLead).data ?? []
  if (sessions.length === 0) return null
  return (
    <Group gap="sm" mb="sm">
      <Text size="sm" fw={600}>
        {t('trainer.session.running')}
      </Text>
      {sessions.map(({ code, title }) => (
        <Anchor key={code} component={Link} size="sm" to={`/training/sessions/${encodeURIComponent(code)}`}>
          {`${say(title)} (${code})`}
        </Anchor>
      ))}
    </Group>
  )
}

/** Scenarios with a known run that comes out otherwise now; those of processes that could not be run are left out. */
function useFailing(scenarios: readonly ScenarioSummary[]): ReadonlySet<string> {
  const processes = [...new Set(scenarios.filter(({ runs }) => runs > 0).map(({ process }) => process))]
  return useQueries({
    queries: processes.map((process) => ({
      queryKey: [TRAINING, 'runs', process],
      queryFn: ({ signal }: { signal: AbortSignal }) => processRuns(process, signal),
      staleTime: 60_000,
      retry: false,
    })),
    combine: (answers) =>
      new Set(
        answers.flatMap(({ data }) =>
          (data?.results ?? []).filter(({ ok }) => !ok).map(({ scenario }) => scenario),
        ),
      ),
  })
}

function Library({
  scenarios,
  mayWrite,
}: {
  scenarios: readonly ScenarioSummary[]
  mayWrite: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { say, language } = useSpeech()
  const use = useAddressSearch()
  const [address] = useSearchParams()
  const failing = useFailing(scenarios)
  const order = ORDERS.find((each) => each === address.get('order')) ?? 'process'
  const shown = ordered(
    found(scenarios, use.search, failing),
    order,
    ({ id, title }) => say(title, id),
    language,
  )
  return (
    <Stack gap="md">
      <ScenarioFilter scenarios={scenarios} use={use}>
        <Select
          aria-label={t('trainer.find.health')}
          placeholder={t('trainer.find.allHealths')}
          clearable
          clearButtonProps={{ 'aria-label': t('trainer.find.allHealths') }}
          w={{ base: '100%', xs: 170 }}
          data={HEALTHS.map((value) => ({ value, label: t(`trainer.health.${value}`) }))}
          value={use.search.health}
          onChange={(value) => use.put('health', value)}
        />
        <Select
          aria-label={t('trainer.find.order')}
          allowDeselect={false}
          w={{ base: '100%', xs: 170 }}
          data={ORDERS.map((value) => ({ value, label: t(`trainer.order.${value}`) }))}
          value={order}
          onChange={(value) => use.put('order', value)}
        />
        <Text size="sm" c="dimmed" role="status">
          {t('trainer.find.count', { count: shown.length })}
        </Text>
      </ScenarioFilter>
      {shown.length === 0 ? (
        <Empty title={t('trainer.find.none')}>
          <Button variant="default" mt="sm" onClick={use.clear}>
            {t('trainer.find.clear')}
          </Button>
        </Empty>
      ) : (
        <LibraryTable shown={shown} all={scenarios} failing={failing} mayWrite={mayWrite} />
      )}
    </Stack>
  )
}

function LibraryTable({
  shown,
  all,
  failing,
  mayWrite,
}: {
  shown: readonly ScenarioSummary[]
  all: readonly ScenarioSummary[]
  failing: ReadonlySet<string>
  mayWrite: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { say, date } = useSpeech()
  const titleOf = useProcessTitle()
  const tagName = useTagName()
  const nameOf = useNameOf()
  return (
    <div className="fc-panel">
      <Table
        className="fc-people"
        verticalSpacing="sm"
        horizontalSpacing="md"
        aria-label={t('trainer.library.title')}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('trainer.scenario')}</Table.Th>
            <Table.Th>{t('trainer.find.process')}</Table.Th>
            <Table.Th>{t('trainer.find.level')}</Table.Th>
            <Table.Th>{t('trainer.find.health')}</Table.Th>
            <Table.Th>{t('trainer.library.changed')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('trainer.library.more')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((one) => (
            <Table.Tr key={one.id} data-scenario={one.id}>
              <Table.Td maw={520}>
                <Anchor
                  component={Link}
                  to={`/training/scenarios/${encodeURIComponent(one.id)}`}
                  fw={600}
                  c="inherit"
                >
                  {say(one.title, one.id)}
                </Anchor>
                <Text size="xs" c="dimmed" lineClamp={2} title={say(one.purpose)}>
                  {say(one.purpose)}
                </Text>
                <Text size="xs" c="dimmed" className="fc-wrap">
                  {one.tags.map((tag) => `#${tagName(tag)}`).join(' ')}
                </Text>
              </Table.Td>
              <Table.Td data-label={t('trainer.find.process')}>{titleOf(one.process)}</Table.Td>
              <Table.Td data-label={t('trainer.find.level')}>
                <LevelBadge level={one.difficulty} />
              </Table.Td>
              <Table.Td data-label={t('trainer.find.health')}>
                <HealthBadge health={healthOf(one, failing)} count={one.errors > 0 ? one.errors : one.runs} />
              </Table.Td>
              <Table.Td data-label={t('trainer.library.changed')}>
                {one.shipped ? t('trainer.library.shipped') : date(one.updatedAt)}
                {one.shipped ? null : (
                  <Text size="xs" c="dimmed">
                    {nameOf(one.updatedBy)}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <RowMenu one={one} all={all} mayWrite={mayWrite} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
