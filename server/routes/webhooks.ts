/**
 * `/api/webhooks`: endpoints outside that are told what happens.
 *
 * Must not: answer with a secret that was shown before.
 */

import { Resent } from '../../machines/wire/inbox.ts'
import {
  ChangeWebhook,
  CreateWebhook,
  DeadDeliveries,
  NewWebhook,
  ResendDeliveries,
  WebhookList,
  WebhookTested,
  WebhookView,
} from '../../machines/wire/webhooks.ts'
import type { App } from '../http/app-type.ts'
import type { WebhooksPort } from '../webhooks/webhooks.ts'
import { ById, created, nothing, ok } from './answers.ts'

export function webhookRoutes(app: App, webhooks: WebhooksPort): void {
  const tags = ['webhooks']
  const config = { right: 'webhooks:write' as const }
  app.get(
    '/api/webhooks',
    {
      config,
      schema: { tags, summary: 'Endpoints, and how delivery to them stands', response: ok(WebhookList) },
    },
    () => webhooks.list(),
  )
  app.post(
    '/api/webhooks',
    {
      config,
      schema: {
        tags,
        summary: 'Make an endpoint; its secret is in this answer and in no later one',
        description: 'It is told what happens from now on, signed by the Standard Webhooks specification.',
        body: CreateWebhook,
        response: created(NewWebhook),
      },
    },
    async (request, reply) => reply.code(201).send(await webhooks.create(request.body)),
  )
  app.patch(
    '/api/webhooks/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Change an endpoint, or switch it on or off',
        description: 'Switched off, it loses what waits; switched on, it is told what comes from then on.',
        params: ById,
        body: ChangeWebhook,
        response: ok(WebhookView),
      },
    },
    (request) => webhooks.change(request.params.id, request.body),
  )
  app.post(
    '/api/webhooks/:id/rotate',
    {
      config,
      schema: {
        tags,
        summary: 'Give it a new secret; for 24 hours the one before signs, too',
        params: ById,
        response: ok(NewWebhook),
      },
    },
    (request) => webhooks.rotate(request.params.id),
  )
  app.post(
    '/api/webhooks/:id/test',
    {
      config,
      schema: {
        tags,
        summary: 'Send a message of type `test` at once, and say what came of it',
        params: ById,
        response: ok(WebhookTested),
      },
    },
    (request) => webhooks.test(request.params.id),
  )
  app.get(
    '/api/webhooks/:id/dead',
    {
      config,
      schema: {
        tags,
        summary: 'The latest 200 messages that could not be delivered',
        params: ById,
        response: ok(DeadDeliveries),
      },
    },
    (request) => webhooks.dead(request.params.id),
  )
  app.post(
    '/api/webhooks/:id/resend',
    {
      config,
      schema: {
        tags,
        summary: 'Send again what is dead: all of it, one, or what happened since a time',
        params: ById,
        body: ResendDeliveries,
        response: ok(Resent),
      },
    },
    (request) => webhooks.resend(request.params.id, request.body),
  )
  app.delete(
    '/api/webhooks/:id',
    {
      config,
      schema: { tags, summary: 'Delete an endpoint with all its messages', params: ById, response: nothing },
    },
    async (request, reply) => {
      await webhooks.drop(request.params.id)
      return reply.code(204).send(null)
    },
  )
}
