/**
 * A command stack as JSON: what is kept beside a draft, so that undo outlives the page.
 *
 * Promises: what `readStack` gives has the right shape and its numbers agree; what was damaged on disk is refused.
 * Must not: judge whether it fits a document (the stack does).
 */
import Type, { type Static } from 'typebox'
import { Check } from 'typebox/value'
import { type Json, toJson } from './json.ts'
import { Patch } from './patch.ts'
import { DocumentError, type Words } from './problem.ts'

const closed = { additionalProperties: false } as const

const StoredStep = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    name: Type.String(),
    title: Type.Object({ en: Type.String(), zh: Type.String() }, closed),
    forward: Type.Array(Patch),
    backward: Type.Array(Patch),
    merge: Type.Optional(Type.String()),
  },
  closed,
)
const Shape = Type.Object(
  {
    version: Type.Literal(1),
    /** Of the document that the steps led to. */
    hash: Type.String(),
    steps: Type.Array(StoredStep),
    done: Type.Integer({ minimum: 0 }),
    saved: Type.Integer({ minimum: 0 }),
    lastId: Type.Integer({ minimum: 0 }),
  },
  closed,
)

/** One thing done: its patches there and back. */
export type Step = {
  readonly id: number
  readonly name: string
  readonly title: Words
  readonly forward: readonly Patch[]
  readonly backward: readonly Patch[]
  readonly merge?: string
}
export type StoredStack = Omit<Static<typeof Shape>, 'steps'> & { steps: Step[] }

/** @throws DocumentError on anything that `CommandStack.store` did not make */
export function readStack(stored: unknown): StoredStack {
  if (!Check(Shape, stored)) throw damaged()
  const steps = stored.steps.map(({ forward, backward, ...step }) => ({
    ...step,
    forward: forward.map(patchOf),
    backward: backward.map(patchOf),
  }))
  const isRising = steps.every(({ id }, index) => id > (steps[index - 1]?.id ?? 0))
  if (!isRising || stored.done > steps.length || (steps.at(-1)?.id ?? 0) > stored.lastId) throw damaged()
  return { ...stored, steps }
}

function patchOf(patch: Static<typeof Patch>): Patch {
  if (patch.op === 'put') return { ...patch, value: toJson(patch.value) }
  if (patch.op === 'splice') return { ...patch, insert: patch.insert.map((value): Json => toJson(value)) }
  return patch
}

const damaged = (): DocumentError => new DocumentError('the stored steps are damaged', '保存的操作记录已损坏')
