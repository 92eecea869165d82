/**
 * One process: its draft and its versions.
 *
 * Promises: a version's file is written before the process names it, and never after: a power cut in between
 * leaves a file that nobody names and that the next publishing replaces.
 * Must not: judge a definition.
 */

import { canonicalJson, hashOf } from '../../../machines/definition/hash.ts'
import type { Approval } from '../../../machines/wire/drafts.ts'
import type { Retention } from '../../../machines/wire/privacy.ts'
import {
  type Admit,
  type ApprovalRecord,
  type DraftInput,
  type DraftRecord,
  LibraryCorrupt,
  ProcessExists,
  type ProcessRecord,
  type ScenarioRule,
  StaleRevision,
  type VersionInput,
  type VersionRecord,
} from '../library-port.ts'
import { ProcessFile, VersionFile } from './records.ts'
import { type Place, Shelf } from './shelf.ts'

type Head = NonNullable<Awaited<ReturnType<typeof openHead>>['present']>
const openHead = (place: Place, id: string) => Shelf.open(place, `processes/${id}`, ProcessFile)

export class ProcessShelf {
  readonly #id: string
  readonly #place: Place
  readonly #head: Awaited<ReturnType<typeof openHead>>
  readonly #versions: VersionRecord[] = []

  private constructor(id: string, place: Place, head: Awaited<ReturnType<typeof openHead>>) {
    this.#id = id
    this.#place = place
    this.#head = head
  }

  /** Throws `LibraryCorrupt`, also where a version is not the one that was published (E7). */
  static async open(place: Place, id: string): Promise<ProcessShelf> {
    const shelf = new ProcessShelf(id, place, await openHead(place, id))
    const { present, description } = shelf.#head
    if (present && present.process !== id) {
      throw new LibraryCorrupt(description, `the file is of process ${present.process}`)
    }
    for (const [at, hash] of (present?.versions ?? []).entries()) {
      shelf.#versions.push(await shelf.#readVersion(at + 1, hash))
    }
    return shelf
  }

  async #readVersion(number: number, hash: string): Promise<VersionRecord> {
    const { present, description } = await Shelf.open(
      this.#place,
      `versions/${this.#id}/${number}`,
      VersionFile,
    )
    if (!present)
      throw new LibraryCorrupt(description, 'the file of a published version is missing', { missing: true })
    if (present.process !== this.#id || present.version !== number) {
      throw new LibraryCorrupt(description, `the file is of ${present.process}, version ${present.version}`)
    }
    if (present.hash !== hash || hashOf(present.definition) !== hash) {
      throw new LibraryCorrupt(description, 'the definition is not the one that was published')
    }
    return present
  }

  /** Nothing where the process was never made, or only had a draft that was deleted. */
  get record(): ProcessRecord | undefined {
    const head = this.#head.present
    if (!head || (head.versions.length === 0 && !head.draft)) return undefined
    return {
      id: this.#id,
      createdAt: head.createdAt,
      ...(head.archivedAt === undefined ? {} : { archivedAt: head.archivedAt }),
      ...(head.versions.length === 0 ? {} : { latest: head.versions.length }),
      ...(head.draft ? { draft: head.draft.revision } : {}),
      ...(head.approval === undefined ? {} : { approval: head.approval }),
      ...(head.scenarioRule === undefined ? {} : { scenarioRule: head.scenarioRule }),
      ...(head.retention === undefined ? {} : { retention: head.retention }),
    }
  }

  get draft(): DraftRecord | undefined {
    const draft = this.#head.present?.draft
    return draft && Object.freeze({ process: this.#id, ...draft })
  }

  /** Those that the process names; one that is being written is not among them. */
  get versions(): readonly VersionRecord[] {
    return this.#versions.slice(0, this.#head.present?.versions.length ?? 0)
  }

  async create(draft: DraftInput): Promise<DraftRecord> {
    return await this.#putDraft(draft, () => {
      if (this.record) throw new ProcessExists(this.#id)
    })
  }

  async saveDraft(expected: number, draft: DraftInput): Promise<DraftRecord> {
    return await this.#putDraft(draft, (head) => this.#assertDraft(head, expected))
  }

  async #putDraft(
    { definition, layout, basedOn, updatedAt, updatedBy }: DraftInput,
    assert: (head: Head | undefined) => void,
  ): Promise<DraftRecord> {
    const { draft } = await this.#head.change((head) => {
      assert(head)
      const base = this.#alive(head, updatedAt)
      const revision = base.draftRevision + 1
      const next = {
        revision,
        definition,
        ...(layout === undefined ? {} : { layout }),
        ...(basedOn === undefined ? {} : { basedOn }),
        updatedAt,
        updatedBy,
        ...ofDefinition(base.draft, definition, updatedBy),
      }
      return { ...base, draftRevision: revision, draft: next }
    })
    if (!draft) throw new TypeError('unreachable')
    return Object.freeze({ process: this.#id, ...draft })
  }

  async deleteDraft(expected: number): Promise<void> {
    await this.#head.change((head) => {
      this.#assertDraft(head, expected)
      if (!head?.draft) throw new StaleRevision(`draft of ${this.#id}`, expected, 0)
      const { draft: _draft, ...rest } = head
      return rest
    })
  }

  /** No effect on a process that is not there. */
  async requireScenarios(scenarioRule: ScenarioRule): Promise<void> {
    if (this.record === undefined) return
    await this.#head.change((head) => {
      if (head === undefined) throw new TypeError('unreachable')
      return { ...head, scenarioRule }
    })
  }

  /** No effect on a process that is not there. */
  async saveRetention(retention: Retention): Promise<void> {
    if (this.record === undefined) return
    await this.#head.change((head) => {
      if (head === undefined) throw new TypeError('unreachable')
      return { ...head, retention }
    })
  }

  async approve(expected: number, approval: Approval): Promise<DraftRecord> {
    const { draft } = await this.#head.change((head) => {
      this.#assertDraft(head, expected)
      if (!head?.draft) throw new StaleRevision(`draft of ${this.#id}`, expected, 0)
      const others = (head.draft.approvals ?? []).filter(({ person }) => person !== approval.person)
      return { ...head, draft: { ...head.draft, approvals: [...others, approval] } }
    })
    if (!draft) throw new TypeError('unreachable')
    return Object.freeze({ process: this.#id, ...draft })
  }

  async saveApproval(
    expected: number,
    { rule, proposal }: Omit<ApprovalRecord, 'revision'>,
  ): Promise<ApprovalRecord> {
    const { approval } = await this.#head.change((head) => {
      const current = head?.approval?.revision ?? 0
      if (!head || !this.record || current !== expected)
        throw new StaleRevision(`approval rule of ${this.#id}`, expected, current)
      const next = { revision: current + 1, rule, ...(proposal === undefined ? {} : { proposal }) }
      return { ...head, approval: next }
    })
    if (!approval) throw new TypeError('unreachable')
    return approval
  }

  async publish(expected: number, input: VersionInput, admit?: Admit): Promise<VersionRecord> {
    let published: VersionRecord | undefined
    await this.#head.change(async (head) => {
      this.#assertDraft(head, expected)
      const approvals = admit?.(head?.approval, head?.draft && { process: this.#id, ...head.draft })
      const { draft: _draft, ...base } = this.#alive(head, input.publishedAt)
      published = await this.#writeVersion(base.versions.length + 1, input, approvals)
      this.#versions[base.versions.length] = published
      return { ...base, versions: [...base.versions, published.hash] }
    })
    if (!published) throw new TypeError('unreachable')
    return published
  }

  async #writeVersion(
    version: number,
    { definition, layout, note, author, publishedAt, answers = [] }: VersionInput,
    approvals: readonly Approval[] = [],
  ): Promise<VersionRecord> {
    // A file of this number that the process does not name was left by a power cut: it is not even read.
    const shelf = Shelf.blank(this.#place, `versions/${this.#id}/${version}`, VersionFile)
    return await shelf.change(() => ({
      process: this.#id,
      version,
      hash: hashOf(definition),
      definition,
      ...(layout === undefined ? {} : { layout }),
      note,
      author,
      publishedAt,
      ...(approvals.length === 0 ? {} : { approvals: [...approvals] }),
      ...(answers.length === 0 ? {} : { answers: [...answers] }),
    }))
  }

  async archive(at: string | undefined): Promise<void> {
    if (!this.record) return
    await this.#head.change((head) => {
      if (!head) throw new TypeError('unreachable')
      const { archivedAt: _archivedAt, ...rest } = head
      return at === undefined ? rest : { ...rest, archivedAt: at }
    })
  }

  #assertDraft(head: Head | undefined, expected: number): void {
    const current = head?.draft?.revision ?? 0
    if (current !== expected) throw new StaleRevision(`draft of ${this.#id}`, expected, current)
  }

  /** The head, or that of a process that begins now; one that was given up begins anew but keeps its count. */
  #alive(head: Head | undefined, now: string): Head {
    if (head && (head.draft || head.versions.length > 0)) return head
    return {
      process: this.#id,
      createdAt: now,
      draftRevision: head?.draftRevision ?? 0,
      versions: [],
    }
  }
}

/** What was said of a definition lasts only while that stays the same; who changed it last is its author. */
function ofDefinition(
  before: Head['draft'],
  definition: unknown,
  by: string,
): Pick<DraftRecord, 'changedBy' | 'approvals'> {
  if (before === undefined || !sameContent(before.definition, definition)) return {}
  const changedBy = before.changedBy ?? before.updatedBy
  return {
    ...(changedBy === by ? {} : { changedBy }),
    ...(before.approvals === undefined ? {} : { approvals: before.approvals }),
  }
}

/** Whatever has no canonical form is like nothing else. */
function sameContent(one: unknown, other: unknown): boolean {
  try {
    return canonicalJson(one) === canonicalJson(other)
  } catch {
    return false
  }
}
