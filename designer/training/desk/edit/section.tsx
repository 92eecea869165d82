/** The parts of a scenario's form: which there are, and which of the scenario's members each holds. */
import { Stack, Text, Title } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import type { Scenario } from '../../../../machines/simulate/scenario.ts'

/** Members by the first parts of their JSON pointers, the longer first. */
const SECTIONS = [
  { name: 'before', at: ['/start/before'] },
  { name: 'situation', at: ['/start/now', '/start/fields', '/start/by', '/until', '/timeLimit', '/hidden'] },
  { name: 'people', at: ['/cast', '/start/trainee'] },
  { name: 'happens', at: ['/happens'] },
  { name: 'moves', at: ['/moves'] },
  { name: 'hints', at: ['/prompts'] },
  { name: 'expect', at: ['/must', '/mustNot'] },
  { name: 'rubric', at: ['/rubric', '/grants'] },
  { name: 'runs', at: ['/runs'] },
  { name: 'basics', at: [''] },
] as const
export type SectionName = (typeof SECTIONS)[number]['name']

/** As they stand in the form. */
export const SECTION_ORDER = [
  'basics',
  'situation',
  'before',
  'people',
  'happens',
  'moves',
  'hints',
  'expect',
  'rubric',
  'runs',
] as const satisfies readonly SectionName[]

export const sectionOf = (pointer: string): SectionName =>
  SECTIONS.find(({ at }) => at.some((start) => pointer === start || pointer.startsWith(`${start}/`)))?.name ??
  'basics'

/** `place` of a change: typing on at one place is one change in the history. */
export type EditProps = {
  readonly scenario: Scenario
  change(next: Scenario, place?: string): void
}

export function Section({
  title,
  lead,
  children,
}: {
  title: string
  lead?: string
  children: ReactNode
}): ReactElement {
  return (
    <Stack gap="md" component="section">
      <div>
        <Title order={2} size="h4">
          {title}
        </Title>
        {lead === undefined ? null : (
          <Text size="sm" c="dimmed">
            {lead}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  )
}
