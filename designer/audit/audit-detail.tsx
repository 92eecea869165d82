/** All that an entry says, as it stands in the chain, and the ways on from it. */
import { Anchor, Button, Code, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AuditChange } from '../../machines/wire/audit.ts'
import { useSpeech } from '../text/use-language.ts'
import type { Filter } from './audit-queries.ts'
import type { AuditWords } from './audit-words.ts'

type Given = {
  change: AuditChange
  words: AuditWords
  put(name: Filter, value: string | null): void
}

export function AuditDetail({ change, words, put }: Given): ReactElement {
  const { t } = useTranslation()
  const { exactTime } = useSpeech()
  const { n, at, ended, outcome, detail, kind, actor, subject, hash } = change
  const told = { ...detail, ...ended?.detail }
  const isNote = outcome !== 'cut-off' && outcome !== 'under-way' && ended === undefined
  const entry = t(isNote ? 'audit.noteIn' : 'audit.meantIn', { n, time: exactTime(at) })
  const ending =
    ended === undefined ? t('audit.noEnd') : t('audit.endedIn', { n: ended.n, time: exactTime(ended.at) })
  const address = addressOf(change)
  return (
    <Stack gap="sm">
      {isNote ? null : <Text size="sm">{t(`audit.outcomeHelp.${outcome}`)}</Text>}
      <dl className="fc-audit-facts">
        <Fact name={t('audit.entry')}>{entry}</Fact>
        {isNote ? null : <Fact name={t('audit.ending')}>{ending}</Fact>}
        <Fact name={t('audit.by')}>{actor}</Fact>
        <Fact name={t('audit.kind')}>{kind}</Fact>
        <Fact name={t('audit.id')}>{subject}</Fact>
        <Fact name={t('audit.hash')}>
          <Code className="fc-wrap">{hash}</Code>
        </Fact>
      </dl>
      {Object.keys(told).length === 0 ? null : (
        <div>
          <Text size="sm" c="dimmed" mb={4}>
            {t('audit.told')}
          </Text>
          <Code block className="fc-audit-told" tabIndex={0} aria-label={t('audit.told')} role="region">
            {JSON.stringify(told, null, 2)}
          </Code>
        </div>
      )}
      <Group gap="xs">
        <Button size="compact-sm" variant="default" onClick={() => put('actor', actor)}>
          {t('audit.onlyBy', { name: words.actor(change) })}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => put('subject', subject)}>
          {t('audit.onlyAbout', { name: words.subject(change) })}
        </Button>
        {address === undefined ? null : (
          <Anchor component={Link} to={address} size="sm">
            {t('audit.toSubject', { name: words.subject(change) })}
          </Anchor>
        )}
      </Group>
    </Stack>
  )
}

function Fact({ name, children }: { name: string; children: ReactElement | string }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="fc-wrap">{children}</dd>
    </div>
  )
}

/** The page of what was changed, where it has one. */
function addressOf({ kind, subject }: AuditChange): string | undefined {
  if (kind.startsWith('person.')) return `/people/${encodeURIComponent(subject)}`
  if (kind.startsWith('process.') || kind.startsWith('draft.'))
    return `/processes/${encodeURIComponent(subject)}`
  return undefined
}
