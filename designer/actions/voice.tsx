/**
 * Says what was done to those who do not see it: a live region, also shown for a moment where a key did nothing.
 *
 * Must not: take the keyboard.
 */
import { Paper } from '@mantine/core'
import { type ReactElement, useCallback, useEffect, useState } from 'react'

type Said = { readonly text: string; readonly seen: boolean; readonly times: number }
export type Announce = (text: string, options?: { seen?: boolean }) => void

const SEEN_FOR = 4000

export function useVoice(): { announce: Announce; voice: ReactElement } {
  const [said, setSaid] = useState<Said>({ text: '', seen: false, times: 0 })
  const announce = useCallback<Announce>(
    (text, { seen = false } = {}) => setSaid(({ times }) => ({ text, seen, times: times + 1 })),
    [],
  )
  const { text, seen, times } = said
  useEffect(() => {
    if (!seen || times === 0) return undefined
    const timer = setTimeout(() => setSaid((now) => ({ ...now, seen: false })), SEEN_FOR)
    return () => clearTimeout(timer)
  }, [seen, times])
  const voice = (
    <>
      {/* The same words twice are said twice only where the text differs. */}
      <div role="status" aria-live="polite" className="voice" data-voice>
        {times % 2 === 0 ? text : `${text}\u00a0`}
      </div>
      {seen ? (
        <Paper aria-hidden="true" withBorder shadow="md" px="md" py={8} className="voice-seen">
          {text}
        </Paper>
      ) : null}
    </>
  )
  return { announce, voice }
}
