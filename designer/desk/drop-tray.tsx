/**
 * While a card is dragged: the states that it may go to and that are not in sight.
 *
 * Must not: move what lies under the hand; it stands over the board.
 */
import { type ReactElement, useState } from 'react'
import type { Target } from './board-column.tsx'

export function DropTray({
  targets,
  drop,
}: {
  targets: readonly Target[]
  drop(to: Target): void
}): ReactElement | null {
  const [over, setOver] = useState<string>()
  if (targets.length === 0) return null
  return (
    <div className="board-tray fc-panel">
      {targets.map((target) => (
        <section
          key={target.path}
          aria-label={target.title}
          className="board-tray-place"
          data-tray={target.path}
          data-leads
          data-over={over === target.path}
          onDragOver={(event) => {
            event.preventDefault()
            event.dataTransfer.dropEffect = 'move'
            setOver(target.path)
          }}
          onDragLeave={() => setOver(undefined)}
          onDrop={(event) => {
            event.preventDefault()
            drop(target)
          }}
        >
          {target.title}
        </section>
      ))}
    </div>
  )
}
