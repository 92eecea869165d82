/**
 * Agreement before publishing: `/api/processes/:id/approval-rule` and `/draft/approvals`.
 *
 * Must not: judge who is asked or has agreed; the use cases do.
 */
import { ApprovalSetting, DraftApprovals, GiveApproval, SetApprovalRule } from '../../machines/wire/drafts.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { etag, requiredIfMatch } from '../http/conditions.ts'
import type { Approvals } from '../library/approvals.ts'
import { ById, ok } from './answers.ts'

export function approvalRoutes(app: App, approvals: Approvals): void {
  const tags = ['drafts']
  const params = ById

  app.get(
    '/api/processes/:id/draft/approvals',
    {
      config: { right: 'drafts:read' },
      schema: {
        tags,
        summary: 'Who agreed to the draft, and who is missing',
        params,
        response: ok(DraftApprovals),
      },
    },
    async (request, reply) => {
      const found = await approvals.ofDraft(request.params.id)
      reply.header('etag', etag(found.revision))
      return found
    },
  )
  app.post(
    '/api/processes/:id/draft/approvals',
    {
      config: { right: 'drafts:approve' },
      schema: {
        tags,
        summary: 'Agree to the draft, or object',
        description:
          '`If-Match` with the ETag of the draft that was read. It holds until the definition is changed; positions may be.',
        params,
        body: GiveApproval,
        response: ok(DraftApprovals),
      },
    },
    (request) => {
      const { person } = whoAsks(request)
      return approvals.sayOfDraft(request.params.id, requiredIfMatch(request), request.body, person.id)
    },
  )
  app.get(
    '/api/processes/:id/approval-rule',
    {
      config: { right: 'drafts:read' },
      schema: {
        tags,
        summary: 'Who must agree before a version is published',
        params,
        response: ok(ApprovalSetting),
      },
    },
    async (request, reply) => {
      const found = await approvals.rule(request.params.id)
      reply.header('etag', etag(found.revision))
      return found
    },
  )
  app.put(
    '/api/processes/:id/approval-rule',
    {
      config: { right: 'approval:write' },
      schema: {
        tags,
        summary: 'Set who must agree',
        description:
          'Where a rule is in force the new one is a proposal until those agree whom the present one asks. The present rule again takes a proposal back.',
        params,
        body: SetApprovalRule,
        response: ok(ApprovalSetting),
      },
    },
    async (request, reply) => {
      const { person } = whoAsks(request)
      const { rule } = request.body
      const saved = await approvals.setRule(request.params.id, requiredIfMatch(request), rule, person.id)
      reply.header('etag', etag(saved.revision))
      return saved
    },
  )
  app.post(
    '/api/processes/:id/approval-rule/approvals',
    {
      config: { right: 'drafts:approve' },
      schema: {
        tags,
        summary: 'Agree to the proposed rule, or object',
        params,
        body: GiveApproval,
        response: ok(ApprovalSetting),
      },
    },
    async (request, reply) => {
      const { person } = whoAsks(request)
      const revision = requiredIfMatch(request)
      const saved = await approvals.sayOfRule(request.params.id, revision, request.body, person.id)
      reply.header('etag', etag(saved.revision))
      return saved
    },
  )
}
