/**
 * What protects the server and its readers: headers, limits, backpressure.
 *
 * Promises: pages run no script but the server's own files; one person cannot keep the server from the others; an
 * overloaded server says so instead of growing slower.
 * Must not: loosen the policy for one page. A page that needs more is written otherwise.
 */
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyRequest } from 'fastify'
import { problem } from '../problem-details.ts'
import type { App } from './app-type.ts'
import type { Header } from './client-error.ts'
import { registerLoopDelay } from './loop-delay.ts'

/** Tries to sign in, a minute and address: a whole company may come in by one address. */
export const SIGN_IN_LIMIT = { max: 60, timeWindow: 60_000 }

/** Before authorisation: cookies and headers. Returns those of every answer. */
export async function registerHeaders(app: App): Promise<readonly Header[]> {
  await app.register(cookie)
  const fixed = await protectingHeaders()
  // On the response itself: streams write past the reply.
  app.addHook('onRequest', (_request, reply, done) => {
    for (const [name, value] of fixed) reply.raw.setHeader(name, value)
    done()
  })
  app.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('permissions-policy', PERMISSIONS)
    // Jobs and people stay in no cache of a machine that others use after; a route that knows better has said so.
    if (/^\/api(?:[/?]|$)/.test(request.url) && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store')
    done()
  })
  return [...fixed, ['permissions-policy', PERMISSIONS]]
}

/** What helmet sets, asked once: it reads its whole configuration again for every request. */
async function protectingHeaders(): Promise<[name: string, value: string][]> {
  const asked = Fastify()
  await asked.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The drawing and the component library set inline styles at every turn, by attribute, which no nonce covers; no
        // text of a user reaches a style, and a style cannot fetch from elsewhere.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    // Tells browsers to use HTTPS where they came by it; ignored over plain HTTP.
    hsts: { maxAge: 15_552_000, includeSubDomains: false },
    referrerPolicy: { policy: 'no-referrer' },
    // No window of another site can reach one of ours, and none can take in an answer of ours.
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  })
  asked.get('/', async (_request, reply) => reply.code(204).send())
  const { raw } = await asked.inject('/')
  const found = Object.entries(raw.res.getHeaders()).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && !OF_EVERY_ANSWER.has(name) ? [[name, value]] : [],
  )
  await asked.close()
  return found
}
const OF_EVERY_ANSWER: ReadonlySet<string> = new Set(['connection', 'content-length', 'date'])

/** What no page of ours asks for. Photos are taken by the telephone's own camera, outside of the page. */
const PERMISSIONS = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'serial',
  'usb',
]
  .map((name) => `${name}=()`)
  .join(', ')

/** Requests a minute by person, or else by address; ms that the event loop may lag. 0: no limit. */
type Limits = { perMinute: number; loopDelay: number }

/** After authorisation has its hooks: who asks too much is refused, and all are where the server cannot keep up. */
export async function registerLimits(app: App, { perMinute, loopDelay }: Limits): Promise<void> {
  await app.register(rateLimit, {
    global: perMinute > 0,
    max: perMinute > 0 ? perMinute : Number.MAX_SAFE_INTEGER,
    timeWindow: 60_000,
    cache: 20_000,
    keyGenerator: (request: FastifyRequest) => request.identity?.person.id ?? `ip:${request.ip}`,
    errorResponseBuilder: () => problem('too-many-requests'),
  })
  registerLoopDelay(app, loopDelay)
  await app.register(compress, { global: true, threshold: 1024, encodings: ['gzip', 'br', 'identity'] })
}
