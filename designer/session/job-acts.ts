/**
 * What a person does to a job beside sending events: confirming items, evidence, notes, breaches, complaints, ratings.
 *
 * Promises: every act carries a key of its own, the same on a retry, so that nothing is done twice.
 * Must not: keep state, or decide whether an act is due.
 */
import type { Evidence } from '../../machines/advance/job.ts'
import type { Severity } from '../../machines/definition/schema.ts'
import type { Outcome } from '../../machines/wire/jobs.ts'
import { ApiError, ask, problemOf } from './api.ts'

const segment = encodeURIComponent
const under = (job: string, rest: string): string => `/api/jobs/${segment(job)}/${rest}`

/** As bodies of `machines/wire/jobs.ts`. */
export type Act =
  | { kind: 'tick'; item: string; evidence?: Evidence }
  | { kind: 'untick'; item: string }
  | { kind: 'note'; text: string }
  | { kind: 'reportBreach'; norm: string; note?: string; severity?: Severity }
  | { kind: 'complain'; text: string; quality?: boolean }
  | { kind: 'rate'; score: number; comment?: string }
  | { kind: 'correct'; fields: Record<string, unknown>; reason: string }

const ROUTES = {
  note: ['POST', 'notes'],
  reportBreach: ['POST', 'breaches'],
  complain: ['POST', 'complaints'],
  rate: ['POST', 'rating'],
  correct: ['PATCH', 'fields'],
} as const

/**
 * `key`: the same on a retry. `seq`: where given, another's act since then refuses this one.
 * Throws `ApiError`.
 */
export function actOn(job: string, act: Act, { key, seq }: { key: string; seq?: number }): Promise<Outcome> {
  const headers = { 'idempotency-key': key, ...(seq === undefined ? {} : { 'if-match': `"${seq}"` }) }
  if (act.kind === 'tick' || act.kind === 'untick') {
    const place = under(job, `checklist/${segment(act.item)}`)
    if (act.kind === 'untick') return ask<Outcome>(place, { method: 'DELETE', headers })
    const { evidence } = act
    return ask<Outcome>(place, { method: 'PUT', headers, body: evidence === undefined ? {} : { evidence } })
  }
  const { kind, ...body } = act
  const [method, rest] = ROUTES[kind]
  return ask<Outcome>(under(job, rest), { method, headers, body })
}

/** A fresh key. `crypto.randomUUID` is there only over HTTPS or on the own machine. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )

/** A slow line takes its time; a dead one is given up. */
const UPLOAD_TIMEOUT_MS = 120_000

type Upload = { kind: 'photo' | 'signature'; file: Blob; title?: string; signedBy?: string }

/**
 * Sends a file and answers with its SHA-256. `progress`: 0 to 1. Throws `ApiError`.
 *
 * By `XMLHttpRequest`: `fetch` does not tell how much is sent.
 */
export function uploadEvidence(
  job: string,
  { kind, file, title, signedBy }: Upload,
  { key, progress }: { key: string; progress?(part: number): void },
): Promise<string> {
  const form = new FormData()
  form.set('kind', kind)
  if (title !== undefined) form.set('title', title.slice(0, 200))
  if (signedBy !== undefined) form.set('signedBy', signedBy)
  form.set('file', file, kind)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', under(job, 'evidence'))
    request.timeout = UPLOAD_TIMEOUT_MS
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('idempotency-key', key)
    request.upload.onprogress = ({ loaded, total }) => progress?.(total === 0 ? 1 : loaded / total)
    request.onerror = () => reject(new ApiError('network', 0))
    request.ontimeout = () => reject(new ApiError('timeout', 0))
    request.onload = () => {
      const answer = new Response(request.responseText, { status: request.status })
      if (!answer.ok) void problemOf(answer).then(reject)
      else
        answer
          .json()
          .then(attachedFile)
          .then(resolve, () => reject(new ApiError('unreadable', 200)))
    }
    request.send(form)
  })
}

function attachedFile({ job }: Outcome): string {
  const file = job.evidence.at(-1)?.evidence.file
  if (file === undefined) throw new ApiError('unreadable', 200)
  return file
}
