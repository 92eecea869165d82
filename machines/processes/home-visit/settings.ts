/**
 * The figures of a home visit that an owner may change without touching the drawing.
 */
import type { Setting } from '../../definition/schema.ts'
import { text } from '../author.ts'

export const settings: Record<string, Setting> = {
  serviceCentres: {
    value: [],
    title: text(
      'Service centre of a region, as region=centre; a region not named has a centre of its own name',
      '区域与服务中心对应关系（区域=中心）;未列出的区域由同名中心负责',
    ),
    norms: ['HV-40'],
  },
  contactWithin: {
    value: 'PT30M',
    title: text('Contact the customer after being assigned within', '接单后联系客户时限'),
    norms: ['HV-02'],
  },
  halfDay: {
    value: 'PT12H',
    title: text('A delay up to this length counts as within half a day', '推迟不超过此时长视为半天内'),
    norms: ['HV-08', 'HV-09'],
  },
  shortNotice: {
    value: '-PT30M',
    title: text('Notice of a delay within half a day', '半天内推迟的提前告知时间'),
    norms: ['HV-08'],
  },
  longNotice: {
    value: '-PT4H',
    title: text('Notice of a longer delay', '超过半天推迟的提前告知时间'),
    norms: ['HV-09'],
  },
  lateWarning: {
    value: '-PT10M',
    title: text('Warning to call before the appointment', '约定时间前的致电提醒'),
    norms: ['HV-10'],
  },
  lateBreach: {
    value: '-PT5M',
    title: text('Not having called by then is a breach', '至此仍未致电即违规'),
    norms: ['HV-10'],
  },
  arrivalNear: { value: 'P1D', title: text('Arrive within, near', '到达时限（近）'), norms: ['HV-11'] },
  arrivalMiddle: { value: 'P2D', title: text('Arrive within, middle', '到达时限（中）'), norms: ['HV-11'] },
  arrivalFar: { value: 'P3D', title: text('Arrive within, far', '到达时限（远）'), norms: ['HV-11'] },
  arrivalCountsFrom: {
    value: 'booking',
    title: text(
      'Arrival counts from the booking (booking) or from the time wanted (wanted)',
      '到达时限起算：自预约登记（booking）或自期望时间（wanted）',
    ),
    norms: ['HV-11'],
  },
  arrivalCountsAgain: {
    value: false,
    title: text('Arrival counts anew for a further visit', '再次上门时重新计算到达时限'),
    norms: ['HV-11'],
  },
  warrantyPeriod: { value: 'P1Y', title: text('Free after purchase for', '购买后免费期'), norms: ['HV-17'] },
}
