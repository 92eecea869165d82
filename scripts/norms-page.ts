/**
 * The text of `docs/norms.md`.
 */
import { type NormEffect, type NormRow, normTable } from '../machines/norm-effects.ts'
import { SHIPPED } from '../machines/processes/index.ts'

const KINDS: Record<NormEffect['kind'], string> = {
  deadline: 'deadline, breach when it runs out',
  breach: 'breach',
  item: 'checklist item',
  field: 'field',
  event: 'event',
  transition: 'transition',
  certificate: 'certificate',
  state: 'state',
  setting: 'setting',
  reportable: 'reportable',
  engine: 'on every job',
  publishing: 'when a version is published',
  review: 'in the review of people',
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

function effectText({ process, kind, title, enforced }: NormEffect): string {
  const where = process === undefined ? '' : `${process}: `
  const optional = (kind === 'item' || kind === 'field') && !enforced ? ' (optional)' : ''
  return `${where}${KINDS[kind]}${optional} “${cell(title.en)}”`
}

/** Reportable everywhere reads better as one entry. */
function effectsText(effects: readonly NormEffect[]): string {
  const reportable = effects.filter((effect) => effect.kind === 'reportable')
  const rest = effects.filter((effect) => effect.kind !== 'reportable').map(effectText)
  if (reportable.length > 0)
    rest.push(`reportable on jobs of: ${reportable.map((effect) => effect.process).join(', ')}`)
  return [...new Set(rest)].join('<br>')
}

const row = (norm: NormRow): string =>
  `| ${norm.id} | ${norm.kind} | ${cell(norm.en)}<br>${cell(norm.zh)} | ${norm.status === 'pending' ? '**pending**' : effectsText(norm.effects)} |`

/** Deterministic: the same definitions give the same page. */
export function normsPage(): string {
  const table = normTable(SHIPPED)
  const pending = table.filter((norm) => norm.status === 'pending').map((norm) => norm.id)
  return [
    '# The norms, and where they bite',
    '',
    'Made by `npm run norms` from the shipped processes; do not edit. `GET /api/norms` serves the same table.',
    '',
    `${table.length} norms, ${table.length - pending.length} in effect. Pending: ${pending.join(', ') || 'none'}.`,
    '| norm | kind | rule | takes effect |',
    '| --- | --- | --- | --- |',
    ...table.map(row),
    '',
  ].join('\n')
}
