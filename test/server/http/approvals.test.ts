import { describe, expect, it } from 'vitest'
import type { Definition } from '../../../machines/definition/schema.ts'
import { seedLibrary } from '../../../server/library/seed.ts'
import { createWorld, ERRAND, type Method, START, type World } from './harness.ts'

const BASE = '/api/processes/errand'
const DRAFT = `${BASE}/draft`
const RULE = `${BASE}/approval-rule`
const fresh = { 'if-none-match': '*' }
const at = (revision: number) => ({ 'if-match': `"${revision}"` })
const renamed = (en: string): Definition => ({
  ...ERRAND,
  meta: { ...ERRAND.meta, title: { en, zh: en } },
})
const ALL = { kind: 'all', people: ['engineer', 'hotline-agent'] }
const SECOND = { kind: 'second-person' }
const agree = { verdict: 'approve' }

/** Asks, and gives status and code or kind together: what most of these tests compare. */
async function told(world: World, ...[role, method, url, body, headers]: Parameters<World['as']>) {
  const answer = await world.as(role, method, url, body, headers)
  return [answer.statusCode, answer.json().code]
}
const publish = (world: World, role: Parameters<World['as']>[0] = 'process-owner') =>
  world.as(role, 'POST', `${DRAFT}/publish`, { note: 'x' })

/** A world with a rule in force and a draft at revision 1 by the process owner. */
async function under(rule: unknown) {
  const world = await createWorld()
  const set = await world.as('process-owner', 'PUT', RULE, { rule }, at(0))
  expect([set.statusCode, set.json()]).toEqual([200, { revision: 1, rule }])
  await world.as('process-owner', 'PUT', DRAFT, { definition: renamed('New') }, fresh)
  return world
}
type Sayer = 'engineer' | 'hotline-agent' | 'administrator' | 'process-owner'
const say = (world: World, role: Sayer, revision: number, body: unknown = agree) =>
  world.as(role, 'POST', `${DRAFT}/approvals`, body, at(revision))

describe('GN-19', () => {
  it('GN-19: a version is published only when all named persons agree, whoever presses the button', async () => {
    const world = await under(ALL)
    const { as } = world
    for (const role of ['process-owner', 'administrator'] as const) {
      const refused = await publish(world, role)
      expect([refused.statusCode, refused.json()]).toMatchObject([
        409,
        {
          code: 'approval-missing',
          missing: [
            { person: 'engineer', name: 'The engineer' },
            { person: 'hotline-agent', name: 'The hotline-agent' },
          ],
          objections: [],
        },
      ])
    }
    // A named engineer can read what he is asked about, though he designs nothing.
    expect((await as('engineer', 'GET', DRAFT)).json().definition).toEqual(renamed('New'))
    const one = await say(world, 'engineer', 1)
    expect(one.json()).toMatchObject({ satisfied: false, missing: ['hotline-agent'] })
    expect((await publish(world)).json().missing).toEqual([
      { person: 'hotline-agent', name: 'The hotline-agent' },
    ])
    expect((await say(world, 'hotline-agent', 1)).json().satisfied).toBe(true)
    const done = await publish(world)
    expect([done.statusCode, done.json()]).toMatchObject([
      201,
      { version: 2, approvals: [{ person: 'engineer' }, { person: 'hotline-agent' }] },
    ])
    // The next draft begins without any agreement.
    await as('process-owner', 'PUT', DRAFT, { definition: renamed('Newer') }, fresh)
    expect((await publish(world)).json().missing).toHaveLength(2)
  })

  it('GN-19: agreement to one content is none to another, also when it is changed back', async () => {
    const world = await under(ALL)
    await say(world, 'engineer', 1)
    await say(world, 'hotline-agent', 1)
    await world.as('process-owner', 'PUT', DRAFT, { definition: renamed('Slipped in') }, at(1))
    expect((await publish(world)).json().code).toBe('approval-missing')
    await world.as('process-owner', 'PUT', DRAFT, { definition: renamed('New') }, at(2))
    expect((await publish(world)).json().missing).toHaveLength(2)
    // Nor is it given to a revision that was not read.
    expect((await say(world, 'engineer', 1)).statusCode).toBe(412)
    expect((await say(world, 'engineer', 3)).statusCode).toBe(200)
  })

  it('GN-19: a draft thrown away and made again has no agreement; neither has a restored version', async () => {
    const world = await under(ALL)
    await say(world, 'engineer', 1)
    await say(world, 'hotline-agent', 1)
    await world.as('process-owner', 'DELETE', DRAFT, undefined, at(1))
    const again = await world.as('process-owner', 'PUT', DRAFT, { definition: renamed('New') }, fresh)
    expect(again.json().revision).toBe(2)
    expect((await publish(world)).json().missing).toHaveLength(2)
    await say(world, 'engineer', 2)
    await world.as('process-owner', 'POST', `${BASE}/versions/1/restore`, undefined, at(2))
    const { approvals, missing } = (await world.as('engineer', 'GET', `${DRAFT}/approvals`)).json()
    expect([approvals, missing.length]).toEqual([[], 2])
  })

  it('GN-19: the rule is not set aside to publish past it', async () => {
    const world = await under(ALL)
    const { as } = world
    const proposed = await as('administrator', 'PUT', RULE, { rule: { kind: 'none' } }, at(1))
    expect(proposed.json()).toMatchObject({
      rule: ALL,
      proposal: { rule: { kind: 'none' }, by: 'administrator', missing: ALL.people, satisfied: false },
    })
    expect((await publish(world, 'administrator')).json().code).toBe('approval-missing')
    // Narrowing it to one's own person is a change like any other.
    const own = { kind: 'all', people: ['administrator'] }
    const narrowed = await as('administrator', 'PUT', RULE, { rule: own }, at(2))
    expect(narrowed.json()).toMatchObject({ rule: ALL, proposal: { rule: own } })
    const approve = (role: Sayer, revision: number) =>
      told(world, role, 'POST', `${RULE}/approvals`, agree, at(revision))
    expect(await approve('administrator', 3)).toEqual([403, 'approval-not-asked'])
    expect(await approve('engineer', 2)).toEqual([412, 'precondition-failed'])
    expect(await approve('engineer', 3)).toEqual([200, undefined])
    expect((await publish(world, 'administrator')).json().code).toBe('approval-missing')
    expect(await approve('hotline-agent', 4)).toEqual([200, undefined])
    expect((await as('auditor', 'GET', RULE)).json()).toEqual({ revision: 5, rule: own })
  })

  it('GN-19: nobody agrees in the place of those who are named', async () => {
    const world = await under(ALL)
    for (const role of ['administrator', 'process-owner'] as const)
      expect(await told(world, role, 'POST', `${DRAFT}/approvals`, agree, at(1))).toEqual([
        403,
        'approval-not-asked',
      ])
    expect((await world.as('customer', 'POST', `${DRAFT}/approvals`, agree, at(1))).statusCode).toBe(403)
    // Saying it twice is not saying it for two.
    await say(world, 'engineer', 1)
    expect((await say(world, 'engineer', 1)).json().approvals).toHaveLength(1)
    expect((await publish(world)).json().missing).toHaveLength(1)
  })

  it('GN-19: who objects has not agreed, also in the last moment', async () => {
    const world = await under(ALL)
    await say(world, 'engineer', 1)
    await say(world, 'hotline-agent', 1)
    await say(world, 'engineer', 1, { verdict: 'object', note: 'nights too' })
    expect((await publish(world)).json()).toMatchObject({
      missing: [{ person: 'engineer' }],
      objections: [{ person: 'engineer', note: 'nights too' }],
    })
    await say(world, 'engineer', 1)
    // An objection that is written first is seen by the publishing that was asked for after it.
    const [, late] = await Promise.all([
      say(world, 'hotline-agent', 1, { verdict: 'object' }),
      publish(world),
    ])
    const standing = await world.as('engineer', 'GET', `${DRAFT}/approvals`)
    if (late.statusCode === 201) expect(standing.statusCode).toBe(404)
    else expect([late.json().code, standing.json().satisfied]).toEqual(['approval-missing', false])
  })

  it('GN-19: whoever cannot sign in any more is not waited for; with nobody left a second person decides', async () => {
    const world = await under(ALL)
    const disable = (id: string) =>
      world.as('administrator', 'PATCH', `/api/people/${id}`, { disabled: true })
    await disable('hotline-agent')
    await say(world, 'engineer', 1)
    expect((await world.as('engineer', 'GET', `${DRAFT}/approvals`)).json()).toMatchObject({
      satisfied: true,
    })
    await disable('engineer')
    expect((await publish(world)).json()).toMatchObject({ code: 'approval-missing', missing: [] })
    expect((await say(world, 'process-owner', 1)).statusCode).toBe(403)
    expect((await say(world, 'administrator', 1)).statusCode).toBe(200)
    expect((await publish(world)).statusCode).toBe(201)
  })

  it('GN-19: an update of the shipped processes is laid before them as a draft', async () => {
    const world = await createWorld()
    const seed = (definition: Definition) => seedLibrary(world.library, [definition], START)
    await seed(renamed('Shipped'))
    await world.as('process-owner', 'PUT', RULE, { rule: ALL }, at(0))
    expect(await seed(renamed('Shipped anew'))).toEqual([])
    expect((await world.as('engineer', 'GET', `${BASE}/versions`)).json().versions).toHaveLength(2)
    expect((await world.as('engineer', 'GET', DRAFT)).json()).toMatchObject({
      definition: renamed('Shipped anew'),
      updatedBy: '@fieldchart',
    })
    expect((await publish(world)).json().code).toBe('approval-missing')
  })
})

describe('a second person', () => {
  it('is not the author, and not someone who may not publish', async () => {
    const world = await under(SECOND)
    expect((await publish(world)).json()).toMatchObject({ code: 'approval-missing', missing: [] })
    expect((await say(world, 'process-owner', 1)).json().code).toBe('approval-not-asked')
    expect((await say(world, 'engineer', 1)).json().code).toBe('approval-not-asked')
    expect((await say(world, 'administrator', 1)).json()).toMatchObject({ satisfied: true })
    expect((await publish(world)).statusCode).toBe(201)
  })
  it('bars by an objection until the definition is another', async () => {
    const world = await under(SECOND)
    await say(world, 'administrator', 1, { verdict: 'object', note: 'why?' })
    expect((await publish(world)).json().objections).toMatchObject([{ person: 'administrator' }])
    await world.as('process-owner', 'PUT', DRAFT, { definition: renamed('Better') }, at(1))
    expect((await publish(world)).json().objections).toEqual([])
    await say(world, 'administrator', 2)
    expect((await publish(world)).statusCode).toBe(201)
  })
  it('may take back what he said: then it is as if he had not spoken', async () => {
    const world = await under(SECOND)
    expect((await say(world, 'administrator', 1)).json()).toMatchObject({
      by: 'process-owner',
      satisfied: true,
    })
    const withdrawn = await say(world, 'administrator', 1, { verdict: 'withdraw', note: 'too soon' })
    expect(withdrawn.json()).toMatchObject({ satisfied: false, approvals: [] })
    expect((await publish(world)).json()).toMatchObject({ code: 'approval-missing', objections: [] })
    await say(world, 'administrator', 1, { verdict: 'object' })
    await say(world, 'administrator', 1, { verdict: 'withdraw' })
    expect((await say(world, 'administrator', 1)).json().satisfied).toBe(true)
    expect((await publish(world)).json().approvals).toMatchObject([
      { person: 'administrator', verdict: 'approve' },
    ])
  })
  it('does not become the author by moving boxes, and boxes take no agreement away', async () => {
    const world = await under(SECOND)
    const definition = renamed('New')
    await world.as('administrator', 'PUT', DRAFT, { definition, layout: { open: { x: 1 } } }, at(1))
    // The one who wrote it cannot agree to himself because another saved last.
    expect((await say(world, 'process-owner', 2)).json().code).toBe('approval-not-asked')
    await say(world, 'administrator', 2)
    await world.as('process-owner', 'PUT', DRAFT, { definition, layout: { open: { x: 2 } } }, at(2))
    expect((await world.as('auditor', 'GET', `${DRAFT}/approvals`)).json().satisfied).toBe(true)
    expect((await publish(world)).json()).toMatchObject({ version: 2, layout: { open: { x: 2 } } })
  })
})

describe('the rule', () => {
  it('is none at first, and then nobody is asked', async () => {
    const world = await createWorld()
    expect((await world.as('auditor', 'GET', RULE)).json()).toEqual({ revision: 0, rule: { kind: 'none' } })
    expect((await world.as('engineer', 'GET', BASE)).json().approval).toEqual({ kind: 'none' })
    await world.as('process-owner', 'PUT', DRAFT, { definition: renamed('New') }, fresh)
    expect((await say(world, 'engineer', 1)).json().code).toBe('approval-not-asked')
    expect((await publish(world)).json()).not.toHaveProperty('approvals')
  })
  it('names people who can sign in, and is read before it is changed', async () => {
    const world = await createWorld()
    const put = (rule: unknown, headers: Record<string, string> = at(0)) =>
      told(world, 'process-owner', 'PUT', RULE, { rule }, headers)
    const unknown = await world.as(
      'process-owner',
      'PUT',
      RULE,
      { rule: { kind: 'all', people: ['engineer', 'nobody'] } },
      at(0),
    )
    expect([unknown.statusCode, unknown.json().errors[0].pointer]).toEqual([400, '/rule/people/1'])
    for (const bad of [{ kind: 'all', people: [] }, { kind: 'all', people: ['engineer', 'engineer'] }, {}])
      expect((await put(bad))[0]).toBe(400)
    expect(await put(SECOND, {})).toEqual([428, 'precondition-required'])
    expect(await put(SECOND, at(7))).toEqual([412, 'precondition-failed'])
    expect((await world.as('engineer', 'PUT', RULE, { rule: SECOND }, at(0))).statusCode).toBe(403)
    const method: Method = 'PUT'
    const none = '/api/processes/none/approval-rule'
    expect(await told(world, 'administrator', method, none, { rule: SECOND }, at(0))).toEqual([
      404,
      'process-not-found',
    ])
  })
  it('put in force again takes a proposal back', async () => {
    const world = await under(SECOND)
    await world.as('process-owner', 'PUT', RULE, { rule: { kind: 'none' } }, at(1))
    await world.as('process-owner', 'PUT', RULE, { rule: SECOND }, at(2))
    expect((await world.as('auditor', 'GET', RULE)).json()).toEqual({ revision: 3, rule: SECOND })
    expect(await told(world, 'administrator', 'POST', `${RULE}/approvals`, agree, at(3))).toEqual([
      403,
      'approval-not-asked',
    ])
  })
})
