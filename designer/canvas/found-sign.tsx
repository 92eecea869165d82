/** How many findings from practice are open on a part of the drawing; which ones, on hover. */
import type { ReactElement } from 'react'
import { Icon } from '../shell/icons.tsx'

/** `told`: all of it in words. */
export type FoundSign = { readonly count: number; readonly told: string }
/** By a state's path, or a transition's pointer. */
export type FoundSigns = ReadonlyMap<string, FoundSign>

export function FoundCount({ sign: { count, told } }: { sign: FoundSign }): ReactElement {
  return (
    <span className="chart-found" data-tip={told}>
      <Icon name="rename" size={11} />
      {count}
    </span>
  )
}
