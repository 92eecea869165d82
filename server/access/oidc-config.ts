/**
 * What the environment says about signing in by an OpenID Connect provider.
 *
 * Promises: without OIDC_ISSUER there is none; half a setting stops the start; the secret is never repeated.
 * Must not: ask the provider anything, or read the environment itself.
 */
import { ROLES, type Role } from '../../machines/definition/schema.ts'
import { ConfigError, type Environment, isLoopback, readVariable } from '../environment.ts'

export type OidcConfig = {
  issuer: string
  clientId: string
  /** None for a public client: PKCE alone then binds the code. */
  clientSecret?: string
  /** Asked for at the provider, separated by spaces. */
  scope: string
  /** Where the roles stand in what the provider tells; where it is not set, administrators hand them out. */
  rolesClaim?: string
  /** From a value of that claim to the role it means. */
  roles: ReadonlyMap<string, Role>
  /** On the button. */
  name: { en: string; zh: string }
  /** What browsers call this server, without a path; else it goes by the request. */
  publicUrl?: string
}

const MOST_ROLES = 200
const BESIDE = [
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_SCOPE',
  'OIDC_ROLES_CLAIM',
  'OIDC_ROLES',
  'OIDC_NAME',
  'OIDC_PUBLIC_URL',
]

/** `undefined`: people sign in by token alone. Throws `ConfigError`. */
export function readOidc(env: Environment): OidcConfig | undefined {
  const issuer = readVariable(env, 'OIDC_ISSUER')
  if (issuer === undefined) {
    const stray = BESIDE.find((name) => readVariable(env, name) !== undefined)
    if (stray !== undefined) throw new ConfigError('OIDC_ISSUER', `is missing, but ${stray} is set`)
    return undefined
  }
  const clientId = readVariable(env, 'OIDC_CLIENT_ID')
  if (clientId === undefined) throw new ConfigError('OIDC_CLIENT_ID', 'must be set where OIDC_ISSUER is')
  const clientSecret = readVariable(env, 'OIDC_CLIENT_SECRET')
  const rolesClaim = readVariable(env, 'OIDC_ROLES_CLAIM')
  const publicUrl = readVariable(env, 'OIDC_PUBLIC_URL')
  return {
    issuer: safeUrl('OIDC_ISSUER', issuer).href,
    clientId,
    ...(clientSecret === undefined ? {} : { clientSecret }),
    scope: scopeOf(readVariable(env, 'OIDC_SCOPE') ?? 'openid profile'),
    ...(rolesClaim === undefined ? {} : { rolesClaim }),
    roles: rolesOf(readVariable(env, 'OIDC_ROLES'), rolesClaim),
    name: nameOf(readVariable(env, 'OIDC_NAME')),
    ...(publicUrl === undefined ? {} : { publicUrl: originOf(publicUrl) }),
  }
}

/** HTTPS, or this machine: who can change what a provider says can be anybody. */
function safeUrl(variable: string, value: string): URL {
  const wants = 'must be an https address (http only on this machine) without query'
  if (!URL.canParse(value)) throw new ConfigError(variable, wants)
  const url = new URL(value)
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
  if (!safe || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '')
    throw new ConfigError(variable, wants)
  return url
}

function originOf(value: string): string {
  const url = safeUrl('OIDC_PUBLIC_URL', value)
  if (url.pathname !== '/') throw new ConfigError('OIDC_PUBLIC_URL', 'must be without a path')
  return url.origin
}

function scopeOf(value: string): string {
  const scopes = value.split(/\s+/)
  if (!scopes.includes('openid') || !/^[\x21\x23-\x5b\x5d-\x7e ]+$/.test(scopes.join(' ')))
    throw new ConfigError('OIDC_SCOPE', 'must be scopes separated by spaces, "openid" among them')
  return scopes.join(' ')
}

const isRole = (value: string): value is Role => ROLES.some((role) => role === value)

/** `field-admins=administrator; field-crew=engineer`. Left out: the claim's values are our roles' own names. */
function rolesOf(value: string | undefined, claim: string | undefined): ReadonlyMap<string, Role> {
  if (value === undefined) return new Map(ROLES.map((role) => [role, role]))
  if (claim === undefined) throw new ConfigError('OIDC_ROLES_CLAIM', 'must be set where OIDC_ROLES is')
  const pairs = value.split(';').filter((pair) => pair.trim() !== '')
  if (pairs.length > MOST_ROLES) throw new ConfigError('OIDC_ROLES', `must have at most ${MOST_ROLES} pairs`)
  const map = new Map<string, Role>()
  for (const pair of pairs) {
    // The last sign: a group's distinguished name has some of its own.
    const at = pair.lastIndexOf('=')
    const [from, to] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
    if (at < 1 || from === '' || !isRole(to))
      throw new ConfigError(
        'OIDC_ROLES',
        `must be pairs "value of the claim=role" separated by ";", not "${pair.trim()}"; roles are ${ROLES.join(', ')}`,
      )
    if (map.has(from)) throw new ConfigError('OIDC_ROLES', `names "${from}" twice`)
    map.set(from, to)
  }
  return map
}

/** `Company account|公司账号`, or one name for both languages. */
function nameOf(value: string | undefined): OidcConfig['name'] {
  if (value === undefined) return { en: 'company account', zh: '单位账号' }
  const [en = '', zh = en, ...more] = value.split('|').map((name) => name.trim())
  const fits = (name: string) => name !== '' && name.length <= 60
  if (!fits(en) || !fits(zh) || more.length > 0)
    throw new ConfigError('OIDC_NAME', 'must be "English|Chinese" or one name, up to 60 letters each')
  return { en, zh }
}
