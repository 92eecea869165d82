/**
 * The catalogue of norms with where each takes effect in the processes as they are published now.
 *
 * Must not: claim an effect; `machines/norm-effects.ts` reads them from the definitions.
 */
import { type NormRow, normTable } from '../../machines/norm-effects.ts'
import type { Library } from '../store/library-port.ts'
import { latestDefinitions } from './check-definition.ts'

export type Norms = () => Promise<NormRow[]>

export function createNorms(library: Library): Norms {
  // The table is made anew only when another version was published: definitions are frozen and kept.
  let made: { key: string; rows: NormRow[] } | undefined
  return async () => {
    const records = await Promise.all((await library.processes()).map(({ id }) => library.latest(id)))
    const key = records.map((record) => record?.hash ?? '').join()
    if (made?.key !== key) made = { key, rows: normTable(await latestDefinitions(library)) }
    return made.rows
  }
}
