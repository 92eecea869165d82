/** How somebody feels: a face, never without its word beside it. */
import { Group, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Temper } from '../../../machines/simulate/scenario.ts'
import { temperInWords } from './line-words.ts'

const FACES: Readonly<Record<Temper, string>> = {
  calm: 'M8.500 14.500c1 1.500 2.200 2 3.500 2s2.500-.5 3.500-2M8.800 9.500v.6M15.200 9.500v.6',
  worried:
    'M8.500 16c1-1.200 2.200-1.700 3.500-1.700s2.500.5 3.500 1.700M8.800 10v.6M15.200 10v.6M7.500 8l2.500-1M16.500 8 14 7',
  impatient: 'M8.500 15.500h7M8.800 10v.6M15.200 10v.6M7.300 8h3M13.700 8h3',
  angry:
    'M8.500 16.300c1-1.500 2.200-2 3.500-2s2.500.5 3.500 2M8.800 10.500v.6M15.200 10.500v.6M7.300 7.300l3 1.500M16.700 7.300l-3 1.500',
}

export function Face({ temper, word = true }: { temper: Temper; word?: boolean }): ReactElement {
  const { t } = useTranslation()
  const told = temperInWords(temper, t)
  return (
    <Group
      component="span"
      gap={4}
      wrap="nowrap"
      display="inline-flex"
      className="room-face"
      data-temper={temper}
    >
      <svg
        width={20}
        height={20}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.8}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        style={{ flex: 'none' }}
      >
        <path d={`M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18${FACES[temper]}`} />
      </svg>
      {word ? (
        <Text component="span" size="xs">
          {told}
        </Text>
      ) : null}
    </Group>
  )
}
