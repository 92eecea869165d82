/**
 * Who works on the complaints that are rehearsed.
 *
 * Must not: be a scenario itself.
 */
import type { Member } from '../../../simulate/scenario.ts'
import { text } from '../../author.ts'

export const handler: Member = {
  name: text('You, hotline agent', '你（热线接线员）'),
  roles: ['hotline-agent'],
}
export const quality: Member = {
  name: text('Dr Qiu, quality department', '邱工（质量部）'),
  roles: ['auditor'],
  temper: 'calm',
  about: text('Wants the part and the facts, not opinions.', '只看实物和事实，不听猜测。'),
}
export const chief: Member = {
  name: text('Ms Zhou, head of department', '周经理（部门负责人）'),
  roles: ['process-owner'],
  temper: 'calm',
}
/** Done by those with the authority, or asked of nobody here. */
export const OTHERS = ['cancel', 'complaint.assign', 'quality.analysed', 'customer.accept', 'customer.object']
