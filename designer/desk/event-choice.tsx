/** One of several events. */
import { Radio, Stack } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Allowed } from '../../machines/advance/job.ts'

export function EventChoice({
  label,
  events,
  chosen,
  choose,
  titleOf,
}: {
  label: string
  events: readonly Allowed[]
  chosen: string | undefined
  choose(type: string): void
  titleOf(event: Allowed): string
}): ReactElement {
  return (
    <Radio.Group label={label} value={chosen ?? null} onChange={choose}>
      <Stack gap={6} mt={4}>
        {events.map((event) => (
          <Radio key={event.type} value={event.type} label={titleOf(event)} />
        ))}
      </Stack>
    </Radio.Group>
  )
}
