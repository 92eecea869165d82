/**
 * Why a command cannot be done, in words for the person who asked for it.
 *
 * Must not: be thrown for anything but a refusal; faults of the program stay what they are.
 */
export type Words = { readonly en: string; readonly zh: string }

export const words = (en: string, zh: string): Words => ({ en, zh })

/** A command that was refused. The document is as it was. */
export class DocumentError extends Error {
  readonly words: Words
  /** Where in the definition, as a JSON pointer, if it is about a place. */
  readonly pointer: string | undefined
  constructor(en: string, zh: string, pointer?: string) {
    super(en)
    this.name = 'DocumentError'
    this.words = { en, zh }
    this.pointer = pointer
  }
}
