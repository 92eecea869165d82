/**
 * The conditions under which a request wants to be carried out: `If-Match`, `If-None-Match`, `Idempotency-Key`; and
 * what it states of itself, `Device-Time`.
 *
 * Promises: an ETag is a revision in double quotes; what is not one is refused rather than ignored.
 * Must not: compare revisions; the use cases do, together with the write.
 */
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { canonicalJson } from '../../machines/definition/hash.ts'
import type { Conditions, Idempotency } from '../jobs/jobs-port.ts'
import { problem } from '../problem-details.ts'
import { whoAsks } from './app-type.ts'

export const etag = (revision: number): string => `"${revision}"`

/** The revision in `If-Match` (RFC 9110 13.1.1); `undefined` where it is missing or `*`. Problems: bad-request. */
export function ifMatch(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match']
  if (header === undefined || header.trim() === '*') return undefined
  const found = /^\s*"(\d{1,15})"\s*$/.exec(header)?.[1]
  if (found === undefined)
    throw problem('bad-request', {
      detail: 'If-Match must be one ETag as it was read, such as "3"',
      header: 'if-match',
    })
  return Number(found)
}

/** As `ifMatch`, where it may not be missing. Problems: precondition-required, bad-request. */
export function requiredIfMatch(request: FastifyRequest): number {
  const revision = ifMatch(request)
  if (revision === undefined) throw problem('precondition-required')
  return revision
}

/** The revision a save is based on: 0 by `If-None-Match: *` for something new. Problems as `requiredIfMatch`. */
export const expectedRevision = (request: FastifyRequest): number =>
  request.headers['if-none-match']?.trim() === '*' ? 0 : requiredIfMatch(request)

/**
 * `Idempotency-Key`: a structured string (quoted, as draft-ietf-httpapi-idempotency-key-header has it) or bare.
 * The fingerprint holds method, path and body. Problems: idempotency-key-invalid.
 */
function idempotency(request: FastifyRequest, body: unknown): Idempotency | undefined {
  const header = request.headers['idempotency-key']
  if (header === undefined) return undefined
  const text = Array.isArray(header) ? header.join(',') : header.trim()
  const quoted = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/.exec(text)?.[1]
  const key = quoted === undefined ? text : quoted.replace(/\\(["\\])/g, '$1')
  if (!/^[\x20-\x7e]{1,255}$/.test(key) || (quoted === undefined && /["\s,]/.test(key)))
    throw problem('idempotency-key-invalid')
  // Keys are a person's own: nobody finds another's answer by guessing his key.
  return { key: `${whoAsks(request).person.id} ${key}`, fingerprint: fingerprint(request, body) }
}

function fingerprint(request: FastifyRequest, body: unknown): string {
  const path = request.url.split('?', 1)[0] ?? ''
  return createHash('sha256')
    .update(`${request.method}\n${path}\n${canonicalBody(body)}`)
    .digest('hex')
}
function canonicalBody(body: unknown): string {
  if (body === undefined || body === null) return ''
  try {
    return canonicalJson(body)
  } catch {
    throw problem('bad-request', { detail: 'the body holds text that is not valid Unicode' })
  }
}

/** ISO 8601 with an offset, to the millisecond at most. */
const DEVICE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/

/** `Device-Time` in UTC: when the act was done by the clock of the device that sends it. Problems: bad-request. */
function deviceTime(request: FastifyRequest): string | undefined {
  const header = request.headers['device-time']
  if (header === undefined) return undefined
  const ms = typeof header === 'string' && DEVICE_TIME.test(header) ? Date.parse(header) : Number.NaN
  if (Number.isNaN(ms))
    throw problem('bad-request', {
      detail: 'Device-Time must be a time with its offset, such as "2026-03-02T09:30:00+08:00"',
      header: 'device-time',
    })
  return new Date(ms).toISOString()
}

/** All conditions of a change to a job. A dry run leaves nothing behind, so its key is not used up. */
export function conditionsOf(request: FastifyRequest, body: unknown, dryRun?: boolean): Conditions {
  const seq = ifMatch(request)
  const key = dryRun === true ? undefined : idempotency(request, body)
  const deviceAt = deviceTime(request)
  return {
    ...(seq === undefined ? {} : { ifMatch: seq }),
    ...(key === undefined ? {} : { idempotency: key }),
    ...(dryRun === undefined ? {} : { dryRun }),
    ...(deviceAt === undefined ? {} : { deviceAt }),
  }
}
