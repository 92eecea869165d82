/**
 * What an entry of the audit says somebody did, act by act, for a sentence each.
 *
 * Promises: entries of older releases, which tell less, and of kinds that this page does not know are still told as what they are.
 * Must not: know names or words of a language.
 */
import type { AuditChange } from '../../machines/wire/audit.ts'
import type { en } from '../text/en.ts'

type Key = keyof (typeof en)['audit']['act']
/** Without the ending that tells one from many. */
type ActName = Key extends infer K ? (K extends `${infer Name}_${'one' | 'other'}` ? Name : K) : never
export type Act = {
  say: ActName
  /** Of the certificate. */
  kind?: string
  roles?: readonly string[]
  /** Names of fields. */
  changed?: readonly string[]
  version?: number
  /** Days, or jobs. */
  n?: number
  from?: string
  to?: string
  /** Kind of a rule. */
  rule?: string
}

type Detail = Readonly<Record<string, unknown>>
type Told = Pick<AuditChange, 'kind' | 'subject' | 'actor' | 'detail' | 'ended'>

const isRecord = (value: unknown): value is Detail =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const texts = (value: unknown): string[] => list(value).filter((one) => typeof one === 'string')
const time = (name: 'from' | 'to', value: unknown) => {
  const at = text(value)
  return at === undefined ? {} : { [name]: at }
}

/** At least one. */
export function actsOf(change: Told): Act[] {
  const { detail = {} } = change
  switch (change.kind) {
    case 'person.save':
      return personActs(change, detail)
    case 'process.create':
      return [{ say: 'processMade' }]
    case 'process.publish':
      return [publishing(change.ended?.detail?.version)]
    case 'process.archive':
      return [{ say: 'archived' }]
    case 'process.unarchive':
      return [{ say: 'unarchived' }]
    case 'process.approval-rule':
      return [approvalRule(detail)]
    case 'process.scenario-rule':
      return [{ say: choose(detail.required, 'scenariosAsked', 'scenariosNotAsked', 'scenarioRule') }]
    case 'draft.delete':
      return [{ say: 'draftDropped' }]
    case 'draft.approve':
      return [{ say: VERDICTS.get(text(detail.verdict) ?? '') ?? 'judged' }]
    case 'scenario.delete':
      return [{ say: 'scenarioDropped' }]
    case 'settings.save':
      return [changing(texts(detail.changed), 'settingsChanged', 'settingsSame')]
    case 'clock.move':
      return [
        {
          say: detail.from === undefined ? 'clockSet' : 'clockMoved',
          ...time('from', detail.from),
          ...time('to', detail.to),
        },
      ]
    case 'process.retention':
      return [typeof detail.days === 'number' ? { say: 'keptFor', n: detail.days } : { say: 'keptForever' }]
    case 'privacy.export':
      return [{ say: 'givenOut', n: list(detail.jobs).length }]
    case 'privacy.erase':
      return [{ say: 'erased', n: erasedOf(change, list(detail.jobs).length) }]
    case 'privacy.retention':
      return [{ say: 'ranOut', n: erasedOf(change, 0) }]
    case 'data.restore':
      return [{ say: 'restored', ...time('from', detail.backup) }]
    case 'sample.make':
      return [{ say: 'sampleMade' }]
    case 'sample.remove':
      return [{ say: 'sampleRemoved' }]
    default:
      return [webhookAct(change.kind, detail)]
  }
}

const VERDICTS: ReadonlyMap<string, ActName> = new Map([
  ['approve', 'agreed'],
  ['object', 'objected'],
  ['withdraw', 'tookBack'],
] as const)

const choose = (value: unknown, yes: ActName, no: ActName, unknown: ActName): ActName =>
  value === true ? yes : value === false ? no : unknown
const changing = (changed: readonly string[], some: ActName, none: ActName): Act =>
  changed.length === 0 ? { say: none } : { say: some, changed }
const publishing = (version: unknown): Act =>
  typeof version === 'number' ? { say: 'publishedVersion', version } : { say: 'published' }

/** How many were erased in the end, where that is known. */
const erasedOf = ({ ended }: Told, meant: number): number =>
  typeof ended?.detail?.erased === 'number' ? ended.detail.erased : meant

/** A rule that waits for agreement is what somebody wanted; else the one in force. */
function approvalRule({ rule, proposed }: Detail): Act {
  const shown = proposed ?? rule
  const kind = isRecord(shown) ? text(shown.kind) : undefined
  return {
    say: proposed === undefined ? 'approvalChanged' : 'approvalProposed',
    ...(kind === undefined ? {} : { rule: kind }),
  }
}

function webhookAct(kind: string, detail: Detail): Act {
  if (kind === 'webhook.create') return { say: 'webhookMade' }
  if (kind === 'webhook.secret') return { say: 'webhookSecret' }
  if (kind === 'webhook.delete') return { say: 'webhookDropped' }
  if (kind === 'webhook.resend') return { say: 'webhookResent' }
  if (kind !== 'webhook.change') return { say: 'other' }
  if (detail.gone === true && detail.enabled === false) return { say: 'webhookGone' }
  const changed = texts(detail.changed)
  if (changed.length === 1 && typeof detail.enabled === 'boolean')
    return { say: detail.enabled ? 'webhookOn' : 'webhookOff' }
  return { say: 'webhookChanged', changed }
}

function personActs({ actor, subject }: Told, detail: Detail): Act[] {
  const changed = texts(detail.changed)
  const { from, to } = isRecord(detail.roles) ? detail.roles : {}
  const [had, has] = [texts(from), texts(to)]
  const given = has.filter((role) => !had.includes(role))
  const taken = had.filter((role) => !has.includes(role))
  const own = actor === subject
  const isMade = detail.made === true || changed.includes('id')
  const acts: Act[] = [
    ...(isMade ? [made(given)] : roleActs('roleGiven', 'rolesGiven', given)),
    ...roleActs('roleTaken', 'rolesTaken', taken),
    ...texts(detail.tokensMade).map((): Act => ({ say: own ? 'tokenMadeOwn' : 'tokenMade' })),
    ...texts(detail.tokensRevoked).map((): Act => ({ say: own ? 'tokenRevokedOwn' : 'tokenRevoked' })),
    ...certificateActs(detail),
    ...(isRecord(detail.limits)
      ? [{ say: list(detail.limits.to).length === 0 ? ('unlimited' as const) : ('limited' as const) }]
      : []),
    ...(typeof detail.disabled === 'boolean' ? [{ say: detail.disabled ? 'barred' : 'letIn' } as const] : []),
    ...(text(detail.account) === undefined
      ? []
      : [{ say: detail.account === 'given' ? 'accountGiven' : 'accountTaken' } as const]),
  ]
  const told = toldBy(detail)
  const rest = isMade ? [] : changed.filter((name) => !told.has(name))
  if (rest.length > 0) acts.push({ say: 'personChanged', changed: rest })
  return acts.length === 0 ? [{ say: 'personSame' }] : acts
}

const made = (roles: readonly string[]): Act =>
  roles.length === 0 ? { say: 'personMade' } : { say: 'personMadeAs', roles }
const roleActs = (one: ActName, many: ActName, roles: readonly string[]): Act[] =>
  roles.length === 0 ? [] : [{ say: roles.length === 1 ? one : many, roles }]

function certificateActs(detail: Detail): Act[] {
  const given = list(detail.certificatesGiven).filter(isRecord)
  return [
    ...given.map(
      ({ kind, validUntil }): Act => ({
        say: 'certificateGiven',
        kind: text(kind) ?? '',
        ...time('to', validUntil),
      }),
    ),
    ...texts(detail.certificatesTaken).map((kind): Act => ({ say: 'certificateTaken', kind })),
  ]
}

/** Fields whose change an act of its own tells. */
function toldBy(detail: Detail): Set<string> {
  const told = new Set(['updatedAt', 'createdAt'])
  for (const name of ['roles', 'limits', 'disabled', 'account'])
    if (detail[name] !== undefined) told.add(name)
  if (detail.tokensMade !== undefined || detail.tokensRevoked !== undefined) told.add('tokens')
  if (detail.certificatesGiven !== undefined || detail.certificatesTaken !== undefined)
    told.add('certificates')
  return told
}
