/**
 * The editor of a scenario: a form in the words of a trainer, the same as JSON beside it, what is wrong with it, and a run to try it.
 *
 * Promises: explicit saving; another's save in between is shown and nothing is lost; every change can be undone.
 */
import './edit.css'
import { Box } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { ScenarioView } from '../../../../machines/wire/training.ts'
import { useProcesses, useVersion } from '../../../session/queries.ts'
import { ProblemNotice, Waiting } from '../../../shell/notices.tsx'
import { getScenario, TRAINING } from '../training-api.ts'
import { EditorFrame } from './editor-frame.tsx'

export default function EditorPage(): ReactElement {
  const { scenario: id = '' } = useParams()
  const client = useQueryClient()
  // As it was when the page was opened: another's save is told when one saves, not pulled from under the hands.
  const view = useQuery({
    queryKey: [TRAINING, 'scenario', id],
    queryFn: ({ signal }) => getScenario(id, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (view.isError)
    return (
      <Box p="lg" maw={720}>
        <ProblemNotice error={view.error} retry={() => void view.refetch()} />
      </Box>
    )
  if (view.data === undefined) return <Waiting />
  return (
    <WithDefinition
      key={id}
      view={view.data}
      refresh={() => {
        for (const name of ['scenarios', 'runs'])
          void client.invalidateQueries({ queryKey: [TRAINING, name] })
      }}
    />
  )
}

/** The form opens once the process is known: its choices come from there. A process without a version leaves them empty. */
function WithDefinition({ view, refresh }: { view: ScenarioView; refresh(): void }): ReactElement {
  const { t } = useTranslation()
  const { process, version } = view.scenario
  const processes = useProcesses()
  const latest = processes.data?.processes.find(({ id }) => id === process)?.latest?.version
  const known = useVersion(process, version ?? latest)
  if (processes.isPending || (known.isPending && (version ?? latest) !== undefined))
    return <Waiting label={t('common.loading')} />
  return <EditorFrame view={view} refresh={refresh} />
}
