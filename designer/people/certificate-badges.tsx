/** A person's certificates at a glance: what has run out in red and in words. */
import { Badge, Group, Text, Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Certificate } from '../../machines/advance/job.ts'
import type { Text as Words } from '../../machines/definition/schema.ts'
import { useSpeech } from '../text/use-language.ts'
import { type Standing, standingOf } from './validity.ts'

const COLOURS = {
  valid: 'green',
  soon: 'orange',
  expired: 'red',
  notYet: 'gray',
} as const satisfies Record<Standing, string>

type Props = {
  certificates: readonly Certificate[]
  kinds: ReadonlyMap<string, Words>
  /** Epoch milliseconds. */
  now: number
}

export function CertificateBadges({ certificates, kinds, now }: Props): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  if (certificates.length === 0)
    return (
      <Text size="sm" c="dimmed" span>
        {t('common.none')}
      </Text>
    )
  return (
    <Group gap={6}>
      {certificates.map((certificate) => (
        <OneBadge
          key={certificate.kind}
          certificate={certificate}
          now={now}
          title={say(kinds.get(certificate.kind), certificate.kind)}
        />
      ))}
    </Group>
  )
}

type BadgeProps = { certificate: Certificate; title: string; now: number }

function OneBadge({ certificate, title, now }: BadgeProps): ReactElement {
  const words = useValidity(certificate, now)
  const standing = standingOf(certificate, now)
  return (
    <Tooltip label={words}>
      <Badge
        color={COLOURS[standing]}
        variant="light"
        c="var(--mantine-color-text)"
        tt="none"
        miw="max-content"
      >
        {standing === 'valid' ? title : `${title} · ${words}`}
      </Badge>
    </Tooltip>
  )
}

/** "ran out on 3 Mar 2026". */
export function useValidity(certificate: Certificate, now: number): string {
  const { t } = useTranslation()
  const { date } = useSpeech()
  const standing = standingOf(certificate, now)
  const day = date(standing === 'notYet' ? certificate.validFrom : certificate.validUntil)
  return t(`people.${standing}`, { date: day })
}
