/**
 * One tooltip for the whole drawing: whatever bears `data-tip` tells it on hover.
 *
 * Promises: one element, however large the drawing. Must not: be the only way to a text; keyboards read it in the details.
 */
import { type PointerEvent, type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react'

type Tip = { text: string; x: number; y: number; above: boolean }

export function ChartTip({ children }: { children: ReactNode }): ReactElement {
  const frame = useRef<HTMLDivElement>(null)
  const [tip, setTip] = useState<Tip>()
  useEffect(() => {
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setTip(undefined)
    }
    document.addEventListener('keydown', close)
    return () => document.removeEventListener('keydown', close)
  }, [])
  const show = (event: PointerEvent): void => {
    const told = event.target instanceof Element ? event.target.closest('[data-tip]') : null
    const text = told?.getAttribute('data-tip') ?? ''
    const room = frame.current?.getBoundingClientRect()
    if (told === null || text === '' || room === undefined || event.buttons > 0) {
      setTip(undefined)
      return
    }
    const box = told.getBoundingClientRect()
    const above = box.bottom - room.top > room.height * 0.7
    const x = Math.max(8, Math.min(box.left - room.left, room.width - 370))
    setTip({ text, x, y: above ? box.top - room.top - 8 : box.bottom - room.top + 8, above })
  }
  return (
    <div
      ref={frame}
      style={{ position: 'relative', height: '100%' }}
      onPointerOver={show}
      onPointerDown={() => setTip(undefined)}
      onPointerLeave={() => setTip(undefined)}
      onWheel={() => setTip(undefined)}
    >
      {children}
      {tip === undefined ? null : (
        <div
          className="chart-tip"
          role="tooltip"
          style={{ left: tip.x, top: tip.y, ...(tip.above ? { transform: 'translateY(-100%)' } : {}) }}
        >
          {tip.text}
        </div>
      )}
    </div>
  )
}
