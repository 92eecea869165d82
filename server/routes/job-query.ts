/**
 * What a list of jobs is asked by, as it stands in an address: shared by the list, the board and the sheet.
 *
 * Must not: mean anything; the store filters.
 */
import type { FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import { JobStatus } from '../../machines/advance/job.ts'
import { personHidden } from '../access/masking.ts'
import type { Right } from '../access/policy.ts'
import { bothScopes, scopeOf } from '../access/scope.ts'
import { whoAsks } from '../http/app-type.ts'
import { problem, wrongAt } from '../problem-details.ts'
import type { JobFilter } from '../store/port.ts'

const Time = Type.Optional(Type.String({ format: 'date-time' }))
const word = Type.Optional(Type.String({ maxLength: 200 }))
const flag = Type.Optional(Type.Boolean())

/** What the board can be narrowed by: what it shows by itself is not among them. */
export const narrowing = {
  assignee: word,
  region: word,
  /** The whole name. */
  customer: Type.Optional(Type.String({ maxLength: 300 })),
  overdue: flag,
  suspended: flag,
  text: word,
}
export const filtering = {
  process: word,
  version: Type.Optional(Type.Integer({ minimum: 1 })),
  /** A path: jobs in it or below it. */
  state: Type.Optional(Type.String({ maxLength: 1000 })),
  status: Type.Optional(JobStatus),
  ...narrowing,
  createdFrom: Time,
  createdTo: Time,
  dueFrom: Time,
  dueTo: Time,
}
export const Sort = Type.Optional(Type.Enum(['createdAt', '-createdAt', 'updatedAt', '-updatedAt', 'dueAt']))
const Filtering = Type.Object(filtering)

/** How far the right reaches for whoever asks; nothing where it reaches everything. */
export function withinOf(request: FastifyRequest, right: Right): Pick<JobFilter, 'within'> {
  const within = scopeOf(whoAsks(request).actor, right)
  return within === undefined ? {} : { within }
}

/**
 * As `withinOf`; but where a job is looked for by what it says of a person, only where such things are seen: nobody finds
 * out a telephone number by searching for it. Problems: forbidden.
 */
export function foundWithin(
  request: FastifyRequest,
  right: Right,
  { customer, text }: Pick<JobFilter, 'customer' | 'text'>,
): Pick<JobFilter, 'within'> {
  if (customer === undefined && text === undefined) return withinOf(request, right)
  const { actor } = whoAsks(request)
  const seen = scopeOf(actor, 'jobs:personal')
  if (seen?.length === 0) throw personHidden()
  const within = bothScopes(scopeOf(actor, right), seen)
  return within === undefined ? {} : { within }
}

/** Problems: body-invalid. */
export function filterOf(asked: Static<typeof Filtering>): JobFilter {
  const { createdFrom, createdTo, dueFrom, dueTo, ...filter } = asked
  const times = Object.entries({ createdFrom, createdTo, dueFrom, dueTo }).flatMap(([name, time]) =>
    time === undefined ? [] : [[name, utc(name, time)] as const],
  )
  return { ...filter, ...Object.fromEntries(times) }
}
/** A time as the stores compare it: UTC with milliseconds. Problems: body-invalid. */
export function utc(name: string, time: string): string {
  const ms = Date.parse(time)
  if (Number.isNaN(ms))
    throw problem('body-invalid', {
      in: 'querystring',
      errors: [wrongAt(`/${name}`, 'must be a date-time', '须为日期时间')],
    })
  return new Date(ms).toISOString()
}
