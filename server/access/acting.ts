/**
 * On whose behalf something is done, known to whatever the request leads to without being handed from hand to hand.
 *
 * Promises: outside a request nobody acts: it is the server itself.
 * Must not: decide anything; a right is judged by who asks, never by this.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { SYSTEM } from '../../machines/advance/job.ts'
import type { AuditVia } from '../../machines/wire/audit.ts'

type Acting = { actor: string; reason?: string; via?: AuditVia }

const acting = new AsyncLocalStorage<Acting>()

/** Whatever `next` begins is done by this person. */
export const actAs = <T>(who: Acting, next: () => T): T => acting.run(who, next)
/** Whatever `next` begins is done in this way, by whoever acts. */
export const actVia = <T>(via: AuditVia, next: () => T): T => acting.run({ ...whoActs(), via }, next)
export const whoActs = (): Acting => acting.getStore() ?? { actor: SYSTEM.id }
