/**
 * What the designer's parts share, held for one draft session: selection, commands, refusals in words.
 *
 * Must not: save or publish (the session does).
 */
import { useMemo, useState, useSyncExternalStore } from 'react'
import type { Command } from '../document/command-stack.ts'
import { DocumentError, type Words } from '../document/problem.ts'
import type { DraftSession } from '../session/draft-session.ts'
import type { SessionView } from '../session/session-view.ts'
import type { Design, Selection } from './design-api.ts'

export const useSession = (session: DraftSession): SessionView =>
  useSyncExternalStore(
    (listener) => session.subscribe(listener),
    () => session.view,
  )

/** `mayWrite`: the reader's rights. `refused` is called with the reason of a command that was not done. */
export function useDesignState(
  process: string,
  session: DraftSession,
  mayWrite: boolean,
  refused: (why: Words) => void,
): Design {
  const view = useSession(session)
  const [selection, setSelection] = useState<Selection>([])
  const [revealed, setRevealed] = useState(0)
  const [pointed, setPointed] = useState<string>()
  const readOnly = !mayWrite || view.save === 'stale'
  return useMemo(() => {
    const { stack } = session
    const attempt = (work: () => unknown): boolean => {
      if (readOnly) return false
      try {
        work()
        return true
      } catch (error) {
        if (!(error instanceof DocumentError)) throw error
        refused(error.words)
        return false
      }
    }
    return {
      process,
      document: view.document,
      stack,
      selection,
      readOnly,
      revealed,
      pointed,
      select(next: Selection, options: { reveal?: boolean; at?: string } = {}) {
        setSelection(next)
        setPointed(options.at)
        if (options.reveal === true) setRevealed((times) => times + 1)
      },
      execute: (command: Command) => attempt(() => stack.execute(command)),
      executeAll: (title: Words, commands: readonly Command[]) =>
        attempt(() =>
          stack.group(title, () => {
            for (const command of commands) stack.execute(command)
          }),
        ),
    }
  }, [process, session, view.document, selection, readOnly, revealed, pointed, refused])
}
