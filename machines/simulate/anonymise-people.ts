/**
 * The people of a job's history as the cast of a scenario.
 *
 * Promises: everyone whom the history names by id has a stand-in, with the roles he acted in and the certificates that the process asks for.
 * Must not: let an id or a name through.
 */
import type { Certificate, Command, Entry } from '../advance/job.ts'
import type { Compiled } from '../compile/compile.ts'
import type { EventRole, Text } from '../definition/schema.ts'
import { drawingTranslator } from '../drawing/text/translate.ts'
import { movedMoment } from './anonymise-time.ts'
import { type Member, TRAINEE } from './scenario.ts'

type Known = { roles: EventRole[]; names: Set<string>; certificates: Certificate[] }
export type Cast = {
  /** By the person's id; undefined: nobody the history knows, or no person at all. */
  keyOf(id: string): string | undefined
  /** The name of a stand-in, by a name of his in the history. */
  nameOf(name: string): string | undefined
  trainee: Member
  members: Record<string, Member>
  isTrainee(id: string): boolean
}

const isPerson = (actor: Entry['actor']): boolean => !actor.roles.includes('system')

/** @param shift by how much all times are moved */
export function castOf({ definition }: Compiled, entries: readonly Entry[], shift: number): Cast {
  const people = gathered(definition, entries)
  // Others open nothing here, and tell of whom it was.
  const asked = definition.meta.certificates ?? {}
  const trainee = whoDidMost(entries) ?? [...people.keys()][0] ?? ''
  const counts = new Map<string, number>()
  const [keys, names] = [new Map<string, string>(), new Map<string, string>()]
  const members: Record<string, Member> = {}
  let first: Member = { name: numbered(roleName(undefined), 1), roles: [] }
  for (const [id, known] of people) {
    const role = known.roles[0]
    const n = (counts.get(role ?? '') ?? 0) + 1
    counts.set(role ?? '', n)
    const certificates = known.certificates.filter(({ kind }) => Object.hasOwn(asked, kind))
    const member: Member = {
      name: numbered(roleName(role), n),
      roles: known.roles,
      ...(certificates.length === 0
        ? {}
        : { certificates: certificates.map((one) => movedCertificate(one, shift)) }),
    }
    const key = id === trainee ? TRAINEE : `${role ?? 'person'}-${n}`
    keys.set(id, key)
    for (const name of known.names) names.set(name, member.name.zh ?? member.name.en ?? key)
    if (id === trainee) first = member
    else members[key] = member
  }
  return {
    keyOf: (id) => keys.get(id),
    nameOf: (name) => names.get(name),
    trainee: first,
    members,
    isTrainee: (id) => id === trainee,
  }
}

const [en, zh] = [drawingTranslator('en'), drawingTranslator('zh')]
const roleName = (role: EventRole | undefined): { en: string; zh: string } =>
  role === undefined ? { en: 'Person', zh: '人员' } : { en: en(`roles.${role}`), zh: zh(`roles.${role}`) }
const numbered = (name: { en: string; zh: string }, n: number): Text => ({
  en: `${name.en} ${n}`,
  zh: `${name.zh}${n}`,
})

const movedCertificate = ({ kind, validFrom, validUntil }: Certificate, shift: number) => ({
  kind,
  validFrom: movedMoment(validFrom, shift),
  validUntil: movedMoment(validUntil, shift),
})

/** Who acted, first those; then who was only named. */
function gathered(definition: Compiled['definition'], entries: readonly Entry[]): Map<string, Known> {
  const people = new Map<string, Known>()
  const know = (id: string): Known => {
    const known = people.get(id) ?? { roles: [], names: new Set(), certificates: [] }
    people.set(id, known)
    return known
  }
  for (const { actor } of entries) {
    if (!isPerson(actor)) continue
    const known = know(actor.id)
    known.names.add(actor.name)
    known.roles = [...new Set([...known.roles, ...actor.roles])]
    hold(known, actor.certificates ?? [])
  }
  for (const { people: named = {}, command, changed } of entries) {
    for (const [id, certificates] of Object.entries(named)) hold(know(id), certificates)
    for (const id of namedBy(definition, command, changed)) know(id)
  }
  return people
}

function hold(known: Known, certificates: readonly Certificate[]): void {
  for (const one of certificates) {
    const isKnown = known.certificates.some(
      ({ kind, validFrom, validUntil }) =>
        kind === one.kind && validFrom === one.validFrom && validUntil === one.validUntil,
    )
    if (!isKnown) known.certificates.push(one)
  }
}

/** Ids in fields that hold a person. */
function namedBy(definition: Compiled['definition'], command: Command, changed: Entry['changed']): string[] {
  const { context, events } = definition.schemas
  const isOfPerson = (name: string): boolean =>
    [context, ...Object.values(events)].some(({ properties = {} }) =>
      Object.hasOwn(properties, name) ? properties[name]?.format === 'person' : false,
    )
  const given =
    command.kind === 'event'
      ? (command.payload ?? {})
      : command.kind === 'start' || command.kind === 'correct'
        ? command.fields
        : {}
  const after = Object.fromEntries(Object.entries(changed).map(([name, { to }]) => [name, to]))
  return [
    ...Object.entries({ ...given, ...after }).flatMap(([name, value]) =>
      typeof value === 'string' && isOfPerson(name) ? [value] : [],
    ),
    ...(command.kind === 'reassign' ? [command.person] : []),
  ]
}

/** Who sent the most events and ticked the most items plays the trainee. */
function whoDidMost(entries: readonly Entry[]): string | undefined {
  const counts = new Map<string, number>()
  for (const { actor, command } of entries)
    if (isPerson(actor) && (command.kind === 'event' || command.kind === 'tick'))
      counts.set(actor.id, (counts.get(actor.id) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}
