/**
 * The norm report as a file for a spreadsheet.
 *
 * Promises: headings and norms are in the reader's language.
 * Must not: add up anything.
 */
import type { Text } from '../../machines/definition/schema.ts'
import { NORM_BY_ID } from '../../machines/norms.ts'
import type { ReportRow } from '../../machines/wire/life.ts'
import type { NormKey } from '../store/life-port.ts'
import { BYTE_ORDER_MARK, csvLine } from './csv.ts'

export type SheetLanguage = 'en' | 'zh'
type Names = { person(id: string): string; process(id: string): Text | undefined }

const HEADINGS = {
  norm: { en: 'Norm', zh: '规范编号' },
  rule: { en: 'Rule', zh: '规范内容' },
  process: { en: 'Process', zh: '流程' },
  engineer: { en: 'Engineer', zh: '工程师' },
  customer: { en: 'Customer', zh: '客户' },
  month: { en: 'Month', zh: '月份' },
  day: { en: 'Day', zh: '日期' },
  met: { en: 'Met (times)', zh: '达标（次）' },
  late: { en: 'Late (times)', zh: '超时（次）' },
  broken: { en: 'Broken (times)', zh: '违规（次）' },
  none: { en: 'Not applicable (jobs)', zh: '不适用（单）' },
} as const

export function sheetOf(
  rows: readonly ReportRow[],
  by: readonly NormKey[],
  language: SheetLanguage,
  names: Names,
): string {
  const heading = (key: keyof typeof HEADINGS): string => HEADINGS[key][language]
  const headings = [
    ...by.flatMap((key) => (key === 'norm' ? [heading('norm'), heading('rule')] : [heading(key)])),
    ...(['met', 'late', 'broken', 'none'] as const).map(heading),
  ]
  const cells = (row: ReportRow): string[] => [
    ...by.flatMap((key) => {
      const value = row[key] ?? ''
      if (key === 'norm') return [value, NORM_BY_ID.get(value)?.[language] ?? '']
      if (key === 'engineer') return [value === '' ? '' : names.person(value)]
      if (key === 'process') {
        const title = names.process(value)
        return [(language === 'zh' ? (title?.zh ?? title?.en) : (title?.en ?? title?.zh)) ?? value]
      }
      return [value]
    }),
    ...[row.met, row.late, row.broken, row.none].map(String),
  ]
  return BYTE_ORDER_MARK + [headings, ...rows.map(cells)].map(csvLine).join('')
}
