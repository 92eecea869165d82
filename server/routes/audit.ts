/**
 * `/api/audit`: who changed what, and the end of the chain, to be written down elsewhere.
 *
 * Must not: change anything.
 */
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { type AuditChange, AuditChanges, AuditHead, AuditPage } from '../../machines/wire/audit.ts'
import { requireEverywhere } from '../access/scope.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import type { AuditLog, Change } from '../store/audit-port.ts'
import { After, Id, Limit, ok } from './answers.ts'
import { utc } from './job-query.ts'

const closed = { additionalProperties: false } as const
const config = { right: 'audit:read' } as const
/** It tells of the whole organisation, and names jobs whose data were given out or erased. */
const preHandler = async (request: FastifyRequest): Promise<void> =>
  requireEverywhere(whoAsks(request).actor, 'audit:read')

/** A request is not waited for longer. */
const LONGEST_MS = 60_000

/** @param now real time, epoch ms */
export function auditRoutes(
  app: App,
  audit: Pick<AuditLog, 'list' | 'changes' | 'head'>,
  now: () => number,
): void {
  const tags = ['audit']
  app.get(
    '/api/audit',
    {
      config,
      preHandler,
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
    '/api/audit/changes',
    {
      config,
      preHandler,
      schema: {
        tags,
        summary: 'The same, newest first: each change once, with what came of it',
        description:
          'A `kind` that ends with a dot stands for all that begin so. Pages by `before` or `after`, with the `n` of the last or the first.',
        querystring: Type.Object(
          {
            before: After,
            after: After,
            limit: Limit,
            ...{ kind: Type.Optional(Id), actor: Type.Optional(Id), subject: Type.Optional(Id) },
            from: Type.Optional(Type.String({ format: 'date-time' })),
            to: Type.Optional(Type.String({ format: 'date-time' })),
          },
          closed,
        ),
        response: ok(AuditChanges),
      },
    },
    async ({ query: { limit = 50, from, to, ...query } }) => {
      const times = {
        ...(from === undefined ? {} : { from: utc('from', from) }),
        ...(to === undefined ? {} : { to: utc('to', to) }),
      }
      // One more than asked for tells whether there are others behind.
      const found = await audit.changes({ ...query, ...times, limit: limit + 1 })
      const isUpwards = query.before === undefined && query.after !== undefined
      const page = isUpwards ? found.slice(-limit) : found.slice(0, limit)
      const isMore = found.length > limit
      return {
        changes: page.map((change) => changeView(change, now())),
        newer: isUpwards ? isMore : query.before !== undefined,
        older: isUpwards ? query.after !== 0 : isMore,
      }
    },
  )
  app.get(
    '/api/audit/head',
    {
      config,
      preHandler,
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

function changeView({ entry, ended }: Change, now: number): AuditChange {
  const { prev: _prev, of: _of, outcome, ...told } = entry
  const isRecent = now - Date.parse(entry.at) < LONGEST_MS
  const open = isRecent ? 'under-way' : 'cut-off'
  const came = ended?.outcome ?? outcome
  return {
    ...told,
    outcome: came === 'meant' ? open : came,
    ...(ended === undefined
      ? {}
      : {
          ended: {
            n: ended.n,
            at: ended.at,
            ...(ended.detail === undefined ? {} : { detail: ended.detail }),
          },
        }),
  }
}
