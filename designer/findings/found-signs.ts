/**
 * The open findings of a process, put to the states and ways of a drawing.
 *
 * Promises: what was found on a way that a later drawing no longer has is told on its state; in a folded group, on the group.
 * Must not: draw.
 */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChartModel } from '../../machines/drawing/model.ts'
import type { FindingView } from '../../machines/wire/findings.ts'
import type { FoundSigns } from '../canvas/found-sign.tsx'
import { shownFor } from '../canvas/view.ts'
import { useMe } from '../session/queries.ts'
import { useOpenFindings } from './finding-api.ts'

/** More are counted, and read in the list of findings. */
const TOLD = 4

const NONE_FOLDED: ReadonlySet<string> = new Set()
const NONE: readonly FindingView[] = []

export function useFoundSigns(
  process: string,
  model: ChartModel,
  folded: ReadonlySet<string> = NONE_FOLDED,
): FoundSigns {
  const { t } = useTranslation()
  const mayRead = useMe().data?.rights.includes('findings:read') === true
  const findings = useOpenFindings(process, mayRead).data ?? NONE
  return useMemo(() => {
    const keys = Map.groupBy(findings, (finding) => keyOf(finding.place, model, folded))
    return new Map(
      [...keys].flatMap(([key, found]) => {
        if (key === undefined) return []
        const more = found.length > TOLD ? ['…'] : []
        const told = [
          t('findings.openHere', { count: found.length }),
          ...found.slice(0, TOLD).map(({ text }) => text),
          ...more,
        ]
        return [[key, { count: found.length, told: told.join('\n') }] as const]
      }),
    )
  }, [findings, model, folded, t])
}

/** Where it is shown; `undefined`: on no part of this drawing. */
function keyOf(place: string, model: ChartModel, folded: ReadonlySet<string>): string | undefined {
  if (!place.startsWith('/')) return model.states.has(place) ? shownFor(place, folded) : undefined
  const way = model.transitions.find(({ pointer }) => pointer === place)
  // A way without a target is a line in the box of its state.
  if (way !== undefined && way.targets.length > 0 && shownFor(way.source, folded) === way.source) return place
  const state = way?.source ?? stateOf(place)
  return model.states.has(state) ? shownFor(state, folded) : undefined
}

/** `/states/a/states/b/on/go` lies in `a.b`. */
function stateOf(pointer: string): string {
  const path: string[] = []
  const tokens = pointer.split('/').slice(1)
  for (let index = 0; tokens[index] === 'states'; index += 2) path.push(tokens[index + 1] ?? '')
  return path.join('.')
}
