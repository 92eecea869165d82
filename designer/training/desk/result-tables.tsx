/** Results as numbers: the sums, by person, and by norm with what goes wrong most first. */
import '../../people/people.css'
import { Anchor, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { NORM_BY_ID } from '../../../machines/norms.ts'
import type { TrainingResults } from '../../../machines/wire/training.ts'
import { useSpeech } from '../../text/use-language.ts'

type Person = TrainingResults['people'][number]

export function Sums({ people }: { people: readonly Person[] }): ReactElement {
  const { t } = useTranslation()
  const { number, language } = useSpeech()
  const sum = (pick: (one: Person) => number): number => people.reduce((all, one) => all + pick(one), 0)
  const [passed, failed] = [sum((one) => one.passed), sum((one) => one.failed)]
  const share =
    passed + failed === 0
      ? t('common.none')
      : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(
          passed / (passed + failed),
        )
  const figures = [
    { key: 'peopleCount', value: number(people.length) },
    { key: 'attempts', value: number(sum((one) => one.attempts)) },
    { key: 'share', value: share },
  ] as const
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm" maw={720}>
      {figures.map(({ key, value }) => (
        <Stack key={key} className="fc-panel" p="md" gap={2}>
          <Text size="sm" c="dimmed">
            {t(`trainer.results.sum.${key}`)}
          </Text>
          <Text fz={26} fw={700} lh={1.2}>
            {value}
          </Text>
        </Stack>
      ))}
    </SimpleGrid>
  )
}

export function PeopleTable({
  people,
  choose,
}: {
  people: readonly Person[]
  choose(id: string): void
}): ReactElement {
  const { t } = useTranslation()
  const { number, date } = useSpeech()
  return (
    <div className="fc-panel">
      <Table className="fc-people" verticalSpacing="xs" aria-label={t('trainer.results.people')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('people.name')}</Table.Th>
            <Table.Th>{t('trainer.results.sum.attempts')}</Table.Th>
            <Table.Th>{t('trainer.state.passed')}</Table.Th>
            <Table.Th>{t('trainer.state.failed')}</Table.Th>
            <Table.Th>{t('trainer.results.mean')}</Table.Th>
            <Table.Th>{t('trainer.results.last')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((one) => (
            <Table.Tr key={one.person}>
              <Table.Td>
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  c="inherit"
                  ta="start"
                  onClick={() => choose(one.person)}
                >
                  {one.name}
                </Anchor>
              </Table.Td>
              <Table.Td data-label={t('trainer.results.sum.attempts')}>{number(one.attempts)}</Table.Td>
              <Table.Td data-label={t('trainer.state.passed')}>{number(one.passed)}</Table.Td>
              <Table.Td data-label={t('trainer.state.failed')}>{number(one.failed)}</Table.Td>
              <Table.Td data-label={t('trainer.results.mean')}>
                {one.points === undefined ? t('common.none') : number(Math.round(one.points))}
              </Table.Td>
              <Table.Td data-label={t('trainer.results.last')}>
                {one.lastAt === undefined ? t('common.none') : date(one.lastAt)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

type Norm = TrainingResults['norms'][number]
const missedOf = ({ late, broken, tried }: Norm): number => late + broken + tried
/** The share that went wrong; of few it says less than of many, so the number decides between equals. */
const shareOf = (norm: Norm): number => missedOf(norm) / Math.max(1, missedOf(norm) + norm.met)

export function NormTable({ norms }: { norms: readonly Norm[] }): ReactElement {
  const { t } = useTranslation()
  const { number, language } = useSpeech()
  const sorted = norms.toSorted((a, b) => shareOf(b) - shareOf(a) || missedOf(b) - missedOf(a))
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  if (sorted.length === 0) return <Text c="dimmed">{t('trainer.results.noNorms')}</Text>
  return (
    <div className="fc-panel">
      <Table verticalSpacing="xs" aria-label={t('trainer.results.norms')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('trainer.form.norm')}</Table.Th>
            <Table.Th>{t('life.outcome.met')}</Table.Th>
            <Table.Th>{t('life.outcome.late')}</Table.Th>
            <Table.Th>{t('life.outcome.broken')}</Table.Th>
            <Table.Th>{t('trainer.results.tried')}</Table.Th>
            <Table.Th>{t('trainer.results.missed')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.map((norm) => {
            const known = NORM_BY_ID.get(norm.norm)
            return (
              <Table.Tr key={norm.norm}>
                <Table.Td>
                  <Text size="sm" lineClamp={2}>
                    <strong>{norm.norm}</strong> {language.startsWith('zh') ? known?.zh : known?.en}
                  </Text>
                </Table.Td>
                <Table.Td>{number(norm.met)}</Table.Td>
                <Table.Td>{number(norm.late)}</Table.Td>
                <Table.Td>{number(norm.broken)}</Table.Td>
                <Table.Td>{number(norm.tried)}</Table.Td>
                <Table.Td fw={600}>{percent.format(shareOf(norm))}</Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </div>
  )
}
