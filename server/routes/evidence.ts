/**
 * `POST /api/jobs/:id/evidence`, with a file or without, and `GET /api/evidence/:sha`.
 *
 * Promises: a file is only taken in for a job that exists; what is sent back cannot run as a page.
 * Must not: believe the name or type that came with a file.
 */
import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { Value } from 'typebox/value'
import { Evidence } from '../../machines/advance/job.ts'
import { Outcome } from '../../machines/wire/jobs.ts'
import {
  type EvidenceStore,
  MOST_BYTES,
  requireFile,
  SHOWN,
  type StoredFile,
} from '../evidence/evidence-store.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { conditionsOf } from '../http/conditions.ts'
import { placeOf } from '../http/errors.ts'
import { asFile } from '../http/file-answer.ts'
import type { MaskedJobs } from '../jobs/masked-jobs.ts'
import { problem, wrongAt } from '../problem-details.ts'
import { ById, DryRun, ok, optional } from './answers.ts'
import { answerOutcome } from './job-acts.ts'

const Attach = Type.Object(
  { evidence: Evidence, title: Type.Optional(Type.String({ maxLength: 200 })) },
  { additionalProperties: false },
)
const Sha = Type.Object({ sha: Type.String({ pattern: '^[0-9a-f]{64}$' }) }, { additionalProperties: false })

export async function evidenceRoutes(app: App, jobs: MaskedJobs, store: EvidenceStore): Promise<void> {
  await app.register(multipart, {
    limits: { fileSize: MOST_BYTES, files: 1, fields: 10, parts: 11, fieldSize: 4096, fieldNameSize: 100 },
  })

  app.post(
    '/api/jobs/:id/evidence',
    {
      config: { right: 'jobs:evidence' },
      bodyLimit: MOST_BYTES + 64 * 1024,
      schema: {
        tags: ['jobs'],
        summary: 'Attach evidence: a file with `kind`, `title`, `signedBy`, or JSON',
        description:
          'As `multipart/form-data`: `file` (PNG, JPEG, WebP, HEIC or PDF by content, up to 10 MiB) and `kind` (photo or signature), optional `title` and `signedBy`. As `application/json`: `{evidence, title?}`. The answer names the file by its SHA-256, which a tick can name as its evidence.',
        consumes: ['multipart/form-data', 'application/json'],
        params: ById,
        querystring: DryRun,
        body: optional(Attach),
        response: ok(Outcome),
      },
    },
    async (request, reply) => {
      const { actor } = whoAsks(request)
      // Nothing is written for a job that is not there.
      await jobs.mustReach(request.params.id, 'jobs:evidence', actor)
      const attached = request.isMultipart() ? await readForm(request, store) : request.body
      if (attached === null) throw problem('body-invalid', { errors: [wrongAt('', 'is missing', '缺失')] })
      await requireFile(store, attached.evidence)
      const { dryRun } = request.query
      const conditions = conditionsOf(request, attached, dryRun)
      const outcome = await jobs.act(request.params.id, { kind: 'attach', ...attached }, actor, conditions)
      const file = attached.evidence.file
      if (file !== undefined && dryRun !== true) await store.named(file)
      return answerOutcome(reply, outcome, dryRun)
    },
  )

  app.get(
    '/api/evidence/:sha',
    {
      config: { right: 'evidence:read' },
      schema: {
        tags: ['jobs'],
        summary: 'A file that was attached, by its SHA-256',
        params: Sha,
      },
    },
    async (request, reply) => {
      const found = await store.find(request.params.sha)
      if (found === undefined) throw problem('evidence-not-found')
      const { type } = found
      return asFile(reply, { mediaType: type, name: fileName(found), shown: SHOWN.has(type) })
        .header('cache-control', 'private, max-age=31536000, immutable')
        .header('etag', `"${found.sha256}"`)
        .header('content-length', String(found.size))
        .send(store.read(found.sha256))
    },
  )
}

const fileName = ({ sha256, type }: StoredFile): string =>
  `${sha256.slice(0, 16)}.${type.split('/')[1] ?? 'bin'}`

/** Files first or fields first: both orders come from real clients. */
async function readForm(request: FastifyRequest, store: EvidenceStore) {
  const fields = new Map<string, string>()
  let file: StoredFile | undefined
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        file = await store.receive(part.file)
        if (part.file.truncated) throw problem('too-large', { limit: MOST_BYTES })
      } else if (typeof part.value === 'string') fields.set(part.fieldname, part.value)
    }
  } catch (error) {
    throw isBrokenForm(error) ? problem('bad-request', { detail: BROKEN_FORM }) : error
  }
  const body = bodyOf(fields, file)
  if (!Value.Check(Attach, body)) {
    throw problem('body-invalid', { errors: Value.Errors(Attach, body).slice(0, 20).map(placeOf) })
  }
  return body
}

const BROKEN_FORM = {
  en: 'The form is broken off, or does not say where its parts end.',
  zh: '表单数据不完整，或未指明各部分的分界。',
}
/** The reader of forms gives what is wrong with one no code, only words. */
const isBrokenForm = (error: unknown): boolean =>
  error instanceof Error && !('code' in error) && /multipart|malformed part/i.test(error.message)

function bodyOf(fields: ReadonlyMap<string, string>, file: StoredFile | undefined): unknown {
  const {
    title,
    kind = file === undefined ? undefined : 'photo',
    number,
    ...rest
  } = Object.fromEntries(fields)
  return {
    evidence: {
      ...rest,
      kind,
      ...(number === undefined ? {} : { number: Number(number) }),
      ...(file === undefined ? {} : { file: file.sha256 }),
    },
    ...(title === undefined ? {} : { title }),
  }
}
