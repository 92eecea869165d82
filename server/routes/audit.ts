/**
 * `/api/audit`: who changed what, and the end of the chain, to be written down elsewhere.
 *
 * Must not: change anything.
 */
import Type from 'typebox'
import { AuditHead, AuditPage } from '../../machines/wire/audit.ts'
import type { App } from '../http/app-type.ts'
import type { AuditLog } from '../store/audit-port.ts'
import { After, Id, Limit, ok } from './answers.ts'

const closed = { additionalProperties: false } as const
const config = { right: 'audit:read' } as const

export function auditRoutes(app: App, audit: Pick<AuditLog, 'list' | 'head'>): void {
  const tags = ['audit']
  app.get(
    '/api/audit',
    {
      config,
      schema: {
        tags,
        summary: 'Changes of people, tokens, processes, settings and the clock, oldest first',
        querystring: Type.Object(
          { after: After, limit: Limit, kind: Type.Optional(Id), actor: Type.Optional(Id) },
          closed,
        ),
        response: ok(AuditPage),
      },
    },
    async ({ query }) => {
      const { after = 0, limit = 100, ...filter } = query
      const entries = await audit.list({ ...filter, after, limit: limit + 1 })
      const page = entries.slice(0, limit)
      const next = entries.length > limit ? page.at(-1)?.n : undefined
      return { entries: page, ...(next === undefined ? {} : { next }) }
    },
  )
  app.get(
    '/api/audit/head',
    {
      config,
      schema: {
        tags,
        summary:
          'The last entry’s number and hash: whoever keeps them elsewhere can tell later whether a tail was cut off',
        response: ok(AuditHead),
      },
    },
    async () => {
      const head = await audit.head()
      return head === undefined ? { n: 0 } : { n: head.n, hash: head.hash, at: head.at }
    },
  )
}
