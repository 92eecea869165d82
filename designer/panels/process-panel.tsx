/**
 * The process as a whole: its title and settings, and what it declares: events, fields, delays.
 *
 * Must not: hold what the document holds.
 */
import { Tabs } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesign } from '../design/design-api.ts'
import { Declared } from './declared.tsx'
import { ProcessForm } from './process-form.tsx'

const TABS = ['process', 'events', 'fields', 'delays'] as const
type Tab = (typeof TABS)[number]

/** `open`: what is to be shown first, as steps into the definition. */
export function ProcessPanel({ open }: { open: readonly string[] }): ReactElement {
  const { t } = useTranslation()
  const { stack } = useDesign()
  const start: Tab =
    open[1] === 'events'
      ? 'events'
      : open[1] === 'context'
        ? 'fields'
        : open[0] === 'delays'
          ? 'delays'
          : 'process'
  const [tab, setTab] = useState<Tab>(start)
  const first =
    start === 'delays' ? open[1] : start === 'events' ? open[2] : start === 'fields' ? open[3] : undefined
  return (
    <Tabs
      value={tab}
      onChange={(chosen) => setTab(TABS.find((each) => each === chosen) ?? 'process')}
      onBlur={() => stack.seal()}
      keepMounted={false}
    >
      <Tabs.List mb="sm">
        {TABS.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {t(`panel.tabs.${each}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="process">
        <ProcessForm />
      </Tabs.Panel>
      <Tabs.Panel value="events">
        <Declared tab="events" open={first} />
      </Tabs.Panel>
      <Tabs.Panel value="fields">
        <Declared tab="fields" open={first} />
      </Tabs.Panel>
      <Tabs.Panel value="delays">
        <Declared tab="delays" open={first} />
      </Tabs.Panel>
    </Tabs>
  )
}
