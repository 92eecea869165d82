/**
 * One stop of the Tab key for many things of a kind: the arrow keys go from one to the next.
 *
 * Must not: know what they are; they carry `data-stop`.
 */
import type { KeyboardEvent } from 'react'

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

export function rove(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  if (step === undefined && event.key !== 'Home' && event.key !== 'End') return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')]
  const here = stops.findIndex((stop) => stop.matches(':focus'))
  if (here === -1) return
  const next = event.key === 'Home' ? 0 : event.key === 'End' ? stops.length - 1 : here + (step ?? 0)
  const to = stops[next]
  if (to === undefined) return
  event.preventDefault()
  to.focus()
}
