/**
 * What all routes share by which a person acts on a job: conditions read, the command handed on, the outcome answered.
 *
 * Must not: know a command; each route makes its own.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Outcome } from '../../machines/wire/jobs.ts'
import type { Right } from '../access/policy.ts'
import { whoAsks } from '../http/app-type.ts'
import { conditionsOf, etag } from '../http/conditions.ts'
import type { PersonCommand } from '../jobs/jobs-port.ts'
import type { MaskedJobs, SeenOutcome } from '../jobs/masked-jobs.ts'
import { ById, DryRun, ok } from './answers.ts'

/** Headers of an outcome; a dry run has no ETag, since nothing of it exists. */
export function answerOutcome(reply: FastifyReply, { job, entry, replayed }: SeenOutcome, dryRun = false) {
  if (!dryRun) reply.header('etag', etag(job.seq))
  if (replayed) reply.header('idempotency-replayed', 'true')
  return { job, entry }
}

/** A handler's work: the command as whoever asks, under the request's conditions. */
export const actingOn =
  (jobs: Pick<MaskedJobs, 'act'>) =>
  async (
    request: FastifyRequest<{ Params: { id: string }; Querystring: { dryRun?: boolean } }>,
    reply: FastifyReply,
    command: PersonCommand,
  ) => {
    const { dryRun } = request.query
    const conditions = conditionsOf(request, request.body, dryRun)
    const outcome = await jobs.act(request.params.id, command, whoAsks(request).actor, conditions)
    return answerOutcome(reply, outcome, dryRun)
  }

/** A route's declaration, without its body. */
export const acting = (right: Right, summary: string) => ({
  config: { right },
  schema: { tags: ['jobs'], summary, params: ById, querystring: DryRun, response: ok(Outcome) },
})
