/**
 * The mark of sample jobs: it is in their id, so that every list, history and report knows one without asking.
 *
 * Promises: what a sample job starts is a sample job too (`childJobId`). Ids that people's jobs get never begin so.
 * Must not: be taken away from a job or given to one later: an id never changes.
 */

/** Lower-case and with `-`: ids with it lie together in every index. */
export const SAMPLE_MARK = 'sample-'

/** Of a job, of a person, or of what a job's messages are named by. */
export const isSample = (id: string): boolean => id.startsWith(SAMPLE_MARK)
