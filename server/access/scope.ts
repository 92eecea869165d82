/**
 * How far a person's roles reach: everywhere, or only certain processes and regions.
 *
 * Promises: deny by default. A limited role holds for a job whose process and region are both among those of one of its
 * limits; a job without a region is in no region. A role limited to regions changes no process: a definition holds everywhere.
 * Must not: read a store or a request. Stores filter by a `Scope`, the engine gets an actor with the roles that hold.
 */
import type { Actor } from '../../machines/advance/job.ts'
import type { RoleLimit } from '../../machines/wire/people.ts'
import { problem } from '../problem-details.ts'
import type { Within } from '../store/port.ts'
import { isWithin, type Place } from '../store/within.ts'
import { may, type Right, rightsOf } from './policy.ts'

/** Whoever asks: to the engine and to histories an `Actor`, without the limits (`actorAt`). */
export type Asker = Actor & { readonly limits?: readonly RoleLimit[] }
/** What passes any of them; `undefined`: everything. */
export type Scope = readonly Within[] | undefined

export const isLimited = ({ limits = [] }: Pick<Asker, 'limits'>): boolean => limits.length > 0

/** What the roles that have a right reach, taken together. Nothing where none has it. */
export function scopeOf(asker: Pick<Asker, 'roles' | 'limits'>, right: Right): Scope {
  const scope: Within[] = []
  for (const role of asker.roles) {
    if (!may([role], right)) continue
    const reach = reachOf(asker, role)
    if (reach === undefined) return undefined
    scope.push(...reach)
  }
  return scope
}

/** What passes both. */
export function bothScopes(one: Scope, other: Scope): Scope {
  if (one === undefined) return other
  if (other === undefined) return one
  return one.flatMap((a) =>
    other.map((b) => {
      const processes = common(a.processes, b.processes)
      const regions = common(a.regions, b.regions)
      return {
        ...(processes === undefined ? {} : { processes }),
        ...(regions === undefined ? {} : { regions }),
      }
    }),
  )
}
const common = (
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): readonly string[] | undefined =>
  one === undefined ? other : other === undefined ? one : one.filter((each) => other.includes(each))

const reachOf = ({ limits = [] }: Pick<Asker, 'limits'>, role: string): Scope => {
  const his = limits.filter((limit) => limit.role === role)
  return his.length === 0 ? undefined : his
}

/** The roles that hold at a place. */
export const rolesAt = <R extends string>(
  { roles, limits = [] }: { readonly roles: readonly R[]; readonly limits?: readonly RoleLimit[] },
  place: Place,
): R[] => roles.filter((role) => isWithin(reachOf({ limits }, role), place))

/** As the engine judges and histories name him: with the roles that hold at the place. */
export function actorAt(asker: Asker, place: Place): Actor {
  const { limits: _limits, ...actor } = asker
  return { ...actor, roles: rolesAt(asker, place) }
}
/** With all roles, wherever they hold: for what is judged elsewhere. */
export function plainActor(asker: Asker): Actor {
  const { limits: _limits, ...actor } = asker
  return actor
}

/** Rights over a process as a whole: changing it, or reading what all its jobs come to. */
const OF_PROCESSES: readonly Right[] = [
  'drafts:write',
  'drafts:approve',
  'drafts:rerun',
  'approval:write',
  'processes:publish',
  'migrations:read',
  'migrations:run',
  'life:read',
  'training:write',
  'findings:close',
]
export const isOfProcess = (right: Right): boolean => OF_PROCESSES.includes(right)

/** Whether a right over a process reaches this one. */
const reachesProcess = (asker: Asker, right: Right, process: string): boolean => {
  const scope = scopeOf(asker, right)
  return (
    scope === undefined ||
    scope.some(
      ({ processes, regions }) =>
        regions === undefined && (processes === undefined || processes.includes(process)),
    )
  )
}

/** The processes that each right over processes reaches, for those that do not reach all. */
export function narrowedRights(asker: Pick<Asker, 'roles' | 'limits'>): Record<string, string[]> {
  const narrowed = OF_PROCESSES.flatMap((right) => {
    const scope = may(asker.roles, right) ? scopeOf(asker, right) : undefined
    if (scope === undefined) return []
    const reached = scope.flatMap(({ processes = [], regions }) => (regions === undefined ? processes : []))
    return [[right, [...new Set(reached)]] satisfies [Right, string[]]]
  })
  return Object.fromEntries(narrowed)
}

/** Problems: beyond-limits, naming the process. */
export function requireProcess(asker: Asker, right: Right, process: string): void {
  if (!isLimited(asker) || reachesProcess(asker, right, process)) return
  throw problem('beyond-limits', {
    right,
    process,
    detail: {
      en: `Your roles are limited, and the limits leave out the process ${process} as a whole.`,
      zh: `您的角色限定了适用范围，不包含整个流程 ${process}。`,
    },
  })
}

/** What tells of the whole organisation: a limited role does not have it at all. */
const OF_EVERYTHING: readonly Right[] = ['audit:read']

/** The rights of all his roles, by which pages are offered. */
export const rightsOfAsker = (asker: Pick<Asker, 'roles' | 'limits'>): Right[] =>
  rightsOf(asker.roles).filter(
    (right) => !OF_EVERYTHING.includes(right) || scopeOf(asker, right) === undefined,
  )

/** For what is added up over all jobs, and cannot be taken apart by region. Problems: beyond-limits. */
export function requireEverywhere(asker: Asker, right: Right): void {
  if (scopeOf(asker, right) !== undefined) throw problem('beyond-limits', { right })
}
