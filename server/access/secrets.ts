/**
 * Bearer tokens and session cookies as secrets: made once, kept only as their SHA-256.
 *
 * A fast hash is right here: the secrets have 256 bits of chance, so there is no dictionary to try.
 * Must not: log or return a secret other than to whom it was made for.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Ids } from '../ids.ts'

/** Tells a leaked token from other secrets: scanners know such prefixes. */
const PREFIX = 'fc_'
export const newToken = (ids: Ids): string => PREFIX + ids.secret()

/** SHA-256 in lower-case hex. */
export const hashSecret = (secret: string): string =>
  createHash('sha256').update(secret, 'utf8').digest('hex')

/** Compares in a time that does not depend on where they differ. */
export const sameSecret = (secret: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(hash))
