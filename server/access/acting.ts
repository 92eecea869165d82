/**
 * On whose behalf something is done, known to whatever the request leads to without being handed from hand to hand.
 *
 * Promises: outside a request nobody acts: it is the server itself.
 * Must not: decide anything; a right is judged by who asks, never by this.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { SYSTEM } from '../../machines/advance/job.ts'

type Acting = { actor: string; reason?: string }

const acting = new AsyncLocalStorage<Acting>()

/** Whatever `next` begins is done by this person. */
export const actAs = (who: Acting, next: () => void): void => acting.run(who, next)
export const whoActs = (): Acting => acting.getStore() ?? { actor: SYSTEM.id }
