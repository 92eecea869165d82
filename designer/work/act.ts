/**
 * One act of an engineer on a job: kept on his telephone until the server has taken it.
 *
 * Promises: an act is whole by itself - what was done, by whom, when by this device, with its file - so that it can be sent
 * later, and again, as the same request.
 * Must not: know where it is kept or how it is sent.
 */
import Type, { type Static } from 'typebox'
import { type Command, Evidence, Reason } from '../../machines/advance/job.ts'
import { Text } from '../../machines/definition/schema.ts'

/** What can be done without a connection. */
export type Doing = Extract<Command, { kind: 'event' | 'tick' | 'untick' | 'attach' | 'note' }>

const Payload = Type.Record(Type.String(), Type.Unknown())
const DoingShape = Type.Unsafe<Doing>(
  Type.Union([
    Type.Object({ kind: Type.Literal('event'), type: Type.String(), payload: Type.Optional(Payload) }),
    Type.Object({ kind: Type.Literal('tick'), item: Type.String(), evidence: Type.Optional(Evidence) }),
    Type.Object({ kind: Type.Literal('untick'), item: Type.String() }),
    Type.Object({ kind: Type.Literal('attach'), evidence: Evidence, title: Type.Optional(Type.String()) }),
    Type.Object({ kind: Type.Literal('note'), text: Type.String() }),
  ]),
)

/** What the server had against it, in both languages. */
const RefusedBecause = Type.Object({
  code: Type.String(),
  title: Type.Optional(Text),
  detail: Type.Optional(Text),
  reasons: Type.Array(Reason),
})
export type RefusedBecause = Static<typeof RefusedBecause>

/** An act as it is given to be kept. */
export const FreshAct = Type.Object({
  /** The idempotency key: the same on every try, another one after a decision. */
  id: Type.String(),
  /** Whose it is: nobody else's session sends it. */
  person: Type.String(),
  job: Type.String(),
  /** By the clock of this device. */
  at: Type.String(),
  doing: DoingShape,
  /** `sent`: the server has it as `seq`; kept until what is shown of the job holds it, too. */
  state: Type.Enum(['waiting', 'refused', 'sent']),
  seq: Type.Optional(Type.Integer()),
  refused: Type.Optional(RefusedBecause),
  /** Of an attachment: the photo or the signature. */
  file: Type.Optional(Type.Unsafe<Blob>({})),
})
export type FreshAct = Static<typeof FreshAct>
export const Act = Type.Object({
  ...FreshAct.properties,
  /** Its place: acts are sent in this order. */ order: Type.Integer(),
})
export type Act = Static<typeof Act>

/** What became of sending an act. */
export type Verdict =
  | { is: 'taken'; seq: number }
  | { is: 'refused'; because: RefusedBecause }
  /** It may be tried again as it is. */
  | { is: 'later'; why: Hindrance }
/** `away`: no connection; `busy`: the server is there and cannot now; `signed-out`: the session has ended. */
export type Hindrance = 'away' | 'busy' | 'signed-out'
