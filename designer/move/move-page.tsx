/**
 * Running jobs of a process moved from one version to another: said, tried, done.
 *
 * Promises: versions, a single job and the run looked at stand in the address, so that a run can be sent to another
 * person or come back to. Who may not move jobs still sees what was moved.
 * Must not: judge a mapping.
 */
import { Box, Button, Grid, Group, Select, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import type { MigrationDetail } from '../../machines/wire/migrations.ts'
import type { VersionList, VersionView } from '../../machines/wire/processes.ts'
import { api } from '../session/api.ts'
import { useMe, useProcesses, useVersion, useVersions } from '../session/queries.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../text/use-language.ts'
import { EarlierMoves } from './earlier-moves.tsx'
import { type Questions, questionsOf } from './mapping-model.ts'
import { MoveEditor } from './move-editor.tsx'
import { usePathName } from './place-words.ts'
import { RunPart } from './run-part.tsx'
import { useMoveRun } from './use-move.ts'

type Listed = VersionList['versions'][number]

export default function MovePage(): ReactElement {
  const { process = '' } = useParams()
  const { t } = useTranslation()
  const { say } = useSpeech()
  const [search] = useSearchParams()
  const me = useMe()
  const processes = useProcesses()
  const versions = useVersions(process)
  const asked = search.get('run') ?? undefined
  const run = useMoveRun(process, asked)
  const name = say(processes.data?.processes.find((each) => each.id === process)?.title, process)
  const list = versions.data?.versions ?? []
  const chosen = chosenVersions(list, search, run.data)
  const error = versions.error ?? run.error
  const isWaiting = versions.isPending || me.isPending || (asked !== undefined && run.data === undefined)
  return (
    <Page
      title={t('move.title', { process: name })}
      beside={
        <Button component={Link} to={`/processes/${encodeURIComponent(process)}`} variant="default">
          {t('move.back')}
        </Button>
      }
    >
      {error !== null ? (
        <ProblemNotice error={error} retry={() => void Promise.all([versions.refetch(), run.refetch()])} />
      ) : isWaiting ? (
        <Waiting />
      ) : chosen === undefined ? (
        <Empty title={t('move.one')} />
      ) : (
        <Moving
          process={process}
          list={list}
          {...chosen}
          run={run.data}
          mayRun={me.data?.rights.includes('migrations:run') === true}
        />
      )}
    </Page>
  )
}

/** What the address says, else the run looked at, else the newest older version with jobs, and the latest. */
function chosenVersions(
  list: readonly Listed[],
  search: URLSearchParams,
  run: MigrationDetail | undefined,
): { from: number; to: number } | undefined {
  if (run !== undefined) return { from: run.from, to: run.to }
  const numbers = list.map(({ version }) => version).toSorted((a, b) => b - a)
  const named = (key: string): number | undefined => numbers.find((each) => String(each) === search.get(key))
  const to = named('to') ?? numbers.find((each) => each !== named('from'))
  if (to === undefined) return undefined
  const others = list.filter(({ version }) => version !== to).toSorted((a, b) => b.version - a.version)
  const asked = named('from')
  const from =
    asked === to || asked === undefined
      ? (others.find(({ active }) => active > 0) ?? others[0])?.version
      : asked
  return from === undefined ? undefined : { from, to }
}

function Moving({
  process,
  list,
  from,
  to,
  run,
  mayRun,
}: {
  process: string
  list: readonly Listed[]
  from: number
  to: number
  run: MigrationDetail | undefined
  mayRun: boolean
}): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  // What is typed stays when its own trial begins; another run brings its own mapping.
  const [base, setBase] = useState(run?.id)
  const before = useVersion(process, from)
  const after = useVersion(process, to)
  const questions = useQuestions(before.data, after.data)
  const oldName = usePathName(questions?.old ?? [])
  const newName = usePathName(questions?.asked.targets ?? [])
  const life = useQuery({
    queryKey: ['processes', process, 'jobs by state', from],
    queryFn: ({ signal }) => api.life(process, from, {}, signal),
  })
  const jobs = useMemo(
    () => new Map((life.data?.states ?? []).map((state) => [state.path, state.jobs])),
    [life.data],
  )
  const show = (id: string): void => setSearch({ run: id })
  const put = (versions: { from: number; to: number }): void =>
    setSearch({ from: String(versions.from), to: String(versions.to) })
  const error = before.error ?? after.error
  if (error !== null)
    return <ProblemNotice error={error} retry={() => void Promise.all([before.refetch(), after.refetch()])} />
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" maw={820}>
        {t(mayRun ? 'move.lead' : 'move.readOnly')}
      </Text>
      <VersionChoice list={list} from={from} to={to} put={put} />
      {questions === undefined ? (
        <Waiting />
      ) : (
        <Grid gap="md">
          {mayRun ? (
            <Grid.Col span={{ base: 12, xl: run === undefined ? 12 : 5 }}>
              <MoveEditor
                key={`${from} ${to} ${base ?? ''}`}
                process={process}
                from={from}
                to={to}
                questions={questions.asked}
                jobs={jobs}
                job={search.get('job') ?? undefined}
                run={run}
                oldName={oldName}
                begun={show}
              />
            </Grid.Col>
          ) : null}
          {run === undefined ? null : (
            <Grid.Col span={{ base: 12, xl: mayRun ? 7 : 12 }}>
              <Box className="fc-panel" p="md">
                <RunPart key={run.id} run={run} mayRun={mayRun} oldName={oldName} newName={newName} />
              </Box>
            </Grid.Col>
          )}
        </Grid>
      )}
      <Section title={t('move.earlier.title')}>
        <EarlierMoves
          process={process}
          show={(id) => {
            setBase(id)
            show(id)
          }}
        />
      </Section>
    </Stack>
  )
}

type Asked = { asked: Questions; old: Questions['states'] }

function useQuestions(before: VersionView | undefined, after: VersionView | undefined): Asked | undefined {
  return useMemo(() => {
    if (before === undefined || after === undefined) return undefined
    const asked = questionsOf(before.definition, after.definition)
    return { asked, old: [...asked.states, ...asked.same] }
  }, [before, after])
}

function VersionChoice({
  list,
  from,
  to,
  put,
}: {
  list: readonly Listed[]
  from: number
  to: number
  put(versions: { from: number; to: number }): void
}): ReactElement {
  const { t } = useTranslation()
  const data = list.toReversed().map(({ version, active }) => ({
    value: String(version),
    label: t('move.withJobs', { version, count: active }),
  }))
  // Either choice pushes the other out of its way.
  return (
    <Group gap="md">
      <Select
        label={t('move.from')}
        w={280}
        data={data}
        value={String(from)}
        allowDeselect={false}
        onChange={(value) => put({ from: Number(value), to: Number(value) === to ? from : to })}
      />
      <Select
        label={t('move.to')}
        w={280}
        data={data}
        value={String(to)}
        allowDeselect={false}
        onChange={(value) => put({ from: Number(value) === from ? to : from, to: Number(value) })}
      />
    </Group>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactElement {
  const id = useId()
  return (
    <Box component="section" className="fc-panel" p="md" aria-labelledby={id}>
      <Title order={2} size="h5" mb="sm" id={id}>
        {title}
      </Title>
      {children}
    </Box>
  )
}
