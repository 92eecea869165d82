/**
 * New ids and secrets: the only place of the server that draws random numbers.
 *
 * Promises: a secret has 256 bits from the system's generator.
 * Must not: be imported by use cases; they are given `Ids`, so that tests can name what comes.
 */
import { randomBytes, randomUUID } from 'node:crypto'

export type Ids = {
  /** Unique for ever. */
  id(): string
  /** Cannot be guessed; base64url, 43 characters. */
  secret(): string
}

export const randomIds: Ids = {
  id: () => randomUUID(),
  secret: () => randomBytes(32).toString('base64url'),
}
