/** How many problems a part of the drawing has; which ones, on hover and in the list of problems. */
import type { ReactElement } from 'react'
import { Icon } from '../shell/icons.tsx'
import type { Flaw } from './flaws.ts'

export function FlawSign({ flaw: { errors, warnings, text } }: { flaw: Flaw }): ReactElement {
  return (
    <span className="chart-flaw" data-severity={errors > 0 ? 'error' : 'warning'} data-tip={text}>
      <Icon name="warning" size={11} />
      {errors + warnings}
    </span>
  )
}
