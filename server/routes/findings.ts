/**
 * `/api/findings`: what practice found wrong with a process, until a version answers it.
 *
 * Must not: answer one; publishing does (`drafts.ts`).
 */
import Type from 'typebox'
import {
  CloseFinding,
  FindingList,
  FindingStatus,
  FindingView,
  RaiseFinding,
} from '../../machines/wire/findings.ts'
import type { FindingsPort } from '../findings/findings.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { ById, created, Limit, ok } from './answers.ts'

const closed = { additionalProperties: false } as const
const word = (most: number) => Type.Optional(Type.String({ minLength: 1, maxLength: most }))
const Query = Type.Object(
  {
    process: word(100),
    status: Type.Optional(FindingStatus),
    place: word(1000),
    job: word(200),
    limit: Limit,
    cursor: word(100),
  },
  closed,
)

export function findingRoutes(app: App, findings: FindingsPort): void {
  const tags = ['findings']
  app.get(
    '/api/findings',
    {
      config: { right: 'findings:read' },
      schema: {
        tags,
        summary: 'Findings, newest first; `counts` are of all but the filter by status',
        querystring: Query,
        response: ok(FindingList),
      },
    },
    (request) =>
      findings.list({ ...request.query, limit: request.query.limit ?? 50 }, whoAsks(request).actor),
  )
  app.post(
    '/api/findings',
    {
      config: { right: 'findings:raise' },
      schema: {
        tags,
        summary: 'Raise a finding on a state, a transition or a whole process',
        body: RaiseFinding,
        response: created(FindingView),
      },
    },
    async (request, reply) =>
      reply.code(201).send(await findings.raise(request.body, whoAsks(request).actor)),
  )
  const turning = (way: 'dismiss' | 'reopen', summary: string) =>
    app.post(
      `/api/findings/:id/${way}`,
      {
        config: { right: 'findings:close' },
        schema: { tags, summary, params: ById, body: CloseFinding, response: ok(FindingView) },
      },
      (request) =>
        findings.turn(
          request.params.id,
          way === 'dismiss' ? 'dismissed' : 'open',
          request.body.reason,
          whoAsks(request).actor,
        ),
    )
  turning('dismiss', 'Set a finding aside without a change of the process')
  turning('reopen', 'Take up again what was set aside')
}
