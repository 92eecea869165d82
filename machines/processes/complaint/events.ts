/**
 * What happens to a complaint, and who says so.
 */
import type { EventSchema, Field, Role, Text } from '../../definition/schema.ts'
import { text } from '../author.ts'
import { channel, decision } from './fields.ts'

/** Whoever works complaints. Engineers do not: a complaint may be about them. */
const HANDLERS: Role[] = ['hotline-agent', 'front-desk', 'dispatcher', 'process-owner']
/** GN-05: who may hand a complaint to someone else. */
const SUPERIORS: Role[] = ['dispatcher', 'process-owner']
/** GN-08: the quality department. */
const QUALITY: Role[] = ['process-owner', 'auditor']

const said = (title: Text, norms: string[] = []): Field => ({
  type: 'string',
  minLength: 1,
  maxLength: 4000,
  meta: { title, norms },
})
const event = (
  title: Text,
  roles: Role[],
  properties: Record<string, Field> = {},
  required: string[] = [],
  norms: string[] = [],
): EventSchema => ({ properties, required, meta: { title, roles, norms } })

export const events: Record<string, EventSchema> = {
  'complaint.take': event(text('Take it in hand', '受理'), HANDLERS),
  'complaint.assign': event(
    text('Assign, or hand over with authority', '指派或经授权转交'),
    SUPERIORS,
    {
      handler: { type: 'string', format: 'person', meta: { title: text('Handler', '处理人') } },
      reason: said(text('Reason', '原因')),
    },
    ['handler', 'reason'],
    ['GN-05'],
  ),
  'finding.record': event(
    text('Record what was found', '登记调查情况'),
    HANDLERS,
    { finding: said(text('What was found', '调查情况')) },
    ['finding'],
  ),
  'quality.refer': event(
    text('It concerns quality: refer it', '涉及质量问题，转质量部'),
    HANDLERS,
    {},
    [],
    ['GN-08'],
  ),
  'quality.analysed': event(
    text('Quality analysis', '质量分析完成'),
    QUALITY,
    {
      cause: said(text('Cause', '原因'), ['GN-08']),
      correction: said(text('Correction', '纠正措施'), ['GN-08']),
    },
    ['cause', 'correction'],
    ['GN-08'],
  ),
  'complaint.decide': event(
    text('Decide', '作出决定'),
    HANDLERS,
    {
      decision,
      decisionText: said(text('Decision in words', '决定内容'), ['GN-07']),
      remedy: said(text('Remedy offered', '补救措施')),
    },
    ['decision', 'decisionText'],
  ),
  'answer.give': event(text('Answer the customer', '答复客户'), HANDLERS, { channel }, ['channel']),
  'customer.accept': event(text('The customer accepts', '客户认可'), [...HANDLERS, 'customer']),
  'customer.object': event(
    text('The customer objects', '客户提出异议'),
    [...HANDLERS, 'customer'],
    { objection: said(text('Objection', '异议内容')) },
    ['objection'],
  ),
  cancel: event(text('Cancel', '取消'), ['dispatcher'], { reason: said(text('Reason', '原因')) }, ['reason']),
}
