/**
 * What every library must do. Each adapter's test calls this with a way to open an empty one.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashOf } from '../../machines/definition/hash.ts'
import { type Library, ProcessExists, StaleRevision, TokenTaken } from '../../server/store/library-port.ts'
import { quoted } from '../machines/simulate/kit.ts'
import { definition, draft, hash, person, SETTINGS, version } from './library-fixtures.ts'
import { at } from './store-fixtures.ts'

export type LibraryUnderTest = { open(): Promise<Library>; clean(): Promise<void> }

export function libraryContract(name: string, make: () => Promise<LibraryUnderTest>): void {
  let under: LibraryUnderTest
  let library: Library
  beforeEach(async () => {
    under = await make()
    library = await under.open()
  })
  afterEach(async () => {
    await library.close()
    await under.clean()
  })

  describe(`${name}: drafts`, () => {
    it('keeps a draft whatever it holds, with its layout', async () => {
      const odd = { id: 'fault', states: [null, { 状态: '…' }], misspelt: 1 }
      const saved = await library.saveDraft(
        'fault',
        0,
        draft(odd, { layout: { open: { x: 1, y: 2 } }, basedOn: 3 }),
      )
      expect(saved).toEqual({
        process: 'fault',
        revision: 1,
        definition: odd,
        layout: { open: { x: 1, y: 2 } },
        basedOn: 3,
        updatedAt: at(1),
        updatedBy: 'wang',
      })
      expect(await library.draft('fault')).toEqual(saved)
      expect(await library.draft('other')).toBeUndefined()
      expect(await library.processes()).toEqual([{ id: 'fault', createdAt: at(1), draft: 1 }])
    })

    it('refuses a save that builds on another revision, and names both', async () => {
      await library.saveDraft('fault', 0, draft({ n: 1 }))
      await library.saveDraft('fault', 1, draft({ n: 2 }))
      for (const expected of [0, 1, 3]) {
        await expect(library.saveDraft('fault', expected, draft({ n: 9 }))).rejects.toMatchObject({
          name: 'StaleRevision',
          expected,
          current: 2,
        })
      }
      expect((await library.draft('fault'))?.definition).toEqual({ n: 2 })
      await expect(library.saveDraft('new', 1, draft({}))).rejects.toMatchObject({ current: 0 })
      expect((await library.processes()).map(({ id }) => id)).toEqual(['fault'])
    })

    it('lets one of 30 racing saves win, and loses none that does not race', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 30 }, (_, n) => library.saveDraft('fault', 0, draft({ n }))),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      await Promise.all(Array.from({ length: 20 }, (_, n) => library.saveDraft(`p${n}`, 0, draft({ n }))))
      for (let n = 0; n < 20; n += 1) expect((await library.draft(`p${n}`))?.definition).toEqual({ n })
      expect(await library.processes()).toHaveLength(21)
    })

    it('makes a process once', async () => {
      const made = await Promise.allSettled(
        [1, 2, 3].map((n) => library.createProcess('fault', draft({ n }))),
      )
      expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
      await library.publish('fault', 1, version(definition('fault')))
      await expect(library.createProcess('fault', draft({}))).rejects.toBeInstanceOf(ProcessExists)
    })

    it('deletes a draft, and never gives its revision again', async () => {
      await library.saveDraft('fault', 0, draft({ n: 1 }))
      await expect(library.deleteDraft('fault', 2)).rejects.toBeInstanceOf(StaleRevision)
      await library.deleteDraft('fault', 1)
      expect(await library.draft('fault')).toBeUndefined()
      expect(await library.processes()).toEqual([])
      await expect(library.deleteDraft('fault', 1)).rejects.toBeInstanceOf(StaleRevision)
      await expect(library.deleteDraft('fault', 0)).rejects.toBeInstanceOf(StaleRevision)
      expect((await library.createProcess('fault', draft({ n: 2 }, { updatedAt: at(7) }))).revision).toBe(2)
      expect((await library.processes())[0]?.createdAt).toBe(at(7))
      await expect(library.saveDraft('fault', 1, draft({ n: 3 }))).rejects.toBeInstanceOf(StaleRevision)
    })

    it('takes no name that could leave its folder', async () => {
      for (const bad of ['../people', 'a/b', '', 'A', '.x', 'a'.repeat(81), '__proto__', 'a\u0000']) {
        await expect(library.saveDraft(bad, 0, draft({})), bad).rejects.toThrow(TypeError)
        expect(await library.draft(bad)).toBeUndefined()
        expect(await library.versions(bad)).toEqual([])
      }
    })

    it('cannot be changed through what it gives, nor through what it was given', async () => {
      const given = { list: [1] }
      const saved = await library.saveDraft('fault', 0, draft(given))
      given.list.push(2)
      expect((await library.draft('fault'))?.definition).toEqual({ list: [1] })
      expect(Object.isFrozen(saved) && Object.isFrozen(saved.definition)).toBe(true)
      const published = await library.publish('fault', 1, version(definition('fault')))
      expect(() => {
        published.definition.states.open = {}
      }).toThrow(TypeError)
      const first = (await library.people()).length
      ;(await library.people()).push(await library.savePerson(0, person('wang')))
      expect(await library.people()).toHaveLength(first + 1)
    })

    it('writes nothing that it could not read again', async () => {
      await expect(library.saveDraft('fault', 0, draft({}, { updatedAt: 'yesterday' }))).rejects.toThrow(
        TypeError,
      )
      await expect(library.saveDraft('fault', 0, draft(undefined))).rejects.toThrow(TypeError)
      expect(await library.processes()).toEqual([])
      expect((await library.saveDraft('fault', 0, draft({}))).revision).toBe(1)
    })
  })

  describe(`${name}: versions`, () => {
    it('numbers and hashes what is published, and removes the draft with it', async () => {
      const [one, two] = [definition('fault'), definition('fault', 'changed')]
      await library.saveDraft('fault', 0, draft(one))
      const first = await library.publish('fault', 1, { ...version(one), layout: { open: { x: 1, y: 1 } } })
      expect(first).toEqual({
        process: 'fault',
        version: 1,
        hash: hashOf(one),
        layout: { open: { x: 1, y: 1 } },
        ...version(one),
      })
      expect(await library.draft('fault')).toBeUndefined()
      const second = await library.publish('fault', 0, version(two, 'second'))
      expect(await library.versions('fault')).toEqual([first, second])
      expect(await library.version('fault', 1)).toEqual(first)
      expect(await library.latest('fault')).toEqual(second)
      for (const number of [0, 3, -1, 1.5, Number.NaN])
        expect(await library.version('fault', number)).toBeUndefined()
      expect(await library.processes()).toEqual([{ id: 'fault', createdAt: at(1), latest: 2 }])
    })

    it('publishes no draft that another has changed meanwhile', async () => {
      await library.saveDraft('fault', 0, draft(definition('fault')))
      await library.saveDraft('fault', 1, draft(definition('fault', 'new')))
      for (const expected of [0, 1]) {
        await expect(library.publish('fault', expected, version(definition('fault')))).rejects.toMatchObject({
          current: 2,
        })
      }
      expect(await library.versions('fault')).toEqual([])
      expect((await library.draft('fault'))?.revision).toBe(2)
    })

    it('publishes once where several press the button', async () => {
      await library.saveDraft('fault', 0, draft(definition('fault')))
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, () => library.publish('fault', 1, version(definition('fault')))),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await library.versions('fault')).toHaveLength(1)
    })

    it('keeps every version where many are published at once', async () => {
      await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          library.publish('fault', 0, version(definition('fault', `${n}`), `${n}`)),
        ),
      )
      const versions = await library.versions('fault')
      expect(versions.map((one) => one.version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
      expect(new Set(versions.map((one) => one.note)).size).toBe(10)
    })

    it('archives a process and takes it back', async () => {
      await library.publish('fault', 0, version(definition('fault')))
      await library.archive('fault', at(5))
      expect((await library.processes())[0]?.archivedAt).toBe(at(5))
      await library.archive('fault', undefined)
      expect((await library.processes())[0]).not.toHaveProperty('archivedAt')
      await library.archive('nothing', at(5))
      expect(await library.processes()).toHaveLength(1)
    })
  })

  describe(`${name}: agreement`, () => {
    const approval = (of: string, verdict: 'approve' | 'object' = 'approve') => ({
      person: of,
      verdict,
      at: at(3),
    })
    const one = definition('fault')

    it('keeps beside the draft what people say of it, their last word each', async () => {
      await library.saveDraft('fault', 0, draft(one))
      await library.approve('fault', 1, approval('chen', 'object'))
      await library.approve('fault', 1, approval('li'))
      const said = await library.approve('fault', 1, approval('chen'))
      expect(said).toMatchObject({ revision: 1, approvals: [approval('li'), approval('chen')] })
      expect(await library.draft('fault')).toEqual(said)
      await expect(library.approve('fault', 2, approval('li'))).rejects.toMatchObject({ current: 1 })
      await expect(library.approve('none', 0, approval('li'))).rejects.toBeInstanceOf(StaleRevision)
      expect(await library.processes()).toHaveLength(1)
    })

    it('forgets it when the definition changes, not when only positions do', async () => {
      await library.saveDraft('fault', 0, draft(one))
      await library.approve('fault', 1, approval('chen'))
      const moved = draft(one, { layout: { open: { x: 1 } }, updatedBy: 'chen' })
      expect(await library.saveDraft('fault', 1, moved)).toMatchObject({
        changedBy: 'wang',
        updatedBy: 'chen',
        approvals: [approval('chen')],
      })
      const changed = await library.saveDraft('fault', 2, draft(definition('fault', 'new')))
      expect(changed).not.toHaveProperty('approvals')
      expect(changed).not.toHaveProperty('changedBy')
      const back = await library.saveDraft('fault', 3, draft(one, { updatedBy: 'chen' }))
      expect(back).not.toHaveProperty('approvals')
      expect(back).not.toHaveProperty('changedBy')
    })

    it('lets publishing be refused by what stands when it is written, and keeps who agreed', async () => {
      await library.saveDraft('fault', 0, draft(one))
      await library.saveApproval('fault', 0, { rule: { kind: 'second-person' } })
      const seen: unknown[] = []
      const saying = library.approve('fault', 1, approval('chen')).then(() => 'said')
      const published = library.publish('fault', 1, version(one), (setting, stands) => {
        seen.push(setting, stands?.approvals)
        throw new Error('not agreed')
      })
      await expect(published).rejects.toThrow('not agreed')
      // It was said before the publishing was written.
      expect(await saying).toBe('said')
      expect(seen).toEqual([{ revision: 1, rule: { kind: 'second-person' } }, [approval('chen')]])
      expect(await library.versions('fault')).toEqual([])
      expect((await library.draft('fault'))?.revision).toBe(1)
      const done = await library.publish(
        'fault',
        1,
        version(one),
        (_setting, stands) => stands?.approvals ?? [],
      )
      expect(done.approvals).toEqual([approval('chen')])
      expect(await library.latest('fault')).toEqual(done)
    })

    it('keeps the rule of a process under its revision', async () => {
      await expect(library.saveApproval('fault', 0, { rule: { kind: 'none' } })).rejects.toBeInstanceOf(
        StaleRevision,
      )
      await library.publish('fault', 0, version(one))
      const proposal = { rule: { kind: 'none' } as const, by: 'wang', at: at(4), approvals: [approval('li')] }
      const rule = { kind: 'all' as const, people: ['li', 'chen'] }
      await library.saveApproval('fault', 0, { rule })
      expect(await library.saveApproval('fault', 1, { rule, proposal })).toEqual({
        revision: 2,
        rule,
        proposal,
      })
      await expect(library.saveApproval('fault', 1, { rule })).rejects.toMatchObject({ current: 2 })
      await library.archive('fault', at(5))
      await library.saveDraft('fault', 0, draft(one))
      expect((await library.processes())[0]?.approval).toEqual({ revision: 2, rule, proposal })
    })
  })

  describe(`${name}: scenarios`, () => {
    const input = (title: string, shipped?: string) => ({
      scenario: { ...quoted, title: { en: title } },
      updatedAt: at(1),
      updatedBy: 'wang',
      ...(shipped === undefined ? {} : { shipped }),
    })

    it('keeps them by id, each with a revision of its own', async () => {
      expect(await library.scenarioRevision('a-quote')).toBe(0)
      const saved = await library.saveScenario(0, input('first', hash(1)))
      expect(saved).toEqual({ ...input('first', hash(1)), id: 'a-quote', revision: 1 })
      await expect(library.saveScenario(0, input('other'))).rejects.toMatchObject({ current: 1 })
      expect((await library.saveScenario(1, input('second'))).revision).toBe(2)
      expect(await library.scenario('a-quote')).toEqual({ ...input('second'), id: 'a-quote', revision: 2 })
      expect((await library.scenarios()).map(({ id }) => id)).toEqual(['a-quote'])
      expect(await library.scenario('nothing')).toBeUndefined()
    })

    it('deletes one, and never gives its revision again', async () => {
      await library.saveScenario(0, input('first'))
      await expect(library.deleteScenario('a-quote', 4)).rejects.toMatchObject({ current: 1 })
      await library.deleteScenario('a-quote', 1)
      expect(await library.scenario('a-quote')).toBeUndefined()
      expect(await library.scenarios()).toEqual([])
      await expect(library.deleteScenario('a-quote', 2)).rejects.toBeInstanceOf(StaleRevision)
      expect(await library.scenarioRevision('a-quote')).toBe(2)
      expect((await library.saveScenario(0, input('again'))).revision).toBe(3)
    })

    it('lets one of twenty racing saves win', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) => library.saveScenario(0, input(String(n)))),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    })

    it('keeps that a process must not be published against its scenarios', async () => {
      await library.createProcess('fault', draft(1))
      const rule = { required: true, by: 'wang', at: at(1) }
      await library.requireScenarios('fault', rule)
      expect((await library.processes())[0]).toMatchObject({ id: 'fault', scenarioRule: rule })
      await library.requireScenarios('fault', { ...rule, required: false })
      expect((await library.processes())[0]).toMatchObject({ scenarioRule: { required: false } })
      await library.requireScenarios('nothing', rule)
    })
  })

  describe(`${name}: settings`, () => {
    it('begins with those given, and keeps every calendar set by its hash', async () => {
      const first = await library.settings()
      expect(first).toMatchObject({ revision: 1, value: SETTINGS })
      const zone = await library.saveSettings(1, { ...SETTINGS, timeZone: 'Europe/Berlin' })
      expect(zone.revision).toBe(2)
      expect(zone.calendarSet).toMatchObject({ timeZone: 'Europe/Berlin', calendars: {} })
      expect(zone.calendarSet.hash).not.toBe(first.calendarSet.hash)
      await expect(library.saveSettings(1, SETTINGS)).rejects.toMatchObject({ expected: 1, current: 2 })
      const back = await library.saveSettings(2, SETTINGS)
      expect(back.calendarSet).toEqual(first.calendarSet)
      for (const { calendarSet } of [first, zone]) {
        expect(await library.calendarSet(calendarSet.hash)).toEqual(calendarSet)
      }
      expect(await library.calendarSet('none')).toBeUndefined()
      expect((await library.settings()).calendarSet).toEqual(first.calendarSet)
    })

    it('keeps where the manual clock stood', async () => {
      expect(await library.manualClock()).toBeUndefined()
      await library.saveManualClock(at(3))
      await library.saveManualClock(at(4))
      expect(await library.manualClock()).toBe(at(4))
    })
  })

  describe(`${name}: people`, () => {
    it('keeps people by id, each with a revision of its own', async () => {
      const wang = await library.savePerson(0, person('wang', [1]))
      expect(wang).toEqual({ ...person('wang', [1]), revision: 1 })
      await library.savePerson(0, person('chen'))
      expect((await library.people()).map(({ id }) => id)).toEqual(['chen', 'wang'])
      expect((await library.savePerson(1, { ...person('wang'), disabled: true })).revision).toBe(2)
      await expect(library.savePerson(1, person('wang'))).rejects.toMatchObject({ current: 2 })
      await expect(library.savePerson(1, person('nobody'))).rejects.toMatchObject({ current: 0 })
      expect((await library.person('wang'))?.disabled).toBe(true)
      expect(await library.person('nobody')).toBeUndefined()
    })

    it('lets one of many make the first administrator', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) => library.savePerson(0, person('admin', [n]))),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect((await library.person('admin'))?.tokens).toHaveLength(1)
    })

    it('finds a person by the hash of a token, until the token is taken away', async () => {
      await library.savePerson(0, person('wang', [1, 2]))
      expect(await library.personByTokenHash(hash(2))).toMatchObject({
        person: { id: 'wang' },
        token: { id: 't2' },
      })
      expect(await library.personByTokenHash(hash(3))).toBeUndefined()
      await library.savePerson(1, person('wang', [1]))
      expect(await library.personByTokenHash(hash(2))).toBeUndefined()
      await expect(library.savePerson(0, person('chen', [1]))).rejects.toBeInstanceOf(TokenTaken)
      expect(await library.person('chen')).toBeUndefined()
    })

    it('notes the use of a token without a new revision', async () => {
      await library.savePerson(0, person('wang', [1, 2]))
      await library.tokenUsed(hash(1), at(5))
      await library.tokenUsed(hash(9), at(5))
      const wang = await library.person('wang')
      expect(wang?.revision).toBe(1)
      expect(wang?.tokens.map(({ lastUsedAt }) => lastUsedAt)).toEqual([at(5), undefined])
      // Saved by one who read it before the use.
      await library.savePerson(1, person('wang', [1, 2]))
      expect((await library.personByTokenHash(hash(1)))?.token.lastUsedAt).toBe(at(5))
    })

    it('keeps sessions until they are ended or expire', async () => {
      const session = (n: number, of: string, minute: number) => ({
        hash: hash(n),
        person: of,
        createdAt: at(0),
        expiresAt: at(minute),
      })
      await Promise.all([1, 2, 3, 4].map((n) => library.saveSession(session(n, n < 3 ? 'wang' : 'chen', n))))
      expect(await library.session(hash(2))).toEqual(session(2, 'wang', 2))
      await library.saveSession(session(2, 'wang', 9))
      expect((await library.session(hash(2)))?.expiresAt).toBe(at(9))
      await library.forgetSessions(at(3))
      expect(await library.session(hash(1))).toBeUndefined()
      expect(await library.session(hash(3))).toBeDefined()
      await library.deleteSession(hash(4))
      await library.deleteSession(hash(4))
      expect(await library.session(hash(4))).toBeUndefined()
      await library.deleteSessionsOf('wang')
      expect(await library.session(hash(2))).toBeUndefined()
      expect(await library.session(hash(3))).toBeDefined()
    })
  })

  describe(`${name}: closing`, () => {
    it('finishes what was asked for before and takes no more', async () => {
      let saved = 0
      void library.saveDraft('fault', 0, draft({})).then(({ revision }) => {
        saved = revision
      })
      await library.close()
      expect(saved).toBe(1)
      await expect(library.saveDraft('fault', 1, draft({}))).rejects.toThrow('closed')
      await expect(library.saveSettings(1, SETTINGS)).rejects.toThrow('closed')
    })
  })
}
