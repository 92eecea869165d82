/**
 * The clock, the settings and the norms: what holds for all jobs.
 *
 * Must not: count time or read norms; the use cases do.
 */
import { ClockView, MoveClock, NormList, SettingsBody, SettingsView } from '../../machines/wire/server.ts'
import type { ClockControl } from '../clock.ts'
import type { App } from '../http/app-type.ts'
import { etag, requiredIfMatch } from '../http/conditions.ts'
import type { Norms } from '../library/norms.ts'
import type { SettingsUse } from '../library/settings.ts'
import { ok } from './answers.ts'

export function clockRoutes(app: App, clock: ClockControl): void {
  const tags = ['clock']
  app.get(
    '/api/clock',
    {
      config: { right: 'clock:read' },
      schema: { tags, summary: 'What time it is, and whether it is moved by hand', response: ok(ClockView) },
    },
    async () => clock.read(),
  )
  app.post(
    '/api/clock',
    {
      config: { right: 'clock:move' },
      schema: {
        tags,
        summary: 'Move a manual clock on; timers on the way fire at their own due time',
        body: MoveClock,
        response: ok(ClockView),
      },
    },
    (request) => clock.move(request.body),
  )
}

export function settingsRoutes(app: App, settings: SettingsUse): void {
  const tags = ['settings']
  app.get(
    '/api/settings',
    {
      config: { right: 'settings:read' },
      schema: { tags, summary: 'Time zone and calendars', response: ok(SettingsView) },
    },
    async (_request, reply) => {
      const view = await settings.get()
      reply.header('etag', etag(view.revision))
      return view
    },
  )
  app.put(
    '/api/settings',
    {
      config: { right: 'settings:write' },
      schema: {
        tags,
        summary: 'Set time zone and calendars',
        description: '`If-Match` with the ETag that was read.',
        body: SettingsBody,
        response: ok(SettingsView),
      },
    },
    async (request, reply) => {
      const view = await settings.save(requiredIfMatch(request), request.body)
      reply.header('etag', etag(view.revision))
      return view
    },
  )
}

export function normRoutes(app: App, norms: Norms): void {
  app.get(
    '/api/norms',
    {
      config: { right: 'norms:read' },
      schema: {
        tags: ['norms'],
        summary: 'The norms of service conduct, each with where it takes effect',
        response: ok(NormList),
      },
    },
    async () => ({ norms: await norms() }),
  )
}
