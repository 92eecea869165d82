/**
 * The people of the residency scenarios, and a Monday on which the residency has begun.
 *
 * Must not: be a scenario itself.
 */
import type { Member, Step } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'
import { send, sent, signature, tick, written } from '../../scenario-author.ts'

export const resident: Member = {
  name: text('You, resident engineer', '你（驻场工程师）'),
  roles: ['engineer'],
  certificates: [{ kind: 'product-training' }],
}
export const client: Member = {
  name: text('Mr Qian, head of IT at the client', '钱主任（客户信息中心）'),
  roles: ['customer'],
  temper: 'calm',
  about: text(
    'Fair, exact, and always asked by others when it will be done.',
    '讲理、较真，总被业务部门催着问进度。',
  ),
}
export const reception: Member = { name: text('Reception of the client', '客户前台'), roles: ['front-desk'] }
export const dispatcher: Member = { name: text('Li Na, dispatcher', '李娜（调度）'), roles: ['dispatcher'] }
export const clerk: Member = {
  name: text('Xiao Wu, of the finance department', '小吴（财务部）'),
  roles: ['customer'],
  temper: 'impatient',
}

export const FIELDS = { customerName: '临江市人民医院', site: '信息中心机房', region: '城西' }

/** Begun before the client's day starts; nine to six by the client's clock. `day`: `2026-03-09`. */
export const begun = (day: string): Step[] => [
  sent('dispatcher', 'engineer.assign', { engineer: 'trainee' }),
  tick('clientRules'),
  tick('secrecySigned', undefined, signature('驻场工程师')),
  tick('scopeAgreed', undefined, written('HIS 应用与数据库服务器；不含影像存储')),
  sent(
    'dispatcher',
    'residency.begin',
    { dayStartsAt: `${day}T01:00:00.000Z`, dayEndsAt: `${day}T10:00:00.000Z` },
    'PT1M',
  ),
]
/** At the post since ten to nine. */
export const atThePost: Step[] = [send('post.arrive', {}, 'PT1H20M')]
