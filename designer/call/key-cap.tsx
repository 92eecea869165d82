/** A key as it stands on the keyboard. Those who listen hear of it by the control's `aria-keyshortcuts`. */
import { Kbd } from '@mantine/core'
import type { ReactElement } from 'react'

export function KeyCap({ name }: { name: string }): ReactElement {
  return (
    <Kbd aria-hidden="true" size="sm" className="call-key">
      {name}
    </Kbd>
  )
}
