/**
 * The drawing of the process being designed, to be worked on by mouse and by keyboard.
 *
 * Promises: every change is a command; everything the mouse does, a key or a button does, too. A broken definition is
 * drawn as far as it can be. Must not: save, or hold what the document holds. Loaded lazily.
 */
import '@xyflow/react/dist/base.css'
import './chart.css'
import './canvas.css'
import { useComputedColorScheme } from '@mantine/core'
import { Panel } from '@xyflow/react'
import { type FocusEvent, memo, type ReactElement, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../machines/definition/problem.ts'
import type { PlacedChart, PlacedState, Point } from '../../machines/drawing/graph.ts'
import { readChart } from '../../machines/drawing/model.ts'
import { titleAt } from '../../machines/drawing/words.ts'
import { CANVAS_ACTIONS } from '../actions/canvas-actions.ts'
import type { CanvasScene } from '../actions/canvas-scene.ts'
import { useBring } from '../actions/register.ts'
import { DesignContext, useDesign } from '../design/design-api.ts'
import { useFoundSigns } from '../findings/found-signs.ts'
import { Waiting } from '../shell/notices.tsx'
import { PartHint, Trail } from './breadcrumbs.tsx'
import { CanvasBars } from './canvas-bars.tsx'
import { CanvasDialogs } from './canvas-dialogs.tsx'
import { hitsIn } from './canvas-hits.ts'
import { Ends, SearchBox, TitleBox, titlePlace } from './canvas-parts.tsx'
import { ChartTip } from './chart-tip.tsx'
import { useChartWords } from './chart-words.ts'
import { EditFlow, type Flow } from './edit-flow.tsx'
import { flawsOf } from './flaws.ts'
import { useFollowing } from './following.ts'
import { Grips, Guides } from './grips.tsx'
import { type GroupWork, GroupWorkContext } from './group-tools.tsx'
import { KeepKeyboard } from './keep-keyboard.tsx'
import { useKeptKeyboard } from './kept-keyboard.ts'
import type { Hit } from './navigate.ts'
import { gripsOf } from './resize.ts'
import { useEdit } from './seen.ts'
import { useStill } from './sparing.ts'
import { useSpokenSelection } from './spoken-selection.ts'
import { useArranged } from './use-arranged.ts'
import { useCamera } from './use-camera.ts'
import { useCanvas } from './use-canvas.ts'
import { usePreview } from './use-preview.ts'
import { type Structure, useStructure } from './use-structure.ts'
import { useView } from './use-view.ts'

type CanvasProps = { problems: readonly Problem[] }

/** Drawn anew for what it shows alone, not for how saving stands; behind what is typed beside it. */
export default function DesignCanvas({ problems }: CanvasProps): ReactElement {
  return (
    <DesignContext value={useFollowing(useDesign())}>
      <Canvas problems={useFollowing(problems)} />
    </DesignContext>
  )
}

const Canvas = memo(function Canvas({ problems }: CanvasProps): ReactElement {
  const { t, i18n } = useTranslation()
  const design = useDesign()
  const { document: edited, selection, select, readOnly, revealed } = design
  const dark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark'
  const model = useMemo(() => readChart(edited.definition), [edited.definition])
  const words = useChartWords(model)
  const looking = useView(design, model)
  const { view } = looking
  const preview = usePreview()
  const drawn = useArranged(design, words, view, preview.shifted)
  const { arranged } = drawn
  const still = preview.still(arranged)
  const canvas = useCanvas(words, view, still)
  const structure = useStructure(model, looking, still, drawn, canvas)
  const [flow, setFlow] = useState<Flow>()
  const [isPart, setPart] = useState(false)
  const [searching, setSearching] = useState(false)
  const frame = useRef<HTMLElement>(null)
  const chart = arranged?.chart
  const camera = useCamera({ frame, flow, chart, selection, revealed, only: canvas.only, home: view.home })
  useKeptKeyboard(frame, canvas.only, chart)
  useSpokenSelection(words, canvas.way, canvas.states)
  const found = useFoundSigns(design.process, model, view.folded)
  const shown = useMemo(
    () => ({ flaws: flawsOf(problems, edited.definition, view, i18n.language), found }),
    [problems, edited.definition, view, i18n.language, found],
  )
  const edit = useEdit()
  const scene: CanvasScene | undefined =
    chart === undefined
      ? undefined
      : {
          design,
          edit,
          canvas,
          structure,
          chart,
          model,
          view: { ...camera, search: () => setSearching(true) },
        }
  useBring(CANVAS_ACTIONS, scene)
  const work = useGroupWork(structure, readOnly)
  const bars = useStill(
    scene === undefined ? null : <CanvasBars scene={scene} />,
    preview.shifted !== undefined,
  )

  if (chart === undefined || scene === undefined)
    return (
      <div className="chart">
        <div className="chart-over">
          <Waiting label={t('chart.drawing')} />
        </div>
      </div>
    )
  const go = ({ kind, id }: Hit): void =>
    select([kind === 'state' ? { kind, path: id } : { kind, pointer: id }], { reveal: true })
  const focusedBy = ({ target }: FocusEvent): void => {
    const id = target.matches('.react-flow__node:focus-visible') ? target.getAttribute('data-id') : null
    const path = id?.slice(2)
    if (path !== undefined && !canvas.states.includes(path)) canvas.pick(path)
  }
  const opened = (path: string, at: Point): void => {
    const box = canvas.placed(path)
    if (box === undefined || path === '') canvas.create('atomic', canvas.parentAt(at), at)
    else if (box.state.stub === true) select([{ kind: 'state', path }], { reveal: true })
    else if (box.state.children.length === 0 || at.y < box.y + box.box.height + 4) canvas.setNaming(path)
    else canvas.create('atomic', canvas.parentAt(at), at)
  }
  const { naming, only } = canvas
  const named = naming === undefined ? undefined : canvas.placed(naming)
  const edge = chart.edges.find(({ transitions }) =>
    transitions.some(({ pointer }) => pointer === canvas.way),
  )
  const sized = only === undefined || readOnly || only === view.home ? undefined : placedNow(chart, only)
  const zoom = flow?.getZoom() ?? 1
  const toPoint = (event: { clientX: number; clientY: number }): Point =>
    flow?.screenToFlowPosition({ x: event.clientX, y: event.clientY }) ?? { x: 0, y: 0 }
  const showAll = (): void => {
    setPart(false)
    camera.showAll()
  }
  const toDrawing = (): void => frame.current?.focus()
  return (
    <section
      className="chart canvas"
      aria-label={t('edit.canvas')}
      ref={frame}
      tabIndex={-1}
      data-area="canvas"
      onFocus={focusedBy}
    >
      <ChartTip>
        <GroupWorkContext value={work}>
          <EditFlow
            chart={chart}
            words={words}
            dark={dark}
            readOnly={readOnly}
            shown={shown}
            view={view}
            selection={selection}
            isDragging={preview.shifted !== undefined}
            select={select}
            ready={(made, sight) => {
              setFlow(made)
              setPart(sight === 'part')
            }}
            moved={() => setPart(false)}
            showAll={showAll}
            dragged={preview.drag}
            dropped={(paths, by, point) => canvas.drop(paths, preview.letGo()?.by ?? by, point)}
            connected={canvas.connectAt}
            drawnTo={canvas.drawnTo}
            opened={opened}
          >
            {readOnly ? null : bars}
            <KeepKeyboard frame={frame} />
            {view.home === '' ? null : (
              <Panel position="top-center">
                <Trail home={view.home} words={words} showAlone={structure.showAlone} />
              </Panel>
            )}
            {isPart ? (
              <Panel position="bottom-center">
                <PartHint showAll={showAll} />
              </Panel>
            ) : null}
            {searching ? (
              <Panel position="top-right">
                <SearchBox
                  entries={hitsIn(words)}
                  go={go}
                  close={() => {
                    setSearching(false)
                    toDrawing()
                  }}
                />
              </Panel>
            ) : null}
            {named === undefined || naming === undefined ? null : (
              <TitleBox
                key={naming}
                at={titlePlace(named)}
                value={titleAt(naming, words)}
                keep={(title) => canvas.rename(naming, title)}
                close={() => {
                  canvas.setNaming(undefined)
                  toDrawing()
                }}
              />
            )}
            {sized === undefined || only === undefined ? null : (
              <Grips
                box={sized}
                grips={gripsOf(sized)}
                toPoint={toPoint}
                pull={(sides, by, free) =>
                  preview.resize(only, sides, by, canvas.originOf(only), { free, zoom })
                }
                drop={() => structure.resized(preview.letGo()?.places ?? {})}
                refit={() => structure.fitSize([only])}
              />
            )}
            <Guides guides={preview.guides} />
            {edge === undefined || readOnly ? null : (
              <Ends points={edge.points} toPoint={toPoint} drop={canvas.leadTo} />
            )}
          </EditFlow>
        </GroupWorkContext>
      </ChartTip>
      <CanvasDialogs canvas={canvas} definition={edited.definition} words={words} />
    </section>
  )
})

const placedNow = (chart: PlacedChart, path: string): PlacedState | undefined =>
  chart.states.find(({ state }) => state.path === path)

/** The same object until something of it changes, so that groups are not drawn anew by every render. */
function useGroupWork(structure: Structure, readOnly: boolean): GroupWork {
  const latest = useRef(structure)
  latest.current = structure
  const { home } = structure
  return useMemo(
    () => ({
      home,
      mayFold: !readOnly,
      fold: (path, folded) => (folded ? latest.current.fold([path]) : latest.current.unfold([path])),
      showAlone: (path) => latest.current.showAlone(path),
    }),
    [home, readOnly],
  )
}
