/**
 * The words of scenarios run on a draft before it is published, Chinese; part of `zh-CN.ts`.
 *
 * Must not: hold what a scenario or a problem says of itself.
 */
export const scenarios = {
  title: '情景检验',
  none: '训练室中没有该流程的情景。',
  passed_one: '{{count}} 个走法结果正确',
  passed_other: '{{count}} 个走法结果正确',
  failed_one: '{{count}} 个结果不符',
  failed_other: '{{count}} 个结果不符',
  cannotRun: '无法在此草稿上运行：{{why}}',
  run: '（走法“{{run}}”）',
  mended: '结果恢复正确。',
  nowOtherwise: '因此草稿而结果不同。',
  asBefore: '与之前一样，结果不符。',
  expected: '应为：{{outcome}}',
  found: '实为：{{outcome}}',
  stopped: '止于第 {{step}} 步：该步骤已不可行。',
  outcomePassed: '通过，处于{{states}}，违反规范：{{norms}}',
  outcomeFailed: '未通过，处于{{states}}，违反规范：{{norms}}',
  noNorm: '无',
  required: '仅当情景结果正确时才能发布该流程',
}
