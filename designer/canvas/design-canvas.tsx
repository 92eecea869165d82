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
import { type FocusEvent, type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Places } from '../../machines/drawing/arrange.ts'
import { wholeLine } from '../../machines/drawing/boxes.ts'
import type { Point, Rect } from '../../machines/drawing/graph.ts'
import { asText, readChart } from '../../machines/drawing/model.ts'
import { delayInWords, stateTitle, titleAt } from '../../machines/drawing/words.ts'
import { CANVAS_ACTIONS } from '../actions/canvas-actions.ts'
import type { CanvasScene } from '../actions/canvas-scene.ts'
import { useBring } from '../actions/register.ts'
import { type Selection, useDesign } from '../design/design-api.ts'
import { at, entriesOf } from '../document/json.ts'
import { Waiting } from '../shell/notices.tsx'
import { inLanguage } from '../text/language.ts'
import { CanvasBars } from './canvas-bars.tsx'
import { DeleteDialog, Ends, SearchBox, TitleBox, titlePlace } from './canvas-parts.tsx'
import { ChartTip } from './chart-tip.tsx'
import { chartWords, type Words } from './chart-words.ts'
import { ConnectDialog } from './connect-dialog.tsx'
import { EditFlow, type Flow } from './edit-flow.tsx'
import type { Hit } from './navigate.ts'
import { useEdit } from './seen.ts'
import { useArranged } from './use-arranged.ts'
import { useCanvas } from './use-canvas.ts'

export default function DesignCanvas(): ReactElement {
  const { t, i18n } = useTranslation()
  const design = useDesign()
  const { document: edited, selection, select, readOnly, revealed } = design
  const dark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark'
  const model = useMemo(() => readChart(edited.definition), [edited.definition])
  const words = useMemo(() => chartWords(t, i18n.language, model), [t, i18n.language, model])
  const [drag, setDrag] = useState<{ paths: readonly string[]; by: Point }>()
  const start = useRef<Places>({})
  const shifted = useMemo(() => {
    if (drag === undefined) return undefined
    const moved = drag.paths.flatMap((path) => {
      const place = start.current[path]
      const inside = drag.paths.some((other) => path.startsWith(`${other}.`))
      return place === undefined || inside
        ? []
        : [[path, { ...place, x: place.x + drag.by.x, y: place.y + drag.by.y }] as const]
    })
    return Object.fromEntries(moved)
  }, [drag])
  const { arranged, layOut } = useArranged(design, words, shifted)
  if (drag === undefined && arranged !== undefined) start.current = arranged.places
  const still = useMemo(
    () =>
      arranged === undefined
        ? undefined
        : { ...arranged, places: drag === undefined ? arranged.places : start.current },
    [arranged, drag],
  )
  const canvas = useCanvas(words, still, layOut)
  const [flow, setFlow] = useState<Flow>()
  const [searching, setSearching] = useState(false)
  const frame = useRef<HTMLElement>(null)
  const chart = arranged?.chart

  const rectOf = (chosen: Selection): Rect | undefined => {
    const boxes = chosen.flatMap((one): Rect[] => {
      if (one.kind === 'state') return chart?.states.filter(({ state }) => state.path === one.path) ?? []
      const edge = chart?.edges.find(({ transitions }) =>
        transitions.some(({ pointer }) => pointer === one.pointer),
      )
      return (edge?.points ?? []).map(({ x, y }) => ({ x, y, width: 1, height: 1 }))
    })
    if (boxes.length === 0) return undefined
    const x = Math.min(...boxes.map((box) => box.x))
    const y = Math.min(...boxes.map((box) => box.y))
    return {
      x,
      y,
      width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
      height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
    }
  }
  const zoomTo = (chosen: Selection = selection): void => {
    const rect = rectOf(chosen)
    if (rect !== undefined) void flow?.fitBounds(rect, { padding: 0.6, duration: 200 })
  }
  /** Brought into view only where it is not. */
  const reveal = (chosen: Selection): void => {
    const rect = rectOf(chosen)
    const pane = frame.current?.getBoundingClientRect()
    if (rect === undefined || pane === undefined || flow === undefined) return
    const from = flow.flowToScreenPosition({ x: rect.x, y: rect.y })
    const to = flow.flowToScreenPosition({ x: rect.x + rect.width, y: rect.y + rect.height })
    if (from.x >= pane.left && from.y >= pane.top && to.x <= pane.right && to.y <= pane.bottom) return
    void flow.setCenter(rect.x + rect.width / 2, rect.y + rect.height / 2, {
      zoom: Math.max(flow.getZoom(), 0.7),
      duration: 200,
    })
  }
  const latest = useRef(reveal)
  latest.current = reveal
  const chosen = useRef(selection)
  chosen.current = selection
  useEffect(() => {
    if (revealed > 0) latest.current(chosen.current)
  }, [revealed])
  const focused = canvas.only
  const ready = arranged !== undefined
  useEffect(() => {
    const own = frame.current
    // The keyboard goes on from what is selected; who types in a panel is left alone.
    if (focused === undefined || !ready || own === null || !own.contains(document.activeElement)) return
    latest.current([{ kind: 'state', path: focused }])
    if (document.activeElement instanceof HTMLInputElement) return
    own
      .querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(`s:${focused}`)}"]`)
      ?.focus({ preventScroll: true })
  }, [focused, ready])

  const edit = useEdit()
  const scene: CanvasScene | undefined =
    chart === undefined
      ? undefined
      : {
          design,
          edit,
          canvas,
          chart,
          model,
          view: {
            search: () => setSearching(true),
            zoomTo: () => zoomTo(),
            showAll: () => void flow?.fitBounds(chart),
            zoomBy: (times) => void flow?.zoomTo(flow.getZoom() * times),
          },
        }
  useBring(CANVAS_ACTIONS, scene)

  if (chart === undefined || arranged === undefined || scene === undefined)
    return (
      <div className="chart">
        <div className="chart-over">
          <Waiting label={t('chart.drawing')} />
        </div>
      </div>
    )
  const entries: Hit[] = [
    ...[...model.states.values()].map((state): Hit => {
      const items = state.checklist.map(({ title }) => inLanguage(title, i18n.language))
      const text = [
        stateTitle(state, words),
        state.key,
        state.title?.en,
        state.title?.zh,
        ...state.norms,
        ...items,
      ].join(' ')
      return { kind: 'state', id: state.path, text }
    }),
    ...model.transitions.map(
      (way): Hit => ({
        kind: 'transition',
        id: way.pointer,
        text: [wholeLine(way, words), ...way.norms].join(' '),
      }),
    ),
  ]
  const go = (hit: Hit): void =>
    select(
      [hit.kind === 'state' ? { kind: 'state', path: hit.id } : { kind: 'transition', pointer: hit.id }],
      { reveal: true },
    )
  const focusedBy = ({ target }: FocusEvent): void => {
    const id = target.matches('.react-flow__node:focus-visible') ? target.getAttribute('data-id') : null
    const path = id?.slice(2)
    if (path !== undefined && !canvas.states.includes(path)) canvas.pick(path)
  }
  const opened = (path: string, at: Point): void => {
    const state = model.states.get(path)
    const box = canvas.placed(path)
    if (
      state !== undefined &&
      box !== undefined &&
      path !== '' &&
      (state.children.length === 0 || at.y < box.y + box.box.height + 4)
    ) {
      canvas.setNaming(path)
      return
    }
    canvas.create('atomic', canvas.parentAt(at), at)
  }
  const { asking, naming } = canvas
  const named = naming === undefined ? undefined : canvas.placed(naming)
  const edge = chart.edges.find(({ transitions }) =>
    transitions.some(({ pointer }) => pointer === canvas.way),
  )
  const choices = [...model.states.values()]
    .filter(({ parent }) => parent !== undefined)
    .map((state) => ({
      value: state.path,
      label: `${stateTitle(state, words)}${state.depth > 1 ? ` · ${titleAt(state.parent ?? '', words)}` : ''}`,
    }))
  const declared = (...place: string[]): { value: string; label: string }[] =>
    entriesOf(at(edited.definition, ...place)).map(([name, value]) => ({
      value: name,
      label: inLanguage(asText(at(value, 'meta', 'title')), i18n.language, name),
    }))
  return (
    <section
      className="chart canvas"
      aria-label={t('edit.canvas')}
      ref={frame}
      tabIndex={-1}
      data-region="canvas"
      onFocus={focusedBy}
    >
      <ChartTip>
        <EditFlow
          chart={chart}
          words={words}
          dark={dark}
          readOnly={readOnly}
          selection={selection}
          select={select}
          ready={setFlow}
          dragged={(paths, by) => setDrag({ paths, by })}
          dropped={(paths, by, point) => {
            setDrag(undefined)
            canvas.drop(paths, by, point)
          }}
          connected={canvas.connectAt}
          drawnTo={canvas.drawnTo}
          opened={opened}
        >
          {readOnly ? null : <CanvasBars scene={scene} />}
          {searching ? (
            <Panel position="top-right">
              <SearchBox
                entries={entries}
                go={go}
                close={() => {
                  setSearching(false)
                  frame.current?.focus()
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
                frame.current?.focus()
              }}
            />
          )}
          {edge === undefined || readOnly || flow === undefined ? null : (
            <Ends
              points={edge.points}
              toPoint={({ clientX, clientY }) => flow.screenToFlowPosition({ x: clientX, y: clientY })}
              drop={canvas.leadTo}
            />
          )}
        </EditFlow>
      </ChartTip>
      {asking?.kind === 'way' ? (
        <ConnectDialog
          draft={asking.draft}
          states={choices}
          events={declared('schemas', 'events')}
          delays={declared('delays').map((each) => ({
            ...each,
            label: `${each.label} · ${delayWords(each.value, words)}`,
          }))}
          canBeDone={(model.states.get(asking.draft.source)?.children.length ?? 0) > 0}
          close={() => canvas.setAsking(undefined)}
          finish={canvas.finishWay}
        />
      ) : null}
      {asking?.kind === 'delete' ? (
        <DeleteDialog
          title={asking.title}
          lines={asking.lines}
          close={() => canvas.setAsking(undefined)}
          confirm={() => canvas.removeNow(asking.paths)}
        />
      ) : null}
    </section>
  )
}

function delayWords(name: string, words: Words): string {
  const used = words.model.transitions.find(
    ({ trigger }) => trigger.kind === 'after' && trigger.delay === name,
  )
  return used?.trigger.kind === 'after' ? delayInWords(used.trigger.definition, name, words) : name
}
