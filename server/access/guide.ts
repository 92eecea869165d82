/**
 * The use case of first steps: what somebody has done of what a newcomer should have done once.
 *
 * Promises: what the server can see is ticked without being told, and cannot be unticked while it can be seen; everybody has his own.
 * Must not: hold up a change of a job: what is seen in passing is written afterwards.
 */

import { Check } from 'typebox/value'
import type { Entry } from '../../machines/advance/job.ts'
import { isSample } from '../../machines/advance/sample.ts'
import { type ChangeGuide, GuideStep, type GuideView } from '../../machines/wire/guide.ts'
import type { GuideStore } from '../store/guide-port.ts'
import type { Library } from '../store/library-port.ts'
import type { SampleStore } from '../store/sample-port.ts'

export type GuidePort = {
  read(person: string): Promise<GuideView>
  change(person: string, change: ChangeGuide): Promise<GuideView>
}
type GuideDeps = {
  store: GuideStore & SampleStore
  library: Library
  /** Hears of the changes of jobs. */
  onCommitted(listener: (committed: { entries: readonly Entry[] }) => void): unknown
  log: { error(details: object, message: string): void }
}

export function createGuide({ store, library, onCommitted, log }: GuideDeps): GuidePort {
  /** What was written already since the start, so that a busy day writes each step once. */
  const written = new Set<string>()

  onCommitted(({ entries }) => {
    for (const entry of entries) {
      const step = stepOf(entry)
      const person = entry.actor.id
      // The people of a sample day are nobody's first steps.
      if (step === undefined || entry.actor.roles.includes('system') || isSample(person)) continue
      const key = JSON.stringify([person, step])
      if (written.has(key)) continue
      written.add(key)
      store.changeGuide(person, { done: [step] }).catch((error: unknown) => {
        written.delete(key)
        log.error({ err: error, person }, 'a first step could not be kept')
      })
    }
  })

  async function seen(person: string): Promise<GuideStep[]> {
    const [people, processes, samples] = await Promise.all([
      library.people(),
      library.processes(),
      store.countSample(),
    ])
    const mine = await Promise.all(
      processes.map(async ({ id }) => ({
        draft: await library.draft(id),
        versions: await library.versions(id),
      })),
    )
    const steps: [GuideStep, boolean][] = [
      ['sample-made', samples > 0],
      ['person-added', people.filter(({ id, disabled }) => !isSample(id) && disabled !== true).length > 1],
      [
        'draft-saved',
        mine.some(({ draft }) => draft !== undefined && (draft.changedBy ?? draft.updatedBy) === person),
      ],
      ['version-published', mine.some(({ versions }) => versions.some(({ author }) => author === person))],
    ]
    return steps.flatMap(([step, done]) => (done ? [step] : []))
  }

  const view = async (
    person: string,
    { done, closed }: { done: readonly string[]; closed: boolean },
  ): Promise<GuideView> => ({
    done: [...new Set([...done.filter((name) => Check(GuideStep, name)), ...(await seen(person))])],
    closed,
  })

  return {
    read: async (person) => view(person, await store.guide(person)),
    change: async (person, change) => view(person, await store.changeGuide(person, change)),
  }
}

function stepOf({ command }: Entry): GuideStep | undefined {
  switch (command.kind) {
    case 'start':
      return 'job-started'
    case 'tick':
      return 'item-ticked'
    case 'note':
      return 'note-written'
    case 'reassign':
      return 'job-assigned'
    case 'event':
      if (command.type === 'answer') return 'call-taken'
      return /(^|\.)assign$/.test(command.type) ? 'job-assigned' : 'job-worked'
    default:
      return undefined
  }
}
