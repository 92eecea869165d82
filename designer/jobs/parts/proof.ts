/**
 * Evidence while it is being given: what is typed, photographed or signed, before a server knows any of it.
 *
 * Promises: a proof is plain data and a file, so that it can be kept and sent later.
 * Must not: upload, or know a page.
 */
import type { Evidence } from '../../../machines/advance/job.ts'
import type { EvidenceKind } from '../../../machines/definition/schema.ts'

export type ProofKind = Exclude<EvidenceKind, 'none'>
export type Proof =
  | { kind: 'text' | 'serial'; text: string }
  | { kind: 'number'; number: string }
  | { kind: 'photo'; file?: Blob }
  | { kind: 'signature'; file?: Blob; signedBy: string }

const KINDS: readonly ProofKind[] = ['text', 'number', 'photo', 'signature', 'serial']
/** The kind of evidence that an item wants; `undefined`: none. */
export const wantedKind = (evidence: string): ProofKind | undefined => KINDS.find((kind) => kind === evidence)

export function blankProof(kind: ProofKind): Proof {
  switch (kind) {
    case 'number':
      return { kind, number: '' }
    case 'photo':
      return { kind }
    case 'signature':
      return { kind, signedBy: '' }
    default:
      return { kind, text: '' }
  }
}

/** Whether it can be handed over. A signature counts with its name: a scrawl alone says nobody's. */
export function isWhole(proof: Proof): boolean {
  switch (proof.kind) {
    case 'number':
      return proof.number.trim() !== '' && Number.isFinite(Number(proof.number))
    case 'photo':
      return proof.file !== undefined
    case 'signature':
      return proof.file !== undefined && proof.signedBy.trim() !== ''
    default:
      return proof.text.trim() !== ''
  }
}

/** What has to be uploaded first. */
export const fileOf = (proof: Proof): Blob | undefined => ('file' in proof ? proof.file : undefined)

/** As a tick names it. `file`: the SHA-256 that the upload was answered with. */
export function evidenceOf(proof: Proof, file?: string): Evidence {
  const uploaded = file === undefined ? {} : { file }
  switch (proof.kind) {
    case 'number':
      return { kind: 'number', number: Number(proof.number) }
    case 'photo':
      return { kind: 'photo', ...uploaded }
    case 'signature':
      return { kind: 'signature', signedBy: proof.signedBy.trim(), ...uploaded }
    default:
      return { kind: proof.kind, text: proof.text.trim() }
  }
}
