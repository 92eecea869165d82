/** What of a process is in sight: the group shown alone with the way back out, or the beginning of a large drawing. */
import { Anchor, Breadcrumbs, Paper, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { titleAt } from '../../machines/drawing/words.ts'
import type { Words } from './chart-words.ts'
import { groupsAround } from './view.ts'

/** A large drawing opens at its beginning, so that it can be read. */
export function PartHint({ showAll }: { showAll(): void }): ReactElement {
  const { t } = useTranslation()
  return (
    <Paper withBorder shadow="sm" px="sm" py={4} className="canvas-pad" role="status">
      <Text size="sm">
        {t('canvas.beginning')}{' '}
        <Anchor component="button" type="button" size="sm" onClick={showAll}>
          {t('canvas.showWhole')}
        </Anchor>
      </Text>
    </Paper>
  )
}

export function Trail({
  home,
  words,
  showAlone,
}: {
  home: string
  words: Words
  showAlone(path: string): void
}): ReactElement {
  const { t } = words
  const above = ['', ...groupsAround(home)]
  return (
    <Paper
      component="nav"
      withBorder
      shadow="sm"
      px="sm"
      py={4}
      className="canvas-pad"
      aria-label={t('canvas.trail')}
    >
      <Breadcrumbs separatorMargin={6}>
        {above.map((path) => (
          <Anchor key={path} component="button" type="button" size="sm" onClick={() => showAlone(path)}>
            {titleAt(path, words)}
          </Anchor>
        ))}
        <Text size="sm" fw={600} aria-current="page">
          {titleAt(home, words)}
        </Text>
      </Breadcrumbs>
    </Paper>
  )
}
