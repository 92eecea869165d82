/**
 * What in a job's history is personal: fields marked so, sentences that persons typed, what they signed and showed.
 *
 * Promises: pure; a property that nobody declared counts as personal, as does one that goes by the name of a personal field.
 * Must not: leave a kind of command to chance: each is named here.
 */
import type { Actor, Command, Entry, Evidence, Fields, Job } from '../advance/job.ts'
import { own } from '../definition/check-value.ts'
import { literalsOf } from '../definition/literals.ts'
import type { Definition, Field } from '../definition/schema.ts'
import { ERASED, ERASED_FILE, isRecord, type StandIns } from './stand-in.ts'

/** Longer ones are sentences, and in a sentence anybody may be named; shorter ones are numbers, parts, places. */
const LONGEST_NAME = 200
const isProse = ({ type, enum: choices, format, maxLength }: Field): boolean =>
  type === 'string' &&
  choices === undefined &&
  format === undefined &&
  (maxLength === undefined || maxLength > LONGEST_NAME)

const isPersonal = (field: Field | undefined): boolean =>
  field === undefined ||
  field.meta?.personal === true ||
  isProse(field) ||
  (field.items !== undefined && isPersonal(field.items)) ||
  Object.values(field.properties ?? {}).some(isPersonal)

/** Fields of the job, or what an event carries. */
type Declared = (name: string) => { field: Field | undefined; personal: boolean }
const ofJob =
  ({ schemas }: Definition): Declared =>
  (name) => {
    const field = own(schemas.context.properties, name)
    return { field, personal: isPersonal(field) }
  }
function ofEvent({ schemas }: Definition, type: string): Declared {
  const properties = own(schemas.events, type)?.properties ?? {}
  return (name) => {
    const [field, same] = [own(properties, name), own(schemas.context.properties, name)]
    return { field, personal: isPersonal(field) || (same !== undefined && isPersonal(same)) }
  }
}

/* ------------------------------------------------------------ what there is */

/** All personal texts of a job, to be sought wherever else they may stand. */
export function personalTexts(
  definitionOf: (entry: Entry) => Definition | undefined,
  entries: readonly Entry[],
): Set<string> {
  const texts = new Set<string>()
  for (const entry of entries) {
    const definition = definitionOf(entry)
    if (definition === undefined) continue
    const { command, changed, actor } = entry
    gather(texts, ofJob(definition), fieldsIn(command))
    if (command.kind === 'event') gather(texts, ofEvent(definition, command.type), command.payload ?? {})
    for (const [name, { from, to }] of Object.entries(changed))
      gather(texts, ofJob(definition), { [name]: [from, to] })
    if (isCustomer(actor)) texts.add(actor.name)
    if ((command.kind === 'tick' || command.kind === 'attach') && command.evidence?.signedBy !== undefined)
      texts.add(command.evidence.signedBy)
  }
  return texts
}

const fieldsIn = (command: Command): Fields =>
  command.kind === 'start' || command.kind === 'correct' ? command.fields : {}

/** Undeclared ones tell nothing that could be sought: they may be anything. */
function gather(texts: Set<string>, declared: Declared, values: Fields): void {
  for (const [name, value] of Object.entries(values)) {
    const { field, personal } = declared(name)
    if (personal && field !== undefined) gatherText(texts, field, value)
  }
}
/** Of what is not marked only what is long enough to be somebody's own words. */
const SHORTEST_PROSE = 8
function gatherText(texts: Set<string>, field: Field | undefined, value: unknown): void {
  if (Array.isArray(value)) for (const each of value) gatherText(texts, field?.items ?? field, each)
  else if (isRecord(value))
    for (const [name, each] of Object.entries(value))
      gatherText(texts, own(field?.properties ?? {}, name) ?? field, each)
  else if (typeof value === 'string' && field?.enum === undefined)
    if (field?.meta?.personal === true || value.length >= SHORTEST_PROSE) texts.add(value)
}

const isCustomer = ({ roles }: Actor): boolean => roles.includes('customer')

/** Hashes of the files that it names. */
export const filesOf = (entries: readonly Entry[]): string[] =>
  entries.flatMap(({ command }) => {
    const evidence = command.kind === 'tick' || command.kind === 'attach' ? command.evidence : undefined
    return evidence?.file === undefined || evidence.file === ERASED_FILE ? [] : [evidence.file]
  })

/* ------------------------------------------------------------ what is left */

export const erasedActor = (actor: Actor): Actor => (isCustomer(actor) ? { ...actor, name: ERASED } : actor)

const erasedFields = (declared: Declared, values: Fields, standIns: StandIns): Fields =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const { field, personal } = declared(name)
      return [name, personal ? erasedValue(field, value, standIns) : standIns.kept(field, value)]
    }),
  )

/** Of what has parts only those that are personal, unless all of it is. */
function erasedValue(field: Field | undefined, value: unknown, standIns: StandIns): unknown {
  if (field === undefined || field.meta?.personal === true) return standIns.value(field, value)
  if (!isPersonal(field)) return standIns.kept(field, value)
  if (Array.isArray(value)) return value.map((each) => erasedValue(field.items, each, standIns))
  if (isRecord(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        erasedValue(own(field.properties ?? {}, name), each, standIns),
      ]),
    )
  return standIns.value(field, value)
}

const erasedEvidence = ({ kind, text, number, file, signedBy }: Evidence): Evidence => ({
  kind,
  ...(text === undefined ? {} : { text: ERASED }),
  ...(number === undefined ? {} : { number }),
  ...(file === undefined ? {} : { file: ERASED_FILE }),
  ...(signedBy === undefined ? {} : { signedBy: ERASED }),
})

/** The same command, by other words and values. */
export function erasedCommand(definition: Definition, command: Command, standIns: StandIns): Command {
  switch (command.kind) {
    case 'start':
    case 'correct': {
      const fields = erasedFields(ofJob(definition), command.fields, standIns)
      return command.kind === 'start' ? { ...command, fields } : { ...command, fields, reason: ERASED }
    }
    case 'event':
      return command.payload === undefined
        ? command
        : { ...command, payload: erasedFields(ofEvent(definition, command.type), command.payload, standIns) }
    case 'tick':
      return command.evidence === undefined
        ? command
        : { ...command, evidence: erasedEvidence(command.evidence) }
    case 'attach':
      return {
        ...command,
        evidence: erasedEvidence(command.evidence),
        ...(command.title === undefined ? {} : { title: ERASED }),
      }
    case 'note':
    case 'complain':
      return { ...command, text: ERASED }
    case 'reportBreach':
      return command.note === undefined ? command : { ...command, note: ERASED }
    case 'rate':
      return command.comment === undefined ? command : { ...command, comment: ERASED }
    case 'moveTo':
    case 'suspend':
    case 'reassign':
    case 'cancel':
      return { ...command, reason: ERASED }
    case 'resume':
      return command.reason === undefined ? command : { ...command, reason: ERASED }
    case 'linkEnded':
      return { ...command, fields: erasedForeign(definition, command.fields, standIns) }
    case 'timer':
    case 'untick':
    case 'migrate':
    case 'erase':
      return command
  }
}

const literals = new WeakMap<Definition, ReadonlySet<string>>()
const MOMENT = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z?)?$/

/** Another process's fields: what ours has by the same name is as ours, of the rest only what our own rules name is kept. */
function erasedForeign(definition: Definition, values: Fields, standIns: StandIns): Fields {
  const declared = ofJob(definition)
  const known = literals.get(definition) ?? literalsOf(definition)
  literals.set(definition, known)
  const foreign = (value: unknown): unknown => {
    if (typeof value === 'string')
      return known.has(value) || MOMENT.test(value) ? value : standIns.value(undefined, value)
    if (Array.isArray(value)) return value.map(foreign)
    if (isRecord(value))
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, foreign(each)]))
    return value
  }
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const { field, personal } = declared(name)
      if (field === undefined) return [name, foreign(value)]
      return [name, personal ? erasedValue(field, value, standIns) : standIns.kept(field, value)]
    }),
  )
}

/* -------------------------------------- where the course would be another */

/** An entry as it stands, without what is personal: nothing of its course changes. */
export function erasedEntry(definition: Definition, entry: Entry, standIns: StandIns): Entry {
  const declared = ofJob(definition)
  const changed = Object.entries(entry.changed).map(([name, { from, to }]) => {
    const other = (value: unknown) => erasedFields(declared, { [name]: value }, standIns)[name]
    return [
      name,
      {
        ...(from === undefined ? {} : { from: other(from) }),
        ...(to === undefined ? {} : { to: other(to) }),
      },
    ]
  })
  return {
    ...entry,
    actor: erasedActor(entry.actor),
    command: erasedCommand(definition, entry.command, standIns),
    changed: Object.fromEntries(changed),
    breaches: entry.breaches.map(erasedBreach),
    effects: entry.effects.map((effect) => {
      switch (effect.type) {
        case 'startJob':
        case 'linkEnded':
          return { ...effect, fields: erasedForeign(definition, effect.fields, standIns) }
        case 'signal':
          return { ...effect, payload: erasedForeign(definition, effect.payload, standIns) }
        default:
          return effect
      }
    }),
  }
}

/** What the machine notes is the process's own; what a person noted is his. */
const erasedBreach = (breach: Entry['breaches'][number]): Entry['breaches'][number] =>
  breach.reportedBy === undefined || breach.note === undefined
    ? breach
    : { ...breach, note: { en: ERASED, zh: ERASED } }

export function erasedJob(definition: Definition, job: Job, standIns: StandIns): Job {
  const { snapshot, rating } = job
  const { fields, checklist } = snapshot.context
  const ticks = Object.entries(checklist).map(([item, { evidence, ...tick }]) => [
    item,
    evidence === undefined ? tick : { ...tick, evidence: erasedEvidence(evidence) },
  ])
  return {
    ...job,
    snapshot: {
      ...snapshot,
      context: {
        fields: erasedFields(ofJob(definition), fields, standIns),
        checklist: Object.fromEntries(ticks),
      },
    },
    breaches: job.breaches.map(erasedBreach),
    evidence: job.evidence.map(({ title, evidence, ...attached }) => ({
      ...attached,
      evidence: erasedEvidence(evidence),
      ...(title === undefined ? {} : { title: ERASED }),
    })),
    ...(rating === undefined
      ? {}
      : { rating: { ...rating, ...(rating.comment === undefined ? {} : { comment: ERASED }) } }),
  }
}
