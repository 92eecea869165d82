/**
 * What is left out of a job and of its history for whoever does not work with its customer.
 *
 * Promises: pure; by the definition of the job's own version. Left out are the values of fields marked `personal` and of
 * those that no definition describes, and every text that somebody typed beside the fields: notes, reasons, comments,
 * what a piece of evidence holds. What is left out is named in `masked`, or the values would look as if nobody had filled them in.
 * Must not: decide who sees what (`sightOf` asks the policy), read a store, or change what is stored.
 */
import type { Breach, Command, Entry, Evidence, Fields, Reason } from '../../machines/advance/job.ts'
import { partFalse } from '../../machines/compile/reasons.ts'
import { own } from '../../machines/definition/check-value.ts'
import type { Definition, Field } from '../../machines/definition/schema.ts'
import type { EntryView, JobDetail, JobView } from '../../machines/wire/jobs.ts'
import { type ApiProblem, problem } from '../problem-details.ts'
import { isWithin, type Place } from '../store/within.ts'
import { type Asker, scopeOf } from './scope.ts'

/** Stands for a value within a sentence. */
const HIDDEN = '•••'

/** Whether somebody sees the personal part of a job: of every job, of none, or by where it is. */
export type Sight = 'all' | 'none' | ((place: Place) => boolean)

export function sightOf(asker: Pick<Asker, 'roles' | 'limits'>): Sight {
  const scope = scopeOf(asker, 'jobs:personal')
  if (scope === undefined) return 'all'
  return scope.length === 0 ? 'none' : (place) => isWithin(scope, place)
}

export const seesPlace = (sight: Sight, place: Place): boolean =>
  sight === 'all' || (sight !== 'none' && sight(place))

/** To look for something by what is hidden would find it out. */
export const personHidden = (): ApiProblem =>
  problem('forbidden', {
    right: 'jobs:personal',
    detail: {
      en: 'Names and numbers of customers are hidden from your role: nothing can be looked for or counted by them.',
      zh: '客户的姓名、电话等信息对您的角色隐藏，因此不能按这些信息查找或统计。',
    },
  })

/* ----------------------------------------------------------------- fields */

/** Also where only a part of it is: what is left out is left out whole. */
const isPersonal = (field: Field | undefined): boolean =>
  field === undefined ||
  field.meta?.personal === true ||
  (field.items !== undefined && isPersonal(field.items)) ||
  Object.values(field.properties ?? {}).some(isPersonal)

/** Whether a field of the job is to be left out. */
export const isMaskedField = ({ schemas }: Definition, name: string): boolean =>
  isPersonal(own(schemas.context.properties, name))

type Kept = { values: Fields; masked: string[] }
function keep(values: Fields, isMasked: (name: string) => boolean): Kept {
  const masked = Object.keys(values).filter(isMasked)
  const open = Object.entries(values).filter(([name]) => !masked.includes(name))
  return { values: Object.fromEntries(open), masked }
}
/** The fields that may be seen, and the names of the others. */
const maskFields = (definition: Definition, fields: Fields): Kept =>
  keep(fields, (name) => isMaskedField(definition, name))

/** A property that goes by the name of a personal field is one, whatever the event says of it. */
function maskPayload(definition: Definition, event: string, payload: Fields): Kept {
  const properties = own(definition.schemas.events, event)?.properties ?? {}
  const { context } = definition.schemas
  return keep(
    payload,
    (name) =>
      isPersonal(own(properties, name)) ||
      (Object.hasOwn(context.properties, name) && isMaskedField(definition, name)),
  )
}

/** That there is a piece, not what it holds. */
const bare = ({ kind }: Evidence): Evidence => ({ kind })
/** The words of the machine stay; those of whoever reported it do not. */
function unworded(breach: Breach): Breach {
  if (breach.reportedBy === undefined) return breach
  const { note: _note, ...rest } = breach
  return rest
}

const named = (masked: readonly string[]): { masked?: string[] } =>
  masked.length === 0 ? {} : { masked: [...new Set(masked)] }

/* -------------------------------------------------------------------- job */

export function maskJob<V extends JobView>(definition: Definition, view: V): V {
  const { values, masked } = maskFields(definition, view.fields)
  const { rating, suspended } = view
  const checklist = Object.entries(view.checklist).map(([item, { evidence, ...tick }]) => [
    item,
    evidence === undefined ? tick : { ...tick, evidence: bare(evidence) },
  ])
  return {
    ...view,
    fields: values,
    checklist: Object.fromEntries(checklist),
    breaches: view.breaches.map(unworded),
    evidence: view.evidence.map(({ at, by, evidence }) => ({ at, by, evidence: bare(evidence) })),
    ...(rating === undefined ? {} : { rating: { score: rating.score, at: rating.at, by: rating.by } }),
    ...(suspended === undefined ? {} : { suspended: { at: suspended.at, by: suspended.by } }),
    ...named(masked),
  }
}

export const maskDetail = (definition: Definition, detail: JobDetail): JobDetail => ({
  ...maskJob(definition, detail),
  allowed: detail.allowed.map((event) => ({ ...event, reasons: maskReasons(definition, event.reasons) })),
})

/** Why something is barred, without the values that it saw. */
export const maskReasons = (definition: Definition, reasons: readonly Reason[]): Reason[] =>
  reasons.map((reason) => {
    const { values, expression } = reason
    if (values === undefined || expression === undefined) return reason
    const hidden = Object.entries(values).filter(([path, value]) => isHidden(definition, path, value))
    if (hidden.length === 0) return reason
    const shown = { ...values, ...Object.fromEntries(hidden.map(([path]) => [path, HIDDEN])) }
    const { message } = partFalse(definition, { expression, values: shown })
    return { ...reason, message, values: shown }
  })

/** Whatever is neither a field that may be seen nor a plain tick; what the sender himself sent is his. */
function isHidden(definition: Definition, path: string, value: unknown): boolean {
  if (value === null || typeof value === 'boolean') return false
  const [variable, name] = path.split('.')
  if (variable === 'checklist') return true
  return variable === 'job' && (name === undefined || isMaskedField(definition, name))
}

/* ---------------------------------------------------------------- history */

export function maskEntry(
  definition: Definition,
  { people: _people, calendars: _calendars, ...entry }: Entry,
): EntryView {
  const command = maskCommand(definition, entry.command)
  const changed = Object.entries(entry.changed).map(([name, change]) => {
    const isMasked = isMaskedField(definition, name)
    return { name, isMasked, change: isMasked ? {} : change }
  })
  return {
    ...entry,
    command: command.command,
    changed: Object.fromEntries(changed.map(({ name, change }) => [name, change])),
    breaches: entry.breaches.map(unworded),
    armed: entry.armed.map(({ event, ...timer }) =>
      event === undefined ? timer : { ...timer, event: { type: event.type } },
    ),
    effects: entry.effects.map(maskEffect),
    ...named([...command.masked, ...changed.flatMap(({ name, isMasked }) => (isMasked ? [name] : []))]),
  }
}

/** A command as it may be seen: what is left out of it is no command that could be carried out. */
type Seen = { command: Readonly<Record<string, unknown>>; masked: string[] }
function maskCommand(definition: Definition, command: Command): Seen {
  switch (command.kind) {
    case 'start': {
      const { values, masked } = maskFields(definition, command.fields)
      return { command: { ...command, fields: values }, masked }
    }
    case 'event': {
      if (command.payload === undefined) return { command, masked: [] }
      const { values, masked } = maskPayload(definition, command.type, command.payload)
      return { command: { ...command, payload: values }, masked }
    }
    case 'correct': {
      const { values, masked } = maskFields(definition, command.fields)
      return without({ ...command, fields: values }, ['reason'], masked)
    }
    case 'tick':
    case 'attach': {
      const { evidence } = command
      if (evidence === undefined) return { command, masked: [] }
      return without({ ...command, evidence: bare(evidence) }, ['title'], ['evidence'])
    }
    // The fields are another process's, and told by the names of that.
    case 'linkEnded':
      return without(command, ['fields'])
    default:
      return without(command, ['text', 'reason', 'note', 'comment'])
  }
}

function without(command: Seen['command'], texts: readonly string[], before: readonly string[] = []): Seen {
  const { values, masked } = keep(command, (name) => texts.includes(name) && command[name] !== undefined)
  return { command: values, masked: [...before, ...masked] }
}

function maskEffect(effect: Entry['effects'][number]): Readonly<Record<string, unknown>> {
  const { values } = keep(effect, (name) => name === 'fields' || name === 'payload')
  return values
}
