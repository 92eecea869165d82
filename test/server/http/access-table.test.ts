/**
 * `docs/access.md` against the server: its tables are those of the policy and of the routes, and every route does what they say for
 * every role and for nobody. To write the tables anew: `vitest run test/server/http/access-table.test.ts --update`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROLES, type Role } from '../../../machines/definition/schema.ts'
import { isRight, may, RIGHTS } from '../../../server/access/policy.ts'
import { createWorld, type Method, type World } from './harness.ts'

const PAGE = join(import.meta.dirname, '../../../docs/access.md')
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly Method[]
const YES = '●'

type Route = { method: Method; path: string; right: string }

async function routesOf({ as }: Pick<World, 'as'>): Promise<Route[]> {
  const document: { paths: Record<string, Record<string, { 'x-right'?: string }>> } = (
    await as(undefined, 'GET', '/api/openapi.json')
  ).json()
  return Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      METHODS.flatMap((method) => {
        const operation = methods[method.toLowerCase()]
        return operation === undefined ? [] : [{ method, path, right: operation['x-right'] ?? '' }]
      }),
    )
    .sort((a, b) => (a.path === b.path ? 0 : a.path < b.path ? -1 : 1))
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [line(head), `|${head.map((_, at) => (at === 0 ? '---' : ':-:')).join('|')}|`, ...rows.map(line)].join('\n')

const rightsTable = (): string =>
  table(
    ['right', ...ROLES],
    Object.keys(RIGHTS)
      .filter(isRight)
      .map((right) => [`\`${right}\``, ...ROLES.map((role) => (may([role], right) ? YES : ''))]),
  )
const routesTable = (routes: readonly Route[]): string =>
  table(
    ['route', 'right'],
    routes.map(({ method, path, right }) => [`\`${method} ${path}\``, `\`${right}\``]),
  )

const within = (page: string, name: string, made: string): string =>
  page.replace(
    new RegExp(`(<!-- ${name}[^\n]*-->\n)[^]*(<!-- /${name} -->)`),
    (_all, begin: string, end: string) => `${begin}\n${made}\n\n${end}`,
  )

describe('docs/access.md', () => {
  it('has every right with every role, and every route with its right, and no other', async () => {
    const page = readFileSync(PAGE, 'utf8')
    const routes = await routesOf(await createWorld())
    const made = within(within(page, 'rights', rightsTable()), 'routes', routesTable(routes))
    await expect(made).toMatchFileSnapshot(PAGE)
  })
})

/** What the page says, read from the page itself. */
function said(): { rights: Map<string, Set<Role>>; routes: Route[] } {
  const page = readFileSync(PAGE, 'utf8')
  const cells = page
    .split('\n')
    .filter((each) => each.startsWith('| `'))
    .map((each) =>
      each
        .slice(2, -2)
        .split(' | ')
        .map((cell) => cell.trim()),
    )
  const rights = new Map<string, Set<Role>>()
  const told: Route[] = []
  for (const [first = '', ...rest] of cells) {
    const name = first.replaceAll('`', '')
    const [method, path] = name.split(' ')
    const known = METHODS.find((each) => each === method)
    if (known !== undefined && path !== undefined)
      told.push({ method: known, path, right: (rest[0] ?? '').replaceAll('`', '') })
    else rights.set(name, new Set(ROLES.filter((_, at) => rest[at] === YES)))
  }
  return { rights, routes: told }
}

describe('every route, asked by everybody', () => {
  const ask = (world: World, role: Role | undefined, { method, path }: Route) =>
    world.as(role, method, path.replaceAll(/\{\w+\}/g, '1'))
  /** The refusal for want of the route's right; a use case may refuse for another reason. */
  const isBarred = (answer: Awaited<ReturnType<typeof ask>>, right: string): boolean =>
    answer.statusCode === 403 && answer.json().code === 'forbidden' && answer.json().right === right

  it('refuses nobody and every role without the right, and does nothing for them', {
    timeout: 60_000,
  }, async () => {
    const world = await createWorld()
    const page = said()
    expect(page.routes.length).toBeGreaterThan(100)
    const [change, people] = [
      await world.store.lastChangeId(),
      JSON.stringify(await world.library.processes()),
    ]
    const wrong: unknown[] = []
    for (const route of page.routes) {
      if (route.right === 'public') continue
      const nobody = await ask(world, undefined, route)
      if (nobody.statusCode !== 401) wrong.push([route, 'nobody', nobody.statusCode])
      for (const role of ROLES) {
        if (page.rights.get(route.right)?.has(role) === true) continue
        const answer = await ask(world, role, route)
        if (!isBarred(answer, route.right)) wrong.push([route, role, answer.statusCode])
      }
    }
    expect(wrong).toEqual([])
    expect([await world.store.lastChangeId(), JSON.stringify(await world.library.processes())]).toEqual([
      change,
      people,
    ])
  })
  it('lets in every role with the right', { timeout: 60_000 }, async () => {
    const world = await createWorld()
    const page = said()
    const wrong: unknown[] = []
    for (const route of page.routes) {
      const roles = route.right === 'public' ? [undefined] : ROLES
      for (const role of roles) {
        if (role !== undefined && page.rights.get(route.right)?.has(role) !== true) continue
        const answer = await ask(world, role, route)
        if (isBarred(answer, route.right) || (role !== undefined && answer.statusCode === 401))
          wrong.push([route, role, answer.statusCode])
        if (answer.statusCode >= 500 && answer.statusCode !== 503)
          wrong.push([route, role, answer.statusCode])
      }
    }
    expect(wrong).toEqual([])
  })
})
