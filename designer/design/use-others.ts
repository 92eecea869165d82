/**
 * Who else is in the draft, and where.
 *
 * Promises: one's own sign of life goes out while the page is open, and is taken back when it closes.
 * Must not: bar anybody; whose changes meet is the draft session's matter.
 */
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Present } from '../../machines/wire/drafts.ts'
import { api } from '../session/api.ts'

/** The server forgets who is silent for 30 s. */
const EVERY_MS = 10_000
/** Walking through the drawing is not told step by step. */
const SETTLED_MS = 700

/**
 * @param place the pointer of what one is at
 * @param told who is there as the server's stream tells; undefined while it does not
 */
export function useOthers(
  process: string,
  place: string | undefined,
  told: readonly Present[] | undefined,
): readonly Present[] {
  const [client] = useState(newClient)
  const [at] = useDebouncedValue(place, SETTLED_MS)
  const beat = useQuery({
    queryKey: ['present', process, client, at],
    queryFn: ({ signal }) =>
      api.presence(process, { client, ...(at === undefined ? {} : { place: at }) }, signal),
    refetchInterval: EVERY_MS,
    refetchIntervalInBackground: true,
    placeholderData: (previous) => previous,
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
  return (told ?? beat.data?.present ?? []).filter((each) => each.client !== client)
}

const newClient = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16)).join('')
