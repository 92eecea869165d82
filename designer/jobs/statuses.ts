/** The states a job can be in as a whole, in the order of filters. (The wire's list comes with TypeBox, which pages do without.) */
import type { JobStatus } from '../../machines/advance/job.ts'

export const JOB_STATUS_NAMES = [
  'active',
  'done',
  'cancelled',
  'failed',
] as const satisfies readonly JobStatus[]
