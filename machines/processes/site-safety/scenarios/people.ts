/**
 * The people of the site scenarios, and the mornings that are over when a trainee comes in.
 *
 * Must not: be a scenario itself.
 */
import type { Member, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { send, sent, tick, written } from '../../scenario-author.ts'

export const engineer = (...kinds: string[]): Member => ({
  name: text('You, field engineer', '你（现场工程师）'),
  roles: ['engineer'],
  certificates: ['safety-training', ...kinds].map((kind) => ({ kind })),
})
export const officer: Member = {
  name: text('Sun Wei, safety officer', '孙伟（安全员）'),
  roles: ['safety-officer'],
  temper: 'calm',
  about: text('Signs the permits. Cannot be talked into anything.', '负责签发作业许可，从不通融。'),
}
export const foreman: Member = {
  name: text('Foreman Ma, of the customer', '马工头（客户方）'),
  roles: ['customer'],
  temper: 'impatient',
  about: text('Has a line standing still and counts the minutes.', '产线停着，一分一秒都在催。'),
}
export const colleague: Member = {
  name: text('Xiao Zhou, a new colleague', '小周（新同事）'),
  roles: ['engineer'],
  certificates: [{ kind: 'safety-training' }],
  temper: 'calm',
  about: text('Willing, quick, and without any special certificate.', '热心、手快，没有任何特种作业证。'),
}

/** Trained, surveyed and equipped: what every one of these days begins with. */
export const equipped = (survey: string): Step[] => [
  tick('emergencyMeasures'),
  tick('emergencyDrill', undefined, written('2026-02-10')),
  send('training.show'),
  tick('drawingsRead', 'PT5M'),
  tick('siteRulesAcknowledged'),
  send('drawings.finish'),
  tick('layoutSurveyed', 'PT5M'),
  tick('machinesSurveyed'),
  tick('hazardsSurveyed'),
  tick('alarmsKnown'),
  tick('powerCutsKnown'),
  send('survey.finish', { survey }, 'PT5M'),
  tick('toolsChecked', 'PT5M'),
  tick('platformSteady'),
  tick('gearSupplied'),
  tick('gearInspected'),
  send('equipment.pass', {}, 'PT2M'),
]
const TICKS: Record<string, string[]> = {
  height: ['areaClear', 'harnessChecked', 'anchorFixed'],
  machinery: ['machineFullyChecked', 'procedureAtHand'],
  electrical: ['earthed', 'electricalInspected', 'placeDry'],
  goods: ['goodsPlaced', 'goodsInDate', 'goodsTools', 'goodsCool'],
}
/** Permits signed for the trainee. */
export const permitted = (...kinds: (keyof typeof TICKS & string)[]): Step[] =>
  kinds.flatMap((kind) => [
    ...(TICKS[kind] ?? []).map((item) => tick(item)),
    sent('officer', `${kind}.permit`, { worker: 'trainee' }, 'PT3M'),
  ])
/** Gear for any work, and what the kind asks besides. */
export const geared = (...more: string[]): Step[] =>
  ['helmet', 'shoes', 'goggles', 'gloves', ...more].map((item) => tick(item))
