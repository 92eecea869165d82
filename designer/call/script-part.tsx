/**
 * What is to be said now, in both languages (callers have theirs), and the items that must have been said.
 *
 * Must not: hold words of its own; they are the definition's.
 */
import { Badge, Checkbox, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { asLanguage } from '../text/language.ts'
import { useSpeech } from '../text/use-language.ts'
import { KeyCap } from './key-cap.tsx'
import { itemKey } from './keys.ts'
import { type Call, scriptOf } from './use-call.ts'

export function ScriptPart({ call, badge }: { call: Call; badge: string }): ReactElement | null {
  const { t, i18n } = useTranslation()
  const { say } = useSpeech()
  const script = scriptOf(call)
  if (script.length === 0) return null
  const isChinese = asLanguage(i18n.language) === 'zh-CN'
  return (
    <Stack gap="xs" className="call-script">
      {script.map((text) => {
        const other = isChinese ? text.en : text.zh
        const own = say(text)
        return (
          <blockquote key={own} aria-label={t('call.script')}>
            <Text fz="lg">{named(own, badge)}</Text>
            {other === undefined || other === own ? null : (
              <Text size="sm" c="dimmed" lang={isChinese ? 'en' : 'zh-CN'}>
                {named(other, badge)}
              </Text>
            )}
          </blockquote>
        )
      })}
    </Stack>
  )
}

/** Where the words leave a place for the number of who says them. */
const PLACE = /\[(?:badge|工号)\]/g
const named = (text: string, badge: string): string => (badge === '' ? text : text.replace(PLACE, badge))

/** An item that wants proof is ticked on the job's own page. */
export function CallItems({
  call: { job },
  isMine,
  tick,
}: {
  call: Call
  isMine: boolean
  tick(item: string, done: boolean): void
}): ReactElement | null {
  const { t } = useTranslation()
  const { say } = useSpeech()
  if (job.items.length === 0) return null
  return (
    <Stack gap="xs" role="group" aria-label={t('call.items')}>
      {job.items.map((item, index) => {
        const key = itemKey(index)
        return (
          <Group key={item.id} gap="sm" wrap="nowrap" align="flex-start">
            {key === undefined || item.evidence !== 'none' ? null : <KeyCap name={key} />}
            {item.evidence === 'none' ? (
              <Checkbox
                size="md"
                checked={item.done}
                disabled={!isMine}
                label={say(item.title, item.id)}
                {...(key === undefined ? {} : { 'aria-keyshortcuts': key })}
                onChange={(event) => tick(item.id, event.currentTarget.checked)}
              />
            ) : (
              <Text component={Link} to={`/jobs/${job.id}`}>
                {say(item.title, item.id)}
              </Text>
            )}
            <Group gap={4} wrap="nowrap" mt={3}>
              {item.required ? null : (
                <Badge size="sm" variant="light" color="gray" c="var(--mantine-color-text)">
                  {t('call.optional')}
                </Badge>
              )}
              {item.norms.map((norm) => (
                <NormMark key={norm} norm={norm} />
              ))}
            </Group>
          </Group>
        )
      })}
    </Stack>
  )
}

export function NormMark({ norm }: { norm: string }): ReactElement {
  return (
    <Badge size="xs" color="indigo" variant="light" c="var(--mantine-color-text)" style={{ flex: 'none' }}>
      {norm}
    </Badge>
  )
}
