/**
 * Every name that a scenario uses, with its place and what it must be the name of.
 *
 * Promises: a part of the language that names something is walked here, and nowhere else.
 * Must not: judge a name (`check-scenario.ts`).
 */
import { child } from '../definition/pointer.ts'
import type { Expression } from '../definition/schema.ts'
import type { Act, Chosen, Delay, Doing, Hand, Scenario, Step } from './scenario.ts'

export type Named =
  | {
      is: 'state' | 'item' | 'move' | 'person' | 'norm' | 'link' | 'certificate' | 'transition' | 'duration'
      name: string
      at: string
    }
  /** `by`: a key of the cast, or nobody: another job. `payload` where one goes with it. */
  | { is: 'event'; name: string; at: string }
  | { is: 'sent'; name: string; by: string | undefined; payload: Record<string, unknown>; at: string }
  | { is: 'fields'; fields: Record<string, unknown>; at: string }
  | { is: 'if'; expression: Expression; at: string }

export function namesIn(scenario: Scenario): Named[] {
  return [
    ...ofStart(scenario),
    ...Object.entries(scenario.cast).flatMap(([key, member]) =>
      held(member.certificates, child('/cast', key, 'certificates')),
    ),
    ...scenario.happens.flatMap((one, index) => ofHappening(one, child('/happens', index))),
    ...scenario.moves.flatMap((one, index) => ofMove(one, child('/moves', index))),
    ...(scenario.hidden ?? []).map(
      (name, index): Named => ({ is: 'event', name, at: child('/hidden', index) }),
    ),
    ...(scenario.prompts ?? []).flatMap((one, index) => ofPrompt(one, child('/prompts', index))),
    ...ofExpectations(scenario.must ?? [], '/must'),
    ...ofExpectations(scenario.mustNot ?? [], '/mustNot'),
    ...states(scenario.until ?? [], '/until'),
    ...durations(scenario.timeLimit, '/timeLimit'),
    ...ofRubric(scenario),
    ...Object.entries(scenario.runs).flatMap(([key, run]) => [
      ...ofSteps(run.steps, child('/runs', key, 'steps')),
      ...states(run.expect.active, child('/runs', key, 'expect', 'active')),
      ...norms(run.expect.broken, child('/runs', key, 'expect', 'broken')),
    ]),
  ]
}

const states = (paths: readonly string[], at: string): Named[] =>
  paths.map((name, index) => ({ is: 'state', name, at: child(at, index) }))
const norms = (ids: readonly string[] | undefined, at: string): Named[] =>
  (ids ?? []).map((name, index) => ({ is: 'norm', name, at: child(at, index) }))
const durations = (delay: Delay | undefined, at: string): Named[] => {
  if (delay === undefined) return []
  if (typeof delay === 'string') return [{ is: 'duration', name: delay, at }]
  return [
    { is: 'duration', name: delay.least, at: child(at, 'least') },
    { is: 'duration', name: delay.most, at: child(at, 'most') },
  ]
}
const held = (certificates: readonly { kind: string }[] | undefined, at: string): Named[] =>
  (certificates ?? []).map(({ kind }, index) => ({
    is: 'certificate',
    name: kind,
    at: child(at, index, 'kind'),
  }))
const condition = (expression: Expression | undefined, at: string): Named[] =>
  expression === undefined ? [] : [{ is: 'if', expression, at: child(at, 'if') }]

function ofStart({ start }: Scenario): Named[] {
  return [
    { is: 'fields', fields: start.fields, at: '/start/fields' },
    ...held(start.trainee.certificates, '/start/trainee/certificates'),
    ...(start.by === undefined ? [] : [{ is: 'person' as const, name: start.by, at: '/start/by' }]),
    ...ofSteps(start.before ?? [], '/start/before'),
  ]
}

function ofChosen(chosen: Chosen, at: string): Named {
  if ('event' in chosen) return { is: 'event', name: chosen.event, at: child(at, 'event') }
  if ('item' in chosen) return { is: 'item', name: chosen.item, at: child(at, 'item') }
  if ('move' in chosen) return { is: 'move', name: chosen.move, at: child(at, 'move') }
  return { is: 'norm', name: chosen.prohibited, at: child(at, 'prohibited') }
}

function ofHappening(one: Scenario['happens'][number], at: string): Named[] {
  const { when } = one
  return [
    ...('at' in when ? durations(when.at, child(at, 'when', 'at')) : []),
    ...('enters' in when ? states([when.enters], child(at, 'when', 'enters')).map(unlisted) : []),
    ...('chosen' in when ? [ofChosen(when.chosen, child(at, 'when', 'chosen'))] : []),
    ...durations(one.after, child(at, 'after')),
    ...(one.while === undefined ? [] : [{ is: 'state' as const, name: one.while, at: child(at, 'while') }]),
    ...condition(one.if, at),
    ...one.does.flatMap((act, index) => ofAct(act, child(at, 'does', index))),
  ]
}
/** A single value, not the first of a list. */
const unlisted = (named: Named): Named => ({ ...named, at: named.at.replace(/\/0$/, '') })

function ofAct(act: Act, at: string): Named[] {
  const person = (key: string): Named => ({ is: 'person', name: key, at: child(at, 'by') })
  switch (act.act) {
    case 'tell':
      return []
    case 'event':
      return [
        ...(act.by === undefined ? [] : [person(act.by)]),
        { is: 'sent', name: act.type, by: act.by, payload: act.payload ?? {}, at },
      ]
    case 'tick':
      return [person(act.by), { is: 'item', name: act.item, at: child(at, 'item') }]
    case 'end':
      return [{ is: 'link', name: act.link, at: child(at, 'link') }]
    case 'correct':
      return [person(act.by), { is: 'fields', fields: act.fields, at: child(at, 'fields') }]
    case 'hand':
      return [person(act.by), ...ofHand(act.hand, child(at, 'hand'))]
    default:
      return [person(act.by)]
  }
}

function ofHand(hand: Hand, at: string): Named[] {
  switch (hand.kind) {
    case 'untick':
      return [{ is: 'item', name: hand.item, at: child(at, 'item') }]
    case 'reportBreach':
      return norms([hand.norm], child(at, 'norm')).map(unlisted)
    case 'reassign':
      return [{ is: 'person', name: hand.person, at: child(at, 'person') }]
    case 'moveTo':
      return states(hand.to, child(at, 'to'))
    default:
      return []
  }
}

function ofDoing(what: Doing, at: string): Named[] {
  const by = 'by' in what ? what.by : undefined
  const person: Named[] = by === undefined ? [] : [{ is: 'person', name: by, at: child(at, 'by') }]
  switch (what.do) {
    case 'event':
      return [
        ...person,
        { is: 'sent', name: what.type, by: by ?? 'trainee', payload: what.payload ?? {}, at },
      ]
    case 'tick':
    case 'untick':
      return [...person, { is: 'item', name: what.item, at: child(at, 'item') }]
    case 'move':
      return [{ is: 'move', name: what.move, at: child(at, 'move') }]
    case 'prohibited':
      return [{ is: 'norm', name: what.norm, at: child(at, 'norm') }]
    case 'happen':
      return ofAct(what.act, child(at, 'act'))
    case 'force':
      return [{ is: 'transition', name: what.transition, at: child(at, 'transition') }]
    case 'set':
      return [{ is: 'fields', fields: what.fields, at: child(at, 'fields') }]
    case 'jump':
      return states(what.to, child(at, 'to'))
    default:
      return []
  }
}

const ofSteps = (steps: readonly Step[], at: string): Named[] =>
  steps.flatMap(({ after, what }, index) => [
    ...durations(after, child(at, index, 'after')),
    ...ofDoing(what, child(at, index, 'what')),
  ])

function ofMove(move: Scenario['moves'][number], at: string): Named[] {
  return [
    ...states(move.in ?? [], child(at, 'in')),
    ...condition(move.if, at),
    ...(move.as === undefined ? [] : ofDoing(move.as, child(at, 'as'))),
    ...norms(move.keeps, child(at, 'keeps')),
    ...norms(move.breaks, child(at, 'breaks')),
    ...(move.does ?? []).flatMap((act, index) => ofAct(act, child(at, 'does', index))),
  ]
}

const ofPrompt = (prompt: NonNullable<Scenario['prompts']>[number], at: string): Named[] => [
  ...(prompt.in === undefined ? [] : [{ is: 'state' as const, name: prompt.in, at: child(at, 'in') }]),
  ...condition(prompt.if, at),
  ...norms(prompt.norms, child(at, 'norms')),
]

const ofExpectations = (all: NonNullable<Scenario['must']>, at: string): Named[] =>
  all.flatMap((one, index) => {
    const place = child(at, index)
    return [
      'state' in one.what
        ? { is: 'state' as const, name: one.what.state, at: child(place, 'what', 'state') }
        : ofChosen(one.what, child(place, 'what')),
      ...(one.norm === undefined ? [] : [{ is: 'norm' as const, name: one.norm, at: child(place, 'norm') }]),
      ...durations(one.by, child(place, 'by')),
      ...condition(one.if, place),
    ]
  })

const ofRubric = ({ rubric, grants }: Scenario): Named[] => [
  ...Object.keys(rubric.norms).map((name): Named => ({ is: 'norm', name, at: child('/rubric/norms', name) })),
  ...norms(rubric.critical, '/rubric/critical'),
  ...(grants === undefined
    ? []
    : [{ is: 'certificate' as const, name: grants.certificate, at: '/grants/certificate' }]),
]
