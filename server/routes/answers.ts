/**
 * Words that every route's schema shares.
 *
 * Must not: hold a schema of one resource; those are in `machines/wire`.
 */
import Type, { type TSchema } from 'typebox'
import { ProblemDetails } from '../../machines/wire/problem.ts'

/** What a route answers: this with 200, any error as problem details. */
export const ok = <T extends TSchema>(schema: T) => ({ 200: schema, default: ProblemDetails })
export const created = <T extends TSchema>(schema: T) => ({ 201: schema, default: ProblemDetails })
export const nothing = { 204: Type.Null(), default: ProblemDetails }

/** A definition of 1 MiB and its layout. */
export const DRAFT_BYTES = 2 * 1024 * 1024

const closed = { additionalProperties: false } as const
export const Id = Type.String({ minLength: 1, maxLength: 100 })
export const ById = Type.Object({ id: Id }, closed)
/** A body that may be missing. */
export const optional = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
export const DryRun = Type.Object({ dryRun: Type.Optional(Type.Boolean()) }, closed)
/** Where a list of numbered things goes on. */
export const After = Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }))
export const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 500 }))
