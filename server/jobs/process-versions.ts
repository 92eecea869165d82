/**
 * Compiled processes by id and version.
 *
 * Promises: a job always runs on the version it was started with (E7).
 */
import { type Compiled, compiled } from '../../machines/compile/compile.ts'
import { problem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'

export type ProcessVersion = { version: number; compiled: Compiled }

/** Problems: process-not-found, version-not-found. Without `version`, the latest. */
export async function processVersion(
  library: Library,
  process: string,
  version?: number,
): Promise<ProcessVersion> {
  const latest = version === undefined ? await library.latest(process) : undefined
  const record = version === undefined ? latest : await library.version(process, version)
  if (record !== undefined)
    return { version: record.version, compiled: compiled(record.definition, record.hash) }
  const known = version !== undefined && (await library.latest(process)) !== undefined
  throw problem(known ? 'version-not-found' : 'process-not-found', {
    detail: {
      en: `There is no ${process}${known ? ` version ${version}` : ''}.`,
      zh: `没有流程 ${process}${known ? ` 的版本 ${version}` : ''}。`,
    },
  })
}

/** Whether a process is out of use. One that is not there is not. */
export const isArchived = async (library: Library, process: string): Promise<boolean> =>
  (await library.processes()).find(({ id }) => id === process)?.archivedAt !== undefined
