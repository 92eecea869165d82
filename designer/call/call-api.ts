/**
 * What the hotline's page asks the server for.
 *
 * Promises: a change carries a key that is the same on a retry, so that one press is one event. None names the `seq` it
 * saw: while a caller waits, timers write into the job every few seconds, and the process itself bars what no longer
 * fits its state.
 * Must not: keep state, or know React.
 */
import type { JobList, JobView, Outcome } from '../../machines/wire/jobs.ts'
import { ask, query } from '../session/api.ts'

export const PHONE_CALL = 'phone-call'

export type Sent = { type: string; payload?: Record<string, unknown> }

const at = (job: string): string => `/api/jobs/${encodeURIComponent(job)}`
const withSignal = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal })

/** `crypto.randomUUID` is there only over HTTPS or on the own machine. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )

export const callApi = {
  start: (key: string) =>
    ask<JobView>('/api/jobs', {
      method: 'POST',
      body: { process: PHONE_CALL },
      headers: { 'idempotency-key': key },
    }),
  send: (job: string, event: Sent, key: string) =>
    ask<Outcome>(`${at(job)}/events`, { method: 'POST', body: event, headers: { 'idempotency-key': key } }),
  /** What would come of it; nothing is kept. */
  tryOut: (job: string, event: Sent) =>
    ask<Outcome>(`${at(job)}/events?dryRun=true`, { method: 'POST', body: event }),
  tick: (job: string, item: string, done: boolean) =>
    ask<Outcome>(`${at(job)}/checklist/${encodeURIComponent(item)}`, {
      method: done ? 'PUT' : 'DELETE',
    }),
  /** Jobs of any process in which a word occurs. */
  find: (text: string, signal?: AbortSignal) =>
    ask<JobList>(`/api/jobs${query({ text, sort: '-updatedAt', limit: '8' })}`, withSignal(signal)),
  calls: (
    filter: { state?: string; status?: string; assignee?: string; createdFrom?: string },
    signal?: AbortSignal,
  ) =>
    ask<JobList>(
      `/api/jobs${query({ ...filter, process: PHONE_CALL, sort: '-createdAt', limit: '20' })}`,
      withSignal(signal),
    ),
}
