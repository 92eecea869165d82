/**
 * Bodies of `/api/training`: scenarios in the library, attempts, assignments, live sessions, results.
 *
 * Promises: the one description of these bodies; OpenAPI and both sides' types come from it.
 * Must not: import from server or designer.
 */
import Type, { type Static } from 'typebox'
import { JobStatus, Reason, Timestamp } from '../advance/job.ts'
import { Problem } from '../definition/problem.ts'
import { NormId, Role, Text } from '../definition/schema.ts'
import { Act, DIFFICULTIES, Scenario, Step } from '../simulate/scenario.ts'
import { ScoreCard } from '../simulate/score-card.ts'
import type { CalendarSet } from '../time/calendar.ts'

const closed = { additionalProperties: false } as const
const Id = Type.String({ minLength: 1, maxLength: 100 })
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })

/* -------------------------------------------------------------- scenarios */

/** As listed: enough to find and choose one. */
export const ScenarioSummary = Type.Object(
  {
    id: Type.String(),
    revision: Type.Integer(),
    process: Type.String(),
    title: Text,
    purpose: Type.Optional(Text),
    difficulty: Type.Enum([...DIFFICULTIES]),
    tags: Type.Array(Type.String()),
    /** Norms that it counts or fails by. */
    norms: Type.Array(NormId),
    /** The certificate that passing its examination grants. */
    grants: Type.Optional(Type.String()),
    runs: Type.Integer(),
    /** Against the version it would run on now. */
    errors: Type.Integer(),
    /** Comes with the product and was not changed here. */
    shipped: Type.Boolean(),
    updatedAt: Timestamp,
    updatedBy: Type.String(),
  },
  closed,
)
export type ScenarioSummary = Static<typeof ScenarioSummary>
export const ScenarioList = Type.Object({ scenarios: Type.Array(ScenarioSummary) }, closed)
export type ScenarioList = Static<typeof ScenarioList>

export const ScenarioView = Type.Object(
  {
    id: Type.String(),
    /** The `ETag`; named in `If-Match` to save. */
    revision: Type.Integer(),
    scenario: Scenario,
    shipped: Type.Boolean(),
    updatedAt: Timestamp,
    updatedBy: Type.String(),
    problems: Type.Array(Problem),
  },
  closed,
)
export type ScenarioView = Static<typeof ScenarioView>
/** Anything a trainer typed that has the shape; problems bar examinations and assignments, not saving. */
export const SaveScenario = Type.Object({ scenario: Scenario }, closed)
export type SaveScenario = Static<typeof SaveScenario>

const Outcome = Type.Object(
  {
    passed: Type.Boolean(),
    status: JobStatus,
    active: Type.Array(Type.String()),
    broken: Type.Array(Type.String()),
  },
  closed,
)
/** One known run, and what came of it. */
export const RunResult = Type.Object(
  {
    scenario: Type.String(),
    run: Type.String(),
    ok: Type.Boolean(),
    expected: Outcome,
    found: Type.Optional(Type.Object({ ...Outcome.properties, points: Type.Integer() }, closed)),
    fault: Type.Optional(
      Type.Object({ step: Type.Integer(), why: Type.String(), reasons: Type.Array(Reason) }, closed),
    ),
  },
  closed,
)
export type RunResult = Static<typeof RunResult>

/** `POST /api/training/check`: a scenario as typed, against its process or the process's draft. */
export const CheckScenario = Type.Object(
  { scenario: Type.Unknown(), draft: Type.Optional(Type.Boolean()) },
  closed,
)
export const CheckedScenario = Type.Object(
  { problems: Type.Array(Problem), runs: Type.Array(RunResult) },
  closed,
)
export type CheckedScenario = Static<typeof CheckedScenario>

/** `GET /api/processes/{id}/scenarios/runs?draft=true`: all scenarios of a process run at once. */
export const ScenarioRuns = Type.Object(
  {
    process: Type.String(),
    /** Absent: the draft. */
    version: Type.Optional(Type.Integer()),
    results: Type.Array(
      Type.Object(
        {
          ...RunResult.properties,
          title: Text,
          /** Of the known run, where it has one. */
          runTitle: Type.Optional(Text),
          /** How it comes out on the latest version, where a draft was asked for: what the draft changes. */
          before: Type.Optional(Type.Boolean()),
        },
        closed,
      ),
    ),
    /** Scenarios that cannot run at all, with their problems. */
    broken: Type.Array(
      Type.Object({ scenario: Type.String(), title: Text, problems: Type.Array(Problem) }, closed),
    ),
    passed: Type.Integer(),
    failed: Type.Integer(),
    /** The process asks that they pass before it is published. */
    required: Type.Boolean(),
    /** Who said so last, either way, and when. */
    ruled: Type.Optional(Type.Object({ by: Type.String(), at: Timestamp }, closed)),
  },
  closed,
)
export type ScenarioRuns = Static<typeof ScenarioRuns>

export const RequireScenarios = Type.Object({ required: Type.Boolean() }, closed)
export type RequireScenarios = Static<typeof RequireScenarios>

/* --------------------------------------------------------------- attempts */

export const AttemptMode = Type.Enum(['practice', 'examination'])
export type AttemptMode = Static<typeof AttemptMode>

export const StartAttempt = Type.Object(
  {
    scenario: Type.String(),
    mode: AttemptMode,
    assignment: Type.Optional(Id),
    /** Code of a live session. */
    session: Type.Optional(Type.String({ minLength: 4, maxLength: 12 })),
  },
  closed,
)
export type StartAttempt = Static<typeof StartAttempt>

/** `open`: under way. `void`: its steps do not replay. `left`: given up by going away. */
export const AttemptStatus = Type.Enum(['open', 'passed', 'failed', 'left', 'void'])
export type AttemptStatus = Static<typeof AttemptStatus>

export const AttemptSummary = Type.Object(
  {
    id: Id,
    scenario: Type.String(),
    /** Revision of the scenario. */
    revision: Type.Integer(),
    title: Text,
    process: Type.String(),
    version: Type.Integer(),
    mode: AttemptMode,
    person: Type.String(),
    name: Type.String(),
    assignment: Type.Optional(Id),
    session: Type.Optional(Type.String()),
    status: AttemptStatus,
    points: Type.Optional(Type.Integer()),
    startedAt: Timestamp,
    endedAt: Type.Optional(Timestamp),
  },
  closed,
)
export type AttemptSummary = Static<typeof AttemptSummary>

/** An attempt with all that its page needs to run it. In an examination the scenario comes without explanations, prompts and known runs. */
export const AttemptView = Type.Object(
  {
    ...AttemptSummary.properties,
    seed: Type.Integer(),
    /** SHA-256 of the definition, of the engine's source, and of the calendars: what a replay depends on. */
    hash: Sha256,
    engine: Sha256,
    /** The server runs another engine by now: it may count differently. */
    otherEngine: Type.Optional(Type.Literal(true)),
    calendars: Type.Unsafe<CalendarSet>(Type.Object({}, { additionalProperties: true })),
    content: Scenario,
    definition: Type.Unknown(),
    steps: Type.Array(Step),
    /** Counted by the server; absent until it is over. */
    card: Type.Optional(ScoreCard),
    /** Granted by it. */
    certificate: Type.Optional(Type.Object({ kind: Type.String(), validUntil: Timestamp }, closed)),
  },
  closed,
)
export type AttemptView = Static<typeof AttemptView>

/** `from`: how many steps the sender knows of. In practice, fewer than there are takes the rest back. */
export const AddSteps = Type.Object(
  {
    from: Type.Integer({ minimum: 0, maximum: 2000 }),
    steps: Type.Array(Step, { maxItems: 200 }),
    /** How many steps the sender believes there are: steps he does not know of are then never taken back (409). */
    count: Type.Optional(Type.Integer({ minimum: 0, maximum: 2000 })),
  },
  closed,
)
export type AddSteps = Static<typeof AddSteps>
/** On `409 attempt-behind` too, so that a page that is behind (the trainer threw something in) catches up. */
export const StepsAdded = Type.Object({ count: Type.Integer(), over: Type.Optional(Type.String()) }, closed)
export type StepsAdded = Static<typeof StepsAdded>

/** `claimed`: what the page counted. Another count than the server's own is refused (`attempt-forged`). */
export const FinishAttempt = Type.Object(
  { claimed: Type.Optional(Type.Object({ points: Type.Integer(), passed: Type.Boolean() }, closed)) },
  closed,
)
export type FinishAttempt = Static<typeof FinishAttempt>

export const AttemptPage = Type.Object(
  { attempts: Type.Array(AttemptSummary), next: Type.Optional(Type.String()) },
  closed,
)
export type AttemptPage = Static<typeof AttemptPage>

/* ------------------------------------------------------------ assignments */

export const NewAssignment = Type.Object(
  {
    scenario: Type.String(),
    mode: AttemptMode,
    people: Type.Array(Id, { maxItems: 500 }),
    roles: Type.Array(Role),
    dueAt: Timestamp,
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  closed,
)
export type NewAssignment = Static<typeof NewAssignment>

const Assigned = Type.Object(
  {
    person: Type.String(),
    name: Type.String(),
    status: Type.Enum(['waiting', 'open', 'passed', 'failed', 'late']),
    attempts: Type.Integer(),
    /** The best. */
    points: Type.Optional(Type.Integer()),
  },
  closed,
)
export const AssignmentView = Type.Object(
  {
    id: Id,
    ...NewAssignment.properties,
    title: Text,
    process: Type.String(),
    by: Type.String(),
    createdAt: Timestamp,
    withdrawnAt: Type.Optional(Timestamp),
    assigned: Type.Array(Assigned),
  },
  closed,
)
export type AssignmentView = Static<typeof AssignmentView>
export const AssignmentList = Type.Object({ assignments: Type.Array(AssignmentView) }, closed)
export type AssignmentList = Static<typeof AssignmentList>

/** `GET /api/training/mine`: what waits for the one who asks. */
export const MyTraining = Type.Object(
  {
    assignments: Type.Array(
      Type.Object(
        {
          id: Id,
          scenario: Type.String(),
          title: Text,
          process: Type.String(),
          mode: AttemptMode,
          dueAt: Timestamp,
          note: Type.Optional(Type.String()),
          status: Type.Enum(['waiting', 'open', 'passed', 'failed', 'late']),
          points: Type.Optional(Type.Integer()),
        },
        closed,
      ),
    ),
    attempts: Type.Array(AttemptSummary),
  },
  closed,
)
export type MyTraining = Static<typeof MyTraining>

/* ---------------------------------------------------------------- results */

/** `GET /api/training/results`: by person and scenario, by norm, and what of a process was practised. */
export const TrainingResults = Type.Object(
  {
    people: Type.Array(
      Type.Object(
        {
          person: Type.String(),
          name: Type.String(),
          attempts: Type.Integer(),
          passed: Type.Integer(),
          failed: Type.Integer(),
          /** Mean of the ended ones. */
          points: Type.Optional(Type.Number()),
          lastAt: Type.Optional(Timestamp),
        },
        closed,
      ),
    ),
    norms: Type.Array(
      Type.Object(
        {
          norm: Type.String(),
          met: Type.Integer(),
          late: Type.Integer(),
          broken: Type.Integer(),
          /** Barred by the process, but chosen. */
          tried: Type.Integer(),
        },
        closed,
      ),
    ),
    /** Of the process asked for: how often each transition (pointer) and state (path) was gone through. */
    coverage: Type.Optional(
      Type.Object(
        {
          process: Type.String(),
          version: Type.Integer(),
          transitions: Type.Record(Type.String(), Type.Integer()),
          states: Type.Record(Type.String(), Type.Integer()),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type TrainingResults = Static<typeof TrainingResults>

/* ----------------------------------------------------------- live sessions */

export const OpenSession = Type.Object({ scenario: Type.String(), mode: AttemptMode }, closed)
export type OpenSession = Static<typeof OpenSession>
export const SessionView = Type.Object(
  {
    /** Short, to be read out: what trainees join with. */
    code: Type.String(),
    scenario: Type.String(),
    title: Text,
    mode: AttemptMode,
    trainer: Type.String(),
    openedAt: Timestamp,
    closedAt: Type.Optional(Timestamp),
    attempts: Type.Array(AttemptSummary),
  },
  closed,
)
export type SessionView = Static<typeof SessionView>
export const SessionList = Type.Object({ sessions: Type.Array(SessionView) }, closed)
export type SessionList = Static<typeof SessionList>
/** Of the streams `/api/training/attempts/{id}/stream` and `/api/training/sessions/{code}/stream`. */
export const TrainingChange = Type.Union([
  Type.Object(
    {
      type: Type.Literal('steps'),
      attempt: Id,
      /** The steps from this index on. */
      from: Type.Integer(),
      steps: Type.Array(Step),
    },
    closed,
  ),
  Type.Object({ type: Type.Literal('attempt'), attempt: AttemptSummary }, closed),
  Type.Object({ type: Type.Literal('session'), session: SessionView }, closed),
])
export type TrainingChange = Static<typeof TrainingChange>
/** `POST /api/training/sessions/{code}/happen`. */
export const ThrowIn = Type.Object({ attempt: Id, act: Act }, closed)
export type ThrowIn = Static<typeof ThrowIn>
