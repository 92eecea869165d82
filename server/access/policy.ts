/**
 * Who may do what on the server: one table, right -> roles.
 *
 * Promises: deny by default. Every route declares one of these rights; a route without one stops the start.
 * What an event, an item or a norm of a process asks for is the definition's own and judged by the engine; a right
 * here only lets a person as far as the engine.
 * Must not: know routes or requests.
 */
import { ROLES, type Role } from '../../machines/definition/schema.ts'

/** Everyone with an account. */
const signedIn = ROLES
const staff = ROLES.filter((role) => role !== 'customer')
const crew = [
  'administrator',
  'dispatcher',
  'engineer',
  'hotline-agent',
  'front-desk',
  'stock-keeper',
  'safety-officer',
] as const satisfies readonly Role[]
/** Who works with customers, and cannot do it without their names and addresses. */
const withCustomers = [
  'administrator',
  'dispatcher',
  'engineer',
  'hotline-agent',
  'front-desk',
  'safety-officer',
] as const satisfies readonly Role[]
const desk = ['administrator', 'dispatcher'] as const satisfies readonly Role[]
const trainers = ['administrator', 'process-owner', 'trainer'] as const satisfies readonly Role[]
const owners = ['administrator', 'process-owner'] as const satisfies readonly Role[]

export const RIGHTS = {
  /** Without signing in: health, documentation, the pages, signing in itself. */
  public: 'public',
  'me:read': signedIn,
  'clock:read': signedIn,
  'clock:move': ['administrator'],
  /** A kiosk or a customer's app knows the job it was given; the list is the staff's. */
  'jobs:read': signedIn,
  'jobs:list': staff,
  /**
   * Personal fields of jobs, what people wrote of them, what evidence holds. Without it a job is had with these left out
   * (`masking.ts`). Who judges the work, teaches it or hands out parts needs none of it.
   */
  'jobs:personal': withCustomers,
  /** As it is stored, and with the certificates of the persons it names: for whom nothing of it is left out. */
  'jobs:carry': withCustomers,
  'jobs:create': crew,
  /** Which events a role may send is the definition's; an auditor sends none. */
  'jobs:event': ROLES.filter((role) => role !== 'auditor'),
  'jobs:checklist': [...crew, 'customer'],
  'jobs:evidence': [...crew, 'customer'],
  'jobs:note': [...crew, 'process-owner', 'trainer'],
  'jobs:breach': staff,
  'jobs:complain': [...crew, 'process-owner', 'customer'],
  'jobs:rate': [...crew, 'customer'],
  'jobs:correct': crew,
  /** Past the rules of the process. */
  'jobs:move': ['administrator'],
  'jobs:suspend': desk,
  'jobs:reassign': desk,
  'jobs:cancel': desk,
  /** Each act in it needs its own right besides. */
  'jobs:batch': [...crew, 'process-owner', 'trainer'],
  'jobs:history': staff,
  /** Without its people and places. */
  'jobs:scenario': trainers,
  /** Who is free, certified and near, and what waits to be assigned. */
  'dispatch:read': desk,
  /** A photo shows a home, a signature a name. */
  'evidence:read': withCustomers,
  'changes:read': staff,
  /** One's own, and no other. */
  'inbox:use': signedIn,
  'views:use': staff,
  'letters:read': ['administrator'],
  'letters:resend': ['administrator'],
  'processes:read': signedIn,
  /** Who is asked to agree to a draft must be able to read it, whatever his role. */
  'drafts:read': staff,
  'drafts:write': owners,
  /** It tells of real jobs what became of them. */
  'drafts:rerun': owners,
  /** Whose word counts is the process's rule. */
  'drafts:approve': staff,
  'approval:write': owners,
  'processes:publish': owners,
  'migrations:read': [...owners, 'dispatcher', 'auditor'],
  'migrations:run': owners,
  'life:read': [...owners, 'dispatcher', 'auditor'],
  /** It tells of engineers by name. */
  'norms:report': [...owners, 'auditor'],
  /** Everybody's; one's own is seen by `reviews:own`. */
  'reviews:read': [...owners, 'auditor'],
  'reviews:own': staff,
  'reviews:decide': owners,
  'surveys:read': [...desk, 'process-owner', 'auditor', 'hotline-agent', 'front-desk'],
  /** Whoever talks with customers; nobody who is judged by it on the spot. */
  'surveys:write': [...desk, 'process-owner', 'hotline-agent', 'front-desk'],
  'findings:read': staff,
  'findings:raise': staff,
  'findings:close': owners,
  'norms:read': signedIn,
  'people:list': staff,
  'people:write': ['administrator'],
  'certificates:write': ['administrator', 'safety-officer'],
  /** An engineer only his own. */
  'overtime:write': [...desk, 'engineer'],
  'tokens:write': ['administrator'],
  'training:read': staff,
  /** One's own, and no other's. */
  'training:attempt': staff,
  'training:write': trainers,
  'training:assign': ['administrator', 'trainer'],
  /** It tells of trainees by name. */
  'training:results': [...trainers, 'auditor'],
  /** Live sessions. */
  'training:lead': ['administrator', 'trainer'],
  'settings:read': staff,
  /** It tells the world outside of every job. */
  'webhooks:write': ['administrator'],
  'audit:read': ['administrator', 'auditor'],
  /** A person's data given out or erased, and how long it is kept. */
  'privacy:manage': ['administrator'],
  'sample:read': staff,
  'sample:write': ['administrator'],
  'settings:write': owners,
} as const satisfies Record<string, readonly Role[] | 'public'>

export type Right = keyof typeof RIGHTS
export const isRight = (name: unknown): name is Right =>
  typeof name === 'string' && Object.hasOwn(RIGHTS, name)
export const isPublic = (right: Right): boolean => RIGHTS[right] === 'public'

/** Whether any of the roles has the right. Someone without roles has none but the public one. */
export function may(roles: readonly string[], right: Right): boolean {
  const allowed: readonly string[] | 'public' = RIGHTS[right]
  return allowed === 'public' || roles.some((role) => allowed.includes(role))
}

export const rightsOf = (roles: readonly string[]): Right[] =>
  Object.keys(RIGHTS)
    .filter(isRight)
    .filter((right) => !isPublic(right) && may(roles, right))
