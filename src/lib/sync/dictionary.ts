/**
 * What deflate is told beforehand about small updates (E-2, form 1): ids and fields of the document.
 *
 * An answer is 230 bytes, most of them words that every workspace has; so told it packs into 80 instead
 * of 150. **It never changes**: what was packed with it opens with it alone. A better one would be
 * another form.
 */

/** Ids of the questions of the guides that there were when this was written. */
const questions = `
country-environment/manage-process/engage-stakeholders/strategic-context/initial-vision/
current-environment/gap-assessment/refined-vision/delivery-governance/programme-office/
project-registration/clinical-voice/equity-inclusion/action-lines/integrated-plan/
resource-requirements/funding-phases/sustainable-funding/partner-alignment/exit-planning/
procurement/priority-services/electronic-records/routine-reporting/medicine-supply/
disease-alerts/telehealth/mobile-health-programme/user-feedback/rural-connectivity/
facility-equipment/health-hosting/facility-security/incident-response/interoperability/
data-exchange/architecture/facility-registry/patient-identity/digital-identity/
standards-catalogue/conformance-testing/data-protection/health-data-privacy/consent/
electronic-transactions/digital-health-rules/medical-software/workforce-skills/
student-training/informatics-careers/adoption-support/define-indicators/baselines-targets/
monitoring-governance/data-quality/review-learning/mandate/steering-group/stakeholders/
agriculture-context/digital-context/service-inventory/vision-outcomes/feasibility/priorities/
action-plan/costs-funding/running-costs/adoption/monitoring-system/baseline-targets/
evaluation/farm-advice/early-warning/livestock-fisheries/outbreak-reporting/inputs-services/
subsidy-delivery/market-services/buyer-links/farm-finance/farm-insurance/trade-traceability/
export-certificates/content-quality/content-languages/knowledge-sharing/open-farm-data/
farmer-register/field-register/common-standards/farmer-consent/farmer-complaints/
data-sharing/service-security/gender-inclusion/smallholder-inclusion/low-connectivity/
extension-workers/extension-tools/farmer-skills/lead-authority/steering-committee/
development-plan/landscape-review/risk-review/drafting/consultation/approval/publication/
initiatives/resources/timeframes-metrics/evaluation-process/progress-monitoring/
outcome-evaluation/political-support/cyber-authority/authority-powers/
government-coordination/cross-sector-cooperation/budget/implementation-plan/
threat-assessment/risk-approach/risk-method/sector-risk-profiles/government-security-policy/
supply-chain-security/cirt-availability/cirt-people/crisis-plan/information-sharing/
exercises/severity-scale/identify-critical/ci-governance/security-baselines/
incident-notification/operator-audit/market-levers/public-private-partnership/
capacity-planning/curricula/workforce/awareness/research-innovation/vulnerable-groups/
child-online-protection/cybersecurity-law/cybercrime-law/electronic-evidence/
rights-safeguards/compliance/law-enforcement-capacity/justice-procedures/
cross-border-cooperation/cyber-diplomacy/international-forums/operational-cooperation/
capacity-partnerships/donor-coordination`;

/** Fields, the frequent ones last: what stands near the end is cheapest to point at. */
const fields = `
organisation power interest email phone role name influence stakeholders/ baseline source unit
indicators/ objectives/ versions/ approvals/ comments/ snapshots/ figures/ plan/settings year
sources blocks goal hidden order body/ chapters/ title cost:risk:task: start end owner effort
measure closes guide move:2026 indicator state proposed planned running done note/action/ actions/
readiness: resume path core full edition guides/ contributors/ deletedx
not-applicable reason dont-know yes-no-partly partly number text choice
valuev answerv kindw levelw at by why sawv agreed/ targets/
high medium low confidencew
provenx addedw datew linkw referencew idw evidence:
ehealth/ eagriculture/ note/cybersecurity/
2027-01-2026-12-2026-11-2025-T0T1T2:00:00.000Z.123Z
(\u0001\u0007targets(\u0001\u0006agreed(\u0001\u0007actions
/answer\u0001v\u0002\u0004kindw\u0005level\u0005level}\u0002
(\u0001\rcontributionscybersecurity/c-1/at\u0001w\u00182026-11-`;

/** 7 bits a letter: the same bytes in any encoding. */
export const dictionary = new TextEncoder().encode(questions + fields);
