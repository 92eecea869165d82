/** Two moments side by side, as a table. */
import { Table, Text } from '@mantine/core'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Deadline } from '../../../machines/wire/jobs.ts'
import { fieldName, fieldsOf, personalWord, stateInWords } from '../../jobs/job-words.ts'
import { stretchInWords } from '../../text/format.ts'
import { useSpeech } from '../../text/use-language.ts'
import { compare, type Side } from './compare.ts'
import { delayTitle, momentInWords } from './line-words.ts'
import { useScene } from './room-scene.tsx'
import type { Moment } from './timeline.ts'

export function Comparison({ one, other }: { one: Moment; other: Moment }): ReactElement {
  const { t } = useTranslation()
  const { language, number, list } = useSpeech()
  const scene = useScene()
  const { words, nameOf, view, clock } = scene
  const told = useMemo(() => compare(one.sim, other.sim), [one, other])
  const titleOf = (moment: Moment): string => view.timeline.names[moment.id] ?? momentInWords(moment, scene)
  const row = (label: string, read: (side: Side) => string): Row => ({
    label,
    one: read(told.one),
    other: read(told.other),
  })
  const fields = fieldsOf(words)
  const due = (deadline: Deadline | undefined): string =>
    deadline === undefined
      ? t('training.compare.notRunning')
      : deadline.fired
        ? t('training.due.out')
        : clock.moment(Date.parse(deadline.dueAt))
  const rows: Row[] = [
    row(t('training.compare.state'), ({ active }) => list(active.map((path) => stateInWords(path, words)))),
    row(t('training.compare.time'), ({ usedMs }) => stretchInWords(usedMs, language)),
    row(t('training.compare.acts'), ({ acts }) => number(acts)),
    row(t('training.compare.refused'), ({ refused }) => number(refused)),
    ...(told.one.points === undefined
      ? []
      : [row(t('training.compare.points'), ({ points = 0 }) => number(points))]),
    ...told.broken.map(({ norm, one: here, other: there }) => ({
      label: t('training.compare.broken', { norm }),
      one: number(here),
      other: number(there),
    })),
    ...told.fields.map((field) => ({
      label: fieldName(field.name, words),
      one: personalWord(field.one, fields[field.name], words, nameOf),
      other: personalWord(field.other, fields[field.name], words, nameOf),
    })),
    ...told.deadlines.map((deadline) => ({
      label: delayTitle(deadline.delay, scene),
      one: due(deadline.one),
      other: due(deadline.other),
    })),
  ]
  return (
    <Table.ScrollContainer minWidth={320} aria-label={t('training.compare.label')}>
      <Table withTableBorder data-comparison>
        <Table.Thead>
          <Table.Tr>
            <Table.Th fw={500}>{t('training.compare.what')}</Table.Th>
            <Table.Th className="fc-wrap">{titleOf(one)}</Table.Th>
            <Table.Th className="fc-wrap">{titleOf(other)}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ label, one: here, other: there }) => (
            <Table.Tr key={label} data-differs={here !== there}>
              <Table.Th scope="row" fw={500} className="fc-wrap">
                {label}
              </Table.Th>
              <Table.Td className="fc-wrap">
                <Text size="sm">{here}</Text>
              </Table.Td>
              <Table.Td className="fc-wrap">
                <Text size="sm">{there}</Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
type Row = { label: string; one: string; other: string }
