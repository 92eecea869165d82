/**
 * What an entry of the audit tells of a person's change.
 *
 * Promises: roles, how far they reach, tokens, certificates and whether he may sign in, by what they are; of all else
 * only that it changed.
 * Must not: tell what he is called, an account's subject, or a token's name or hash.
 */
import type { Person, PersonInput } from '../store/library-port.ts'
import { differing } from './record.ts'

export function personDetail(before: Person | undefined, after: PersonInput): Record<string, unknown> {
  const { revision: _revision, ...was } = before ?? {}
  const changed = differing(was, after).filter((name) => name !== 'updatedAt')
  const [from, to] = [before?.roles ?? [], after.roles]
  return {
    ...(before === undefined ? { made: true } : {}),
    changed,
    ...(from.join() === to.join() ? {} : { roles: { from, to } }),
    ...tokenDetail(before, after),
    ...certificateDetail(before, after),
    ...(changed.includes('limits') ? { limits: { from: before?.limits ?? [], to: after.limits ?? [] } } : {}),
    ...(changed.includes('disabled') ? { disabled: after.disabled === true } : {}),
    ...(changed.includes('account') ? { account: after.account === undefined ? 'taken' : 'given' } : {}),
  }
}

function tokenDetail(before: Person | undefined, after: PersonInput): Record<string, string[]> {
  const ids = (person: Pick<Person, 'tokens'> | undefined) => person?.tokens.map(({ id }) => id) ?? []
  const made = ids(after).filter((id) => !ids(before).includes(id))
  const revoked = ids(before).filter((id) => !ids(after).includes(id))
  return {
    ...(made.length === 0 ? {} : { tokensMade: made }),
    ...(revoked.length === 0 ? {} : { tokensRevoked: revoked }),
  }
}

function certificateDetail(before: Person | undefined, after: PersonInput): Record<string, unknown> {
  const had = before?.certificates ?? []
  const said = after.certificates.map((one) => JSON.stringify(one))
  const hadSaid = had.map((one) => JSON.stringify(one))
  const given = after.certificates.filter((_one, at) => !hadSaid.includes(said[at] ?? ''))
  const kept = new Set(after.certificates.map(({ kind }) => kind))
  const taken = had.map(({ kind }) => kind).filter((kind) => !kept.has(kind))
  return {
    ...(given.length === 0
      ? {}
      : { certificatesGiven: given.map(({ kind, validUntil }) => ({ kind, validUntil })) }),
    ...(taken.length === 0 ? {} : { certificatesTaken: taken }),
  }
}
