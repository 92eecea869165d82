/**
 * A draft being edited: loaded, kept, saved, and brought together with what others saved meanwhile.
 *
 * Promises:
 * - Saved within 2 s of the last change, tried again while the server cannot be reached, kept in this browser at each
 *   change with all that can be undone.
 * - A save is made against the revision it began from. Where another was saved meanwhile, both are merged; where they
 *   touch, nothing is saved until the reader has decided change by change (`decide`).
 * - What others saved is no step of one's own: undoing leaves it alone.
 * - Opening alone saves nothing: a draft comes to be with the first change.
 * Must not: know React or words; decide between two people's changes.
 */
import { CommandStack } from '../document/command-stack.ts'
import { type Document, openDocument } from '../document/document.ts'
import { isSame } from '../document/json.ts'
import { type Conflict, decided, mergeDocuments } from '../document/merge.ts'
import { DocumentError } from '../document/problem.ts'
import type { LocalDraft, LocalDrafts } from './local-drafts.ts'
import type { Choices, DraftGateway, News, Remote, SaveState, SessionView } from './session-view.ts'

const SAVE_AFTER_MS = 800
/** Changes without a pause are not waited out. */
const SAVE_WITHIN_MS = 3_000
const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 30_000]

export class DraftSession {
  readonly stack: CommandStack
  readonly #gateway: DraftGateway
  readonly #local: LocalDrafts
  #base: Remote
  #stale: { theirs: Remote; conflicts: readonly Conflict[] } | undefined
  #saving: Promise<void> | undefined
  #failure: { error: unknown; passing: boolean } | undefined
  #failures = 0
  #news: News | undefined
  #merged: SessionView['merged'] = { times: 0, by: undefined }
  #kept = true
  #timer: ReturnType<typeof setTimeout> | undefined
  #atLatest: ReturnType<typeof setTimeout> | undefined
  #writing: Promise<void> | undefined
  #writeAgain = false
  #closed = false
  #view: SessionView
  readonly #listeners = new Set<() => void>()
  readonly #unsubscribe: () => void

  private constructor(base: Remote, stack: CommandStack, gateway: DraftGateway, local: LocalDrafts) {
    this.#base = base
    this.stack = stack
    this.#gateway = gateway
    this.#local = local
    this.#view = this.#look()
    this.#unsubscribe = stack.subscribe(({ kind }) => {
      if (kind !== 'saved' && kind !== 'rebased') {
        if (this.#failure?.passing === false) this.#failure = undefined
        this.#schedule(SAVE_AFTER_MS)
        if (this.#failure === undefined) this.#atLatest ??= setTimeout(() => void this.save(), SAVE_WITHIN_MS)
      }
      this.#keep()
      this.#tell()
    })
  }

  /**
   * Opens the draft; what this browser kept unsaved is taken up, and brought together with the server's.
   *
   * @throws what the gateway throws, where this browser kept nothing either
   */
  static async open(gateway: DraftGateway, local: LocalDrafts): Promise<DraftSession> {
    // Both at once: neither needs the other.
    const loading = gateway.load().then(
      (remote) => ({ remote }),
      (error: unknown) => ({ error }),
    )
    const kept = restored(await local.read())
    const loaded = await loading
    if ('error' in loaded) {
      if (kept === undefined || !gateway.isPassing(loaded.error)) throw loaded.error
      const session = new DraftSession(kept.base, kept.stack, gateway, local)
      session.#failed(loaded.error)
      return session
    }
    const { remote } = loaded
    if (kept === undefined) return new DraftSession(remote, new CommandStack(remote.document), gateway, local)
    const isSameBase =
      kept.base.revision === remote.revision &&
      kept.base.basedOn === remote.basedOn &&
      isSame(kept.base.document.definition, remote.document.definition)
    if (!isSameBase && kept.stack.isSaved)
      return new DraftSession(remote, new CommandStack(remote.document), gateway, local)
    const session = new DraftSession(kept.base, kept.stack, gateway, local)
    if (!isSameBase) session.#meet(remote)
    else if (!kept.stack.isSaved) session.#schedule(0)
    return session
  }

  /** The same object until something changes. */
  get view(): SessionView {
    return this.#view
  }
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Saves now what is unsaved, and waits for it. */
  async save(): Promise<void> {
    this.#stopTimers()
    await this.#saving
    if (this.stack.isSaved || this.#stale !== undefined) return
    this.#saving ??= this.#saveOnce().finally(() => {
      this.#saving = undefined
      this.#tell()
      this.#lookAtNews()
    })
    this.#tell()
    await this.#saving
  }

  /**
   * Publishes what is shown.
   *
   * @param answers ids of the findings that it answers
   *
   * @throws DocumentError where it could not be saved first; else what the gateway throws
   */
  async publish(note: string, answers: readonly string[] = []): Promise<number> {
    await this.save()
    if (!this.stack.isSaved || this.#stale !== undefined)
      throw new DocumentError('the draft could not be saved first', '草稿未能先行保存')
    const { document } = this.stack
    const mark = this.stack.mark()
    const version = await this.#gateway.publish(this.#base.revision, {
      note,
      ...(answers.length === 0 ? {} : { answers: [...answers] }),
    })
    this.#base = { revision: 0, basedOn: version, document }
    this.stack.saved(mark)
    return version
  }

  /** Looks whether someone else saved meanwhile, and takes that in. Does nothing while a save is under way. */
  async refresh(): Promise<void> {
    if (this.#saving !== undefined || this.#stale !== undefined || this.#closed) return
    const before = this.#base
    const remote = await this.#gateway.load().catch(() => undefined)
    const isOvertaken = this.#base !== before || this.#saving !== undefined || this.#closed
    if (remote === undefined || isOvertaken) return
    if (remote.revision !== before.revision || remote.basedOn !== before.basedOn) this.#meet(remote)
  }

  /** What the server says of the draft: where that is not what we have, it is looked at, after a save under way. */
  hear(news: News): void {
    // A draft that was published and begun anew may have the same revision again.
    const isAnother = this.#news !== undefined && this.#news.latest !== news.latest
    this.#news = news
    if (isAnother) void this.refresh()
    else this.#lookAtNews()
  }
  #lookAtNews(): void {
    if (this.#news === undefined || this.#saving !== undefined) return
    const { revision, latest } = this.#news
    const isKnown = revision === this.#base.revision && (revision > 0 || latest === this.#base.basedOn)
    if (!isKnown) void this.refresh()
  }

  /** Takes mine or theirs for each conflict, and saves once none is left open. */
  decide(choices: Choices): void {
    if (this.#stale !== undefined) this.#meet(this.#stale.theirs, choices)
  }

  /** Ends it; what is unsaved is sent once more. */
  close(): void {
    void this.save().catch(() => undefined)
    this.#closed = true
    this.#stopTimers()
    this.#unsubscribe()
    this.#listeners.clear()
  }

  async #saveOnce(): Promise<void> {
    const { document } = this.stack
    const mark = this.stack.mark()
    const { revision, basedOn } = this.#base
    try {
      const saved = await this.#gateway.save(revision, document, basedOn)
      if (saved === 'stale') {
        this.#meet(await this.#gateway.load())
        return
      }
      this.#base = { revision: saved, document, ...(basedOn === undefined ? {} : { basedOn }) }
      this.#failure = undefined
      this.#failures = 0
      // What was told before is older than this save.
      if (this.#news !== undefined && this.#news.revision < saved)
        this.#news = { ...this.#news, revision: saved }
      this.stack.saved(mark)
      if (!this.stack.isSaved) this.#schedule(SAVE_AFTER_MS)
    } catch (error) {
      this.#failed(error)
    }
  }

  #failed(error: unknown): void {
    const passing = this.#gateway.isPassing(error)
    this.#failure = { error, passing }
    if (passing) this.#schedule(RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)] ?? 0)
    this.#tell()
  }

  /** Brings mine and theirs together, or says where they touch. */
  #meet(theirs: Remote, choices?: Choices): void {
    const mine = this.stack.document
    const { document: merged, conflicts } = mergeDocuments(this.#base.document, mine, theirs.document)
    if (conflicts.some(({ pointer }) => choices?.has(pointer) !== true)) {
      this.#stale = { theirs, conflicts }
      this.#tell()
      return
    }
    // From the last on: an entry that leaves a list moves those behind it.
    const definition = conflicts.toReversed().reduce((made, conflict) => {
      return decided(made, conflict, choices?.get(conflict.pointer) ?? 'mine')
    }, merged.definition)
    const document = { ...merged, definition }
    this.#stale = undefined
    this.#failure = undefined
    const base = this.#base.document
    this.#base = theirs
    const isTheirs = isAlikeDocument(document, theirs.document)
    if (!isAlikeDocument(base, theirs.document)) {
      this.stack.rebase(document, { base, theirs: theirs.document })
      if (choices === undefined && !isAlikeDocument(document, mine))
        this.#merged = { times: this.#merged.times + 1, by: theirs.by, before: mine, after: document }
    }
    if (isTheirs) this.stack.saved()
    else this.#schedule(0)
    this.#keep()
    this.#tell()
  }

  #stopTimers(): void {
    clearTimeout(this.#timer)
    clearTimeout(this.#atLatest)
    this.#atLatest = undefined
  }

  #schedule(after: number): void {
    if (this.#closed || this.#stale !== undefined) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.save(), after)
  }

  /** Writes at once, and once more for all that changed while it wrote. */
  #keep(): void {
    if (this.#writing !== undefined) {
      this.#writeAgain = true
      return
    }
    this.#writing = this.#local.write(this.#record()).then((kept) => {
      this.#writing = undefined
      this.#kept = kept
      if (this.#writeAgain) {
        this.#writeAgain = false
        this.#keep()
      }
      this.#tell()
    })
  }

  #record(): LocalDraft {
    const { revision, basedOn, document } = this.#base
    const { definition, layout } = this.stack.document
    return {
      format: 1,
      base: { revision, ...(basedOn === undefined ? {} : { basedOn }), ...document },
      definition,
      layout,
      stack: this.stack.store(),
    }
  }

  #look(): SessionView {
    return {
      document: this.stack.document,
      save: this.#state(),
      error: this.#failure?.error,
      stale: this.#stale && { conflicts: this.#stale.conflicts, by: this.#stale.theirs.by },
      merged: this.#merged,
      revision: this.#base.revision,
      basedOn: this.#base.basedOn,
      kept: this.#kept,
    }
  }
  #state(): SaveState {
    if (this.#stale !== undefined) return 'stale'
    if (this.#saving !== undefined) return 'saving'
    if (this.stack.isSaved) return 'saved'
    if (this.#failure !== undefined) return this.#failure.passing ? 'offline' : 'refused'
    return 'unsaved'
  }
  #tell(): void {
    this.#view = this.#look()
    for (const listener of [...this.#listeners]) listener()
  }
}

const isAlikeDocument = (one: Document, other: Document): boolean =>
  isSame(one.definition, other.definition) && isSame(one.layout.states, other.layout.states)

/** What was kept, if it is whole; damaged, it is as if nothing had been kept. */
function restored(kept: LocalDraft | undefined): { base: Remote; stack: CommandStack } | undefined {
  if (kept === undefined) return undefined
  try {
    const { revision, basedOn, definition, layout } = kept.base
    const base = {
      revision,
      ...(basedOn === undefined ? {} : { basedOn }),
      document: openDocument(definition, layout),
    }
    return { base, stack: CommandStack.restore(openDocument(kept.definition, kept.layout), kept.stack) }
  } catch {
    return undefined
  }
}
