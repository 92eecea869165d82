/**
 * For the tests of limited roles: processes with regions, both stores, and a person each of whose roles is limited.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { type Definition, ROLES } from '../../../machines/definition/schema.ts'
import { complaint } from '../../../machines/processes/complaint/process.ts'
import { createMemoryStore } from '../../../server/store/memory/memory-store.ts'
import { openSqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { createWorld, ERRAND, type Method, type World } from './harness.ts'

const region = { type: 'string', maxLength: 80, meta: { title: { en: 'Region', zh: '区域' } } } as const
export const regional = (id: string): Definition => ({
  ...ERRAND,
  id,
  schemas: {
    ...ERRAND.schemas,
    context: {
      ...ERRAND.schemas.context,
      properties: { ...ERRAND.schemas.context.properties, region },
    },
  },
  meta: { ...ERRAND.meta, region: 'region' },
})
export const PROCESSES = [regional('errand'), regional('parcel'), complaint]

const sqlite = () => {
  const folder = mkdtempSync(join(tmpdir(), 'fieldchart-limits-'))
  const store = openSqliteStore(join(folder, 'jobs.sqlite'))
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return store
}

/** Both stores, as the queries differ. */
export const STORES = [
  ['memory', createMemoryStore],
  ['SQLite', sqlite],
] as const

type Limits = { readonly processes?: readonly string[]; readonly regions?: readonly string[] }
export const IN_EAST: Limits = { regions: ['east'] }
export const OF_PARCELS: Limits = { processes: ['parcel'] }

/** A person with every role but the administrator's, each limited so. */
export async function withLimited(limits: Limits, store = createMemoryStore(), processes = PROCESSES) {
  const world = await createWorld({ processes, store })
  const roles = ROLES.filter((role) => role !== 'administrator')
  const made = await world.as('administrator', 'POST', '/api/people', {
    id: 'limited',
    name: 'Limited',
    roles,
    limits: roles.map((role) => ({ role, ...limits })),
  })
  expect(made.statusCode).toBe(201)
  const { token } = (
    await world.as('administrator', 'POST', '/api/people/limited/tokens', { name: 'x' })
  ).json()
  const limited = (method: Method, url: string, body?: unknown, headers = {}) =>
    world.app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
  const start = async (process: string, given: Record<string, unknown>): Promise<string> => {
    const { process: _process, ...fields } = given
    const answer = await world.as('dispatcher', 'POST', '/api/jobs', {
      process,
      fields: { what: 'stamps', ...fields },
    })
    expect(answer.statusCode).toBe(201)
    return answer.json().id
  }
  return { ...world, limited, start, token }
}
export type Limited = Awaited<ReturnType<typeof withLimited>>

type Operation = {
  'x-right'?: string
  requestBody?: unknown
  parameters?: { name: string; in: string }[]
}
export async function operations(world: Pick<World, 'as'>): Promise<[Method, string, Operation][]> {
  const document: { paths: Record<string, Record<string, Operation>> } = (
    await world.as(undefined, 'GET', '/api/openapi.json')
  ).json()
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const name = METHODS.find((each) => each === method.toUpperCase())
      return name === undefined ? [] : [[name, path, operation] satisfies [Method, string, Operation]]
    }),
  )
}
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly Method[]
