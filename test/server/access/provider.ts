/**
 * A real OpenID Connect provider on this machine, over HTTP, whose only user signs in without typing.
 *
 * Promises: everything but the typing is the provider's own: discovery, codes, PKCE, signatures, userinfo.
 */
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import Provider, { type JWK } from 'oidc-provider'
import { onTestFinished } from 'vitest'

type Account = { sub: string; name?: string; roles?: readonly string[] }
export type TestProvider = {
  issuer: string
  /** Who signs in there next; `undefined`: he calls it off. */
  account: Account | undefined
  /** Answers nothing but errors. */
  down: boolean
  /** Follows an address there as his browser would, up to where it leads back. */
  browse(url: string): Promise<string>
  /** Ends the browser's session there. */
  forget(): void
}

export const CLIENT = { id: 'fieldchart', secret: 'a-secret-of-the-client-in-tests-0123456789' }

/** Made once: it takes longest. */
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const KEY: JWK = {
  ...privateKey.export({ format: 'jwk' }),
  kty: 'RSA',
  alg: 'RS256',
  use: 'sig',
  kid: 'test',
}

/**
 * `backTo`: our server as browsers call it, asked for at the first request. `inIdToken`: all claims stand there rather
 * than in userinfo. `host`: what this machine is called; to a browser `localhost` is another site than `127.0.0.1`.
 */
export async function startProvider(
  backTo: () => string,
  { inIdToken = false, host = '127.0.0.1' } = {},
): Promise<TestProvider> {
  const listener = createServer()
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const place = listener.address()
  if (place === null || typeof place === 'string') throw new Error('no port')
  const issuer = `http://${host}:${place.port}`
  let cookies = new Map<string, string>()
  const state: TestProvider = {
    issuer,
    account: undefined,
    down: false,
    browse,
    forget: () => {
      cookies = new Map()
    },
  }
  const make = (): Provider => {
    // It warns that it keeps its state in memory, which is what tests want.
    const { warn } = console
    console.warn = () => undefined
    const made = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: [`${backTo()}/api/sign-in/provider/callback`],
          post_logout_redirect_uris: [`${backTo()}/`],
        },
      ],
      jwks: { keys: [KEY] },
      cookies: { keys: ['a-key-for-cookies-of-the-test-provider'] },
      claims: { openid: ['sub'], profile: ['name', 'realm_access'] },
      conformIdTokenClaims: !inIdToken,
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      findAccount: (_context, sub) => ({
        accountId: sub,
        claims: () => {
          const { name, roles } = state.account ?? {}
          return {
            sub,
            ...(name === undefined ? {} : { name }),
            ...(roles === undefined ? {} : { realm_access: { roles } }),
          }
        },
      }),
      ttl: { Session: 3600, Interaction: 3600, Grant: 3600, IdToken: 3600, AccessToken: 3600 },
    })
    console.warn = warn
    return made
  }
  let running: Provider | undefined
  const provider = (): Provider => {
    running ??= make()
    return running
  }
  listener.on('request', (request, response) => {
    if (state.down) return void response.writeHead(502).end('bad gateway')
    if (request.url?.startsWith('/interaction/') !== true)
      return void provider().callback()(request, response)
    decide(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })

  type Decide = Parameters<Provider['interactionDetails']>
  async function decide(request: Decide[0], response: Decide[1]): Promise<void> {
    const { params, grantId } = await provider().interactionDetails(request, response)
    const { account } = state
    if (account === undefined)
      return provider().interactionFinished(request, response, { error: 'access_denied' })
    const known = grantId === undefined ? undefined : await provider().Grant.find(grantId)
    const grant =
      known ?? new (provider().Grant)({ accountId: account.sub, clientId: String(params.client_id) })
    grant.addOIDCScope('openid profile')
    const consent = { grantId: await grant.save() }
    await provider().interactionFinished(request, response, { login: { accountId: account.sub }, consent })
  }

  async function browse(url: string): Promise<string> {
    let at = url
    for (let hop = 0; hop < 10; hop++) {
      if (new URL(at).origin !== issuer) return at
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answered = await fetch(at, { redirect: 'manual', headers: { cookie, accept: 'text/html' } })
      for (const line of answered.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (value === '') cookies.delete(name)
        else cookies.set(name, value)
      }
      const to = answered.headers.get('location')
      if (to === null) throw new Error(`${at}: ${answered.status} ${(await answered.text()).slice(0, 2000)}`)
      at = new URL(to, at).href
    }
    throw new Error('the provider leads in a circle')
  }

  onTestFinished(async () => {
    listener.closeAllConnections()
    await new Promise((resolve) => listener.close(resolve))
  })
  return state
}
