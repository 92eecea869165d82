/**
 * Entries of the audit in the reader's language: who did what, in sentences.
 *
 * Promises: who is no longer known, or not to the reader, is told by id.
 */
import { useTranslation } from 'react-i18next'
import type { AuditChange } from '../../machines/wire/audit.ts'
import { useCertificateKinds } from '../people/people-queries.ts'
import { usePeople } from '../session/people.ts'
import { useProcesses } from '../session/queries.ts'
import { useSpeech } from '../text/use-language.ts'
import { type Act, actsOf } from './audit-acts.ts'

/** Who acts where no person does. */
export const SYSTEM = 'system'
const VIAS = ['provider', 'set-up', 'environment'] as const
const FIELDS = [
  'name',
  'roles',
  'tokens',
  'certificates',
  'regions',
  'limits',
  'overtime',
  'disabled',
  'account',
  'timeZone',
  'calendars',
  'url',
  'events',
  'process',
  'enabled',
] as const
const RULES = ['none', 'second-person', 'all'] as const

export type AuditWords = {
  actor(change: Pick<AuditChange, 'actor' | 'detail'>): string
  subject(change: Pick<AuditChange, 'kind' | 'subject' | 'detail'>): string
  /** At least one. */
  sentences(change: AuditChange): string[]
}

export function useAuditWords(): AuditWords {
  const { t } = useTranslation()
  const { say, list, date, exactTime } = useSpeech()
  const people = usePeople()
  const kinds = useCertificateKinds()
  const processes = useProcesses().data?.processes ?? []

  const person = (id: string): string => people.get(id)?.name ?? id
  const process = (id: string): string => say(processes.find((one) => one.id === id)?.title, id)
  const field = (name: string): string => {
    const known = FIELDS.find((one) => one === name)
    return known === undefined ? name : t(`audit.field.${known}`)
  }
  const role = (name: string): string => t(`roles.${name}`, { defaultValue: name })

  const actor: AuditWords['actor'] = ({ actor: id, detail }) => {
    if (id !== SYSTEM) return person(id)
    const via = VIAS.find((one) => one === detail?.via)
    return via === undefined ? t('app.name') : t(`audit.via.${via}`)
  }
  const subject: AuditWords['subject'] = ({ kind, subject: id, detail }) => {
    if (kind.startsWith('person.')) return person(id)
    if (kind.startsWith('process.') || kind.startsWith('draft.') || kind === 'privacy.retention')
      return process(id)
    return kind.startsWith('webhook.') && typeof detail?.host === 'string' ? detail.host : id
  }
  const sentence = (change: AuditChange, act: Act): string => {
    const rule = RULES.find((one) => one === act.rule)
    return t(`audit.act.${act.say}`, {
      actor: actor(change),
      subject: subject(change),
      roles: list((act.roles ?? []).map(role)),
      what: list((act.changed ?? []).map(field)),
      certificate: say(kinds.get(act.kind ?? ''), act.kind),
      rule: rule === undefined ? t('audit.rule.unknown') : t(`audit.rule.${rule}`),
      version: act.version ?? '',
      count: act.n ?? 0,
      day: act.to === undefined ? '' : date(act.to),
      from: act.from === undefined ? '' : exactTime(act.from),
      to: act.to === undefined ? '' : exactTime(act.to),
      kind: change.kind,
    })
  }
  return {
    actor,
    subject,
    sentences: (change) => [...new Set(actsOf(change).map((act) => sentence(change, act)))],
  }
}
