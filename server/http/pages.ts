/**
 * The designer's pages, where they were built: files as they are, and its one page for every other address.
 *
 * Promises: an address under `/api` never answers with a page.
 * Must not: build anything, or serve a file outside of the folder.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import files from '@fastify/static'
import type { FastifyRequest } from 'fastify'
import { problem } from '../problem-details.ts'
import type { App } from './app-type.ts'
import { sendProblem } from './errors.ts'

const isPage = (request: FastifyRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') &&
  !/^\/api(\/|\?|$)/.test(request.url) &&
  (request.headers.accept ?? '').includes('text/html')

/** `folder`: the built pages; where there are none, only the API is served. */
export async function registerPages(app: App, folder: string | undefined): Promise<void> {
  const built = folder !== undefined && existsSync(join(folder, 'index.html'))
  if (built) {
    await app.register(async (scope) => {
      scope.addHook('onRoute', (route) => {
        route.config = { ...route.config, right: 'public' }
        route.schema = { ...route.schema, hide: true }
      })
      await scope.register(files, {
        root: folder,
        wildcard: false,
        decorateReply: true,
        cacheControl: false,
        setHeaders: (reply, path) => {
          // Built assets carry a hash in their names; the page itself is asked for anew each time.
          const lasting = path.includes('/assets/') && !path.endsWith('.html')
          reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache')
        },
      })
      scope.get('/*', { config: { right: 'public' } }, async (request, reply) => {
        if (!isPage(request)) return sendProblem(request, reply, problem('not-found'))
        return reply.sendFile('index.html')
      })
    })
  }
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, problem('not-found')))
}
