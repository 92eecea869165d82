/**
 * Who else is in the draft.
 *
 * Promises: one's own sign of life goes out while the page is open, and is taken back when it closes.
 * Must not: bar anybody; whose changes meet is the draft session's matter.
 */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Present } from '../../machines/wire/drafts.ts'
import { api } from '../session/api.ts'

/** The server forgets who is silent for 30 s. */
const EVERY_MS = 10_000

export function useOthers(process: string): readonly Present[] {
  const [client] = useState(newClient)
  const present = useQuery({
    queryKey: ['present', process, client],
    queryFn: ({ signal }) => api.presence(process, { client }, signal),
    refetchInterval: EVERY_MS,
    refetchIntervalInBackground: true,
    retry: false,
  })
  useEffect(() => {
    const leave = (): void => void api.presence(process, { client, gone: true }).catch(() => undefined)
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [process, client])
  return (present.data?.present ?? []).filter((each) => each.client !== client)
}

const newClient = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16)).join('')
