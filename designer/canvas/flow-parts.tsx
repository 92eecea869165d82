/**
 * What both drawings on React Flow share, the one to read and the one to work on: nodes and edges of a placed drawing,
 * its controls.
 *
 * Must not: place or route; React Flow's own routing and measuring are not used.
 */
import { type AriaLabelConfig, ControlButton, Controls, useReactFlow } from '@xyflow/react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlacedChart, PlacedEdge, PlacedState } from '../../machines/drawing/graph.ts'
import { stateTitle, titleAt } from '../../machines/drawing/words.ts'
import { Icon } from '../shell/icons.tsx'
import type { Words } from './chart-words.ts'
import { type Flaw, type Flaws, NO_FLAWS } from './flaws.ts'
import type { FoundSign, FoundSigns } from './found-sign.tsx'
import type { LifeSigns, StateSign } from './life.ts'
import { type Mark, type Marks, NO_MARKS, sharedMark } from './marks.ts'
import {
  type ChartNode,
  DividerView,
  HeaderView,
  isGroup,
  type Lit,
  MarkView,
  RoomView,
  StateView,
} from './nodes.tsx'
import { endHandles, measuredAs, NO_HANDLES, roomId, roomsOf } from './sparing.ts'
import { type TransitionEdge, TransitionView } from './transition-edge.tsx'
import type { WaySign, WaySigns } from './way.ts'

/** What React Flow is told in both. */
export const FLOW = {
  nodeTypes: { state: StateView, mark: MarkView, divider: DividerView, header: HeaderView, room: RoomView },
  edgeTypes: { transition: TransitionView },
  edgesFocusable: false,
  elevateNodesOnSelect: false,
  deleteKeyCode: null,
  minZoom: 0.05,
  maxZoom: 2.5,
  proOptions: { hideAttribution: true },
} as const
/** Lines lie above groups and below states. */
export const EDGES_ABOVE = 100
const LEAVES_ABOVE = 200

export const spokenHelp = (t: Words['t'], node = t('chart.nodeHelp')): Partial<AriaLabelConfig> => ({
  'node.a11yDescription.default': node,
  'node.a11yDescription.keyboardDisabled': node,
  'edge.a11yDescription.default': t('chart.edgeHelp'),
  'controls.ariaLabel': t('chart.controls'),
})

/** `showAll`: another way to show the whole. */
export function ZoomControls({ chart, showAll }: { chart: PlacedChart; showAll?(): void }): ReactElement {
  const { t } = useTranslation()
  const flow = useReactFlow()
  const named = (label: string): { title: string; 'aria-label': string } => ({
    title: label,
    'aria-label': label,
  })
  return (
    <Controls showZoom={false} showFitView={false} showInteractive={false}>
      <ControlButton {...named(t('chart.zoomIn'))} onClick={() => void flow.zoomIn()}>
        <Icon name="plus" size={16} />
      </ControlButton>
      <ControlButton {...named(t('chart.zoomOut'))} onClick={() => void flow.zoomOut()}>
        <Icon name="minus" size={16} />
      </ControlButton>
      <ControlButton
        {...named(t('chart.fit'))}
        onClick={() => {
          if (showAll === undefined) void flow.fitBounds(chart)
          else showAll()
        }}
      >
        <Icon name="fit" size={16} />
      </ControlButton>
    </Controls>
  )
}

export const STATE_ID = 's:'

/** What a drawing shows beside the process itself. */
export type Shown = {
  /** Leaf paths that a job is in. */
  readonly active?: readonly string[] | undefined
  /** Jobs by leaf path. */
  readonly jobs?: Readonly<Record<string, number>> | undefined
  readonly marks?: Marks | undefined
  readonly flaws?: Flaws | undefined
  readonly life?: LifeSigns | undefined
  readonly way?: WaySigns | undefined
  /** Of `active`, where the eye is to fall. */
  readonly focus?: readonly string[] | undefined
  /** Open findings from practice. */
  readonly found?: FoundSigns | undefined
}

export function nodesOf(
  chart: PlacedChart,
  words: Words,
  { active = [], jobs = {}, marks = NO_MARKS, flaws = NO_FLAWS, life, way, found: findings }: Shown,
  chosen: string | undefined,
): ChartNode[] {
  const changed = changedWithin(words.model.transitions, marks)
  const still = { draggable: false, connectable: false, deletable: false } as const
  const states = chart.states.map((placed): ChartNode => {
    const { state, x, y, width, height } = placed
    const lit = litBy(state.path, active)
    const here = jobs[state.path] ?? 0
    const flaw = flaws.get(state.path)
    const sign = life?.states.get(state.path)
    const been = way?.states.get(state.path)
    const found = findings?.get(state.path)
    const mark = marks.get(state.path) ?? (changed.has(state.path) ? 'changed' : undefined)
    return {
      ...still,
      id: `${STATE_ID}${state.path}`,
      type: 'state',
      position: { x, y },
      width,
      height,
      ...measuredAs(placed),
      handles: endHandles(placed),
      zIndex: state.children.length > 0 ? state.depth : LEAVES_ABOVE,
      selected: chosen === state.path,
      // The process itself fills the pane; selecting it by every click beside a state would be a nuisance.
      selectable: state.parent !== undefined,
      focusable: state.parent !== undefined,
      ariaRole: 'group',
      ariaLabel: spoken(placed, words, lit, here, mark, flaw, sign, been, found),
      data: { placed, lit, jobs: here, mark, flaw, sign, been, found },
    }
  })
  const passive = { ...still, selectable: false, focusable: false, zIndex: LEAVES_ABOVE } as const
  const dots = chart.marks.map(
    ({ id, kind, x, y, width, height }): ChartNode => ({
      ...passive,
      id,
      type: 'mark',
      position: { x, y },
      width,
      height,
      ...measuredAs({ width, height }),
      handles: endHandles({ width, height }),
      data: { kind },
    }),
  )
  const dividers = chart.dividers.map(({ id, from, to }): ChartNode => {
    const across = from.y === to.y
    const size = { width: Math.max(1, to.x - from.x), height: Math.max(1, to.y - from.y) }
    return {
      ...passive,
      id: `d:${id}`,
      type: 'divider',
      position: from,
      ...size,
      ...measuredAs(size),
      handles: NO_HANDLES,
      zIndex: EDGES_ABOVE - 1,
      data: { across },
    }
  })
  const headers = chart.states.filter(isGroup).map(
    (placed): ChartNode => ({
      ...passive,
      zIndex: LEAVES_ABOVE - 1,
      id: `h:${placed.state.path}`,
      type: 'header',
      // Inside the group's own border.
      position: { x: placed.x + 2, y: placed.y + 2 },
      width: placed.box.width,
      height: placed.box.height,
      ...measuredAs(placed.box),
      handles: NO_HANDLES,
      data: { placed, lit: litBy(placed.state.path, active) },
    }),
  )
  return [...states, ...dividers, ...dots, ...headers, ...roomsOf(chart)]
}

function litBy(path: string, active: readonly string[]): Lit {
  if (active.includes(path)) return 'here'
  return path !== '' && active.some((leaf) => leaf.startsWith(`${path}.`)) ? 'within' : undefined
}

/** States with a changed transition that is a line in their box. */
const changedWithin = (ways: Words['model']['transitions'], marks: Marks): ReadonlySet<string> =>
  new Set(
    marks.size === 0
      ? []
      : ways
          .filter(({ targets, pointer }) => targets.length === 0 && marks.has(pointer))
          .map(({ source }) => source),
  )

const told = new WeakMap<PlacedState, { t: Words['t']; key: string; text: string }>()

/** What a screen reader is told of a state; made once, for every frame of a drag and every letter asks for all. */
function spoken(placed: PlacedState, words: Words, ...more: More): string {
  const { parent = '' } = placed.state
  const key = JSON.stringify([words.language, parent === '' ? '' : titleAt(parent, words), ...more])
  const known = told.get(placed)
  if (known?.t === words.t && known.key === key) return known.text
  const text = spokenState(placed, words, ...more)
  told.set(placed, { t: words.t, key, text })
  return text
}
type More = [
  lit: Lit,
  jobs: number,
  mark: Mark | undefined,
  flaw: Flaw | undefined,
  sign: StateSign | undefined,
  been: WaySign | undefined,
  found: FoundSign | undefined,
]

function spokenState(
  { state }: PlacedState,
  words: Words,
  ...[lit, jobs, mark, flaw, sign, been, found]: More
): string {
  const { t } = words
  return [
    `${t(`chart.kind.${state.region ? 'region' : state.kind}`)}${t('common.colon')}${stateTitle(state, words)}`,
    lit === 'here' ? t('chart.activeHere') : '',
    jobs > 0 ? t('chart.jobsHere', { count: jobs }) : '',
    sign?.told ?? '',
    been?.told ?? '',
    found === undefined ? '' : t('findings.openHere', { count: found.count }),
    mark === undefined ? '' : t(`canvas.mark.${mark}`),
    state.parent === undefined || state.parent === ''
      ? ''
      : t('actions.inGroup', { group: titleAt(state.parent, words) }),
    state.checklist.length === 0 ? '' : t('actions.checklist', { count: state.checklist.length }),
    state.stub === true ? t('canvas.outside') : '',
    state.holds === undefined ? '' : t('chart.holds', { count: state.holds }),
    flaw === undefined ? '' : t('canvas.problems', { count: flaw.errors + flaw.warnings }),
  ]
    .filter((part) => part !== '')
    .join(t('common.list'))
}

/** What its labels say; an unnamed line says from where it leads. */
const spokenLine = ({ labels, source }: PlacedEdge): string =>
  labels.map(({ box }) => box.titleLines.join(' ')).join(' · ') || source

export function edgesOf(
  chart: PlacedChart,
  chosen: string | undefined,
  choose: (pointer: string) => void,
  { marks = NO_MARKS, flaws = NO_FLAWS, life, way, found }: Shown = {},
): TransitionEdge[] {
  const byMark = new Set(chart.marks.map((mark) => mark.id))
  return chart.edges.flatMap((placed): TransitionEdge[] => {
    const { source, target } = placed
    const known = (id: string): boolean => byMark.has(id) || id.startsWith(STATE_ID)
    if (!known(source) || !known(target)) return []
    const selected = placed.transitions.some((each) => each.pointer === chosen)
    return [
      {
        id: placed.id,
        type: 'transition',
        source: roomId(placed.id),
        target: roomId(placed.id),
        zIndex: EDGES_ABOVE,
        selected,
        ariaLabel: spokenLine(placed),
        selectable: placed.transitions.length > 0,
        deletable: false,
        data: {
          placed,
          chosen: selected ? chosen : undefined,
          choose,
          marks,
          flaws,
          breaches: life?.breaches,
          way: way?.transitions,
          found,
          mark: sharedMark(
            placed.transitions.map(({ pointer }) => pointer),
            marks,
          ),
        },
      },
    ]
  })
}
