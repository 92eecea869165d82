import { describe, expect, it } from 'vitest'
import type { Library } from '../../../server/store/library-port.ts'
import { createGrant } from '../../../server/training/certificates.ts'
import { START } from '../http/harness.ts'
import { BY_THE_BOOK, createRoom, ENVELOPE, HOUR, type Room } from './world.ts'

const YEAR_LATER = '2027-03-02T01:00:00.000Z'
const held = async ({ library }: Room) =>
  ((await library.person('engineer'))?.certificates ?? []).map(
    ({ kind, validFrom, validUntil }) => `${kind} ${validFrom} ${validUntil}`,
  )
const GRANTED = `safety-training ${new Date(START).toISOString()} ${YEAR_LATER}`

describe('passing an examination', () => {
  it('grants the certificate that real jobs ask for', async () => {
    const room = await createRoom()
    const { as, pass } = room
    const job = (
      await as('dispatcher', 'POST', '/api/jobs', {
        process: 'site-safety',
        fields: {
          site: '宏远电子2号厂房',
          title: '更换网络机柜',
          customerName: '宏远电子',
        },
      })
    ).json().id
    const show = () =>
      as('engineer', 'POST', `/api/jobs/${job}/events`, { type: 'training.show', payload: {} })
    await as('engineer', 'PUT', `/api/jobs/${job}/checklist/emergencyMeasures`, {})
    const evidence = { kind: 'text', text: '2026-02-10' }
    await as('engineer', 'PUT', `/api/jobs/${job}/checklist/emergencyDrill`, { evidence })
    const refused = await show()
    expect([refused.statusCode, refused.json().reasons[0].code]).toEqual([409, 'certificate-missing'])
    const id = await pass()
    expect(await held(room)).toEqual([GRANTED])
    expect((await as('engineer', 'GET', `/api/training/attempts/${id}`)).json().certificate).toEqual({
      kind: 'safety-training',
      validUntil: YEAR_LATER,
    })
    expect((await show()).statusCode).toBe(200)
  })
  it('grants it once, not by practice, and not where it was failed', async () => {
    const room = await createRoom()
    const practice = await room.begin()
    await room.steps(practice, 0, BY_THE_BOOK)
    expect((await room.finish(practice)).json().status).toBe('passed')
    const failed = await room.begin('examination')
    room.wall.set(room.wall.now() + HOUR)
    await room.steps(failed, 0, ENVELOPE)
    await room.finish(failed)
    expect(await held(room)).toEqual([])
    const id = await room.pass()
    const revision = (await room.library.person('engineer'))?.revision
    await room.finish(id)
    expect((await room.library.person('engineer'))?.revision).toBe(revision)
    expect(await held(room)).toEqual([GRANTED])
  })
  it('makes a certificate longer, never shorter', async () => {
    const room = await createRoom()
    const give = (validUntil: string) =>
      room.as('administrator', 'PUT', '/api/people/engineer/certificates/safety-training', {
        validFrom: '2025-01-01T00:00:00.000Z',
        validUntil,
      })
    await give('2030-01-01T00:00:00.000Z')
    const id = await room.pass()
    expect(await held(room)).toEqual(['safety-training 2025-01-01T00:00:00.000Z 2030-01-01T00:00:00.000Z'])
    expect(
      (await room.as('engineer', 'GET', `/api/training/attempts/${id}`)).json().certificate.validUntil,
    ).toBe('2030-01-01T00:00:00.000Z')
    await give('2026-05-01T00:00:00.000Z')
    await room.pass()
    expect(await held(room)).toEqual([`safety-training 2025-01-01T00:00:00.000Z ${YEAR_LATER}`])
    await give('2026-01-01T00:00:00.000Z')
    await room.pass()
    expect(await held(room)).toEqual([GRANTED])
  })
  it('survives others who change the person meanwhile, and grants nothing that nobody asks for', async () => {
    const { library } = await createRoom()
    let between = 3
    const savePerson: Library['savePerson'] = async (revision, person) => {
      if (between-- > 0) await library.savePerson(revision, { ...person, certificates: [] })
      return library.savePerson(revision, person)
    }
    const raced = new Proxy(library, {
      get: (target, key) => (key === 'savePerson' ? savePerson : Reflect.get(target, key)),
    })
    const grant = createGrant({ library: raced, now: () => START })
    expect(await grant('engineer', { certificate: 'safety-training', validFor: 'P1Y' })).toEqual({
      kind: 'safety-training',
      validUntil: YEAR_LATER,
    })
    expect((await library.person('engineer'))?.certificates).toHaveLength(1)
    expect(await grant('engineer', { certificate: 'juggling', validFor: 'P1Y' })).toBeUndefined()
    expect(await grant('nobody', { certificate: 'safety-training', validFor: 'P1Y' })).toBeUndefined()
  })
})
