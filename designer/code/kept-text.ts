/**
 * Text that was typed and could not be taken into the process yet, kept over hiding the text and over a reload.
 *
 * Promises: each tab has its own; what cannot be kept is said by `keepText` giving false.
 */
import Type, { type Static } from 'typebox'
import { Check } from 'typebox/value'

/** `base`: the text that the typing began from. */
const KeptText = Type.Object({ base: Type.String(), text: Type.String() })
export type KeptText = Static<typeof KeptText>

const nameOf = (process: string): string => `fieldchart.code-text ${process}`

export function keptText(process: string): KeptText | undefined {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(nameOf(process)) ?? 'null')
    return Check(KeptText, stored) ? stored : undefined
  } catch {
    return undefined
  }
}

/** `undefined`: nothing is open any more. */
export function keepText(process: string, kept: KeptText | undefined): boolean {
  try {
    if (kept === undefined) sessionStorage.removeItem(nameOf(process))
    else sessionStorage.setItem(nameOf(process), JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}
