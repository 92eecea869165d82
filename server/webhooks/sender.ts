/**
 * Sends one message to one endpoint, and says what came of it.
 *
 * Promises: an answer within 15 seconds, or a failure; redirects are not followed; of what is answered nothing is kept.
 * Must not: retry, or throw for anything the other side does.
 */
import type { Agent, Dispatcher } from 'undici'
import type { WebhookFailure } from '../../machines/wire/webhooks.ts'
import { isRefusedHost, type LookUp, openLookup } from './addresses.ts'

type Undici = Pick<typeof import('undici'), 'Agent'>

const TIMEOUT_MS = 15_000
const MOST_READ = 16 * 1024

export type Sender = {
  /** `undefined`: delivered. */
  send(url: string, headers: Record<string, string>, body: string): Promise<WebhookFailure | undefined>
  close(): Promise<void>
}
export type SenderOptions = {
  /** Also addresses of our own network, and plain http. */
  privateAddresses: boolean
  timeoutMs?: number
  /** In place of the system's, for tests. */
  lookup?: LookUp
}

export function createSender({ privateAddresses, timeoutMs = TIMEOUT_MS, lookup }: SenderOptions): Sender {
  let agent: Agent | undefined
  const agentOf = (undici: Undici): Agent => {
    agent ??= new undici.Agent({
      connect: { timeout: timeoutMs, ...(privateAddresses ? {} : { lookup: openLookup(lookup) }) },
      keepAliveTimeout: 10_000,
    })
    return agent
  }
  return {
    async send(url, headers, body) {
      const target = new URL(url)
      if (!privateAddresses && isRefusedHost(target.hostname)) return { reason: 'address' }
      try {
        // Loaded for the first message: most servers have no webhook, and it is a large part of a start.
        const undici = await import('undici')
        const answer = await undici.request(target, {
          method: 'POST',
          dispatcher: agentOf(undici),
          headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Fieldchart' },
          body,
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
          signal: AbortSignal.timeout(timeoutMs),
        })
        await letGo(answer.body)
        return failureOf(answer.statusCode)
      } catch (error) {
        return { reason: reasonOf(error) }
      }
    },
    close: async () => agent?.destroy(),
  }
}

/** The status decides; a body that breaks off or is too long changes nothing. */
const letGo = (body: Dispatcher.ResponseData['body']): Promise<void> =>
  body.dump({ limit: MOST_READ }).then(
    () => undefined,
    () => undefined,
  )

function failureOf(status: number): WebhookFailure | undefined {
  if (status >= 200 && status < 300) return undefined
  if (status === 410) return { reason: 'gone', status }
  if (status >= 300 && status < 400) return { reason: 'redirect', status }
  return { reason: 'status', status }
}

function reasonOf(error: unknown): WebhookFailure['reason'] {
  const codes = codesOf(error)
  if (codes.includes('ADDRESS_REFUSED')) return 'address'
  if (codes.some((code) => /TIMEOUT|TimeoutError/i.test(code))) return 'timeout'
  if (codes.some((code) => /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL|UNABLE_TO_VERIFY/.test(code)))
    return 'certificate'
  return 'connection'
}
/** Of the error and what caused it. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  return [...code, error.name, ...codesOf(error.cause)]
}
