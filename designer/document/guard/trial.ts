/**
 * A guard tried: what has to be known for it, the job that a person makes up of his answers, and what comes out.
 *
 * Promises: asks for all that the guard reads and for nothing else; the same answers give the same result. The verdict
 * is the engine's own, of the whole as of every row.
 * Must not: read a clock, or keep answers.
 */
import type { Certificate, Tick } from '../../../machines/advance/job.ts'
import type { Frame, Standing } from '../../../machines/compile/frame.ts'
import type { Verdict } from '../../../machines/compile/guards.ts'
import type { Definition, Guard } from '../../../machines/definition/schema.ts'
import { buildTree } from '../../../machines/definition/tree.ts'
import { type Sampled, samplesFor, variablesFrom } from '../../../machines/expression/samples.ts'
import { type Scope, scopeOf, wordsOf } from '../../../machines/expression/scope.ts'
import type { CalendarSet } from '../../../machines/time/calendar.ts'
import { DAY } from '../../../machines/time/zone.ts'
import { DocumentError, type Words } from '../problem.ts'
import { type Attempt, tryGuard } from './attempt.ts'
import type { GroupDraft, RowDraft } from './draft.ts'
import { rowIn } from './draft.ts'
import { guardOf } from './write.ts'

/** Where the guard stands. */
export type Site = {
  readonly definition: Definition
  /** Types of the events at hand; none: there is no event. */
  readonly events: readonly string[]
  /** Path of the state that the transition leaves. */
  readonly source: string
  readonly calendars: CalendarSet
  /** Epoch milliseconds: the moment about which samples lie. */
  readonly now: number
}

export type Question = { readonly key: string; readonly title: Words } & (
  | { readonly kind: 'value'; readonly name: Sampled }
  /** Yes or no. */
  | { readonly kind: 'state'; readonly state: string }
  | { readonly kind: 'certificate'; readonly certificate: string; readonly of?: string }
  | { readonly kind: 'items'; readonly items: readonly string[] }
)
/** By the question's key. What has no answer is as its first sample; yes-or-no as no. */
export type Answers = ReadonlyMap<string, unknown>

const ME = 'me'

/* ------------------------------------------------------------ what is asked */

/** What must be known to try a guard, in its order. */
export function questionsFor(guard: Guard, site: Site): Question[] {
  const scope = scopeOf(site.definition, site.events)
  const found = new Map<string, Question>()
  for (const question of asked(guard, site, scope))
    if (!found.has(question.key)) found.set(question.key, question)
  return [...found.values()]
}

function* asked(guard: Guard, site: Site, scope: Scope): Generator<Question> {
  const values = (text: string): Question[] =>
    samplesFor(text, scope, site.now)
      .filter(({ samples }) => samples.length > 0)
      .map((name) => ({ key: name.key, title: name.title, kind: 'value', name }))
  if ('@expr' in guard) {
    yield* values(guard['@expr'])
    return
  }
  switch (guard.type) {
    case 'and':
    case 'or':
      for (const part of guard.params.guards) yield* asked(part, site, scope)
      return
    case 'not':
      yield* asked(guard.params.guard, site, scope)
      return
    case 'checklistDone':
      yield* checklistQuestions(guard.params ?? {}, site)
      return
    case 'stateIn': {
      const { state } = guard.params
      yield { key: `state ${state}`, title: stateTitle(state, site), kind: 'state', state }
      return
    }
    case 'qualified': {
      const { certificate, of } = guard.params
      if (of !== undefined)
        yield* values(`${scope.byPath.has(JSON.stringify(['event', of])) ? 'event' : 'job'}.${of}`)
      const title = wordsOf(site.definition.meta.certificates?.[certificate], certificate)
      yield {
        key: `certificate ${certificate} ${of ?? ''}`,
        title,
        kind: 'certificate',
        certificate,
        ...(of === undefined ? {} : { of }),
      }
      return
    }
    case 'within': {
      const { windows, at } = guard.params
      yield* values(at?.['@expr'] ?? 'now')
      if (windows !== undefined) yield* values(`job.${windows}`)
    }
  }
}

const stateTitle = (path: string, { definition }: Site): Words =>
  wordsOf(buildTree(definition).byPath.get(path)?.node.meta?.title, path)

function checklistQuestions({ state, items }: { state?: string; items?: string[] }, site: Site): Question[] {
  const tree = buildTree(site.definition)
  const titled = new Map(
    tree.nodes.flatMap(({ node }) =>
      node.meta !== undefined && 'checklist' in node.meta
        ? (node.meta.checklist ?? []).map(({ id, title }) => [id, wordsOf(title, id)] as const)
        : [],
    ),
  )
  if (items !== undefined)
    return items.map((item) => ({
      key: `checklist.${item}`,
      title: titled.get(item) ?? wordsOf(undefined, item),
      kind: 'items',
      items: [item],
    }))
  const states = state === undefined ? activeAt(site) : [state]
  const held = states.flatMap((path) => {
    const meta = tree.byPath.get(path)?.node.meta
    return meta !== undefined && 'checklist' in meta ? (meta.checklist ?? []).map(({ id }) => id) : []
  })
  const title = state === undefined ? CHECKLIST : stateTitle(state, site)
  return [{ key: `checklist of ${state ?? ''}`, title, kind: 'items', items: held }]
}
const CHECKLIST: Words = { en: 'The checklist', zh: '检查清单' }

/** The state that is left and those around it. */
function activeAt({ definition, source }: Site): string[] {
  const around: string[] = []
  for (let node = buildTree(definition).byPath.get(source); node !== undefined; node = node.parent)
    around.push(node.path)
  return around
}

/* ------------------------------------------------------------ the job made up of the answers */

/** The answer to a question, or what stands for it. */
export const answerTo = (question: Question, answers: Answers): unknown => {
  if (answers.has(question.key)) return answers.get(question.key)
  return question.kind === 'value' ? question.name.samples[0] : false
}

/** What the engine is asked with. */
function situationOf(
  questions: readonly Question[],
  answers: Answers,
  site: Site,
): { frame: Frame; standing: Standing } {
  const { definition, events, calendars, now } = site
  const [event] = events
  const chosen = questions.flatMap((question) =>
    question.kind === 'value' ? [{ name: question.name, value: answerTo(question, answers) }] : [],
  )
  const scope = scopeOf(definition, events)
  const variables = variablesFrom(chosen, {
    scope,
    now,
    timeZone: calendars.timeZone,
    ...(event === undefined ? {} : { event }),
  })
  const yes = questions.filter((question) => answerTo(question, answers) === true)
  const held = (of: (name: string | undefined) => boolean): Certificate[] =>
    yes.flatMap((question) =>
      question.kind === 'certificate' && of(question.of)
        ? [validAt(question.certificate, variables.now)]
        : [],
    )
  const payload = variables.event?.payload ?? {}
  const people: Record<string, Certificate[]> = {}
  for (const question of questions) {
    if (question.kind !== 'certificate' || question.of === undefined) continue
    const person = payload[question.of] ?? variables.job[question.of]
    if (typeof person === 'string') people[person] = held((of) => of === question.of)
  }
  const ticked = [
    ...Object.entries(variables.checklist).flatMap(([item, is]) => (is ? [item] : [])),
    ...yes.flatMap((question) => (question.kind === 'items' ? question.items : [])),
  ]
  const tick: Tick = { at: new Date(variables.now).toISOString(), by: ME }
  const active = [...activeAt(site), ...yes.flatMap((one) => (one.kind === 'state' ? [one.state] : []))]
  const left = questions.flatMap((one) => (one.kind === 'state' && !yes.includes(one) ? [one.state] : []))
  return {
    frame: {
      now: variables.now,
      actor: { ...variables.actor, certificates: held((of) => of === undefined) },
      people,
      calendars,
      settings: variables.settings,
      links: variables.links,
      unticked: untickedOf(definition),
    },
    standing: {
      fields: variables.job,
      checklist: Object.fromEntries(ticked.map((item) => [item, tick])),
      active: new Set(active.filter((path) => !left.includes(path))),
      ...(variables.event === undefined ? {} : { event: variables.event }),
    },
  }
}

const validAt = (kind: string, now: number): Certificate => ({
  kind,
  validFrom: new Date(now - DAY).toISOString(),
  validUntil: new Date(now + DAY).toISOString(),
})

const untickedOf = (definition: Definition): Record<string, boolean> =>
  Object.fromEntries(
    buildTree(definition).nodes.flatMap(({ node }) =>
      node.meta !== undefined && 'checklist' in node.meta
        ? (node.meta.checklist ?? []).map(({ id }) => [id, false] as const)
        : [],
    ),
  )

/* ------------------------------------------------------------ what comes out */

type Is = Verdict['is']
/** What came out of a row, and whether it decided. */
type Judged = { readonly is: Is; readonly decides: boolean }
export type Trial = Attempt & {
  /** By the id of rows that count. */
  readonly rows: ReadonlyMap<number, Judged>
}

/** A guard with the rows it is shown as, tried. Undefined where an expression cannot be read. */
export function tried(
  guard: Guard,
  rows: GroupDraft | undefined,
  answers: Answers,
  site: Site,
): Trial | undefined {
  const { frame, standing } = situationOf(questionsFor(guard, site), answers, site)
  try {
    const attempt = tryGuard(guard, site.definition, frame, standing)
    const judge = (row: RowDraft): Is | undefined => {
      const whole = rowIn(row)
      const part = whole === undefined ? undefined : guardOf(whole)
      return part === undefined ? undefined : tryGuard(part, site.definition, frame, standing).verdict
    }
    const judged = new Map<number, Judged>()
    if (rows !== undefined) look(rows, judge, judged, true)
    return { ...attempt, rows: judged }
  } catch (error) {
    // An expression that cannot be read, or a row that cannot be written: the check tells which.
    if (error instanceof SyntaxError || error instanceof DocumentError) return undefined
    throw error
  }
}

/** In what order a group's rows decide (`compile/guards.ts` says the same of guards). */
const DECIDING = { all: ['false', 'error', 'unknown'], any: ['true', 'unknown', 'error'] } as const

/** @param decides the row itself is one of those that decide */
function look(
  row: RowDraft,
  judge: (row: RowDraft) => Is | undefined,
  judged: Map<number, Judged>,
  decides: boolean,
): void {
  const is = judge(row)
  if (is === undefined) return
  judged.set(row.id, { is, decides })
  if (row.kind !== 'group') return
  const verdicts = row.rows.map(judge)
  const first = DECIDING[row.of].find((one) => verdicts.includes(one))
  row.rows.forEach((inner, index) => {
    // Where none is of the kind that decides by itself, all of them did together.
    const counts = first === undefined || verdicts[index] === first
    look(inner, judge, judged, decides && counts)
  })
}
