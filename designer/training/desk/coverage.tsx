/** What of a process was practised, on its drawing: lit with a number what was gone through, and a list of what never was. */
import './coverage.css'
import { Group, List, Stack, Text, Title } from '@mantine/core'
import { type ReactElement, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type ChartModel, readChart } from '../../../machines/drawing/model.ts'
import type { TrainingResults } from '../../../machines/wire/training.ts'
import { LazyChart } from '../../canvas/lazy-chart.tsx'
import type { WaySigns } from '../../canvas/way.ts'
import { useVersion } from '../../session/queries.ts'
import { ProblemNotice, Waiting } from '../../shell/notices.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { stateTitle } from './edit/names.tsx'
import { useProcessTitle } from './scenario-filter.tsx'

type Given = NonNullable<TrainingResults['coverage']>

export function Coverage({ coverage }: { coverage: Given }): ReactElement {
  const { t } = useTranslation()
  const titleOf = useProcessTitle()
  const view = useVersion(coverage.process, coverage.version)
  const definition = view.data?.definition
  const model = useMemo(() => readChart(definition), [definition])
  const signs = useMemo((): WaySigns => {
    const sign = (count: number) => ({
      often: t('jobPage.often', { count }),
      told: t('trainer.results.practised', { count }),
    })
    const signed = (counts: Readonly<Record<string, number>>) =>
      new Map(
        Object.entries(counts)
          .filter(([, count]) => count > 0)
          .map(([key, count]) => [key, sign(count)]),
      )
    return { states: signed(coverage.states), transitions: signed(coverage.transitions) }
  }, [coverage, t])
  if (view.isError) return <ProblemNotice error={view.error} retry={() => void view.refetch()} />
  if (view.data === undefined) return <Waiting />
  const never = model.transitions.filter(
    ({ pointer, trigger }) => trigger.kind !== 'default' && (coverage.transitions[pointer] ?? 0) === 0,
  )
  return (
    <Stack gap="sm">
      <Group gap="lg">
        <Text size="sm" fw={600}>
          {t('trainer.results.covered', {
            done: model.transitions.length - never.length,
            count: model.transitions.length,
          })}
        </Text>
        <Text size="sm" c="dimmed">
          {t('trainer.results.legend')}
        </Text>
      </Group>
      <div
        className="fc-panel"
        style={{
          height: '62vh',
          minHeight: 420,
          display: 'flex',
          flexDirection: 'column',
          overflow: 'hidden',
        }}
      >
        <Suspense fallback={<Waiting label={t('chart.drawing')} />}>
          <LazyChart
            definition={view.data.definition}
            layoutKey={view.data.hash}
            label={t('processes.drawing', { title: titleOf(coverage.process) })}
            way={signs}
          />
        </Suspense>
      </div>
      {never.length === 0 ? null : <Never never={never} model={model} />}
    </Stack>
  )
}

function Never({ never, model }: { never: ChartModel['transitions']; model: ChartModel }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const nameOf = ({ title, trigger }: ChartModel['transitions'][number]): string => {
    if (title !== undefined) return say(title)
    if (trigger.kind === 'event') return say(trigger.title, trigger.type)
    if (trigger.kind === 'after') return say(trigger.definition?.meta?.title, trigger.delay)
    return t(`trigger.${trigger.kind === 'done' ? 'done' : 'always'}`)
  }
  // Several ways of one name open under different conditions.
  const told = new Map<string, number>()
  for (const each of never) {
    const state = each.source === '' ? say(model.title) : stateTitle(model, each.source, say)
    const line = t('trainer.results.way', { state, way: nameOf(each) })
    told.set(line, (told.get(line) ?? 0) + 1)
  }
  return (
    <div>
      <Title order={3} size="h6" mb={4}>
        {t('trainer.results.never', { count: never.length })}
      </Title>
      <List size="sm" spacing={2} className="coverage-never">
        {[...told].map(([line, count]) => (
          <List.Item key={line} className="fc-wrap">
            {line}
            {count > 1 ? ` ${t('jobPage.often', { count })}` : ''}
          </List.Item>
        ))}
      </List>
    </div>
  )
}
