/**
 * Certificates that passing an examination grants: into the person's own, which real jobs ask for.
 *
 * Promises: a certificate is made longer, never shorter; granting the same again harms nothing.
 * Must not: decide whether somebody has passed.
 */
import type { Scenario } from '../../machines/simulate/scenario.ts'
import { addDuration } from '../../machines/time/duration.ts'
import { latestDefinitions } from '../library/check-definition.ts'
import { type Library, StaleRevision } from '../store/library-port.ts'

type Granted = { kind: string; validUntil: string }
export type Grant = (person: string, grants: NonNullable<Scenario['grants']>) => Promise<Granted | undefined>

/** Others change people at the same time; nobody as often as this. */
const TRIES = 10

export function createGrant({ library, now }: { library: Library; now(): number }): Grant {
  /** Kinds that any process in force knows: nobody is given what nobody asks for. */
  async function isKnown(kind: string): Promise<boolean> {
    const definitions = await latestDefinitions(library)
    return definitions.some(({ meta }) => Object.hasOwn(meta.certificates ?? {}, kind))
  }

  async function grant(id: string, kind: string, validUntil: string): Promise<Granted | undefined> {
    const person = await library.person(id)
    if (person === undefined) return undefined
    const at = new Date(now()).toISOString()
    const held = person.certificates.find((one) => one.kind === kind)
    if (held !== undefined && held.validFrom <= at && held.validUntil >= validUntil)
      return { kind, validUntil: held.validUntil }
    const isRunning = held !== undefined && held.validFrom <= at && held.validUntil >= at
    const certificate = {
      kind,
      validFrom: isRunning ? held.validFrom : at,
      validUntil: held !== undefined && held.validUntil > validUntil ? held.validUntil : validUntil,
    }
    const { revision, ...input } = person
    await library.savePerson(revision, {
      ...input,
      certificates: [...person.certificates.filter((one) => one !== held), certificate],
      updatedAt: at,
    })
    return { kind, validUntil: certificate.validUntil }
  }

  return async (person, { certificate, validFor }) => {
    if (!(await isKnown(certificate))) return undefined
    const { timeZone } = (await library.settings()).value
    const validUntil = new Date(addDuration(now(), validFor, timeZone)).toISOString()
    for (let left = TRIES; ; left--) {
      try {
        return await grant(person, certificate, validUntil)
      } catch (error) {
        if (!(error instanceof StaleRevision) || left === 1) throw error
      }
    }
  }
}
