/**
 * Jobs erased: all of the sample day, and small ones made so that a rule looks at what is personal.
 */
import { describe, expect, it } from 'vitest'
import type { Entry, Job } from '../../../machines/advance/job.ts'
import { replay } from '../../../machines/advance/replay.ts'
import { type Compiled, compiled } from '../../../machines/compile/compile.ts'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import type { Definition, Field } from '../../../machines/definition/schema.ts'
import { eraseJob, textsOf } from '../../../machines/erase/erase.ts'
import { ERASED, ERASED_FILE } from '../../../machines/erase/stand-in.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { rerun } from '../../../machines/simulate/rerun.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { played } from '../../server/sample/played.ts'
import { as, MONDAY_10, rehearse } from '../kit.ts'

const calendars = (hash: string) => (hash === DEFAULT_CALENDARS.hash ? DEFAULT_CALENDARS : undefined)
const surroundings = {
  now: Date.parse('2027-01-01T00:00:00.000Z'),
  actor: as('administrator'),
  calendars: DEFAULT_CALENDARS,
}
function erased(process: Compiled, job: Job, entries: readonly Entry[]) {
  const versions = () => process
  const kept = { job, began: 1, entries }
  const texts = textsOf(versions, kept)
  return { ...eraseJob(versions, calendars, kept, texts, surroundings), texts }
}
/** How it went, without what anybody said. */
const course = ({ seq, at, active, status, taken, ticks, breaches, norms }: Entry) => ({
  ...{ seq, at, active, status, taken, ticks, norms },
  breaches: breaches.map(({ norm, severity }) => ({ norm, severity })),
})

describe('a job that is erased', () => {
  it('goes the same way without anything personal, and replays: each job of a sample day that is over', async () => {
    const day = await played(MONDAY_10)
    const histories = new Map<string, { job: Job; entries: Entry[] }>()
    for (const { changes } of day.commits)
      for (const { job, entry } of changes) {
        const before = histories.get(job.id)?.entries ?? []
        histories.set(job.id, { job, entries: [...before, entry] })
      }
    const over = [...histories.values()].filter(({ job }) => job.status !== 'active')
    expect(over.length).toBeGreaterThan(10)
    let found = 0
    for (const { job, entries } of over) {
      const definition = SHIPPED.find(({ id }) => id === job.process)
      if (definition === undefined) throw new Error(job.process)
      const process = compiled(definition)
      const after = erased(process, job, entries)
      expect(after.entry.command).toEqual({ kind: 'erase', replays: true })
      expect(after.entries.map(course)).toEqual(entries.map(course))
      expect(after.job).toMatchObject({ seq: job.seq + 1, status: job.status, erased: { seq: job.seq + 1 } })
      const again = replay(() => process, 1, [...after.entries, after.entry], calendars)
      expect(again.ok && canonicalJson(again.job)).toBe(canonicalJson(after.job))
      const whole = JSON.stringify([after.entries, after.job])
      for (const text of after.texts)
        if (text.length > 1) expect([job.id, whole.includes(text)]).toEqual([job.id, false])
      found += after.texts.size
      const through = { compiled: process, version: 2, calendars: () => DEFAULT_CALENDARS }
      const [was, is] = [entries, [...after.entries, after.entry]].map((past) =>
        rerun({ ...through, entries: past }),
      )
      expect([job.id, is?.verdict, is?.is]).toEqual([job.id, was?.verdict, was?.is])
      // Once more finds nothing, and is told in the same way.
      const twice = erased(process, after.job, [...after.entries, after.entry])
      expect(twice.entry.command).toEqual({ kind: 'erase', replays: true })
    }
    expect(found).toBeGreaterThan(30)
  }, 60_000)

  it('says so where a rule looked at what is gone, and keeps its course', () => {
    const job = cloakroom({ code: 'sesame open', name: 'Frau Holle' })
    job.send('fetch', { code: 'sesame open' }, as('front-desk'))
    const { entry, entries, job: after } = erased(job.compiled, job.job, job.history)
    // Compared with a value that the rule itself names: no stand-in takes the same way.
    expect(entry.command).toEqual({ kind: 'erase', replays: false })
    expect(entries.map(course)).toEqual(job.history.map(course))
    expect(after.snapshot.value).toEqual(job.job.snapshot.value)
    expect(JSON.stringify([entries, after])).not.toMatch(/sesame|Holle/)
    expect(after.snapshot.context.fields).toMatchObject({ code: `${ERASED}2`, customerName: ERASED })
  })

  it('takes with it what people wrote, signed and showed, also within what is not personal', () => {
    const job = cloakroom({ code: 'x1', name: '王伟' })
    const desk = as('front-desk')
    job.do({ kind: 'note', text: '王伟来过' }, desk)
    job.do(
      {
        kind: 'attach',
        title: '王伟的签名',
        evidence: { kind: 'signature', file: 'a'.repeat(64), signedBy: '王太太', text: 'hm', number: 7 },
      },
      desk,
    )
    job.do({ kind: 'correct', fields: { shelf: '王伟 / 王太太 / B 2' }, reason: '王伟要求' }, desk)
    job.do({ kind: 'rate', score: 4, comment: '王伟 said' }, desk)
    job.do({ kind: 'cancel', reason: '王伟不来了' }, desk)
    const { entry, entries, job: after } = erased(job.compiled, job.job, job.history)
    expect(entry.command).toEqual({ kind: 'erase', replays: true })
    expect(JSON.stringify([entries, after])).not.toMatch(/王|hm|said/)
    expect(after.snapshot.context.fields).toMatchObject({ shelf: `${ERASED} / ${ERASED} / B 2` })
    expect(after.evidence).toEqual([
      expect.objectContaining({
        title: ERASED,
        evidence: { kind: 'signature', file: ERASED_FILE, signedBy: ERASED, text: ERASED, number: 7 },
      }),
    ])
    expect(after.rating).toMatchObject({ score: 4, comment: ERASED })
  })

  it('must be over', () => {
    const job = cloakroom({ code: 'x1', name: 'Ms Li' })
    expect(() => erased(job.compiled, job.job, job.history)).toThrow('not-allowed-here')
  })
})

const words = (en: string, zh: string) => ({ en, zh })
const text = (en: string, zh: string, personal: boolean): Field => ({
  type: 'string',
  maxLength: 100,
  meta: { title: words(en, zh), ...(personal ? { personal } : {}) },
})
const CLOAKROOM: Definition = {
  id: 'cloakroom',
  initial: 'kept',
  states: {
    kept: {
      meta: { title: words('Kept', '寄存中') },
      on: {
        fetch: {
          target: 'given',
          guard: { '@expr': "event.code == 'sesame open'", '@lang': 'cel' },
        },
      },
    },
    given: { type: 'final', meta: { title: words('Given out', '已取走') } },
  },
  schemas: {
    context: {
      properties: {
        customerName: text('Name', '姓名', true),
        code: text('Code', '口令', true),
        shelf: text('Shelf', '货架', false),
      },
    },
    events: {
      fetch: {
        properties: { code: text('Code', '口令', true) },
        meta: { title: words('Fetch', '取件'), roles: ['front-desk'] },
      },
    },
  },
  meta: { title: words('Cloakroom', '寄存处') },
}
const cloakroom = ({ code, name }: { code: string; name: string }) =>
  rehearse(CLOAKROOM, { code, customerName: name })
