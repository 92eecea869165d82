/**
 * Whether a job's place passes the limits of whoever asks.
 *
 * Promises: the same answer as every store's query gives (`sqlite/within.ts`).
 * Must not: know whose limits they are.
 */
import type { Within } from './port.ts'

/** Of a job. */
export type Place = { process: string; region?: string | undefined }

/** @param scope `undefined`: everything passes */
export const isWithin = (scope: readonly Within[] | undefined, { process, region }: Place): boolean =>
  scope === undefined ||
  scope.some(
    ({ processes, regions }) =>
      (processes === undefined || processes.includes(process)) &&
      (regions === undefined || (region !== undefined && regions.includes(region))),
  )
