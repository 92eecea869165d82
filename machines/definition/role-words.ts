/**
 * What people call the roles, in both languages.
 *
 * Must not: say what a role may do.
 */
import type { EventRole } from './schema/words.ts'

export const ROLE_WORDS = {
  en: {
    administrator: 'Administrator',
    'process-owner': 'Process owner',
    dispatcher: 'Dispatcher',
    engineer: 'Engineer',
    'hotline-agent': 'Hotline agent',
    'front-desk': 'Front desk',
    'stock-keeper': 'Stock keeper',
    'safety-officer': 'Safety officer',
    customer: 'Customer',
    trainer: 'Trainer',
    auditor: 'Auditor',
    system: 'System',
  },
  zh: {
    administrator: '管理员',
    'process-owner': '流程负责人',
    dispatcher: '调度员',
    engineer: '工程师',
    'hotline-agent': '热线坐席',
    'front-desk': '前台',
    'stock-keeper': '库管员',
    'safety-officer': '安全员',
    customer: '客户',
    trainer: '培训师',
    auditor: '审计员',
    system: '系统',
  },
} satisfies Readonly<Record<'en' | 'zh', Readonly<Record<EventRole, string>>>>
