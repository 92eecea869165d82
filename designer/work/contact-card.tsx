/** Whom one goes to, and what about; the telephone number is dialled by a touch. */
import { Button, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobDetail } from '../../machines/wire/jobs.ts'
import { fieldName, fieldsOf, type JobWords, valueInWords } from '../jobs/job-words.ts'
import { Icon } from '../shell/icons.tsx'
import { contactOf, dialled } from './contact.ts'

/** Said elsewhere on the page. */
const ELSEWHERE = ['customerName', 'customerContact', 'customerPhone', 'customerAddress', 'region', 'problem']

export function ContactCard({ detail, words }: { detail: JobDetail; words: JobWords }): ReactElement | null {
  const { t } = useTranslation()
  const { name, person, phone, address, region, problem } = contactOf(detail.fields)
  const fields = fieldsOf(words)
  // Whose job it is is known: it is his list.
  const assignee = words.definition?.meta.assignee
  const more = (words.definition?.meta.summary ?? []).filter(
    (field) =>
      field !== assignee &&
      !ELSEWHERE.includes(field) &&
      detail.fields[field] !== undefined &&
      detail.fields[field] !== null,
  )
  const where = [address, region].filter((each) => each !== undefined).join(' · ')
  const who = person === name ? undefined : person
  if (phone === undefined && where === '' && problem === undefined && more.length === 0) return null
  return (
    <section className="fc-panel work-part" aria-label={t('work.contact')}>
      {who === undefined ? null : <Text fw={600}>{who}</Text>}
      {where === '' ? null : <Text className="fc-wrap">{where}</Text>}
      {problem === undefined ? null : (
        <Text size="sm" className="fc-wrap">
          {problem}
        </Text>
      )}
      {more.map((field) => (
        <Text size="sm" key={field} className="fc-wrap">
          <Text component="span" size="sm" c="dimmed">
            {`${fieldName(field, words)}${t('common.colon')}`}
          </Text>
          {valueInWords(detail.fields[field], fields[field], words)}
        </Text>
      ))}
      {phone === undefined ? null : (
        <Button
          component="a"
          href={dialled(phone)}
          size="lg"
          variant="default"
          leftSection={<Icon name="phone" />}
          fullWidth
        >
          {t('work.call', { phone })}
        </Button>
      )}
    </section>
  )
}
