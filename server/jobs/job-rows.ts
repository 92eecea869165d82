/**
 * Stored jobs as lists show them.
 *
 * Must not: ask the store for more than the page it is given.
 */
import { viewOf } from '../../machines/advance/view.ts'
import type { JobRow } from '../../machines/wire/jobs.ts'
import type { Library } from '../store/library-port.ts'
import type { JobPage } from '../store/port.ts'
import { processVersion } from './process-versions.ts'

/** In the order of the page. */
export const jobRows = (library: Library, { jobs }: JobPage): Promise<JobRow[]> =>
  Promise.all(
    jobs.map(async ({ job, index }) => {
      const { compiled } = await processVersion(library, job.process, job.version)
      return {
        ...viewOf(compiled, job, index.active),
        overdue: index.overdue,
        ...(index.dueAt === undefined ? {} : { dueAt: index.dueAt }),
      }
    }),
  )
