/**
 * Results of the training room as files for a spreadsheet.
 *
 * Promises: headings and norms are in the reader's language.
 * Must not: add up anything.
 */
import { NORM_BY_ID } from '../../machines/norms.ts'
import type { TrainingResults } from '../../machines/wire/training.ts'
import { BYTE_ORDER_MARK, csvLine } from '../jobs/csv.ts'
import type { Language, Words } from '../problem-table.ts'

const PEOPLE: readonly Words[] = [
  { en: 'Person', zh: '人员编号' },
  { en: 'Name', zh: '姓名' },
  { en: 'Attempts', zh: '演练次数' },
  { en: 'Passed', zh: '通过' },
  { en: 'Failed', zh: '未通过' },
  { en: 'Mean points', zh: '平均分' },
  { en: 'Last attempt (UTC)', zh: '最近一次（UTC）' },
]
const NORMS: readonly Words[] = [
  { en: 'Norm', zh: '规范编号' },
  { en: 'Rule', zh: '规范内容' },
  { en: 'Met', zh: '达标' },
  { en: 'Late', zh: '超时' },
  { en: 'Broken', zh: '违规' },
  { en: 'Tried, but barred', zh: '试图违规（被系统拦下）' },
]

const sheet = (headings: readonly Words[], language: Language, rows: readonly string[][]): string =>
  BYTE_ORDER_MARK + [headings.map((heading) => heading[language]), ...rows].map(csvLine).join('')

export const peopleSheet = (people: TrainingResults['people'], language: Language): string =>
  sheet(
    PEOPLE,
    language,
    people.map(({ person, name, attempts, passed, failed, points, lastAt = '' }) => [
      ...[person, name],
      ...[attempts, passed, failed].map(String),
      ...[points === undefined ? '' : String(points), lastAt],
    ]),
  )

export const normSheet = (norms: TrainingResults['norms'], language: Language): string =>
  sheet(
    NORMS,
    language,
    norms.map(({ norm, met, late, broken, tried }) => [
      ...[norm, NORM_BY_ID.get(norm)?.[language] ?? ''],
      ...[met, late, broken, tried].map(String),
    ]),
  )
