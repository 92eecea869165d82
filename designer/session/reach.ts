/**
 * What whoever reads may do with one process: a role can be limited to certain processes.
 *
 * Must not: decide; the server does. This spares people what it would refuse.
 */
import { useMemo } from 'react'
import { useMe } from './queries.ts'

/** His rights where a process is concerned. @param process `undefined`: one that is not there yet */
export function useRightsOn(process: string | undefined): readonly string[] {
  const me = useMe().data
  return useMemo(
    () =>
      (me?.rights ?? []).filter((right) => {
        const narrowed = me?.narrowed?.[right]
        return narrowed === undefined || (process !== undefined && narrowed.includes(process))
      }),
    [me, process],
  )
}
