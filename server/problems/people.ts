/**
 * Errors about people: signing in, rights, reviews, surveys, findings.
 *
 * Must not: be read but through the whole table (`problem-table.ts`).
 */
import { type Row, row, words } from './row.ts'

export const PEOPLE = {
  unauthenticated: row(
    401,
    words('Sign in first', '请先登录'),
    words(
      'Send a bearer token that is neither revoked nor expired, or sign in with the browser.',
      '请携带有效的访问令牌（未吊销且未过期），或在浏览器中登录。',
    ),
  ),
  forbidden: row(
    403,
    words('You may not do this', '您无权执行此操作'),
    words('None of your roles has the right that this route asks for.', '您的角色都不具备此接口所需的权限。'),
  ),
  'beyond-limits': row(
    403,
    words('Beyond what your role is limited to', '超出您角色的适用范围'),
    words(
      'The role that has this right is limited to certain processes or regions (`GET /api/me` names them).',
      '具备该权限的角色仅适用于部分流程或区域（见 `GET /api/me`）。',
    ),
  ),
  'cross-site': row(
    403,
    words('The request came from another site', '请求来自其他站点'),
    words(
      'A change made with the session cookie must come from a page of this server.',
      '使用会话 Cookie 进行的修改，必须由本服务器的页面发出。',
    ),
  ),
  'https-required': row(
    403,
    words('Signing in with a browser needs HTTPS', '浏览器登录须使用 HTTPS'),
    words(
      'Over plain HTTP the session cookie could be read on the way; only the machine itself (127.0.0.1, localhost) may. Put a proxy with TLS before the server and set TRUST_PROXY.',
      '普通 HTTP 下会话 Cookie 可能被截获，仅允许本机（127.0.0.1、localhost）使用。请在服务器前配置启用 TLS 的反向代理，并设置 TRUST_PROXY。',
    ),
  ),
  'person-not-found': row(
    404,
    words('No such person', '没有这个人员'),
    words('The id names no person.', '该编号没有对应的人员。'),
  ),
  'review-own': row(
    403,
    words('Nobody decides on his own review', '不能对本人的考核作出决定'),
    words('Another person with the right has to.', '须由其他有权限的人员决定。'),
  ),
  'review-not-begun': row(
    409,
    words('The period has not begun', '考核周期尚未开始'),
    words('`from` is its first day.', '`from` 为该周期的第一天。'),
  ),
  'review-departs': row(
    422,
    words('Say why this is milder than the rule proposes', '决定轻于规则建议，请说明理由'),
    words(
      'A weak review is followed by coaching, a grave case by strict handling (GN-25). `proposal` has what the rule proposes and why; whoever departs from it says why in `departs`.',
      '考核差者辅导培训，严重者从严处理（GN-25）。`proposal` 为规则建议及依据；如决定从轻，须在 `departs` 中说明理由。',
    ),
  ),
  'review-undecided': row(
    409,
    words('Nothing was decided yet that could be answered', '尚无可回应的考核决定'),
    words('Answer once somebody has decided on the review.', '请在考核决定作出之后再回应。'),
  ),
  'survey-not-found': row(
    404,
    words('No such survey', '没有这份满意度调查'),
    words('The id names no survey.', '该编号没有对应的满意度调查。'),
  ),
  'survey-own': row(
    403,
    words('Nobody records what a customer said of himself', '不能录入客户对本人的评价'),
    words('Another person with the right has to.', '须由其他有权限的人员录入。'),
  ),
  'finding-not-found': row(
    404,
    words('No such finding', '没有这条改进意见'),
    words('The id names no finding.', '该编号没有对应的改进意见。'),
  ),
  'finding-answered': row(
    409,
    words('The finding is answered', '该改进意见已有答复'),
    words(
      '`version` answered it. If that did not help, raise a new one.',
      '版本 `version` 已作出答复。如问题仍在，请另行提出。',
    ),
  ),
  'last-administrator': row(
    409,
    words('Someone must remain administrator', '至少须保留一名管理员'),
    words('The change would leave nobody who can administer the server.', '此修改会使系统没有可用的管理员。'),
  ),
  'setup-closed': row(
    409,
    words('The server is set up already', '系统已完成初始设置'),
    words(
      'An administrator exists. Ask for a token, or set FIELDCHART_ADMIN_TOKEN and start again.',
      '已有管理员。请向其索取令牌，或设置 FIELDCHART_ADMIN_TOKEN 后重新启动。',
    ),
  ),
} as const satisfies Record<string, Row>
