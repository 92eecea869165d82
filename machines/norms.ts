/**
 * The catalogue of norms: 195 rules of service conduct that the processes carry out, enforce or score.
 *
 * Promises: `norms.json` as it was given, typed. Must not: say where a norm bites (that is computed from the
 * definitions by `norm-effects.ts`).
 */
import catalogue from './norms.json' with { type: 'json' }

const NORM_KINDS = [
  'deadline',
  'step',
  'conduct',
  'order',
  'prohibition',
  'evidence',
  'consent',
  'qualification',
] as const
type NormKind = (typeof NORM_KINDS)[number]

export type Norm = {
  id: string
  /** A process id, or `all`. */
  process: string
  kind: NormKind
  en: string
  zh: string
  figure?: string
  effect?: string
  note?: string
}

const isKind = (kind: string): kind is NormKind => NORM_KINDS.some((known) => known === kind)

export const NORMS: readonly Norm[] = catalogue.map((norm) => {
  if (!isKind(norm.kind)) throw new TypeError(`norm ${norm.id}: unknown kind ${norm.kind}`)
  return { ...norm, kind: norm.kind }
})
export const NORM_BY_ID: ReadonlyMap<string, Norm> = new Map(NORMS.map((norm) => [norm.id, norm]))
