/** The lists of the definition language that pages need as values. (The schema's own come with TypeBox, which pages do without.) */
import type { JobStatus } from '../../machines/advance/job.ts'
import type { Role } from '../../machines/definition/schema.ts'

/** How a job can stand, in the order of filters. */
export const JOB_STATUS_NAMES = [
  'active',
  'done',
  'cancelled',
  'failed',
] as const satisfies readonly JobStatus[]

const ROLE_TABLE: Record<Role, true> = {
  administrator: true,
  'process-owner': true,
  dispatcher: true,
  engineer: true,
  'hotline-agent': true,
  'front-desk': true,
  'stock-keeper': true,
  'safety-officer': true,
  customer: true,
  trainer: true,
  auditor: true,
}
export const ROLE_NAMES: readonly string[] = Object.keys(ROLE_TABLE)

/** A role that the pages have a word for. */
export const isRole = (role: unknown): role is Role => ROLE_NAMES.some((each) => each === role)
