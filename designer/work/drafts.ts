/**
 * What is being typed, photographed or signed and was not done yet: kept on the device, so that a telephone that
 * closes the page behind the camera loses nothing.
 *
 * Must not: be sent from.
 */
import { useEffect, useRef, useState } from 'react'
import Type from 'typebox'
import { Check } from 'typebox/value'
import type { Proof } from '../jobs/parts/proof.ts'
import type { TypedFields } from '../jobs/payload.ts'
import { useWork } from './work.ts'

const Draft = Type.Object({
  fields: Type.Optional(Type.Unsafe<TypedFields>(Type.Record(Type.String(), Type.Unknown()))),
  proof: Type.Optional(Type.Unsafe<Proof>(Type.Object({ kind: Type.String() }))),
  text: Type.Optional(Type.String()),
})
export type Draft = { fields?: TypedFields; proof?: Proof; text?: string }

const PAUSE_MS = 300

/** Drafts begin with this, after whose they are. */
const nameOf = (person: string, what: string): string => `${person} draft ${what}`

/** What was begun under a name; `undefined` while it is looked up. Putting an empty one forgets it. */
export function useDraft(what: string): [Draft | undefined, (draft: Draft) => void] {
  const { shelf, me } = useWork()
  const name = nameOf(me.id, what)
  const [draft, setDraft] = useState<Draft>()
  const latest = useRef<Draft>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    let isOver = false
    void shelf.read(name).then((kept) => {
      if (!isOver && latest.current === undefined) setDraft(Check(Draft, kept?.body) ? kept.body : {})
    })
    return () => {
      isOver = true
    }
  }, [shelf, name])
  const put = (next: Draft): void => {
    latest.current = next
    setDraft(next)
    clearTimeout(timer.current)
    const isEmpty = Object.keys(next).length === 0
    if (isEmpty) void shelf.forget((each) => each === name)
    else
      timer.current = setTimeout(
        () => void shelf.keep(name, { at: new Date().toISOString(), body: next }),
        PAUSE_MS,
      )
  }
  return [draft, put]
}
