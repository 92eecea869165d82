/** The sign of what was added, changed or removed, and what the signs mean. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shell/icons.tsx'
import type { Mark, Marks } from './marks.ts'

const SIGNS = { added: 'plus', changed: 'tilde', removed: 'minus' } as const

export function MarkSign({ mark }: { mark: Mark }): ReactElement {
  const { t } = useTranslation()
  return (
    <span className="chart-mark" data-mark={mark} data-tip={t(`canvas.mark.${mark}`)}>
      <Icon name={SIGNS[mark]} size={12} />
    </span>
  )
}

/** Only the signs that occur. */
export function MarkLegend({ marks }: { marks: Marks }): ReactElement {
  const { t } = useTranslation()
  const found = new Set(marks.values())
  return (
    <ul className="chart-legend" aria-label={t('canvas.legend')}>
      {(['added', 'changed', 'removed'] as const)
        .filter((mark) => found.has(mark))
        .map((mark) => (
          <li key={mark}>
            <MarkSign mark={mark} />
            {t(`canvas.mark.${mark}`)}
          </li>
        ))}
    </ul>
  )
}
