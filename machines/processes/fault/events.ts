/**
 * What happens to a fault, and who says so.
 */
import type { EventSchema, Field, Role, Text } from '../../definition/schema.ts'
import { text } from '../author.ts'
import { faultKind, repairRecord, report } from './fields.ts'

const REPAIRERS: Role[] = ['engineer', 'hotline-agent', 'dispatcher']

const said = (title: Text, norms: string[] = []): Field => ({
  type: 'string',
  minLength: 1,
  maxLength: 8000,
  meta: { title, norms },
})
const event = (
  title: Text,
  properties: Record<string, Field> = {},
  required: string[] = [],
  norms: string[] = [],
  roles: Role[] = REPAIRERS,
): EventSchema => ({ properties, required, meta: { title, roles, norms } })

export const events: Record<string, EventSchema> = {
  'fault.take': event(text('Take it in hand', '受理'), {}, [], [], ['engineer']),
  'fault.assign': event(
    text('Assign an engineer', '指派工程师'),
    { engineer: { type: 'string', format: 'person', meta: { title: text('Engineer', '工程师') } } },
    ['engineer'],
    ['GN-17'],
    ['dispatcher'],
  ),
  escalate: event(
    text('Report upwards', '上报'),
    { what: said(text('What is reported', '上报内容'), ['OR-16']) },
    ['what'],
    ['OR-16'],
    [...REPAIRERS, 'front-desk', 'stock-keeper', 'safety-officer'],
  ),
  'system.state': event(
    text('The system is down or up', '更新系统状态'),
    { down: { type: 'boolean', meta: { title: text('Down', '瘫痪') } } },
    ['down'],
  ),
  'diagnosis.record': event(
    text('Record the diagnosis', '登记诊断'),
    { diagnosis: said(text('Diagnosis', '诊断')) },
    ['diagnosis'],
  ),
  'repair.stuck': event(
    text('It cannot be solved now', '暂不能解决'),
    { obstacle: said(text('Why', '原因'), ['OR-21']) },
    ['obstacle'],
    ['OR-21'],
  ),
  'repair.otherWay': event(
    text('Another way is found', '已另寻途径'),
    { otherWay: said(text('Which way', '解决途径'), ['OR-21']) },
    ['otherWay'],
    ['OR-21'],
  ),
  'plan.submit': event(
    text('Submit the emergency plan', '提交应急方案'),
    { plan: said(text('Emergency plan', '应急方案'), ['OR-17']) },
    ['plan'],
  ),
  'repair.done': event(
    text('Repaired', '修复完成'),
    { ...repairRecord },
    ['recovery', 'place', 'raisedBy'],
    ['OR-22', 'OR-27'],
  ),
  'verify.passed': event(text('Verified: the fault is gone', '验证通过，故障排除')),
  'verify.failed': event(
    text('Verified: the fault remains', '验证未通过'),
    { diagnosis: said(text('What remains', '遗留问题')) },
    ['diagnosis'],
  ),
  'report.submit': event(text('Submit the fault report', '提交故障报告'), { kind: faultKind, ...report }, [
    'kind',
    'cause',
    'method',
    'loss',
  ]),
  'fault.close': event(
    text('Close the fault', '关闭故障'),
    { prevention: said(text('Prevention', '预防措施'), ['OR-22']) },
    ['prevention'],
    ['OR-22'],
  ),
  cancel: event(
    text('Cancel', '取消'),
    { reason: said(text('Reason', '原因')) },
    ['reason'],
    [],
    ['dispatcher'],
  ),
}
