import { describe, expect, it } from 'vitest'
import type { Role } from '../../../machines/definition/schema.ts'
import type { Step } from '../../../machines/simulate/scenario.ts'
import type { TrainingChange } from '../../../machines/wire/training.ts'
import { tokenOf } from '../http/harness.ts'
import { createRoom, firstDay, type Room } from './world.ts'

const waits: Step = { what: { do: 'wait' }, after: 'PT1M' }
const smoke = { act: 'tell', text: { en: 'Smoke comes from hall 3.', zh: '3号厂房冒烟。' } } as const
const open = async ({ as }: Room, mode = 'practice'): Promise<string> =>
  (await as('trainer', 'POST', '/api/training/sessions', { scenario: firstDay.id, mode })).json().code
const happen = ({ as }: Room, code: string, attempt: string, act: object = smoke) =>
  as('trainer', 'POST', `/api/training/sessions/${code}/happen`, { attempt, act })

/** Reads a stream over real HTTP, change by change. */
async function watch(room: Room, path: string, role: Role) {
  if (!room.app.server.listening) await room.app.listen({ host: '127.0.0.1', port: 0 })
  const hangUp = new AbortController()
  const answer = await fetch(`${room.app.listeningOrigin}${path}`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${tokenOf(role)}` },
    signal: hangUp.signal,
  })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  const changes: TrainingChange[] = []
  let rest = ''
  const more = async (): Promise<boolean> => {
    const piece = await reader?.read()
    if (piece === undefined || piece.done) return false
    const blocks = (rest + piece.value).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const [name, data] = block.split('\n')
      if (name?.startsWith('event: ') !== true || data === undefined) continue
      const change: TrainingChange = JSON.parse(data.slice('data: '.length))
      expect(name).toBe(`event: ${change.type}`)
      changes.push(change)
    }
    return true
  }
  const worded = (change: TrainingChange): string => {
    if (change.type === 'steps') return `steps from ${change.from}: ${change.steps.map((one) => one.what.do)}`
    if (change.type === 'attempt') return `${change.attempt.person} ${change.attempt.status}`
    return `session of ${change.session.attempts.length}`
  }
  return {
    status: answer.status,
    told: async (count: number) => {
      while (changes.length < count && (await more()));
      return changes.map(worded)
    },
    ended: async () => {
      while (await more());
    },
    hangUp: () => hangUp.abort(),
  }
}

describe('a live session', () => {
  it('is opened by a trainer, under a code that can be read out, and closed', async () => {
    const room = await createRoom()
    const code = await open(room)
    expect(code).toMatch(/^[A-HJKMNP-Z2-9]{6}$/)
    const seen = (await room.as('engineer', 'GET', `/api/training/sessions/${code}`)).json()
    expect(seen).toMatchObject({
      code,
      scenario: firstDay.id,
      mode: 'practice',
      trainer: 'trainer',
      attempts: [],
    })
    expect((await room.as('engineer', 'POST', '/api/training/sessions', {})).statusCode).toBe(403)
    const shut = await room.as('trainer', 'POST', `/api/training/sessions/${code}/close`)
    expect(shut.json().closedAt).toBeDefined()
    expect((await room.as('trainer', 'POST', `/api/training/sessions/${code}/close`)).json()).toEqual(
      shut.json(),
    )
    const late = await room.as('engineer', 'POST', '/api/training/attempts', {
      scenario: firstDay.id,
      mode: 'practice',
      session: code,
    })
    expect(late.json().code).toBe('session-closed')
    expect((await room.as('trainer', 'GET', '/api/training/sessions')).json().sessions).toEqual([shut.json()])
  })
  it('brings who comes back to the attempt he had in it', async () => {
    const room = await createRoom()
    const code = await open(room)
    const first = await room.begin('practice', 'engineer', { session: code })
    expect(await room.begin('practice', 'engineer', { session: code })).toBe(first)
    expect(await room.begin('practice', 'dispatcher', { session: code })).not.toBe(first)
    const wrong = await room.as('engineer', 'POST', '/api/training/attempts', {
      scenario: firstDay.id,
      mode: 'examination',
      session: code,
    })
    expect(wrong.json().code).toBe('session-closed')
    const people = async (role: Role) =>
      (await room.as(role, 'GET', `/api/training/sessions/${code}`))
        .json()
        .attempts.map(({ person }: { person: string }) => person)
    expect(await people('trainer')).toEqual(['engineer', 'dispatcher'])
    expect(await people('dispatcher')).toEqual(['dispatcher'])
  })
  it('throws in what becomes the next step, and tells who did not know of it', async () => {
    const room = await createRoom()
    const code = await open(room)
    const id = await room.begin('practice', 'engineer', { session: code })
    await room.steps(id, 0, [waits])
    expect((await happen(room, code, id)).json()).toEqual({ count: 2 })
    const thrownIn: Step = { what: { do: 'happen', act: smoke } }
    const behind = await room.steps(id, 1, [waits])
    expect(behind.json()).toMatchObject({ code: 'attempt-behind', count: 2, steps: [waits, thrownIn] })
    expect((await room.steps(id, 2, [waits], { count: 2 })).json()).toEqual({ count: 3 })
    // Stepping back and coming again by the same way is his own.
    expect((await room.steps(id, 1, [], { count: 3 })).json()).toEqual({ count: 1 })
    expect((await room.steps(id, 1, [thrownIn], { count: 1 })).json()).toEqual({ count: 2 })
  })
  it('throws nothing into what is not of it, over, or unknown', async () => {
    const room = await createRoom()
    const code = await open(room)
    const id = await room.begin('practice', 'engineer', { session: code })
    const other = await room.begin()
    expect((await happen(room, code, other)).json().code).toBe('attempt-not-found')
    expect((await happen(room, 'XXXXXX', id)).json().code).toBe('session-not-found')
    const nobody = await happen(room, code, id, { act: 'say', by: 'nobody', text: { en: 'x' } })
    expect(nobody.json().code).toBe('step-impossible')
    await room.steps(id, 0, [{ what: { do: 'give-up' } }])
    expect((await happen(room, code, id)).json()).toMatchObject({ code: 'step-impossible', fault: 'over' })
    await room.finish(id)
    expect((await happen(room, code, id)).json().code).toBe('attempt-closed')
    expect((await room.as('engineer', 'POST', `/api/training/sessions/${code}/happen`, {})).statusCode).toBe(
      403,
    )
  })
  it('is not found by guessing', async () => {
    const room = await createRoom()
    const code = await open(room)
    const guess = async (wanted: string) =>
      (await room.as('engineer', 'GET', `/api/training/sessions/${wanted}`)).statusCode
    for (let n = 0; n < 20; n++) expect(await guess('XXXXXX')).toBe(404)
    expect([await guess('XXXXXX'), await guess(code)]).toEqual([429, 429])
    room.wall.set(room.wall.now() + 10 * 60_000)
    expect(await guess(code)).toBe(200)
  })
})

describe('the streams', () => {
  it('show each of several trainers all as it stands, then every step as it comes', async () => {
    const room = await createRoom()
    const code = await open(room)
    const id = await room.begin('practice', 'engineer', { session: code })
    await room.steps(id, 0, [waits])
    const path = `/api/training/sessions/${code}/stream`
    const [one, other] = [await watch(room, path, 'trainer'), await watch(room, path, 'administrator')]
    for (const stream of [one, other])
      expect(await stream.told(3)).toEqual(['session of 1', 'engineer open', 'steps from 0: wait'])
    await room.steps(id, 1, [waits])
    for (const stream of [one, other]) expect((await stream.told(4)).at(-1)).toBe('steps from 1: wait')
    await room.steps(id, 1, [])
    expect((await one.told(5)).at(-1)).toBe('steps from 1: ')
    await room.begin('practice', 'dispatcher', { session: code })
    expect((await one.told(8)).slice(5)).toEqual(['session of 2', 'dispatcher open', 'steps from 0: '])
    await room.finish(id)
    expect((await one.told(9)).at(-1)).toBe('engineer failed')
    one.hangUp()
    other.hangUp()
  })
  it('bring the trainee what is thrown in, also when he comes back', async () => {
    const room = await createRoom()
    const code = await open(room, 'examination')
    const id = await room.begin('examination', 'engineer', { session: code })
    const path = `/api/training/attempts/${id}/stream`
    const first = await watch(room, path, 'engineer')
    expect(await first.told(2)).toEqual(['engineer open', 'steps from 0: '])
    await happen(room, code, id)
    expect((await first.told(3)).at(-1)).toBe('steps from 0: happen')
    first.hangUp()
    await happen(room, code, id)
    const again = await watch(room, path, 'engineer')
    expect(await again.told(2)).toEqual(['engineer open', 'steps from 0: happen,happen'])
    again.hangUp()
  })
  it('are for those who may see it', async () => {
    const room = await createRoom()
    const code = await open(room)
    const id = await room.begin('practice', 'engineer', { session: code })
    const status = async (path: string, role: Role) => (await watch(room, path, role)).status
    expect(await status(`/api/training/attempts/${id}/stream`, 'dispatcher')).toBe(404)
    expect(await status(`/api/training/sessions/${code}/stream`, 'engineer')).toBe(403)
    expect(await status('/api/training/sessions/XXXXXX/stream', 'trainer')).toBe(404)
  })
  it('end with the server', async () => {
    const room = await createRoom()
    const id = await room.begin()
    const stream = await watch(room, `/api/training/attempts/${id}/stream`, 'engineer')
    await stream.told(2)
    await Promise.all([room.app.close(), stream.ended()])
  })
})
