/**
 * Whether whoever began a long answer may still have it.
 *
 * Promises: the same credentials are looked up anew whenever the stream asks, and at once when the person or his sign-in
 * changes: revoked, expired, disabled, without the right or with other limits ends it.
 * Must not: know what is streamed.
 */
import type { FastifyRequest } from 'fastify'
import type { Identities } from '../access/identity.ts'
import { may, type Right } from '../access/policy.ts'
import { scopeOf } from '../access/scope.ts'
import { whoAsks } from './app-type.ts'

export type Staying = {
  mayStay(): Promise<boolean>
  /** Calls back once he may no longer. Returns how to stop watching. */
  watch(leave: () => void): () => void
}

export function staying(request: FastifyRequest, identities: Identities, right: Right): Staying {
  const { person, actor, via } = whoAsks(request)
  const reach = JSON.stringify(scopeOf(actor, right))
  const mayStay = async (): Promise<boolean> => {
    const identity = await identities.identify(request.credentials)
    return (
      identity !== undefined &&
      identity.via === via &&
      may(identity.actor.roles, right) &&
      // What is streamed was chosen by the limits of then; whoever comes back gets it by those of now.
      JSON.stringify(scopeOf(identity.actor, right)) === reach
    )
  }
  const watch = (leave: () => void): (() => void) =>
    identities.onChange(person.id, () => {
      mayStay().then((stays) => {
        if (!stays) leave()
      }, leave)
    })
  return { mayStay, watch }
}
