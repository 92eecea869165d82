/**
 * A score card: what a run was worth and why, point by point; fit for paper.
 *
 * Must not: count; the card comes counted.
 */
import './score.css'
import { Alert, Badge, Group, Stack, Table, Text, Title } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NORM_BY_ID } from '../../../machines/norms.ts'
import type { Expected, NormScore, ScoreCard } from '../../../machines/simulate/score-card.ts'
import { Icon } from '../../shell/icons.tsx'
import { stretchInWords } from '../../text/format.ts'
import { useSpeech } from '../../text/use-language.ts'

const WORST_FIRST = ['broken', 'late', 'tried', 'not-met', 'met'] as const
const rank = ({ critical, result }: NormScore): number => (critical ? -1 : WORST_FIRST.indexOf(result))

export function ScoreView({
  card,
  startedAt,
  best,
  children,
}: {
  card: ScoreCard
  /** Of the run's own clock. */
  startedAt: number
  /** The fewest acts that the scenario is known to be passed in; undefined: not known. */
  best: number | undefined
  /** What can be done now. */
  children?: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  const { number, language } = useSpeech()
  const norms = card.norms.toSorted((one, other) => rank(one) - rank(other))
  const { usedMs, limitMs } = card.time
  return (
    <Stack gap="lg" className="score">
      <div className="score-head" data-passed={card.passed}>
        <div className="score-figure">
          <Text component="span" fz={52} fw={700} lh={1}>
            {number(card.points)}
          </Text>
          <Text component="span" c="dimmed" size="sm">
            {t('training.score.of', { mark: number(card.passMark) })}
          </Text>
        </div>
        <div>
          <Group gap={8}>
            <Icon name={card.passed ? 'check' : 'close'} size={24} />
            <Text fw={700} size="xl" component="p" m={0} data-verdict={card.passed ? 'passed' : 'failed'}>
              {t(card.passed ? 'training.score.passed' : 'training.score.failed')}
            </Text>
          </Group>
          {card.failedBy
            .filter((why) => why !== 'not-finished' || card.ended !== 'critical')
            .map((why) => (
              <Text size="sm" key={why}>
                {t(`training.score.failedBy.${why}`)}
              </Text>
            ))}
          {card.ended === undefined ? null : (
            <Text size="sm" c="dimmed">
              {t(`training.over.${card.ended}`)}
            </Text>
          )}
        </div>
      </div>
      {children}
      <Critical card={card} />
      <Part title={t('training.score.norms')}>
        {norms.length === 0 ? <Text size="sm">{t('training.score.noNorms')}</Text> : null}
        <Rows>
          {norms.map((norm) => (
            <NormRow key={norm.norm} norm={norm} startedAt={startedAt} />
          ))}
        </Rows>
      </Part>
      {card.must.length + card.mustNot.length === 0 ? null : (
        <Part title={t('training.score.expected')}>
          <Rows>
            {card.must.map((one) => (
              <ExpectedRow key={one.id} one={one} kind="must" startedAt={startedAt} />
            ))}
            {card.mustNot.map((one) => (
              <ExpectedRow key={one.id} one={one} kind="mustNot" startedAt={startedAt} />
            ))}
          </Rows>
        </Part>
      )}
      <Part title={t('training.score.rest')}>
        <dl className="fc-facts">
          <Fact name={t('training.score.refused')} points={card.refused.points}>
            {number(card.refused.count)}
          </Fact>
          <Fact name={t('training.score.time')} points={card.time.points}>
            {limitMs === undefined
              ? stretchInWords(usedMs, language)
              : t('training.score.timeOf', {
                  used: stretchInWords(usedMs, language),
                  limit: stretchInWords(limitMs, language),
                })}
          </Fact>
          <Fact name={t('training.score.way')} points={0}>
            {best === undefined
              ? t('training.score.acts', { count: card.acts })
              : t('training.score.actsOf', { count: card.acts, best: number(best) })}
          </Fact>
        </dl>
      </Part>
    </Stack>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <section>
      <Title order={2} size="h5" mb={6}>
        {title}
      </Title>
      {children}
    </section>
  )
}

const Rows = ({ children }: { children: ReactNode }): ReactElement => (
  <Table className="score-rows" verticalSpacing={6}>
    <Table.Tbody>{children}</Table.Tbody>
  </Table>
)

/** What failed the run whatever the points. */
function Critical({ card }: { card: ScoreCard }): ReactElement | null {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const norms = card.norms.filter(({ critical }) => critical)
  const others = [...card.must, ...card.mustNot].filter(({ critical, kept }) => critical && !kept)
  if (norms.length + others.length === 0) return null
  return (
    <Alert
      color="red"
      variant="light"
      icon={<Icon name="alert" />}
      title={t('training.score.critical')}
      data-critical
    >
      <Stack gap={4}>
        {norms.map(({ norm, why }) => (
          <div key={norm}>
            <Text size="sm" fw={600} className="fc-wrap">
              {`${norm} ${say(NORM_BY_ID.get(norm))}`}
            </Text>
            {why === undefined || say(why) === say(NORM_BY_ID.get(norm)) ? null : (
              <Text size="sm" className="fc-wrap">
                {say(why)}
              </Text>
            )}
          </div>
        ))}
        {others.map((one) => (
          <Text size="sm" key={one.id} className="fc-wrap">
            {[say(one.title), say(one.explain)].filter(Boolean).join(' ')}
          </Text>
        ))}
      </Stack>
    </Alert>
  )
}

const COLOURS = { met: 'teal', late: 'yellow', tried: 'orange', broken: 'red', 'not-met': 'gray' } as const

function NormRow({ norm, startedAt }: { norm: NormScore; startedAt: number }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const rule = NORM_BY_ID.get(norm.norm)
  const why = say(norm.why)
  return (
    <Table.Tr data-norm={norm.norm} data-result={norm.result}>
      <Table.Td w={110} style={{ verticalAlign: 'top' }}>
        <Badge variant="light" color={COLOURS[norm.result]} c="var(--mantine-color-text)" tt="none">
          {rule?.kind === 'prohibition' && (norm.result === 'met' || norm.result === 'not-met')
            ? t(`training.score.ban.${norm.result}`)
            : t(`training.score.result.${norm.result}`)}
        </Badge>
      </Table.Td>
      <Table.Td>
        <Text size="sm" className="fc-wrap">
          <strong>{norm.norm}</strong> {say(rule)}
        </Text>
        {why === '' || why === say(rule) ? null : (
          <Text size="sm" c="dimmed" className="fc-wrap">
            {why}
          </Text>
        )}
        <When at={norm.at} startedAt={startedAt} />
      </Table.Td>
      <Points points={norm.points} weight={norm.weight} />
    </Table.Tr>
  )
}

function ExpectedRow({
  one,
  kind,
  startedAt,
}: {
  one: Expected
  kind: 'must' | 'mustNot'
  startedAt: number
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const word = `${kind}${one.kept ? 'Kept' : 'Missed'}` as const
  const explain = say(one.explain)
  return (
    <Table.Tr data-expected={one.id} data-kept={one.kept}>
      <Table.Td w={110} style={{ verticalAlign: 'top' }}>
        <Badge variant="light" color={one.kept ? 'teal' : 'red'} c="var(--mantine-color-text)" tt="none">
          {t(`training.score.word.${word}`)}
        </Badge>
      </Table.Td>
      <Table.Td>
        <Text size="sm" className="fc-wrap">
          {say(one.title)}
        </Text>
        {explain === '' || one.kept ? null : (
          <Text size="sm" c="dimmed" className="fc-wrap">
            {explain}
          </Text>
        )}
        <When at={one.at} startedAt={startedAt} />
      </Table.Td>
      <Points points={one.points} weight={kind === 'must' ? one.weight : 0} />
    </Table.Tr>
  )
}

function When({ at, startedAt }: { at: string | undefined; startedAt: number }): ReactElement | null {
  const { t } = useTranslation()
  const { language } = useSpeech()
  if (at === undefined) return null
  const after = Math.max(0, Date.parse(at) - startedAt)
  return (
    <Text size="xs" c="dimmed">
      {t('training.score.after', { time: stretchInWords(after, language) })}
    </Text>
  )
}

function Points({ points, weight }: { points: number; weight: number }): ReactElement {
  const { number } = useSpeech()
  return (
    <Table.Td w={90} ta="end" style={{ verticalAlign: 'top' }} className="room-figures">
      <Text size="sm" fw={600}>
        {weight > 0 ? `${number(points)} / ${number(weight)}` : number(points)}
      </Text>
    </Table.Td>
  )
}

function Fact({
  name,
  points,
  children,
}: {
  name: string
  points: number
  children: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  const { number } = useSpeech()
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        {points === 0 ? null : ` (${t('training.score.points', { points: number(points) })})`}
      </dd>
    </div>
  )
}
