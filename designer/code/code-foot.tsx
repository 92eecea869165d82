/**
 * Below the text: whether what is typed is part of the process, and what is to be done where it is not.
 */
import { Button, Group, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Standing } from './code-sync.ts'
import type { Side, Touch } from './text-merge.ts'

type At = { readonly line: number; readonly column: number }
type Props = {
  standing: Standing
  cursor: At
  readOnly: boolean
  lineOf(offset: number): At
  goTo(offset: number): void
  discard(): void
  decide(side: Side): void
}

export function CodeFoot(props: Props): ReactElement {
  const { standing, cursor, readOnly } = props
  const { t } = useTranslation()
  return (
    <div className="code-foot" data-kind={standing.kind}>
      <div role="status">
        {standing.kind === 'broken' ? (
          <Broken {...props} fault={standing.fault} />
        ) : standing.kind === 'touching' ? (
          <Touching {...props} touches={standing.touches} />
        ) : (
          <Text size="xs" c="dimmed">
            {t(readOnly ? 'code.readOnly' : `code.standing.${standing.kind}`)}
          </Text>
        )}
      </div>
      {standing.kind === 'touching' || standing.kind === 'broken' ? null : (
        <Text size="xs" c="dimmed" className="fc-nowrap">
          {t('code.cursor', cursor)}
        </Text>
      )}
    </div>
  )
}

function Broken({
  fault,
  lineOf,
  goTo,
  discard,
}: Props & { fault: Extract<Standing, { kind: 'broken' }>['fault'] }): ReactElement {
  const { t } = useTranslation()
  const { line } = lineOf(fault.from)
  return (
    <>
      <Text size="xs" fw={600}>
        {t('code.broken', { line, why: t(`code.fault.${fault.code}`, { sign: fault.sign }) })}
      </Text>
      <Group gap="xs" mt={2}>
        <Text size="xs">{t('code.notTaken')}</Text>
        <Button size="compact-xs" variant="default" onClick={() => goTo(fault.from)}>
          {t('code.goTo', { line })}
        </Button>
        <Button size="compact-xs" variant="subtle" onClick={discard}>
          {t('code.discard')}
        </Button>
      </Group>
    </>
  )
}

const SHOWN = 3

function Touching({ touches, decide }: Props & { touches: readonly Touch[] }): ReactElement {
  const { t } = useTranslation()
  return (
    <>
      <Text size="xs" fw={600}>
        {t('code.touching', { count: touches.length })}
      </Text>
      <div className="code-touches">
        {touches.slice(0, SHOWN).map(({ mine, theirs, line }) => (
          <div key={line} className="code-touch">
            <Text size="xs">{t('code.mineAt', { line })}</Text>
            <pre>{mine.trimEnd() === '' ? t('code.nothing') : mine.trimEnd()}</pre>
            <Text size="xs">{t('code.theirs')}</Text>
            <pre>{theirs.trimEnd() === '' ? t('code.nothing') : theirs.trimEnd()}</pre>
          </div>
        ))}
      </div>
      <Group gap="xs" mt={4}>
        <Button size="compact-xs" onClick={() => decide('mine')}>
          {t('code.takeMine')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => decide('theirs')}>
          {t('code.takeTheirs')}
        </Button>
      </Group>
    </>
  )
}
