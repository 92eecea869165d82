/**
 * A process drawn: any of its versions or its draft, with the jobs in each state.
 */
import { Alert, Badge, Box, Button, Group, Select, Text, Title } from '@mantine/core'
import { type ReactElement, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import { asText } from '../../machines/drawing/model.ts'
import { LazyChart } from '../canvas/lazy-chart.tsx'
import { ApiError } from '../session/api.ts'
import { useNameOf } from '../session/people.ts'
import { useDraft, useProcesses, useVersion, useVersions } from '../session/queries.ts'
import { useRightsOn } from '../session/reach.ts'
import { Empty, ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { ProcessMenu } from './process-menu.tsx'

const DRAFT = 'draft'

export default function ProcessPage(): ReactElement {
  const { process = '' } = useParams()
  const [search, setSearch] = useSearchParams()
  const { t } = useTranslation()
  const { say, time } = useSpeech()
  const mayWatch = useRightsOn(process).includes('life:read')
  const processes = useProcesses()
  const versions = useVersions(process)
  const summary = processes.data?.processes.find((each) => each.id === process)
  const newest = Math.max(0, ...(versions.data?.versions ?? []).map((each) => each.version))
  const asked = search.get('version')
  const shown = asked ?? (newest > 0 ? String(newest) : DRAFT)
  const title = say(summary?.title, process)
  if (versions.isError && !(summary?.draft === true))
    return (
      <Box p="xl" maw={720} mx="auto">
        <ProblemNotice error={versions.error} retry={() => void versions.refetch()} />
      </Box>
    )
  return (
    <Frame
      title={title}
      beside={
        <>
          <Select
            aria-label={t('processes.versions')}
            size="sm"
            w={190}
            allowDeselect={false}
            value={shown}
            onChange={(value) => setSearch(value === null ? {} : { version: value }, { replace: true })}
            data={[
              ...(summary?.draft === true ? [{ value: DRAFT, label: t('processes.draft') }] : []),
              ...(versions.data?.versions ?? [])
                .toSorted((one, other) => other.version - one.version)
                .map(({ version }) => ({
                  value: String(version),
                  label:
                    version === newest
                      ? `${t('processes.version', { version })} · ${t('processes.latest')}`
                      : t('processes.version', { version }),
                })),
            ]}
          />
          <Button component={Link} to={`/processes/${encodeURIComponent(process)}/design`}>
            {t('design.open')}
          </Button>
          <Button component={Link} to={`/jobs?process=${encodeURIComponent(process)}`} variant="default">
            {t('processes.jobs')}
          </Button>
          {mayWatch && newest > 0 ? (
            <Button
              component={Link}
              to={`/processes/${encodeURIComponent(process)}/life${shown === DRAFT ? '' : `?version=${shown}`}`}
              variant="default"
            >
              {t('life.open')}
            </Button>
          ) : null}
          <ProcessMenu
            process={process}
            title={title}
            version={shown === DRAFT ? newest || undefined : Number(shown)}
          />
        </>
      }
    >
      {summary?.archivedAt === undefined ? null : (
        <Alert role="status" radius={0} py={6} mb="xs" color="yellow" variant="light">
          {t('page.archive.since', { when: time(summary.archivedAt) })}
        </Alert>
      )}
      {versions.isPending ? (
        <Waiting />
      ) : shown === DRAFT ? (
        <DraftDrawing process={process} title={title} />
      ) : (
        <VersionDrawing process={process} version={Number(shown)} title={title} />
      )}
    </Frame>
  )
}

/** A page that fills the window: heading above, drawing below. */
function Frame({
  title,
  beside,
  children,
}: {
  title: string
  beside: ReactNode
  children: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Box h="calc(100dvh - 56px)" style={{ display: 'flex', flexDirection: 'column' }}>
      <title>{`${title} · ${t('app.name')}`}</title>
      <Group justify="space-between" px={{ base: 'md', md: 'xl' }} py="sm" gap="sm">
        <Title order={1} size="h3" className="fc-wrap">
          {title}
        </Title>
        <Group gap="sm">{beside}</Group>
      </Group>
      <Box style={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}>{children}</Box>
    </Box>
  )
}

function VersionDrawing({
  process,
  version,
  title,
}: {
  process: string
  version: number
  title: string
}): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const nameOf = useNameOf()
  const view = useVersion(process, version)
  if (view.isError) return <ProblemNotice error={view.error} retry={() => void view.refetch()} />
  if (view.isPending) return <Waiting />
  const { data } = view
  return (
    <>
      <Group px={{ base: 'md', md: 'xl' }} pb="sm" gap="md">
        <Text size="sm" c="dimmed" className="fc-wrap">
          {t('processes.published', { when: time(data.publishedAt), author: nameOf(data.author) })}
          {data.note === '' ? '' : ` · ${data.note}`}
        </Text>
      </Group>
      <Drawing definition={data.definition} layoutKey={data.hash} title={title} jobs={data.jobs} />
    </>
  )
}

function DraftDrawing({ process, title }: { process: string; title: string }): ReactElement {
  const { t } = useTranslation()
  const { say, time } = useSpeech()
  const nameOf = useNameOf()
  const draft = useDraft(process, true)
  if (draft.isError)
    return draft.error instanceof ApiError && draft.error.status === 404 ? (
      <Empty title={t('processes.unpublished')} />
    ) : (
      <ProblemNotice error={draft.error} retry={() => void draft.refetch()} />
    )
  if (draft.isPending) return <Waiting />
  const { data } = draft
  const name = say(titleOf(data.definition), title)
  return (
    <>
      <Group px={{ base: 'md', md: 'xl' }} pb="sm" gap="md">
        <Badge color="orange" variant="light" c="var(--mantine-color-text)">
          {t('processes.draft')}
        </Badge>
        <Text size="sm" c="dimmed">
          {t('processes.saved', { when: time(data.updatedAt), author: nameOf(data.updatedBy) })}
        </Text>
      </Group>
      <Drawing definition={data.definition} layoutKey={`${process} draft ${data.revision}`} title={name} />
    </>
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const titleOf = (definition: unknown) =>
  isRecord(definition) && isRecord(definition.meta) ? asText(definition.meta.title) : undefined

function Drawing({
  definition,
  layoutKey,
  title,
  jobs,
}: {
  definition: unknown
  layoutKey: string
  title: string
  jobs?: Record<string, number>
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Box style={{ flex: 1, minHeight: 0, borderTop: '1px solid var(--mantine-color-default-border)' }}>
      <Suspense fallback={<Waiting label={t('chart.drawing')} />}>
        <LazyChart
          definition={definition}
          layoutKey={layoutKey}
          label={t('processes.drawing', { title })}
          {...(jobs === undefined ? {} : { jobs })}
        />
      </Suspense>
    </Box>
  )
}
