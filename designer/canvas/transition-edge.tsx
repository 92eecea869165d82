/**
 * How a transition is drawn: ELK's own line, an arrow, and its labels.
 *
 * Must not: route; the points come with the placed drawing.
 */
import type { Edge, EdgeProps } from '@xyflow/react'
import { memo, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlacedEdge, PlacedLabel } from '../../machines/drawing/graph.ts'
import { LABEL } from '../../machines/drawing/metrics.ts'
import { arrowHead, roundedPath } from '../../machines/drawing/path.ts'
import { Icon } from '../shell/icons.tsx'
import { ChipRow } from './chip.tsx'
import { FlawSign } from './flaw-sign.tsx'
import type { Flaw, Flaws } from './flaws.ts'
import { FoundCount, type FoundSign, type FoundSigns } from './found-sign.tsx'
import { AmongLabels } from './in-viewport.tsx'
import type { LifeSigns } from './life.ts'
import { BreachCount } from './life-sign.tsx'
import { MarkSign } from './mark-sign.tsx'
import type { Mark, Marks } from './marks.ts'
import type { WaySign, WaySigns } from './way.ts'

type TransitionData = {
  placed: PlacedEdge
  /** The pointer of the selected transition. */
  chosen: string | undefined
  choose(pointer: string): void
  marks: Marks
  flaws: Flaws
  breaches: LifeSigns['breaches'] | undefined
  way: WaySigns['transitions'] | undefined
  found: FoundSigns | undefined
  /** Of the whole line. */
  mark: Mark | undefined
}
export type TransitionEdge = Edge<TransitionData, 'transition'>

export const TransitionView = memo(function TransitionView({
  data,
}: EdgeProps<TransitionEdge>): ReactElement | null {
  if (data === undefined) return null
  const { placed, chosen, choose, marks, mark, flaws, breaches, way, found } = data
  const path = roundedPath(placed.points)
  const been = placed.transitions.some(({ pointer }) => way?.has(pointer)) ? true : undefined
  return (
    <>
      <path d={path} fill="none" stroke="transparent" strokeWidth={12} />
      <path d={path} className="chart-edge" data-kind={placed.kind} data-mark={mark} data-been={been} />
      {placed.arrow ? (
        <path d={arrowHead(placed.points)} className="chart-arrow" data-mark={mark} data-been={been} />
      ) : null}
      <AmongLabels>
        {placed.labels.map((label) => (
          <LabelView
            key={label.transition.pointer}
            label={label}
            chosen={chosen === label.transition.pointer}
            choose={choose}
            mark={marks.get(label.transition.pointer)}
            flaw={flaws.get(label.transition.pointer)}
            breaches={breaches?.get(label.transition.pointer)}
            been={way?.get(label.transition.pointer)}
            found={found?.get(label.transition.pointer)}
          />
        ))}
      </AmongLabels>
    </>
  )
})

/** Reached by mouse here, and by keyboard among the ways out of its state. */
function LabelView({
  label,
  chosen,
  choose,
  mark,
  flaw,
  breaches,
  been,
  found,
}: {
  label: PlacedLabel
  chosen: boolean
  choose(pointer: string): void
  mark: Mark | undefined
  flaw: Flaw | undefined
  breaches: { count: number; told: string } | undefined
  been: WaySign | undefined
  found: FoundSign | undefined
}): ReactElement {
  const { i18n } = useTranslation()
  const { box, transition } = label
  return (
    <div
      className="chart-label nopan"
      data-selected={chosen}
      data-mark={mark}
      data-been={been === undefined ? undefined : true}
      data-pointer={transition.pointer}
      data-tip={box.detail.join('\n')}
      aria-hidden="true"
      onClick={() => choose(transition.pointer)}
      style={{
        width: label.width,
        height: label.height,
        transform: `translate(${label.x}px, ${label.y}px)`,
        padding: `${LABEL.padY - 1}px ${LABEL.padX - 1}px`,
        zIndex: 300,
      }}
    >
      {mark === undefined ? null : <MarkSign mark={mark} />}
      {flaw === undefined ? null : <FlawSign flaw={flaw} />}
      {breaches === undefined ? null : (
        <span className="chart-life" data-tip={breaches.told}>
          <BreachCount count={breaches.count} />
        </span>
      )}
      {found === undefined ? null : <FoundCount sign={found} />}
      {been?.often === undefined ? null : (
        <span className="chart-been" data-tip={been.told}>
          {been.often}
        </span>
      )}
      {box.titleLines.map((line, index) => (
        <div
          key={line}
          className="chart-title"
          style={{
            gap: LABEL.iconGap,
            fontSize: LABEL.title.size,
            fontWeight: LABEL.title.weight,
            lineHeight: `${LABEL.title.line}px`,
          }}
        >
          {box.icon !== undefined && index === 0 ? <Icon name={box.icon} size={LABEL.icon} /> : null}
          {line}
        </div>
      ))}
      {box.guardLines.map((line) => (
        <div
          key={line}
          className="chart-guard"
          style={{ fontSize: LABEL.guard.size, lineHeight: `${LABEL.guard.line}px` }}
        >
          {line}
        </div>
      ))}
      {box.chips.length === 0 ? null : (
        <div style={{ paddingTop: 2 }}>
          <ChipRow chips={box.chips} language={i18n.language} />
        </div>
      )}
    </div>
  )
}
