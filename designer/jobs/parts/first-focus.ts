/** Puts the keyboard where a form that opens begins: the button that opened it is gone. */
import { type RefObject, useEffect, useRef } from 'react'

const FIRST =
  'input:not([type=hidden], [type=file], [disabled]), textarea:not([disabled]), button:not([disabled])'

export function useFirstFocus<T extends HTMLElement>(isOn: boolean): RefObject<T | null> {
  const place = useRef<T>(null)
  useEffect(() => {
    const first = isOn ? place.current?.querySelector(FIRST) : undefined
    if (first instanceof HTMLElement) first.focus()
  }, [isOn])
  return place
}
