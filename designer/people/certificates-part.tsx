/**
 * The certificates of a person: what each is for, until when, and a new one or a new term.
 *
 * Promises: what has run out is said in words and red, and stays: jobs of that time were done with it.
 */
import { ActionIcon, Button, Group, Select, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Certificate } from '../../machines/advance/job.ts'
import type { PersonView } from '../../machines/wire/people.ts'
import { useNow } from '../session/now.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useValidity } from './certificate-badges.tsx'
import { Part } from './part.tsx'
import { useCertificateKinds, useChangePerson } from './people-queries.ts'
import { dayOf, endOf, standingOf, startOf } from './validity.ts'

const YEAR_MS = 365 * 24 * 3600 * 1000
type Term = { kind: string; from: string; until: string }

export function CertificatesPart({
  person,
  mayWrite,
}: {
  person: PersonView
  mayWrite: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const kinds = useCertificateKinds()
  const now = useNow()
  const change = useChangePerson(person)
  const [term, setTerm] = useState<Term | undefined>(undefined)
  const fresh = (kind: string): Term => ({
    kind,
    from: dayOf(new Date(now).toISOString()),
    until: dayOf(new Date(now + YEAR_MS).toISOString()),
  })
  const missing = [...kinds].filter(([kind]) => person.certificates.every((held) => held.kind !== kind))
  const title = (kind: string): string => say(kinds.get(kind), kind)
  return (
    <Part title={t('people.certificates')}>
      {person.certificates.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('people.noCertificates')}
        </Text>
      ) : null}
      {person.certificates.map((certificate) => (
        <Row
          key={certificate.kind}
          certificate={certificate}
          title={title(certificate.kind)}
          now={now}
          {...(mayWrite
            ? {
                renew: () => setTerm(fresh(certificate.kind)),
                remove: () => change.mutate({ kind: 'removeCertificate', certificate: certificate.kind }),
              }
            : {})}
        />
      ))}
      {change.isError ? <ProblemNotice error={change.error} /> : null}
      {term === undefined ? null : (
        <TermForm
          term={term}
          setTerm={setTerm}
          kinds={[
            ...new Map([
              [term.kind, title(term.kind)],
              ...missing.map(([kind]) => [kind, title(kind)] as const),
            ]),
          ]}
          isBusy={change.isPending}
          cancel={() => setTerm(undefined)}
          save={({ kind, from, until }) =>
            change.mutate(
              {
                kind: 'putCertificate',
                certificate: kind,
                body: { validFrom: startOf(from), validUntil: endOf(until) },
              },
              { onSuccess: () => setTerm(undefined) },
            )
          }
        />
      )}
      {mayWrite && term === undefined && missing[0] !== undefined ? (
        <Group>
          <Button
            variant="default"
            leftSection={<Icon name="plus" size={16} />}
            onClick={() => setTerm(fresh(missing[0]?.[0] ?? ''))}
          >
            {t('people.addCertificate')}
          </Button>
        </Group>
      ) : null}
    </Part>
  )
}

type RowProps = {
  certificate: Certificate
  title: string
  now: number
  renew?: () => void
  remove?: () => void
}

function Row({ certificate, title, now, renew, remove }: RowProps): ReactElement {
  const { t } = useTranslation()
  const words = useValidity(certificate, now)
  const standing = standingOf(certificate, now)
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <div>
        <Text fw={500}>{title}</Text>
        <Text
          size="sm"
          {...(standing === 'expired'
            ? { c: 'red', fw: 600 }
            : standing === 'soon'
              ? { fw: 600 }
              : { c: 'dimmed' })}
        >
          {words}
        </Text>
      </div>
      {renew === undefined || remove === undefined ? null : (
        <Group gap="xs" wrap="nowrap">
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('people.renewCertificate', { kind: title })}
            onClick={renew}
          >
            {t('people.renew')}
          </Button>
          <Tooltip label={t('people.removeCertificate', { kind: title })}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('people.removeCertificate', { kind: title })}
              onClick={remove}
            >
              <Icon name="trash" />
            </ActionIcon>
          </Tooltip>
        </Group>
      )}
    </Group>
  )
}

type FormProps = {
  term: Term
  setTerm(term: Term): void
  kinds: readonly (readonly [string, string])[]
  isBusy: boolean
  save(term: Term): void
  cancel(): void
}

function TermForm({ term, setTerm, kinds, isBusy, save, cancel }: FormProps): ReactElement {
  const { t } = useTranslation()
  const isWrong = term.from === '' || term.until === '' || term.until < term.from
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (!isWrong && !isBusy) save(term)
  }
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="sm">
        <Group align="flex-start" gap="sm">
          <Select
            flex="1 1 12rem"
            label={t('people.kind')}
            data={kinds.map(([value, label]) => ({ value, label }))}
            value={term.kind}
            allowDeselect={false}
            onChange={(kind) => setTerm({ ...term, kind: kind ?? term.kind })}
          />
          <TextInput
            type="date"
            label={t('people.from')}
            value={term.from}
            onChange={(event) => setTerm({ ...term, from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t('people.until')}
            value={term.until}
            error={isWrong ? t('people.datesWrong') : undefined}
            onChange={(event) => setTerm({ ...term, until: event.currentTarget.value })}
          />
        </Group>
        <Group>
          <Button type="submit" loading={isBusy} disabled={isWrong}>
            {t('people.save')}
          </Button>
          <Button variant="default" onClick={cancel}>
            {t('people.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
