/** A part of a person's page with its heading. */
import { Stack, Title } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

export function Part({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <section className="fc-panel" aria-label={title}>
      <Stack p="lg" gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </section>
  )
}
