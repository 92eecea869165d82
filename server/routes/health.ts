/**
 * Whether the server lives and works, its figures, and what its errors mean: for machines, and without signing in.
 *
 * Must not: tell anything about a job or a person.
 */
import type { Registry } from 'prom-client'
import Type from 'typebox'
import { Health } from '../../machines/wire/server.ts'
import type { App } from '../http/app-type.ts'
import { languageOf, problem } from '../problem-details.ts'
import { isProblemCode, PROBLEMS } from '../problem-table.ts'
import { storageTrouble } from '../store/health-port.ts'
import { ok } from './answers.ts'

const Words = Type.Object({ en: Type.String(), zh: Type.String() })
const ProblemPage = Type.Object({
  type: Type.String(),
  status: Type.Integer(),
  title: Type.String(),
  description: Type.String(),
  titles: Words,
  descriptions: Words,
})

type HealthDeps = {
  /** Throws where the store does not answer, or cannot write. */
  probe(): Promise<unknown>
  metrics: Registry
}

export function healthRoutes(app: App, { probe, metrics }: HealthDeps): void {
  const tags = ['health']
  const config = { right: 'public' as const, rateLimit: false as const }

  app.get(
    '/healthz',
    { config, schema: { tags, summary: 'The process answers', response: ok(Health) } },
    async () => ({ status: 'ok' as const }),
  )
  app.get(
    '/readyz',
    {
      config,
      schema: { tags, summary: 'The server can work: its store answers and can write', response: ok(Health) },
    },
    async (request) => {
      try {
        await probe()
      } catch (error) {
        request.log.error({ err: error }, 'not ready')
        throw problem(storageTrouble(error) ?? 'not-ready', { headers: { 'retry-after': '5' } })
      }
      return { status: 'ok' as const }
    },
  )
  app.get(
    '/metrics',
    { config, schema: { tags, summary: 'Figures for Prometheus' } },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()),
  )
}

export function problemRoutes(app: App): void {
  app.get(
    '/api/problems/:code',
    {
      config: { right: 'public' },
      schema: {
        tags: ['problems'],
        summary: 'What an error means; the `type` of problem details',
        params: Type.Object({ code: Type.String({ maxLength: 100 }) }, { additionalProperties: false }),
        response: ok(ProblemPage),
      },
    },
    async (request) => {
      const { code } = request.params
      if (!isProblemCode(code)) throw problem('not-found')
      const { status, title, about } = PROBLEMS[code]
      const language = languageOf(request.headers['accept-language'])
      return {
        type: `/api/problems/${code}`,
        status,
        title: title[language],
        description: about[language],
        titles: title,
        descriptions: about,
      }
    },
  )
}
