/**
 * Sends an act to the server, and reads from the answer what became of it.
 *
 * Promises: nothing is called refused that was not refused by the server itself: a proxy's page, a time that ran out, a
 * server that starts are met later.
 * Must not: keep anything, or try twice.
 */
import type { Outcome } from '../../machines/wire/jobs.ts'
import { ApiError, ask } from '../session/api.ts'
import type { Act, Hindrance, Verdict } from './act.ts'

/** A photo over a poor connection. */
const FILE_PATIENCE_MS = 180_000
const segment = encodeURIComponent

export async function sendAct(act: Act): Promise<Verdict> {
  try {
    const { job } = await ask<Outcome>(`/api/jobs/${segment(act.job)}/${requestOf(act).path}`, {
      ...requestOf(act).rest,
      headers: { 'idempotency-key': act.id, 'device-time': act.at },
      ...(act.file === undefined ? {} : { patience: FILE_PATIENCE_MS }),
    })
    return { is: 'taken', seq: job.seq }
  } catch (error) {
    return verdictOf(error)
  }
}

type Method = 'POST' | 'PUT' | 'DELETE'
type Sending = { path: string; rest: { method: Method; body?: unknown } }

function requestOf({ doing, file }: Act): Sending {
  switch (doing.kind) {
    case 'event': {
      const { kind: _kind, ...body } = doing
      return { path: 'events', rest: { method: 'POST', body } }
    }
    case 'tick': {
      const body = doing.evidence === undefined ? {} : { evidence: doing.evidence }
      return { path: `checklist/${segment(doing.item)}`, rest: { method: 'PUT', body } }
    }
    case 'untick':
      return { path: `checklist/${segment(doing.item)}`, rest: { method: 'DELETE' } }
    case 'note':
      return { path: 'notes', rest: { method: 'POST', body: { text: doing.text } } }
    case 'attach': {
      const { kind: _kind, ...body } = doing
      return {
        path: 'evidence',
        rest: { method: 'POST', body: file === undefined ? body : formOf(doing, file) },
      }
    }
  }
}

function formOf({ evidence, title }: Extract<Act['doing'], { kind: 'attach' }>, file: Blob): FormData {
  const form = new FormData()
  form.set('kind', evidence.kind)
  if (evidence.signedBy !== undefined) form.set('signedBy', evidence.signedBy)
  if (title !== undefined) form.set('title', title)
  form.set('file', file)
  return form
}

/** Codes that say nothing against the act itself. */
const HINDRANCES: Readonly<Record<string, Hindrance>> = {
  network: 'away',
  timeout: 'away',
  unreadable: 'busy',
  unauthenticated: 'signed-out',
  'too-many-requests': 'busy',
  'not-ready': 'busy',
  'idempotency-in-progress': 'busy',
}

function verdictOf(error: unknown): Verdict {
  if (!(error instanceof ApiError)) throw error
  const { code, status, title, detail, reasons } = error
  const hindrance = Object.hasOwn(HINDRANCES, code) ? HINDRANCES[code] : undefined
  if (hindrance !== undefined) return { is: 'later', why: hindrance }
  if (status >= 500) return { is: 'later', why: 'busy' }
  return {
    is: 'refused',
    because: {
      code,
      ...(title === undefined ? {} : { title }),
      ...(detail === undefined ? {} : { detail }),
      reasons,
    },
  }
}
