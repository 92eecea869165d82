/** The head of the chain, to be carried away, and what it is good for. */
import { Button, Code, CopyButton, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { saveText } from '../processes/exports.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useHead } from './audit-queries.ts'

export function HeadPart(): ReactElement {
  const { t } = useTranslation()
  const head = useHead()
  return (
    <Stack
      component="section"
      className="fc-panel fc-audit-head"
      p="lg"
      gap="sm"
      aria-label={t('audit.head.title')}
    >
      <Title order={2} size="h5">
        {t('audit.head.title')}
      </Title>
      <Text size="sm">{t('audit.head.lead')}</Text>
      {head.isError ? (
        <ProblemNotice error={head.error} retry={() => void head.refetch()} />
      ) : head.data === undefined ? (
        <Waiting />
      ) : head.data.hash === undefined ? (
        <Text c="dimmed">{t('audit.head.none')}</Text>
      ) : (
        <Known n={head.data.n} hash={head.data.hash} at={head.data.at} />
      )}
    </Stack>
  )
}

function Known({ n, hash, at }: { n: number; hash: string; at: string | undefined }): ReactElement {
  const { t } = useTranslation()
  const { exactTime, number } = useSpeech()
  const whole = `${n}:${hash}`
  const command = `npm run check -- --head ${n}:${hash.slice(0, 8)}…`
  const save = (): void =>
    saveText(`fieldchart-audit-head-${n}.json`, `${JSON.stringify({ n, hash, at }, null, 2)}\n`)
  return (
    <>
      <dl className="fc-audit-facts">
        <div>
          <dt>{t('audit.head.number')}</dt>
          <dd>{number(n)}</dd>
        </div>
        {at === undefined ? null : (
          <div>
            <dt>{t('audit.head.at')}</dt>
            <dd>{exactTime(at)}</dd>
          </div>
        )}
        <div>
          <dt>{t('audit.head.hash')}</dt>
          <dd>
            <Code className="fc-wrap">{hash}</Code>
          </dd>
        </div>
      </dl>
      <Group gap="xs">
        <CopyButton value={whole}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={<Icon name={copied ? 'check' : 'copy'} size={16} />}
              onClick={copy}
            >
              {copied ? t('audit.head.copied') : t('audit.head.copy')}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" leftSection={<Icon name="down" size={16} />} onClick={save}>
          {t('audit.head.save')}
        </Button>
      </Group>
      <Text size="sm">{t('audit.head.how')}</Text>
      <Code block className="fc-audit-command">
        {command}
      </Code>
    </>
  )
}
