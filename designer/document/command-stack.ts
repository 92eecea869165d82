/**
 * The stack of all that was done to a document: do, undo, redo, without limit, over reloads too.
 *
 * Contract:
 * - A command is a pure function from document to document. What it did is found by comparing, so undoing is exact
 *   whatever a command does; a step is kept as its patches there and back, and is JSON.
 * - A command that throws leaves document, stack and listeners as they were; so does a group in which one throws.
 * - One gesture is one step: `group` makes several commands one; commands that carry the same `merge` key become
 *   one with the step before, until `seal`, an undo, a save or another command comes between.
 * - A command that changes nothing makes no step.
 * - Listeners hear of each change once, when document and stack agree. One that throws spoils nothing: the others
 *   are still told, and its error is reported apart.
 * - Undo and redo take back and do again what was done here; what others did (`rebase`) they leave alone.
 * - `isSaved` goes by marks: true only at the very step for which `saved` was called.
 *
 * Prohibitions: no command may execute another, or undo, while it runs (compose by `group`). Nobody may change a
 * document they got from here. Nothing here reads a clock, stores anything, or knows what a definition is.
 */
import { hashOf } from '../../machines/definition/hash.ts'
import { type Document, documentJson, documentOf } from './document.ts'
import type { Json } from './json.ts'
import { applyPatches, difference, type Patch } from './patch.ts'
import { DocumentError, type Words } from './problem.ts'
import { overTheirs, rebased } from './rebase.ts'
import { readStack, type Step, type StoredStack } from './stored-stack.ts'

/** Something a person does to a document. `do` must be pure, and may throw `DocumentError` to refuse. */
export type Command = {
  readonly name: string
  readonly title: Words
  /** Steps in a row with the same key become one: the letters typed into a field. */
  readonly merge?: string
  do(document: Document): Document
}

export type Change = {
  readonly kind: 'executed' | 'undone' | 'redone' | 'rebased' | 'saved'
  readonly before: Document
  readonly after: Document
  /** JSON pointers into `{definition, layout}`, where something changed. */
  readonly places: readonly string[]
}
export type Listener = (change: Change) => void
/** The state of a document that a save was made of. */
export type Mark = number

type Group = { readonly document: Document; readonly json: Json }
type State = { readonly document: Document; readonly json: Json }

const ORIGIN: Mark = 0

export class CommandStack {
  #state: State
  #steps: readonly Step[] = []
  /** How many of the steps are done. */
  #done = 0
  #saved: Mark = ORIGIN
  #lastId = 0
  #sealed = false
  #running = false
  #group: Group | undefined
  readonly #listeners = new Set<Listener>()

  constructor(document: Document) {
    const json = documentJson(document)
    this.#state = { document: documentOf(json), json }
  }

  /**
   * A stack as `store` gave it, over the document of that moment.
   *
   * @throws DocumentError where it was made for another document, or is damaged
   */
  static restore(document: Document, stored: unknown): CommandStack {
    const stack = new CommandStack(document)
    const { hash, steps, done, saved, lastId } = readStack(stored)
    if (hash !== hashOf(stack.#state.json))
      throw new DocumentError(
        'the steps belong to another version of the document',
        '操作记录属于文档的另一个版本',
      )
    stack.#steps = steps
    stack.#done = done
    stack.#saved = saved
    stack.#lastId = lastId
    stack.#sealed = true
    return stack
  }

  /** Always the same object until something changes. */
  get document(): Document {
    return this.#state.document
  }
  get canUndo(): boolean {
    return this.#group === undefined && this.#done > 0
  }
  get canRedo(): boolean {
    return this.#group === undefined && this.#done < this.#steps.length
  }
  /** What `undo` would take back, and `redo` do again. */
  get undoTitle(): Words | undefined {
    return this.#steps[this.#done - 1]?.title
  }
  get redoTitle(): Words | undefined {
    return this.#steps[this.#done]?.title
  }
  /** The titles of all steps, and how many of them are done. */
  get history(): { titles: readonly Words[]; done: number } {
    return { titles: this.#steps.map(({ title }) => title), done: this.#done }
  }

  /**
   * Does a command.
   *
   * @throws what the command throws; nothing has happened then
   */
  execute(command: Command): Change {
    const before = this.#state
    const after = this.#run(() => {
      const document = command.do(before.document)
      return { document, json: documentJson(document) }
    })
    const change = this.#commit('executed', before, after, command)
    if (this.#group === undefined) this.#tell(change)
    return change
  }

  /**
   * Whatever is executed in `run` becomes one step. Groups within join the outer one.
   *
   * @throws what `run` throws; all that it had executed is taken back
   */
  group<T>(title: Words, run: () => T, name = 'group'): T {
    this.#mayChange()
    const start = this.#state
    const outer = this.#group
    this.#group = start
    let result: T
    try {
      result = run()
    } catch (error) {
      this.#state = start
      this.#group = outer
      throw error
    }
    this.#group = outer
    if (outer === undefined && this.#state !== start) {
      const end = this.#state
      this.#state = start
      this.#tell(this.#commit('executed', start, end, { name, title }))
    }
    return result
  }

  /** Takes the last step back. False where there is none. */
  undo(): boolean {
    this.#mayMove()
    const step = this.#steps[this.#done - 1]
    if (step === undefined) return false
    this.#move('undone', step.backward, this.#done - 1)
    return true
  }

  /** Does the last step taken back again. False where there is none. */
  redo(): boolean {
    this.#mayMove()
    const step = this.#steps[this.#done]
    if (step === undefined) return false
    this.#move('redone', step.forward, this.#done + 1)
    return true
  }

  /**
   * Takes in what others made of `base`: the document becomes `now`, which holds both. No step is made of it; the
   * steps that are there go on taking back and doing again one's own changes, and leave theirs alone.
   */
  rebase(now: Document, { base, theirs }: { base: Document; theirs: Document }): void {
    this.#mayMove()
    const before = this.#state
    const present = documentJson(now)
    const { steps, done, markOf } = rebased(
      { steps: this.#steps, done: this.#done },
      before.json,
      present,
      overTheirs(base, theirs),
    )
    this.#state = { document: documentOf(present), json: present }
    this.#steps = steps
    this.#done = done
    this.#saved = markOf(this.#saved)
    this.#sealed = true
    const places = difference(before.json, present).map(({ path }) => path)
    this.#tell({ kind: 'rebased', before: before.document, after: this.#state.document, places })
  }

  /** What is typed next is a step of its own: the field was left, or a pause was made. */
  seal(): void {
    this.#sealed = true
  }

  /** Where the document stands: to be taken before it is sent, and handed to `saved` when it has arrived. */
  mark(): Mark {
    this.#sealed = true
    return this.#steps[this.#done - 1]?.id ?? ORIGIN
  }
  /** What the mark stood for is stored. */
  saved(mark: Mark = this.mark()): void {
    this.#saved = mark
    const { document } = this.#state
    this.#tell({ kind: 'saved', before: document, after: document, places: [] })
  }
  /** Whether the document is as it was last saved (or opened). */
  get isSaved(): boolean {
    return this.#saved === (this.#steps[this.#done - 1]?.id ?? ORIGIN)
  }

  /** The stack as JSON, to be kept with the document as it is now. */
  store(): StoredStack {
    this.#mayMove()
    return {
      version: 1,
      hash: hashOf(this.#state.json),
      steps: [...this.#steps],
      done: this.#done,
      saved: this.#saved,
      lastId: this.#lastId,
    }
  }

  /** Calls `listener` after every change. Returns what ends that. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  #mayChange(): void {
    if (this.#running) throw new Error('a command may not change the stack while it runs; use group')
  }
  #mayMove(): void {
    this.#mayChange()
    if (this.#group !== undefined) throw new Error('not within a group')
  }

  #run<T>(work: () => T): T {
    this.#mayChange()
    this.#running = true
    try {
      return work()
    } finally {
      this.#running = false
    }
  }

  /** Nothing throws between the first assignment and the last. */
  #commit(
    kind: Change['kind'],
    before: State,
    after: State,
    { name, title, merge }: Pick<Command, 'name' | 'title' | 'merge'>,
  ): Change {
    const forward = difference(before.json, after.json)
    const change = (now: State): Change => ({
      kind,
      before: before.document,
      after: now.document,
      places: forward.map(({ path }) => path),
    })
    if (forward.length === 0) return change(before)
    if (this.#group === undefined) this.#push(before, after, forward, { name, title, merge })
    this.#state = after
    return change(after)
  }

  #push(
    before: State,
    after: State,
    forward: Patch[],
    { name, title, merge }: { name: string; title: Words; merge: string | undefined },
  ): void {
    const last = this.#steps[this.#done - 1]
    const joins =
      last !== undefined && merge !== undefined && last.merge === merge && !this.#sealed && !this.canRedo
    const from = joins ? applyPatches(before.json, last.backward) : before.json
    const there = joins ? difference(from, after.json) : forward
    const step: Step = {
      id: this.#lastId + 1,
      name,
      title,
      forward: there,
      backward: difference(after.json, from),
      ...(merge === undefined ? {} : { merge }),
    }
    const kept = this.#steps.slice(0, joins ? this.#done - 1 : this.#done)
    // Typed and taken back letter by letter: nothing is left to undo.
    this.#steps = joins && there.length === 0 ? kept : [...kept, step]
    this.#done = this.#steps.length
    this.#lastId = step.id
    this.#sealed = false
  }

  #move(kind: Change['kind'], patches: readonly Patch[], done: number): void {
    const before = this.#state
    const json = applyPatches(before.json, patches)
    const after = { document: documentOf(json), json }
    this.#state = after
    this.#done = done
    this.#sealed = true
    const places = patches.map(({ path }) => path)
    this.#tell({ kind, before: before.document, after: after.document, places })
  }

  #tell(change: Change): void {
    if (change.kind === 'executed' && change.before === change.after) return
    for (const listener of [...this.#listeners]) {
      try {
        listener(change)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
}
