/** What the numbers of a review come from: jobs, surveys, certificates. */
import { Anchor, Group, Stack, Table, Text, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ReviewSheet } from '../../machines/wire/reviews.ts'
import { normInWords } from '../canvas/chip.tsx'
import { useProcesses } from '../session/queries.ts'
import { useSpeech } from '../text/use-language.ts'
import { mean } from './figures.ts'

/** As many as the server tells. */
const MOST = 300
const atNoon = (day: string): string => `${day}T12:00:00`

export function Sources({ sheet }: { sheet: ReviewSheet }): ReactElement {
  return (
    <Stack gap="md">
      <Facts facts={sheet.facts} />
      {sheet.surveys.length === 0 ? null : <Surveys surveys={sheet.surveys} />}
      {sheet.certificates.length === 0 ? null : <Certificates sheet={sheet} />}
    </Stack>
  )
}

function Facts({ facts }: { facts: ReviewSheet['facts'] }): ReactElement {
  const { t } = useTranslation()
  const { say, date, language } = useSpeech()
  const processes = useProcesses().data?.processes
  const title = (process: string): string => say(processes?.find(({ id }) => id === process)?.title, process)
  // Each missed deadline is a breach of its severity, too: told once.
  const shown = facts.filter(
    (fact) =>
      fact.kind !== 'late' ||
      !facts.some(
        (other) =>
          ['minor', 'major', 'critical'].includes(other.kind) &&
          other.job === fact.job &&
          other.norm === fact.norm &&
          other.day === fact.day,
      ),
  )
  // A job can tell the same thing twice a day.
  const told = shown.map((fact, at) => ({ ...fact, id: `${fact.job} ${at}` }))
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t('reviews.from.title')}
      </Title>
      {told.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('reviews.from.empty')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={340} className="fc-panel">
          <Table aria-label={t('reviews.from.title')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={110}>{t('reviews.from.day')}</Table.Th>
                <Table.Th>{t('reviews.from.what')}</Table.Th>
                <Table.Th>{t('reviews.from.job')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {told.map((fact) => (
                <Table.Tr key={fact.id}>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>{date(atNoon(fact.day))}</Table.Td>
                  <Table.Td>
                    <Text size="sm">{t(`reviews.kind.${fact.kind}`, { value: fact.value })}</Text>
                    {fact.norm === '' ? null : (
                      <Text size="xs" c="dimmed">
                        {normInWords(fact.norm, language)}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Anchor component={Link} to={`/jobs/${encodeURIComponent(fact.job)}`} size="sm">
                      {[
                        title(fact.process),
                        ...(fact.customer === undefined || fact.customer === '' ? [] : [fact.customer]),
                      ].join(' · ')}
                    </Anchor>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {facts.length < MOST ? null : (
        <Text size="xs" c="dimmed" mt={4}>
          {t('reviews.from.most', { count: MOST })}
        </Text>
      )}
    </section>
  )
}

function Surveys({ surveys }: { surveys: ReviewSheet['surveys'] }): ReactElement {
  const { t } = useTranslation()
  const { language } = useSpeech()
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t('reviews.survey.title')}
      </Title>
      <Stack gap="xs">
        {surveys.map(({ id, customer, scores, comment }) => (
          <div key={id} className="fc-panel" style={{ padding: 12 }}>
            <Group gap="sm" justify="space-between">
              <Text size="sm" fw={600}>
                {customer ?? t('reviews.survey.hiddenCustomer')}
              </Text>
              <Text size="sm" className="review-scores">
                {(['quality', 'speed', 'attitude'] as const).map((name) => (
                  <span key={name}>
                    {t(`reviews.survey.${name}`)} {mean(scores[name], language)}
                  </span>
                ))}
              </Text>
            </Group>
            {comment === undefined ? null : (
              <Text size="sm" mt={4} className="fc-wrap">
                {comment}
              </Text>
            )}
          </div>
        ))}
      </Stack>
    </section>
  )
}

function Certificates({ sheet }: { sheet: ReviewSheet }): ReactElement {
  const { t } = useTranslation()
  const { date } = useSpeech()
  const [end = sheet.to] = [sheet.today, sheet.to].sort()
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t('reviews.certificates')}
      </Title>
      <Stack component="ul" gap={2} m={0} pl="lg">
        {sheet.certificates.map(({ kind, validUntil }) => (
          <Text component="li" size="sm" key={`${kind} ${validUntil}`}>
            {t(validUntil.slice(0, 10) > end ? 'reviews.certificateUntil' : 'reviews.certificateOver', {
              kind,
              date: date(validUntil),
            })}
          </Text>
        ))}
      </Stack>
    </section>
  )
}
