/**
 * A definition drawn as a statechart, read-only: zoom, minimap, details of what is selected, the job's states lit.
 *
 * Promises: any definition, also a broken or empty one, ends in a drawing or in words why there is none.
 * Must not: change a definition. Loaded lazily: with it come React Flow and ELK.
 */
import '@xyflow/react/dist/base.css'
import './chart.css'
import { Button, useComputedColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chartGraph } from '../../machines/drawing/graph.ts'
import { readChart } from '../../machines/drawing/model.ts'
import { Empty, Waiting } from '../shell/notices.tsx'
import { ChartDetails } from './chart-details.tsx'
import { ChartFlow } from './chart-flow.tsx'
import { browserMeasure, layOutInWorker } from './chart-layout.ts'
import { ChartTip } from './chart-tip.tsx'
import { useChartWords } from './chart-words.ts'
import type { FoundSigns } from './found-sign.tsx'
import type { LifeSigns } from './life.ts'
import type { Marks } from './marks.ts'
import type { WaySigns } from './way.ts'

export type ChartProps = {
  definition: unknown
  /** Names the definition, so that its layout is kept: its hash, or a draft's revision. */
  layoutKey: string
  /** What a screen reader calls the drawing. */
  label: string
  /** Leaf paths that the job is in. */
  active?: readonly string[]
  /** Jobs by leaf path. */
  jobs?: Record<string, number>
  /** What became of states (by path) and transitions (by pointer) since another version. */
  marks?: Marks
  /** How jobs fare, on states and transitions. */
  life?: LifeSigns
  /** Open findings from practice. */
  found?: FoundSigns
  /** Of `active`, where the eye is to fall where they are far apart. */
  focus?: readonly string[]
  /** The way that the job took. */
  way?: WaySigns
  /** Stands above the details of what is selected. */
  more?(choice: NonNullable<Choice>): ReactNode
}

/** What is selected: a state by its path, or a transition by its pointer. */
export type Choice = { state: string } | { transition: string } | undefined

const measure = browserMeasure()

export default function Chart({
  definition,
  layoutKey,
  label,
  active,
  jobs,
  marks,
  life,
  found,
  focus,
  way,
  more,
}: ChartProps): ReactElement {
  const { t, i18n } = useTranslation()
  const dark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark'
  const [choice, setChoice] = useState<Choice>()
  const model = useMemo(() => readChart(definition), [definition])
  const words = useChartWords(model)
  const shown = useMemo(
    () => ({ active, jobs, marks, life, way, found, focus }),
    [active, jobs, marks, life, way, found, focus],
  )
  const empty = model.states.size <= 1
  const layout = useQuery({
    queryKey: ['chart', layoutKey, i18n.language],
    queryFn: () => layOutInWorker(chartGraph(model, words, measure)),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    enabled: !empty,
  })
  if (empty) return <Empty title={t('chart.empty')} />
  return (
    <section className="chart" aria-label={label}>
      {layout.isPending ? (
        <div className="chart-over">
          <Waiting label={t('chart.drawing')} />
        </div>
      ) : null}
      {layout.isError ? <NotDrawn retry={() => void layout.refetch()} /> : null}
      {model.cut ? <div className="chart-note">{t('chart.cut')}</div> : null}
      {layout.data === undefined ? null : (
        <ChartTip>
          <ChartFlow
            key={`${layoutKey} ${i18n.language}`}
            chart={layout.data}
            words={words}
            dark={dark}
            shown={shown}
            choice={choice}
            choose={setChoice}
          />
        </ChartTip>
      )}
      {choice === undefined ? null : (
        <ChartDetails words={words} choice={choice} choose={setChoice}>
          {more?.(choice)}
        </ChartDetails>
      )}
    </section>
  )
}

function NotDrawn({ retry }: { retry(): void }): ReactElement {
  const { t } = useTranslation()
  return (
    <div className="chart-over" style={{ pointerEvents: 'auto' }} role="alert">
      <Empty title={t('chart.failed')}>
        <Button variant="default" onClick={retry}>
          {t('common.retry')}
        </Button>
      </Empty>
    </div>
  )
}
