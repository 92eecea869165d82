/**
 * Signatures by the Standard Webhooks specification, `v1`: HMAC-SHA256 over id, time and body.
 *
 * Must not: keep or log a secret.
 */
import { createHmac } from 'node:crypto'
import type { WebhookEndpoint } from '../store/webhook-port.ts'

const PREFIX = 'whsec_'

/** From at least 24 bytes of chance. */
export const secretOf = (bytes: Uint8Array): string => PREFIX + Buffer.from(bytes).toString('base64')

/** @param seconds since the epoch */
export function sign(secret: string, id: string, seconds: number, body: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`, 'utf8').digest('base64')}`
}

/** The headers of one attempt. While a secret is being replaced, both sign. */
export function signedHeaders(
  { secret, oldSecret }: Pick<WebhookEndpoint, 'secret' | 'oldSecret'>,
  { id, body }: { id: string; body: string },
  now: number,
): Record<string, string> {
  const seconds = Math.floor(now / 1000)
  const secrets = oldSecret && Date.parse(oldSecret.until) > now ? [secret, oldSecret.secret] : [secret]
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': secrets.map((each) => sign(each, id, seconds, body)).join(' '),
  }
}
