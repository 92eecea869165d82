/**
 * What the environment says about how the server runs.
 *
 * Promises: a value that cannot be used stops the start with a message that names the variable and what it wants.
 * Must not: read the environment itself, or touch the disk or the network.
 */
import { type OidcConfig, readOidc } from './access/oidc-config.ts'
import { ConfigError, type Environment, readVariable as read } from './environment.ts'

export { ConfigError, isLoopback } from './environment.ts'

export type Config = {
  host: string
  port: number
  dataDir: string
  /** Creates or resets the token of the person `admin`. */
  adminToken?: string
  clock: 'system' | 'manual'
  /** Where a manual clock begins in a data folder that has none yet, epoch ms; otherwise at the real time. */
  clockStart?: number
  logLevel: LogLevel
  /** Whose `X-Forwarded-*` headers are believed: nobody's, everybody's, or those of these addresses. */
  trustProxy: boolean | string
  /** Requests a minute for each person or address; 0: no limit. */
  rateLimit: number
  /** Milliseconds that the event loop may lag before requests are refused; 0: no limit. */
  loopDelay: number
  /** Bytes that one person may send within 24 hours; 0: no limit. */
  sentPerDay: number
  /** Bytes of the disk that uploaded files leave free. */
  keepFree: number
  /** Hours that the answer to an `Idempotency-Key` is kept. */
  keepAnswers: number
  /** A provider by which people sign in; none where left out. */
  oidc?: OidcConfig
  /** Webhooks may go to addresses of our own network, and by plain http. */
  privateWebhooks?: boolean
}

const MIB = 1024 * 1024
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
type LogLevel = (typeof LOG_LEVELS)[number]

function wholeNumber(env: Environment, name: string, preset: number, most: number): number {
  const value = read(env, name)
  if (value === undefined) return preset
  const number = Number(value)
  if (!/^\d+$/.test(value) || number > most)
    throw new ConfigError(name, `must be a whole number from 0 to ${most}, not "${value}"`)
  return number
}

function oneOf<T extends string>(env: Environment, name: string, known: readonly T[], preset: T): T {
  const value = read(env, name)
  if (value === undefined) return preset
  const found = known.find((one) => one === value)
  if (found === undefined) throw new ConfigError(name, `must be one of ${known.join(', ')}, not "${value}"`)
  return found
}

function host(env: Environment): string {
  const value = read(env, 'HOST') ?? '127.0.0.1'
  if (!/^[A-Za-z0-9.:_-]+$/.test(value))
    throw new ConfigError('HOST', `must be a host name or an address without port, not "${value}"`)
  return value
}

/** At least 32 characters, so that it cannot be guessed; it is never printed. */
function adminToken(env: Environment): string | undefined {
  const value = read(env, 'FIELDCHART_ADMIN_TOKEN')
  if (value === undefined) return undefined
  if (value.length < 32)
    throw new ConfigError(
      'FIELDCHART_ADMIN_TOKEN',
      `must have at least 32 characters, it has ${value.length}`,
    )
  if (!/^[\x21-\x7e]{32,512}$/.test(value))
    throw new ConfigError(
      'FIELDCHART_ADMIN_TOKEN',
      'must be up to 512 printable ASCII characters without spaces',
    )
  return value
}

/** `manual`, or `manual:2026-01-05T09:00:00+08:00` to begin there. */
function clock(env: Environment): Pick<Config, 'clock' | 'clockStart'> {
  const value = read(env, 'FIELDCHART_CLOCK') ?? 'system'
  if (value === 'system' || value === 'manual') return { clock: value }
  const start = /^manual:(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:\d{2}))$/.exec(value)?.[1]
  const ms = Date.parse(start ?? '')
  if (Number.isNaN(ms))
    throw new ConfigError(
      'FIELDCHART_CLOCK',
      `must be system, manual or manual:<date-time with zone>, not "${value}"`,
    )
  return { clock: 'manual', clockStart: ms }
}

function trustProxy(env: Environment): boolean | string {
  const value = read(env, 'TRUST_PROXY')
  if (value === undefined || value === 'false') return false
  if (value === 'true') return true
  if (!/^[0-9A-Fa-f.:/]+(\s*,\s*[0-9A-Fa-f.:/]+)*$/.test(value))
    throw new ConfigError('TRUST_PROXY', `must be true, false or a list of addresses, not "${value}"`)
  return value
}

/** Reads all variables; throws `ConfigError` at the first that cannot be used. */
export function readConfig(env: Environment): Config {
  const token = adminToken(env)
  const oidc = readOidc(env)
  return {
    host: host(env),
    port: wholeNumber(env, 'PORT', 3000, 65_535),
    dataDir: read(env, 'DATA_DIR') ?? 'data',
    ...(token === undefined ? {} : { adminToken: token }),
    ...clock(env),
    logLevel: oneOf(env, 'LOG_LEVEL', LOG_LEVELS, 'info'),
    trustProxy: trustProxy(env),
    rateLimit: wholeNumber(env, 'RATE_LIMIT', 6000, 1_000_000),
    loopDelay: wholeNumber(env, 'MOST_LOOP_DELAY', 3000, 600_000),
    sentPerDay: wholeNumber(env, 'SENT_PER_DAY', 4096, 1_000_000) * MIB,
    keepFree: wholeNumber(env, 'KEEP_FREE', 256, 10_000_000) * MIB,
    keepAnswers: wholeNumber(env, 'KEEP_ANSWERS', 24, 8760),
    ...(oidc === undefined ? {} : { oidc }),
    ...(oneOf(env, 'WEBHOOK_PRIVATE_ADDRESSES', ['true', 'false'], 'false') === 'true'
      ? { privateWebhooks: true }
      : {}),
  }
}
