/**
 * Which part of the process the canvas shows: groups folded as the draft has them, one group alone as the address says.
 *
 * Folded groups are saved with the layout of the draft, so that all who work on a large process see it alike, and can be
 * taken back like any other step. Which group one looks at alone is one's own: it stands in the address (`?in=`), so that
 * reloading, going back and handing the address on work.
 * Must not: change the document.
 */
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useSearchParams } from 'react-router'
import type { ChartModel } from '../../machines/drawing/model.ts'
import type { Design } from '../design/design-api.ts'
import { foldedNow, followed, isWithin, type View, viewOf } from './view.ts'

export type Looking = {
  readonly view: View
  /** Shows a group alone; `''`: the whole process again. */
  showAlone(path: string): void
}

const isGroup = (model: ChartModel, path: string): boolean =>
  path !== '' && (model.states.get(path)?.children.length ?? 0) > 0

export function useView(
  { document, selection, revealed }: Pick<Design, 'document' | 'selection' | 'revealed'>,
  model: ChartModel,
): Looking {
  const [address, setAddress] = useSearchParams()
  const wished = address.get('in') ?? ''
  const known = useRef({ path: '', model })
  const isThere = isGroup(model, wished)
  if (isThere) known.current = { path: wished, model }
  const { path, model: before } = known.current
  // Its key, or one around it, may have been changed: here, by undo, or by others.
  const found = isThere || path !== wished || path === '' ? wished : (followed(path, before, model) ?? wished)
  const home = isGroup(model, found) ? found : ''
  const { layout } = document
  const stored = useMemo(
    () => Object.entries(layout.states).flatMap(([path, box]) => (box.collapsed === true ? [path] : [])),
    [layout],
  )
  const selected = selection.flatMap((one) => (one.kind === 'state' ? [one.path] : []))
  const ways = selection.flatMap((one) =>
    one.kind === 'transition' ? model.transitions.filter(({ pointer }) => pointer === one.pointer) : [],
  )
  // A new selection that folds nothing else leaves the drawing as it is.
  const folded = [...foldedNow(model, stored, selected, ways, home)].join('\n')
  const view = useMemo(
    () => viewOf(model, home, new Set(folded === '' ? [] : folded.split('\n'))),
    [model, home, folded],
  )
  const showAlone = useCallback(
    (path: string, options: { replace?: boolean } = {}) =>
      setAddress((now) => {
        const next = new URLSearchParams(now)
        if (path === '') next.delete('in')
        else next.set('in', path)
        return next
      }, options),
    [setAddress],
  )
  useEffect(() => {
    if (home !== '' && home !== wished) showAlone(home, { replace: true })
  }, [home, wished, showAlone])
  const jumpedTo = [...selected, ...ways.map(({ source }) => source)]
  const leaves = useRef(false)
  leaves.current = jumpedTo.some((path) => path !== '' && !isWithin(path, home))
  useEffect(() => {
    // A jump to what lies outside ends showing the group alone; a stub that is selected where it stands does not.
    if (revealed > 0 && leaves.current) showAlone('')
  }, [revealed, showAlone])
  return { view, showAlone }
}
