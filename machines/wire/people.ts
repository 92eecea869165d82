/**
 * Bodies of `/api/me`, `/api/people`, sign-in and set-up.
 *
 * Promises: a token's secret is in one answer only, the one that made it.
 * Must not: hold a hash of a token, or import from server or designer.
 */
import Type, { type Static } from 'typebox'
import { Certificate, Timestamp } from '../advance/job.ts'
import { ROLES, Role } from '../definition/schema.ts'
import { MOST_OVERTIME_MINUTES } from '../dispatch/overtime.ts'

const closed = { additionalProperties: false } as const
const PersonId = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]*$', maxLength: 80 })
const Name = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })
const Roles = Type.Array(Role, { maxItems: 20, uniqueItems: true })

/** Where somebody works; everywhere where none is named (HV-40). */
const Regions = Type.Array(Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }), {
  maxItems: 50,
  uniqueItems: true,
})
/** Whoever administers the server sees all of it. */
const LIMITABLE = ROLES.filter((role) => role !== 'administrator')
/** A role that holds only for jobs of these processes and of these regions; of any where none are named. */
export const RoleLimit = Type.Object(
  {
    role: Type.Enum(LIMITABLE),
    processes: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
      }),
    ),
    regions: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }), {
        minItems: 1,
        maxItems: 50,
        uniqueItems: true,
      }),
    ),
  },
  { ...closed, minProperties: 2 },
)
export type RoleLimit = Static<typeof RoleLimit>
/** Of a role without a limit: everywhere. Of one with several: wherever any of them says. */
const Limits = Type.Array(RoleLimit, { maxItems: 50 })

/** GN-02: overtime on one day, agreed by the person beforehand. */
export const Overtime = Type.Object(
  {
    date: Type.String({ format: 'date' }),
    minutes: Type.Integer({ minimum: 1, maximum: MOST_OVERTIME_MINUTES }),
    /** Who wrote it down, and when. */
    by: Type.String(),
    at: Timestamp,
  },
  closed,
)
export type Overtime = Static<typeof Overtime>
export const PutOvertime = Type.Object({ minutes: Overtime.properties.minutes }, closed)
export type PutOvertime = Static<typeof PutOvertime>

const TokenView = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    createdAt: Timestamp,
    expiresAt: Type.Optional(Timestamp),
    lastUsedAt: Type.Optional(Timestamp),
  },
  closed,
)

/** Whom the provider of sign-in means: `iss` and `sub` of its ID token. */
const Account = Type.Object(
  {
    issuer: Type.String({ minLength: 1, maxLength: 500 }),
    subject: Type.String({ minLength: 1, maxLength: 255 }),
  },
  closed,
)

export const PersonView = Type.Object(
  {
    id: Type.String(),
    /** Also the ETag. */
    revision: Type.Integer(),
    name: Type.String(),
    roles: Type.Array(Role),
    certificates: Type.Array(Certificate),
    regions: Regions,
    /** Absent where every role holds everywhere. */
    limits: Type.Optional(Limits),
    /** By date. */
    overtime: Type.Array(Overtime),
    /** No longer signs in. */
    disabled: Type.Boolean(),
    /** At the provider of sign-in; for administrators only, as the tokens are. */
    account: Type.Optional(Account),
    tokens: Type.Optional(Type.Array(TokenView)),
  },
  closed,
)
export type PersonView = Static<typeof PersonView>
export const PeopleList = Type.Object({ people: Type.Array(PersonView) }, closed)

export const CreatePerson = Type.Object(
  {
    /** Made up by the server where it is missing. */
    id: Type.Optional(PersonId),
    name: Name,
    roles: Roles,
    regions: Type.Optional(Regions),
    limits: Type.Optional(Limits),
  },
  closed,
)
export type CreatePerson = Static<typeof CreatePerson>
export const ChangePerson = Type.Object(
  {
    name: Type.Optional(Name),
    roles: Type.Optional(Roles),
    regions: Type.Optional(Regions),
    limits: Type.Optional(Limits),
    disabled: Type.Optional(Type.Boolean()),
    /** `null`: known to the provider no longer. */
    account: Type.Optional(Type.Union([Account, Type.Null()])),
  },
  { ...closed, minProperties: 1 },
)
export type ChangePerson = Static<typeof ChangePerson>

export const CertificateKind = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]*$', maxLength: 80 })
export const PutCertificate = Type.Object({ validFrom: Timestamp, validUntil: Timestamp }, closed)
export type PutCertificate = Static<typeof PutCertificate>

export const CreateToken = Type.Object({ name: Name, expiresAt: Type.Optional(Timestamp) }, closed)
export type CreateToken = Static<typeof CreateToken>
export const NewToken = Type.Object(
  {
    ...TokenView.properties,
    /** Shown here once and never again. */
    token: Type.String(),
  },
  closed,
)
export type NewToken = Static<typeof NewToken>

export const Me = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    roles: Type.Array(Role),
    certificates: Type.Array(Certificate),
    /** What the roles allow on this server: `jobs:create`. */
    rights: Type.Array(Type.String()),
    /** How far roles reach that are limited; absent where none is. */
    limits: Type.Optional(Limits),
    /** Rights over processes that reach these alone; absent where none is narrowed. */
    narrowed: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
    /** Signed in by the provider: `/api/sign-out/provider` ends its session, too. */
    provider: Type.Optional(Type.Literal(true)),
  },
  closed,
)
export type Me = Static<typeof Me>

const Secret = Type.String({ minLength: 1, maxLength: 512 })
export const SignIn = Type.Object({ token: Secret }, closed)
export const SetUp = Type.Object({ token: Secret, name: Name }, closed)
/** How one may sign in beside a token. */
export const SignInWays = Type.Object(
  {
    /** Shown on the button that leads to `/api/sign-in/provider`; absent where there is none. */
    provider: Type.Optional(
      Type.Object({ name: Type.Object({ en: Type.String(), zh: Type.String() }, closed) }, closed),
    ),
  },
  closed,
)
export type SignInWays = Static<typeof SignInWays>
/** The administrator who was made; `token` signs him in again later and is shown once. */
export const SetUpDone = Type.Object({ me: Me, token: Type.String() }, closed)
export const SetUpState = Type.Object(
  {
    /** There is no administrator yet. */
    open: Type.Boolean(),
  },
  closed,
)
