/**
 * How states, starts, forks and dividers are drawn.
 *
 * Must not: measure or place anything; every line and size comes with the placed drawing.
 */
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { memo, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpenGroup } from '../../machines/drawing/boxes.ts'
import type { PlacedMark, PlacedState } from '../../machines/drawing/graph.ts'
import { GROUP, ROW, STATE } from '../../machines/drawing/metrics.ts'
import { Icon } from '../shell/icons.tsx'
import { ChipRow } from './chip.tsx'
import { FlawSign } from './flaw-sign.tsx'
import type { Flaw } from './flaws.ts'
import { FoundCount, type FoundSign } from './found-sign.tsx'
import { GroupTools } from './group-tools.tsx'
import type { StateSign } from './life.ts'
import { LifeSign } from './life-sign.tsx'
import { MarkSign } from './mark-sign.tsx'
import type { Mark } from './marks.ts'
import type { WaySign } from './way.ts'

/** `here`: the job is in this very state; `within`: in a state inside it. */
export type Lit = 'here' | 'within' | undefined
type StateData = {
  placed: PlacedState
  lit: Lit
  jobs: number
  mark: Mark | undefined
  flaw: Flaw | undefined
  sign: StateSign | undefined
  been: WaySign | undefined
  found: FoundSign | undefined
}
export type StateNode = Node<StateData, 'state'>
export type MarkNode = Node<{ kind: PlacedMark['kind'] }, 'mark'>
export type DividerNode = Node<{ across: boolean }, 'divider'>
/** Of the two tools of a group, in from its right border. */
const TOOLS_ROOM = 58
/** The heading of a group: above the lines that cross the group. */
export type HeaderNode = Node<{ placed: PlacedState; lit: Lit }, 'header'>
/** The room of a line: never drawn. */
type RoomNode = Node<Record<string, never>, 'room'>
export type ChartNode = StateNode | MarkNode | DividerNode | HeaderNode | RoomNode

export const isGroup = ({ state }: PlacedState): boolean => isOpenGroup(state)

/** A transition is drawn by dragging from any of them. */
function Borders(): ReactElement {
  return (
    <>
      {[Position.Top, Position.Right, Position.Bottom, Position.Left].map((side) => (
        <Handle key={side} id={side} type="source" position={side} className="chart-border" />
      ))}
    </>
  )
}

function Ends(): ReactElement {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  )
}

export const StateView = memo(function StateView({
  data,
  isConnectable,
}: NodeProps<StateNode>): ReactElement {
  const { placed, lit, jobs, mark, flaw, sign, been, found } = data
  const { state } = placed
  const { t } = useTranslation()
  return (
    <div
      className="chart-state"
      data-kind={state.kind}
      data-path={state.path}
      data-root={state.parent === undefined}
      data-region={state.region}
      data-open={placed.open}
      data-lit={lit}
      data-mark={mark}
      data-been={been === undefined ? undefined : true}
      data-folded={state.holds !== undefined}
      data-stub={state.stub}
    >
      {mark === undefined ? null : <MarkSign mark={mark} />}
      {state.kind === 'history' ? (
        <HistoryMark deep={state.history === 'deep'} title={placed.box.title} />
      ) : isGroup(placed) ? null : (
        <StateBoxView placed={placed} />
      )}
      {state.holds === undefined ? null : <GroupTools path={state.path} folded />}
      {flaw === undefined ? null : <FlawSign flaw={flaw} />}
      {jobs > 0 ? (
        <span className="chart-jobs" data-tip={t('chart.jobsHere', { count: jobs })}>
          {jobs}
        </span>
      ) : null}
      {sign === undefined ? null : <LifeSign sign={sign} />}
      {found === undefined ? null : <FoundCount sign={found} />}
      {been?.often === undefined ? null : (
        <span className="chart-been" data-tip={been.told}>
          {been.often}
        </span>
      )}
      {isConnectable ? <Borders /> : <Ends />}
    </div>
  )
})

function HistoryMark({ deep, title }: { deep: boolean; title: string }): ReactElement {
  const { t } = useTranslation()
  const tip = `${title}\n${t(deep ? 'chart.historyDeep' : 'chart.historyShallow')}`
  return <span data-tip={tip}>{t(deep ? 'chart.deepMark' : 'chart.shallowMark')}</span>
}

function StateBoxView({ placed }: { placed: PlacedState }): ReactElement {
  const { i18n } = useTranslation()
  const { state, box } = placed
  const group = isGroup(placed)
  const font = group ? GROUP.title : STATE.title
  const border = state.kind === 'final' ? 4 : 1.5
  const padding = group
    ? `${GROUP.padTop - 2}px ${GROUP.padX - 2}px`
    : `${STATE.padY - border}px ${STATE.padX - border}px`
  return (
    <div style={{ padding, display: 'flex', flexDirection: 'column', gap: STATE.gap }}>
      <div className="chart-title" style={{ gap: 6 }}>
        {state.kind === 'final' ? <FinalRing /> : null}
        <div>
          {box.titleLines.map((line) => (
            <div
              key={line}
              style={{ fontSize: font.size, fontWeight: font.weight, lineHeight: `${font.line}px` }}
            >
              {line}
            </div>
          ))}
        </div>
      </div>
      {box.chipRows.map((chips) => (
        <ChipRow key={chips.map((chip) => chip.text).join()} chips={chips} language={i18n.language} />
      ))}
      {box.rows.length === 0 ? null : (
        <div>
          {box.rows.map((row) => (
            <div
              key={row.detail}
              className="chart-row"
              data-icon={row.icon}
              data-tip={row.detail}
              style={{ gap: ROW.iconGap, fontSize: ROW.size, lineHeight: `${ROW.line}px` }}
            >
              <Icon name={row.icon} size={ROW.icon} />
              {row.text}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

/** The bull's-eye of an end. */
function FinalRing(): ReactElement {
  return (
    <svg width={16} height={16} viewBox="0 0 16 16" aria-hidden="true" style={{ flex: 'none' }}>
      <circle cx={8} cy={8} r={6.8} fill="none" stroke="currentColor" strokeWidth={1.5} />
      <circle cx={8} cy={8} r={3.6} fill="currentColor" />
    </svg>
  )
}

export const HeaderView = memo(function HeaderView({ data }: NodeProps<HeaderNode>): ReactElement {
  return (
    <div className="chart-header" data-lit={data.lit}>
      <StateBoxView placed={data.placed} />
      <div className="chart-header-tools" style={{ insetInlineStart: data.placed.width - TOOLS_ROOM }}>
        <GroupTools path={data.placed.state.path} folded={false} />
      </div>
    </div>
  )
})

export const MarkView = memo(function MarkView({ data }: NodeProps<MarkNode>): ReactElement {
  return (
    <div className={data.kind === 'initial' ? 'chart-initial' : 'chart-fork'}>
      <Ends />
    </div>
  )
})

export const DividerView = memo(function DividerView({ data }: NodeProps<DividerNode>): ReactElement {
  return <div className="chart-divider" data-across={data.across} />
})

export const RoomView = (): null => null
