/** Small parts of the drawing: chips, rows, and what they tell on hover. */
import type { ReactElement } from 'react'
import type { Chip } from '../../machines/drawing/boxes.ts'
import { CHIP } from '../../machines/drawing/metrics.ts'
import { NORM_BY_ID } from '../../machines/norms.ts'
import { Icon } from '../shell/icons.tsx'
import { inLanguage } from '../text/language.ts'

/** "PC-01 Answer within three rings". */
export function normInWords(id: string, language: string): string {
  const norm = NORM_BY_ID.get(id)
  return norm === undefined ? id : `${id}  ${inLanguage({ en: norm.en, zh: norm.zh }, language)}`
}

const tipOf = (chip: Chip, language: string): string =>
  [...chip.detail, ...chip.norms.map((norm) => normInWords(norm, language))].join('\n')

export function ChipRow({ chips, language }: { chips: readonly Chip[]; language: string }): ReactElement {
  return (
    <div className="chart-chips" style={{ gap: CHIP.gap }}>
      {chips.map((chip) => (
        <span
          key={`${chip.kind}${chip.icon ?? ''}${chip.text}`}
          className="chart-chip"
          data-kind={chip.kind}
          data-tip={tipOf(chip, language)}
          style={{
            width: chip.width,
            height: CHIP.height,
            gap: CHIP.iconGap,
            fontSize: CHIP.size,
            fontWeight: CHIP.weight,
          }}
        >
          {chip.icon === undefined ? null : <Icon name={chip.icon} size={CHIP.icon} />}
          {chip.text}
        </span>
      ))}
    </div>
  )
}
