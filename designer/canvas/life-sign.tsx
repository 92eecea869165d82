/** The numbers on a state of a process in life: jobs, overdue jobs, breaches, and how long jobs stay. */
import type { ReactElement } from 'react'
import { Icon } from '../shell/icons.tsx'
import type { StateSign } from './life.ts'

export function LifeSign({ sign }: { sign: StateSign }): ReactElement {
  const { jobs, overdue, breaches, time, told } = sign
  return (
    <>
      <span className="chart-life" data-tip={told}>
        {breaches > 0 ? <BreachCount count={breaches} /> : null}
        {overdue > 0 ? (
          <span className="chart-life-count" data-kind="overdue">
            <Icon name="clock" size={12} />
            {overdue}
          </span>
        ) : null}
        {jobs > 0 ? (
          <span className="chart-life-count" data-kind="jobs">
            {jobs}
          </span>
        ) : null}
      </span>
      {time === undefined ? null : (
        <span className="chart-life-time" data-tip={told}>
          {time}
        </span>
      )}
    </>
  )
}

export function BreachCount({ count }: { count: number }): ReactElement {
  return (
    <span className="chart-life-count" data-kind="breaches">
      <Icon name="alert" size={12} />
      {count}
    </span>
  )
}
