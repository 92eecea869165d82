/**
 * Signing in by an OpenID Connect provider: authorization code with PKCE, state and nonce.
 *
 * Promises: an answer counts in the browser that asked, once, and only where the provider signed it for this server;
 * a provider that is down hinders nobody but who signs in by it, and is asked again at the next try.
 * Must not: keep a token of the provider, follow where a return address leads elsewhere, or know HTTP requests of ours.
 */
import type { FastifyBaseLogger } from 'fastify'
import * as client from 'openid-client'
import type { Clock } from '../clock.ts'
import { isLoopback } from '../environment.ts'
import type { Ids } from '../ids.ts'
import { type ApiProblem, problem } from '../problem-details.ts'
import type { Person } from '../store/library-port.ts'
import type { Account } from './accounts.ts'
import { type Claims, claimAt, nameIn, rolesOf } from './oidc-claims.ts'
import type { OidcConfig } from './oidc-config.ts'
import { createFlows, localPath } from './oidc-flow.ts'

/** In seconds, for each question to the provider. */
const PATIENCE = 10
/** What a provider says of itself is read anew after this. */
const KEEP_MS = 3600_000
const PATH = '/api/sign-in/provider/callback'

export type OidcSignIn = {
  readonly name: OidcConfig['name']
  /** Where to send the browser, and what it carries. `origin`: as it calls us. Problems: bad-request, provider-unreachable. */
  begin(origin: string, returnTo: string | undefined): Promise<{ url: string; flow: string }>
  /** `query`: what the provider sent back. Problems: sign-in-stale, provider-refused, provider-unreachable, those of `meet`. */
  finish(flow: string | undefined, query: string): Promise<{ person: Person; returnTo: string }>
  /** Where the provider ends its own session, if it does. Problems: provider-unreachable. */
  signOutUrl(origin: string): Promise<string | undefined>
}

type OidcDeps = {
  config: OidcConfig
  clock: Clock
  ids: Ids
  log: Pick<FastifyBaseLogger, 'warn'>
  /** Problems: account-disabled, account-no-role, last-administrator. */
  meet(account: Account): Promise<Person>
}

export function createOidc({ config, clock, ids, log, meet }: OidcDeps): OidcSignIn {
  const flows = createFlows({ clock, ids })
  const originOf = (asCalled: string) => config.publicUrl ?? asCalled
  const provider = remember(clock, () => discover(config))

  /** Whatever goes wrong with the provider, as a problem; the log has what an administrator needs. */
  async function asking<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      log.warn(toldOf(error), 'signing in by the provider failed')
      throw problemOf(error)
    }
  }

  /** The ID token's claims, and where it lacks what is asked for, those of userinfo. */
  async function claimsOf(server: client.Configuration, tokens: Tokens): Promise<Told> {
    const told = tokens.claims()
    if (told === undefined) throw new client.ClientError('the provider sent no ID token')
    const { rolesClaim = 'name' } = config
    const enough = [rolesClaim, 'name'].every((path) => claimAt(told, path) !== undefined)
    if (enough || server.serverMetadata().userinfo_endpoint === undefined) return told
    return { ...(await client.fetchUserInfo(server, tokens.access_token, told.sub)), ...told }
  }

  return {
    name: config.name,
    begin: async (origin, returnTo) => {
      const back = originOf(origin) + PATH
      // `Host` can hold anything where no public address is set.
      if (!URL.canParse(back)) throw problem('bad-request')
      return asking(async () => {
        const server = await provider()
        const { flow, sealed } = flows.begin(back, localPath(returnTo))
        const url = client.buildAuthorizationUrl(server, {
          redirect_uri: flow.redirectUri,
          scope: config.scope,
          state: flow.state,
          nonce: flow.nonce,
          code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
          code_challenge_method: 'S256',
        })
        return { url: url.href, flow: sealed }
      })
    },
    finish: async (sealed, query) => {
      const state = new URLSearchParams(query).get('state')
      const flow = sealed === undefined || state === null ? undefined : flows.take(sealed, state)
      if (flow === undefined) throw problem('sign-in-stale')
      const claims = await asking(async () => {
        const server = await provider()
        const tokens = await client.authorizationCodeGrant(server, new URL(`${flow.redirectUri}?${query}`), {
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          pkceCodeVerifier: flow.verifier,
          idTokenExpected: true,
        })
        return claimsOf(server, tokens)
      })
      const { iss: issuer, sub: subject } = claims
      const person = await meet({ issuer, subject, name: nameIn(claims), roles: rolesOf(claims, config) })
      return { person, returnTo: flow.returnTo }
    },
    signOutUrl: (origin) =>
      asking(async () => {
        const server = await provider()
        if (server.serverMetadata().end_session_endpoint === undefined) return undefined
        return client.buildEndSessionUrl(server, { post_logout_redirect_uri: `${originOf(origin)}/` }).href
      }),
  }
}

type Told = Claims & { iss: string; sub: string }
type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>

async function discover({ issuer, clientId, clientSecret }: OidcConfig): Promise<client.Configuration> {
  const server = new URL(issuer)
  // The token comes over TLS; its signature is verified all the same.
  const execute = [client.enableNonRepudiationChecks]
  if (server.protocol === 'http:' && isLoopback(server.hostname)) execute.push(client.allowInsecureRequests)
  const proof = clientSecret === undefined ? client.None() : proofBy(clientSecret)
  return client.discovery(server, clientId, undefined, proof, { execute, timeout: PATIENCE })
}

/** By the way that every provider has to know, unless it says that it does not. */
function proofBy(secret: string): client.ClientAuth {
  const basic = client.ClientSecretBasic(secret)
  const post = client.ClientSecretPost(secret)
  return (server, ...request) => {
    const known = server.token_endpoint_auth_methods_supported ?? []
    const asPost = known.includes('client_secret_post') && !known.includes('client_secret_basic')
    return (asPost ? post : basic)(server, ...request)
  }
}

/** Asked once by all who wait; kept for a while; a failure is not kept. */
function remember<T>(clock: Clock, ask: () => Promise<T>): () => Promise<T> {
  let kept: { at: number; answer: Promise<T> } | undefined
  return () => {
    if (kept !== undefined && clock.now() - kept.at < KEEP_MS) return kept.answer
    const answer = ask()
    kept = { at: clock.now(), answer }
    answer.catch(() => {
      if (kept?.answer === answer) kept = undefined
    })
    return answer
  }
}

const UNREACHABLE = new Set(['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'])

function problemOf(error: unknown): ApiProblem {
  const down =
    error instanceof TypeError ||
    (error instanceof client.ClientError && UNREACHABLE.has(error.code ?? '')) ||
    (error instanceof client.ResponseBodyError && error.status >= 500)
  if (down) return problem('provider-unreachable', { headers: { 'retry-after': '30' } })
  // The provider's own code is one of a few words by its standard; its text could be anything.
  const said = error instanceof client.AuthorizationResponseError ? error.error : undefined
  return problem('provider-refused', said !== undefined && /^[a-z_]{1,60}$/.test(said) ? { said } : {})
}

/** Without causes: those hold claims. */
function toldOf(error: unknown): Record<string, unknown> {
  if (error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError)
    return { said: error.error, description: error.error_description }
  if (error instanceof client.ClientError) return { code: error.code, reason: error.message }
  return { reason: error instanceof Error ? error.message : String(error) }
}
