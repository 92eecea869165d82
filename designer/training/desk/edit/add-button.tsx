/** Adds one more to a list. */
import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import { Icon } from '../../../shell/icons.tsx'

export function AddButton({ label, add }: { label: string; add(): void }): ReactElement {
  return (
    <Button size="compact-sm" variant="subtle" leftSection={<Icon name="plus" size={14} />} onClick={add}>
      {label}
    </Button>
  )
}
