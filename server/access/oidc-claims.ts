/**
 * What a provider tells of who signs in, read as a name and roles.
 *
 * Promises: a claim that is missing or of another form gives no role.
 * Must not: trust a claim to be of any form; providers differ.
 */
import type { Role } from '../../machines/definition/schema.ts'
import type { OidcConfig } from './oidc-config.ts'

export type Claims = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const own = (value: unknown, key: string): unknown =>
  isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined

/** By the whole name first: some are addresses, with dots of their own. Else step by step: `realm_access.roles`. */
export function claimAt(claims: Claims, path: string): unknown {
  const whole = own(claims, path)
  return whole === undefined ? path.split('.').reduce<unknown>(own, claims) : whole
}

/** A text, a list of texts, or an object whose keys are the values: all three are met. */
function valuesOf(claim: unknown): string[] {
  if (typeof claim === 'string') return [claim]
  if (Array.isArray(claim)) return claim.filter((value) => typeof value === 'string')
  return isRecord(claim) ? Object.keys(claim) : []
}

/** `undefined`: the provider is not asked for roles. */
export function rolesOf(claims: Claims, { rolesClaim, roles }: OidcConfig): Role[] | undefined {
  if (rolesClaim === undefined) return undefined
  const found = valuesOf(claimAt(claims, rolesClaim)).flatMap((value) => roles.get(value) ?? [])
  return [...new Set(found)]
}

/** Characters that are not seen, or that turn the order of those beside them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** The best name there is, fit to be shown. */
export function nameIn(claims: Claims): string {
  for (const key of ['name', 'preferred_username', 'email', 'sub']) {
    const value = own(claims, key)
    const name = typeof value === 'string' ? value.replaceAll(UNSEEN, '').trim().slice(0, 200) : ''
    if (name !== '') return name
  }
  return '?'
}
