/**
 * `GET /api/processes/:id/versions/:version/export` and `POST /api/processes/import`.
 *
 * Promises: a handbook opens in the browser, everything else is saved under its name.
 * Must not: read a form; the use case does.
 */
import Type from 'typebox'
import { LONGEST_FILE } from '../../machines/exchange/plain.ts'
import {
  ExportQuery,
  ImportedDraft,
  ImportFile,
  ImportPreview,
  ImportQuery,
} from '../../machines/wire/exchange.ts'
import { requireEverywhere } from '../access/scope.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { etag } from '../http/conditions.ts'
import { asFile } from '../http/file-answer.ts'
import type { Exchange } from '../library/exchange.ts'
import { created, Id, ok } from './answers.ts'

const ByVersion = Type.Object(
  { id: Id, version: Type.Integer({ minimum: 1, maximum: 1_000_000 }) },
  { additionalProperties: false },
)

export function exchangeRoutes(app: App, exchange: Exchange): void {
  const tags = ['exchange']
  app.get(
    '/api/processes/:id/versions/:version/export',
    {
      config: { right: 'processes:read' },
      schema: {
        tags,
        summary: 'A version in another form',
        description:
          'json: ours. xstate: a config of XState 5. ts: a module for XState 5. scxml. mermaid. handbook: HTML for print. markdown: the handbook as text. svg, png: the whole drawing, as its owner placed it, else laid out. Problems of pictures: 422 `picture-too-large` with the largest `scale`, 422 `picture-failed`, 503 `not-ready` where too many are waiting.',
        params: ByVersion,
        querystring: ExportQuery,
      },
    },
    async (request, reply) => {
      const { id, version } = request.params
      const { format = 'json', language = 'both', scale } = request.query
      if (format === 'svg' || format === 'png') {
        const { picture, mediaType, file } = await exchange.picture(id, version, format, language, scale)
        return asFile(reply, { mediaType, name: file }).send(
          Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength),
        )
      }
      const { text, mediaType, file } = await exchange.export(id, version, format, language)
      const shown = mediaType === 'text/html'
      return asFile(reply, {
        mediaType: `${mediaType}; charset=utf-8`,
        name: file,
        shown,
        ours: shown,
      }).send(text)
    },
  )
  app.post(
    '/api/processes/import',
    {
      config: { right: 'drafts:write' },
      // A file of quotes and line ends takes twice its length as JSON.
      bodyLimit: 2 * LONGEST_FILE,
      schema: {
        tags,
        summary: 'A process from a file, as a new draft',
        description:
          '`notes` lists what was not carried over. With `dryRun=true` the answer is 200 with the definition as it would be, and nothing is kept.',
        querystring: ImportQuery,
        body: ImportFile,
        response: { ...created(ImportedDraft), ...ok(ImportPreview) },
      },
    },
    async (request, reply) => {
      const { format = 'json', dryRun = false } = request.query
      const { text, id } = request.body
      if (dryRun) return reply.code(200).send(exchange.preview(text, format, id))
      const { person, actor } = whoAsks(request)
      requireEverywhere(actor, 'drafts:write')
      const made = await exchange.import(text, format, id, person.id)
      return reply
        .code(201)
        .header('etag', etag(made.draft.revision))
        .header('location', `/api/processes/${made.draft.process}/draft`)
        .send(made)
    },
  )
}
