/**
 * Errors of signing in by a provider.
 *
 * Must not: be read but through the whole table (`problem-table.ts`).
 */
import { type Row, row, words } from './row.ts'

export const SIGN_IN = {
  'provider-off': row(
    404,
    words('This server has no provider of sign-in', '本服务器未配置统一登录'),
    words(
      'Sign in with a token. A provider is set by OIDC_ISSUER.',
      '请使用令牌登录。统一登录通过 OIDC_ISSUER 配置。',
    ),
  ),
  'provider-unreachable': row(
    503,
    words('The provider of sign-in does not answer', '统一登录服务暂时无法访问'),
    words(
      'Try again in a moment. Whoever has a token can sign in with it meanwhile.',
      '请稍后重试。在此期间，持有令牌的人员可使用令牌登录。',
    ),
  ),
  'provider-refused': row(
    403,
    words('The provider did not sign you in', '统一登录未成功'),
    words(
      'It was called off there, or what came back does not belong to this sign-in. Start again from the sign-in page; if it stays so, the server’s log has the reason.',
      '登录已取消，或返回的结果与本次登录不符。请从登录页重新开始；如仍不成功，原因见服务器日志。',
    ),
  ),
  'sign-in-stale': row(
    400,
    words('This sign-in is over', '本次登录已失效'),
    words(
      'It took too long, was used already, or began in another browser. Start again from the sign-in page.',
      '登录超时、已被使用，或是在另一浏览器中发起的。请从登录页重新开始。',
    ),
  ),
  'account-no-role': row(
    403,
    words('Your account has no role here yet', '您的账号尚无任何角色'),
    words(
      'You are known, but nobody has said what you may do. Ask your administrator for a role, then sign in again.',
      '已确认您的身份，但尚未授予您任何角色。请联系管理员授予角色后重新登录。',
    ),
  ),
  'account-disabled': row(
    403,
    words('Your account is disabled here', '您的账号在此已停用'),
    words(
      'An administrator of this server has disabled it, whatever the provider says.',
      '本服务器的管理员已停用该账号，与统一登录处的状态无关。',
    ),
  ),
} as const satisfies Record<string, Row>
