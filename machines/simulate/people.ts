/**
 * The people of a scenario as the engine knows them.
 *
 * Must not: depend on the reader's language; what a history holds must be the same for all.
 */
import { type Actor, type Certificate, SYSTEM } from '../advance/job.ts'
import { ROLES } from '../definition/schema.ts'
import { type Member, type Scenario, TRAINEE } from './scenario.ts'

const YEAR_MS = 365 * 24 * 3600 * 1000

export const memberOf = ({ start, cast }: Scenario, key: string): Member | undefined =>
  key === TRAINEE ? start.trainee : Object.hasOwn(cast, key) ? cast[key] : undefined

function certificatesOf({ certificates = [] }: Member, from: number): Certificate[] {
  return certificates.map(({ kind, validFrom, validUntil }) => ({
    kind,
    validFrom: validFrom ?? new Date(from - YEAR_MS).toISOString(),
    validUntil: validUntil ?? new Date(from + YEAR_MS).toISOString(),
  }))
}

/** Nobody: another job, as which events between jobs are sent. */
export function actorOf(scenario: Scenario, key: string | undefined): Actor {
  const member = key === undefined ? undefined : memberOf(scenario, key)
  if (key === undefined || member === undefined) return SYSTEM
  const certificates = certificatesOf(member, Date.parse(scenario.start.now))
  return {
    id: key,
    name: member.name.zh ?? member.name.en ?? key,
    roles: member.roles,
    ...(certificates.length === 0 ? {} : { certificates }),
  }
}

/** Who may do all that persons may: the process owner trying his process. */
export const everyone = (scenario: Scenario): Actor => ({
  ...actorOf(scenario, TRAINEE),
  roles: [...ROLES],
})

/** By their ids, for guards that ask what somebody named in a field holds. */
export function peopleOf(scenario: Scenario): Record<string, Certificate[]> {
  const from = Date.parse(scenario.start.now)
  return Object.fromEntries(
    [TRAINEE, ...Object.keys(scenario.cast)].flatMap((key) => {
      const member = memberOf(scenario, key)
      return member === undefined ? [] : [[key, certificatesOf(member, from)]]
    }),
  )
}
