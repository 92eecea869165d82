/**
 * Whatever goes wrong with a request, as problem details.
 *
 * Promises: one form for all errors, the framework's included; what is not meant for the asker is logged under the
 * request's id and answered as `internal`.
 * Must not: send a stack trace or a message that was not written for people.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  ApiProblem,
  languageOf,
  type ProblemMore,
  problem,
  problemBody,
  wrongAt,
} from '../problem-details.ts'
import type { ProblemCode } from '../problem-table.ts'
import { inChinese, type Params } from '../problems/schema-words.ts'
import { StorageFailing, storageTrouble } from '../store/health-port.ts'
import { StaleRevision } from '../store/library-port.ts'
import { BadCursor } from '../store/port.ts'
import type { App } from './app-type.ts'

const BY_CODE: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_REQ_FILE_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'media-type',
}
const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  408: 'request-timeout',
  413: 'too-large',
  415: 'media-type',
  429: 'too-many-requests',
  503: 'not-ready',
}

type Thrown = {
  code?: unknown
  statusCode?: unknown
  validation?: unknown
  validationContext?: unknown
  message?: unknown
}
const isThrown = (error: unknown): error is Thrown => typeof error === 'object' && error !== null

/** Any thrown value as a problem; `undefined` where it is our fault. */
export function problemFrom(error: unknown): ApiProblem | undefined {
  if (error instanceof ApiProblem) return error
  if (error instanceof BadCursor) return problem('bad-cursor', { pointer: '/cursor' })
  if (error instanceof StaleRevision)
    return problem('precondition-failed', { expected: error.expected, current: error.current })
  const trouble = storageTrouble(error)
  if (trouble !== undefined) return problem(trouble, { headers: { 'retry-after': '5' } })
  if (!isThrown(error)) return undefined
  if (Array.isArray(error.validation)) return invalid(error.validation, error.validationContext)
  if (typeof error.statusCode !== 'number' || error.statusCode >= 500) {
    return error.statusCode === 503 ? problem('not-ready') : undefined
  }
  const known = typeof error.code === 'string' ? BY_CODE[error.code] : undefined
  const code = known ?? BY_STATUS[error.statusCode] ?? 'bad-request'
  // The framework's messages about syntax are of use; those on other codes would repeat the title.
  const more: ProblemMore =
    code === 'bad-request' && typeof error.message === 'string' ? { detail: error.message } : {}
  return problem(code, more)
}

type SchemaError = {
  instancePath: string
  message?: string
  keyword?: string
  params?: Record<string, unknown>
}
const isSchemaError = (value: unknown): value is SchemaError =>
  typeof value === 'object' &&
  value !== null &&
  'instancePath' in value &&
  typeof value.instancePath === 'string'

/** What a schema found: in the body by JSON pointer; elsewhere `in` says where the pointer starts. */
function invalid(found: unknown[], context: unknown): ApiProblem {
  const errors = found
    .filter(isSchemaError)
    .filter(({ keyword }) => keyword !== 'boolean')
    .slice(0, 20)
    .map(placeOf)
  return problem('body-invalid', { in: context ?? 'body', errors })
}
/** Also where a schema is asked by hand. */
export function placeOf({ instancePath, message, keyword, params }: SchemaError): ReturnType<typeof wrongAt> {
  const [en, zh] = [message ?? 'is not what is expected here', inChinese(keyword, params)]
  return wrongAt(instancePath, withNames(en, params, [': ', ', ']), withNames(zh, params, ['：', '、']))
}

/** Names the properties that are missing or too many, which TypeBox keeps in `params`. */
function withNames(
  message: string,
  params: Params | undefined,
  [colon, comma]: readonly [string, string],
): string {
  const names = params?.requiredProperties ?? params?.additionalProperties ?? params?.allowedValues
  return Array.isArray(names)
    ? `${message}${colon}${names.slice(0, 20).map(String).join(comma)}`.slice(0, 300)
    : message
}

/** Sends a problem in the reader's language. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, found: ApiProblem): FastifyReply {
  const body = problemBody(found, languageOf(request.headers['accept-language']), request.id)
  return reply
    .code(found.status)
    .headers(found.headers)
    .header('vary', 'accept-language')
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body)
}

/** Answers with whatever was thrown. A 401 says how to sign in (RFC 6750). */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const found = problemFrom(error)
  if (found === undefined || isOfTheDisk(error)) request.log.error({ err: error }, 'request failed')
  const sent = found ?? problem('internal')
  if (sent.status === 401) reply.header('www-authenticate', 'Bearer realm="fieldchart"')
  return sendProblem(request, reply, sent)
}

/** Of the library or the evidence: the store tells of its own trouble, once for all who ask meanwhile. */
const isOfTheDisk = (error: unknown): boolean =>
  storageTrouble(error) !== undefined && !(error instanceof StorageFailing)

export function registerErrors(app: App): void {
  app.setErrorHandler(answerError)
}
