/**
 * The OpenAPI 3.1 description, made of the routes' own schemas, and the page to browse it.
 *
 * Promises: nothing is described that the routes do not check; the page loads nothing from other hosts.
 * Must not: hold a description of a route; routes do.
 */
import swagger from '@fastify/swagger'
import Fastify from 'fastify'
import type { App } from './app-type.ts'

const DOCS = '/api/docs'
const DOCUMENT = '/api/openapi.json'
const SCRIPT = `${DOCS}/reference/js/scalar.js`

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Recursive TypeBox schemas (`{$defs, $ref: name}`) refer to each other by bare names: these become components. */
const REF = 'x-component'

function lift(schema: unknown, components: Map<string, unknown>): unknown {
  if (Array.isArray(schema)) return schema.map((one) => lift(one, components))
  if (!isRecord(schema)) return schema
  const { $defs, $id: _id, ...rest } = schema
  if (isRecord($defs)) {
    for (const [name, one] of Object.entries($defs)) {
      if (components.has(name)) continue
      components.set(name, undefined)
      components.set(name, lift(one, components))
    }
  }
  const lifted = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, lift(value, components)]),
  )
  if (typeof lifted.$ref !== 'string') return lifted
  const { $ref, ...others } = lifted
  return { ...others, [REF]: $ref }
}

/** Puts the references back once the generator is done: it would look the names up elsewhere. */
function refer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(refer)
  if (!isRecord(value)) return value
  const { [REF]: name, ...rest } = value
  const referred = Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, refer(one)]))
  return typeof name === 'string' ? { ...referred, $ref: `#/components/schemas/${name}` } : referred
}

function liftAll(schema: object, components: Map<string, unknown>): Record<string, unknown> {
  const lifted = lift(schema, components)
  return isRecord(lifted) ? lifted : {}
}

/** Before the routes are registered. */
export async function registerOpenApi(app: App): Promise<void> {
  const components = new Map<string, unknown>()
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Fieldchart',
        version: '1',
        description:
          'Service processes as statecharts. Errors are problem details (RFC 9457), each explained at its `type`.',
      },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: '__Host-fieldchart' },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const right = route.config?.right
      return {
        url,
        schema: {
          ...liftAll(schema ?? {}, components),
          ...(right === undefined ? {} : { 'x-right': right }),
          security: right === 'public' ? [] : [{ bearer: [] }, { session: [] }],
        },
      }
    },
    transformObject: (document) => {
      if (!('openapiObject' in document)) return {}
      const { openapiObject } = document
      const schemas = { ...openapiObject.components?.schemas, ...Object.fromEntries(components) }
      const whole = refer({ ...openapiObject, components: { ...openapiObject.components, schemas } })
      return isRecord(whole) ? whole : {}
    },
  })

  app.get(DOCUMENT, { config: { right: 'public' }, schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json').send(JSON.stringify(app.swagger())),
  )
  await registerPage(app)
}

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Fieldchart API</title></head>
<body><div id="reference"></div>
<script src="${SCRIPT}"></script><script src="${DOCS}/start.js"></script></body></html>`
const START = `Scalar.createApiReference('#reference', ${JSON.stringify({
  url: DOCUMENT,
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
})})`

/** A page of our own around the reference's script: the one it brings has inline script, which our policy bars. */
async function registerPage(app: App): Promise<void> {
  const page = { config: { right: 'public' as const }, schema: { hide: true } }
  app.get(DOCS, page, async (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE))
  app.get(`${DOCS}/start.js`, page, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(START),
  )
  app.get(SCRIPT, page, async (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=86400')
      .send(await referenceScript()),
  )
}

/** Five megabytes, given out only by the package's plugin: loaded by the first who opens the page, not by every start. */
async function referenceScript(): Promise<Buffer> {
  const { default: reference } = await import('@scalar/fastify-api-reference')
  const holder = Fastify()
  try {
    await holder.register(reference, { routePrefix: `${DOCS}/reference`, configuration: { url: DOCUMENT } })
    return (await holder.inject(SCRIPT)).rawPayload
  } finally {
    await holder.close()
  }
}
