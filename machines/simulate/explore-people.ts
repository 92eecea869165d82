/**
 * Who acts in an exploration: persons that differ in what guards can ask of them.
 *
 * Promises: the first may do all that persons may, and is a scenario's trainee.
 * Must not: know a definition beyond its certificates.
 */
import type { Actor, Certificate } from '../advance/job.ts'
import type { Compiled } from '../compile/compile.ts'
import { type Definition, ROLES } from '../definition/schema.ts'
import { guardsIn } from './explore-reading.ts'
import type { Held } from './scenario.ts'
import { TRAINEE } from './scenario.ts'

export type Person = {
  readonly key: string
  readonly roles: Actor['roles']
  readonly held: readonly Held[]
  readonly name: { readonly en: string; readonly zh: string }
}

const DAY = 24 * 3600 * 1000

/** Every certificate that the process asks for or has a name for. */
function certificatesAsked({ definition, tree }: Compiled): readonly string[] {
  const asked = tree.nodes.flatMap(({ transitions }) =>
    transitions.flatMap(({ transition: { guard } }) =>
      guard === undefined
        ? []
        : guardsIn(guard).flatMap((each) =>
            !('@expr' in each) && each.type === 'qualified' ? [each.params.certificate] : [],
          ),
    ),
  )
  return [...new Set([...asked, ...Object.keys(definition.meta.certificates ?? {})])].sort()
}

const rolesOf = (definition: Definition): Actor['roles'] =>
  [...new Set(Object.values(definition.schemas.events).flatMap(({ meta }) => meta.roles))]
    .filter((role) => role !== 'system')
    .sort()

/** Persons of the search, the all-rounder first. `start`: when certificates count from. */
export function cast(compiled: Compiled, start: number): readonly Person[] {
  const kinds = certificatesAsked(compiled)
  const valid = kinds.map((kind): Held => ({ kind }))
  const iso = (at: number): string => new Date(at).toISOString()
  const lapsed = kinds.map(
    (kind): Held => ({ kind, validFrom: iso(start - 700 * DAY), validUntil: iso(start - DAY) }),
  )
  const all: Actor['roles'] = [...ROLES]
  const roles = rolesOf(compiled.definition)
  return [
    { key: TRAINEE, roles: all, held: valid, name: { en: 'All-rounder', zh: '多面手' } },
    { key: 'colleague', roles: all, held: valid, name: { en: 'Colleague', zh: '同事' } },
    { key: 'lapsed', roles: all, held: lapsed, name: { en: 'Certificates lapsed', zh: '证书已过期' } },
    { key: 'untrained', roles: all, held: [], name: { en: 'No certificates', zh: '无证书人员' } },
    ...roles.map((role) => ({
      key: `only-${role}`,
      roles: [role],
      held: valid,
      name: { en: `Only ${role}`, zh: `仅有角色 ${role}` },
    })),
  ]
}

const YEAR = 365 * DAY

/** As the engine knows him; the same as a scenario's cast makes of him (`people.ts`). */
export function certificatesOf({ held }: Person, start: number): Certificate[] {
  const iso = (at: number): string => new Date(at).toISOString()
  return held.map(({ kind, validFrom, validUntil }) => ({
    kind,
    validFrom: validFrom ?? iso(start - YEAR),
    validUntil: validUntil ?? iso(start + YEAR),
  }))
}

export function actorFor(person: Person, start: number): Actor {
  const certificates = certificatesOf(person, start)
  return {
    id: person.key,
    name: person.name.zh,
    roles: [...person.roles],
    ...(certificates.length === 0 ? {} : { certificates }),
  }
}
