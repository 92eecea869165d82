/**
 * Who comes to the designer from a finding is led to what it is about: the state or way that the address names, once.
 *
 * Must not: lead to what the draft no longer has.
 */
import { useEffect, useRef } from 'react'
import { useSearchParams } from 'react-router'
import { valueAt } from '../../machines/definition/pointer.ts'
import type { Design } from '../design/design-api.ts'

/** The address of the designer at a place of a process: a state's path, a transition's pointer, or empty. */
export const designAt = (process: string, place: string): string =>
  `/processes/${encodeURIComponent(process)}/design${place === '' ? '' : `?at=${encodeURIComponent(place)}`}`

export function useLed({ document, select }: Design): void {
  const [search] = useSearchParams()
  const led = useRef(false)
  const place = search.get('at')
  useEffect(() => {
    if (led.current || place === null || place === '') return
    led.current = true
    const isWay = place.startsWith('/')
    const pointer = isWay ? place : `/states/${place.split('.').join('/states/')}`
    if (!valueAt(document.definition, pointer).found) return
    select([isWay ? { kind: 'transition', pointer } : { kind: 'state', path: place }], { reveal: true })
  }, [place, document, select])
}
